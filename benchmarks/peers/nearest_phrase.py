"""Plain `rapidfuzz.process.extractOne`: the nearest training message tells the intent, the nearest title the career.

Over all messages and, where the message isn't out of scope, all titles, and all places where the intent takes them.
"wratio" is the default scorer for all three. "token" takes the scorers that do best: token_sort_ratio for messages and
token_set_ratio, which looks for a name inside the text, for titles and places (of equals the weightiest name wins).
Choices are lower-cased and stripped of punctuation beforehand, not at each call.
"""

from __future__ import annotations

from benchmarks.peers.system import NONE, Found, Material


class NearestPhrase:
    """All phrases, titles and places, and how they are compared."""

    def __init__(self, material: Material, variant: str) -> None:
        from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - in the peer's environment

        self._nearest, self._process = process.extractOne, utils.default_process
        plain = variant == "wratio"
        self._by_phrase = fuzz.WRatio if plain else fuzz.token_sort_ratio
        self._by_name = fuzz.WRatio if plain else fuzz.token_set_ratio
        self._placed = frozenset(material.placed)
        self._intents = [intent for intent, _ in material.messages]
        self._phrases = [self._process(text) for _, text in material.messages]
        self._titles = self._strongest(material.titles)
        self._places = self._strongest(material.places)

    def _strongest(self, names: dict[str, tuple[str, float]]) -> tuple[list[str], list[str]]:
        ordered = sorted(names.items(), key=lambda item: (-item[1][1], item[0]))
        return [self._process(spelling) for spelling, _ in ordered], [target for _, (target, _) in ordered]

    def answer(self, text: str) -> Found:
        """Nearest phrase, title and place."""
        asked = self._process(text)
        nearest = self._nearest(asked, self._phrases, scorer=self._by_phrase)
        if nearest is None:
            return Found([NONE], 0.0)
        intent = self._intents[nearest[2]]
        found = Found([intent], nearest[1])
        if intent != NONE:
            found.careers = self._named(asked, self._titles)
            found.places = self._named(asked, self._places) if intent in self._placed else []
        return found

    def _named(self, asked: str, names: tuple[list[str], list[str]]) -> list[tuple[str, float]]:
        nearest = self._nearest(asked, names[0], scorer=self._by_name)
        return [(names[1][nearest[2]], nearest[1])] if nearest else []

    def megabytes(self) -> None:
        """It lives in the worker."""


def build(material: Material, variant: str) -> NearestPhrase:
    """Nothing is indexed: that is the point of it."""
    return NearestPhrase(material, variant)
