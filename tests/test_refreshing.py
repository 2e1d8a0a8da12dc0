"""A running bot changes to newly built knowledge as a whole, and to nothing that can't be answered from."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sqlite3
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import numpy as np
import pytest

from adapters import compose, refreshing
from adapters.compose import database_file, editions, model_file, open_bot
from adapters.console.machine import answer_object
from adapters.refreshing import PATIENCE, Found, Refresher
from adapters.settings import Settings
from bot.context import Context
from bot.core import CareerBot, Handled
from bot.intents import load_intents
from bot.memory import InMemory
from bot.message import ConversationKey, IncomingMessage
from bot.prepare import fingerprint, material
from knowledge.build import BuildError, BuildReport, build, stored_version

LONDON = "what does a backend engineer earn in London?"
HERE = ConversationKey(platform="test", person="p")
NEW = "0123456789ab"
LONDON_RAISED = "UPDATE pay SET median = 101000 WHERE code = 'backend-engineer' AND median = 95000"
"""The change that gives London's backend engineers another median."""


@pytest.fixture
def settings(data_folder: Path, tmp_path: Path) -> Settings:
    """Settings of a data folder of the test's own, with the built files of the packaged content."""
    for file in ("knowledge.sqlite", "understanding.npz"):
        shutil.copy(data_folder / file, tmp_path / file)
    return Settings.model_construct(data=tmp_path, content=(), affiliate_links={}, locale="en-US", default_country="")


def write_database(settings: Settings, *changes: str, version: str = NEW) -> None:
    """Put a changed copy of the database in its place at once, as a build does."""
    path = database_file(settings)
    new = path.with_suffix(".new")
    shutil.copy(path, new)
    with closing(sqlite3.connect(new)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'version'", (version,))
        for change in changes:
            connection.execute(change)
        connection.commit()
    new.replace(path)


def write_understanding(settings: Settings, version: str = NEW, made_from: bytes | None = None) -> None:
    """Put an understanding in its place at once that says that it belongs to a version of the knowledge."""
    path = model_file(settings)
    with np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files if name != "fingerprint"}
    wanted = fingerprint(version, material(load_intents()) if made_from is None else made_from)
    new = path.with_suffix(".new.npz")
    np.savez(new, fingerprint=np.array(wanted), **arrays)
    new.replace(path)


@asynccontextmanager
async def answering(settings: Settings, memory: InMemory | None = None) -> AsyncIterator[tuple[CareerBot, Refresher]]:
    """A bot over the built files, and what changes it; nothing looks by itself."""
    source = editions(settings)
    seen = source.stamp()
    edition = await source.load()
    bot = CareerBot(edition.understanding, load_intents(), edition.desk, memory or InMemory(), edition.completion)
    try:
        yield bot, Refresher(bot, source, seen)
    finally:
        await bot.close()


async def ask(bot: CareerBot, text: str) -> Handled:
    """Say something in the one conversation."""
    return await bot.handle(IncomingMessage(text=text, conversation=HERE))


def medians(handled: Handled) -> list[float]:
    """The career page's medians that are answered."""
    figures = [figure for answer in handled.answers for figure in answer.reply.figures]
    return [figure.amount for figure in figures if figure.source == "opencourser" and figure.measure == "median"]


async def test_new_files_are_answered_from_without_a_restart(settings: Settings) -> None:
    """The next message has the new figures; its JSON and `sources` say the new version; conversations go on."""
    async with answering(settings) as (bot, refresher):
        before = await ask(bot, LONDON)
        assert medians(before) == [95_000]
        write_database(settings, LONDON_RAISED)
        write_understanding(settings)
        assert await refresher.look() is Found.CHANGED
        after = await ask(bot, LONDON)
        assert medians(after) == [101_000]
        assert answer_object(after, LONDON)["knowledge_version"] == NEW != before.knowledge_version
        assert NEW in answer_object(await ask(bot, "where do you get these salaries?"), "")["reply"]["text"]
        assert medians(await ask(bot, "backend engineer pay in Berlin")) == [92_000]
        assert medians(await ask(bot, "and in London?")) == [101_000]
        assert "Backend Engineer" in bot.complete("career", "backend")
        assert await refresher.look() is Found.NOTHING_NEW


