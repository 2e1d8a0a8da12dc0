"""Tables and bar charts in a fixed-width font: aligned columns where they fit, else one record a line. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from adapters.discord.markup import bold, code, columns, escaped, padded, shortened, words_of, wrapped
from bot.reply import Chart, Table

WIDEST = 56
"""Columns of a code block that a desktop window shows without wrapping."""
LONGEST_BLOCK = 1_300
"""Characters of one code block; longer tables go on in another with the same header."""
_BAR, _HOLLOW, _EMPTY = "▇", "░", "·"
_TABLE_BAR, _CHART_BAR, _LEAST_BAR = 10, 20, 4
_GAP = 2
_LONGEST_CELL = 300
_HYPHEN = re.compile(r"(?<=[^\W\d]-)(?=[^\W\d])")
"""Where a word may be parted: after a hyphen between letters ("Newark-Jersey"), never within a figure ("15-1243")."""
_LONGEST_ROW = 200
"""Characters of a row: marks that combine take no column, so that the columns alone bound nothing."""


def bar(share: float, widest: int, *, fill: bool = False) -> str:
    """A bar for a share of −1 to 1: full for a gain, hollow for a loss, at least one mark for anything but nothing."""
    share = max(-1.0, min(1.0, share)) if math.isfinite(share) else 0.0
    length = round(abs(share) * widest) or (1 if share else 0)
    drawn = (_BAR if share >= 0 else _HOLLOW) * length
    return drawn + _EMPTY * (widest - length) if fill else drawn


def table_lines(table: Table) -> list[str]:
    """Code blocks with a header each, bars beside the rows where they fit; records where the table is too wide."""
    count = len(table.columns)
    head = [_cell(cell) for cell in table.columns]
    rows = [[_cell(cell) for cell in [*row[:count], *[""] * (count - len(row))]] for row in table.rows]
    if not rows or not count:
        return []
    right = frozenset(at for at in table.right if 0 <= at < count)
    bars = _LEAST_BAR + _GAP if table.bars else 0
    widths = _widths([head, *rows], right, WIDEST - bars)
    if widths is None or any(len("".join(row)) > _LONGEST_ROW for row in [head, *rows]):
        return list(_records(table))
    room = WIDEST - sum(widths) - _GAP * (count - 1) - _GAP
    drawn = [bar(share, min(_TABLE_BAR, room)) for share in table.bars] if bars else []
    lines = [_row(row, widths, right, drawn[at] if at < len(drawn) else "") for at, row in enumerate(rows)]
    top = [_row(head, widths, right, ""), "─" * sum([*widths, _GAP * (count - 1)])]
    return list(_blocks(top, lines))


def _widths(rows: Sequence[Sequence[str]], right: frozenset[int], most: int) -> list[int] | None:
    """How wide each column is; where all don't fit, text is given less and wrapped, figures never. None: no way."""
    widths = [max(columns(row[at]) for row in rows) for at in range(len(rows[0]))]
    if sum(widths) + _GAP * (len(widths) - 1) <= most:
        return widths
    least = [
        widths[at] if at in right else max(columns(part.rstrip()) for row in rows for part in ("", *_parts(row[at])))
        for at in range(len(widths))
    ]
    while sum(widths) + _GAP * (len(widths) - 1) > most:
        widest = max(
            (at for at in range(len(widths)) if widths[at] > least[at]), key=lambda at: widths[at], default=None
        )
        if widest is None:
            return None
        widths[widest] -= 1
    return widths


def chart_lines(chart: Chart) -> list[str]:
    """A code block of labels, bars and values; labels that are too wide get a line of their own."""
    largest = max((abs(point.value) for point in chart.points if math.isfinite(point.value)), default=0.0)
    labels = [_cell(point.label) for point in chart.points]
    values = [_cell(point.shown) for point in chart.points]
    widest_label = max(map(columns, labels), default=0)
    widest_value = max(map(columns, values), default=0)
    room = WIDEST - widest_label - widest_value - 2 * _GAP
    if room < _LEAST_BAR or any(len(one + two) > _LONGEST_ROW for one, two in zip(labels, values, strict=True)):
        return [
            f"{bold(shortened(point.label, _LONGEST_CELL))}: {escaped(shortened(point.shown, _LONGEST_CELL))}"
            for point in chart.points
        ]
    width = min(_CHART_BAR, room)
    lines = [
        f"{padded(label, widest_label)}  {padded(bar(point.value / largest if largest else 0.0, width), width)}  "
        f"{padded(value, widest_value, right=True)}"
        for label, value, point in zip(labels, values, chart.points, strict=True)
    ]
    return list(_blocks([], lines))


def _cell(text: str) -> str:
    return code(shortened(text, _LONGEST_CELL))


def _row(cells: Sequence[str], widths: Sequence[int], right: frozenset[int], drawn: str) -> str:
    """One row: its cells in their columns, wrapped between words where they are longer, and its bar."""
    wrapped_cells = [_in_column(cell, widths[at]) for at, cell in enumerate(cells)]
    lines = []
    for number in range(max(map(len, wrapped_cells))):
        parts = [cell[number] if number < len(cell) else "" for cell in wrapped_cells]
        shown = [padded(part, widths[at], right=at in right) for at, part in enumerate(parts)]
        lines.append((" " * _GAP).join([*shown, drawn if not number else ""]).rstrip())
    return "\n".join(lines)


def _in_column(cell: str, width: int) -> list[str]:
    if columns(cell) <= width:
        return [cell]
    lines = [""]
    for part in _parts(cell):
        if columns(lines[-1] + part.rstrip()) <= width:
            lines[-1] += part
        else:
            lines.append(part)
    return [line.rstrip() for line in lines]


def _parts(cell: str) -> list[str]:
    """A cell in the parts between which it may be wrapped."""
    parts: list[str] = []
    for word in words_of(cell):
        *before, last = _HYPHEN.split(word)
        parts += [*before, f"{last} "]
    return parts


def _blocks(top: Sequence[str], lines: Sequence[str]) -> Iterable[str]:
    """Lines in as many code blocks as are needed, each under the same header."""
    held: list[str] = []
    for line in lines:
        if held and sum(len(one) + 1 for one in [*top, *held, line]) > LONGEST_BLOCK:
            yield _block([*top, *held])
            held = []
        held.append(line)
    if held:
        yield _block([*top, *held])


def _block(lines: Sequence[str]) -> str:
    return "```\n" + "\n".join(lines) + "\n```"


def _records(table: Table) -> Iterable[str]:
    """Rows of a table that is too wide, one a line: the first cell in bold, the others after it with their column."""
    for row in table.rows:
        cells = [shortened(cell, _LONGEST_CELL) for cell in row[: len(table.columns)]]
        rest = [cell if not at else f"{shortened(table.columns[at], 60)} {cell}".strip()
                for at, cell in enumerate(cells) if cell and at]  # fmt: skip
        lead = bold(cells[0]) if cells else ""
        first, *more = wrapped(" · ".join(rest), 600) or [""]
        yield f"{lead} — {escaped(first)}" if lead and first else lead or escaped(first)
        yield from (escaped(part) for part in more)
