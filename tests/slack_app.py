"""The real app against the local Slack, over either transport."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
import uvicorn
from pydantic import SecretStr

from adapters.settings import Settings
from adapters.slack.client import run_socket
from adapters.slack.http import web_app
from bot.community_whole import WholeCommunity
from bot.core import CareerBot
from tests.slack_server import APP_TOKEN, BOT_TOKEN, SECRET, SlackServer, event_request, form_request

Json = dict[str, Any]


def settings_for(slack: SlackServer, **more: Any) -> Settings:
    """Settings that take the local server for Slack."""
    values: Json = {
        "slack_bot_token": SecretStr(BOT_TOKEN), "slack_app_token": SecretStr(APP_TOKEN), "slack_api_url": slack.url,
        "slack_signing_secret": SecretStr(SECRET), "slack_client_id": None, "slack_client_secret": None,
        "database_url": None, "locale": "en-GB", "default_country": "", "host": "127.0.0.1", "port": 3000,
        "log_level": "WARNING",
    }  # fmt: skip
    return Settings.model_construct(**(values | more))


class Transport(Protocol):
    """How Slack reaches the app; each returns what the app acked with."""

    async def event(self, payload: Json) -> Json:
        """Deliver an event."""
        ...

    async def command(self, payload: Json) -> Json:
        """Deliver a slash command."""
        ...

    async def interaction(self, payload: Json) -> Json:
        """Deliver a press, a submission or a completion."""
        ...


@dataclass
class Socket:
    """Socket Mode."""

    slack: SlackServer

    async def event(self, payload: Json) -> Json:
        """Deliver an event."""
        return await self.slack.envelope("events_api", payload, retry_attempt=0, retry_reason="")

    async def command(self, payload: Json) -> Json:
        """Deliver a slash command."""
        return await self.slack.envelope("slash_commands", payload)

    async def interaction(self, payload: Json) -> Json:
        """Deliver a press, a submission or a completion."""
        return await self.slack.envelope("interactive", payload)


@dataclass
class Http:
    """Signed requests."""

    url: str
    session: aiohttp.ClientSession
    app: Any

    async def post(self, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        """Post something, signed or not; the status and what came back."""
        async with self.session.post(f"{self.url}/slack/events", data=body, headers=headers) as answer:
            return answer.status, await answer.text()

    async def _sent(self, body: bytes, headers: dict[str, str]) -> Json:
        async with self.session.post(f"{self.url}/slack/events", data=body, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json() if answer.content_type == "application/json" else {}

    async def event(self, payload: Json) -> Json:
        """Deliver an event."""
        return await self._sent(*event_request(payload))

    async def command(self, payload: Json) -> Json:
        """Deliver a slash command."""
        return await self._sent(*form_request(payload))

    async def interaction(self, payload: Json) -> Json:
        """Deliver a press, a submission or a completion."""
        return await self._sent(*form_request({"payload": payload}))


@asynccontextmanager
async def over_socket(
    slack: SlackServer, bot: CareerBot, community: WholeCommunity, *, ping_every: float = 10.0
) -> AsyncIterator[Socket]:
    """The app over Socket Mode."""
    stop = asyncio.Event()
    before = slack.connections
    running = asyncio.create_task(run_socket(bot, community, settings_for(slack), stop=stop, ping_every=ping_every))
    connected = asyncio.create_task(slack.connected(before + 1))
    await asyncio.wait({running, connected}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        connected.cancel()
        running.result()
    try:
        yield Socket(slack)
    finally:
        stop.set()
        assert await running == 0


@asynccontextmanager
async def over_http(slack: SlackServer, bot: CareerBot, community: WholeCommunity, **more: Any) -> AsyncIterator[Http]:
    """The app over HTTP, served by uvicorn on a free port."""
    app = web_app(bot, community, settings_for(slack, **more))
    server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", 0, log_level="warning", lifespan="on"))
    serving = asyncio.create_task(_serve(server))
    while not server.started:
        await asyncio.sleep(0.005)
        if serving.done():
            serving.result()
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        async with aiohttp.ClientSession() as session:
            yield Http(f"http://127.0.0.1:{port}", session, app)
    finally:
        server.should_exit = True
        await serving


async def _serve(server: uvicorn.Server) -> None:
    """Serve without taking over the test run's signals."""
    with suppress(asyncio.CancelledError):
        await server._serve()


async def eventually(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is true, some seconds at most."""
    async with asyncio.timeout(10):
        while not await true():  # noqa: ASYNC110 - what is waited for lies in a store that tells nobody
            await asyncio.sleep(0.01)
