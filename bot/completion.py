"""Completing careers, places, skills and topics while somebody types: prefix first, then fuzzy.

Every keystroke of everybody comes here, so that nothing is looked at name by name: names that begin so are a range of a
sorted list, names with a word that begins so are a range of the sorted beginnings of all words.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

from bot.gazetteer import KINDS, Gazetteer
from bot.normalise import fold, stem

_MOST_OFFERED = 100
_MORE_FROM = 3
"""Letters typed before names that begin otherwise, and misspellings, are looked for as well."""
_GAP = re.compile(b" ")
_SORTED_BY = 24
"""Bytes by which the beginnings of words are sorted."""
_LAST = b"\xff"
"""Sorts after every letter in UTF-8, whose order is that of the letters."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one kind, in the order of the alphabet.

    Attributes:
        numbers, targets: The number of each name in the gazetteer, and of what it means.
        ranks: The place of each name among all: the more strongly it means its target, the earlier; then the shorter.
        text, lines: All names as they are compared, in UTF-8, a line each, and where each begins.
        words: Where words begin in the text, but for each name's first, sorted by their letters.
    """

    numbers: Sequence[int]
    targets: Sequence[int]
    ranks: Sequence[int]
    text: bytes
    lines: Sequence[int]
    words: Sequence[int]

    def beginning(self, typed: bytes) -> Iterable[int]:
        """The names that begin so."""
        key = partial(_letters, self.text, most=len(typed) + 1)
        return range(bisect_left(self.lines, typed, key=key), bisect_left(self.lines, typed + _LAST, key=key))

    def containing(self, typed: bytes) -> list[int]:
        """The names with a later word that begins so."""
        begins, key = typed[:_SORTED_BY], partial(_letters, self.text)
        found = self.words[bisect_left(self.words, begins, key=key) : bisect_left(self.words, begins + _LAST, key=key)]
        found = [at for at in found if self.text.startswith(typed, at)]
        return list(dict.fromkeys(bisect_right(self.lines, at) - 1 for at in found))

    def best(self, found: Iterable[int]) -> list[int]:
        """The names in order, strongest first."""
        return sorted(found, key=self.ranks.__getitem__)


class Completion:
    """Names sorted for prefix search; strongest first among those that begin alike, one name a target.

    Each kind's list is made at its first use: most sessions never complete anything.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._kinds: dict[str, Names] = {}
        self._best: dict[str, list[str]] = {}

    def warm(self) -> None:
        """Make the lists of careers and places now, so that the first person to type doesn't wait for them."""
        for kind in ("career", "place"):
            self.complete(kind, "")

    def _names(self, kind: str) -> Names:
        if kind not in self._kinds:
            self._kinds[kind] = self._sorted(kind)
        return self._kinds[kind]

    def _sorted(self, kind: str) -> Names:
        strongest: dict[str, tuple[float, int, int]] = {}
        for number, at in self._gazetteer.strongest(kind) if kind in KINDS else ():
            folded = fold(self._gazetteer.shown(number))
            target, weight = self._gazetteer.meaning(at)
            if folded not in strongest or strongest[folded][0] < weight:
                strongest[folded] = (weight, number, target)
        keys = sorted(strongest)
        entries = [strongest[key] for key in keys]

        def first(at: int) -> tuple[float, int, str]:
            shown = self._gazetteer.shown(entries[at][1])
            return (-entries[at][0], len(shown), shown)

        ranks = array("I", bytes(array("I").itemsize * len(keys)))
        for rank, at in enumerate(sorted(range(len(keys)), key=first)):
            ranks[at] = rank
        lengths = (len(key.encode()) + 1 for key in keys)
        text = "".join(f"{key}\n" for key in keys).encode()
        lines = array("I", [0, *accumulate(lengths)][: len(keys)])
        words = sorted((found.end() for found in _GAP.finditer(text)), key=partial(_letters, text))
        numbers, targets = array("I", [entry[1] for entry in entries]), array("I", [entry[2] for entry in entries])
        return Names(numbers, targets, ranks, text, lines, array("I", words))

    def complete(self, kind: str, prefix: str, limit: int = 25) -> list[str]:
        """Up to `limit` names of a kind for what has been typed so far; the best known for an empty prefix.

        First the names that begin so, then those with a word that begins so, then the same with typos repaired.
        """
        names, typed = self._names(kind), fold(prefix.strip())
        if not typed:
            if kind not in self._best:
                self._best[kind] = self._distinct(names, names.best(names.beginning(b"")), _MOST_OFFERED)
            return self._best[kind][:limit]
        begun = typed.encode()
        found = names.best(names.beginning(begun))
        offered = self._distinct(names, found, limit)
        if len(offered) < limit and len(typed) >= _MORE_FROM:
            found += names.best(names.containing(begun))
            offered = self._distinct(names, found, limit)
        if len(offered) < limit and len(typed) >= _MORE_FROM and (mended := self._mended(typed)) != typed:
            begun = mended.encode()
            found += [*names.best(names.beginning(begun)), *names.best(names.containing(begun))]
            offered = self._distinct(names, found, limit)
        return offered

    def _distinct(self, names: Names, found: Iterable[int], limit: int) -> list[str]:
        """The first name of each target."""
        offered: dict[int, int] = {}
        for at in found:
            if len(offered) >= limit:
                break
            offered.setdefault(names.targets[at], names.numbers[at])
        return [self._gazetteer.shown(number) for number in offered.values()]

    def _mended(self, typed: str) -> str:
        words = typed.split()
        for at, word in enumerate(words):
            if not self._gazetteer.known(stem(word)) and (repairs := self._gazetteer.repair(stem(word), 1)):
                words[at] = repairs[0].word
        return " ".join(words)


def _letters(text: bytes, at: int, most: int = _SORTED_BY) -> bytes:
    return text[at : at + most]
