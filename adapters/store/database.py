"""Reading and writing that never fails loudly: the bot answers whether or not its community database is there.

What is to be done with the database is a plain function of a SQLAlchemy connection. On PostgreSQL it runs in the event
loop, over asyncpg. On SQLite it runs as a whole in a thread of its own: one switch an operation; aiosqlite
switches threads at every statement, fetch and close. What every message needs, a row or two, is done in the event loop
without any switch, as long as nobody holds the file (measured in docs/scaling.md; docs/decisions/0008).
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

log = logging.getLogger(__name__)

_Result = TypeVar("_Result")
Work = Callable[[Connection], _Result]
PAUSE = 1.0
"""Seconds after a failure in which the database isn't tried again, so that no answer waits for it time and again."""
_CLOSED = "connection is closed"
"""asyncpg's word for a connection that was closed before anything was sent."""
_HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_BUSY_SNAPSHOT, sqlite3.SQLITE_BUSY_RECOVERY)
"""SQLite's words for a file that somebody else is working on."""
_MERGE_AFTER = 500
"""Writes of the event loop after which the log is brought into the file."""
_PRAGMAS = (
    # In WAL, NORMAL loses nothing when the process dies; a power cut may take the last moments, never the file.
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
)


class Unreachable(Exception):
    """The database can't be used just now."""


