"""Fresh without a restart: a running bot notices newly built files, examines them, and changes to them as a whole.

`careerbot knowledge build` replaces the database first and the understanding's file after it. Only when the two belong
to each other is anything loaded; only what has been examined and tried out is changed to. Until then, and where the new
files are no good, the bot goes on answering from what it has, which the system keeps for it although its files are
gone from the folder.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import Enum
from pathlib import Path

from adapters.memory import settle
from bot.assemble import load_edition
from bot.community_overlay import Overlay
from bot.core import CareerBot
from bot.desk import LinkPolicy
from bot.edition import Edition
from bot.intents import load_intents
from bot.prepare import fingerprint, is_current, material
from bot.trial import TrialError, try_out
from knowledge.knowledge import Knowledge, KnowledgeError
from knowledge.soundness import examine

log = logging.getLogger(__name__)

EVERY = 5.0
"""Seconds between two looks at the files: two `stat` calls, some microseconds."""
PATIENCE = 60
"""Looks in a row that find a database without its understanding, before the log says so: training takes a while."""

Pause = Callable[[], Awaitable[None]]
Stamp = tuple[tuple[int, ...], ...]


class Found(Enum):
    """What a look found."""

    NOTHING_NEW = "nothing new"
    UNFINISHED = "a database whose understanding isn't trained yet"
    NO_GOOD = "files that can't be answered from"
    CHANGED = "a new edition, which is answered from now on"


class NoGood(Exception):
    """The new files can't be answered from: says why and what to do."""


class Editions:
    """Loads editions from the built files, as the settings want them answered from."""

    def __init__(
        self, database: Path, model: Path, *, links: LinkPolicy | None = None, locale: str = "en-US",
        default_country: str = "", overlay: Overlay | None = None,
    ) -> None:  # fmt: skip
        self.database, self.model, self.overlay = database, model, overlay or Overlay()
        self._links, self._locale, self._default_country = links, locale, default_country
        # As this process has loaded it: what is on disk later may be another version of the program.
        self._made_from = material(load_intents())

    def stamp(self) -> Stamp:
        """What tells the files from others of the same names; () for one that isn't there."""
        found: list[tuple[int, ...]] = []
        for path in (self.database, self.model):
            try:
                status = path.stat()
            except OSError:
                found.append(())
            else:
                found.append((status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns))
        return tuple(found)

    async def load(self) -> Edition:
        """The edition of the files as they are; raises KnowledgeError, OSError or ValueError."""
        knowledge = await Knowledge.open(self.database)
        try:
            return await load_edition(
                knowledge, self.database, self.model, links=self._links, locale=self._locale,
                default_country=self._default_country, overlay=self.overlay,
            )  # fmt: skip
        except BaseException:
            await knowledge.close()
            raise

    async def sound(self) -> Edition | None:
        """An edition that has been examined and tried out; None while its understanding is still to come.

        Raises:
            NoGood: the files can't be answered from.
        """
        try:
            version = await asyncio.to_thread(examine, self.database)
            if not await asyncio.to_thread(is_current, self.model, fingerprint(version, self._made_from)):
                self._refuse_other_program(version)
                return None
            edition = await self.load()
        except (KnowledgeError, OSError, ValueError, KeyError) as error:
            raise NoGood(str(error)) from error
        try:
            await try_out(edition)
        except TrialError as error:
            await edition.retire()
            raise NoGood(f"{error}. Please report it") from error
        return edition

    def _refuse_other_program(self, version: str) -> None:
        now = material(load_intents())
        if now != self._made_from and is_current(self.model, fingerprint(version, now)):
            raise NoGood("it was built by another version of the program than is running. Start the bot again")


class Refresher:
    """Changes a bot to newly built files. Each pair of files is loaded once, whether or not it is any good."""

    def __init__(self, bot: CareerBot, editions: Editions, seen: Stamp) -> None:
        """`seen`: the stamp of the files that the bot answers from."""
        self._bot, self._editions, self._seen = bot, editions, seen
        self._unfinished = 0

    async def look(self) -> Found:
        """Look once, and change the bot where there is something better to answer from."""
        stamp = self._editions.stamp()
        if stamp == self._seen:
            return self._still_nothing()
        before = self._bot.desk.knowledge.version
        try:
            edition = await self._editions.sound()
        except NoGood as error:
            if self._editions.stamp() != stamp:
                return Found.UNFINISHED  # replaced while it was read: the next look reads what is there then
            self._seen, self._unfinished = stamp, 0
            log.warning("The new knowledge is no good: %s. Still answering from %s.", error, before)
            return Found.NO_GOOD
        if edition is None or self._editions.stamp() != stamp:
            if edition is not None:
                await edition.retire()
            self._seen, self._unfinished = stamp, 1
            log.info("New knowledge has been built, its understanding not yet. Still answering from %s.", before)
            return Found.UNFINISHED
        self._seen, self._unfinished = stamp, 0
        await self._bot.change(edition)
        self._editions.overlay.forget()
        del edition
        settle()
        log.info("Answering from knowledge %s from now on; it was %s.", self._bot.desk.knowledge.version, before)
        return Found.CHANGED

    def _still_nothing(self) -> Found:
        if not self._unfinished:
            return Found.NOTHING_NEW
        self._unfinished += 1
        if self._unfinished == PATIENCE:
            log.warning(
                "The new knowledge has no understanding that fits. Run: careerbot knowledge build. "
                "Still answering from %s.", self._bot.desk.knowledge.version,
            )  # fmt: skip
        return Found.UNFINISHED


async def _every() -> None:
    await asyncio.sleep(EVERY)


@asynccontextmanager
async def refreshing(refresher: Refresher, pause: Pause = _every) -> AsyncIterator[None]:
    """Look again and again as long as the block lasts, with a pause before each look."""

    async def looks() -> None:
        while True:
            await pause()
            try:
                await refresher.look()
            except Exception:
                # Whatever it was, people go on being answered, and the next look may fare better.
                log.exception("looking for new knowledge failed")

    task = asyncio.create_task(looks())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
