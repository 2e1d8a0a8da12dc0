"""Charts as pictures: which blocks are worth one, its alternative text, and a cache of what was drawn.

A picture is made only of what its alternative text says in full; everything else stays a table or bars of text. The
drawing runs in a thread of its own, and Pillow is imported when the first picture is drawn.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from adapters.text import visible
from bot.reply import Chart, Heading, Reply, Table

log = logging.getLogger(__name__)

LEAST_ROWS, MOST_ROWS = 3, 12
LONGEST_ALT = 1_000
"""Characters of an alternative text: Discord takes 1,024, Slack 2,000."""
LONGEST_CELL = 120
"""Characters of a label or of a value; longer ones are for tables."""
_MOST_KEPT = 400
"""Pictures kept, of some 20 kB each."""
MOST_WAITING = 8
"""Pictures that may wait to be drawn: no answer is late for its picture."""
MOST_AT_FIRST, MOST_A_SECOND = 20, 10.0
"""New pictures that are drawn at once after a pause, and in each second from then on, of some 15 ms of computing each:
where very many ask at the same time, answers come before pictures."""

Theme = Literal["light", "dark"]
Drawn = dict[Chart | Table, "Picture"]
"""The pictures of a message, by the block that each stands for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: what it is for, what it says, and its length from −1 to 1 (below 0: a loss)."""

    label: str
    shown: str
    share: float


@dataclass(frozen=True, slots=True)
class Bars:
    """A horizontal bar chart: captions over labels and over values, and its rows. All text is one plain line each."""

    left: str
    right: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as it is sent.

    Attributes:
        png: The image file.
        alt: Everything it shows, in words.
        name: A file name that is the same for the same picture.
    """

    png: bytes
    alt: str
    name: str


def bars_of(block: Chart | Table) -> Bars | None:
    """The chart of a block; None where text serves better: no bars, few rows or many, long or broken cells."""
    bars = _of_chart(block) if isinstance(block, Chart) else _of_table(block)
    if bars is None or not LEAST_ROWS <= len(bars.rows) <= MOST_ROWS or not any(row.share for row in bars.rows):
        return None
    sound = all(
        row.label and row.shown and max(len(row.label), len(row.shown)) <= LONGEST_CELL and math.isfinite(row.share)
        for row in bars.rows
    )
    return bars if sound and max(len(bars.left), len(bars.right)) <= LONGEST_CELL else None


def alt_text(bars: Bars, title: str = "") -> str:
    """The chart in words: its title, what is measured, and each row with its figure."""
    lead = (visible(title) or bars.left).rstrip(".:")
    head = f"{lead} ({bars.right})" if lead and bars.right else lead or bars.right
    rows = "; ".join(f"{row.label}: {row.shown}" for row in bars.rows)
    return f"{head}. {rows}." if head else f"{rows}."


def _of_chart(chart: Chart) -> Bars | None:
    values = [point.value for point in chart.points]
    if not all(map(math.isfinite, values)):
        return None
    largest = max(map(abs, values), default=0.0) or 1.0
    rows = (Row(visible(point.label), visible(point.shown), point.value / largest) for point in chart.points)
    return Bars(visible(chart.title), "", tuple(rows))


def _of_table(table: Table) -> Bars | None:
    """A table with a bar a row: its text columns are the label, its columns of numbers the value."""
    heads, numbers = [visible(column) for column in table.columns], frozenset(table.right)
    if len(table.bars) != len(table.rows) or any(len(row) != len(heads) for row in table.rows):
        return None
    ranked = bool(heads) and heads[0] == "#"
    text = [at for at in range(int(ranked), len(heads)) if at not in numbers]
    value = [at for at in range(int(ranked), len(heads)) if at in numbers]
    rows = []
    for cells, share in zip(table.rows, table.bars, strict=True):
        label = _joined([visible(cells[at]) for at in text])
        label = f"{visible(cells[0])}. {label}" if ranked else label
        rows.append(Row(label, _joined([visible(cells[at]) for at in value]), share))
    return Bars(_joined([heads[at] for at in text]), _joined([heads[at] for at in value]), tuple(rows))


def _joined(cells: list[str]) -> str:
    return " · ".join(cell for cell in cells if cell)


class Charts:
    """Draws pictures, and keeps those that were drawn last.

    Args:
        theme: Whether the picture stands in a dark window or in a light one; it is legible in the other, too.
        clock: Seconds that pass.
    """

    def __init__(self, theme: Theme, clock: Callable[[], float] = time.monotonic) -> None:
        self._theme, self._clock = theme, clock
        self._free, self._since = float(MOST_AT_FIRST), clock()
        self._kept: OrderedDict[tuple[Bars, str], asyncio.Future[Picture | None]] = OrderedDict()
        self._waiting = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="charts")
        self._draw: Callable[[Bars], bytes | None] | None = None

    def warm(self) -> None:
        """Import Pillow and open the fonts in the thread, before the first picture is wanted."""
        self._thread.submit(self._drawing)

    def _drawing(self) -> Callable[[Bars], bytes | None]:
        if self._draw is None:
            from adapters.charts_drawing import Drawing  # noqa: PLC0415 - Pillow isn't needed at start-up

            self._draw = Drawing(self._theme).png
        return self._draw

    async def picture(self, block: Chart | Table, title: str = "") -> Picture | None:
        """The picture of a block.

        Args:
            block: What to draw.
            title: What the alternative text begins with; not drawn.

        Returns:
            None where the block is better shown as text, can't be drawn, or where too many others are wanted at the
            same time: the caller shows it as text then.
        """
        bars = bars_of(block)
        if bars is None or len(alt := alt_text(bars, title)) > LONGEST_ALT:
            return None
        drawn = self._kept.get((bars, alt))
        if drawn is None:
            if not self._has_time():
                return None
            self._waiting += 1
            drawn = asyncio.get_running_loop().run_in_executor(self._thread, self._drawn, bars, alt)
            drawn.add_done_callback(self._arrived)
            self._kept[bars, alt] = drawn
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end((bars, alt))
        return await asyncio.shield(drawn)

    async def of(self, replies: Sequence[Reply], most: int) -> Drawn:
        """The pictures of a message's answers, at most so many; each is titled by the heading above it."""
        drawn: Drawn = {}
        for reply in replies:
            title = ""
            for block in reply.blocks:
                if isinstance(block, Heading):
                    title = block.text
                elif isinstance(block, Chart | Table) and len(drawn) < most:
                    picture = await self.picture(block, title)
                    if picture is not None:
                        drawn[block] = picture
        return drawn

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _has_time(self) -> bool:
        """Whether one more may be drawn; then it is counted."""
        now = self._clock()
        self._free, self._since = min(MOST_AT_FIRST, self._free + (now - self._since) * MOST_A_SECOND), now
        if self._waiting >= MOST_WAITING or self._free < 1:
            return False
        self._free -= 1
        return True

    def _arrived(self, _drawn: asyncio.Future[Picture | None]) -> None:
        self._waiting -= 1

    def _drawn(self, bars: Bars, alt: str) -> Picture | None:
        try:
            png = self._drawing()(bars)
        except Exception:
            log.exception("A chart couldn't be drawn; it is shown as text.")
            return None
        return None if png is None else Picture(png, alt, f"chart-{sha256(png).hexdigest()[:12]}.png")
