"""The Discord client: what it is told, who handles it, how it comes and how it leaves."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from contextlib import suppress
from typing import Any

import aiohttp
from discord import (
    AllowedMentions,
    ConnectionClosed,
    Guild,
    HTTPException,
    Intents,
    Interaction,
    InteractionType,
    LoginFailure,
    MemberCacheFlags,
    Message,
    PrivilegedIntentsRequired,
    VoiceClient,
)
from discord.ext import commands
from discord.gateway import ReconnectWebSocket

from adapters.charts import Charts
from adapters.discord import screens
from adapters.discord.admin import Admin
from adapters.discord.answering import Answers
from adapters.discord.commands import Tree, add_commands, sync_if_changed
from adapters.discord.completing import Completing
from adapters.discord.components import ITEMS
from adapters.discord.curating import Curators
from adapters.discord.hearing import Hearing
from adapters.discord.limits import DEFER_AFTER
from adapters.discord.localised import Localised
from adapters.discord.manners import Cooldowns, Work
from adapters.discord.nudges import Nudger
from adapters.discord.plan_items import PLAN_ITEMS
from adapters.discord.plans import Plans
from adapters.discord.pressing import Pressing
from adapters.discord.queue_items import CURATOR_ITEMS
from adapters.discord.reach import reach
from adapters.discord.settings import DiscordSettings, read_discord_settings
from adapters.errors import BAD_USAGE, FAILED
from adapters.settings import Settings
from bot.community_leaving import forget_community
from bot.community_whole import WholeCommunity
from bot.core import CareerBot

log = logging.getLogger(__name__)

GUILDS_WITHIN = 2.0
"""Seconds without news of a further guild after which all of them have been told."""
IDENTIFY_EVERY = 5.0
"""Seconds between two shards' identification, which Discord asks for."""
LEAVE_WITHIN = 20.0
"""Seconds that accepted answers get when the process is told to end."""


