"""Every name that may stand in a message, indexed so that typos cost microseconds.

Exact first: names are sorted by their stems, written together ("backendengineer"), and each has its targets. Fuzzy
only on words that no vocabulary knows: a deletion neighbourhood (Garbe's symmetric delete, on the first eight letters)
gives the few known words within one or two edits, and rapidfuzz's OSA distance decides between them. Measured against
n-grams and full scans in docs/benchmarks.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from bot.normalise import key_of
from bot.texts import SortedTexts, Texts, pack, unpack
from bot.words import (
    CAREER,
    FOREIGN,
    PLACE,
    SUBJECT,
    WORDING,
    allowed_edits,
    deletes,
    lookalikes,
    neighbourhood,
    word_table,
)  # fmt: skip
from knowledge.models import Name

KINDS = ("career", "place", "skill", "topic", "currency")
MAX_PHRASE_TOKENS = 8
EVERYDAY = 80.0
"""From this weight on, a title in another language counts before all other names in messages of that language."""
_CAREER_OR_PLACE = CAREER | PLACE | FOREIGN
_ELSEWHERE = 8
"""How much less likely, in points of similarity, an English message means a small town or a foreign word."""
_SHORTEST_SWAPPED = 3
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST_REPAIRED = 6
"""Words of other languages that are shorter have too many neighbours."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a name may stand for, and how strongly (see knowledge.models.Name.weight)."""

    kind: str
    id: str
    weight: float


@dataclass(frozen=True, slots=True)
class Repair:
    """A known word that an unknown one may be a typo of; score 0 to 100."""

    word: str
    score: float
    domain: int


