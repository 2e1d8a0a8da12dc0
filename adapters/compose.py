"""Putting the program together: settings → built knowledge → trained understanding → one `CareerBot`."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.errors import FAILED, CommandError
from adapters.refreshing import Editions, Pause, Refresher, refreshing
from adapters.settings import Settings
from bot.assemble import ensure_model
from bot.community_overlay import Overlay
from bot.core import CareerBot
from bot.desk import LinkPolicy
from bot.intents import load_intents
from bot.memory import InMemory, Memory
from knowledge.build import CONTENT, BuildError, BuildReport, build
from knowledge.knowledge import Knowledge, KnowledgeError

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]


def content_folders(settings: Settings) -> tuple[Path, ...]:
    """Where content is read from: the packaged folder, then the operator's own."""
    return (CONTENT, *settings.content)


def database_file(settings: Settings) -> Path:
    """The built knowledge database."""
    return settings.data / "knowledge.sqlite"


def model_file(settings: Settings) -> Path:
    """The understanding's index and classifier."""
    return settings.data / "understanding.npz"


def build_knowledge(settings: Settings, progress: Progress | None = None, *, force: bool = False) -> BuildReport:
    """Build the database where it is missing or out of date; raises CommandError if the content is broken."""
    try:
        return build(content_folders(settings), database_file(settings), progress, force=force)
    except BuildError as error:
        raise CommandError(str(error), FAILED) from error


@asynccontextmanager
async def open_knowledge(settings: Settings) -> AsyncIterator[Knowledge]:
    """The built knowledge base, closed again at the end; raises CommandError if there is none."""
    try:
        knowledge = await Knowledge.open(database_file(settings))
    except KnowledgeError as error:
        raise CommandError(str(error), FAILED) from error
    try:
        yield knowledge
    finally:
        await knowledge.close()


async def train_understanding(settings: Settings, knowledge: Knowledge, progress: Progress | None = None) -> bool:
    """Train the understanding where it is missing or out of date; True if it was."""
    path = model_file(settings)
    try:
        return await ensure_model(knowledge, path, progress)
    except OSError as error:
        text = f"{path}: {error.strerror or error}. Check that the folder can be written and the disk has room."
        raise CommandError(text, FAILED) from error
    except ValueError as error:
        raise CommandError(f"the understanding can't be trained: {error}", FAILED) from error


def editions(settings: Settings, overlay: Overlay | None = None) -> Editions:
    """What loads the built files as the settings want them answered from."""
    return Editions(
        database_file(settings), model_file(settings), links=LinkPolicy(settings.affiliate_links),
        locale=settings.locale, default_country=settings.default_country, overlay=overlay,
    )  # fmt: skip


@asynccontextmanager
async def open_bot(
    settings: Settings, progress: Progress | None = None, memory: Memory | None = None, overlay: Overlay | None = None,
    pause: Pause | None = None,
) -> AsyncIterator[CareerBot]:  # fmt: skip
    """A bot that is ready to answer, and that changes to newly built files as long as the block lasts.

    What is missing or out of date is built first.

    Args:
        settings: Where the content and the built files are, and what the bot should assume.
        progress: Told what takes long: (what, done, of how much).
        memory: Where conversations are kept; None = in this process.
        overlay: The curators' decisions in force; None = none.
        pause: What lies between two looks for newly built files; None = some seconds.

    Raises:
        CommandError: something can't be built or opened (with what to do about it).
    """
    for problem in build_knowledge(settings, progress).problems:
        log.warning("Left out: %s", problem)
    async with open_knowledge(settings) as knowledge:
        await train_understanding(settings, knowledge, progress)
    source = editions(settings, overlay)
    seen = source.stamp()
    try:
        edition = await source.load()
    except KnowledgeError as error:
        raise CommandError(str(error), FAILED) from error
    bot = CareerBot(edition.understanding, load_intents(), edition.desk, memory or InMemory(), edition.completion)
    del edition  # or the first one would be kept in memory beside those that follow it
    refresher = Refresher(bot, source, seen)
    # What was loaded lives as long as the bot: the collector needn't walk through it while somebody waits.
    gc.freeze()
    try:
        async with refreshing(refresher, pause) if pause else refreshing(refresher):
            yield bot
    finally:
        await bot.close()