async def test_a_message_in_flight_finishes_on_the_edition_it_began_with(settings: Settings) -> None:
    """It gets the old figure and the old version; only then are the old edition's files let go."""

    class Slow(InMemory):
        """Recalls when it is let."""

        begun, go = asyncio.Event(), asyncio.Event()

        async def recall(self, key: ConversationKey) -> Context:
            self.begun.set()
            await self.go.wait()
            return await super().recall(key)

    memory = Slow()
    async with answering(settings, memory) as (bot, refresher):
        old = bot.desk.knowledge
        flying = asyncio.create_task(ask(bot, LONDON))
        await memory.begun.wait()
        write_database(settings, LONDON_RAISED)
        write_understanding(settings)
        assert await refresher.look() is Found.CHANGED
        memory.go.set()
        landed = await flying
        assert (medians(landed), landed.knowledge_version) == ([95_000], old.version)
        assert medians(await ask(bot, LONDON)) == [101_000]
        with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
            await old.careers()


def truncated(path: Path) -> None:
    """Half of the file, as where a copy was broken off."""
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[: len(content) // 2])


def scribbled(path: Path) -> None:
    """Pages in the middle overwritten."""
    content = bytearray(path.read_bytes())
    middle = len(content) // 8192 * 4096
    content[middle : middle + 400_000] = b"\xa5" * 400_000
    path.unlink()
    path.write_bytes(content)


def emptied(path: Path) -> None:
    """A file without content."""
    path.unlink()
    path.touch()


def replaced_by_text(path: Path) -> None:
    """No database at all."""
    path.unlink()
    path.write_text("version https://git-lfs.example/spec/v1\n" * 50)


DATABASES: dict[str, tuple[Callable[[Path], None] | str, str]] = {
    "half written": (truncated, "no usable knowledge database"),
    "overwritten": (scribbled, "no usable knowledge database"),
    "empty": (emptied, "no usable knowledge database"),
    "no database": (replaced_by_text, "file is not a database"),
    "gone": (Path.unlink, "There is no knowledge database"),
    "a column is missing": ("ALTER TABLE pay DROP COLUMN sample", "its table pay is another"),
    "a table is missing": ("DROP TABLE outlook", "its table outlook is another"),
    "no version": ("DELETE FROM meta WHERE key = 'version'", "it carries no version"),
    "no careers": ("DELETE FROM careers", "nothing in careers"),
    "a section that can't be read": ("UPDATE sections SET body = '{'", "of ai-engineer fails: ValidationError"),
}


@pytest.mark.parametrize("kind", DATABASES)
async def test_a_database_that_is_no_good_is_told_once_and_not_answered_from(
    settings: Settings, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The last good one is kept; a line for people says what is wrong; the next good one is taken."""
    spoil, told = DATABASES[kind]
    good = database_file(settings).with_suffix(".good")
    async with answering(settings) as (bot, refresher):
        before = bot.desk.knowledge.version
        shutil.copy(database_file(settings), good)
        if isinstance(spoil, str):
            write_database(settings, spoil)
        else:
            write_database(settings)
            spoil(database_file(settings))
        write_understanding(settings)
        assert await refresher.look() is Found.NO_GOOD
        assert await refresher.look() is Found.NOTHING_NEW
        [line] = [record.getMessage() for record in caplog.records if record.name == refreshing.__name__]
        assert line.startswith("The new knowledge is no good: ")
        assert told in line
        assert line.endswith(f"Still answering from {before}.")
        kept = await ask(bot, LONDON)
        assert (medians(kept), kept.knowledge_version) == ([95_000], before)
        good.replace(database_file(settings))
        write_database(settings, LONDON_RAISED, version="next")
        write_understanding(settings, "next")
        assert await refresher.look() is Found.CHANGED
        assert medians(await ask(bot, LONDON)) == [101_000]


async def test_nothing_changes_before_the_understanding_is_there(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Between the two steps of a build the bot answers from the old pair; where the second never comes, it says so."""
    async with answering(settings) as (bot, refresher):
        before = bot.desk.knowledge.version
        write_database(settings, LONDON_RAISED)
        for _ in range(PATIENCE + 5):
            assert await refresher.look() is Found.UNFINISHED
        assert (await ask(bot, LONDON)).knowledge_version == before
        warned = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
        assert len(warned) == 1
        assert "careerbot knowledge build" in warned[0]
        write_understanding(settings)
        assert await refresher.look() is Found.CHANGED
        assert medians(await ask(bot, LONDON)) == [101_000]


async def test_an_understanding_that_is_half_written_is_not_loaded(settings: Settings) -> None:
    """Neither a damaged file nor one that belongs to another version is answered with."""
    async with answering(settings) as (bot, refresher):
        before = bot.desk.knowledge.version
        write_database(settings)
        write_understanding(settings)
        truncated(model_file(settings))
        assert await refresher.look() is Found.UNFINISHED
        assert (await ask(bot, LONDON)).knowledge_version == before


async def test_files_of_another_version_of_the_program_ask_for_a_restart(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """After an update on disk the running code can't be sure to read what the new code has built."""
    async with answering(settings) as (bot, refresher):
        before = bot.desk.knowledge.version
        monkeypatch.setattr(refreshing, "material", lambda _intents: b"newer code")
        write_database(settings)
        write_understanding(settings, made_from=b"newer code")
        assert await refresher.look() is Found.NO_GOOD
        assert "Start the bot again" in caplog.text
        assert (await ask(bot, LONDON)).knowledge_version == before


async def test_a_career_that_is_gone_is_forgotten_by_its_conversation(settings: Settings) -> None:
    """What a follow-up refers to may not be there any more: then nobody gets an error, or another career's figure."""
    async with answering(settings) as (bot, refresher):
        await ask(bot, "what does a scrum master earn in London?")
        write_database(settings, "DELETE FROM careers WHERE slug = 'scrum-master'")
        write_understanding(settings)
        assert await refresher.look() is Found.CHANGED
        handled = await ask(bot, "and in Berlin?")
        assert not [career for query in handled.queries for career in query.careers]
        assert not [figure for answer in handled.answers for figure in answer.reply.figures]
        assert "went wrong" not in answer_object(handled, "")["reply"]["text"]


async def test_the_running_bot_looks_by_itself(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """After every pause it looks; a look that fails is logged and ends nothing."""
    monkeypatch.setattr(compose, "build_knowledge", lambda *_: BuildReport("", built=False))
    monkeypatch.setattr(compose, "train_understanding", lambda *_: asyncio.sleep(0))
    ended, go = asyncio.Semaphore(0), asyncio.Semaphore(0)

    async def pause() -> None:
        ended.release()
        await go.acquire()

    async def look() -> None:
        go.release()
        await ended.acquire()

    async with open_bot(settings, pause=pause) as bot:
        await ended.acquire()
        with monkeypatch.context() as broken:
            broken.setattr(refreshing.Editions, "stamp", lambda _self: 1 / 0)
            await look()
        assert "looking for new knowledge failed" in caplog.text
        before = weakref.ref(bot.understanding)
        write_database(settings, LONDON_RAISED)
        write_understanding(settings)
        await look()
        assert medians(await ask(bot, LONDON)) == [101_000]
        assert before() is None, "the edition before is still in memory"


def test_a_build_that_fails_leaves_the_database_as_it_is(settings: Settings, tmp_path: Path) -> None:
    """Broken content never reaches a running bot: the file stays the same file."""
    content = tmp_path / "content"
    (content / "careers").mkdir(parents=True)
    (content / "careers" / "broken.md").write_text("---\nslug: [\n---\n")
    path = database_file(settings)
    before = (path.stat().st_ino, stored_version(path))
    with pytest.raises(BuildError, match=r"broken\.md"):
        build((compose.CONTENT, content), path)
    assert (path.stat().st_ino, stored_version(path)) == before
    assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".tmp")] == []
