"""What is done from time to time, by one replica for all: forgetting what has been kept long enough."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from zlib import crc32

from sqlalchemy import text
from sqlalchemy.engine import Connection

from adapters.store.database import Database, Unreachable
from bot.community_insight import week_of
from bot.community_members import Retention

log = logging.getLogger(__name__)

PURGE_EVERY = 3_600.0
"""Seconds between two purges."""
_BATCH = 2_000
"""So many rows are deleted in one transaction: nobody waits for more."""
_DAY = 86_400.0
_TAKE = text(
    "INSERT INTO jobs (name, at) VALUES (:name, :now) ON CONFLICT (name) DO UPDATE SET at = excluded.at"
    " WHERE jobs.at <= :before RETURNING 1"
)
_OLD = {
    "conversations": "at < :limit",
    "misses": "at < :limit",
    "audit": "at < :limit",
    "events": "at < :limit AND until < :limit",
    "tallies": "week < :limit",
}
_ROW = {
    "conversations": "(platform, place, thread, person)",
    "misses": "id",
    "audit": "id",
    "events": "event",
    "tallies": "(week, community, kind, name)",
}


class Housekeeping:
    """Jobs that one of all replicas does, and the purge among them."""

    def __init__(self, database: Database, clock: Callable[[], float], retention: Retention) -> None:
        self._database, self._clock, self._retention = database, clock, retention

    async def take(self, job: str, every: float) -> bool:
        """Whether this caller is the one to do a job now; then nobody else is for `every` seconds.

        On PostgreSQL under an advisory lock, so that replicas don't queue for the row; on SQLite the row alone decides.
        """
        now = self._clock()
        values = {"name": job, "now": now, "before": now - every}

        def take(connection: Connection) -> bool:
            if not self._database.sqlite:
                lock = text("SELECT pg_try_advisory_xact_lock(:space, :job)")
                # Both numbers are PostgreSQL's signed 32 bits.
                numbers = {"space": 0x0CA2EE2, "job": crc32(job.encode()) - 2**31}
                if not connection.execute(lock, numbers).scalar():
                    return False
            return connection.execute(_TAKE, values).scalar() is not None

        try:
            return await self._database.transact(take)
        except Unreachable:
            return False

    async def purge(self) -> dict[str, int]:
        """Forget what has been kept long enough; how much of what. Stops where the database can't be used."""
        now, keep = self._clock(), self._retention
        limits: dict[str, object] = {
            "conversations": now - keep.idle, "misses": now - keep.misses * _DAY, "audit": now - keep.audit * _DAY,
            "events": now - keep.events, "tallies": week_of(now - keep.tallies * _DAY),
        }  # fmt: skip
        counts: dict[str, int] = {}
        try:
            for table, old in _OLD.items():
                counts[table] = await self._delete(table, old, {"limit": limits[table]})
            counts["conversations"] += await self._trim()
        except Unreachable:
            log.warning("the purge was broken off; the next one goes on")
        return counts

    async def purge_if_due(self) -> dict[str, int] | None:
        """Purge if it is this replica's turn; None if it isn't."""
        return await self.purge() if await self.take("purge", PURGE_EVERY) else None

    async def _delete(self, table: str, where: str, values: dict[str, object]) -> int:
        row, batch = _ROW[table], {"batch": _BATCH}
        rows = f"SELECT {row.strip('()')} FROM {table} WHERE {where} LIMIT :batch"  # noqa: S608 - constants of this file
        sql = text(f"DELETE FROM {table} WHERE {row} IN ({rows})")  # noqa: S608

        def delete(connection: Connection) -> int:
            return connection.execute(sql, {**values, **batch}).rowcount

        total = 0
        while count := await self._database.write(delete):
            total += count
            await asyncio.sleep(0)  # answers go first
        return total

    async def _trim(self) -> int:
        """Forget the oldest conversations beyond so many."""
        sql = text("SELECT at FROM conversations ORDER BY at DESC LIMIT 1 OFFSET :most")

        def oldest(connection: Connection) -> float | None:
            found: float | None = connection.execute(sql, {"most": self._retention.conversations}).scalar()
            return found

        limit = await self._database.read(oldest)
        return 0 if limit is None else await self._delete("conversations", "at <= :limit", {"limit": limit})