class CareerClient(commands.AutoShardedBot):
    """The bot on Discord."""

    def __init__(
        self, bot: CareerBot, community: WholeCommunity, settings: Settings, own: DiscordSettings, *,
        identify_every: float = IDENTIFY_EVERY, guilds_within: float = GUILDS_WITHIN, defer_after: float = DEFER_AFTER,
        cooldowns: Cooldowns | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            command_prefix=commands.when_mentioned, help_command=None, tree_cls=Tree, intents=intents(own),
            allowed_mentions=AllowedMentions.none(), max_messages=None, chunk_guilds_at_startup=False,
            member_cache_flags=MemberCacheFlags.none(), shard_count=own.shard_count, guild_ready_timeout=guilds_within,
        )  # fmt: skip
        if own.shard_ids:
            self.shard_ids = list(own.shard_ids)
        self._career_bot, self._settings, self._identify_every = bot, settings, identify_every
        self.work, self._charts = Work(), Charts("dark")
        self.answers = Answers(
            bot, community, work=self.work, cooldowns=cooldowns or Cooldowns(), charts=self._charts,
            defer_after=defer_after,
        )  # fmt: skip
        self.presses = Pressing(self.answers)
        self.plans, self.curators = Plans(self.answers, community), Curators(self.answers, community)
        self.nudger = Nudger(self, community, bot)
        self._nudging: asyncio.Task[None] | None = None
        self._hearing = Hearing(self.answers, self.plans, locale=settings.locale, defer_after=defer_after)
        self._community = community

    async def setup_hook(self) -> None:
        """Register commands and buttons before the first event arrives."""
        completing = Completing(self._career_bot)
        completing.warm()
        self._charts.warm()
        add_commands(self.tree, self.answers, completing, Admin(self.answers))
        for command in (self.plans.command(), *self.curators.commands()):
            self.tree.add_command(command)
        self.add_dynamic_items(*ITEMS, *PLAN_ITEMS, *CURATOR_ITEMS)
        self._nudging = asyncio.create_task(self.nudger.run())
        await self.tree.set_translator(Localised())
        sent = await sync_if_changed(self.tree, self._settings.data / f"discord-commands-{self.application_id}.sha256")
        log.info("commands %s", "sent to Discord" if sent else "unchanged")

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Keep the distance between identifications."""
        if not initial:
            log.info("shard %s identifies in %s s", shard_id, self._identify_every)
            await asyncio.sleep(self._identify_every)

    async def on_message(self, message: Message, /) -> None:
        """A message somewhere that the bot can see."""
        if self.user is not None:
            await self._hearing.hear(message, self.user.id)

    async def on_interaction(self, interaction: Interaction[Any]) -> None:
        """Modals: the only interactions that neither the command tree nor the dynamic items handle."""
        if interaction.type is InteractionType.modal_submit and not await self.curators.submitted(interaction):
            await self.presses.submitted(interaction)

    async def on_guild_remove(self, guild: Guild) -> None:
        """A server removed the bot: nothing of it is kept."""
        await forget_community(self._community, f"discord:guild:{guild.id}")

    async def close(self) -> None:
        """Send no more reminders, then disconnect."""
        if self._nudging is not None:
            self._nudging.cancel()
            await asyncio.gather(self._nudging, return_exceptions=True)
        await super().close()
        self._charts.close()

    async def leave(self, within: float = LEAVE_WITHIN) -> None:
        """Finish what was accepted, then disconnect."""
        if not await self.work.finish(within):
            log.warning("left with %s answers unfinished after %s s", self.work.running, within)
        await self.close()


def intents(own: DiscordSettings) -> Intents:
    """What the bot asks to be told: nothing privileged, unless listening to channels was turned on."""
    wanted = Intents.none()
    wanted.guilds = wanted.guild_messages = wanted.dm_messages = True
    wanted.message_content = own.message_content
    return wanted


def ready(settings: Settings) -> int:
    """Whether there is what it takes to start; else it is told on one screen, and 2 is the exit code.

    Raises:
        CommandError: a setting of this adapter is wrong.
    """
    read_discord_settings()
    if settings.discord_token is not None and settings.discord_token.get_secret_value().strip():
        return 0
    sys.stderr.write(screens.NO_TOKEN)
    return BAD_USAGE


async def run(bot: CareerBot, community: WholeCommunity, settings: Settings) -> int:
    """Run the bot on Discord until the process is told to end.

    Returns:
        The exit code: 0 after an orderly end, 2 for a missing or refused token or intent (told on one screen), 1 where
        Discord can't be reached.
    """
    if code := ready(settings):
        return code
    own = read_discord_settings()
    reach(settings)
    VoiceClient.warn_nacl = VoiceClient.warn_dave = False  # nobody misses voice in a bot that writes
    while True:
        client = CareerClient(bot, community, settings, own)
        try:
            return await _one_run(client, settings)
        except ReconnectWebSocket:
            # discord.py 2.7 ends where the gateway closes the very connection that was to replace a broken one.
            log.warning("the connection broke twice; starting anew")


async def _one_run(client: CareerClient, settings: Settings) -> int:
    leaving = asyncio.Event()
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, leaving.set)
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    running = asyncio.create_task(_start(client, token.strip()))
    waiting = asyncio.create_task(leaving.wait())
    try:
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            log.info("leaving: %s answers are under way", client.work.running)
            await client.leave()
        return await running
    finally:
        waiting.cancel()
        for name in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError):
                loop.remove_signal_handler(name)
        if not client.is_closed():
            await client.close()


async def _start(client: CareerClient, token: str) -> int:
    """Log in and stay connected; faults that only the operator can mend end in a screen and an exit code."""
    try:
        async with client:
            await client.login(token)
            sys.stderr.write(screens.welcome(client))
            await client.connect()
    except LoginFailure:
        sys.stderr.write(screens.BAD_TOKEN)
        return BAD_USAGE
    except PrivilegedIntentsRequired:
        sys.stderr.write(screens.no_intent(client.application_id))
        return BAD_USAGE
    except ConnectionClosed as error:
        sys.stderr.write(screens.BAD_TOKEN if error.code == 4004 else screens.refused(error.code))
        return BAD_USAGE
    except (HTTPException, aiohttp.ClientError, OSError) as error:
        sys.stderr.write(screens.unreachable(error))
        return FAILED
    return 0
