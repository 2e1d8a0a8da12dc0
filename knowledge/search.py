"""Searching the catalogue of courses and books by career or subject.

Which subjects a resource teaches was found when the database was built (`knowledge.buildcatalogue`); a search takes the
best of each subject that is needed, adds up what each of them teaches and ranks by `knowledge.relevance`. Words that
are no known subject are looked for in the full text; a search for several things finds what holds them all.

Filters: `language` is the resource's; `free=True` only what is known to be free, `free=False` only what is known to
cost; `level` what says so (in its source or its title) first, then what names no level, never another level.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from knowledge.models import RankedResource
from knowledge.relevance import Candidate, Need, Ranked, rank
from knowledge.resource_rows import ResourceRows, Wanted
from knowledge.store import Store
from knowledge.subjects import MOST_WORDS
from knowledge.teaching import BY_HEADING, Teaching
from knowledge.words import fold, key_of, words_of

MOST_SKILLS = 12
"""How many of a career's most important skills a resource is held against."""
_STOP = frozenset(
    "a an and the of for in to with on from by about or course courses class classes book books learn learning study "
    "guide tutorial tutorials resources good best free online any some beginner beginners advanced".split()
)
_UNSURE = 0.8
"""What a resource that names no level is worth where one was asked for."""
_FREE_WORDS = -1
"""The number of the subject that words make up which name no known one."""

__all__ = ["MOST_SKILLS", "Catalogue", "Wanted"]


class Catalogue:
    """Courses and books by career or subject."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows = ResourceRows(store)

    async def for_career(self, slug: str, wanted: Wanted, limit: int) -> list[RankedResource]:
        """Resources that teach a career's skills or whole field, varied, by relevance; none rather than near misses."""
        rows = await self._store.rows(
            "SELECT subject, weight, name, counted, field, (SELECT count(*) FROM skills WHERE slug = :slug),"
            " (SELECT max(weight) FROM skills WHERE slug = :slug) FROM career_subjects WHERE slug = :slug",
            {"slug": slug},
        )
        if not rows:
            return []
        skills, heaviest = rows[0][5], rows[0][6] or 100.0
        needs = [Need(row[0], min(1.0, row[1] / heaviest), row[2], bool(row[3]), bool(row[4])) for row in rows]
        subjects = [need.subject for need in needs]
        numbers = await self._rows.teachers(subjects, wanted)
        related = await self._rows.related([need.subject for need in needs if need.counted or not skills])
        candidates = await self._rows.candidates(numbers, subjects, wanted.level, _UNSURE)
        ranked = rank(candidates, needs, limit, related)
        covers = {
            # Where a career has no written skills, what it covers is whatever made it relevant.
            entry.candidate.number: tuple(need.name for need in entry.covers if need.counted or not skills)
            for entry in ranked
        }
        return await self._results(ranked, covers, min(MOST_SKILLS, skills))

    async def for_words(
        self, text: str, wanted: Wanted, limit: int, *, only_subjects: bool = False
    ) -> list[RankedResource]:
        """Resources on a subject in free words; empty where nothing holds them all, or where they name no subject.

        `only_subjects`: empty too where a word is of no known subject, instead of looking for it in the titles.
        """
        subjects, rest = await self._read(words_of(text))
        if (not subjects and not rest) or (rest and only_subjects):
            return []
        numbers = list(subjects)
        titled: list[int] = []
        if rest:
            titled, filed = await self._rows.worded(rest, numbers, wanted)
            found = [*titled, *filed]
        elif len(subjects) == 1:
            found = await self._rows.teachers(numbers, wanted)
        else:
            found = await self._rows.holders(numbers, wanted)
        if not found:
            return []
        candidates = await self._rows.candidates(found, numbers, wanted.level, _UNSURE)
        needs = [Need(subject, 1.0, name, counted=False) for subject, name in subjects.items()]
        if rest:
            needs.append(Need(_FREE_WORDS, 1.0, " ".join(rest), counted=False))
            candidates = _with_words(candidates, rest, frozenset(titled))
        ranked = rank(candidates, needs, limit, await self._rows.related(numbers), every=True)
        return await self._results(ranked, await self._others(ranked, {need.subject for need in needs}), 0)

    async def _read(self, words: Sequence[str]) -> tuple[dict[int, str], list[str]]:
        """The subjects that the words name (longest names win), rarest first, and what else they say."""
        places = {
            key_of(" ".join(words[start:end])): (start, end)
            for start in range(len(words))
            for end in range(start + 1, min(len(words), start + MOST_WORDS) + 1)
        }
        found: list[tuple[int, int, str]] = []
        taken: set[int] = set()
        names = await self._rows.named(list(places))
        for key, subject, name, teachers in sorted(names, key=lambda row: places[row[0]][0] - places[row[0]][1]):
            stretch = set(range(*places[key]))
            if not stretch & taken:
                taken |= stretch
                found.append((teachers, subject, name))
        left = [word for position, word in enumerate(words) if position not in taken]
        return {subject: name for _, subject, name in sorted(found)}, [word for word in left if word not in _STOP]

    async def _others(self, ranked: Sequence[Ranked], asked: Collection[int]) -> dict[int, tuple[str, ...]]:
        """What titles name besides the subjects that were asked for, by resource."""
        besides = {
            entry.candidate.number: [t.subject for t in entry.candidate.teaches if t.words and t.subject not in asked]
            for entry in ranked
        }
        names = await self._rows.names(sorted({subject for found in besides.values() for subject in found}))
        return {number: tuple(sorted(names[subject] for subject in found)) for number, found in besides.items()}

    async def _results(
        self, ranked: Sequence[Ranked], covers: dict[int, tuple[str, ...]], out_of: int
    ) -> list[RankedResource]:
        resources = await self._rows.resources([entry.candidate.number for entry in ranked]) if ranked else {}
        return [
            RankedResource(
                resource=resources[entry.candidate.number],
                relevance=round(min(1.0, entry.relevance), 3),
                covers=covers[entry.candidate.number],
                out_of=out_of,
                whole_field=entry.whole_field,
            )
            for entry in ranked
        ]


def _with_words(candidates: Sequence[Candidate], rest: Sequence[str], titled: Collection[int]) -> list[Candidate]:
    """The candidates with what they teach of words that are no known subject: more where their titles hold them."""
    words = {fold(word) for word in rest}
    found: list[Candidate] = []
    for candidate in candidates:
        holds = candidate.number in titled
        named = len(rest) if holds else len(words & {fold(word) for word in words_of(candidate.title)})
        taught = Teaching(_FREE_WORDS, BY_HEADING + (1 - BY_HEADING) * named / len(rest), named)
        found.append(replace(candidate, teaches=(*candidate.teaches, taught)))
    return found
