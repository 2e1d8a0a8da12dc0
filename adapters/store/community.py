"""The community database as the bot and its adapters see it, over SQLite or PostgreSQL."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from sqlalchemy.engine import URL

from adapters.store.conversations import Conversations, StoredEvents
from adapters.store.counting import Counting
from adapters.store.curations import Curations
from adapters.store.database import PAUSE, Database
from adapters.store.housekeeping import Housekeeping
from adapters.store.members import Members
from adapters.store.opening import StoreError, address, upgrade
from adapters.store.privacy import Privacy
from adapters.store.settings import StoredSettings
from bot.community import Asked, CommunitySettings, EventState, Opinion, Saved, SavedKind
from bot.community_curation import Curation, MissGroup, NewCuration
from bot.community_insight import Insights
from bot.community_members import Nudge, Retention
from bot.context import Context
from bot.message import ConversationKey

log = logging.getLogger(__name__)


class SqlCommunity:
    """Implements bot.community.Community, Curating and Nudging. Use `open_community`.

    Args:
        url: Where the database is.
        clock: Seconds since 1970; the same on all replicas, so their clocks must agree to a few seconds.
        retention: How long things are kept.
        busy: Seconds that a locked or distant database is waited for.
        pause: Seconds after a failure in which it isn't tried again.
    """

    def __init__(
        self, url: URL, *, clock: Callable[[], float] = time.time, retention: Retention | None = None,
        busy: float = 2.0, pause: float = PAUSE,
    ) -> None:  # fmt: skip
        self.database = Database(url, busy=busy, pause=pause)
        self._conversations = Conversations(self.database, clock)
        self._settings = StoredSettings(self.database, clock)
        self._events = StoredEvents(self.database, clock)
        self._counting = Counting(self.database, clock)
        self._members = Members(self.database, clock)
        self._privacy = Privacy(self.database)
        self.decisions = Curations(self.database, clock)
        self.housekeeping = Housekeeping(self.database, clock, retention or Retention())

    async def recall(self, key: ConversationKey) -> Context:
        """See Community.recall."""
        return await self._conversations.recall(key)

    async def remember(self, key: ConversationKey, context: Context) -> bool:
        """See Community.remember."""
        return await self._conversations.remember(key, context)

    async def settings(self, community: str, channel: str = "") -> CommunitySettings:
        """See Community.settings."""
        return await self._settings.settings(community, channel)

    async def change_settings(
        self, community: str, changes: Mapping[str, object], *, by: str, channel: str = ""
    ) -> CommunitySettings:
        """See Community.change_settings."""
        return await self._settings.change(community, changes, by=by, channel=channel)

    async def audit(self, community: str) -> list[dict[str, object]]:
        """Who changed which setting when, newest first."""
        return await self._settings.audit(community)

    async def asked(self, asked: Asked) -> bool:
        """See Community.asked."""
        keep = (await self.settings(asked.community, asked.channel)).keep_texts
        return await self._counting.asked(asked, keep_texts=keep)

    async def opinion(self, opinion: Opinion) -> bool:
        """See Community.opinion."""
        keep = (await self.settings(opinion.community)).keep_texts
        return await self._counting.opinion(opinion, keep_texts=keep)

    async def begin(self, event: str, *, lease: float = 60.0) -> EventState:
        """See Community.begin."""
        return await self._events.begin(event, lease)

    async def finish(self, event: str) -> bool:
        """See Community.finish."""
        return await self._events.finish(event)

    async def save(self, person: str, saved: Saved) -> bool:
        """See Community.save."""
        return await self._members.save(person, saved)

    async def unsave(self, person: str, kind: SavedKind, ident: str) -> bool:
        """See Community.unsave."""
        return await self._members.unsave(person, kind, ident)

    async def saved(self, person: str) -> list[Saved]:
        """See Community.saved."""
        return await self._members.saved(person)

    async def nudge(self, person: str, *, wanted: bool) -> bool:
        """See Nudging.nudge."""
        return await self._members.nudge(person, wanted=wanted)

    async def nudged(self, person: str) -> bool:
        """See Nudging.nudged."""
        return await self._members.nudged(person)

    async def nudge_later(self, person: str, seconds: float) -> bool:
        """See Nudging.nudge_later."""
        return await self._members.nudge_later(person, seconds)

    async def due_nudges(self, platform: str, *, limit: int = 100) -> list[Nudge]:
        """See Nudging.due_nudges."""
        return await self._members.due_nudges(platform, limit=limit)

    async def export(self, person: str) -> dict[str, object]:
        """See Community.export."""
        return await self._privacy.export(person)

    async def delete(self, person: str) -> int:
        """See Community.delete."""
        self._events.forget(person)
        return await self._privacy.delete(person)

    async def delete_community(self, community: str) -> int:
        """See Community.delete_community."""
        count = await self._privacy.delete_community(community)
        self._settings.forget(community)
        return count

    async def misses(self, community: str | None = None, *, limit: int = 50) -> list[MissGroup]:
        """See Curating.misses."""
        return await self._counting.misses(community, limit)

    async def curate(self, curation: NewCuration, misses: Sequence[int] = ()) -> Curation:
        """See Curating.curate."""
        return await self.decisions.curate(curation, misses)

    async def undo(self, ident: int, *, by: str, community: str | None = None) -> Curation:
        """See Curating.undo."""
        return await self.decisions.undo(ident, by=by, community=community)

    async def curations(self, community: str | None = None) -> list[Curation]:
        """See Curating.curations."""
        return await self.decisions.in_force(community)

    async def revision(self) -> int:
        """See Curating.revision."""
        return await self.decisions.revision()

    async def insights(self, community: str | None = None, *, weeks: int = 12) -> Insights:
        """See Curating.insights."""
        return await self._counting.insights(community, weeks)

    async def close(self) -> None:
        """See Community.close."""
        await self.database.close()


@asynccontextmanager
async def open_community(
    database_url: str | None, data: Path, *, keep_house: bool = False, retention: Retention | None = None
) -> AsyncIterator[SqlCommunity]:
    """The community database, brought to this program's version.

    A database that can't be reached is no reason not to start: the bot answers without it, and it is brought up to
    date as soon as it is there.

    Args:
        database_url: DATABASE_URL, or None for a SQLite file in the data folder.
        data: The data folder; made if missing.
        keep_house: Whether this process takes its turn in the purge (servers do, commands don't).
        retention: How long things are kept.

    Raises:
        StoreError: a wrong URL, or a database made by a newer program.
    """
    url = address(database_url, data)
    _make(data)
    community = SqlCommunity(url, retention=retention)
    tasks: list[asyncio.Task[None]] = []
    try:
        ready = await _upgraded(community)
        if not ready or keep_house:
            tasks.append(asyncio.create_task(_keep(community, ready=ready, house=keep_house)))
        yield community
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await community.close()


def _make(folder: Path) -> None:
    with suppress(OSError):  # told when the database can't be opened
        folder.mkdir(parents=True, exist_ok=True)


async def _upgraded(community: SqlCommunity) -> bool:
    try:
        await upgrade(community.database)
    except StoreError:
        raise
    except community.database.faults as error:
        log.error("the community database can't be opened (%s); answers go on without it", type(error).__name__)  # noqa: TRY400 - its text may hold an address with a password
        return False
    return True


async def _keep(community: SqlCommunity, *, ready: bool, house: bool) -> None:
    """Bring the database up to date once it is there; then purge when it is this replica's turn."""
    while not ready:
        await asyncio.sleep(5)
        try:
            ready = await _upgraded(community)
        except StoreError as error:
            log.error("%s", error)  # noqa: TRY400 - a word for people, without a traceback
            community.database.shut()
            return
    while house:
        await community.housekeeping.purge_if_due()
        await asyncio.sleep(300)
