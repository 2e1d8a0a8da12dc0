"""What tests share: the built knowledge base, a bot that has it open, and golden files.

`pytest --rewrite` accepts what the code says now as the new golden files; look at the difference before committing it.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from adapters.compose import build_knowledge, database_file, model_file, open_knowledge, train_understanding
from adapters.settings import Settings
from bot.assemble import assemble
from bot.core import CareerBot
from bot.memory import InMemory
from knowledge.knowledge import Knowledge

GOLDEN = Path(__file__).parent / "golden"
REUSE = "CAREERBOT_TEST_DATA"
"""Names a folder to keep the built files in between runs; they are rebuilt when the content or code has changed."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --rewrite."""
    parser.addoption("--rewrite", action="store_true", help="rewrite golden files with what the code says now")


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packaged content, built and trained once a session."""
    folder = Path(os.environ[REUSE]) if REUSE in os.environ else tmp_path_factory.mktemp("careerbot")
    settings = Settings.model_construct(data=folder, content=())

    async def train() -> None:
        async with open_knowledge(settings) as knowledge:
            await train_understanding(settings, knowledge)

    build_knowledge(settings)
    asyncio.run(train())
    return folder


@pytest.fixture(scope="session")
def _opened(data_folder: Path) -> Iterator[CareerBot]:
    """The bot that all tests of a session use; its connections work in any test's event loop."""
    settings = Settings.model_construct(data=data_folder)

    async def open_it() -> CareerBot:
        knowledge = await Knowledge.open(database_file(settings))
        return await assemble(knowledge, database_file(settings), model_file(settings))

    bot = asyncio.run(open_it())
    yield bot
    bot.understanding.directory.close()
    asyncio.run(bot.desk.knowledge.close())


@pytest.fixture
def bot(_opened: CareerBot) -> CareerBot:
    """A bot over the packaged content that remembers no conversation yet."""
    return CareerBot(_opened.understanding, _opened.intents, _opened.desk, InMemory(), _opened.completion)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with tests/golden/<name>, or rewrite that file with --rewrite."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--rewrite"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.exists(), f"{path} is missing: run pytest --rewrite and look at what it writes"
        assert text == path.read_text("utf-8")

    return compare
