"""The reference tables that importers write: cells, identifiers, numbers, percentiles, addresses."""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import get_args

from babel.numbers import list_currencies

from knowledge.checks.defect import Defect, Kind
from knowledge.checks.lists import is_web_address
from knowledge.content_files import ContentFiles
from knowledge.models import Period, PlaceKind, SkillKind
from knowledge.tables import TABLES, read_table

MOST_OF_A_KIND = 20
"""So many defects of one kind are listed for one table file; the rest are counted."""
BROKEN = (OSError, EOFError, zlib.error)
"""What reading a damaged or cut-off gzip file raises."""
PERCENTILES = ("p10", "p25", "median", "p75", "p90")
_AMOUNTS = (*PERCENTILES, "mean")
_TITLE_KINDS = ("alternate", "reported", "short", "esco")
_SKILL_KINDS = {*get_args(SkillKind), "activity", "ability"}
_IDENTIFIED_BY = {"occupations": 1, "places": 1, "courses": 1, "books": 1, "pay": 3}
"""How many leading columns may not be the same in two rows."""

Problem = tuple[Kind, str]
Cell = Callable[[str], Problem | None]


@dataclass(slots=True)
class Reference:
    """What the reference tables know, gathered while they are read."""

    occupations: dict[str, tuple[str, str]] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    skills: set[str] = field(default_factory=set)
    urls: set[str] = field(default_factory=set)


def check_tables(
    files: ContentFiles, sources: frozenset[str], topics: frozenset[str], regions: Iterable[str]
) -> tuple[Reference, list[Defect]]:
    """Read every reference table once: what it knows and what is wrong in it."""
    reference = Reference(places=set(regions))
    found: list[Defect] = []
    rules = _rules(reference, sources, topics)
    # Others name what these two hold.
    for table in ("occupations", "places", *(name for name in TABLES if name not in ("occupations", "places"))):
        if table == "places":
            # A metropolitan area and its cities may stand in two files.
            reference.places.update(row[0] for path in files.table_files(table) for row in _quietly(path, table))
        for path in files.table_files(table):
            found.extend(_few(path, _check(path, table, rules[table], reference)))
    for folder in files.folders:
        found += [
            Defect(path, 1, "table-columns", f"no table is called so; there are {', '.join(TABLES)}")
            for path in sorted((folder / "reference").glob("*.tsv.gz"))
            if path.name.split(".")[0].split("-")[0] not in TABLES
        ]
    return reference, found


def _quietly(path: Path, table: str) -> Iterator[list[str]]:
    try:
        yield from read_table(path, TABLES[table])
    except (ValueError, *BROKEN):
        return


def _few(path: Path, defects: Iterable[Defect]) -> Iterator[Defect]:
    counts: Counter[Kind] = Counter()
    for defect in defects:
        counts[defect.kind] += 1
        if counts[defect.kind] <= MOST_OF_A_KIND:
            yield defect
    for kind, count in counts.items():
        if count > MOST_OF_A_KIND:
            yield Defect(
                path, 1, "more", f"{count - MOST_OF_A_KIND:,} more of the kind {kind!r}; import this source again"
            )


def _check(path: Path, table: str, cells: Mapping[int, Cell], reference: Reference) -> Iterator[Defect]:
    columns = TABLES[table]
    keys = _IDENTIFIED_BY.get(table, 0)
    seen: dict[tuple[str, ...], int] = {}
    # Cells repeat: what has passed once needs no second look.
    rules: list[tuple[int, Cell, set[str]]] = [(at, rule, set()) for at, rule in cells.items()]
    rows = read_table(path, columns)
    line = 1
    try:
        for line, row in enumerate(rows, 2):
            if len(row) != len(columns):
                yield Defect(path, line, "table-cells", f"{len(row)} cells, expected {len(columns)}; import it again")
                continue
            for at, (kind, message) in _problems(row, rules):
                yield Defect(path, line, kind, f"{columns[at]} {message}")
            if keys:
                first = seen.setdefault(tuple(row[:keys]), line)
                if first != line:
                    yield Defect(
                        path, line, "id-twice", f"{' '.join(row[:keys])!r} stands in line {first} already; delete one"
                    )
            if table == "pay":
                yield from _pay(path, line, dict(zip(columns, row, strict=True)))
            _gather(table, row, reference)
    except (*BROKEN, UnicodeDecodeError) as error:
        yield Defect(path, line, "unreadable", f"can't be read further ({error}); import this source again")
    except ValueError as error:
        yield Defect(path, 1, "table-columns", str(error).removeprefix(f"{path}: "))


def _problems(row: list[str], rules: Sequence[tuple[int, Cell, set[str]]]) -> Iterator[tuple[int, Problem]]:
    for at, rule, passed in rules:
        if row[at] in passed:
            continue
        if (problem := rule(row[at])) is None:
            passed.add(row[at])
        else:
            yield at, problem


def _pay(path: Path, line: int, row: Mapping[str, str]) -> Iterator[Defect]:
    amounts = [(name, value) for name in PERCENTILES if (value := _real(row[name])) is not None]
    for (lower, low), (upper, high) in pairwise(amounts):
        if low > high:
            yield Defect(
                path,
                line,
                "percentiles",
                f"{lower} ({low:,.0f}) is more than {upper} ({high:,.0f}); percentiles ascend",
            )
    if not any(row[name] for name in _AMOUNTS):
        yield Defect(path, line, "table-number", "the row gives no amount at all; leave it out")


