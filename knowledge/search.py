"""Searching the catalogue of courses and books: SQLite FTS5 for candidates, an explainable relevance for the order.

For a career, a resource's relevance is the weight of the career's skills that its title or topic names, taught skills
with diminishing returns (1, ½, ¼ …), divided by the largest such sum found; titles that name little else count more.
For a topic, it is how well the title and topic cover the words asked for, BM25 breaking ties.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from knowledge.models import RankedResource, Resource, WeightedSkill
from knowledge.store import Store

_COLUMNS = "r.id, r.kind, r.title, r.url, r.provider, r.language, r.level, r.free, r.topics, r.source"
_WORD = re.compile(r"c\+\+|c#|\.net|[^\W_]+", re.IGNORECASE)
_STOP = frozenset("a an and the of for in to with on from by course courses book books learn learning guide".split())
_CANDIDATES = 160
_SPECIAL = {"c++": "cplusplus", "c#": "csharp", ".net": "dotnet"}


def indexed(text: str) -> str:
    """A text as the full-text index gets it: words that its tokeniser would break written out."""
    return " ".join(_SPECIAL.get(word, word) for word in words_of(text))


def words_of(text: str) -> list[str]:
    """The words of a title or question, in lower case, for matching."""
    return [match.casefold() for match in _WORD.findall(text)]


class Catalogue:
    """Courses and books by career or topic."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def for_skills(
        self, kind: str, skills: Sequence[WeightedSkill], language: str, limit: int
    ) -> list[RankedResource]:
        """Resources that teach a career's skills, most relevant first, at most two for the same skill."""
        technical = [skill for skill in skills if _searchable(skill.name)][:16]
        if not technical:
            return []
        rows: dict[str, Any] = {}
        for skill in technical:
            for row in await self._find(kind, words_of(skill.name), language, every=True, limit=40):
                rows[row[0]] = row
        scored: list[tuple[float, list[WeightedSkill], Any]] = []
        for row in rows.values():
            covers = [skill for skill in technical if _names(skill.name, row[2], row[8])]
            if covers:
                value = sum(skill.weight / 2**position for position, skill in enumerate(covers))
                in_title = any(_names(skill.name, row[2], "") for skill in covers)
                value *= (1.0 if in_title else 0.8) * (1 - min(len(words_of(row[2])), 14) / 40)
                scored.append((value, covers, row))
        scored.sort(key=lambda entry: (-entry[0], entry[2][2]))
        return _diverse(scored, limit)

    async def for_words(self, kind: str, words: Sequence[str], language: str, limit: int) -> list[RankedResource]:
        """Resources on a topic in free words; empty where no title or topic holds them all."""
        asked = [word for word in words if word not in _STOP] or list(words)
        if not asked:
            return []
        rows = await self._find(kind, asked, language, every=True, limit=_CANDIDATES)
        scored = []
        for position, row in enumerate(rows):
            title, topics = words_of(row[2]), words_of(row[8])
            in_title = sum(_has(title, word) for word in asked) / len(asked)
            in_topics = sum(_has(topics, word) for word in asked) / len(asked)
            exact = 0.15 if " ".join(asked) in " ".join(title) or " ".join(asked) == " ".join(topics) else 0.0
            brevity = 0.1 * (1 - min(len(title), 14) / 14)
            value = 0.45 * in_title + 0.3 * in_topics + exact + brevity
            scored.append((value - position / 10_000, row))
        scored.sort(key=lambda entry: (-entry[0], entry[1][2]))
        return [
            RankedResource(resource=_resource(row), relevance=round(max(0.0, min(value, 1.0)), 3), covers=tuple(words))
            for value, row in scored[:limit]
        ]

    async def _find(self, kind: str, words: Sequence[str], language: str, *, every: bool, limit: int) -> list[Any]:
        quoted = [f'"{_SPECIAL.get(word, word)}"' for word in words]
        query = (" AND " if every else " OR ").join(quoted)
        return await self._store.rows(
            f"SELECT {_COLUMNS} FROM resource_text JOIN resources r ON r.number = resource_text.rowid"  # noqa: S608
            " WHERE resource_text MATCH ? AND r.kind = ? AND r.language = ? ORDER BY bm25(resource_text, 3.0, 1.0) LIMIT ?",
            (query, kind, language, limit),
        )


def _searchable(skill: str) -> bool:
    """Soft skills lead to titles about anything; subjects and tools don't."""
    return skill.casefold() not in _SOFT


_SOFT = frozenset(
    "communication|critical thinking|problem solving|attention to detail|teamwork|time management|empathy|active listening|"
    "decision making|creativity|adaptability|mentoring|conflict resolution|leadership|coaching|hiring|documentation|"
    "presentation|teaching|measuring|driving|sales|debugging|reading comprehension|speaking|writing|monitoring|"
    "coordination|instructing|navigation|reporting|editing|advocacy|safety procedures|physical fitness".split("|")
)


def _names(skill: str, title: str, topics: str) -> bool:
    wanted = words_of(skill)
    found = words_of(title) + words_of(topics)
    return bool(wanted) and all(_has(found, word) for word in wanted)


def _has(words: Sequence[str], wanted: str) -> bool:
    return any(word == wanted or word.rstrip("s") == wanted.rstrip("s") for word in words)


def _diverse(scored: Sequence[tuple[float, list[WeightedSkill], Any]], limit: int) -> list[RankedResource]:
    best = scored[0][0] if scored else 1.0
    taught: dict[str, int] = {}
    titles: set[str] = set()
    kept: list[RankedResource] = []
    for value, covers, row in scored:
        lead = covers[0].name
        title = " ".join(words_of(row[2]))
        if taught.get(lead, 0) >= 2 or title in titles:
            continue
        taught[lead] = taught.get(lead, 0) + 1
        titles.add(title)
        names = tuple(skill.name for skill in covers)
        kept.append(RankedResource(resource=_resource(row), relevance=round(value / best, 3), covers=names))
        if len(kept) == limit:
            break
    return kept


def _resource(row: Sequence[Any]) -> Resource:
    return Resource(
        id=row[0], kind=row[1], title=row[2], url=row[3], provider=row[4], language=row[5], level=row[6],
        free=None if row[7] is None else bool(row[7]), topics=tuple(t for t in row[8].split("; ") if t), source=row[9],
    )  # fmt: skip
