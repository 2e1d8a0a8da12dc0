"""Shapes that the terminal's answers are drawn with: bars, hanging paragraphs, underlined headings.

All of them take the width that they are given, so that one answer reads well at 60 and at 200 columns.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from adapters.text import for_encoding, visible

Style = Literal["", "bold", "dim", "cyan", "bold cyan", "green"]
_BAR = "▇"
_NEGATIVE = "░"
NARROWEST_BAR, _WIDEST_BAR = 6, 40
_GAP = 2


@dataclass(frozen=True, slots=True)
class Look:
    """What the terminal can show.

    Attributes:
        encoding: Characters that it lacks are replaced by look-alikes.
        links: Titles may be clickable (OSC 8).
        addresses: Addresses are printed; False only where titles surely are clickable.
    """

    encoding: str = "utf-8"
    links: bool = False
    addresses: bool = True

    def string(self, text: str) -> str:
        """An untrusted string as it may be shown, on one line."""
        return for_encoding(visible(text), self.encoding)

    def text(self, text: str, style: Style = "") -> Text:
        """The same as Rich text: nothing in it is read as markup."""
        return Text(self.string(text), style=style)


def share_of(value: float, largest: float) -> float:
    """A value as a share of the largest, −1 to 1; 0 where that makes no sense."""
    if not largest or not math.isfinite(value) or not math.isfinite(largest):
        return 0.0
    return max(-1.0, min(1.0, value / abs(largest)))


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal bar, as long as its share of the width; a negative share is drawn hollow."""

    share: float
    look: Look
    widest: int = _WIDEST_BAR

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(self.widest, options.max_width)
        length = round(abs(self.share) * width) or (1 if self.share else 0)
        glyph = for_encoding(_BAR if self.share > 0 else _NEGATIVE, self.look.encoding)
        yield Text((glyph if glyph != "?" else "-") * length, style="cyan", no_wrap=True)

    def __rich_measure__(self, _console: Console, options: ConsoleOptions) -> Measurement:
        widest = min(self.widest, options.max_width)
        return Measurement(min(NARROWEST_BAR, widest), widest)


@dataclass(frozen=True, slots=True)
class Hanging:
    """A marker, and text that wraps beside it; then an address that is never broken, so that it can be copied."""

    marker: Text
    body: Text
    address: Text | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        indent = self.marker.cell_len
        narrow = options.update(width=max(options.max_width - indent, 1))
        space = Segment(" " * indent)
        for number, line in enumerate(console.render_lines(self.body, narrow, pad=False)):
            if number == 0:
                yield _styled(self.marker, console)
            else:
                yield space
            yield from line
            yield Segment.line()
        if self.address is not None:
            yield space
            yield _styled(self.address, console)
            yield Segment.line()


def _styled(text: Text, console: Console) -> Segment:
    """A text without wrapping and in one style."""
    return Segment(text.plain, console.get_style(text.style))


@dataclass(frozen=True, slots=True)
class Underlined:
    """A heading with a line under it that is as long as the heading."""

    title: Text
    line: str

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        yield self.title
        yield Text(self.line * min(self.title.cell_len, options.max_width), style="dim", no_wrap=True)


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart: labels, bars that take the width that is left, values."""

    rows: tuple[tuple[Text, Bar, Text], ...]

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        labels = max((label.cell_len for label, _, _ in self.rows), default=0)
        values = max((shown.cell_len for _, _, shown in self.rows), default=0)
        width = max(NARROWEST_BAR, min(_WIDEST_BAR, options.max_width - labels - values - 2 * _GAP))
        grid = Table.grid(padding=(0, _GAP))
        grid.add_column(overflow="fold")
        grid.add_column()
        grid.add_column(justify="right", overflow="fold")
        for label, bar, shown in self.rows:
            grid.add_row(label, replace(bar, widest=width), shown)
        yield grid


@dataclass(frozen=True, slots=True)
class Picks:
    """Numbered questions to pick: label and question in two columns where they fit, else the questions alone."""

    items: tuple[tuple[Text, Text], ...]
    first: int

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        label = max((item[0].cell_len for item in self.items), default=0)
        question_width = max((item[1].cell_len for item in self.items), default=0)
        widest = len(f" {self.first + len(self.items)}  ") + label + _GAP + question_width
        for number, (name, question) in enumerate(self.items, self.first):
            marker = Text(f" {number}  ", style="bold cyan")
            if name.plain.casefold() == question.plain.casefold() or not question.plain:
                body = name
            elif widest <= options.max_width:
                body = Text.assemble(name, " " * (label - name.cell_len + _GAP), (question.plain, "dim"))
            else:
                body = question
            yield Hanging(marker, body)
