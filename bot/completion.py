"""Completing careers, places, skills and topics while somebody types: prefix first, then fuzzy."""

from __future__ import annotations

from bisect import bisect_left

from rapidfuzz import fuzz, process

from bot.gazetteer import KINDS, Gazetteer
from bot.normalise import fold


class Completion:
    """Names as they are shown, sorted for prefix search; strongest first among those that begin alike.

    Each kind's list is made at its first use: most sessions never complete anything.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._kinds: dict[str, tuple[list[str], dict[str, tuple[str, float]]]] = {}

    def _kind(self, kind: str) -> tuple[list[str], dict[str, tuple[str, float]]]:
        if kind not in self._kinds:
            entries: dict[str, tuple[str, float]] = {}
            if kind in KINDS:
                for shown, target in self._gazetteer.entries(kind):
                    folded = fold(shown)
                    if folded not in entries or entries[folded][1] < target.weight:
                        entries[folded] = (shown, target.weight)
            self._kinds[kind] = (sorted(entries), entries)
        return self._kinds[kind]

    def complete(self, kind: str, prefix: str, limit: int = 25) -> list[str]:
        """Up to `limit` names of a kind for what has been typed so far; the best known for an empty prefix."""
        keys, entries = self._kind(kind)
        typed = fold(prefix.strip())
        start = bisect_left(keys, typed)
        found: list[str] = []
        for key in keys[start:]:
            if not key.startswith(typed) or len(found) >= (len(keys) if not typed else 4000):
                break
            found.append(key)
        found.sort(key=lambda key: (-entries[key][1], key))
        if len(found) < limit and len(typed) > 2:
            near = process.extract(typed, keys, scorer=fuzz.WRatio, limit=limit, score_cutoff=78)
            found += [key for key, _, _ in near if key not in set(found)]
        return [entries[key][0] for key in found[:limit]]
