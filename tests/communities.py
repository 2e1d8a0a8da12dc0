"""The implementations of the community database that its tests run against.

PostgreSQL joins in where CAREERBOT_TEST_POSTGRESQL names a server (a superuser's URL); each test gets a database of its
own there.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.cli import TALKATIVE, keep_libraries_quiet
from adapters.store.community import SqlCommunity
from adapters.store.opening import FILE, address, upgrade
from bot.community_members import Retention
from bot.community_memory import InMemoryCommunity

POSTGRESQL = os.environ.get("CAREERBOT_TEST_POSTGRESQL", "")
needs_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="CAREERBOT_TEST_POSTGRESQL names no server")
SQL = ["sqlite", pytest.param("postgresql", marks=needs_postgresql)]
ALL = ["memory", *SQL]
ADA, BOB = "discord:user:1", "discord:user:2"
GUILD, OTHER = "discord:guild:1", "discord:guild:2"
CHANNEL = "discord:channel:5"


@dataclass
class Clock:
    """Seconds since 1970 that pass when a test says so."""

    now: float = 1_795_000_000.0

    def __call__(self) -> float:
        """The time now."""
        return self.now

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


@asynccontextmanager
async def database(kind: str, folder: Path) -> AsyncIterator[URL]:
    """An empty database; a PostgreSQL one is dropped at the end."""
    if kind == "sqlite":
        yield address(None, folder)
        return
    server = create_async_engine(address(POSTGRESQL, folder), isolation_level="AUTOCOMMIT")
    name = f"careerbot_{uuid.uuid4().hex[:12]}"
    async with server.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield address(POSTGRESQL, folder).set(database=name)
    finally:
        async with server.connect() as connection:
            await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        await server.dispose()


@asynccontextmanager
async def sql_community(
    url: URL, clock: Clock, *, retention: Retention | None = None, busy: float = 2.0, pause: float = 0.0
) -> AsyncIterator[SqlCommunity]:
    """A store over a database that is brought up to date first."""
    store = SqlCommunity(url, clock=clock, retention=retention, busy=busy, pause=pause)
    try:
        await upgrade(store.database)
        yield store
    finally:
        await store.close()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another program holds the lock of the SQLite file in a folder."""
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """All that an operator can turn on: DEBUG, with the libraries as the command line sets them up."""
    caplog.set_level(logging.DEBUG)
    keep_libraries_quiet()
    try:
        yield
    finally:
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.NOTSET)


def betrays(caplog: pytest.LogCaptureFixture, secret: str) -> list[str]:
    """The log records that hold a text; what the tests' own local servers log doesn't count."""
    ours = (one for one in caplog.records if one.name not in ("aiohttp.access", "aiohttp.server"))
    return [f"{one.name}: {one.getMessage()}" for one in ours if secret in one.getMessage() + (one.exc_text or "")]


@asynccontextmanager
async def community(kind: str, folder: Path, clock: Clock) -> AsyncIterator[InMemoryCommunity | SqlCommunity]:
    """One of the implementations, empty."""
    if kind == "memory":
        yield InMemoryCommunity(clock=clock)
        return
    async with database(kind, folder) as url, sql_community(url, clock) as store:
        yield store