class Gazetteer:
    """Names → targets, with repair of misspelt words.

    `english` are ordinary words that are never repaired; `domain` maps each known word to its bits (`bot.words`).
    `lookalikes` are ordinary words that are one slip away from a word of a well-known title or
    place ("manger", "angles"): inside a longer name they may stand for it. `seldom` are rarer English words, which are
    slips for well-known words only ("enlarge" is no enlarger).
    """

    def __init__(
        self,
        keys: SortedTexts,
        spaced: Texts,
        shown: Texts,
        offsets: NDArray[np.int32],
        kinds: NDArray[np.uint8],
        targets: Texts,
        meant: NDArray[np.int32],
        weights: NDArray[np.float32],
        english: frozenset[str],
        words: list[str],
        bits: NDArray[np.uint8],
        strength: NDArray[np.uint8],
        hashes: NDArray[np.uint32],
        owners: NDArray[np.int32],
        lookalikes: dict[str, tuple[str, ...]],
        seldom: SortedTexts,
    ) -> None:
        self._keys, self._spaced, self._shown, self._offsets = keys, spaced, shown, offsets
        self._kinds, self._targets, self._meant, self._weights = kinds, targets, meant, weights
        self.english = english
        self._words, self._bits, self._strength = words, bits, strength.tobytes()
        self.domain = dict(zip(words, bits.tolist(), strict=True))
        self._hashes, self._owners = hashes, owners
        self.lookalikes, self._seldom = lookalikes, seldom
        self.tongue = ""
        self.endings: tuple[tuple[str, str], ...] = ()

    def speaking(self, code: str, ordinary: frozenset[str], endings: tuple[tuple[str, str], ...]) -> Gazetteer:
        """The same index for messages in another language.

        Args:
            code: Of the language; its everyday titles come before all other names.
            ordinary: Stems of its ordinary words, in place of the English ones.
            endings: Inflections as (ending, what stands in its place in the basic form).
        """
        local = copy(self)
        local.english, local.tongue, local.endings = ordinary, f"{code}:", endings
        return local

    def inflected(self, word: str) -> list[str]:
        """Basic forms that an inflected word of another language may have and that some name uses."""
        found = [word.removesuffix(ending) + basic for ending, basic in self.endings if word.endswith(ending)]
        # A rule such as "*ae>a" is for any place in the word: "Baecker".
        inside = [(rule[1:], letter) for rule, letter in self.endings if rule[0] == "*"]
        found += [word.replace(letters, letter) for letters, letter in inside if letters in word]
        return [form for form in dict.fromkeys(found) if len(form) > 2 and self.domain.get(form, 0) & _CAREER_OR_PLACE]

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, joined: str) -> int | None:
        """The number of the name whose stems, written together, are these."""
        for key in (f"{self.tongue}{joined}", joined) if self.tongue else (joined,):
            at = self._keys.place(key)
            if at < len(self._keys) and self._keys[at] == key:
                return at
        return None

    def begins(self, joined: str) -> bool:
        """Whether some name begins so, written together."""
        if self.tongue:
            return True  # its everyday titles are kept elsewhere in the order
        return self._keys.begins(joined)

    def spaced(self, number: int) -> str:
        """The name's stems as it writes them, joined by spaces."""
        return self._spaced[number]

    def targets(self, number: int) -> list[Target]:
        """What the name may stand for, strongest first within each kind."""
        start, end = self._offsets[number], self._offsets[number + 1]
        return [self._target(i) for i in range(start, end)]

    def _target(self, at: int) -> Target:
        return Target(KINDS[self._kinds[at]], self._targets[self._meant[at]], float(self._weights[at]))

    def known(self, stem: str) -> bool:
        """Whether the word is in no need of repair."""
        return stem in self.domain or stem in self.english

    def repair(self, word: str, limit: int = 4) -> list[Repair]:
        """Known words that an unknown one may be a typo of, likeliest first."""
        edits = allowed_edits(len(word))
        if not edits or not word.isalpha():
            return []
        letters = sorted(word)
        exists: bool | None = False if self.tongue else None
        hashes = np.fromiter((crc32(entry.encode()) for entry in deletes(word, edits)), np.uint32)
        starts = np.searchsorted(self._hashes, hashes, "left")
        ends = np.searchsorted(self._hashes, hashes, "right")
        owners: set[int] = set()
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            if start < end:
                owners.update(self._owners[start:end].tolist())
        found: list[tuple[float, Repair]] = []
        for owner in owners:
            candidate = self._words[owner]
            distance = OSA.distance(word, candidate, score_cutoff=edits)
            if distance > min(edits, allowed_edits(len(candidate))):
                continue
            bits = int(self._bits[owner])
            if not bits & WORDING and self._strength[owner] < EVERYDAY:
                exists = self._seldom.holds(word) if exists is None else exists
                if exists:
                    continue
            if self.tongue and not (bits & _CAREER_OR_PLACE and len(candidate) >= _SHORTEST_REPAIRED):
                continue
            # Letters in the wrong order are the commonest slip, and the mildest.
            slips = 0.6 * distance if len(candidate) == len(word) and sorted(candidate) == letters else distance
            score = 100.0 * (1 - slips / max(len(word), len(candidate)))
            # A typo seldom hits the first letter, and wordings and careers are likelier than small towns.
            rank = (
                score
                + (4 if word[0] == candidate[0] else -4)
                + (6 if bits & WORDING else 0)
                + self._strength[owner] / 20
            )
            rank += 2 if len(candidate) > len(word) else 0  # letters are lost more often than typed twice
            if not self.tongue and not bits & ~(PLACE | FOREIGN):
                rank -= _ELSEWHERE
            found.append((rank, Repair(candidate, score, bits)))
        found.sort(key=lambda pair: (-pair[0], pair[1].word))
        return [repair for _, repair in found[:limit]]

    def swapped(self, word: str) -> str | None:
        """The word of the intents' wording that a word of three letters is with two neighbours swapped ("pya")."""
        if len(word) != _SHORTEST_SWAPPED:
            return None
        pairs = (word[1] + word[0] + word[2], word[0] + word[2] + word[1])
        return next((pair for pair in pairs if pair != word and self.domain.get(pair, 0) & WORDING), None)

    def lost_letter(self, word: str) -> str | None:
        """The word of the intents' wording that a word of three letters is without one inner letter ("wge")."""
        if len(word) != _SHORTEST_SWAPPED or not word.isalpha():
            return None
        found = sorted(
            candidate
            for at in (1, 2)
            for letter in _LETTERS
            if self.domain.get(candidate := word[:at] + letter + word[at:], 0) & WORDING
        )
        return found[0] if len(found) == 1 else None

    def wrong_letter(self, word: str) -> str | None:
        """The word of the intents' wording that a word of three letters is with one of them changed ("jov")."""
        if len(word) != _SHORTEST_SWAPPED or not word.isalpha():
            return None
        found = {
            candidate
            for at in range(3)
            for letter in _LETTERS
            if self.domain.get(candidate := word[:at] + letter + word[at + 1 :], 0) & WORDING
        }
        return found.pop() if len(found) == 1 else None

    def plain(self, stem: str) -> bool:
        """Whether the word is ordinary English or of an English title, a skill or the intents' wording."""
        return stem in self.english or bool(self.domain.get(stem, 0) & (CAREER | SUBJECT | WORDING))

    def keys_of(self, kind: str, least: float) -> list[str]:
        """What names of a kind and at least some weight are looked up by."""
        wanted = (self._kinds == KINDS.index(kind)) & (self._weights >= least)
        numbers = np.unique(np.searchsorted(self._offsets, np.flatnonzero(wanted), "right") - 1)
        return [key for number in numbers.tolist() if ":" not in (key := self._keys[number])]

    def entries(self, kind: str) -> Iterator[tuple[str, Target]]:
        """All names of a kind as they are shown, with their strongest target (for completion and listing)."""
        for number, at in self.strongest(kind):
            yield self._shown[number], self._target(at)

    def strongest(self, kind: str) -> Iterator[tuple[int, int]]:
        """The same as numbers: of the name, and of its meaning (see `meaning`)."""
        wanted = KINDS.index(kind)
        kinds = self._kinds.tobytes()
        for number, (start, end) in enumerate(pairwise(self._offsets.tolist())):
            at = kinds.find(wanted, start, end)
            if at >= 0 and ":" not in self._keys[number]:  # or it is said again under its language
                yield number, at

    def shown(self, number: int) -> str:
        """The name as it is shown."""
        return self._shown[number]

    def meaning(self, at: int) -> tuple[int, float]:
        """The number of what is meant (see `target_id`), and how strongly."""
        return int(self._meant[at]), float(self._weights[at])

    def target_id(self, number: int) -> str:
        """The identifier of what is meant."""
        return self._targets[number]

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """The index as arrays, for saving."""
        return {
            "keys": self._keys.packed(),
            "spaced": self._spaced.packed(),
            "shown": self._shown.packed(),
            "offsets": self._offsets,
            "kinds": self._kinds,
            "targets": self._targets.packed(),
            "meant": self._meant,
            "weights": self._weights,
            "english": pack(sorted(self.english)),
            "words": pack(self._words),
            "bits": self._bits,
            "strength": np.frombuffer(self._strength, np.uint8),
            "hashes": self._hashes,
            "owners": self._owners,
            "seldom": self._seldom.packed(),
            "lookalikes": pack([" ".join((word, *meant)) for word, meant in sorted(self.lookalikes.items())]),
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, NDArray[np.generic]]) -> Gazetteer:
        """The inverse of `to_arrays`."""
        return cls(
            SortedTexts(arrays["keys"]),
            Texts(arrays["spaced"]),
            Texts(arrays["shown"]),
            arrays["offsets"].astype(np.int32, copy=False),
            arrays["kinds"].astype(np.uint8, copy=False),
            Texts(arrays["targets"]),
            arrays["meant"].astype(np.int32, copy=False),
            arrays["weights"].astype(np.float32, copy=False),
            frozenset(unpack(arrays["english"])),
            unpack(arrays["words"]),
            arrays["bits"].astype(np.uint8, copy=False),
            arrays["strength"].astype(np.uint8, copy=False),
            arrays["hashes"].astype(np.uint32, copy=False),
            arrays["owners"].astype(np.int32, copy=False),
            {word: tuple(meant) for word, *meant in map(str.split, unpack(arrays["lookalikes"]))},
            SortedTexts(arrays["seldom"]),
        )

    @classmethod
    def build(
        cls, names: Iterable[Name], english: frozenset[str], wording: Mapping[str, int], rare: Iterable[str] = (),
        seldom: Iterable[str] = (),
    ) -> Gazetteer:  # fmt: skip
        """Index the names.

        Args:
            names: All of them.
            english: Stems of ordinary words.
            wording: The stems that the intents' training messages use, with how often.
            rare: Those of the ordinary words that are rare enough to be somebody's slip of the finger.
            seldom: Stems of English words that are rarer still, among them names and others' misspellings.
        """
        entries: dict[str, dict[tuple[int, str], float]] = {}
        spaced: dict[str, tuple[float, str, str]] = {}
        kept: list[tuple[Name, str]] = []
        for name in names:
            with_spaces, joined = key_of(name.text)
            kept.append((name, with_spaces))
            if not joined or with_spaces.count(" ") >= MAX_PHRASE_TOKENS:
                continue
            kind = KINDS.index(name.kind)
            for key in _keys_of(name, joined, english):
                targets = entries.setdefault(key, {})
                targets[kind, name.target] = max(targets.get((kind, name.target), 0.0), name.weight)
                if key not in spaced or spaced[key][0] < name.weight:
                    spaced[key] = (name.weight, with_spaces, " ".join(name.text.split()))
        domain, strength = word_table(kept, wording, english, MAX_PHRASE_TOKENS)
        keys = sorted(entries)
        offsets, kinds, target_ids, weights = [0], [], [], []
        for joined in keys:
            ordered = sorted(entries[joined].items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
            for (kind, target), weight in ordered:
                kinds.append(kind)
                target_ids.append(target)
                weights.append(weight)
            offsets.append(len(kinds))
        targets_once = sorted(set(target_ids))
        number_of = {target: number for number, target in enumerate(targets_once)}
        words = sorted(domain)
        hashes, owners = neighbourhood(words)
        return cls(
            SortedTexts(pack(keys)),
            Texts(pack(spaced[joined][1] for joined in keys)),
            Texts(pack(spaced[joined][2] for joined in keys)),
            np.array(offsets, np.int32),
            np.array(kinds, np.uint8),
            Texts(pack(targets_once)),
            np.array([number_of[target] for target in target_ids], np.int32),
            np.array(weights, np.float32),
            english,
            words,
            np.array([domain[word] for word in words], np.uint8),
            np.array([min(strength.get(word, 0), 255) for word in words], np.uint8),
            hashes,
            owners,
            lookalikes(rare, domain, strength),
            SortedTexts(pack(sorted(set(seldom) - domain.keys()))),
        )


def _keys_of(name: Name, joined: str, english: frozenset[str]) -> list[str]:
    """What a name is looked up by: its stems; for everyday titles of other languages also "de:" before them.

    A foreign title that is an ordinary English word ("chef", Dutch "arts") counts in its own language only, and so does
    a short name of a place (Portuguese "Gana" is Ghana, Spanish "gana" earns).
    """
    if not name.is_foreign:
        return [joined]
    short = name.kind == "place" and len(joined) < _SHORTEST_REPAIRED
    keys = [] if joined in english or short else [joined]
    if name.weight >= EVERYDAY or not keys:
        keys += [f"{code}:{joined}" for code in name.languages.split()]
    return keys
