"""How alike careers are by their skills.

Weighted Jaccard (Ruzicka) similarity: Σ min(a, b) / Σ max(a, b) over skills, each weight multiplied by the skill's
smoothed inverse document frequency ln(1 + N / n), so that what every career needs says little. A career's vector holds
the skills that its profile names, in full, and below them what its official occupation is rated on: at OFFICIAL of its
weight beside a profile, so that written and unwritten careers can be compared and two careers that name no skill alike
still differ by degree.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Mapping

from knowledge.models import SkillOverlap, WeightedSkill

OFFICIAL = {"skill": 0.8, "knowledge": 1.0, "technology": 0.2, "activity": 0.6, "ability": 0.3}
"""Share of an official rating's weight in the vector of a career that has a profile."""
ALONE = {"skill": 0.8, "knowledge": 1.0, "technology": 0.5, "activity": 0.6, "ability": 0.3}
"""The same for an occupation without one."""
MOST_SIMILAR = 30
_MISSING = 0.2
"""A skill is missing where its weight falls short by this share of the target's heaviest skill."""

Vector = Mapping[str, tuple[float, float]]
"""Skill → (weight, rarity)."""


def add_overlap(db: sqlite3.Connection) -> None:
    """Fill `career_skills`, `skill_rarity` and `similar` from `skills` and `occupation_skills`."""
    vectors: dict[str, dict[str, float]] = {}
    profiles = {slug for (slug,) in db.execute("SELECT slug FROM careers WHERE depth = 'profile'")}
    for slug, name, weight in db.execute("SELECT slug, name, weight FROM skills"):
        vectors.setdefault(slug, {})[name] = weight
    for slug, name, kind, weight in db.execute("SELECT slug, name, kind, weight FROM occupation_skills"):
        share = (OFFICIAL if slug in profiles else ALONE).get(kind, 0.0)
        if share:
            vector = vectors.setdefault(slug, {})
            vector[name] = max(vector.get(name, 0.0), round(weight * share, 1))
    counts: dict[str, int] = {}
    for vector in vectors.values():
        for name in vector:
            counts[name] = counts.get(name, 0) + 1
    rarity = {name: math.log(1 + len(vectors) / count) for name, count in counts.items()}
    db.executemany("INSERT INTO skill_rarity VALUES (?,?)", rarity.items())
    db.executemany(
        "INSERT INTO career_skills VALUES (?,?,?)",
        ((slug, name, weight) for slug, vector in vectors.items() for name, weight in vector.items()),
    )
    db.executemany("INSERT INTO similar VALUES (?,?,?,?)", _nearest(vectors, rarity))


def _nearest(
    vectors: Mapping[str, Mapping[str, float]], rarity: Mapping[str, float]
) -> list[tuple[str, int, str, float]]:
    careers_of: dict[str, list[tuple[str, float]]] = {}
    totals: dict[str, float] = {}
    for slug, vector in vectors.items():
        totals[slug] = sum(weight * rarity[name] for name, weight in vector.items())
        for name, weight in vector.items():
            careers_of.setdefault(name, []).append((slug, weight))
    # What nearly all careers share can't tell them apart, and would cost most of the time.
    telling = {name for name, careers in careers_of.items() if len(careers) < len(vectors) * 0.8}
    rows: list[tuple[str, int, str, float]] = []
    for slug, vector in vectors.items():
        common: dict[str, float] = {}
        for name, weight in vector.items():
            if name in telling:
                rare = rarity[name]
                for other, theirs in careers_of[name]:
                    common[other] = common.get(other, 0.0) + min(weight, theirs) * rare
        common.pop(slug, None)
        own = totals[slug]
        scores = [(amount / (own + totals[other] - amount), other) for other, amount in common.items()]
        scores.sort(key=lambda pair: (-pair[0], pair[1]))
        rows += [(slug, rank, other, round(score, 4)) for rank, (score, other) in enumerate(scores[:MOST_SIMILAR])]
    return rows


def compare(one: Vector, other: Vector) -> SkillOverlap:
    """The overlap of two careers, and what `other` needs that `one` lacks (heaviest first)."""
    shared = {name: min(one[name][0], other[name][0]) for name in one.keys() & other.keys()}
    common = sum(weight * one[name][1] for name, weight in shared.items())
    union = sum(w * r for w, r in one.values()) + sum(w * r for w, r in other.values()) - common
    heaviest = max((weight for weight, _ in other.values()), default=0.0)
    missing = {
        name: weight
        for name, (weight, _) in other.items()
        if weight - one.get(name, (0.0, 0.0))[0] >= _MISSING * heaviest
    }
    telling = {name: weight for name, weight in shared.items() if one[name][1] >= _WORTH_NAMING}
    return SkillOverlap(
        score=common / union if union else 0.0,
        shared=_heaviest(telling or shared),
        missing=_heaviest(missing),
    )


_WORTH_NAMING = math.log(1 + 2)
"""Rarity of a skill of half of all careers: what is commoner goes unnamed, since everybody reads and listens."""


def _heaviest(weights: Mapping[str, float]) -> tuple[WeightedSkill, ...]:
    ordered = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return tuple(WeightedSkill.model_construct(name=name, weight=min(weight, 100.0)) for name, weight in ordered)
