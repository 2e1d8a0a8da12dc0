"""Tables and charts as parts of a message, in all the forms that a workspace may take. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.slack.charts import Charted, chart_of, chart_text, native_chart, values
from adapters.slack.elements import Json
from adapters.slack.pack import Drawable, Part
from adapters.slack.tables import data_tables, native_tables, table_text
from adapters.text import visible
from bot.reply import Chart, Table


def chart_parts(chart: Chart) -> list[Part]:
    """A chart: Slack's own, a picture, or characters."""
    simple = tuple(chart_text(chart))
    native = native_chart(Charted(chart))
    if native is None or not simple:
        return [Part(simple)] if simple else []
    below = tuple(values(chart))
    return [Part((native, *below), simple, picture=Drawable(chart, chart.title), below=below)]


def table_parts(table: Table, title: str) -> list[Part]:
    """A table, under the chart that its bars are; `title` is what both are about."""
    classic = native_tables(table)
    if not classic:
        return [Part((block,)) for block in table_text(table)]
    best = data_tables(table, title)
    charted = chart_of(table, visible(title))
    drawn = native_chart(charted) if charted and len(classic) == 1 and len(best) <= 1 else None
    if drawn is None:
        return [_rows_of(table, best or classic, at) for at in range(len(best or classic))]
    below = tuple(native_tables(table, bars=False))  # bars would say the same twice
    native = (drawn, *(best or below))
    return [Part(native, tuple(table_text(table)), tuple(classic), Drawable(table, title), below)]


def _rows_of(table: Table, native: Sequence[Json], number: int) -> Part:
    """One of the tables that a long one was split into, which must be able to stand alone in its plainer forms."""
    block = native[number]
    at = sum(len(earlier["rows"]) - 1 for earlier in native[:number])
    rows = slice(at, at + len(block["rows"]) - 1)
    own = table.model_copy(update={"rows": table.rows[rows], "bars": table.bars[rows]})
    classic = native_tables(own)
    return Part((block,), tuple(table_text(own)), tuple(classic) if len(classic) == 1 else None)
