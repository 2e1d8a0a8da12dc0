"""Curators' decisions: kept once, in force on all replicas, and taken back without a trace in what is understood."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from sqlalchemy import RowMapping, bindparam, text
from sqlalchemy.engine import Connection

from adapters.store.database import Database, Unreachable
from bot.community_curation import Curation, CurationError, NewCuration, clash, tidy

_IN_FORCE = text(
    "SELECT * FROM curations WHERE undone IS NULL AND (community = :community OR :all = 1) ORDER BY id"
)  # fmt: skip
_ALIKE = text("SELECT * FROM curations WHERE undone IS NULL AND action = :action AND key = :key")
_KEEP = text(
    "INSERT INTO curations (at, action, community, text, key, target, says, intent, careers, person)"
    " VALUES (:at, :action, :community, :text, :key, :target, :says, :intent, :careers, :by) RETURNING id"
)
_CLOSE = text(
    "UPDATE misses SET curation = :ident WHERE curation IS NULL AND id IN :misses"
    " AND (community = :community OR :everywhere = 1)"
).bindparams(bindparam("misses", expanding=True))
_FIND = text(
    "SELECT * FROM curations WHERE id = :ident AND undone IS NULL AND (community = :community OR :all = 1)"
)  # fmt: skip
_UNDO = text("UPDATE curations SET undone = :at, undone_by = :by WHERE id = :ident")
_REOPEN = text("UPDATE misses SET curation = NULL WHERE curation = :ident")
_REVISION = text("SELECT number FROM revisions WHERE name = 'curations'")
RAISE_REVISION = text("UPDATE revisions SET number = number + 1 WHERE name = 'curations'")
_CANT = "Decisions can't be kept just now; nothing was changed. Try again in a minute."


class Curations:
    """The decisions part of bot.community_curation.Curating."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database, self._clock = database, clock

    async def curate(self, new: NewCuration, misses: Sequence[int]) -> Curation:
        """Keep a decision and close the misses that it settles."""
        now = self._clock()
        new = new.model_copy(update={"text": tidy(new.text)})
        values = {**new.model_dump(), "careers": json.dumps(new.careers), "at": now}

        def keep(connection: Connection) -> Curation:
            # Raising the revision first takes its row's lock: of two curators the second sees what the first decided.
            connection.execute(RAISE_REVISION)
            rows = connection.execute(_ALIKE, {"action": new.action, "key": new.key}).mappings()
            if error := clash(new, [curation_from(row) for row in rows]):
                raise error
            ident = int(connection.execute(_KEEP, values).scalar_one())
            if misses:
                where = {"community": new.community, "everywhere": int(not new.community)}
                connection.execute(_CLOSE, {"ident": ident, "misses": list(misses), **where})
            return Curation(**new.model_dump(), ident=ident, at=datetime.fromtimestamp(now, UTC))

        try:
            return await self._database.transact(keep)
        except Unreachable:
            raise CurationError(_CANT) from None

    async def undo(self, ident: int, *, by: str, community: str | None) -> Curation:
        """Take a decision back and open its misses again."""
        now = self._clock()
        where = {"ident": ident, "community": community or "", "all": int(community is None)}

        def undo(connection: Connection) -> Curation | None:
            connection.execute(RAISE_REVISION)
            row = connection.execute(_FIND, where).mappings().first()
            if row is None:
                return None
            connection.execute(_UNDO, {"ident": ident, "at": now, "by": by})
            connection.execute(_REOPEN, {"ident": ident})
            undone = {"undone": datetime.fromtimestamp(now, UTC), "undone_by": by}
            return curation_from(row).model_copy(update=undone)

        try:
            undone = await self._database.transact(undo)
        except Unreachable:
            raise CurationError(_CANT) from None
        if undone is None:
            raise CurationError(f"There is no decision {ident} in force.")
        return undone

    async def in_force(self, community: str | None = None) -> list[Curation]:
        """All decisions in force, oldest first."""
        try:
            return await self.read(community)
        except Unreachable:
            return []

    async def read(self, community: str | None = None) -> list[Curation]:
        """The same; raises Unreachable, for those who must not take "unreachable" for "none"."""
        values = {"community": community or "", "all": int(community is None)}

        def read(connection: Connection) -> list[Curation]:
            return [curation_from(row) for row in connection.execute(_IN_FORCE, values).mappings()]

        return await self._database.read(read)

    async def revision(self) -> int:
        """Grows with every decision and undoing; -1 while unreachable."""

        def read(connection: Connection) -> int:
            return int(connection.execute(_REVISION).scalar() or 0)

        try:
            return await self._database.read(read)
        except Unreachable:
            return -1


def curation_from(row: RowMapping) -> Curation:
    """A decision from its row."""
    undone = row["undone"]
    return Curation(
        ident=row["id"], at=datetime.fromtimestamp(row["at"], UTC), action=row["action"], community=row["community"],
        text=row["text"], key=row["key"], target=row["target"], says=row["says"], intent=row["intent"],
        careers=tuple(json.loads(row["careers"])), by=row["person"], undone_by=row["undone_by"],
        undone=datetime.fromtimestamp(undone, UTC) if undone is not None else None,
    )  # fmt: skip
