"""Misses that are alike, put together: a curator sees "pay of code monkeys" once, with how often it was asked."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from rapidfuzz import fuzz, process

from bot.community_curation import Miss, MissGroup
from bot.normalise import key_of

ALIKE = 84.0
"""Least similarity (0 to 100, words in any order) of a miss to the commonest wording of its group."""
MOST_MISSES = 5_000
"""So many of the newest misses are looked at."""
_HALF_LIFE = 7.0
"""Days in which a miss loses half its weight in the order."""
_MOST_WORDINGS = 5


def grouped(misses: Iterable[Miss], now: datetime, limit: int = 50) -> list[MissGroup]:
    """Groups of misses: many and new ones first.

    Each different wording joins the group whose commonest wording it is most like, commonest wordings first, so that
    the groups don't depend on the order of the misses.
    """
    by_key: dict[str, list[Miss]] = {}
    for miss in misses:
        by_key.setdefault(_key(miss), []).append(miss)
    leaders: list[str] = []
    members: dict[str, list[Miss]] = {}
    for key in sorted(by_key, key=lambda key: (-len(by_key[key]), key)):
        found = process.extractOne(key, leaders, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE) if leaders else None
        if found is None:
            leaders.append(key)
            members[key] = by_key[key]
        else:
            members[found[0]] = members[found[0]] + by_key[key]
    groups = sorted(members.values(), key=lambda group: -_weight(group, now))
    return [_group(group) for group in groups[:limit]]


def _key(miss: Miss) -> str:
    """What likeness goes by: the stems, or without a text what the answer was about."""
    return key_of(miss.text)[0] or " ".join((miss.intent, *miss.careers)) or miss.kind


def _weight(group: Sequence[Miss], now: datetime) -> float:
    days = (max((now - miss.at).total_seconds(), 0.0) / 86_400 for miss in group)
    return math.fsum(math.pow(0.5, age / _HALF_LIFE) for age in days)


def _group(group: Sequence[Miss]) -> MissGroup:
    newest = max(group, key=lambda miss: (miss.at, miss.ident))
    wordings = Counter(miss.text for miss in group if miss.text)
    picks = Counter((miss.intent, miss.careers) for miss in group if miss.kind == "picked" and miss.intent)
    return MissGroup(
        ident=newest.ident,
        text=newest.text or f"({newest.intent or 'unknown'}: {', '.join(newest.careers) or 'no career'})",
        count=len(group),
        newest=newest.at,
        kinds=tuple(sorted({miss.kind for miss in group})),
        wordings=tuple(text for text, _ in wordings.most_common(_MOST_WORDINGS)),
        comments=tuple(dict.fromkeys(miss.comment for miss in group if miss.comment))[:_MOST_WORDINGS],
        misses=tuple(sorted(miss.ident for miss in group)),
        suggested=picks.most_common(1)[0][0] if picks else None,
    )
