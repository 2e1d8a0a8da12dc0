"""The sources' raw files, read by code of the tests alone: what importers and answers are compared with."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from openpyxl import load_workbook

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
ONET = DATA / "onet" / "db_30_1_text.zip"


def onet(name: str) -> list[dict[str, str]]:
    """The rows of a file of the O*NET text release."""
    with zipfile.ZipFile(ONET) as archive:
        member = next(member for member in archive.namelist() if member.rsplit("/", 1)[-1] == name)
        text = io.TextIOWrapper(archive.open(member), encoding="utf-8")
        return list(csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE))


def raw(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, gzipped or not, as they stand there."""
    with (
        gzip.open(path, "rt", encoding="utf-8-sig", newline="")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8-sig", newline="") as stream
    ):
        return list(csv.DictReader(stream))


def _expected_ashe() -> Iterator[tuple[str, list[str]]]:
    [path] = (DATA / "uk_ons").glob("*.csv.gz")
    rows = {
        (r["soc2020"], r["group"]): r for r in raw(path) if r["year"] == "2024" and r["measure"].startswith("annual")
    }
    for code in sorted({code for code, _ in rows if len(code) == 4}):
        full, everyone = rows[code, "Full-Time"], rows[code, "All"]
        row = full if full["median"] or (not everyone["median"] and full["mean"]) else everyone
        figures = [row[m] for m in ("median", "mean", "p10", "p25", "p75", "p90")]
        if any(figures):
            jobs = str(int(float(row["jobs_thousand"]) * 1000)) if row["jobs_thousand"] else ""
            yield f"uk:{code}", [*(f.removesuffix(".0") for f in figures), jobs, ""]


def _expected_mom() -> Iterator[tuple[str, list[str]]]:
    [path] = (DATA / "sg_mom").glob("*.xlsx")
    book = load_workbook(path, read_only=True)
    for row in book["T4"].iter_rows(min_row=9, max_col=9, values_only=True):
        if isinstance(row[1], int) and row[1] > 9_999 and isinstance(row[7], int):
            yield f"sg:{row[1]}", [str(row[7]), "", "", str(row[6]), str(row[8]), "", "", ""]
    book.close()


def _expected_jobbank() -> Iterator[tuple[str, list[str]]]:
    for row in raw(next((DATA / "ca_jobbank").glob("*.csv"))):
        low, median, high = (row[f"wage_{which}"].removesuffix(".0") for which in ("low", "median", "high"))
        if median and not (low == median == "32867"):
            yield f"ca:{row['noc']}", [median, "", low, "", "", high, "", ""]


def _expected_rome() -> Iterator[tuple[str, list[str]]]:
    for row in raw(DATA / "fr_rome" / "occupations_fr.csv.gz"):
        if row["salaire_median_annuel"]:
            yield f"fr:{row['code_rome']}", ["", row["salaire_median_annuel"], "", "", "", "", "", ""]


def _expected_aijobs() -> Iterator[tuple[str, list[str]]]:
    [path] = (DATA / "aijobs").glob("*.csv.gz")
    own = {
        "US": "USD",
        "GB": "GBP",
        "CA": "CAD",
        "AU": "AUD",
        "FR": "EUR",
        "DE": "EUR",
        "NL": "EUR",
        "LT": "EUR",
        "SK": "EUR",
    }
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in raw(path):
        country = row["employee_residence"]
        if (
            row["work_year"] in ("2024", "2025")
            and row["employment_type"] == "FT"
            and own.get(country) == row["salary_currency"]
        ):
            title = row["job_title"].lower().replace("fullstack", "full stack")
            title = re.sub(r"\bbi\b", "business intelligence", title)
            groups["aijobs:" + re.sub(r"[^a-z0-9]+", "-", title).strip("-"), country].append(int(row["salary"]))
    for (code, country), salaries in groups.items():
        if len(salaries) >= 20:
            low, lower, upper, high = (str(round(float(np.percentile(salaries, p)))) for p in (10, 25, 75, 90))
            middle = [round(float(np.median(salaries))), round(float(np.mean(salaries)))]
            yield f"{code} {country}", [*map(str, middle), low, lower, upper, high, "", str(len(salaries))]


EXPECTED = {
    "ashe": _expected_ashe, "mom": _expected_mom, "jobbank": _expected_jobbank, "rome": _expected_rome,
    "aijobs": _expected_aijobs,
}  # fmt: skip
"""Importer → what it must make of the raw file: code (and country) → median, mean, p10, p25, p75, p90, jobs, sample."""
