"""How relevant a course or book is: a number from 0 to 1 that can be explained, and a list that is not all the same.

For a career. Each of its most important skills s weighs w(s), from 0 to 1 relative to the heaviest. A resource r
teaches s with a strength t(r, s): 1 where its title names it; 0.7 where only the heading above it does, shared among
several tags; half of that where it teaches a part of it (PostgreSQL is a part of SQL). A resource named after the
career's whole field (data engineering) teaches that with weight 1, and 0.9 below stands for 0.75. Then

    taught(r)    = 1 - product over s of (1 - 0.75 * w(s) * t(r, s))
    relevance(r) = taught(r) * focus(r) * quality(r)

so that every further skill adds, and adds less. `focus` takes 0.05 for each word of the title that says something else
and 0.15 more for each subject in it that the career doesn't need (a part of one that it needs, or what that is a part
of, is no such subject), at most 0.4 in all. `quality` is what the entry itself gives away (`teaching.quality_of`): an
archived or unencrypted address, an old year, a single video, reference material, a title that is a bare name. Nothing
below LEAST is shown: no list is better than a list of near misses.

For one or several subjects that are asked for, taught(r) is the mean of its strengths in them.

A list is picked one by one. Every pick leaves less need of what it teaches (by REPEATS), so that the second SQL course
competes with the first on Spark, and a career's list ends where a further one would add little. The same title by
another provider counts as the same. The picks are then shown by relevance.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from knowledge.teaching import BY_PART, MOST_LOST, PER_OTHER_SUBJECT, PER_WORD, Teaching
from knowledge.words import fold, words_of

SHARE = 0.75
"""How much of the need for the most important skill one resource that teaches it covers."""
SHARE_OF_FIELD = 0.9
"""The same for a resource on the career's whole field."""
LEAST = 0.2
"""The least relevance that is shown."""
WORTH_ADDING = 0.1
"""What a resource must still add to a career's list; it ends where none does: no ten courses on one minor skill."""
REPEATS = 0.4
"""How much of a skill's need a resource that teaches it takes from the rest of the list."""
REPEATS_OF_FIELD = 0.2
"""The same for the career's whole field: a second course on all of it is still one on all of it."""


@dataclass(frozen=True, slots=True)
class Need:
    """A subject that is looked for.

    Attributes:
        subject: Its number.
        weight: 0 to 1, relative to the heaviest.
        name: How the career calls it; what an answer says is covered.
        counted: Whether it is one of the career's skills.
        field: Whether it is the career's whole field.
    """

    subject: int
    weight: float
    name: str
    counted: bool = True
    field: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resource to be ranked: what it teaches, how many words of its title say something, its quality."""

    number: int
    title: str
    content: int
    quality: float
    teaches: tuple[Teaching, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its relevance and the needs that it covers, heaviest first."""

    candidate: Candidate
    relevance: float
    covers: tuple[Need, ...]
    whole_field: bool = False


def rank(
    candidates: Sequence[Candidate],
    needs: Sequence[Need],
    limit: int,
    related: Collection[int] = (),
    *,
    every: bool = False,
) -> list[Ranked]:
    """The best `limit` candidates for some needs, varied, by relevance.

    Args:
        candidates: What there is.
        needs: What is looked for.
        limit: The most that are returned.
        related: Subjects that do no harm in a title, though nobody looks for them.
        every: Whether all needs were asked for, so that the list need not spread over them nor end early.
    """
    wanted = {need.subject: need for need in needs}
    weighed = [_weigh(candidate, wanted, related, every=every) for candidate in candidates]
    kept = [entry for entry in weighed if entry.relevance >= LEAST]
    kept.sort(key=lambda entry: (-entry.relevance, entry.candidate.title, entry.candidate.number))
    return _varied(kept, wanted, limit, 0.0 if every else WORTH_ADDING)


def _weigh(candidate: Candidate, wanted: Mapping[int, Need], related: Collection[int], *, every: bool) -> Ranked:
    missing, strength = 1.0, 0.0
    explained = others = 0
    covers: list[Need] = []
    whole = False
    for teaching in candidate.teaches:
        need = wanted.get(teaching.subject)
        if need is not None:
            missing *= 1 - (SHARE_OF_FIELD if need.field else SHARE) * need.weight * teaching.strength
            strength += teaching.strength
            explained += teaching.words
            if teaching.strength >= BY_PART:
                covers.append(need)
            whole = whole or (need.field and teaching.words > 0)
        elif teaching.words:
            if teaching.subject in related:
                explained += teaching.words
            else:
                others += 1
    covers.sort(key=lambda need: (-need.weight, need.name))
    lost = PER_WORD * max(0, candidate.content - explained) + PER_OTHER_SUBJECT * others
    taught = strength / len(wanted) if every else 1 - missing
    relevance = taught * (1 - min(MOST_LOST, lost)) * candidate.quality
    return Ranked(candidate, round(relevance, 4), tuple(covers), whole)


def _varied(ranked: Sequence[Ranked], wanted: Mapping[int, Need], limit: int, least: float) -> list[Ranked]:
    need = dict.fromkeys(wanted, 1.0)
    left = list(ranked)
    titles: set[str] = set()
    picked: list[Ranked] = []
    while left and len(picked) < limit:
        best, best_worth = None, least
        for position, entry in enumerate(left):
            if entry.relevance <= best_worth:
                break  # sorted: nothing further down can be worth more
            worth = entry.relevance * _freshness(entry, wanted, need)
            if worth > best_worth:
                best, best_worth = position, worth
        if best is None:
            break
        entry = left.pop(best)
        title = " ".join(sorted({fold(word) for word in words_of(entry.candidate.title)}))
        if title in titles:
            continue
        titles.add(title)
        picked.append(entry)
        for teaching in entry.candidate.teaches:
            if teaching.subject in need:
                repeats = REPEATS_OF_FIELD if wanted[teaching.subject].field else REPEATS
                need[teaching.subject] *= 1 - repeats * teaching.strength
    picked.sort(key=lambda entry: (-entry.relevance, entry.candidate.title, entry.candidate.number))
    return picked


def _freshness(entry: Ranked, wanted: Mapping[int, Need], need: Mapping[int, float]) -> float:
    """How much of what a resource teaches is still needed after the earlier picks, 0 to 1."""
    whole = left = 0.0
    for teaching in entry.candidate.teaches:
        if teaching.subject in wanted:
            share = wanted[teaching.subject].weight * teaching.strength
            whole += share
            left += share * need[teaching.subject]
    return left / whole if whole else 0.0
