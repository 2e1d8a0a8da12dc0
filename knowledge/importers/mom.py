"""Occupational wages of Singapore's Ministry of Manpower: monthly gross wages by occupation (SSOC 2020).

Reads the workbook as published. It has a table over all industries (table 4) beside those by industry (4.1 to 4.14);
only the former is read, so no median is ever combined from others.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from knowledge.importers.base import Importer, Progress, Report, SourceError, Tables
from knowledge.importers.foreign_pay import add_joins, check_edition, counted_as, the_file
from knowledge.models import Source

SOURCE = Source(
    id="mom-2024",
    title="Occupational Wages 2024, table 4 (all industries)",
    publisher="Ministry of Manpower, Singapore",
    licence="government open terms",
    as_of="June 2024",
    note="Monthly gross wages of full-time resident employees.",
)
_TITLE_ROWS = 4
_HEADERS = ("SSOC 2020", "Occupation", "Gross Wage")
_UNDER_GROSS = ("25th Percentile", "Median", "75th Percentile")
_GROUP_DIGITS = 1
_CODE = re.compile(r"\d{5}")

Cells = Sequence[object]


@dataclass(frozen=True, slots=True)
class _Table:
    """The table over all industries: where its columns stand and its rows with their numbers in the sheet."""

    code: int
    title: int
    gross: int
    rows: list[tuple[int, Cells]]


def read(path: Path, report: Report, progress: Progress) -> Tables:
    """One pay row an occupation, and the joins of its codes."""
    file = the_file(path, "*.xlsx", IMPORTER.help)
    table = _table(file)
    tables = Tables()
    published: list[str] = []
    for line, row in table.rows:
        code, title = _text(row[table.code]), _text(row[table.title])
        if not code and not title:
            continue
        report.read += 1
        wages = [_amount(cell) for cell in row[table.gross : table.gross + len(_UNDER_GROSS)]]
        if len(code) <= _GROUP_DIGITS and all(wage is None for wage in wages):
            report.skip(file.name, line, "a group of occupations")
        elif not _CODE.fullmatch(code) or not title:
            report.skip(file.name, line, f"{code!r} is no five-digit SSOC code with a title")
        elif code in published:
            report.skip(file.name, line, f"{code} stands there twice")
        elif wages[1] is None:
            report.skip(file.name, line, "no median published")
        else:
            low, median, high = wages
            note = counted_as(title, "SSOC 2020", code, "full-time residents")
            tables.add(f"pay-{SOURCE.id}", (f"sg:{code}", "country:SG", SOURCE.id, "SGD", "month", median, None, None,
                                            low, high, None, None, None, 0, note))  # fmt: skip
            published.append(code)
    add_joins(tables, SOURCE, "sg", published)
    progress("Reading wages of Singapore", 1, 1)
    return tables


def _table(file: Path) -> _Table:
    """The table over all industries; SourceError where there is none, or it is of another month or layout."""
    for name, rows in _sheets(file):
        heading = " ".join(_text(cell) for row in rows[:_TITLE_ROWS] for cell in row)
        if not re.search(r"\bIN\s+ALL\s+INDUSTRIES\b", heading, re.IGNORECASE):
            continue
        month = re.search(r"INDUSTRIES,?\s+([A-Z]+\s+\d{4})", heading, re.IGNORECASE)
        check_edition(f"{file.name}, sheet {name}", month.group(1).title() if month else "", SOURCE, SOURCE.as_of)
        for at, row in enumerate(rows):
            cells = [_text(cell) for cell in row]
            if _HEADERS[0] not in cells:
                continue
            missing = [header for header in _HEADERS if header not in cells]
            gross = cells.index(_HEADERS[2]) if not missing else 0
            under = [_text(cell) for cell in rows[at + 1][gross : gross + 3]] if len(rows) > at + 1 else []
            fits = len(under) == len(_UNDER_GROSS) and all(map(str.startswith, under, _UNDER_GROSS))
            if missing or not fits:
                raise SourceError(
                    f"{file.name}, sheet {name}, row {at + 1}: expected the columns {', '.join(_HEADERS)}, and "
                    f"{', '.join(_UNDER_GROSS)} under the last. The layout may have changed with this release."
                )
            below = [(line, cells_) for line, cells_ in enumerate(rows, 1) if line > at + 2]
            return _Table(cells.index(_HEADERS[0]), cells.index(_HEADERS[1]), gross, below)
        raise SourceError(f"{file.name}, sheet {name}: no row names the column {_HEADERS[0]!r}.")
    raise SourceError(f"{file.name} has no table of wages in all industries. {IMPORTER.help}")


def _sheets(file: Path) -> list[tuple[str, list[Cells]]]:
    try:
        with warnings.catch_warnings():
            # The workbook's page footers are no concern of ours.
            warnings.simplefilter("ignore", UserWarning)
            book = load_workbook(file, read_only=True, data_only=True)
            try:
                return [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
            finally:
                book.close()
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise SourceError(f"{file} can't be read as an Excel workbook: {error}. {IMPORTER.help}") from error


def _text(cell: object) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _amount(cell: object) -> float | None:
    return float(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else None


IMPORTER = Importer(
    name="mom",
    help="Give the workbook of monthly basic and gross wages of common occupations by industry (xlsx).",
    sources=(SOURCE,),
    read=read,
)
