"""Tables and charts as parts of a message, in all the forms that a workspace may take. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.slack.charts import Charted, chart_of, chart_text, native_chart, values
from adapters.slack.elements import Json
from adapters.slack.pack import Blocks, Drawable, Part
from adapters.slack.tables import data_tables, native_tables, table_text
from bot.reply import Chart, Table


def chart_parts(chart: Chart) -> list[Part]:
    """A chart: Slack's own, a picture, or characters."""
    native = native_chart(Charted(chart))
    if native is None:
        simple = tuple(chart_text(chart))
        return [Part(simple)] if simple else []
    plainer = lambda: tuple(chart_text(chart))  # noqa: E731 - made where it is needed
    return [Part((native, *values(chart)), plainer, picture=Drawable(chart, chart.title))]


def table_parts(table: Table, title: str) -> list[Part]:
    """A table, under the chart that its bars are; `title` is what both are about."""
    best = data_tables(table, title)
    charted = chart_of(table) if len(best) <= 1 else None
    drawn = native_chart(charted) if charted else None
    classic = native_tables(table, bars=drawn is None)  # under a chart, bars would say the same twice
    if not classic:
        return [Part((block,)) for block in table_text(table)]
    if drawn is None or len(classic) > 1:
        native = best or (classic if drawn is None else native_tables(table))
        return [_rows_of(table, native, at) for at in range(len(native))]
    return [
        Part(
            (drawn, *(best or classic)), lambda: tuple(table_text(table)), lambda: tuple(native_tables(table)),
            Drawable(table, title),
        )
    ]  # fmt: skip


def _rows_of(table: Table, native: Sequence[Json], number: int) -> Part:
    """One of the tables that a long one was split into, which must be able to stand alone in its plainer forms."""
    block = native[number]
    at = sum(len(earlier["rows"]) - 1 for earlier in native[:number])
    rows = slice(at, at + len(block["rows"]) - 1)
    own = table.model_copy(update={"rows": table.rows[rows], "bars": table.bars[rows]})

    def classic() -> Blocks:
        found = tuple(native_tables(own))
        return found if len(found) == 1 else tuple(table_text(own))

    return Part((block,), lambda: tuple(table_text(own)), classic)
