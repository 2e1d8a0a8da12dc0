"""A reply as the terminal shows it. Pure: reply in, Rich renderables out.

Every string of a reply is untrusted. It reaches Rich only as `Text` made by `Look`, never as a markup string.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text

from adapters.console.shapes import Bar, Bars, Hanging, Look, Picks, Underlined, share_of
from adapters.console.tables import FittingTable
from adapters.text import labelled, source_text, web_address
from bot.core import Handled
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
    SourceLine,
    Sources,
    Table,
)

MEASURE = 100
"""Widest line in columns: longer ones are hard to read, however wide the terminal is."""
_LINK_BAR = 6
_SMALL_PRINT = ("note", "disclosure", "sources")


def render_handled(handled: Handled, look: Look) -> RenderableType:
    """All answers of a message; their suggestions are numbered through, as the bot counts them."""
    parts: list[RenderableType] = []
    number = 1
    for answer in handled.answers:
        if parts:
            parts.append(Text(""))
        parts.append(render(answer.reply, look, number))
        number += len(answer.reply.suggestions)
    return Group(*parts)


def render(reply: Reply, look: Look, first: int = 1) -> RenderableType:
    """One reply.

    Args:
        reply: What to show.
        look: What the terminal can show.
        first: Number of its first suggestion.
    """
    parts: list[RenderableType] = []
    before: str = ""
    for block in reply.blocks:
        together = (before == "heading" and block.kind != "heading") or (
            before in _SMALL_PRINT and block.kind in _SMALL_PRINT
        )
        if parts and not together:
            parts.append(Text(""))
        parts.extend(render_block(block, look))
        before = block.kind
    if reply.suggestions and not _listed(reply):
        if parts:
            parts.append(Text(""))
        items = tuple((look.text(entry.label), look.text(entry.says)) for entry in reply.suggestions)
        parts.append(Picks(items, first))
    return Constrain(Group(*parts), MEASURE)


def render_block(block: Block, look: Look) -> Iterable[RenderableType]:
    """One block."""
    match block:
        case Heading():
            line = look.string("━" if block.level == 1 else "─")
            return [Underlined(look.text(block.text, "bold cyan" if block.level == 1 else "bold"), line)]
        case Paragraph():
            return [look.text(block.text)]
        case Facts():
            return [_facts(block, look)]
        case Bullets():
            return _bullets(block, look)
        case Table():
            return [_table(block, look)]
        case Chart():
            return [look.text(block.title, "bold"), _chart(block, look)]
        case Links():
            return [_link(item, look) for item in block.items]
        case Note() | Disclosure():
            return [look.text(block.text, "dim")]
        case Sources():
            return [_source(item, block.label, look) for item in block.items]
        case _:
            assert_never(block)


def _listed(reply: Reply) -> bool:
    """Whether a numbered list among the blocks already shows the suggestions, as where the bot asks back."""
    labels = [suggestion.label for suggestion in reply.suggestions]
    return any(
        isinstance(block, Bullets) and block.ordered and [item.text for item in block.items][: len(labels)] == labels
        for block in reply.blocks
    )


def _facts(facts: Facts, look: Look) -> RenderableType:
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(style="dim", overflow="fold")
    grid.add_column(overflow="fold")
    for fact in facts.items:
        grid.add_row(look.text(fact.label), look.text(fact.value))
    return grid


def _bullets(bullets: Bullets, look: Look) -> Iterable[RenderableType]:
    digits = len(str(len(bullets.items)))
    for number, item in enumerate(bullets.items, 1):
        marker = f" {number:>{digits}}. " if bullets.ordered else f" {look.string('•')} "
        yield Hanging(Text(marker, style="cyan"), _bullet(item, look))


def _bullet(item: Bullet, look: Look) -> Text:
    lead, text = look.string(item.lead), look.string(item.text)
    whole = Text(labelled(lead, text))
    whole.stylize("bold", 0, len(lead))
    return whole


def _table(table: Table, look: Look) -> RenderableType:
    return FittingTable(
        columns=tuple(look.text(column) for column in table.columns),
        rows=tuple(tuple(look.text(cell) for cell in row) for row in table.rows),
        right=frozenset(table.right),
        look=look,
        bars=tuple(Bar(share_of(value, 1.0), look, 24) for value in table.bars),
    )


def _chart(chart: Chart, look: Look) -> RenderableType:
    largest = max((abs(point.value) for point in chart.points), default=0.0)
    points = chart.points
    return Bars(tuple((look.text(p.label), Bar(share_of(p.value, largest), look), look.text(p.shown)) for p in points))


def _link(link: Link, look: Look) -> RenderableType:
    address = web_address(link.url)
    if link.relevance is None:
        marker = Text(f" {look.string('•')} ", style="cyan")
    else:
        share = share_of(link.relevance, 1.0)
        filled = max(round(share * _LINK_BAR), 1 if share > 0 else 0)
        marker = Text(look.string("▇") * filled + " " * (_LINK_BAR - filled + 2), style="cyan")
    body = _linked(look.text(link.title, "bold"), address, look)
    about = [text for text in (look.string(link.detail), look.string(link.reason)) if text]
    if about:
        body = Text.assemble(body, "\n", (f" {look.string('·')} ".join(about), "dim"))
    shown = Text(address, style="dim") if address and (look.addresses or not look.links) else None
    return Hanging(marker, body, shown)


def _source(source: SourceLine, label: str, look: Look) -> RenderableType:
    address = web_address(source.url)
    body = _linked(Text(look.string(source_text(source)), style="dim"), address, look)
    shown = Text(address, style="dim") if address and (look.addresses or not look.links) else None
    return Hanging(Text(f"{label}: ", style="dim"), body, shown)


def _linked(text: Text, address: str, look: Look) -> Text:
    if address and look.links:
        text.stylize(Style(link=address))
    return text
