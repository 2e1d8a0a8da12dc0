"""Conversations and events in the database: what is read and written for every message."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import TextClause, text
from sqlalchemy.engine import Connection

from adapters.store.database import Database, Unreachable
from bot.community import EventState
from bot.community_context import packed, unpacked
from bot.community_memory import Events
from bot.context import Context
from bot.memory import EXPIRES_AFTER
from bot.message import ConversationKey

_RECALL = text(
    "SELECT context FROM conversations WHERE platform = :platform AND place = :place AND thread = :thread"
    " AND person = :person AND at >= :since"
)
_REMEMBER = text(
    "INSERT INTO conversations (platform, place, thread, person, context, at)"
    " VALUES (:platform, :place, :thread, :person, :context, :at)"
    " ON CONFLICT (platform, place, thread, person) DO UPDATE SET context = excluded.context, at = excluded.at"
)
_CLAIM = text(
    "INSERT INTO events (event, done, until, at) VALUES (:event, 0, :until, :now)"
    " ON CONFLICT (event) DO UPDATE SET until = excluded.until, at = excluded.at"
    " WHERE events.done = 0 AND events.until <= :now RETURNING 1"
)
_STATE = text("SELECT done FROM events WHERE event = :event")
_FINISH = text(
    "INSERT INTO events (event, done, until, at) VALUES (:event, 1, 0, :now)"
    " ON CONFLICT (event) DO UPDATE SET done = 1, until = 0, at = excluded.at"
)


class Conversations:
    """Memory (bot.memory.Memory) that outlives the process and is shared by all replicas."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database, self._clock = database, clock

    async def recall(self, key: ConversationKey) -> Context:
        """What the conversation is about; an empty context for a new, forgotten or unreachable one."""
        values = {**key.model_dump(), "since": self._clock() - EXPIRES_AFTER}

        def read(connection: Connection) -> str | None:
            written: str | None = connection.execute(_RECALL, values).scalar()
            return written

        try:
            written = await self._database.quick_read(read)
        except Unreachable:
            return Context()
        return unpacked(written) if written else Context()

    async def remember(self, key: ConversationKey, context: Context) -> bool:
        """Keep it; False if that wasn't possible."""
        written = packed(context)
        if written is None:
            return False
        values = {**key.model_dump(), "context": written, "at": self._clock()}
        return await done(self._database, _REMEMBER, values)


class StoredEvents:
    """Claims on events, shared by all replicas; in the process alone while the database can't be reached."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database, self._clock = database, clock
        self._alone = Events(clock)

    async def begin(self, event: str, lease: float) -> EventState:
        """Claim an event; see `Community.begin`."""
        now = self._clock()

        def claim(connection: Connection) -> EventState:
            values = {"event": event, "until": now + lease, "now": now}
            if connection.execute(_CLAIM, values).scalar() is not None:
                return "new"
            return "done" if connection.execute(_STATE, {"event": event}).scalar() else "running"

        try:
            state = await self._database.quick_write(claim)
        except Unreachable:
            return self._alone.begin(event, lease)
        if state == "new" and self._alone.knows(event):
            # It was claimed here while the database was away: what holds here holds.
            return self._alone.begin(event, lease)
        return state

    async def finish(self, event: str) -> bool:
        """The event was answered; remembered for an hour at least."""
        kept = await done(self._database, _FINISH, {"event": event, "now": self._clock()})
        if not kept or self._alone.knows(event):
            self._alone.finish(event)
        return kept

    def forget(self, person: str) -> None:
        """Forget the events of this process that are about a person."""
        self._alone.forget(lambda event: event.endswith(f":{person}"))


async def done(database: Database, statement: TextClause, values: Mapping[str, object]) -> bool:
    """Run one writing statement; False if the database can't be used."""

    def write(connection: Connection) -> None:
        connection.execute(statement, values)

    try:
        await database.quick_write(write)
    except Unreachable:
        return False
    return True
