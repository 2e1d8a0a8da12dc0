"""Setting Slack up: manifest, doctor, OAuth for many workspaces, token rotation."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from adapters.__main__ import command_line
from adapters.errors import CommandError
from adapters.slack.declared import slash_commands
from adapters.slack.doctor import doctor
from adapters.slack.http import serve, web_app
from adapters.slack.manifest import DESCRIPTION, manifest, manifest_text
from adapters.slack.scopes import SCOPES
from bot.community_memory import InMemoryCommunity
from bot.core import CareerBot
from bot.intents import load_intents
from tests import slack_payloads as p
from tests.communities import SQL, database
from tests.slack_app import Http, eventually, over_http, settings_for
from tests.slack_server import SlackServer

MANIFEST = Path(__file__).parents[1] / "docs" / "slack-manifest.yaml"


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    """A local Slack."""
    async with SlackServer().running() as server:
        yield server
        assert not server.violations


def test_the_manifest_is_current() -> None:
    """docs/slack-manifest.yaml says what the declarations say: renew it with `python -m adapters.slack.manifest`."""
    assert MANIFEST.read_text("utf-8") == manifest_text(load_intents())


def test_the_manifest_keeps_slacks_limits() -> None:
    """Every command is declared once with a short description; HTTP has its addresses, Socket Mode none."""
    made = manifest(load_intents())
    commands = made["features"]["slash_commands"]
    assert len({one["command"] for one in commands}) == len(commands) <= 50
    assert all(len(one["description"]) <= 100 and len(one["command"]) <= 32 for one in commands)
    assert len(made["display_information"]["description"]) <= DESCRIPTION
    assert 175 <= len(made["display_information"]["long_description"]) <= 4_000
    assert len(made["features"]["agent_view"]["suggested_prompts"]) <= 4
    assert all(len(one["name"]) <= 24 or one["type"] == "message" for one in made["features"]["shortcuts"])
    assert made["settings"]["socket_mode_enabled"] is True
    served = manifest(load_intents(), "https://bot.example")
    assert {one["url"] for one in served["features"]["slash_commands"]} == {"https://bot.example/slack/events"}
    assert served["settings"]["token_rotation_enabled"] is True


def test_the_step_for_workflows_is_declared_where_it_is_wanted() -> None:
    """Only paid workspaces take it, so the plain manifest has none; with it come the event and what Slack asks for."""
    assert "functions" not in manifest(load_intents())
    made = manifest(load_intents(), workflows=True)
    assert set(made["functions"]) == {"answer_question"}
    assert "function_executed" in made["settings"]["event_subscriptions"]["bot_events"]
    assert made["settings"]["function_runtime"] == "remote"
    assert made["settings"]["org_deploy_enabled"] is True


def test_no_command_takes_a_name_of_slacks_own() -> None:
    """Slack's built-in commands can't be had."""
    own = {"help", "feedback", "invite", "join", "leave", "me", "msg", "open", "search", "status", "topic", "who"}
    assert not own & {one.name for one in slash_commands(load_intents())}


async def test_the_doctor_finds_what_is_wrong(slack: SlackServer) -> None:
    """Wrong tokens, missing scopes, a signing secret that is none and a wrong clock are told with what to do."""
    good = {"slack_signing_secret": SecretStr("0123456789abcdef" * 2)}
    slack.headers = {"x-oauth-scopes": ",".join(SCOPES)}
    assert all(one.ok for one in await doctor(settings_for(slack, **good)))
    slack.headers = {"x-oauth-scopes": "chat:write"}
    late = await doctor(settings_for(slack), clock=lambda: time.time() + 400)
    wrong = {one.what.split(":")[0] for one in late if not one.ok}
    assert wrong == {"SLACK_SIGNING_SECRET", "scopes missing", "clock"}
    assert all(one.advice for one in late if not one.ok)
    swapped = settings_for(slack, slack_bot_token=SecretStr("xapp-1"), slack_app_token=SecretStr("xoxb-1"), **good)
    assert [one.ok for one in await doctor(swapped)].count(False) == 4
    assert not any("xapp-1" in one.what + one.advice for one in await doctor(swapped))


def test_http_says_which_setting_is_missing(slack: SlackServer, bot: CareerBot) -> None:
    """Without a signing secret nothing is served."""
    with pytest.raises(CommandError, match="SLACK_SIGNING_SECRET"):
        web_app(bot, InMemoryCommunity(), settings_for(slack, slack_signing_secret=None))
    with pytest.raises(CommandError, match="SLACK_BOT_TOKEN"):
        web_app(bot, InMemoryCommunity(), settings_for(slack, slack_bot_token=None))


def oauth(url: str | None, folder: Path) -> dict[str, Any]:
    """Settings for many workspaces, their installations in a database where one is named, else in the data folder."""
    return {
        "slack_bot_token": None, "slack_client_id": "1.2", "slack_client_secret": SecretStr("client-secret"),
        "database_url": SecretStr(url) if url else None, "data": folder / "data",
    }  # fmt: skip


async def install(http: Http) -> tuple[str, dict[str, str]]:
    """Go through Slack's pages as somebody who installs the app; the state, and the cookie that goes with it."""
    async with http.session.get(f"{http.url}/slack/install") as page:
        assert page.status == 200
        text, cookie = await page.text(), page.headers["Set-Cookie"].split(";")[0]
    state = cookie.split("=")[1]
    assert f"state={state}" in text
    async with http.session.get(redirect(http, "forged"), headers={"Cookie": cookie}) as refused:
        assert refused.status >= 400
    async with http.session.get(redirect(http, state), headers={"Cookie": cookie}) as installed:
        assert installed.status == 200, await installed.text()
    return state, {"Cookie": cookie}


