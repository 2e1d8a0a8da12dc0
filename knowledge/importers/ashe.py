"""ASHE table 14: annual pay in the United Kingdom by unit group of SOC 2020.

Reads the table as one CSV (gzipped or not): year, measure, group, title, soc2020, jobs_thousand, median, mean and
percentiles. Of the newest year's annual gross pay, the row of full-time employees is taken: the other sources here give
full-time or full-time-equivalent pay, and a lower decile that part-time hours make says nothing of a career. Where no
full-time median is published but one of all employees is, that row is taken instead; the note says which.
"""

from __future__ import annotations

from pathlib import Path

from knowledge.importers.base import Importer, Progress, Report, Tables, number, read_csv
from knowledge.importers.foreign_pay import add_joins, check_edition, counted_as, the_file
from knowledge.models import Source

SOURCE = Source(
    id="ashe-2024",
    title="Annual Survey of Hours and Earnings 2024, table 14 (provisional)",
    publisher="Office for National Statistics",
    licence="Open Government Licence v3.0",
    as_of="2024",
    note="Gross annual pay of employees; self-employed people are not counted.",
)
_MEASURES = ("median", "mean", "p10", "p25", "p75", "p90")
_COLUMNS = ("year", "measure", "group", "title", "soc2020", "jobs_thousand", *_MEASURES)
_ANNUAL = "annual_gross_gbp"
_FULL_TIME, _ALL = "Full-Time", "All"
_WHO = {_FULL_TIME: "full-time employees", _ALL: "all employees, part-time included"}
_UNIT_GROUP_DIGITS = 4


def read(path: Path, report: Report, progress: Progress) -> Tables:
    """One pay row a unit group, and the joins of its codes."""
    file = the_file(path, "*ashe*.csv*", IMPORTER.help)
    rows = list(read_csv(file, _COLUMNS))
    newest = max((row["year"] for _, row in rows), default="")
    check_edition(file.name, newest, SOURCE, SOURCE.as_of)
    groups: dict[str, dict[str, tuple[int, dict[str, str]]]] = {}
    for line, row in rows:
        report.read += 1
        if reason := _unused(row, newest):
            report.skip(file.name, line, reason)
            continue
        groups.setdefault(row["soc2020"], {})[row["group"]] = (line, row)
    tables = Tables()
    published = [code for code, found in groups.items() if _pay(tables, report, file.name, code, found)]
    add_joins(tables, SOURCE, "uk", published)
    progress("Reading ASHE", 1, 1)
    return tables


def _unused(row: dict[str, str], newest: str) -> str:
    if row["year"] != newest:
        return "an earlier year"
    if row["measure"] != _ANNUAL:
        return "hourly pay"
    if row["group"] not in _WHO:
        return "a part of the employees"
    if len(row["soc2020"]) != _UNIT_GROUP_DIGITS or not row["soc2020"].isdigit():
        return "a group of occupations"
    return ""


def _pay(tables: Tables, report: Report, file: str, code: str, found: dict[str, tuple[int, dict[str, str]]]) -> bool:
    """Add the row that is used for a unit group; the other counts as skipped. False where nothing is published."""
    used = _choice(found)
    for group, (line, _) in found.items():
        if group != used:
            report.skip(file, line, "nothing published" if not used else f"{_WHO[used]} are used")
    if not used:
        return False
    row = found[used][1]
    jobs = number(row["jobs_thousand"])
    tables.add(f"pay-{SOURCE.id}", (
        f"uk:{code}", "country:GB", SOURCE.id, "GBP", "year", *(number(row[measure]) for measure in _MEASURES),
        None if jobs is None else round(jobs * 1000), None, 0, counted_as(row["title"], "SOC 2020", code, _WHO[used]),
    ))  # fmt: skip
    return True


def _choice(found: dict[str, tuple[int, dict[str, str]]]) -> str:
    """Full-time employees before all, a median before a mean; "" where neither has a figure."""
    for measures in (("median",), _MEASURES):
        for group in (_FULL_TIME, _ALL):
            if group in found and any(number(found[group][1][measure]) is not None for measure in measures):
                return group
    return ""


IMPORTER = Importer(
    name="ashe",
    help="Give ASHE table 14 as CSV (year, measure, group, title, soc2020, jobs_thousand, median, mean, p10 … p90).",
    sources=(SOURCE,),
    read=read,
)
