"""The app, the same for both transports, and Socket Mode for one workspace."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.charts import Charts
from adapters.errors import FAILED, CommandError
from adapters.settings import Settings
from adapters.slack.answering import Answering
from adapters.slack.curating import Queue, listen_to_curators
from adapters.slack.declared import INSIGHTS, MISSES, SETTINGS
from adapters.slack.feedback import listen_to_controls
from adapters.slack.governing import Governing, SettingsCommand, listen_to_settings
from adapters.slack.home_listeners import HomeTab, listen_to_home
from adapters.slack.leaving import listen_to_leaving
from adapters.slack.listeners import Own, listen, listen_to_agent_view
from adapters.slack.my_data import listen_to_my_data
from adapters.slack.nudges import Nudger, listen_to_nudges
from adapters.slack.oauth import Installations
from adapters.slack.outbound import GONE, retry_handlers
from adapters.slack.pictures import Pictures
from adapters.slack.plans import listen_to_plans
from adapters.slack.workflow import listen_to_workflows
from bot.community_whole import WholeCommunity
from bot.core import CareerBot

log = logging.getLogger(__name__)

TIMEOUT = 20
"""Seconds that one call to Slack may take."""
PING_EVERY = 10.0
"""Seconds between two pings on the socket; after four without an answer it is opened anew."""


@dataclass(frozen=True, slots=True)
class Running:
    """An app that is ready: the app, what stands behind its listeners, whose tokens it has, and what reminds."""

    app: AsyncApp
    answering: Answering
    installations: Installations
    nudger: Nudger


def api_url(settings: Settings) -> str:
    """Slack's Web API, ending in a slash as slack_sdk wants it."""
    return settings.slack_api_url.rstrip("/") + "/"


def web_client(settings: Settings, session: aiohttp.ClientSession | None, token: str | None = None) -> AsyncWebClient:
    """A client of the Web API that tries again what is worth it."""
    return AsyncWebClient(
        token=token, base_url=api_url(settings), timeout=TIMEOUT, session=session, retry_handlers=retry_handlers()
    )


@asynccontextmanager
async def open_app(
    bot: CareerBot, community: WholeCommunity, settings: Settings, installations: Installations
) -> AsyncIterator[Running]:
    """The app with its listeners; at the end what is under way is finished.

    Args:
        bot: Answers.
        community: Settings, saved things, and which events were answered.
        settings: Tokens and addresses.
        installations: Which workspaces there are, and their tokens.
    """
    async with aiohttp.ClientSession() as session:
        client = web_client(settings, session)
        secret = settings.slack_signing_secret
        flow = installations.flow(client)
        app = AsyncApp(
            name="careerbot",
            client=client,
            signing_secret=secret.get_secret_value() if secret else "",
            authorize=await installations.authorize(client, community),  # type: ignore[arg-type]  # bolt takes both kinds
            oauth_flow=flow,
        )
        charts = Charts("light")
        answering = Answering(bot, community, settings, Pictures(charts))
        governing = Governing(answering)
        tab = HomeTab(answering, community, governing)
        settings_command, queue = SettingsCommand(answering, governing), Queue(answering, community, governing)
        own: Own = {SETTINGS: settings_command.mentioned, MISSES: queue.mentioned, INSIGHTS: queue.insights_mentioned}
        listen(app, answering, community, own)  # first: what is tried first is found quickest
        listen_to_agent_view(app)
        listen_to_home(app, tab)
        listen_to_my_data(app, answering, tab)
        listen_to_settings(app, settings_command)
        listen_to_curators(app, queue)
        listen_to_plans(app, answering)
        listen_to_nudges(app, answering, community)
        listen_to_controls(app, answering)
        listen_to_workflows(app, answering)
        listen_to_leaving(app, answering, installations)
        gc.freeze()  # the gazetteer stays: looking through it for garbage would hold up acks
        nudger = Nudger(client, installations, community, bot)
        nudging = asyncio.create_task(nudger.run())
        try:
            yield Running(app, answering, installations, nudger)
        finally:
            nudging.cancel()
            await asyncio.gather(nudging, return_exceptions=True)
            await answering.work.close()
            await installations.close()
            charts.close()


async def run_socket(
    bot: CareerBot,
    community: WholeCommunity,
    settings: Settings,
    *,
    stop: asyncio.Event | None = None,
    ping_every: float = PING_EVERY,
) -> int:
    """Run over Socket Mode until told to end; returns the exit code.

    Args:
        bot: Answers.
        community: What is remembered.
        settings: With SLACK_BOT_TOKEN and SLACK_APP_TOKEN.
        stop: Ends it; None = SIGINT and SIGTERM do.
        ping_every: Seconds between pings.

    Raises:
        CommandError: a token is missing or Slack doesn't take it.
    """
    bot_token, app_token = settings.slack_bot_token, settings.slack_app_token
    if bot_token is None or app_token is None:
        missing = " and ".join(
            name for name, value in (("SLACK_BOT_TOKEN", bot_token), ("SLACK_APP_TOKEN", app_token)) if value is None
        )
        raise CommandError(f"{missing}: not set; docs/slack.md says where Slack shows the tokens")
    installations = Installations.single(bot_token.get_secret_value())
    async with open_app(bot, community, settings, installations) as running, aiohttp.ClientSession() as session:
        await _checked(settings, session, bot_token.get_secret_value(), app_token.get_secret_value())
        handler = AsyncSocketModeHandler(
            running.app,
            app_token=app_token.get_secret_value(),
            web_client=web_client(settings, session, app_token.get_secret_value()),
            ping_interval=ping_every,
        )
        try:
            await handler.connect_async()  # type: ignore[no-untyped-call]
            log.info("connected to Slack over Socket Mode")
            await _told(stop)
        finally:
            await running.answering.work.close()
            await handler.close_async()  # type: ignore[no-untyped-call]
    return 0


async def _checked(settings: Settings, session: aiohttp.ClientSession, bot_token: str, app_token: str) -> None:
    """Try both tokens before the socket opens, which would try again for ever with a wrong one."""
    bot_client = web_client(settings, session, bot_token)
    app_client = web_client(settings, session, app_token)
    for name, method, client in (
        ("SLACK_BOT_TOKEN", "auth.test", bot_client),
        ("SLACK_APP_TOKEN", "apps.connections.open", app_client),
    ):
        try:
            await client.api_call(method)
        except SlackApiError as error:
            problem = str(error.response["error"])
            if problem in (*GONE, "not_allowed_token_type", "missing_scope"):
                hint = "copy it again from the app’s settings"
                raise CommandError(f"{name}: Slack says {problem}; {hint}", FAILED) from error
            raise CommandError(f"Slack says {problem}; try again later", FAILED) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise CommandError(f"Slack can’t be reached at {api_url(settings)} ({error})", FAILED) from error


async def _told(stop: asyncio.Event | None) -> None:
    """Wait until it shall end."""
    if stop is not None:
        await stop.wait()
        return
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has none; Ctrl-C raises there
            loop.add_signal_handler(name, ended.set)
    await ended.wait()
