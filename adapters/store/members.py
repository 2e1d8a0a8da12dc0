"""What members keep, and the weekly reminder of those who asked for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import RowMapping, bindparam, text
from sqlalchemy.engine import Connection

from adapters.store.conversations import done
from adapters.store.database import Database, Unreachable
from bot.community import Saved, SavedKind
from bot.community_curation import tidy
from bot.community_members import MOST_SAVED, WEEK, Nudge, unfinished

_SAVE = text(
    "INSERT INTO saved (person, kind, ident, title, done, steps, since)"
    " SELECT :person, :kind, :ident, :title, :done, :steps, :since"
    " WHERE (SELECT count(*) FROM saved WHERE person = :person AND NOT (kind = :kind AND ident = :ident)) < :most"
    " ON CONFLICT (person, kind, ident) DO UPDATE SET title = excluded.title, done = excluded.done,"
    " steps = excluded.steps, since = CASE WHEN :given = 1 THEN excluded.since ELSE saved.since END RETURNING 1"
)
_UNSAVE = text("DELETE FROM saved WHERE person = :person AND kind = :kind AND ident = :ident")
_SAVED = text("SELECT * FROM saved WHERE person IN :people ORDER BY since DESC, kind DESC, ident DESC").bindparams(
    bindparam("people", expanding=True)
)
_WANT = text("INSERT INTO nudges (person, last) VALUES (:person, :now) ON CONFLICT (person) DO NOTHING")
_REFUSE = text("DELETE FROM nudges WHERE person = :person")
_LATER = text("UPDATE nudges SET last = :last WHERE person = :person")
_ON = text("SELECT 1 FROM nudges WHERE person = :person")
_DUE = (
    "UPDATE nudges SET last = :now WHERE last <= :before AND person IN"
    " (SELECT person FROM nudges WHERE last <= :before AND person LIKE :platform ORDER BY last LIMIT :limit{skip})"
    " RETURNING person"
)


class Members:
    """The members' part of bot.community.Community, and bot.community_members.Nudging."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database, self._clock = database, clock
        # PostgreSQL: two replicas that look at the same time take different people.
        self._due = text(_DUE.format(skip="" if database.sqlite else " FOR UPDATE SKIP LOCKED"))

    async def save(self, person: str, saved: Saved) -> bool:
        """Add or replace something a member keeps; False if it can't be kept, or there is too much already."""
        given = saved.since is not None
        since = saved.since.timestamp() if saved.since is not None else self._clock()
        values = {
            "person": person, "kind": saved.kind, "ident": tidy(saved.ident), "title": tidy(saved.title),
            "done": json.dumps(saved.done), "steps": saved.steps, "since": since, "given": int(given),
            "most": MOST_SAVED,
        }  # fmt: skip

        def keep(connection: Connection) -> bool:
            return connection.execute(_SAVE, values).scalar() is not None

        try:
            return await self._database.write(keep)
        except Unreachable:
            return False

    async def unsave(self, person: str, kind: SavedKind, ident: str) -> bool:
        """Take it off again."""
        return await done(self._database, _UNSAVE, {"person": person, "kind": kind, "ident": ident})

    async def saved(self, person: str) -> list[Saved]:
        """Everything a member keeps, newest first."""
        try:
            return (await self._database.read(lambda connection: _saved(connection, [person]))).get(person, [])
        except Unreachable:
            return []

    async def nudge(self, person: str, *, wanted: bool) -> bool:
        """Turn a person's weekly reminder on or off."""
        if wanted:
            return await done(self._database, _WANT, {"person": person, "now": self._clock()})
        return await done(self._database, _REFUSE, {"person": person})

    async def nudged(self, person: str) -> bool:
        """Whether a person's weekly reminder is on; False while that can't be read."""

        def read(connection: Connection) -> bool:
            return connection.execute(_ON, {"person": person}).scalar() is not None

        try:
            return await self._database.read(read)
        except Unreachable:
            return False

    async def nudge_later(self, person: str, seconds: float) -> bool:
        """Let a reminder be due again in so many seconds."""
        last = self._clock() - WEEK + seconds
        return await done(self._database, _LATER, {"person": person, "last": last})

    async def due_nudges(self, platform: str, *, limit: int = 100) -> list[Nudge]:
        """Claim the reminders that are due on a platform."""
        now = self._clock()
        values = {"now": now, "before": now - WEEK, "platform": f"{platform}:%", "limit": limit}

        def claim(connection: Connection) -> list[Nudge]:
            people = sorted(connection.execute(self._due, values).scalars())
            saved = _saved(connection, people) if people else {}
            plans = ((person, unfinished(saved.get(person, []))) for person in people)
            return [Nudge(person=person, plans=left) for person, left in plans if left]

        try:
            return await self._database.transact(claim)
        except Unreachable:
            return []


def _saved(connection: Connection, people: list[str]) -> dict[str, list[Saved]]:
    found: dict[str, list[Saved]] = {}
    for row in connection.execute(_SAVED, {"people": people}).mappings():
        found.setdefault(row["person"], []).append(saved_from(row))
    return found


def saved_from(row: RowMapping) -> Saved:
    """What a member keeps, from its row."""
    return Saved(
        kind=row["kind"], ident=row["ident"], title=row["title"], done=tuple(json.loads(row["done"])),
        steps=row["steps"], since=datetime.fromtimestamp(row["since"], UTC),
    )  # fmt: skip
