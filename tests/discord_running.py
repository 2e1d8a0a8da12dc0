"""The real client against the local Discord: what the Discord tests share."""

from __future__ import annotations

import tests.discord_import  # noqa: F401 - before anything that imports discord.py

# isort: split

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from adapters.discord.client import CareerClient
from adapters.discord.reach import reach
from adapters.discord.settings import DiscordSettings
from adapters.settings import Settings
from bot.community_memory import InMemoryCommunity
from bot.core import CareerBot
from tests.discord_server import TOKEN, DiscordServer


@dataclass
class Running:
    """A client that is connected, and what it is connected to."""

    server: DiscordServer
    client: CareerClient
    community: InMemoryCommunity


def settings_for(server: DiscordServer, data: Path, token: str = TOKEN) -> Settings:
    """Settings that lead to the local Discord."""
    return Settings(
        data=data, discord_token=SecretStr(token), discord_api_url=server.api, discord_gateway_url=server.gateway.url,
        locale="en-GB", default_country="",
    )  # fmt: skip


@asynccontextmanager
async def running(
    bot: CareerBot, data: Path, *, server: DiscordServer | None = None, community: InMemoryCommunity | None = None,
    own: DiscordSettings | None = None, stop: bool = True, **options: Any,
) -> AsyncIterator[Running]:  # fmt: skip
    """A client that has got its guilds; nothing the bot sent may have broken a rule of Discord's."""
    here = server or DiscordServer()
    if server is None:
        await here.start()
    kept = community or InMemoryCommunity()
    settings = settings_for(here, data)
    reach(settings)
    own = own or DiscordSettings.model_construct(message_content=False, shard_count=None, shard_ids=())
    client = CareerClient(bot, kept, settings, own, identify_every=0.0, guilds_within=0.05, **options)
    async with client:
        await client.login(TOKEN)
        connected = asyncio.create_task(client.connect())
        ready = asyncio.create_task(client.wait_until_ready())
        await asyncio.wait({connected, ready}, timeout=20, return_when=asyncio.FIRST_COMPLETED)
        assert ready.done(), connected
        try:
            yield Running(here, client, kept)
        finally:
            await client.close()
            await asyncio.wait({connected}, timeout=5)
            if stop:
                await here.stop()
    assert not here.problems, here.problems