def redirect(http: Http, state: str) -> str:
    """Where Slack sends somebody back to."""
    return f"{http.url}/slack/oauth_redirect?code=good&state={state}"


@asynccontextmanager
async def kept_in(kind: str, folder: Path) -> AsyncIterator[str | None]:
    """Where installations are kept."""
    if kind == "in the data folder":
        yield None
        return
    async with database(kind, folder) as url:
        yield url.render_as_string(hide_password=False)


pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
"""slack_sdk with aiohttp 3.14."""


@pytest.mark.parametrize("kind", ["in the data folder", *SQL])
async def test_a_workspace_installs_and_leaves(slack: SlackServer, bot: CareerBot, tmp_path: Path, kind: str) -> None:
    """Installing gives the workspace its own token, renewed before it expires; leaving deletes it and what was kept."""
    community = InMemoryCommunity()
    async with kept_in(kind, tmp_path) as url, over_http(slack, bot, community, **oauth(url, tmp_path)) as http:
        state, cookie = await install(http)
        async with http.session.get(redirect(http, state), headers=cookie) as again:
            assert again.status == 401  # a state is good once
        await http.event(p.mention("What is a nurse?", team="T02"))
        await slack.messages()
        assert slack.rotated == 1
        assert slack.made("chat.postMessage")[0].token == "xoxe.xoxb-1"
        await http.event(p.mention("What is a nurse?", team="T99"))  # never installed
        await community.change_settings("slack:T02", {"country": "GB"}, by="test")
        await http.event(p.event({"type": "app_uninstalled"}, team="T02"))

        async def gone() -> bool:
            return (await community.settings("slack:T02")).country == ""

        await eventually(gone)
        await http.app.state.running.answering.work.idle()  # the installation goes after what was kept
        await http.event(p.mention("What is a plumber?", team="T02", user="U5"))
        await http.app.state.running.answering.work.idle()
        assert len(slack.sent) == 1


async def test_installations_outlive_a_restart(slack: SlackServer, bot: CareerBot, tmp_path: Path) -> None:
    """Without DATABASE_URL, installations are in the data folder's database, and a new process finds them."""
    community = InMemoryCommunity()
    async with over_http(slack, bot, community, **oauth(None, tmp_path)) as http:
        await install(http)
    async with over_http(slack, bot, community, **oauth(None, tmp_path)) as http:
        await http.event(p.mention("What is a nurse?", team="T02"))
        assert len(await slack.messages()) == 1


