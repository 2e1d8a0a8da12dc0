"""How alike careers are by their skills, and which careers use given skills.

Weighted Jaccard (Ruzicka) similarity: Σ min(a, b) / Σ max(a, b) over skills, each weight multiplied by the skill's
inverse document frequency ln(N / n), so that what every career needs says little. Careers with a hand-written profile
are compared on their own skills; where one of two has none, both are compared on the skills, knowledge and
technologies of their official occupation.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.models import SkillOverlap, WeightedSkill

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class SkillSpace:
    """The skills of many careers: weights by career, and careers by skill."""

    vectors: Mapping[str, Vector]
    rarity: Mapping[str, float]
    careers_of: Mapping[str, Sequence[tuple[str, float]]]
    totals: Mapping[str, float]

    @classmethod
    def build(cls, rows: Iterable[tuple[str, str, float]]) -> SkillSpace:
        """From (career, skill, weight 1 to 100) rows."""
        vectors: dict[str, dict[str, float]] = {}
        for career, skill, weight in rows:
            vectors.setdefault(career, {})[skill] = weight
        counts: dict[str, int] = {}
        for vector in vectors.values():
            for skill in vector:
                counts[skill] = counts.get(skill, 0) + 1
        rarity = {skill: math.log((len(vectors) + 1) / count) for skill, count in counts.items()}
        careers_of: dict[str, list[tuple[str, float]]] = {}
        for career, vector in vectors.items():
            for skill, weight in vector.items():
                careers_of.setdefault(skill, []).append((career, weight))
        totals = {career: sum(w * rarity[s] for s, w in vector.items()) for career, vector in vectors.items()}
        return cls(vectors, rarity, careers_of, totals)

    def compare(self, one: str, other: str) -> SkillOverlap:
        """The overlap, and what `other` needs that `one` lacks (heaviest first)."""
        a, b = self.vectors.get(one, {}), self.vectors.get(other, {})
        shared = {skill: min(a[skill], b[skill]) for skill in a.keys() & b.keys()}
        common = sum(weight * self.rarity[skill] for skill, weight in shared.items())
        union = self.totals.get(one, 0.0) + self.totals.get(other, 0.0) - common
        missing = {skill: weight for skill, weight in b.items() if weight - a.get(skill, 0.0) >= 25}
        return SkillOverlap(
            score=common / union if union else 0.0, shared=_heaviest(shared), missing=_heaviest(missing)
        )

    def nearest(self, career: str, limit: int) -> list[tuple[str, float]]:
        """The careers most alike, with their similarity."""
        common: dict[str, float] = {}
        for skill, weight in self.vectors.get(career, {}).items():
            rarity = self.rarity[skill]
            for other, theirs in self.careers_of[skill]:
                common[other] = common.get(other, 0.0) + min(weight, theirs) * rarity
        common.pop(career, None)
        own = self.totals.get(career, 0.0)
        scores = [(other, amount / (own + self.totals[other] - amount)) for other, amount in common.items()]
        scores.sort(key=lambda pair: (-pair[1], pair[0]))
        return scores[:limit]

    def resolve(self, word: str, limit: int = 3) -> list[tuple[str, float]]:
        """Skills of this space that a word means: (skill, closeness 0 to 1)."""
        folded = word.casefold()
        exact = [skill for skill in self.careers_of if skill.casefold() == folded]
        if exact:
            return [(skill, 1.0) for skill in exact]
        whole = [skill for skill in self.careers_of if folded in skill.casefold().split()]
        if whole:
            return [(skill, 0.8) for skill in sorted(whole, key=len)[:limit]]
        near = process.extract(word, list(self.careers_of), scorer=fuzz.ratio, limit=limit, score_cutoff=86)
        return [(skill, score / 100) for skill, score, _ in near]


def _heaviest(weights: Mapping[str, float]) -> tuple[WeightedSkill, ...]:
    ordered = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return tuple(WeightedSkill(name=name, weight=min(weight, 100.0)) for name, weight in ordered)
