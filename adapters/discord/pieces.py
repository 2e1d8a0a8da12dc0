"""A reply as pieces of text that fit Discord: markdown, code blocks with aligned columns, links. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from adapters.charts import Drawn, Picture
from adapters.discord.limits import LONGEST_LABEL, LONGEST_LINK
from adapters.discord.localised import language
from adapters.discord.markup import bold, escaped, gathered, link, safe_url, shortened, wrapped
from adapters.discord.tables import bar, chart_lines, table_lines
from adapters.text import labelled, source_text, visible
from bot.reply import (
    Block,
    Bullet,
    Bullets,
    Chart,
    Disclosure,
    Facts,
    Heading,
    Link,
    Links,
    Note,
    Paragraph,
    Reply,
    Sources,
    Table,
)

LONGEST_PART = 700
"""Characters of plain text in one line: escaping can double them and still leave room for others on the page."""
LONGEST_PIECE = 1_500
"""Characters of markdown in one text display."""
LONGEST_TITLE = 200
MOST_LINK_BUTTONS = 8
"""Links of one list that get a button each; longer lists show their links as text."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text display. `opens`: it announces what follows, and no page ends with it."""

    markdown: str
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between two parts of an answer."""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A text with a button beside it that opens an address."""

    markdown: str
    url: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture, and the same as text: for where the bot may not attach files, and for telling how much fits."""

    picture: Picture
    text: tuple[Text, ...]


Piece = Text | Rule | LinkRow | Image


def pieces_of(replies: Sequence[Reply], drawn: Drawn | None = None, locale: str = "") -> list[Piece]:
    """The pieces of all answers of one message, in order, with a rule between two; pictures of what was drawn."""
    pieces: list[Piece] = []
    for reply in replies:
        if pieces:
            pieces.append(Rule())
        first = True
        for block in reply.blocks:
            if _offered(block, reply):
                continue
            if isinstance(block, Heading) and not first:
                pieces.append(Rule())
            if isinstance(block, Chart | Table) and drawn and block in drawn:
                pieces.append(
                    Image(drawn[block], tuple(one for one in _pieces(block, locale) if isinstance(one, Text)))
                )
            else:
                pieces.extend(_pieces(block, locale))
            first = False
    return pieces or [Text("…")]


def _offered(block: Block, reply: Reply) -> bool:
    """Whether a list only repeats what the buttons say, as where the bot asks which of several was meant."""
    labels = [suggestion.label for suggestion in reply.suggestions]
    return (
        isinstance(block, Bullets)
        and block.ordered
        and [item.text for item in block.items] == labels
        and all(len(label) <= LONGEST_LABEL and not item.lead for label, item in zip(labels, block.items, strict=True))
    )


def _pieces(block: Block, locale: str) -> Iterable[Piece]:
    match block:
        case Heading():
            marks = "##" if block.level == 1 else "###"
            return [Text(f"{marks} {escaped(part)}", opens=True) for part in wrapped(block.text, LONGEST_TITLE)]
        case Paragraph():
            return _texts(escaped(part) for part in wrapped(block.text, LONGEST_PART))
        case Facts():
            return _texts(line for fact in block.items for line in _labelled("", fact.label, fact.value))
        case Bullets():
            return _texts(_bullets(block))
        case Table():
            return _texts(table_lines(block))
        case Chart():
            return [*(Text(bold(part), opens=True) for part in wrapped(block.title, LONGEST_PART)),
                    *_texts(chart_lines(block))]  # fmt: skip
        case Links():
            return _links(block.items)
        case Note() | Disclosure():
            return _texts(f"-# {escaped(part)}" for part in wrapped(block.text, LONGEST_PART))
        case Sources():
            lines = (link(shortened(source_text(item), LONGEST_TITLE), item.url) for item in block.items)
            say = language(locale)
            return _texts(f"-# {say('Source: {source}', source=line)}" for line in lines)
        case _:
            assert_never(block)


def _texts(lines: Iterable[str]) -> list[Piece]:
    return [Text(part) for part in gathered([line for line in lines if line], LONGEST_PIECE)]


def _labelled(marker: str, lead: str, text: str) -> list[str]:
    """Lines of a lead in bold and its text; a very long lead is no lead."""
    lead, text = visible(lead), visible(text)
    if not lead or len(lead) > LONGEST_TITLE:
        first, *rest = wrapped(labelled(lead, text), LONGEST_PART) or [""]
        return [f"{marker}{escaped(first)}" if first else "", *(escaped(part) for part in rest)]
    first, *rest = wrapped(text, LONGEST_PART) or [""]
    colon = "" if lead[-1] in ".:?!" or not text else ":"
    return [f"{marker}{bold(lead)}{colon}{' ' if first else ''}{escaped(first)}", *(escaped(part) for part in rest)]


def _bullets(bullets: Bullets) -> Iterable[str]:
    for number, item in enumerate(bullets.items, 1):
        yield from _bullet(f"{number}. " if bullets.ordered else "- ", item)


def _bullet(marker: str, item: Bullet) -> list[str]:
    return _labelled(marker, item.lead, item.text)


def _links(items: Sequence[Link]) -> list[Piece]:
    if len(items) > MOST_LINK_BUTTONS:
        return _texts(line for item in items for line in _link_lines(item, titled=True))
    pieces: list[Piece] = []
    for item in items:
        address = safe_url(item.url)
        if address and len(address) <= LONGEST_LINK:
            pieces.append(LinkRow("\n".join(_link_lines(item, titled=False)), address))
        else:
            pieces += _texts(_link_lines(item, titled=True))
    return pieces


def _link_lines(item: Link, *, titled: bool) -> list[str]:
    title = shortened(item.title, LONGEST_TITLE) or "Link"
    shown = link(title, item.url) if titled else escaped(title)
    about = " · ".join(part for part in (visible(item.detail), visible(item.reason)) if part)
    drawn = f"`{bar(item.relevance, 5, fill=True)}` " if item.relevance is not None else ""
    small = [f"-# {escaped(part)}" for part in wrapped(shortened(about, LONGEST_PART), LONGEST_PART)]
    return [f"{drawn}**{shown}**", *small]
