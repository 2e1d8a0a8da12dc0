"""The line that says where an answer's figures come from."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answering.titles import many
from bot.desk import Desk
from bot.reply import Block, Note, SourceLine, Sources
from knowledge.models import Career, Section, Source


def sources_block(sources: Iterable[Source]) -> list[Block]:
    """The sources, each once, in order of appearance; empty for none."""
    lines = {
        source.id: SourceLine(title=source.title, publisher=source.publisher, as_of=source.as_of, url=source.url)
        for source in sources
    }
    return [Sources(items=tuple(lines.values()))] if lines else []


def section_sources(desk: Desk, section: Section | None) -> list[Source]:
    """The sources that a section was worded from; none for one that a person wrote."""
    return [desk.knowledge.source(ident) for ident in section.generated_from] if section else []


def dated(source: Source) -> str:
    """A source with its date, once: "OpenCourser career pages, 2024"."""
    return source.title if source.as_of in source.title else f"{source.title}, {source.as_of}"


def quoted(source: Source) -> str:
    """The same in brackets, for a quotable sentence."""
    return f"({dated(source)})"


def wider_group(desk: Desk, career: Career) -> list[Block]:
    """Says so where a career is finer than the official occupation that its figures are published for."""
    if not career.shares_figures or not career.soc_title:
        return []
    text = desk.say(
        "Statistics count {careers} among “{group}” (SOC {code}); official figures are that group’s.",
        careers=many(career),
        group=career.soc_title,
        code=career.figures_code or career.soc[:7],
    )
    return [Note(text=text)]
