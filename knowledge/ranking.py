"""Ordering careers by a figure other than pay, and by how well they fit a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.interests import Interests
from knowledge.models import Career, RankedCareer
from knowledge.overlap import SkillSpace
from knowledge.store import Store

_MOST_ZONE_WITHOUT_DEGREE = 3
_ORDERS = {
    "growth": ("outlook.growth_percent", "percent"),
    "openings": ("outlook.openings_per_year", "openings a year"),
    "preparation": ("careers.job_zone", "job zone"),
}


async def rank_by_figures(
    store: Store, by: str, *, topic: str | None, without_degree: bool, ascending: bool, limit: int
) -> list[RankedCareer]:
    """Careers by projected growth, by openings or by preparation; careers that share a figure are listed once."""
    column, unit = _ORDERS[by]
    order = "ASC" if ascending else "DESC"
    rows = await store.rows(
        f"SELECT careers.slug, {column}, substr(careers.soc, 1, 7) FROM careers LEFT JOIN outlook ON outlook.slug = careers.slug"  # noqa: S608
        f" WHERE {column} IS NOT NULL AND (:topic IS NULL OR careers.slug IN (SELECT slug FROM career_topics WHERE topic ="
        " :topic)) AND (:zones IS NULL OR (careers.job_zone <= :zones AND NOT EXISTS (SELECT 1 FROM education e WHERE"
        " e.slug = careers.slug AND (e.typical_entry LIKE '%degree%' OR e.typical_entry LIKE '%doctoral%'))))"
        f" ORDER BY {column} {order}, careers.shares_figures, careers.depth = 'occupation', careers.slug LIMIT :limit",
        {"topic": topic, "zones": _MOST_ZONE_WITHOUT_DEGREE if without_degree else None, "limit": limit * 8},  # type: ignore[arg-type]
    )
    careers = await store.careers(row[0] for row in rows)
    ranked: dict[str, RankedCareer] = {}
    for slug, value, code in rows:
        key = code if by != "preparation" else slug
        if key in ranked:
            first = ranked[key]
            ranked[key] = first.model_copy(update={"reasons": (*first.reasons, careers[slug].title)[:4]})
        else:
            ranked[key] = RankedCareer(career=careers[slug], value=value, unit=unit)
    return list(ranked.values())[:limit]


class Matching:
    """Which careers fit given skills and interests.

    For each thing that a person named, a career gets the weight (0 to 1) that it gives to the best fitting skill; where
    the word is an interest, its topics and RIASEC letters count too. The value is the mean over all things named.
    """

    def __init__(
        self, own: SkillSpace, official: SkillSpace, interests: Interests, letters: Mapping[str, Mapping[str, float]],
        careers: Mapping[str, Career],
    ) -> None:  # fmt: skip
        self._own, self._official, self._interests = own, official, interests
        self._letters, self._careers = letters, careers

    def rank(
        self, skills: Sequence[str], interests: Sequence[str], *, limit: int, topic: str | None, without_degree: bool
    ) -> list[RankedCareer]:
        """The best fitting careers; hand-written profiles win ties."""
        named = list(dict.fromkeys([*skills, *interests]))
        scores: dict[str, float] = {}
        reasons: dict[str, list[str]] = {}
        fitted = 0
        for word in named:
            fits = self._fits(word)
            fitted += bool(fits)
            for slug, (value, reason) in fits.items():
                scores[slug] = scores.get(slug, 0.0) + value
                reasons.setdefault(slug, []).append(reason)
        if not fitted:
            return []
        found = []
        for slug, score in scores.items():
            career = self._careers.get(slug)
            if career is None or (topic and topic not in career.topics):
                continue
            if without_degree and (career.job_zone or 5) > _MOST_ZONE_WITHOUT_DEGREE:
                continue
            bonus = 0.08 if career.depth == "profile" else 0.0
            found.append((score / fitted + bonus, career, tuple(dict.fromkeys(reasons[slug]))))
        found.sort(key=lambda entry: (-entry[0], entry[1].title))
        return [
            RankedCareer(career=career, value=round(min(value, 1.0), 3), unit="fit", reasons=why)
            for value, career, why in found[:limit]
        ]

    def _fits(self, word: str) -> dict[str, tuple[float, str]]:
        best: dict[str, tuple[float, str]] = {}

        def offer(slug: str, value: float, reason: str) -> None:
            if value > best.get(slug, (0.0, ""))[0]:
                best[slug] = (value, reason)

        for space in (self._own, self._official):
            for skill, closeness in space.resolve(word):
                for slug, weight in space.careers_of[skill]:
                    offer(slug, closeness * weight / 100, skill)
        for interest in self._interests.find(word):
            self._interest(interest.skills, interest.topics, interest.letters, word, offer)
        return best

    def _interest(self, skills: Sequence[str], topics: Sequence[str], letters: str, word: str, offer: object) -> None:
        assert callable(offer)
        support: dict[str, float] = {}
        for space in (self._own, self._official):
            for skill in skills:
                for slug, weight in space.careers_of.get(skill, ()):
                    support[slug] = max(support.get(slug, 0.0), weight / 100)
        for slug, career in self._careers.items():
            profile = self._letters.get(slug, {})
            inclination = sum(profile.get(letter, 1.0) for letter in letters) / len(letters) / 7 if letters else 0.0
            topical = 0.25 if set(topics) & set(career.topics) else 0.0
            by_skill = support.get(slug, 0.0)
            if by_skill or topical:
                offer(slug, 0.45 * by_skill + topical + 0.3 * inclination, word)
