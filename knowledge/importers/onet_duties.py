"""What people of an occupation do, with what, and what they are called: the most typical of each.

From O*NET's detailed work activities (short labels of its content model; task statements are only counted, never
kept), its tools, and the titles that people report.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.importers.base import Report, Tables, read_member
from knowledge.importers.onet_files import CODE, rows_of
from knowledge.importers.onet_ratings import Ratings

_MOST_DUTIES, _MOST_TOOLS, _MOST_TITLES = 14, 8, 6
_TASK_WEIGHTS = {"Supplemental": 0.25}
"""How much a task counts for its activities: core tasks and those not yet rated count in full."""
_UNDEFINED = 0.12
"""What an activity keeps whose tasks share no word with the definition."""
_SAME_KIND = 2
"""At most so many activities of one intermediate work activity, lest a list say one thing in four ways."""
_IN_TITLE, _GREEN, _KEEPING_UP = 1.6, 0.4, 0.4
"""Factors for what names the title's things, for what is only its green side, and for what everybody has to do."""
_EVERYWHERE = 0.2
"""Tools of more than this share of all occupations (computers, printers) say nothing about one."""
_OFFICE, _MOST_WORDS = ("43", "44"), 4
"""UNSPSC segments of computers, telephones and office machines, and how many words a tool's name may have."""
_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True, slots=True)
class _Duty:
    """A detailed work activity: its label, the intermediate one that it belongs to, and the general one's name."""

    label: str
    kind: str
    general: str


def add_duties(path: Path, report: Report, tables: Tables, known: Mapping[str, str], ratings: Ratings) -> None:
    """Fill `activities`: the detailed work activities that are most typical of each occupation.

    One ranks by how many of the occupation's tasks it sums up, by how few occupations share it, by how important the
    general work activity above it is rated, by whether it names what the title names ("cranes"), and by how far its
    tasks use the words of the occupation's definition. Tasks and definitions are only compared, never kept.

    Args:
        path: The release.
        report: Rows read and skipped.
        tables: What is filled.
        known: Occupation codes and their titles.
        ratings: Of all occupations.
    """
    codes = set(known)
    tasks = {
        (row[CODE], row["Task ID"]): (_TASK_WEIGHTS.get(row["Task Type"], 1.0), _stems(row["Task"]))
        for row in rows_of(path, "Task Statements.txt", report, codes, "Task ID", "Task", "Task Type")
    }
    definitions = _definitions(path)
    duties = _duties(path)
    rows = [
        (row[CODE], row["Task ID"], row["DWA ID"])
        for row in rows_of(path, "Tasks to DWAs.txt", report, codes, "Task ID", "DWA ID")
        if row["DWA ID"] in duties
    ]
    parts = Counter((soc, task) for soc, task, _ in rows)
    weights: dict[str, dict[str, float]] = {}
    words: dict[tuple[str, str], frozenset[str]] = {}
    for soc, task, ident in rows:
        weight, stems = tasks.get((soc, task), (1.0, frozenset()))
        found = weights.setdefault(soc, {})
        # A task that several activities sum up says a little less of each.
        found[ident] = found.get(ident, 0.0) + weight / math.sqrt(parts[soc, task])
        words[soc, ident] = words.get((soc, ident), frozenset()) | stems
    spread = Counter(ident for found in weights.values() for ident in found)
    for soc, found in weights.items():
        title, rated, defined = _stems(known[soc]), ratings.get(soc, {}), definitions.get(soc, {})
        scores = {
            ident: math.sqrt(weight)
            * math.log(1 + len(weights) / spread[ident])
            * _fit(duties[ident], title, rated)
            * (_UNDEFINED + _share(defined, words[soc, ident]) + _share(defined, _stems(duties[ident].label)))
            for ident, weight in found.items()
        }
        kinds: Counter[str] = Counter()
        rank = 0
        for ident in sorted(scores, key=lambda ident: (-scores[ident], duties[ident].label)):
            kinds[duties[ident].kind] += 1
            if kinds[duties[ident].kind] <= _SAME_KIND and rank < _MOST_DUTIES:
                rank += 1
                tables.add("activities", (soc, duties[ident].label, rank))


def _share(defined: Mapping[str, float], words: frozenset[str]) -> float:
    return sum(share for stem, share in defined.items() if stem in words)


def _definitions(path: Path) -> dict[str, dict[str, float]]:
    """For each occupation the words of its definition and the share that each has in it, rare words counting more."""
    words = {
        row[CODE]: _stems(row["Description"])
        for _, row in read_member(path, "Occupation Data.txt", (CODE, "Description"))
    }
    spread = Counter(stem for found in words.values() for stem in found)
    shares: dict[str, dict[str, float]] = {}
    for soc, found in words.items():
        rarity = {stem: math.log(1 + len(words) / spread[stem]) for stem in found}
        total = sum(rarity.values()) or 1.0
        shares[soc] = {stem: value / total for stem, value in rarity.items()}
    return shares