class SqliteFile:
    """A SQLite file: one thread reads, one writes, so that no reader waits behind a writer that waits for a lock.

    The event loop has a connection of its own for single rows. It waits for nobody: where the file is locked, or work
    is queued before it, the work goes to its thread. It leaves bringing the log into the file, the only part of a write
    that waits for the disk, to the writing thread.
    """

    def __init__(self, url: URL, busy: float) -> None:
        # Transactions are begun by hand: BEGIN IMMEDIATE waits for the lock at the start and never fails half-way.
        self.engine = create_engine(
            url, isolation_level="AUTOCOMMIT", skip_autocommit_rollback=True, pool_size=2, max_overflow=0,
            hide_parameters=True, connect_args={"timeout": busy},
        )  # fmt: skip
        event.listen(self.engine, "connect", _set_up)
        self._at_once = create_engine(
            url, isolation_level="AUTOCOMMIT", skip_autocommit_rollback=True, pool_size=1, max_overflow=0,
            hide_parameters=True, connect_args={"timeout": 0},
        )  # fmt: skip
        event.listen(self._at_once, "connect", _set_up_at_once)
        self._own: Connection | None = None
        self._queued = {"read": 0, "write": 0}
        self._unmerged = 0
        self._merging: asyncio.Future[None] | None = None
        self._threads = {kind: ThreadPoolExecutor(1, f"community-{kind}") for kind in ("read", "write")}

    async def call(self, kind: str, work: Work[_Result], *, whole: bool) -> _Result:
        """Run work in its thread; also to its end when nobody waits for it any more."""
        run = self._whole if whole else self._plain
        self._queued[kind] += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads[kind], run, work)
        finally:
            self._queued[kind] -= 1

    async def quick(self, kind: str, work: Work[_Result]) -> _Result:
        """Run work of a row or two at once; in its thread where that would mean waiting."""
        await asyncio.sleep(0)  # whoever else is ready comes first: this never waits, so nobody else would
        if not self._queued[kind]:
            try:
                return self._now(kind, work)
            except OperationalError as error:
                if getattr(error.orig, "sqlite_errorcode", None) not in _HELD:
                    raise
        return await self.call(kind, work, whole=False)

    def _now(self, kind: str, work: Work[_Result]) -> _Result:
        if self._own is None:
            self._own = self._at_once.connect()
        result = work(self._own)
        if kind == "write":
            self._unmerged += 1
            if self._unmerged >= _MERGE_AFTER and (self._merging is None or self._merging.done()):
                self._unmerged = 0
                loop = asyncio.get_running_loop()
                self._merging = loop.run_in_executor(self._threads["write"], self._merge)
        return result

    def _merge(self) -> None:
        """Bring the log into the file, as far as nobody reads from it."""
        with suppress(SQLAlchemyError):  # it is tried again after as many writes more
            self._plain(lambda connection: connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").all())

    async def close(self) -> None:
        """Finish what is under way and close the file."""
        for thread in self._threads.values():
            await asyncio.to_thread(thread.shutdown)
        if self._own is not None:
            self._own.close()
        self._at_once.dispose()
        self.engine.dispose()

    def _plain(self, work: Work[_Result]) -> _Result:
        with self.engine.connect() as connection:
            return work(connection)

    def _whole(self, work: Work[_Result]) -> _Result:
        with self.engine.connect() as connection:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                result = work(connection)
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                with suppress(SQLAlchemyError):
                    connection.exec_driver_sql("ROLLBACK")
                raise
            return result


def _set_up(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _set_up_at_once(connection: Any, record: Any) -> None:
    _set_up(connection, record)
    connection.execute("PRAGMA wal_autocheckpoint=0")


class PostgresqlServer:
    """A PostgreSQL database, over a pool of connections.

    Trying each connection before its use costs three more round trips; instead, work on a connection that turns out to
    have been closed while it was idle, which has sent nothing yet, is done again on a new one.
    """

    def __init__(self, url: URL, busy: float) -> None:
        arguments = {"timeout": busy, "command_timeout": 5.0, "server_settings": {"application_name": "careerbot"}}
        self.engine = create_async_engine(
            url, pool_size=5, max_overflow=10, pool_timeout=busy, pool_recycle=1_800,
            hide_parameters=True, connect_args=arguments,
        )  # fmt: skip
        self._single = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    async def call(self, _kind: str, work: Work[_Result], *, whole: bool) -> _Result:
        """Run work in the event loop."""
        try:
            return await self._once(work, whole=whole)
        except DBAPIError as error:
            if not error.connection_invalidated or _CLOSED not in str(error.orig):
                raise
        return await self._once(work, whole=whole)

    async def quick(self, kind: str, work: Work[_Result]) -> _Result:
        """The same: nothing here waits in the event loop."""
        return await self.call(kind, work, whole=False)

    async def _once(self, work: Work[_Result], *, whole: bool) -> _Result:
        async with self.engine.begin() if whole else self._single.connect() as connection:
            return await connection.run_sync(work)

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


class Database:
    """A database behind a fuse: after a failure it isn't tried for a moment, then it is again.

    A failed write blows the fuse of writes alone (a full disk can still be read), a failed read both.

    Args:
        url: Where it is (see `adapters.store.opening.address`).
        busy: Seconds that a locked file, or a connection to PostgreSQL, is waited for.
        pause: Seconds after a failure in which it isn't tried again.
    """

    def __init__(
        self, url: URL, *, busy: float = 2.0, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.sqlite = url.get_backend_name() == "sqlite"
        self.driver = SqliteFile(url, busy) if self.sqlite else PostgresqlServer(url, busy)
        self.faults = _faults()
        self._pause, self._clock = pause, clock
        self._fuses = {"read": float("-inf"), "write": float("-inf")}
        self._lost = {"read": 0, "write": 0}

    async def read(self, work: Work[_Result]) -> _Result:
        """Run reading work; raises Unreachable."""
        return await self._guarded("read", lambda: self.driver.call("read", self._fused("read", work), whole=False))

    async def quick_read(self, work: Work[_Result]) -> _Result:
        """Run work that reads a row or two; raises Unreachable."""
        return await self._guarded("read", lambda: self.driver.quick("read", self._fused("read", work)))

    async def quick_write(self, work: Work[_Result]) -> _Result:
        """Run work that writes a row or two, each statement for itself; raises Unreachable."""
        return await self._guarded("write", lambda: self.driver.quick("write", self._fused("write", work)))

    async def write(self, work: Work[_Result]) -> _Result:
        """Run work whose every statement stands for itself, committed when this returns; raises Unreachable."""
        return await self._guarded("write", lambda: self.driver.call("write", self._fused("write", work), whole=False))

    async def transact(self, work: Work[_Result]) -> _Result:
        """Run work in a transaction, all or nothing, committed when this returns; raises Unreachable."""
        return await self._guarded("write", lambda: self.driver.call("write", self._fused("write", work), whole=True))

    def shut(self) -> None:
        """Never use it again: it turned out to be another program's."""
        self._fuses = dict.fromkeys(self._fuses, float("inf"))

    async def close(self) -> None:
        """Close all connections."""
        await self.driver.close()

    def _fused(self, kind: str, work: Work[_Result]) -> Work[_Result]:
        """The work, unless the fuse blew while it queued: those behind the one that failed don't wait again."""

        def run(connection: Connection) -> _Result:
            self._check(kind)
            return work(connection)

        return run

    def _check(self, kind: str) -> None:
        if self._clock() < self._fuses[kind]:
            raise Unreachable

    async def _guarded(self, kind: str, work: Callable[[], Awaitable[_Result]]) -> _Result:
        try:
            self._check(kind)
            result = await work()
        except Unreachable:
            self._lost[kind] += 1
            raise
        except self.faults as error:
            self._blow(kind, error)
            raise Unreachable from None
        if self._lost[kind]:
            log.warning("the community database takes %ss again; %d were missed", kind, self._lost[kind])
            self._lost[kind] = 0
        return result

    def _blow(self, kind: str, error: Exception) -> None:
        until = self._clock() + self._pause
        for fuse in ("read", "write") if kind == "read" else ("write",):
            self._fuses[fuse] = max(until, self._fuses[fuse])
        if not self._lost[kind]:
            # Only what kind of error it was: its text may hold what somebody typed.
            cause = error.orig if isinstance(error, DBAPIError) else error
            log.error(
                "the community database can't be used for %ss (%s); answers go on without it. Check that it runs, "
                "isn't locked, and has room on its disk", kind, _named(cause)
            )  # fmt: skip
        self._lost[kind] += 1


def _faults() -> tuple[type[Exception], ...]:
    """What a database that can't be used raises."""
    own: tuple[type[Exception], ...] = (SQLAlchemyError, OSError, TimeoutError, sqlite3.Error)
    try:
        import asyncpg  # type: ignore[import-untyped]  # noqa: PLC0415
    except ModuleNotFoundError:
        return own
    return (*own, asyncpg.PostgresError, asyncpg.InterfaceError)


def _named(error: BaseException | None) -> str:
    """An error's kind, and SQLite's own name for it ("SQLITE_FULL")."""
    cause = getattr(error, "__cause__", None) or error
    name = getattr(error, "sqlite_errorname", None) or getattr(cause, "sqlite_errorname", None)
    return f"{type(cause).__name__}{f', {name}' if name else ''}"