async def test_revoked_tokens_are_deleted_and_nothing_else(slack: SlackServer, bot: CareerBot, tmp_path: Path) -> None:
    """A revoked user token changes nothing; a revoked bot token is forgotten; what was set stays for the next time."""
    community = InMemoryCommunity()
    async with kept_in("sqlite", tmp_path) as url, over_http(slack, bot, community, **oauth(url, tmp_path)) as http:
        await install(http)
        await community.change_settings("slack:T02", {"country": "GB"}, by="test")
        await http.event(p.event({"type": "tokens_revoked", "tokens": {"oauth": ["U9"]}}, team="T02"))
        await http.event(p.mention("What is a nurse?", team="T02"))
        await slack.messages()
        await http.event(p.event({"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}, team="T02"))

        async def gone() -> bool:
            store = http.app.state.running.installations._oauth.store
            return await store.async_find_bot(enterprise_id=None, team_id="T02") is None

        await eventually(gone)
        await http.event(p.mention("What is a plumber?", team="T02", user="U5"))
        await http.app.state.running.answering.work.idle()
        assert len(slack.sent) == 1
        assert (await community.settings("slack:T02")).country == "GB"
        await install(http)
        await http.event(p.mention("What is a plumber?", team="T02", user="U6"))
        assert len(await slack.messages(2)) == 2


async def test_a_token_is_renewed_behind_the_ack_by_one_replica(
    slack: SlackServer, bot: CareerBot, tmp_path: Path
) -> None:
    """A token with an hour left is used while it is renewed, once, though two replicas see it; then the new one is."""
    slack.first_token_lives = 3_600
    community = InMemoryCommunity()
    async with (
        kept_in("sqlite", tmp_path) as url,
        over_http(slack, bot, community, **oauth(url, tmp_path)) as one,
        over_http(slack, bot, community, **oauth(url, tmp_path)) as two,
    ):
        await install(one)
        slack.hold("oauth.v2.access")
        async with asyncio.timeout(3):
            await asyncio.gather(
                one.event(p.mention("What is a nurse?", team="T02", user="U1")),
                two.event(p.mention("What is a plumber?", team="T02", user="U2")),
            )
        await slack.messages(2)
        assert {call.token for call in slack.made("chat.postMessage")} == {"xoxe.xoxb-0"}
        slack.let_go()
        await slack.called("oauth.v2.access", 2)  # installing, and one renewal
        holder = one if one.app.state.running.installations.renewing else two
        await holder.app.state.running.installations.close()
        await holder.event(p.mention("What is an electrician?", team="T02", user="U3"))
        await slack.messages(3)
        assert slack.made("chat.postMessage")[2].token == "xoxe.xoxb-1"
        assert slack.rotated == 1


async def test_a_token_that_cant_be_renewed_is_used_until_it_expires(
    slack: SlackServer, bot: CareerBot, tmp_path: Path
) -> None:
    """Slack refusing to renew costs no answer while the token is still good."""
    slack.first_token_lives = 3_600
    async with (
        kept_in("sqlite", tmp_path) as url,
        over_http(slack, bot, InMemoryCommunity(), **oauth(url, tmp_path)) as http,
    ):
        await install(http)
        slack.fail("oauth.v2.access", "internal_error")
        await http.event(p.mention("What is a nurse?", team="T02"))
        await slack.messages()
        assert slack.made("chat.postMessage")[0].token == "xoxe.xoxb-0"


async def test_the_doctor_speaks_on_the_command_line(slack: SlackServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """`careerbot doctor` says what is right and what is wrong, with what to do, and ends with 1; it tells no secret."""
    slack.headers = {"x-oauth-scopes": "chat:write"}
    for name, value in {
        "SLACK_API_URL": slack.url, "SLACK_BOT_TOKEN": "xoxb-test", "SLACK_APP_TOKEN": "xapp-wrong",
        "SLACK_SIGNING_SECRET": "not-a-secret",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    told = await asyncio.to_thread(CliRunner().invoke, command_line(), ["doctor"])
    assert told.exit_code == 1
    assert "ok    SLACK_BOT_TOKEN: works in workspace" in told.output
    assert "wrong SLACK_APP_TOKEN: Slack says invalid_auth" in told.output
    assert "wrong SLACK_SIGNING_SECRET" in told.output
    assert "wrong scopes missing: " in told.output
    assert "connections:write" in told.output
    assert "not-a-secret" not in told.output


async def test_a_database_that_is_away_is_told_before_anybody_listens(
    slack: SlackServer, bot: CareerBot, tmp_path: Path
) -> None:
    """Without the workspaces' tokens nobody could be answered: one line says what to do, and nothing is started."""
    settings = settings_for(slack, **oauth("postgresql+asyncpg://nobody@127.0.0.1:1/none", tmp_path))
    with pytest.raises(CommandError, match="installations can’t be opened"):
        await serve(bot, InMemoryCommunity(), settings)
