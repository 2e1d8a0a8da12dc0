"""Questions and opinions: counted without a person, and what was missed kept for the curators."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import RowMapping, TextClause, text
from sqlalchemy.engine import Connection

from adapters.store.database import Database, Unreachable
from bot.community import Asked, Opinion
from bot.community_curation import Miss, MissGroup, MissKind, miss_of, thumb_down
from bot.community_grouping import MOST_MISSES, grouped
from bot.community_insight import Insights, Tally, insights_from, tallies_of, tally_of, week_of
from bot.community_members import WEEK

_MISS = text(
    "INSERT INTO misses (at, community, person, kind, text, comment, intent, careers)"
    " VALUES (:at, :community, :person, :kind, :text, :comment, :intent, :careers)"
)
_OPEN = text(
    "SELECT * FROM misses WHERE curation IS NULL AND (community = :community OR :all = 1) ORDER BY id DESC LIMIT :limit"
)
_TALLIES = text(
    "SELECT week, kind, name, sum(count) AS count FROM tallies WHERE week >= :since"
    " AND (community = :community OR :all = 1) GROUP BY week, kind, name"
)


class Counting:
    """The part of the community database that questions and opinions go into and insights come out of."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database, self._clock = database, clock

    async def asked(self, asked: Asked, *, keep_texts: bool) -> bool:
        """Count a question; one that was missed joins the queue."""
        missed = miss_of(asked, keep_texts=keep_texts)
        miss = self._miss(asked, missed[0], missed[1]) if missed else None
        return await self._add(tallies_of(asked, self._clock()), miss)

    async def opinion(self, opinion: Opinion, *, keep_texts: bool) -> bool:
        """Count an opinion; a thumb down joins the queue."""
        down = thumb_down(opinion, keep_texts=keep_texts)
        miss = self._miss(opinion, "thumb down", *down) if down else None
        return await self._add([tally_of(opinion, self._clock())], miss)

    def _miss(self, of: Asked | Opinion, kind: MissKind, words: str, comment: str = "") -> dict[str, object]:
        return {
            "at": self._clock(), "community": of.community, "person": of.person, "kind": kind, "text": words,
            "comment": comment, "intent": of.intent, "careers": json.dumps(of.careers),
        }  # fmt: skip

    async def _add(self, tallies: Sequence[Tally], miss: dict[str, object] | None) -> bool:
        count = _count(len(tallies))
        values: dict[str, object] = {"w": tallies[0].week, "c": tallies[0].community}
        for at, tally in enumerate(tallies):
            values |= {f"k{at}": tally.kind, f"n{at}": tally.name}

        def add(connection: Connection) -> None:
            if miss is not None:
                connection.execute(_MISS, miss)
            connection.execute(count, values)

        try:
            await (self._database.quick_write(add) if miss is None else self._database.transact(add))
        except Unreachable:
            return False
        return True

    async def misses(self, community: str | None, limit: int) -> list[MissGroup]:
        """Open misses, grouped by likeness."""
        values = {"community": community or "", "all": int(community is None), "limit": MOST_MISSES}

        def read(connection: Connection) -> list[Miss]:
            return [miss_from(row) for row in connection.execute(_OPEN, values).mappings()]

        try:
            found = await self._database.read(read)
        except Unreachable:
            return []
        return grouped(found, datetime.fromtimestamp(self._clock(), UTC), limit)

    async def insights(self, community: str | None, weeks: int) -> Insights:
        """What was asked in the last weeks."""
        since = week_of(self._clock() - (weeks - 1) * WEEK)
        values = {"since": since, "community": community or "", "all": int(community is None)}

        def read(connection: Connection) -> list[Tally]:
            rows = connection.execute(_TALLIES, values).all()
            return [
                Tally(week=week, community=community or "", kind=kind, name=name, count=int(count))
                for week, kind, name, count in rows
            ]

        try:
            return insights_from(community or "", await self._database.read(read))
        except Unreachable:
            return Insights(community=community or "")


@lru_cache(maxsize=64)
def _count(many: int) -> TextClause:
    """Adds so many counts in one statement."""
    rows = ", ".join(f"(:w, :c, :k{at}, :n{at}, 1)" for at in range(many))
    return text(
        f"INSERT INTO tallies (week, community, kind, name, count) VALUES {rows}"  # noqa: S608 - only placeholders
        " ON CONFLICT (week, community, kind, name) DO UPDATE SET count = tallies.count + excluded.count"
    )


def miss_from(row: RowMapping) -> Miss:
    """A miss from its row, without the person."""
    return Miss(
        ident=row["id"], at=datetime.fromtimestamp(row["at"], UTC), community=row["community"], kind=row["kind"],
        text=row["text"], comment=row["comment"], intent=row["intent"], careers=tuple(json.loads(row["careers"])),
    )  # fmt: skip
