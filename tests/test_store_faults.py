"""The community database locked, full, gone and back: the bot goes on, says what it couldn't keep, and recovers."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url

from adapters.store.community import SqlCommunity, open_community
from adapters.store.database import _MERGE_AFTER, Database
from adapters.store.opening import VERSIONS, StoreError, address, upgrade
from bot.community import Asked, CommunitySettings, Opinion, Saved, SettingError
from bot.community_curation import CurationError, NewCuration
from bot.context import Context
from bot.message import ConversationKey
from bot.query import Query
from tests.communities import ADA, BOB, GUILD, SQL, Clock, database, locked, needs_postgresql, sql_community

KEY = ConversationKey(platform="discord", place=GUILD, person=ADA)
ABOUT = Context(query=Query(text="", intent="salary"), asked_back=True)
PLUMBER = Saved(kind="career", ident="plumber", title="Plumber")
SECRET = "what does my ill uncle earn"
ASKED = Asked(community=GUILD, person=ADA, platform="discord", text=SECRET, outcome="not understood")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlCommunity]:
    """A SQLite store that waits a moment for a lock and tries again at once after a failure."""
    async with sql_community(address(None, tmp_path), Clock(), busy=0.05) as opened:
        yield opened


async def _all_writes(store: SqlCommunity) -> list[bool]:
    return [
        await store.remember(KEY, ABOUT), await store.asked(ASKED), await store.save(ADA, PLUMBER),
        await store.opinion(Opinion(community=GUILD, person=ADA, platform="discord", verdict="down", text=SECRET)),
        await store.unsave(ADA, "career", "plumber"), await store.nudge(ADA, wanted=True), await store.finish("f"),
    ]  # fmt: skip


async def _nothing_raises(store: SqlCommunity) -> None:
    """What an unreachable store answers."""
    assert await _all_writes(store) == [False] * 7
    assert await store.recall(KEY) == Context()
    assert await store.saved(ADA) == []
    assert "error" in await store.export(ADA)
    assert (await store.delete(ADA), await store.delete_community(GUILD)) == (-1, -1)
    assert (await store.misses(), await store.curations(), await store.revision()) == ([], [], -1)
    assert (await store.insights(GUILD)).weeks == ()
    assert await store.due_nudges("discord") == []
    assert await store.housekeeping.purge_if_due() is None
    with pytest.raises(SettingError, match="Try again"):
        await store.change_settings(GUILD, {"country": "GB"}, by=BOB)
    with pytest.raises(CurationError, match="Try again"):
        await store.curate(NewCuration(action="dismissal"))
    with pytest.raises(CurationError, match="Try again"):
        await store.undo(1, by=BOB)
    assert (await store.begin("once"), await store.begin("once")) == ("new", "running")
    await store.finish("once")
    assert await store.begin("once") == "done"


async def test_a_locked_database_is_read_and_written_again_when_it_is_free(
    store: SqlCommunity, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Writes say False while another program holds the lock; reads go on; one line tells it, without any content."""
    await store.change_settings(GUILD, {"keep_texts": True}, by=BOB)
    assert await store.remember(KEY, ABOUT)
    caplog.clear()
    with closing(sqlite3.connect(tmp_path / "community.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await _all_writes(store) == [False] * 7
        assert (await store.recall(KEY)).asked_back
        other.execute("ROLLBACK")
    assert await _all_writes(store) == [True] * 7
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 1
    assert "SQLITE_BUSY" in errors[0].getMessage()
    assert SECRET not in caplog.text
    assert "again; 7 were missed" in caplog.text
    assert [group.text for group in await store.misses()] == [SECRET]


async def test_a_full_disk_loses_nothing_that_was_kept(store: SqlCommunity, tmp_path: Path) -> None:
    """No page can be added: writes say False, half of a transaction is never seen, reads go on; then all is well."""
    assert await store.save(ADA, PLUMBER)
    await store.change_settings(GUILD, {"keep_texts": True}, by=BOB)

    async def limit(pages: int) -> None:
        await store.database.write(lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count={pages}"))

    await limit(1)  # SQLite takes this as "as many as there are"
    kept = 0
    while await store.asked(ASKED.model_copy(update={"text": f"{kept} " + "x" * 490})):
        kept += 1
        assert kept < 1_000
    assert not await store.asked(ASKED.model_copy(update={"text": "y" * 500}))
    counted = (await store.insights(GUILD)).weeks
    assert sum(week.questions for week in counted) == kept
    assert [one.ident for one in await store.saved(ADA)] == ["plumber"]
    await limit(1_000_000)
    assert await store.asked(ASKED)
    assert (await store.insights(GUILD)).weeks[0].questions == kept + 1
    assert sum(group.count for group in await store.misses()) == kept + 1


async def test_a_store_that_is_no_database_answers_like_an_empty_one(tmp_path: Path) -> None:
    """Nothing raises, whatever is called."""
    store = SqlCommunity(address(None, tmp_path / "missing" / "folder"), clock=Clock(), pause=0)
    await _nothing_raises(store)
    assert await store.settings(GUILD) == CommunitySettings()
    await store.close()


async def test_after_a_failure_nobody_waits_for_a_moment(tmp_path: Path) -> None:
    """The fuse: within the pause the database isn't tried again; after it, it is."""
    async with sql_community(address(None, tmp_path), Clock(), busy=0.05) as store:
        now = Clock()
        store.database._pause, store.database._clock = 1.0, now
        with closing(sqlite3.connect(tmp_path / "community.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert not await store.finish("e")
        assert not await store.finish("e")
        assert await store.saved(ADA) == []
        now.pass_by(1.0)
        assert await store.finish("e")


async def test_settings_that_were_known_hold_while_the_store_is_away(store: SqlCommunity, tmp_path: Path) -> None:
    """A private community stays private: the last known settings are better than the defaults."""
    await store.change_settings(GUILD, {"private": False, "country": "DE"}, by=BOB)
    known = await store.settings(GUILD)
    store.database.shut()
    store._settings._clock = lambda: 2e9
    assert await store.settings(GUILD) == known


async def test_what_was_claimed_during_an_outage_holds_after_it(tmp_path: Path) -> None:
    """An event that this process claimed alone isn't claimed once more from the database that is back."""
    async with sql_community(address(None, tmp_path), Clock(), busy=0.05) as store:
        with closing(sqlite3.connect(tmp_path / "community.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert await store.begin("e") == "new"
        assert await store.begin("e") == "running"
        await store.finish("e")
        assert await store.begin("e") == "done"


async def test_nothing_waits_for_a_lock_in_the_event_loop(tmp_path: Path) -> None:
    """While another program holds the file, what is to be written waits in its thread and the bot goes on."""
    async with sql_community(address(None, tmp_path), Clock(), busy=0.2) as store:
        assert await store.finish("before")
        with locked(tmp_path):
            waiting, turns = asyncio.create_task(store.finish("held")), 0
            while not waiting.done():
                await asyncio.sleep(0)
                turns += 1
            assert (await store.recall(KEY)) == Context()
        assert not await waiting
        assert turns > 10
        assert await store.finish("after")
        assert [await store.begin(event) for event in ("before", "held", "after")] == ["done"] * 3


async def test_the_log_is_brought_into_the_file(tmp_path: Path) -> None:
    """Writes of the event loop alone don't let SQLite's log grow without end."""
    async with sql_community(address(None, tmp_path), Clock()) as store:
        sizes = []
        for round_ in range(4):
            for number in range(_MERGE_AFTER):
                assert await store.remember(KEY.model_copy(update={"thread": f"{number % 50}"}), ABOUT), round_
            merging = store.database.driver._merging  # type: ignore[union-attr]
            assert merging is not None
            await merging
            sizes.append((tmp_path / "community.sqlite-wal").stat().st_size)
        assert sizes[-1] <= sizes[0] * 1.5
        assert (await store.recall(KEY.model_copy(update={"thread": "7"}))).asked_back


# versions


@pytest.mark.parametrize("kind", SQL)
async def test_a_newer_database_is_refused_with_a_clear_word(kind: str, tmp_path: Path) -> None:
    """The program says what to do and doesn't touch it."""
    async with database(kind, tmp_path) as url:
        opened = Database(url)
        assert await upgrade(opened) == ("", VERSIONS[-1])
        assert await upgrade(opened) == (VERSIONS[-1], VERSIONS[-1])
        newer = text("UPDATE alembic_version SET version_num = '9999'")
        await opened.write(lambda connection: connection.execute(newer))
        await opened.close()
        with pytest.raises(StoreError, match=r"version 9999.*update the program"):
            async with open_community(url.render_as_string(hide_password=False), tmp_path):
                pass


@pytest.mark.parametrize("kind", SQL)
async def test_replicas_that_start_together_migrate_once(kind: str, tmp_path: Path) -> None:
    """Five engines upgrade an empty database at the same time: all are content."""
    async with database(kind, tmp_path) as url:
        databases = [Database(url, busy=20) for _ in range(5)]
        found = await asyncio.gather(*(upgrade(one) for one in databases))
        assert {now for _, now in found} == {VERSIONS[-1]}
        for one in databases:
            await one.close()


async def test_a_migration_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """A table is in the way: the upgrade fails as a whole."""
    with closing(sqlite3.connect(tmp_path / "community.sqlite")) as file:
        file.execute("CREATE TABLE saved (x)")
        file.commit()
    opened = Database(address(None, tmp_path))
    with pytest.raises(Exception, match="already exists"):
        await upgrade(opened)
    await opened.close()
    with closing(sqlite3.connect(tmp_path / "community.sqlite")) as file:
        assert [name for (name,) in file.execute("SELECT name FROM sqlite_master")] == ["saved"]


def test_the_versions_known_are_those_there_are() -> None:
    """Alembic's scripts, oldest first."""
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    from adapters.store.opening import MIGRATIONS  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("version_locations", str(MIGRATIONS / "versions"))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == tuple(VERSIONS)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u:p@h/db?sslmode=require", "postgresql+asyncpg://u:p@h/db?ssl=require"),
        ("postgresql+asyncpg://h/db", "postgresql+asyncpg://h/db"),
        ("sqlite+aiosqlite:////tmp/x.sqlite", "sqlite:////tmp/x.sqlite"),
        (None, "sqlite:///folder/community.sqlite"),
    ],
)
def test_addresses_are_understood_as_people_write_them(given: str | None, used: str) -> None:
    """Hosters' postgres:// and sslmode are what the driver calls otherwise."""
    assert address(given, Path("folder")).render_as_string(hide_password=False) == used


@pytest.mark.parametrize("wrong", ["mysql://u:secret@h/db", "secret", "sqlite://"])
def test_a_wrong_address_is_refused_without_showing_it(wrong: str) -> None:
    """It may hold a password."""
    with pytest.raises(StoreError) as raised:
        address(wrong, Path())
    assert "secret" not in str(raised.value)


# PostgreSQL that is stopped and started


class Server:
    """A PostgreSQL server of the test's own."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self._pg_ctl, self._folder, self._port = binaries / "pg_ctl", folder, 54_000 + os.getpid() % 900
        self._run(str(binaries / "initdb"), "-D", str(folder / "db"), "-A", "trust", "-U", "postgres")

    @property
    def url(self) -> URL:
        """Where it listens."""
        return make_url(f"postgresql+asyncpg://postgres@127.0.0.1:{self._port}/postgres")

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-p {self._port} -k {self._folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run(
            str(self._pg_ctl), "-D", f"{self._folder}/db", "-w", "-l", f"{self._folder}/log", "-o", options, "start"
        )

    def stop(self) -> None:
        """Stop it at once, as a crash does."""
        self._run(str(self._pg_ctl), "-D", f"{self._folder}/db", "-w", "-m", "immediate", "stop")

    def _run(self, *command: str) -> None:
        root = {"user": "postgres"} if os.getuid() == 0 else {}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self._folder, **root)  # type: ignore[call-overload]


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if not found:
        pytest.skip("PostgreSQL's server programs aren't installed")
    folder = Path("/tmp") / f"careerbot-pg-{os.getpid()}"  # noqa: S108 - a socket's path must be short
    folder.mkdir()
    folder.chmod(0o777)
    server = Server(found[-1].parent, folder)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder)


@needs_postgresql
async def test_postgresql_stopped_and_started_again(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """Defaults and False while it is away, all as before when it is back, without anybody's help."""
    async with sql_community(server.url, Clock(), busy=1.0) as store:
        assert all(await _all_writes(store))
        assert await store.save(ADA, PLUMBER)
        server.stop()
        await _nothing_raises(store)
        server.start()
        assert await store.remember(KEY, ABOUT)
        assert [one.ident for one in await store.saved(ADA)] == ["plumber"]
        caplog.clear()
        server.stop()
        server.start()
        for _ in range(20):
            await asyncio.sleep(0)  # the connections learn that they were closed
        assert [one.ident for one in await store.saved(ADA)] == ["plumber"]
        assert await store.save(ADA, PLUMBER)
    assert caplog.text == ""
