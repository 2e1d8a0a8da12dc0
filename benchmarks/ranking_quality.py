"""How good a ranking of courses and books is by hand-made judgement: nDCG@10 (Järvelin and Kekäläinen, 2002).

The judgements stand in `tests/evaluation/relevance.tsv`. Gain is 2^grade - 1, discount log2(rank + 1); the ideal list
is the best ten that were judged for a career. What was not judged counts as 0. Where nothing was judged useful, the
right answer is an empty list, so such careers count only in the number of useless entries shown.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.knowledge import Knowledge
from knowledge.resource_rows import indexed
from knowledge.words import JOINING, words_of

JUDGEMENTS = Path(__file__).resolve().parents[1] / "tests" / "evaluation" / "relevance.tsv"
DEPTH = 10

Judged = Mapping[tuple[str, str], Mapping[str, int]]
Ranking = Callable[[Knowledge, str, str], Awaitable[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Quality:
    """A ranking's mean nDCG@10 over careers, and how many of the entries that it showed are of no use."""

    ndcg: float
    careers: int
    shown: int
    useless: int


def judgements(path: Path = JUDGEMENTS) -> Judged:
    """Grades (0 to 3) by career and kind, then by address."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        if line and not line.startswith("#"):
            career, kind, grade, address, _title = line.split("\t")
            found.setdefault((career, kind), {})[address] = int(grade)
    return found


def ndcg(grades: Sequence[int], judged: Sequence[int]) -> float | None:
    """nDCG@10 of a list's grades, None where nothing judged is of any use."""

    def gain(values: Sequence[int]) -> float:
        return sum((2**value - 1) / math.log2(rank + 2) for rank, value in enumerate(values[:DEPTH]))

    ideal = gain(sorted(judged, reverse=True))
    return gain(grades) / ideal if ideal else None


async def quality(knowledge: Knowledge, ranking: Ranking, kind: str, judged: Judged) -> Quality:
    """How good a ranking is for all careers that were judged for a kind ("course" or "book")."""
    values: list[float] = []
    shown = useless = 0
    for (career, which), grades in judged.items():
        if which != kind:
            continue
        found = [grades.get(address, 0) for address in await ranking(knowledge, career, kind)]
        shown += len(found)
        useless += sum(1 for grade in found if grade == 0)
        value = ndcg(found, list(grades.values()))
        if value is not None:
            values.append(value)
    return Quality(sum(values) / len(values), len(values), shown, useless)


async def ours(knowledge: Knowledge, career: str, kind: str) -> list[str]:
    """The ranking that answers use."""
    search = knowledge.courses if kind == "course" else knowledge.books
    return [entry.resource.url for entry in await search(career=career, limit=DEPTH)]


async def bm25_title(knowledge: Knowledge, career: str, kind: str) -> list[str]:
    """Plain BM25 over the words of the career's title, any of them."""
    return await _bm25(knowledge, kind, words_of((await knowledge.career(career)).title))


async def bm25_skills(knowledge: Knowledge, career: str, kind: str) -> list[str]:
    """Plain BM25 over the words of the career's twelve most important skills, any of them."""
    skills = (await knowledge.skills(career))[:12]
    return await _bm25(knowledge, kind, [word for skill in skills for word in words_of(skill.name)])


async def _bm25(knowledge: Knowledge, kind: str, words: Sequence[str]) -> list[str]:
    wanted = " OR ".join(f'"{indexed(word)}"' for word in dict.fromkeys(words) if word not in JOINING | {"in", "for"})
    rows = await knowledge._store.rows(  # noqa: SLF001 - a yardstick that no answer uses
        "SELECT r.url FROM resource_text JOIN resources r ON r.number = resource_text.rowid WHERE resource_text MATCH ?"
        " AND r.kind = ? AND r.language = 'en' ORDER BY rank LIMIT ?",
        (wanted, kind, DEPTH),
    )
    return [row[0] for row in rows]
