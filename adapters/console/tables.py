"""Tables that fit the terminal: the bars give way first, then the columns; no number is ever cut or wrapped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from rich.box import SIMPLE_HEAD, Box
from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.table import Table
from rich.text import Text

from adapters.console.shapes import NARROWEST_BAR, Bar, Look
from adapters.text import for_encoding

_ASCII_HEAD = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
"""A line under the header, for terminals without box characters."""
_CELL_GAP = 3
"""Columns between two cells of a table: a space on each side and the divider."""


@dataclass(frozen=True, slots=True)
class FittingTable:
    """A table where it fits, else its rows one below the other; no number is ever cut."""

    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    right: frozenset[int]
    look: Look
    bars: tuple[Bar, ...] = ()

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        for table in (self, replace(self, bars=())):
            if table._width(_longest_word) <= options.max_width:  # noqa: SLF001 - the same without its bars
                yield table._table(options.max_width - table._width(lambda cell: cell.cell_len) + NARROWEST_BAR)  # noqa: SLF001
                return
        yield self._records()

    def _width(self, of_text: Callable[[Text], int]) -> int:
        """Columns needed with the narrowest bars, where a text cell takes `of_text`; numbers are never wrapped."""
        needed = NARROWEST_BAR + _CELL_GAP if self.bars else 0
        for at, column in enumerate(self.columns):
            cells = [column, *(row[at] for row in self.rows if at < len(row))]
            needed += _CELL_GAP + max(cell.cell_len if at in self.right else of_text(cell) for cell in cells)
        return needed - _CELL_GAP

    def _table(self, bar: int) -> Table:
        """The table with bars of a width; text comes first, so that they get what it leaves."""
        bars = [replace(entry, widest=max(NARROWEST_BAR, min(entry.widest, bar))) for entry in self.bars]
        box = SIMPLE_HEAD if for_encoding("─", self.look.encoding) == "─" else _ASCII_HEAD
        table = Table(box=box, show_edge=False, pad_edge=False, padding=(0, 1), header_style="bold")
        for at, column in enumerate(self.columns):
            right = at in self.right
            table.add_column(column, justify="right" if right else "left", no_wrap=right, overflow="fold")
        if bars:
            table.add_column(Text(""))
        for at, row in enumerate(self.rows):
            cells = [*row[: len(self.columns)], *(Text("") for _ in range(len(self.columns) - len(row)))]
            table.add_row(*cells, *([bars[at] if at < len(bars) else Text("")] if bars else []))
        return table

    def _records(self) -> Group:
        parts: list[Text] = []
        for row in self.rows:
            for at, (column, cell) in enumerate(zip(self.columns, row, strict=False)):
                if at == 0:
                    parts.append(Text.assemble(("" if not parts else "\n"), cell, style="bold"))
                elif cell.plain:
                    parts.append(Text.assemble("  ", column, ": " if column.plain else "", cell))
        return Group(*parts)


def _longest_word(text: Text) -> int:
    return max((Text(word).cell_len for word in text.plain.split()), default=1)
