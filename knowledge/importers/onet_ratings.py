"""What occupations are rated on: skills, knowledge, work activities and abilities, and what tells them apart by these.

The official files come first. A release that lacks one of them is completed from two CSV files beside it:
`ratings_*.csv` (by eight-digit code) and `skills_activities_*.csv` (by six-digit code). Where an occupation has no
rating of its own, that of its six-digit group stands in.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import fmean, pstdev

from knowledge.importers.base import Report, SourceError, Tables, number, read_csv
from knowledge.importers.onet_files import CODE, file_names, rows_of

FILES = {
    "skill": "Skills.txt",
    "knowledge": "Knowledge.txt",
    "activity": "Work Activities.txt",
    "ability": "Abilities.txt",
}
_DOMAINS = {"skill": "skill", "knowledge": "knowledge", "work_activity": "activity", "ability": "ability"}
MOST = {"skill": 16, "knowledge": 12, "activity": 12, "ability": 8}
"""How many ratings of each kind an occupation keeps."""
_TELLING = {"ability"}
"""Kinds of which those are kept that tell occupations apart, since the heaviest are the same for nearly all."""
_MOST_HIGH, _MOST_LOW = 6, 4
_LEAST_HIGH = {"skill": 35.0, "knowledge": 45.0, "activity": 50.0, "ability": 40.0}
"""Weight from which something counts as high, however little of it other occupations need."""
_MOST_LOW_WEIGHT = 45.0
_LEAST_DEVIATIONS = 0.6

Ratings = dict[str, dict[tuple[str, str], float]]
"""Occupation code → (kind, element) → weight 0 to 100."""


def add_ratings(tables: Tables, ratings: Ratings) -> None:
    """Fill `occupation_skills` with the heaviest ratings and `contrasts` with those far above or below the average."""
    norms = _norms(ratings)
    for soc, found in ratings.items():
        for kind, most in MOST.items():
            weights = {name: weight for (of, name), weight in found.items() if of == kind}
            distance = {
                name: (weight - norms[kind, name][0]) / norms[kind, name][1] for name, weight in weights.items()
            }
            order = distance if kind in _TELLING else weights
            kept = [name for name in sorted(weights, key=lambda name: (-order[name], name)) if weights[name] >= 1]
            for name in kept[:most]:
                tables.add("occupation_skills", (soc, name, kind, round(weights[name], 1)))
            for rank, name in _contrasts(kind, weights, norms):
                row = (soc, kind, name, rank, round(weights[name]), round(norms[kind, name][0]))
                tables.add("contrasts", row)


def _contrasts(
    kind: str, weights: Mapping[str, float], norms: Mapping[tuple[str, str], tuple[float, float]]
) -> Iterator[tuple[int, str]]:
    """(rank, element): 1, 2, 3… far above the average of all occupations, −1, −2… far below it.

    What is far is told by standard deviations; what is farther, by the difference over their root, so that a few points
    on something that all occupations rate alike don't outweigh many points on something that few need.
    """
    gap = {name: weight - norms[kind, name][0] for name, weight in weights.items()}
    far = {name for name in gap if abs(gap[name]) >= _LEAST_DEVIATIONS * norms[kind, name][1]}
    order = sorted(far, key=lambda name: (-gap[name] / math.sqrt(norms[kind, name][1]), name))
    high = [name for name in order if gap[name] > 0 and weights[name] >= _LEAST_HIGH[kind]]
    low = [name for name in reversed(order) if gap[name] < 0 and weights[name] <= _MOST_LOW_WEIGHT]
    yield from enumerate(high[:_MOST_HIGH], 1)
    yield from ((-rank, name) for rank, name in enumerate(low[:_MOST_LOW], 1))


def _norms(ratings: Ratings) -> dict[tuple[str, str], tuple[float, float]]:
    """Each element's average weight over all occupations and its standard deviation (never 0)."""
    values: dict[tuple[str, str], list[float]] = {}
    for found in ratings.values():
        for element, weight in found.items():
            values.setdefault(element, []).append(weight)
    return {element: (fmean(weights), pstdev(weights) or 1.0) for element, weights in values.items()}


def read_ratings(path: Path, report: Report, known: set[str]) -> Ratings:
    """All ratings of the known occupations; SourceError where the release has none and none stand beside it."""
    own: Ratings = {}
    groups: dict[str, dict[tuple[str, str], list[float]]] = {}
    for code, kind, name, importance in _importances(path, report, known):
        # Importance 1 (not important) to 5 (extremely) becomes a weight of 0 to 100.
        weight = 25 * (importance - 1)
        if len(code) == len("11-1011"):
            groups.setdefault(code, {})[kind, name] = [weight]
        else:
            own.setdefault(code, {})[kind, name] = weight
    for code, found in own.items():
        group = groups.setdefault(code[:7], {})
        for element, weight in found.items():
            group.setdefault(element, []).append(weight)
    return {
        soc: {**{element: fmean(weights) for element, weights in groups[soc[:7]].items()}, **own.get(soc, {})}
        for soc in sorted(known)
        if soc[:7] in groups
    }


def _importances(path: Path, report: Report, known: set[str]) -> Iterator[tuple[str, str, str, float]]:
    """(code of six or eight digits, kind, element, importance 1 to 5)."""
    names = file_names(path)
    missing = {kind for kind, name in FILES.items() if name not in names}
    for kind, name in FILES.items():
        if kind in missing:
            continue
        for row in rows_of(path, name, report, known, "Element Name", "Scale ID", "Data Value"):
            value = number(row["Data Value"])
            if row["Scale ID"] == "IM" and value is not None:
                yield row[CODE], kind, row["Element Name"], value
    if missing:
        yield from _beside(path, report, known, missing)


def _beside(path: Path, report: Report, known: set[str], missing: set[str]) -> Iterator[tuple[str, str, str, float]]:
    """The same for the missing kinds, from the newest CSV file of each name beside the release."""
    folder = path if path.is_dir() else path.parent
    stand_ins = (
        (sorted(folder.glob("skills_activities_*.csv*"))[-1:], "soc6", {code[:7] for code in known}),
        (sorted(folder.glob("ratings_*.csv*"))[-1:], "onet_soc_code", known),
    )
    if not any(files for files, _, _ in stand_ins):
        wanted = " and ".join(FILES[kind] for kind in sorted(missing))
        raise SourceError(f"{path} holds no {wanted}, and no ratings_*.csv is beside it. Give the whole text release.")
    for files, column, codes in stand_ins:
        for file in files:
            for line, row in read_csv(file, (column, "domain", "element_name", "importance")):
                report.read += 1
                value = number(row["importance"])
                if row[column] not in codes or value is None:
                    report.skip(file.name, line, "unknown occupation or no rating")
                elif (kind := _DOMAINS.get(row["domain"], "")) in missing:
                    yield row[column], kind, row["element_name"], value
