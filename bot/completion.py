"""Completing careers, places, skills and topics while somebody types: prefix first, then fuzzy."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class Shelf:
    """A kind's names by their folded spelling, in columns: as one object a name they took three times the memory."""

    keys: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    weights: array[float] = field(default_factory=lambda: array("d"))

    def entry(self, at: int) -> Entry:
        """The name at a position."""
        return Entry(self.shown[at], self.weights[at], self.targets[at])


class Completion:
    """Names sorted for prefix search; strongest first among those that begin alike, one name a target.

    Each kind's list is made at its first use: most sessions never complete anything.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._kinds: dict[str, Shelf] = {}
        self._best: dict[str, list[str]] = {}

    def warm(self) -> None:
        """Make the lists of careers and places now, so that the first person to type doesn't wait for them."""
        for kind in ("career", "place"):
            self.complete(kind, "")

    def _kind(self, kind: str) -> Shelf:
        if kind not in self._kinds:
            found = self._gazetteer.entries(kind) if kind in KINDS else ()
            # The heaviest name of a spelling comes first and is the one that is kept.
            names = sorted(
                ((fold(shown), -target.weight, at, shown, target.id) for at, (shown, target) in enumerate(found))
            )
            shelf = Shelf()
            for key, weight, _, shown, target in names:
                if not shelf.keys or shelf.keys[-1] != key:
                    shelf.keys.append(key)
                    shelf.shown.append(shown)
                    shelf.targets.append(target)
                    shelf.weights.append(-weight)
            self._kinds[kind] = shelf
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
        shelf = self._kind(kind)
        found: list[Entry] = []
        for at in range(bisect_left(shelf.keys, typed), len(shelf.keys)):
            if not shelf.keys[at].startswith(typed) or (typed and len(found) >= _MOST_SCANNED):
                break
            found.append(shelf.entry(at))
        return sorted(found, key=_strongest)

    def _containing(self, kind: str, typed: str) -> list[Entry]:
        shelf = self._kind(kind)
        inside = f" {typed}"
        return sorted((shelf.entry(at) for at, key in enumerate(shelf.keys) if inside in key), key=_strongest)

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
