"""Tables and charts: Slack's own blocks, and the same in fixed-width text where those can't be had. Pure."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

from adapters.slack.elements import Json, context, plain_text, preformatted, rich, rich_section, span
from adapters.slack.limits import (
    CHART_LABEL,
    CHART_POINTS,
    CHART_TITLE,
    CONTEXT_TEXT,
    SECTION,
    TABLE_CHARACTERS,
    TABLE_COLUMNS,
    TABLE_ROWS,
)
from adapters.slack.text import pieces, short
from adapters.text import visible
from bot.reply import Chart, Table

WIDEST = 76
"""Columns of fixed-width text that a Slack window on a laptop shows without wrapping."""
_BAR, _CELLS = "▇", 12
_CELL = 300
"""Characters of a table cell; more would make Slack's table unreadable."""


def native_tables(table: Table) -> list[Json]:
    """The table as `table` blocks, each within Slack's limits; empty where it has too many columns or no rows."""
    columns = [visible(column) for column in table.columns]
    bars = bool(table.bars)
    if not columns or not table.rows or len(columns) + bars > TABLE_COLUMNS:
        return []
    head = [_cell(column) for column in columns] + ([_cell("")] if bars else [])
    found: list[Json] = []
    rows, used = [head], _characters(head)
    for number, values in enumerate(table.rows):
        row = [_cell(visible(value)) for value in _padded(values, len(columns))]
        row += [_cell(bar(table.bars[number] if number < len(table.bars) else 0.0))] if bars else []
        if len(rows) == TABLE_ROWS or used + _characters(row) > TABLE_CHARACTERS:
            found.append(_block(rows, table))
            rows, used = [head], _characters(head)
        rows.append(row)
        used += _characters(row)
    return [*found, _block(rows, table)]


def _block(rows: list[list[Json]], table: Table) -> Json:
    settings = [
        {"align": "right" if at in table.right else "left", "is_wrapped": at not in table.right}
        for at in range(len(rows[0]))
    ]
    return {"type": "table", "rows": rows, "column_settings": settings}


def _cell(text: str) -> Json:
    return {"type": "raw_text", "text": short(text, _CELL) or "–"}


def _characters(row: Sequence[Json]) -> int:
    return sum(len(cell["text"]) for cell in row)


def _padded(values: Sequence[str], columns: int) -> list[str]:
    return [*values[:columns], *[""] * (columns - len(values))]


def table_text(table: Table) -> list[Json]:
    """The table in fixed-width text; its rows one below the other where it is too wide for that."""
    columns = [visible(column) for column in table.columns]
    rows = [[visible(value) for value in _padded(values, len(columns))] for values in table.rows]
    if not columns or not rows:
        return []
    if table.bars:
        columns = [*columns, ""]
        rows = [[*row, bar(table.bars[at] if at < len(table.bars) else 0.0)] for at, row in enumerate(rows)]
    widths = [max(width(row[at]) for row in [columns, *rows]) for at in range(len(columns))]
    if sum(widths) + 2 * (len(widths) - 1) > WIDEST:
        return _records(columns, rows)
    lines = [
        "  ".join(_aligned(cell, widths[at], right=at in table.right) for at, cell in enumerate(row)).rstrip()
        for row in [columns, *rows]
    ]
    return [preformatted(group) for group in grouped(lines, SECTION)]


def _records(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Json]:
    blocks: list[Json] = []
    for row in rows:
        rest = [f"{name}: {cell}" if name else cell for name, cell in zip(columns[1:], row[1:], strict=True) if cell]
        first = pieces(row[0] or "–", SECTION)
        spans = [span(first[0], bold=True)] + [span("\n" + part) for part in rest if len(part) < _CELL]
        if sum(len(entry["text"]) for entry in spans) <= SECTION:
            blocks.append(rich([rich_section(spans)]))
            continue
        for part in [*first, *(piece for cell in rest for piece in pieces(cell, SECTION))]:
            blocks.append(rich([rich_section([span(part)])]))  # noqa: PERF401 - reads better than nested brackets
    return blocks


def native_chart(chart: Chart) -> list[Json]:
    """The chart as `data_visualization`, the values as people write them below it; empty where it breaks a limit."""
    labels = [visible(point.label) for point in chart.points]
    title = visible(chart.title)
    fits = (
        0 < len(labels) <= CHART_POINTS
        and len(set(labels)) == len(labels)
        and all(0 < len(label) <= CHART_LABEL for label in labels)
        and 0 < len(title) <= CHART_TITLE
        and all(math.isfinite(point.value) for point in chart.points)
    )
    values = " · ".join(f"{visible(point.label)}: {visible(point.shown)}" for point in chart.points)
    if not fits or len(values) > CONTEXT_TEXT:
        return []
    data = [{"label": label, "value": point.value} for label, point in zip(labels, chart.points, strict=True)]
    drawn = {"type": "bar", "series": [{"name": "Value", "data": data}], "axis_config": {"categories": labels}}
    return [{"type": "data_visualization", "title": title, "chart": drawn}, context([plain_text(values)])]


def chart_text(chart: Chart) -> list[Json]:
    """The chart drawn with characters, its title above."""
    title = [rich([rich_section([span(part, bold=True)])]) for part in pieces(visible(chart.title), SECTION)]
    largest = max((abs(p.value) for p in chart.points if math.isfinite(p.value)), default=0.0)
    rows = [(visible(p.label), _share(p.value, largest), visible(p.shown)) for p in chart.points]
    if not rows:
        return title
    label = max(width(row[0]) for row in rows)
    shown = max(width(row[2]) for row in rows)
    if label + _CELLS + shown + 4 > WIDEST:
        parts = [piece for name, _, value in rows for piece in pieces(f"{name}: {value}", SECTION)]
        return [*title, *(rich([rich_section([span("\n".join(group) or "–")])]) for group in grouped(parts, SECTION))]
    lines = [
        f"{_aligned(name, label)}  {_aligned(bar(share), _CELLS)}  {_aligned(value, shown, right=True)}".rstrip()
        for name, share, value in rows
    ]
    return [*title, *(preformatted(group) for group in grouped(lines, SECTION))]


def _share(value: float, largest: float) -> float:
    return value / largest if largest and math.isfinite(value) else 0.0


def bar(share: float) -> str:
    """A bar for a share of 0 to 1; hollow for a negative one."""
    if not math.isfinite(share):
        return ""
    length = round(min(1.0, abs(share)) * _CELLS)
    return (_BAR if share > 0 else "░") * (length or (1 if share else 0))


def width(text: str) -> int:
    """Columns that a text takes in a fixed-width font."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )  # fmt: skip


def _aligned(text: str, columns: int, *, right: bool = False) -> str:
    gap = " " * max(0, columns - width(text))
    return gap + text if right else text + gap


def grouped(lines: Sequence[str], limit: int) -> list[list[str]]:
    """Lines in groups of at most `limit` characters with their line breaks; no line is longer than that."""
    groups: list[list[str]] = []
    used = 0
    for line in lines:
        if not groups or used + len(line) + 1 > limit:
            groups.append([])
            used = 0
        groups[-1].append(line)
        used += len(line) + 1
    return groups
