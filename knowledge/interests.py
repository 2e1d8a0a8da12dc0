"""From what people like, in everyday words, to skills, topics and RIASEC interests.

The table `interests.tsv` is hand-written: word, skills, topics, RIASEC letters. RIASEC are Holland's six interests:
Realistic, Investigative, Artistic, Social, Enterprising, Conventional; O*NET rates each occupation on them from 1 to 7.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

RIASEC = {
    "R": "Realistic", "I": "Investigative", "A": "Artistic", "S": "Social", "E": "Enterprising", "C": "Conventional",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Interest:
    """What an everyday word points to."""

    skills: tuple[str, ...]
    topics: tuple[str, ...]
    letters: str


class Interests:
    """The hand-written table of interests."""

    def __init__(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        self._by_word = {
            word.casefold(): Interest(
                tuple(s for s in skills.split("|") if s), tuple(t for t in topics.split("|") if t), letters
            )
            for words, skills, topics, letters in rows
            for word in words.split("|")
        }

    def find(self, phrase: str) -> list[Interest]:
        """The interests that a phrase names, word by word ("working with kids" → kids)."""
        folded = phrase.casefold()
        if folded in self._by_word:
            return [self._by_word[folded]]
        found = []
        for word in folded.replace("-", " ").split():
            for form in (word, word.rstrip("s"), f"{word}s", word.removesuffix("ing")):
                if form in self._by_word:
                    found.append(self._by_word[form])
                    break
        return found
