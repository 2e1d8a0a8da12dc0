"""ai-jobs.net salaries: pay by job title and country, from single salaries that people and employers submitted.

Reads the published CSV (gzipped or not), a row a salary. What is pooled, and why:

- the newest two years in the file, because the newest alone may have only just begun;
- full-time jobs only; all levels of experience together, as a title here says nothing of the level;
- by the country where the employee lives: that is where the salary is spent and taxed (it is the employer's country too
  in all but a few rows);
- only salaries in a currency of that country. The others, most of them in US dollars, come from foreign employers or
  are misfiled: with them, data scientists in Egypt would earn 131,300 dollars at the median;
- titles that differ only in "BI" for "Business Intelligence" or "Fullstack" for "Full Stack";
- only where at least 20 salaries come together.

So nothing is converted. Percentiles are interpolated between the two nearest salaries and rounded to one unit.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from babel.numbers import get_territory_currencies

from knowledge.importers.base import Importer, Progress, Report, Tables, number, read_csv
from knowledge.importers.foreign_pay import add_joins, check_edition, the_file
from knowledge.models import Source
from knowledge.titles import slugify

SOURCE = Source(
    # Not "aijobs-2025": where an official statistic and this speak of one place, sources are told in order of their id.
    id="salaries-aijobs-2025",
    title="AI, machine learning and data salaries",
    publisher="ai-jobs.net",
    licence="CC0 1.0",
    as_of="January 2025",
    note="Salaries as people and employers submitted them, not a sample survey.",
)
_NEWEST = "2025"
_YEARS = 2
_FULL_TIME = "FT"
_LEAST = 20
_COLUMNS = (
    "work_year",
    "employment_type",
    "job_title",
    "salary",
    "salary_currency",
    "employee_residence",
)
_LONG_FORMS = ((re.compile(r"\bBI\b"), "Business Intelligence"), (re.compile(r"\bFullstack\b"), "Full Stack"))
_COUNTRY = re.compile(r"[A-Z]{2}")
_TOLD_EVERY = 20_000


@dataclass(slots=True)
class _Group:
    """The salaries of one title in one country and currency, with the lines where they stand."""

    title: str
    lines: list[int] = field(default_factory=list)
    salaries: list[float] = field(default_factory=list)


def read(path: Path, report: Report, progress: Progress) -> Tables:
    """One pay row a title and country, and the joins of the titles."""
    file = the_file(path, "*salaries*.csv*", IMPORTER.help)
    rows = list(read_csv(file, _COLUMNS))
    newest = max((row["work_year"] for _, row in rows), default="")
    check_edition(file.name, newest, SOURCE, _NEWEST)
    years = {str(int(_NEWEST) - back) for back in range(_YEARS)}
    groups: dict[tuple[str, str, str], _Group] = {}
    for line, row in rows:
        report.read += 1
        if report.read % _TOLD_EVERY == 0:
            progress("Reading salaries", report.read, len(rows))
        if reason := _unused(row, years):
            report.skip(file.name, line, reason)
            continue
        title = _title(row["job_title"])
        key = (slugify(title), row["employee_residence"], row["salary_currency"])
        group = groups.setdefault(key, _Group(title))
        group.lines.append(line)
        group.salaries.append(number(row["salary"]) or 0.0)
    tables = Tables()
    published: set[str] = set()
    for (code, country, currency), group in groups.items():
        if len(group.lines) < _LEAST:
            for line in group.lines:
                report.skip(file.name, line, f"fewer than {_LEAST} salaries for {group.title} in {country}")
            continue
        tables.add(f"pay-{SOURCE.id}", _row(code, country, currency, group))
        published.add(code)
    add_joins(tables, SOURCE, "aijobs", published)
    progress("Reading salaries", len(rows), len(rows))
    return tables


def _unused(row: dict[str, str], years: set[str]) -> str:
    if row["work_year"] not in years:
        return "an earlier year"
    if row["employment_type"] != _FULL_TIME:
        return "not full-time"
    if not slugify(row["job_title"]) or not _COUNTRY.fullmatch(row["employee_residence"]):
        return "no title or no country"
    if not number(row["salary"]):
        return "no salary"
    if row["salary_currency"] not in get_territory_currencies(row["employee_residence"]):
        return "paid in another currency than the country's"
    return ""


def _title(title: str) -> str:
    for pattern, long in _LONG_FORMS:
        title = pattern.sub(long, title)
    return title


def _row(code: str, country: str, currency: str, group: _Group) -> tuple[object, ...]:
    low, lower, upper, high = _percentiles(group.salaries, (10, 25, 75, 90))
    note = f"“{group.title}” as submitted to ai-jobs.net, full-time, all levels of experience"
    return (f"aijobs:{code}", f"country:{country}", SOURCE.id, currency, "year",
            round(statistics.median(group.salaries)), round(statistics.fmean(group.salaries)), low, lower, upper, high,
            None, len(group.salaries), 0, note)  # fmt: skip


def _percentiles(values: Sequence[float], wanted: Sequence[int]) -> list[int]:
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return [round(cuts[percent - 1]) for percent in wanted]


IMPORTER = Importer(
    name="aijobs",
    help="Give the salaries of ai-jobs.net as CSV (work_year, experience_level, employment_type, job_title, …).",
    sources=(SOURCE,),
    read=read,
)
