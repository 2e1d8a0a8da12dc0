"""Answers that are one section of a career, with the figures that belong to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.answering.next_questions import follow_ups, readings
from bot.answering.sources import section_sources, sources_block, wider_group
from bot.answering.titles import many, one, sentences
from bot.desk import Desk
from bot.query import Query
from bot.reply import Block, Bullet, Bullets, Figure, Heading, Note, Paragraph, Reply
from knowledge.models import Career, Section, Source


@dataclass(slots=True)
class Extra:
    """What an intent adds to its section: blocks, their figures and sources.

    Attributes:
        gist: A sentence for the quotable summary.
        wider: True where the figures are the official occupation's.
    """

    blocks: list[Block] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    gist: str = ""
    wider: bool = False


Add = Callable[[Career, Desk], Awaitable[Extra]]


async def nothing_more(_career: Career, _desk: Desk) -> Extra:
    """For sections that stand alone."""
    return Extra()


async def section_reply(
    query: Query, desk: Desk, *, section: str, heading: str, add: Add = nothing_more, also: tuple[str, ...] = ()
) -> Reply:
    """The section of each career asked about (at most three), with what `add` knows.

    Args:
        query: The question; its careers are answered in order.
        desk: What an answer may use.
        section: Name in models.SECTIONS.
        heading: With {title}, {many} or {one} for the career.
        add: The figures that belong to it.
        also: Further sections, under headings of their own names.
    """
    blocks: list[Block] = []
    figures: list[Figure] = []
    sources: list[Source] = []
    gists: list[str] = []
    for career in query.careers[:3]:
        blocks.append(Heading(text=desk.say(heading, title=career.title, many=many(career), one=one(career))))
        found = await desk.knowledge.section(career.slug, section)
        extra = await add(career, desk)
        if found is not None:
            blocks += section_blocks(found)
        elif not extra.blocks:
            blocks.append(Paragraph(text=missing(desk, career)))
        blocks += extra.blocks
        for name in also:
            more = await desk.knowledge.section(career.slug, name)
            if more is not None and found is not None and not more.generated_from:
                blocks += [Heading(text=desk.say(SECTION_TITLES[name]), level=2), *section_blocks(more)]
        if extra.wider:
            blocks += wider_group(desk, career)
        figures += extra.figures
        sources += [*section_sources(desk, found), *extra.sources]
        gists.append(gist(career, found, extra))
    blocks += in_english(desk, blocks)
    blocks += sources_block(sources)
    suggestions = readings(query.alternatives) + follow_ups(desk, query.intent, query.careers[0])
    return Reply(summary="\n".join(gists), blocks=tuple(blocks), suggestions=suggestions[:5], figures=tuple(figures))


SECTION_TITLES = {"typical_day": "A typical day", "conclusion": "In short"}


def section_blocks(section: Section) -> list[Block]:
    """A section as blocks: its paragraphs, then its list."""
    blocks: list[Block] = [Paragraph(text=text) for text in section.paragraphs]
    if section.items:
        items = tuple(Bullet(text=item.text, lead=item.lead) for item in section.items)
        blocks.append(Bullets(items=items, ordered=section.ordered))
    return blocks


def in_english(desk: Desk, blocks: Sequence[Block]) -> list[Block]:
    """Says that the knowledge's own text is English, where the reply is in another language and holds some."""
    told = any(block.kind in ("paragraph", "bullets") for block in blocks)
    return english_note(desk) if told else []


def english_note(desk: Desk) -> list[Block]:
    """Marks a reply in another language that holds the knowledge's own text."""
    return [] if desk.say.is_english else [Note(text=desk.say("Descriptions and titles are in English."))]


def missing(desk: Desk, career: Career) -> str:
    """Says plainly that there is nothing on this yet."""
    return desk.say("I have nothing on this for {careers} yet, and I won’t make it up.", careers=career.plural)


def gist(career: Career, section: Section | None, extra: Extra) -> str:
    """The section in a quotable sentence or two."""
    text = ""
    if section is not None and section.paragraphs:
        text = sentences(section.paragraphs[0])
    elif section is not None and section.items:
        leads = [item.lead or item.text for item in section.items[:3]]
        text = sentences("; ".join(lead.rstrip(".") for lead in leads) + ".")
    return f"{career.title}: {' '.join(part for part in (text, extra.gist) if part)}".rstrip(": ")
