"""Slack over HTTP: requests with signatures, and OAuth for many workspaces."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urlsplit

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.errors import FAILED, CommandError
from adapters.settings import Settings
from adapters.slack.client import Running, open_app
from adapters.slack.oauth import STATE_LIVES, Installations, OAuthApp
from adapters.store.opening import address
from bot.community_whole import WholeCommunity
from bot.core import CareerBot

log = logging.getLogger(__name__)

EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH = "/slack/events", "/slack/install", "/slack/oauth_redirect"
MOST_BYTES = 1_000_000
"""Slack's requests are far smaller; more isn't read."""


def web_app(bot: CareerBot, community: WholeCommunity, settings: Settings) -> Starlette:
    """The web application.

    Raises:
        CommandError: the signing secret, or both of a token and OAuth credentials, are missing.
    """
    _checked(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            installations = await stack.enter_async_context(open_installations(settings))
            running = await stack.enter_async_context(open_app(bot, community, settings, installations))
            app.state.running = running
            app.state.handler = AsyncSlackRequestHandler(running.app)
            yield

    async def slack(request: Request) -> Response:
        if int(request.headers.get("content-length") or 0) > MOST_BYTES:
            return JSONResponse({"error": "too large"}, status_code=413)
        handler: AsyncSlackRequestHandler = request.app.state.handler
        return await handler.handle(request)

    async def health(_request: Request) -> Response:
        return JSONResponse({"ok": True, "knowledge": bot.desk.knowledge.version})

    routes = [
        Route(EVENTS_PATH, slack, methods=["POST"]),
        Route(INSTALL_PATH, slack, methods=["GET"]),
        Route(REDIRECT_PATH, slack, methods=["GET"]),
        Route("/health", health, methods=["GET"]),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


def running_in(app: Starlette) -> Running:
    """What a started web application runs."""
    running: Running = app.state.running
    return running


async def serve(bot: CareerBot, community: WholeCommunity, settings: Settings) -> int:
    """Listen on the settings' host and port until told to end; returns the exit code."""
    app = web_app(bot, community, settings)
    await _reachable(settings)
    config = uvicorn.Config(app, settings.host, settings.port, log_level=settings.log_level.lower(), access_log=False)
    server = uvicorn.Server(config)
    await server.serve()
    return 0 if server.started else 1


async def _reachable(settings: Settings) -> None:
    """Make the tables of installations, so that a database that is away is told before anybody listens.

    Raises:
        CommandError: the database can't be opened: without the workspaces' tokens nobody could be answered.
    """
    try:
        async with open_installations(settings):
            pass
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        text = (
            f"the database that keeps the workspaces’ installations can’t be opened ({reason}); start it and try again"
        )
        raise CommandError(text, FAILED) from error


def _checked(settings: Settings) -> None:
    if settings.slack_signing_secret is None:
        raise CommandError("SLACK_SIGNING_SECRET: not set; without it nobody can tell Slack’s requests from others’")
    oauth = settings.slack_client_id and settings.slack_client_secret
    if not oauth and settings.slack_bot_token is None:
        text = "set SLACK_BOT_TOKEN for one workspace, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET for many"
        raise CommandError(text)


@asynccontextmanager
async def open_installations(settings: Settings) -> AsyncIterator[Installations]:
    """Where installations are kept: in the community database, or nowhere with one workspace's token."""
    client_id, secret = settings.slack_client_id, settings.slack_client_secret
    if not client_id or secret is None:
        token = settings.slack_bot_token
        yield Installations.single(token.get_secret_value() if token else "")
        return
    url = address(settings.database_url.get_secret_value() if settings.database_url else None, settings.data)
    if url.drivername == "sqlite":
        settings.data.mkdir(parents=True, exist_ok=True)
        url = url.set(drivername="sqlite+aiosqlite")
    engine = create_async_engine(url, hide_parameters=True)
    try:
        yield Installations(oauth=await _stored(engine, client_id, secret.get_secret_value(), settings))
    finally:
        await engine.dispose()


async def _stored(engine: AsyncEngine, client_id: str, client_secret: str, settings: Settings) -> OAuthApp:
    store = AsyncSQLAlchemyInstallationStore(client_id=client_id, engine=engine)
    states = AsyncSQLAlchemyOAuthStateStore(expiration_seconds=STATE_LIVES, engine=engine)
    async with engine.begin() as connection:
        await connection.run_sync(store.metadata.create_all)
        await connection.run_sync(states.metadata.create_all)
    return OAuthApp(client_id, client_secret, store, states, authorization_url(settings))


def authorization_url(settings: Settings) -> str:
    """Where people agree to an installation, on the host of the Web API."""
    parts = urlsplit(settings.slack_api_url)
    return f"{parts.scheme}://{parts.netloc}/oauth/v2/authorize"
