"""Completing careers, places, skills and topics while somebody types: prefix first, then fuzzy."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from bot.gazetteer import KINDS, Gazetteer
from bot.normalise import fold, stem

_MOST_OFFERED = 100
_MOST_SCANNED = 4_000
_MORE_FROM = 3
"""Letters typed before names that begin otherwise, and misspellings, are looked for as well."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name as it is shown, how strongly it means its target, and the target."""

    shown: str
    weight: float
    target: str


class Completion:
    """Names sorted for prefix search; strongest first among those that begin alike, one name a target.

    Each kind's list is made at its first use: most sessions never complete anything.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._kinds: dict[str, tuple[list[str], dict[str, Entry]]] = {}
        self._best: dict[str, list[str]] = {}

    def warm(self) -> None:
        """Make the lists of careers and places now, so that the first person to type doesn't wait for them."""
        for kind in ("career", "place"):
            self.complete(kind, "")

    def _kind(self, kind: str) -> tuple[list[str], dict[str, Entry]]:
        if kind not in self._kinds:
            entries: dict[str, Entry] = {}
            for shown, target in self._gazetteer.entries(kind) if kind in KINDS else ():
                folded = fold(shown)
                if folded not in entries or entries[folded].weight < target.weight:
                    entries[folded] = Entry(shown, target.weight, target.id)
            self._kinds[kind] = (sorted(entries), entries)
        return self._kinds[kind]

    def complete(self, kind: str, prefix: str, limit: int = 25) -> list[str]:
        """Up to `limit` names of a kind for what has been typed so far; the best known for an empty prefix.

        First the names that begin so, then those with a word that begins so, then the same with typos repaired.
        """
        typed = fold(prefix.strip())
        if not typed:
            if kind not in self._best:
                self._best[kind] = _distinct(self._beginning(kind, ""), _MOST_OFFERED)
            return self._best[kind][:limit]
        entries = self._beginning(kind, typed)
        names = _distinct(entries, limit)
        if len(names) < limit and len(typed) >= _MORE_FROM:
            entries += self._containing(kind, typed)
            names = _distinct(entries, limit)
        if len(names) < limit and len(typed) >= _MORE_FROM and (mended := self._mended(typed)) != typed:
            entries += [*self._beginning(kind, mended), *self._containing(kind, mended)]
            names = _distinct(entries, limit)
        return names

    def _beginning(self, kind: str, typed: str) -> list[Entry]:
        keys, entries = self._kind(kind)
        found: list[Entry] = []
        for key in keys[bisect_left(keys, typed) :]:
            if not key.startswith(typed) or (typed and len(found) >= _MOST_SCANNED):
                break
            found.append(entries[key])
        return sorted(found, key=_strongest)

    def _containing(self, kind: str, typed: str) -> list[Entry]:
        keys, entries = self._kind(kind)
        inside = f" {typed}"
        return sorted((entries[key] for key in keys if inside in key), key=_strongest)

    def _mended(self, typed: str) -> str:
        words = typed.split()
        for at, word in enumerate(words):
            if not self._gazetteer.known(stem(word)) and (repairs := self._gazetteer.repair(stem(word), 1)):
                words[at] = repairs[0].word
        return " ".join(words)


def _strongest(entry: Entry) -> tuple[float, int, str]:
    return (-entry.weight, len(entry.shown), entry.shown)


def _distinct(entries: Iterable[Entry], limit: int) -> list[str]:
    """The first name of each target."""
    names: dict[str, str] = {}
    for entry in entries:
        if len(names) >= limit:
            break
        names.setdefault(entry.target, entry.shown)
    return list(names.values())
