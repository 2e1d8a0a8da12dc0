"""What is wrong with the Slack settings: tokens, scopes, signing secret, clock."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.settings import Settings
from adapters.slack.client import api_url
from adapters.slack.scopes import SCOPES

SKEW = 60.0
"""Seconds that the clock may differ from Slack's; at 300 no request's signature is taken any more."""
_SECRET = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is right, what was found, and what to do about it."""

    ok: bool
    what: str
    advice: str = ""


async def doctor(settings: Settings, clock: Callable[[], float] = time.time) -> list[Finding]:
    """Look at everything that Slack needs; never raises for what is wrong, and never tells a secret."""
    found = [*_shapes(settings)]
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(base_url=api_url(settings), session=session, timeout=10)
        if settings.slack_bot_token is not None:
            found += await _bot(client, settings.slack_bot_token.get_secret_value(), clock)
        if settings.slack_app_token is not None:
            found.append(await _app(client, settings.slack_app_token.get_secret_value()))
    return found


def _shapes(settings: Settings) -> list[Finding]:
    """What can be seen without asking Slack."""
    found: list[Finding] = []
    oauth = settings.slack_client_id and settings.slack_client_secret
    if settings.slack_bot_token is None and not oauth:
        advice = "OAuth & Permissions → Bot User OAuth Token, or for many workspaces SLACK_CLIENT_ID and _SECRET"
        found.append(Finding(False, "SLACK_BOT_TOKEN: not set", advice))
    found += _prefix("SLACK_BOT_TOKEN", settings.slack_bot_token, "xoxb-", "the Bot User OAuth Token")
    found += _prefix("SLACK_APP_TOKEN", settings.slack_app_token, "xapp-", "an App-Level Token (Basic Information)")
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        advice = "set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP"
        found.append(Finding(False, "neither Socket Mode nor HTTP is set up", advice))
    if bool(settings.slack_client_id) != bool(settings.slack_client_secret):
        found.append(Finding(False, "only one of SLACK_CLIENT_ID and SLACK_CLIENT_SECRET is set", "set both or none"))
    if settings.slack_signing_secret is not None:
        right = _SECRET.fullmatch(settings.slack_signing_secret.get_secret_value()) is not None
        advice = (
            "" if right else "Basic Information → Signing Secret: 32 characters of 0-9 and a-f, not the client secret"
        )
        found.append(Finding(right, f"SLACK_SIGNING_SECRET: {'looks' if right else 'doesn’t look'} like one", advice))
    if oauth and settings.slack_signing_secret is None:
        found.append(Finding(False, "SLACK_SIGNING_SECRET: not set", "many workspaces need HTTP, which needs it"))
    if oauth:
        where = "at DATABASE_URL" if settings.database_url else f"in {settings.data}"
        found.append(Finding(True, f"installations are kept in the community database {where}"))
    return found


def _prefix(name: str, token: SecretStr | None, prefix: str, which: str) -> list[Finding]:
    if token is None or token.get_secret_value().startswith((prefix, f"xoxe.{prefix}")):
        return []
    return [Finding(False, f"{name}: doesn’t start with {prefix}", f"it must be {which}")]


async def _bot(client: AsyncWebClient, token: str, clock: Callable[[], float]) -> list[Finding]:
    try:
        answer = await client.auth_test(token=token)
    except SlackApiError as error:
        problem = error.response["error"]
        return [
            Finding(False, f"SLACK_BOT_TOKEN: Slack says {problem}", "install the app again and copy the new token")
        ]
    except (aiohttp.ClientError, TimeoutError) as error:
        return [
            Finding(False, f"Slack can’t be reached ({type(error).__name__})", "check SLACK_API_URL and the network")
        ]
    found = [Finding(True, f"SLACK_BOT_TOKEN: works in workspace {answer.get('team') or answer.get('team_id')}")]
    headers: dict[str, Any] = {key.lower(): value for key, value in answer.headers.items()}
    given = str(headers.get("x-oauth-scopes") or "")
    if given:
        missing = [scope for scope in SCOPES if scope not in {one.strip() for one in given.split(",")}]
        advice = "; ".join(f"{scope}: {SCOPES[scope]}" for scope in missing)
        what = f"scopes missing: {', '.join(missing)}" if missing else "scopes: all there"
        again = f"add them under OAuth & Permissions and install again ({advice})" if missing else ""
        found.append(Finding(not missing, what, again))
    if date := str(headers.get("date") or ""):
        skew = clock() - parsedate_to_datetime(date).timestamp()
        right = abs(skew) <= SKEW
        text = "clock: right" if right else f"clock: {abs(skew):.0f} seconds {'ahead' if skew > 0 else 'behind'}"
        found.append(Finding(right, text, "" if right else "set it by NTP; Slack’s signatures are good for 5 minutes"))
    return found


async def _app(client: AsyncWebClient, token: str) -> Finding:
    try:
        await client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        advice = "Basic Information → App-Level Tokens: one with the scope connections:write; Socket Mode switched on"
        return Finding(False, f"SLACK_APP_TOKEN: Slack says {error.response['error']}", advice)
    except (aiohttp.ClientError, TimeoutError) as error:
        return Finding(False, f"Slack can’t be reached ({type(error).__name__})", "check SLACK_API_URL and the network")
    return Finding(True, "SLACK_APP_TOKEN: opens Socket Mode")
