"""Tables: Slack's own blocks, and the same in fixed-width text where those can't be had. Pure.

A short table is a `table`, all of it seen at once. A long one is a `data_table`, which people page through and sort.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from adapters.slack.charts import measured
from adapters.slack.elements import Json, preformatted, rich, rich_section, span
from adapters.slack.fixed import WIDEST, aligned, bar, grouped, width
from adapters.slack.limits import (
    DATA_TABLE_PAGE,
    SECTION,
    TABLE_CHARACTERS,
    TABLE_COLUMNS,
    TABLE_ROWS,
)
from adapters.slack.text import pieces, short
from adapters.text import visible
from bot.reply import Table

_CELL = 300
"""Characters of a table cell; more would make Slack's table unreadable."""


def native_tables(table: Table, *, bars: bool = True) -> list[Json]:
    """The table as `table` blocks, each within Slack's limits; empty where it has too many columns or no rows.

    Args:
        table: What to show.
        bars: Whether its bars are drawn in a column of their own.
    """
    columns = [visible(column) for column in table.columns]
    drawn = bool(table.bars) and bars
    if not columns or not table.rows or len(columns) + drawn > TABLE_COLUMNS:
        return []
    head = [_head(column) for column in columns] + ([_head("")] if drawn else [])
    rows = [[_cell(visible(value)) for value in _padded(values, len(columns))] for values in table.rows]
    if drawn:
        rows = [[*row, _cell(bar(table.bars[n] if n < len(table.bars) else 0.0))] for n, row in enumerate(rows)]
    settings = [
        {"align": "right" if at in table.right else "left", "is_wrapped": at not in table.right}
        for at in range(len(head))
    ]
    found = _split(head, rows)
    return [{"type": "table", "rows": part, "column_settings": settings} for part in found]


def data_tables(table: Table, caption: str) -> list[Json]:
    """A long table as `data_table` blocks, each within Slack's limits; empty for a short one.

    Args:
        table: What to show. Its bars aren't drawn: they are what its figures are sorted by.
        caption: What screen readers say of it.
    """
    columns = [visible(column) for column in table.columns]
    if len(table.rows) <= DATA_TABLE_PAGE or not 0 < len(columns) <= TABLE_COLUMNS:
        return []
    texts = [[visible(value) for value in _padded(values, len(columns))] for values in table.rows]
    sorted_by = [_sortable([row[at] for row in texts], table.bars * (at in table.right)) for at in range(len(columns))]
    amounts = [at for at in table.right if at < len(columns)]
    if len(table.bars) == len(texts) and amounts and not any(sorted_by[at][0] is not None for at in amounts):
        # Amounts in several currencies: the bars compare them in one.
        sorted_by[amounts[0]] = [round(100 * share, 1) if math.isfinite(share) else 0.0 for share in table.bars]
    rows = [[_figure(text, sorted_by[at][n]) for at, text in enumerate(row)] for n, row in enumerate(texts)]
    named = next((at for at in range(len(columns)) if not all(row[at].isdigit() for row in texts)), 0)
    return [
        {
            "type": "data_table", "caption": short(visible(caption), _CELL) or "Table", "rows": part,
            "page_size": DATA_TABLE_PAGE, "row_header_column_index": named,
        }
        for part in _split([_head(column) for column in columns], rows)
    ]  # fmt: skip


def _sortable(cells: Sequence[str], bars: Sequence[float]) -> list[float | None]:
    """What each cell of a column sorts by: its number where that is certain, None for words."""
    if all(cell.isascii() and cell.isdigit() for cell in cells):
        return [float(cell) for cell in cells]
    if len(bars) == len(cells) and (found := measured(cells, bars)):
        return list(found.amounts)
    return [None] * len(cells)


def _figure(text: str, number: float | None) -> Json:
    cell = _cell(text)
    if number is None:
        return cell
    return {"type": "raw_number", "value": int(number) if number.is_integer() else number, "text": cell["text"]}


def _split(head: list[Json], rows: Sequence[list[Json]]) -> list[list[list[Json]]]:
    """Rows in as few tables as they fit in, each under the same header."""
    found: list[list[list[Json]]] = []
    part, used = [head], _characters(head)
    for row in rows:
        if len(part) > 1 and (len(part) == TABLE_ROWS or used + _characters(row) > TABLE_CHARACTERS):
            found.append(part)
            part, used = [head], _characters(head)
        part.append(row)
        used += _characters(row)
    return [*found, part]


def _cell(text: str) -> Json:
    return {"type": "raw_text", "text": short(text, _CELL) or "–"}


def _head(text: str) -> Json:
    return {"type": "raw_text", "text": short(text, _CELL) or " "}


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
        "  ".join(aligned(cell, widths[at], right=at in table.right) for at, cell in enumerate(row)).rstrip()
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
