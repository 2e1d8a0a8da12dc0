"""Occupational Employment and Wage Statistics: pay by occupation for the US, its states and all areas.

Reads the all-areas table as CSV (gzipped or not). "-" means not published; footnote 5 means top-coded: the wage is at
least the figure given. Hourly-only occupations (actors, musicians) keep hourly figures.
"""

from __future__ import annotations

import re
from pathlib import Path

from knowledge.importers.base import Importer, Progress, Report, Tables, number, read_csv
from knowledge.models import Source

SOURCE = Source(
    id="oews-2025",
    title="Occupational Employment and Wage Statistics, May 2025",
    publisher="U.S. Bureau of Labor Statistics",
    licence="public domain",
    as_of="May 2025",
)
_COLUMNS = (
    "area_type", "area_code", "area_name", "occ_code", "occ_level", "employment", "h_median", "a_mean", "a_p10",
    "a_p25",    "a_median", "a_p75", "a_p90", "footnotes",
)  # fmt: skip
_FIPS = {
    "01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO", "09": "CT", "10": "DE", "11": "DC",
    "12": "FL", "13": "GA", "15": "HI", "16": "ID", "17": "IL", "18": "IN", "19": "IA", "20": "KS", "21": "KY",
    "22": "LA", "23": "ME", "24": "MD", "25": "MA", "26": "MI", "27": "MN", "28": "MS", "29": "MO", "30": "MT",
    "31": "NE", "32": "NV", "33": "NH", "34": "NJ", "35": "NM", "36": "NY", "37": "NC", "38": "ND", "39": "OH",
    "40": "OK", "41": "OR", "42": "PA", "44": "RI", "45": "SC", "46": "SD", "47": "TN", "48": "TX", "49": "UT",
    "50": "VT", "51": "VA", "53": "WA", "54": "WV", "55": "WI", "56": "WY", "66": "GU", "72": "PR", "78": "VI",
}  # fmt: skip
"""FIPS 5-2 state codes → postal codes."""
INHABITANTS_A_JOB = 2
"""About as many people live in the United States for each job that the statistics count: how large an area is."""
_DETAILED_OR_BROAD = ("2", "3")
_TOP_CODED = re.compile(r"\d\d:5")
_ROWS = 237_000


def read(path: Path, report: Report, progress: Progress) -> Tables:
    """Pay rows of all areas, and the areas and states themselves as places."""
    tables = Tables()
    areas: dict[str, tuple[str, str, str]] = {}
    for line, row in read_csv(path, _COLUMNS):
        report.read += 1
        if report.read % 20_000 == 0:
            progress("Reading OEWS", report.read, max(_ROWS, report.read))
        place = _place(row["area_type"], row["area_code"])
        if place is None:
            report.skip(path.name, line, f"unknown area {row['area_code']!r}")
            continue
        if row["occ_code"] == "00-0000" and row["area_type"] != "national":
            state = place.removeprefix("us-state:")
            region = row["area_name"].rpartition(", ")[2] if state == place else state
            areas[place] = (row["area_name"], region, row["employment"])
        if row["occ_level"] not in _DETAILED_OR_BROAD:
            report.skip(path.name, line, "a group of occupations")
            continue
        _pay(tables, report, path.name, line, place, row)
    for place, (name, region, employment) in areas.items():
        kind = "state" if place.startswith("us-state:") else "metro"
        states = [f"us-state:{state}" for state in re.findall(r"\b[A-Z]{2}\b", region)] if kind == "metro" else []
        people = int((number(employment) or 0) * INHABITANTS_A_JOB)
        tables.add("places-us-areas", (place, name, kind, "US", region, people, " ".join([*states, "country:US"])))
    return tables


def _place(area_type: str, code: str) -> str | None:
    match area_type:
        case "national":
            return "country:US"
        case "state":
            state = _FIPS.get(code[:2])
            return f"us-state:{state}" if state else None
        case "metro_or_nonmetro":
            return f"us-metro:{code}"
    return None


def _pay(tables: Tables, report: Report, file: str, line: int, place: str, row: dict[str, str]) -> None:
    period, prefix = ("year", "a") if number(row["a_median"]) is not None else ("hour", "h")
    values = [number(row.get(f"{prefix}_{measure}", "")) for measure in ("median", "mean", "p10", "p25", "p75", "p90")]
    if all(value is None for value in values):
        report.skip(file, line, "no wage published")
        return
    note = "top-coded: the highest figures mean at least this much" if _TOP_CODED.search(row["footnotes"]) else ""
    jobs = number(row["employment"])
    tables.add(
        f"pay-{SOURCE.id}",
        (row["occ_code"], place, SOURCE.id, "USD", period, *values, None if jobs is None else int(jobs), None, 0, note),
    )


IMPORTER = Importer(
    name="oews",
    help="Give the OEWS all-areas table as CSV (one row an area and occupation), e.g. oews_2025_all_areas.csv.gz.",
    sources=(SOURCE,),
    read=read,
)
