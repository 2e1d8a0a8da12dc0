"""Names in a message by exact longest match: what is natural for a classifier that has no look-up of its own.

At each word the longest window that is a title is taken, then the longest that is a place; a plural counts as its
singular. Three guards that anybody would put in after an hour of use: a single word that the training messages use as
an ordinary word ("lead", "best") is no name unless it is a career's main title and longer than "me"; a place counts
after in, near, around…, and without one of them only where the intent takes places and the place is a large one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from benchmarks.peers.system import NONE, Material

_WORD = re.compile(r"[^\W_]+|[+#]")
_PLACEHOLDER = re.compile(r"\{[a-z]+\}")
_CUES = frozenset("in near around at outside within inside".split())
_LONGEST, _MAIN_TITLE, _LARGE, _COMMON, _SHORT = 8, 80.0, 100_000, 3, 2


def words_of(text: str) -> list[str]:
    """Lower-case words; "C++" is three."""
    return _WORD.findall(text.lower())


class Names:
    """Exact look-up of titles and places."""

    def __init__(self, material: Material) -> None:
        texts = (_PLACEHOLDER.sub(" ", text) for intent, text in material.templates if intent != NONE)
        counts = Counter(word for text in texts for word in words_of(text))
        ordinary = {word for word, count in counts.items() if count >= _COMMON}
        self._placed = frozenset(material.placed)
        self._titles: dict[str, str] = {}
        for spelling, (slug, weight) in sorted(material.titles.items(), key=lambda item: item[1][1]):
            key = " ".join(words_of(spelling))
            if key and (key not in ordinary or (weight >= _MAIN_TITLE and len(key) > _SHORT)):
                self._titles[key] = slug
        self._places: dict[str, tuple[str, float]] = {}
        for spelling, (name, strength) in sorted(material.places.items(), key=lambda item: item[1][1]):
            key = " ".join(words_of(spelling))
            if key and key not in ordinary:
                self._places[key] = (name, strength)

    def titles_by_slug(self) -> dict[str, list[str]]:
        """Each career's spellings, for systems with a look-up of their own; the guard on ordinary words holds."""
        return _turned(self._titles)

    def places_by_name(self) -> dict[str, list[str]]:
        """Each large place's spellings, likewise."""
        return _turned({key: name for key, (name, strength) in self._places.items() if strength >= _LARGE})

    def careers(self, text: str) -> list[tuple[str, float]]:
        """(slug, 1.0) of each career named, in order."""
        found = [target for kind, target, _, _ in self._spans(words_of(text)) if kind == "career"]
        return [(slug, 1.0) for slug in dict.fromkeys(found)]

    def places(self, text: str, intent: str) -> list[tuple[str, float]]:
        """(name, 1.0) of each place named that counts for the intent, in order."""
        words, found = words_of(text), []
        for kind, target, start, _ in self._spans(words):
            if kind == "place":
                name, strength = self._places[target]
                cued = start > 0 and words[start - 1] in _CUES
                if cued or (intent in self._placed and strength >= _LARGE):
                    found.append(name)
        return [(name, 1.0) for name in dict.fromkeys(found)]

    def masked(self, text: str) -> str:
        """The text with each name replaced by a word for its kind."""
        words, parts, at = words_of(text), [], 0
        for kind, _, start, end in self._spans(words):
            parts += [*words[at:start], f"x{kind}x"]
            at = end
        return " ".join([*parts, *words[at:]])

    def _spans(self, words: list[str]) -> Iterator[tuple[str, str, int, int]]:
        at = 0
        while at < len(words):
            for size in range(min(_LONGEST, len(words) - at), 0, -1):
                found = self._named(words[at : at + size])
                if found:
                    yield (*found, at, at + size)
                    at += size
                    break
            else:
                at += 1

    def _named(self, words: list[str]) -> tuple[str, str] | None:
        key = " ".join(words)
        for form in (key, *_singular(key)):
            slug = self._titles.get(form)
            if slug:
                return "career", slug
        return ("place", key) if key in self._places else None


def _turned(names: dict[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, target in names.items():
        if key not in _BREAKS_JAVASCRIPT:
            found.setdefault(target, []).append(key)
    return found


_BREAKS_JAVASCRIPT = frozenset({"constructor"})
"""A property of every JavaScript object: nlp.js keeps its names in one and fails on it."""


def _singular(key: str) -> Iterator[str]:
    if key.endswith("s"):
        yield key[:-1]
        if key.endswith("es"):
            yield key[:-2]
        if key.endswith("ies"):
            yield f"{key[:-3]}y"
