"""Job Bank of Canada: wages by unit group of NOC 2021, and the projections of COPS beside them.

Reads one CSV (gzipped or not), a row a unit group. Job Bank says that its low and high wages are, in most cases, the
10th and the 90th percentile, so they are kept as these. It publishes most wages by the hour; the file gives all of them
a year, the hourly ones times 2,080 hours, which shows in the amounts: each is a whole number of cents an hour. For a
few occupations with many self-employed people it publishes yearly amounts; there, a low wage that equals the median is
a floor that was put under both, not a figure, and the row is left out.

COPS counts persons: employment in 2023, its change in each year to 2033, and job openings over the ten years. Changes
are rounded to hundreds, so growth is computed only from 10,000 people up, where that rounding makes about one percent.
"""

from __future__ import annotations

import json
from pathlib import Path

from knowledge.importers.base import Importer, Progress, Report, Tables, number, read_csv
from knowledge.importers.foreign_pay import add_joins, counted_as, the_file
from knowledge.models import HOURS_A_YEAR, Source

SOURCE = Source(
    id="jobbank-2025",
    title="Job Bank wages 2025",
    publisher="Employment and Social Development Canada",
    licence="Open Government Licence – Canada",
    as_of="2025",
    note="Low and high wages are, in most cases, the 10th and 90th percentile.",
)
PROJECTIONS = Source(
    id="cops-2024-33",
    title="Canadian Occupational Projection System 2024–2033",
    publisher="Employment and Social Development Canada",
    licence="Open Government Licence – Canada",
    as_of="2024–2033",
    note="Projections, not promises.",
)
_WAGES = ("wage_low", "wage_median", "wage_high")
_COLUMNS = ("noc", "title", *_WAGES, "employment", "job_openings", "growth_by_year")
_FIRST, _LAST = 2023, 2033
_YEARS = _LAST - _FIRST
_LEAST_FOR_GROWTH = 10_000
_NOC_DIGITS = 5


def read(path: Path, report: Report, progress: Progress) -> Tables:
    """A pay row and an outlook row a unit group, where published, and the joins of the codes."""
    file = the_file(path, "*noc*.csv*", IMPORTER.help)
    tables = Tables()
    published: list[str] = []
    seen: set[str] = set()
    for line, row in read_csv(file, _COLUMNS):
        report.read += 1
        code = row["noc"]
        if len(code) != _NOC_DIGITS or not code.isdigit() or code in seen:
            report.skip(file.name, line, f"{code!r} is no five-digit NOC code, or stands there twice")
            continue
        seen.add(code)
        outlook = _outlook(tables, row)
        reason = _pay(tables, row)
        if not reason:
            published.append(code)
        elif not outlook:
            report.skip(file.name, line, reason)
    add_joins(tables, SOURCE, "ca", published)
    progress("Reading Job Bank", 1, 1)
    return tables


def _pay(tables: Tables, row: dict[str, str]) -> str:
    """Add the pay row; a reason where there is none to add."""
    low, median, high = wages = [number(row[column]) for column in _WAGES]
    if median is None:
        return "no wage published"
    hourly = all(wage is None or _whole_cents(wage) for wage in wages)
    if not hourly and low == median:
        return "low wage and median are one floor"
    remarks = ("hourly wage × 2,080 hours",) if hourly else ()
    note = counted_as(row["title"], "NOC 2021", row["noc"], *remarks)
    tables.add(f"pay-{SOURCE.id}", (f"ca:{row['noc']}", "country:CA", SOURCE.id, "CAD", "year", median, None, low, None,
                                    None, high, None, None, 0, note))  # fmt: skip
    return ""


def _whole_cents(year: float) -> bool:
    """Whether a yearly amount, rounded to a dollar, is a whole number of cents an hour times 2,080."""
    return abs(round(year / HOURS_A_YEAR, 2) * HOURS_A_YEAR - year) <= 0.5


def _outlook(tables: Tables, row: dict[str, str]) -> bool:
    """Add the outlook row; False where none is published."""
    employment, openings = number(row["employment"]), number(row["job_openings"])
    if not employment:
        return False
    growth: float | None = None
    if employment >= _LEAST_FOR_GROWTH and (changes := _changes(row["growth_by_year"])):
        growth = round(sum(changes) / employment * 100, 1)
    # Fewer than no openings is what COPS counts where jobs go faster than people: nobody can be told of them.
    yearly = None if openings is None or openings < 0 else round(openings / _YEARS)
    note = counted_as(row["title"], "NOC 2021", row["noc"])
    tables.add("outlook-jobbank", (f"ca:{row['noc']}", "country:CA", growth, yearly, round(employment), _FIRST, _LAST,
                                   PROJECTIONS.id, note))  # fmt: skip
    return True


def _changes(text: str) -> list[float]:
    """The change of employment in each projected year; empty where the list is broken or not of ten years."""
    try:
        values = json.loads(text)
    except ValueError:
        return []
    fits = (
        isinstance(values, list) and len(values) == _YEARS and all(isinstance(value, (int, float)) for value in values)
    )
    return values if fits else []


IMPORTER = Importer(
    name="jobbank",
    help="Give Job Bank's wages with COPS as CSV (noc, title, wage_low, wage_median, wage_high, employment, …).",
    sources=(SOURCE, PROJECTIONS),
    read=read,
)
