"""The transcripts in tests/conversations are the specification in prose; they are replayed over tests/world.

`>` is what the person says, the lines after it are what the bot answers as plain text; `#` is a remark.
`pytest --rewrite` accepts what the bot says now: read the difference before committing it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.assemble import assemble, ensure_model
from bot.core import CareerBot, Handled
from bot.memory import InMemory
from bot.message import ConversationKey, IncomingMessage
from bot.reply import Bullets, Chart, Disclosure, Facts, Heading, Link, Links, Note, Paragraph, Reply, Sources, Table
from knowledge.build import build
from knowledge.knowledge import Knowledge
from tests.worlds import packed_world

TRANSCRIPTS = sorted((Path(__file__).parent / "conversations").glob("*.txt"))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CareerBot]:
    """A bot that knows tests/world and nothing else."""
    folder = tmp_path_factory.mktemp("world")
    database, model = folder / "world.sqlite", folder / "world.npz"
    build([packed_world(folder / "content")], database)

    async def opened() -> CareerBot:
        knowledge = await Knowledge.open(database)
        await ensure_model(knowledge, model)
        return await assemble(knowledge, database, model)

    bot = asyncio.run(opened())
    yield bot
    bot.understanding.directory.close()
    asyncio.run(bot.desk.knowledge.close())


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_transcript(path: Path, world: CareerBot, request: pytest.FixtureRequest) -> None:
    """What was said in a conversation is answered as the transcript says."""
    bot = CareerBot(world.understanding, world.intents, world.desk, InMemory(), world.completion)
    key = ConversationKey(platform="test", person=path.stem)
    now: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            now.append(line)
        elif line.startswith("> "):
            handled = await bot.handle(IncomingMessage(text=line[2:], conversation=key))
            now += ["", line, *told(handled)]
    # The version changes with every change of code or content, which a transcript isn't about.
    text = "\n".join(now).strip().replace(bot.desk.knowledge.version, "0123456789ab") + "\n"
    if request.config.getoption("--rewrite"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def told(handled: Handled) -> list[str]:
    """The answers as lines of plain text: words, rows and links; suggestions last."""
    return [line for answer in handled.answers for line in [*lines_of(answer.reply), ""]][:-1]


def lines_of(reply: Reply) -> list[str]:
    """One reply as lines."""
    lines: list[str] = []
    for block in reply.blocks:
        match block:
            case Heading():
                lines.append(f"{'=' * block.level} {block.text}")
            case Paragraph() | Note() | Disclosure():
                lines.append(f"{'' if isinstance(block, Paragraph) else '~ '}{block.text}")
            case Facts():
                lines += [f"{fact.label}: {fact.value}" for fact in block.items]
            case Bullets():
                lines += [f"* {': '.join(part for part in (item.lead, item.text) if part)}" for item in block.items]
            case Table():
                lines += [f"| {' | '.join(row)}" for row in (block.columns, *block.rows)]
            case Chart():
                lines += [block.title, *(f"{point.label}: {point.shown}" for point in block.points)]
            case Links():
                lines += [_link(link) for link in block.items]
            case Sources():
                lines += [f"~ source: {source.title}, {source.publisher}, {source.as_of}" for source in block.items]
    return [*lines, *(f"[{suggestion.says}]" for suggestion in reply.suggestions)]


def _link(link: Link) -> str:
    parts = (f"- {link.title}", link.url, link.detail, link.reason, _bar(link.relevance))
    return " | ".join(part for part in parts if part)


def _bar(relevance: float | None) -> str:
    return "" if relevance is None else f"{relevance:.0%}"
