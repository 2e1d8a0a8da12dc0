"""Opening the community database: its address and its version."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from adapters.store.database import Database

VERSIONS: Sequence[str] = ("0001",)
"""The versions that this program knows, oldest first; it works with the last."""
FILE = "community.sqlite"
MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_242_195_312_044_081
"""PostgreSQL's advisory lock that those who migrate hold."""
_WAL_ATTEMPTS = 100


class StoreError(Exception):
    """The community database can't be used: why, and what to do."""


def address(database_url: str | None, data: Path) -> URL:
    """Where the community database is: the URL given, else a file in the data folder; StoreError for a wrong URL."""
    if not database_url:
        return URL.create("sqlite", database=str(data / FILE))
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise StoreError("DATABASE_URL is no database URL; write for example postgresql://user@host/name") from error
    kind = url.drivername.partition("+")[0]
    if kind in ("postgresql", "postgres"):
        query = dict(url.query)
        if "sslmode" in query:  # libpq's word; asyncpg's is "ssl"
            query["ssl"] = query.pop("sslmode")
        return url.set(drivername="postgresql+asyncpg", query=query)
    if kind == "sqlite" and url.database and url.database != ":memory:":
        return url.set(drivername="sqlite")
    raise StoreError(f"DATABASE_URL is for {kind}; Careerbot keeps its community in SQLite (a file) or PostgreSQL")


async def upgrade(database: Database) -> tuple[str, str]:
    """Bring the database to this program's version; (version before, version now).

    Raises:
        StoreError: it was made by a newer program.
        One of database.faults: it can't be used.
    """
    call = database.driver.call
    if database.sqlite:
        await call("write", _use_wal, whole=False)
    found = await call("write", version, whole=False)
    _refuse_newer(found)
    if found != VERSIONS[-1]:
        await call("write", _migrate, whole=True)
    return found, VERSIONS[-1]


def version(connection: Connection) -> str:
    """The database's version, "" for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _use_wal(connection: Connection) -> None:
    """Turn on the write-ahead log, which then stays on.

    Two processes that do so at once may block each other: they let go and try again, which SQLite's waiting wouldn't.
    """
    waits = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    for attempt in range(_WAL_ATTEMPTS):
        try:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            break
        except OperationalError:
            if attempt == _WAL_ATTEMPTS - 1:
                raise
            time.sleep(0.01 + attempt % 7 / 200)
    connection.exec_driver_sql(f"PRAGMA busy_timeout={waits}")


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    found = version(connection)  # another replica may have been quicker
    _refuse_newer(found)
    if found == VERSIONS[-1]:
        return
    from alembic import command  # noqa: PLC0415 - only a database of another version needs it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("version_locations", str(MIGRATIONS / "versions"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _refuse_newer(found: str) -> None:
    if found and found not in VERSIONS:
        raise StoreError(
            f"the community database is of version {found}, this Careerbot knows up to {VERSIONS[-1]}: "
            "update the program, or give it a database of its own"
        )