def _duties(path: Path) -> dict[str, _Duty]:
    names = {
        row["Element ID"]: row["Element Name"]
        for _, row in read_member(path, "Content Model Reference.txt", ("Element ID", "Element Name"))
    }
    columns = ("Element ID", "IWA ID", "DWA ID", "DWA Title")
    return {
        row["DWA ID"]: _Duty(row["DWA Title"].rstrip(". "), row["IWA ID"], names.get(row["Element ID"], ""))
        for _, row in read_member(path, "DWA Reference.txt", columns)
    }


def _fit(duty: _Duty, title: frozenset[str], rated: Mapping[tuple[str, str], float]) -> float:
    importance = rated.get(("activity", duty.general), 50.0)
    told = _IN_TITLE if title & _stems(duty.label) else 1.0
    # Activities of the "green economy" project stand beside the occupation's ordinary ones.
    green = _GREEN if "green" in duty.label.casefold() and "green" not in title else 1.0
    common = _KEEPING_UP if duty.general == "Updating and Using Relevant Knowledge" else 1.0
    return (0.3 + importance / 100) * told * green * common


def _stems(text: str) -> frozenset[str]:
    """The words that carry a title or label, without the plural's s and cut to five letters: crane, roof, denta."""
    return frozenset(word.rstrip("s")[:5] for word in _WORD.findall(text.casefold()) if word not in _COMMON)


_COMMON = frozenset(
    "workers operators other except first line supervisors managers specialists technicians technologists engineers"
    " related services service general equipment materials systems machine machines including postsecondary teachers"
    " information operations activities products support business planning development health research".split()
)


def add_tools(path: Path, report: Report, tables: Tables, known: set[str]) -> None:
    """Fill `tools`: of each kind that an occupation has several of and few others have, the commonest example."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows_of(path, "Tools Used.txt", report, known, "Example", "Commodity Code", "Commodity Title"):
        if row["Commodity Code"].startswith(_OFFICE) or len(row["Example"].split()) > _MOST_WORDS:
            continue
        found.setdefault(row[CODE], {}).setdefault(row["Commodity Title"], []).append(row["Example"])
    spread = Counter(kind for kinds in found.values() for kind in kinds)
    users = Counter(tool for kinds in found.values() for examples in kinds.values() for tool in set(examples))
    for soc, kinds in found.items():
        telling = [kind for kind in kinds if spread[kind] <= max(_EVERYWHERE * len(found), 1)]
        telling.sort(key=lambda k: (-math.sqrt(len(kinds[k])) * math.log(1 + len(found) / spread[k]), k))
        best = [min(kinds[kind], key=lambda tool: (-users[tool], len(tool), tool)) for kind in telling]
        for rank, tool in enumerate(list(dict.fromkeys(best))[:_MOST_TOOLS], 1):
            tables.add("tools", (soc, tool, rank))


def add_titles(path: Path, report: Report, tables: Tables, known: Mapping[str, str]) -> None:
    """Fill `also_called`: the titles that O*NET shows to the public, else other titles that no other occupation has."""
    codes = set(known)
    shown: dict[str, list[str]] = {}
    name, flag = "Sample of Reported Titles.txt", "Shown in My Next Move"
    for row in rows_of(path, name, report, codes, "Reported Job Title", flag):
        if row[flag] == "Y":
            shown.setdefault(row[CODE], []).append(row["Reported Job Title"])
    others: dict[str, list[str]] = {}
    for row in rows_of(path, "Alternate Titles.txt", report, codes, "Alternate Title"):
        others.setdefault(row[CODE], []).append(row["Alternate Title"])
    owners = Counter(title.casefold() for titles in others.values() for title in {t.casefold(): t for t in titles})
    for soc, title in known.items():
        found = shown.get(soc) or _telling(others.get(soc, []), owners)
        for rank, called in enumerate([t for t in found if t.casefold() != title.casefold()][:_MOST_TITLES], 1):
            tables.add("also_called", (soc, called, rank))


def _telling(titles: list[str], owners: Mapping[str, int]) -> list[str]:
    """Titles of an occupation that reports none: short ones of its own, spread over the alphabet, none alike."""
    plain = [t for t in titles if owners[t.casefold()] == 1 and re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}", t)]
    kept: list[str] = []
    seen: set[str] = set()
    for title in plain[:: max(len(plain) // (2 * _MOST_TITLES), 1)]:
        stems = _stems(title)
        if not stems & seen and "Apprentice" not in title and "Helper" not in title:
            kept.append(title)
            seen |= stems
    return kept
