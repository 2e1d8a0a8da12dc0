"""Charts: Slack's own block, and the same drawn with characters where that can't be had. Pure.

A table whose rows carry bars is a chart too: `chart_of` reads the figures back out of its cells.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.slack.elements import Json, context, plain_text, preformatted, rich, rich_section, span
from adapters.slack.fixed import BAR_CELLS, WIDEST, aligned, bar, grouped, width
from adapters.slack.limits import CHART_LABEL, CHART_POINTS, CHART_TITLE, CONTEXT_TEXT, SECTION
from adapters.slack.text import pieces
from adapters.text import visible
from bot.reply import Chart, Point, Table

LEAST_POINTS = 3
"""Two figures are compared quicker by reading them."""
_NUMBER = re.compile(r"[-+\u2212]?\d(?:[\d.,'\u2019\u00a0\u202f ]*\d)?")
_GROUPING = re.compile(r"['\u2019\u00a0\u202f ]")
_ENDS = " -,/–"
_CLOSE = 0.006
"""By this much of the largest, a figure may differ from its bar: both are rounded."""


@dataclass(frozen=True, slots=True)
class Charted:
    """A chart, and what its figures are ("Median pay")."""

    chart: Chart
    name: str = ""


def native_chart(charted: Charted) -> Json | None:
    """The chart as `data_visualization`; None where it breaks a limit."""
    chart = charted.chart
    labels = [clipped(visible(point.label)) for point in chart.points]
    title = short_title(chart.title)
    fits = (
        LEAST_POINTS <= len(labels) <= CHART_POINTS and len(set(labels)) == len(labels) and all(labels) and bool(title)
    )
    if not fits or not all(math.isfinite(point.value) for point in chart.points):
        return None
    data = [{"label": label, "value": point.value} for label, point in zip(labels, chart.points, strict=True)]
    name = clipped(visible(charted.name)) or "Value"
    drawn = {"type": "bar", "series": [{"name": name, "data": data}], "axis_config": {"categories": labels}}
    return {"type": "data_visualization", "title": title, "chart": drawn}


def values(chart: Chart) -> list[Json]:
    """The chart's values as people write them, for beneath it."""
    text = " · ".join(f"{visible(point.label)}: {visible(point.shown)}" for point in chart.points)
    return [context([plain_text(piece)]) for piece in pieces(text, CONTEXT_TEXT)]


def short_title(text: str) -> str:
    """A title as short as a chart's must be."""
    title = visible(text)
    return title if len(title) <= CHART_TITLE else f"{title[: CHART_TITLE - 1].rstrip(' ,;:')}…"


def clipped(label: str) -> str:
    """A label as short as a chart's must be, cut where a word or the part of a name ends."""
    whole = label.partition(" (")[0].strip() or label
    if len(whole) <= CHART_LABEL:
        return whole
    head = whole[: CHART_LABEL - 1]
    cut = len(head) if whole[len(head)] in _ENDS else max(head.rfind(mark) for mark in _ENDS)
    return f"{(head[:cut] if cut >= CHART_LABEL // 3 else head).rstrip(_ENDS)}…"


def chart_of(table: Table) -> Charted | None:
    """The chart that a table with bars is; None where it has too few or too many rows, or labels that are alike.

    It is called by what it measures ("Median pay (£ a year)"): what it is about stands in the heading above.

    The figures are read out of the cells, and believed only if they stand to each other as the bars do. Where they
    don't (amounts in several currencies), the chart shows the bars: the largest is 100.
    """
    rows = [[visible(cell) for cell in row] for row in table.rows]
    if not LEAST_POINTS <= len(rows) <= CHART_POINTS or len(table.bars) != len(rows):
        return None
    if any(len(row) != len(table.columns) for row in rows) or not all(map(math.isfinite, table.bars)):
        return None
    numbers = [at for at in table.right if at < len(table.columns)]
    names = [at for at in range(len(table.columns)) if at not in numbers and not all(row[at].isdigit() for row in rows)]
    if not numbers or not names:
        return None
    at, found = next(
        ((at, figures) for at in numbers if (figures := measured([row[at] for row in rows], table.bars))),
        (numbers[0], None),
    )
    head = visible(table.columns[at])
    if found is None:
        amounts, unit = [round(100 * share, 1) for share in table.bars], "largest = 100"
    else:
        amounts, unit = found.amounts, found.unit
    points = tuple(
        Point(label=" · ".join(row[name] for name in names if row[name]), value=amount, shown=row[at])
        for row, amount in zip(rows, amounts, strict=True)
    )
    charted = Charted(Chart(title=_title(head, unit), points=points), head)
    return charted if native_chart(charted) else None


def _title(head: str, unit: str) -> str:
    """What a chart measures: "Median pay (£ a year)"; "£ a year" where the column says only the rest of the unit."""
    if not head or not unit:
        return unit or head
    return f"{unit} {head}" if head[0].islower() else f"{head} ({unit})"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a column of cells measures: its numbers, and what is written around them alike in each ("$ a year")."""

    amounts: list[float]
    unit: str


def measured(cells: Sequence[str], bars: Sequence[float]) -> Figures | None:
    """The numbers of cells, if all are in one unit and stand to each other as the bars do."""
    matches = [_NUMBER.search(cell) for cell in cells]
    units = {_NUMBER.sub("", cell, count=1) for cell in cells}
    if len(units) != 1 or not all(matches):
        return None
    written = [match.group() for match in matches if match]
    for decimal, grouping in ((".", ","), (",", ".")):
        amounts = [_amount(text, decimal, grouping) for text in written]
        largest = max((abs(amount) for amount in amounts), default=0.0)
        if largest and all(abs(abs(a) / largest - b) < _CLOSE for a, b in zip(amounts, bars, strict=False)):
            return Figures(amounts, " ".join(units.pop().split()))
    return None


def _amount(text: str, decimal: str, grouping: str) -> float:
    plain = _GROUPING.sub("", text).replace("\u2212", "-").replace(grouping, "").replace(decimal, ".")
    try:
        return float(plain)
    except ValueError:
        return 0.0


def chart_text(chart: Chart) -> list[Json]:
    """The chart drawn with characters, its title above."""
    title = [rich([rich_section([span(part, bold=True)])]) for part in pieces(visible(chart.title), SECTION)]
    largest = max((abs(p.value) for p in chart.points if math.isfinite(p.value)), default=0.0)
    rows = [(visible(p.label), _share(p.value, largest), visible(p.shown)) for p in chart.points]
    if not rows:
        return title
    label = max(width(row[0]) for row in rows)
    shown = max(width(row[2]) for row in rows)
    if label + BAR_CELLS + shown + 4 > WIDEST:
        parts = [piece for name, _, value in rows for piece in pieces(f"{name}: {value}", SECTION)]
        return [*title, *(rich([rich_section([span("\n".join(group) or "–")])]) for group in grouped(parts, SECTION))]
    lines = [
        f"{aligned(name, label)}  {aligned(bar(share), BAR_CELLS)}  {aligned(value, shown, right=True)}".rstrip()
        for name, share, value in rows
    ]
    return [*title, *(preformatted(group) for group in grouped(lines, SECTION))]


def _share(value: float, largest: float) -> float:
    return value / largest if largest and math.isfinite(value) else 0.0
