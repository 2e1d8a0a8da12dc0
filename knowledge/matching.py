"""Which careers fit what a person knows and likes."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from knowledge.interests import RIASEC, Interests
from knowledge.models import Career, RankedCareer
from knowledge.store import CAREER_COLUMNS, Store, career_of

MOST_ZONE_WITHOUT_DEGREE = 3
_OFFICIAL = 0.8
"""An official rating counts a little less than what a profile's author wrote."""
_PROFILE_BONUS = 0.08
_MOST_KEPT = 256
"""Skills whose careers are remembered: O*NET's rated elements, which nearly all interests point to, are half of it."""
_LEAST_WEIGHT = 40.0
"""An official rating below this is no reason to say that a career fits: nearly every job needs a little of it."""
Fits = dict[str, tuple[float, str]]


class Matching:
    """Ranks careers by fit.

    For each thing that a person named, a career gets the weight (0 to 1) that it gives to the best fitting skill; where
    the word is an interest, its topics and RIASEC letters count too. The value is the mean over all things named.
    """

    def __init__(self, store: Store, interests: Interests) -> None:
        self._store, self._interests = store, interests
        self._skills: dict[str, list[str]] = {}
        self._with_word: dict[str, list[str]] = {}
        self._letters: dict[str, dict[str, float]] = {}
        self._careers: dict[str, Career] = {}
        self._of_topic: dict[str, set[str]] = {}
        self._slugs: dict[str, str] = {}
        self._weights: dict[str, list[tuple[str, float]]] = {}

    async def rank(
        self, skills: Sequence[str], interests: Sequence[str], *, limit: int, topic: str | None, without_degree: bool
    ) -> list[RankedCareer]:
        """The best fitting careers; hand-written profiles win ties. Empty where nothing named is known."""
        await self._load()
        fits = [found for word in dict.fromkeys([*skills, *interests]) if (found := await self._fits(word))]
        if not fits:
            return []
        totals: dict[str, float] = {}
        for found in fits:
            for slug, (value, _) in found.items():
                totals[slug] = totals.get(slug, 0.0) + value
        scored: list[tuple[float, str, Career]] = []
        for slug, total in totals.items():
            career = self._careers.get(slug)
            if career is None or (topic and topic not in career.topics):
                continue
            if without_degree and (career.job_zone or 5) > MOST_ZONE_WITHOUT_DEGREE:
                continue
            value = min(total / len(fits) + _PROFILE_BONUS * (career.depth == "profile"), 1.0)
            scored.append((-value, career.title, career))
        ranked: list[RankedCareer] = []
        for value, _, career in heapq.nsmallest(limit, scored, key=lambda entry: entry[:2]):
            reasons = tuple(dict.fromkeys(found[career.slug][1] for found in fits if career.slug in found))
            ranked.append(RankedCareer(career=career, value=round(-value, 3), unit="fit", reasons=reasons))
        return ranked

    async def by_interests(self, letters: Mapping[str, float], *, limit: int) -> list[RankedCareer]:
        """Careers whose rated interests are most like a person's: cosine of the two profiles, centred at their means.

        Args:
            letters: RIASEC letter → the person's score, any scale.
            limit: How many.
        """
        await self._load()
        person = _centred(letters)
        scored = [
            (_cosine(person, _centred(theirs)), self._careers[slug])
            for slug, theirs in self._letters.items()
            if slug in self._careers and len(theirs) == len(RIASEC)
        ]
        scored.sort(key=lambda entry: (-round(entry[0], 3), entry[1].depth == "occupation", entry[1].title))
        return [
            RankedCareer(career=career, value=round(max(value, 0.0), 3), unit="fit", reasons=self._leading(career.slug))
            for value, career in scored[:limit]
        ]

    def _leading(self, slug: str) -> tuple[str, ...]:
        theirs = sorted(self._letters[slug].items(), key=lambda item: -item[1])
        return tuple(RIASEC[letter] for letter, _ in theirs[:2])

    async def _load(self) -> None:
        if self._careers:
            return
        names = {name: letter for letter, name in RIASEC.items()}
        for slug, name, value in await self._store.rows("SELECT slug, name, value FROM traits WHERE kind = 'interest'"):
            if name in names:
                self._letters.setdefault(slug, {})[names[name]] = value
        for (name,) in await self._store.rows("SELECT name FROM skill_rarity"):
            self._skills.setdefault(name.casefold(), []).append(name)
        for name in self._skills:
            for word in name.split():
                self._with_word.setdefault(word, []).append(name)
        rows = await self._store.rows(f"SELECT {CAREER_COLUMNS} FROM careers")  # noqa: S608 - our own names
        self._careers = {row[0]: career_of(row) for row in rows}
        self._slugs = {slug: slug for slug in self._careers}
        for slug, career in self._careers.items():
            for topic in career.topics:
                self._of_topic.setdefault(topic, set()).add(slug)

    async def _fits(self, word: str) -> Fits:
        best: Fits = {}
        for skill, closeness in self._resolve(word):
            for slug, weight in await self._careers_of(skill):
                _offer(best, slug, closeness * weight / 100, skill)
        for interest in self._interests.find(word):
            support: dict[str, float] = {}
            for skill in interest.skills:
                for slug, weight in await self._careers_of(skill):
                    support[slug] = max(support.get(slug, 0.0), weight / 100)
            self._interest(best, word, support, set(interest.topics), interest.letters)
        return best

    def _interest(self, best: Fits, word: str, support: Mapping[str, float], topics: set[str], letters: str) -> None:
        topical = set[str]().union(*(self._of_topic.get(topic, set()) for topic in topics))
        for slug in topical.union(support):
            profile = self._letters.get(slug, {})
            inclination = sum(profile.get(letter, 1.0) for letter in letters) / len(letters) / 7 if letters else 0.0
            value = 0.45 * support.get(slug, 0.0) + 0.25 * (slug in topical) + 0.3 * inclination
            _offer(best, slug, value, word)

    async def _careers_of(self, skill: str) -> list[tuple[str, float]]:
        if (kept := self._weights.get(skill)) is not None:
            return kept
        rows = await self._store.rows(
            "SELECT slug, weight FROM skills WHERE name = :name UNION ALL"
            " SELECT slug, weight * :share FROM occupation_skills WHERE name = :name AND weight >= :least",
            {"name": skill, "share": _OFFICIAL, "least": _LEAST_WEIGHT},
        )
        if len(self._weights) >= _MOST_KEPT:
            self._weights.pop(next(iter(self._weights)))
        # The slugs of `_careers` stand in for the rows' own: one string in memory for all.
        self._weights[skill] = [(self._slugs.get(slug, slug), weight) for slug, weight in rows]
        return self._weights[skill]

    def _resolve(self, word: str, limit: int = 3) -> list[tuple[str, float]]:
        """Skills that a word means: (skill, closeness 0 to 1)."""
        folded = word.casefold()
        if folded in self._skills:
            return [(skill, 1.0) for skill in self._skills[folded]]
        if whole := self._with_word.get(folded):
            return [(skill, 0.8) for name in sorted(whole, key=len)[:limit] for skill in self._skills[name]]
        near = process.extract(folded, list(self._skills), scorer=fuzz.ratio, limit=limit, score_cutoff=86)
        return [(skill, score / 100) for name, score, _ in near for skill in self._skills[name]]


def _offer(best: Fits, slug: str, value: float, reason: str) -> None:
    if value > best.get(slug, (0.0, ""))[0]:
        best[slug] = (value, reason)


def _centred(scores: Mapping[str, float]) -> dict[str, float]:
    mean = sum(scores.get(letter, 0.0) for letter in RIASEC) / len(RIASEC)
    return {letter: scores.get(letter, 0.0) - mean for letter in RIASEC}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    dot = sum(one[letter] * other[letter] for letter in RIASEC)
    size = sum(v * v for v in one.values()) ** 0.5 * sum(v * v for v in other.values()) ** 0.5
    return float(dot / size) if size else 0.0