def _gather(table: str, row: list[str], reference: Reference) -> None:
    match table:
        case "occupations":
            reference.occupations[row[0]] = (row[1], row[2])
        case "occupation_skills":
            reference.skills.add(row[1])
        case "courses" | "books":
            reference.urls.add(row[2])


def _rules(reference: Reference, sources: frozenset[str], topics: frozenset[str]) -> dict[str, dict[int, Cell]]:
    """What each cell of each table must be, by the cell's position."""
    currencies = frozenset(list_currencies())
    place = _among(reference.places, "place-unknown", "is in no places table")
    source = _among(sources, "source-unknown", "is not in sources.tsv; add a row for it")
    occupation = _among(reference.occupations, "soc-unknown", "is no O*NET-SOC code of the occupations table")
    resource = {
        "id": _filled, "title": _filled, "url": _url, "source": source,
        "free": _among({"0", "1", ""}, "table-value", "must be 1, 0 or empty"),
    }  # fmt: skip
    rules: dict[str, dict[str, Cell]] = {
        "occupations": {"soc": _filled, "slug": _filled, "title": _filled,
                        "topics": _each(topics, "topic-unknown", "is not in topics.tsv"),
                        "job_zone": _among({"", "1", "2", "3", "4", "5"}, "table-value", "must be 1 to 5 or empty")},
        "titles": {"soc": occupation, "title": _filled, "kind": _title_kind},
        "occupation_skills": {"soc": occupation, "name": _filled, "weight": _within(1, 100),
                              "kind": _among(_SKILL_KINDS, "table-value", "is no kind of skill")},
        "traits": {"soc": occupation, "value": _within(-3, 7),
                   "kind": _among({"interest", "work_style"}, "table-value", "is no kind of trait")},
        "contrasts": {"soc": occupation, "name": _filled, "rank": _within(-10_000, 10_000), "weight": _within(-3, 100),
                      "average": _within(-3, 100),
                      "kind": _among({*_SKILL_KINDS, "work_style"}, "table-value", "is no kind of rating")},
        "activities": {"soc": occupation, "name": _filled, "rank": _within(1, 10_000)},
        "tools": {"soc": occupation, "name": _filled, "rank": _within(1, 10_000)},
        "also_called": {"soc": occupation, "title": _filled, "rank": _within(1, 10_000)},
        "technologies": {"name": _filled, "category": _filled},
        "work_values": {"soc": occupation, "name": _filled, "extent": _within(1, 7)},
        "education": {"source": source},
        "education_shares": {"source": source, "position": _within(0, 99), "percent": _within(0, 100)},
        "related": {"soc": occupation, "other": occupation, "rank": _within(1, 10_000)},
        "outlook": {"place": place, "source": source, "growth_percent": _within(-100, 10_000, empty=True),
                    "openings_per_year": _within(0, math.inf, empty=True),
                    "employment": _within(0, math.inf, empty=True), "first_year": _within(1900, 2200),
                    "last_year": _within(1900, 2200)},
        "pay": {"code": _filled, "place": place, "source": source,
                "currency": _among(currencies, "salary-currency", "is no ISO 4217 currency code"),
                "period": _among(set(get_args(Period)), "table-value", "is no period"),
                **dict.fromkeys(_AMOUNTS, _amount), "employment": _within(0, math.inf, empty=True),
                "sample": _within(0, math.inf, empty=True),
                "estimate": _among({"0", "1", ""}, "table-value", "must be 1, 0 or empty")},
        "pay_codes": {"career": _filled, "code": _filled},
        "places": {"id": _filled, "name": _filled, "population": _within(0, math.inf, empty=True),
                   "kind": _among(set(get_args(PlaceKind)), "table-value", "is no kind of place"),
                   "areas": _each(reference.places, "place-unknown", "is in no places table")},
        "place_names": {"place": place, "name": _filled},
        "courses": resource,
        "books": resource,
    }  # fmt: skip
    return {
        table: {at: rules[table][column] for at, column in enumerate(columns) if column in rules.get(table, {})}
        for table, columns in TABLES.items()
    }


def _title_kind(text: str) -> Problem | None:
    # "esco:pt" is an ESCO title in Portuguese.
    return None if text.partition(":")[0] in _TITLE_KINDS else ("table-value", f"{text!r} is no kind of title")


def _filled(text: str) -> Problem | None:
    return None if text else ("table-value", "is empty")


def _url(text: str) -> Problem | None:
    return None if is_web_address(text) else ("url", f"{text!r} is no http(s) address")


def _amount(text: str) -> Problem | None:
    if not text or ((value := _real(text)) is not None and value > 0):
        return None
    return "table-number", f"{text!r} is no amount above zero"


def _among(allowed: Iterable[str], kind: Kind, message: str) -> Cell:
    """A cell that must be one of some words; a set or mapping may still grow until the cell is checked."""
    pool = allowed if isinstance(allowed, (set, frozenset, dict)) else frozenset(allowed)
    return lambda text: None if text in pool else (kind, f"{text!r} {message}")


def _each(allowed: Container[str], kind: Kind, message: str) -> Cell:
    """A cell of several words, each of which must be allowed."""

    def check(text: str) -> Problem | None:
        unknown = [word for word in text.split() if word not in allowed]
        return (kind, f"{unknown[0]!r} {message}") if unknown else None

    return check


def _within(least: float, most: float, *, empty: bool = False) -> Cell:
    def check(text: str) -> Problem | None:
        if not text and empty:
            return None
        value = _real(text)
        if value is None or not least <= value <= most:
            bounds = f"from {least:g} to {most:g}" if math.isfinite(most) else f"of at least {least:g}"
            return "table-number", f"{text!r} is no number {bounds}"
        return None

    return check


def _real(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
