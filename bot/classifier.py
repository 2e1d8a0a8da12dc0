"""The intent classifier: a table of weights, read at run time with NumPy alone.

A linear support vector machine with calibrated margins (decision 3) over TF-IDF features (`bot.features`), trained by
`bot.training` when the knowledge is built. `explain` says which features spoke for an intent, word by word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.features import phrases, spelling
from bot.texts import Texts, Vocabulary, pack, unpack

_MOST_SPELLINGS = 20_000


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities by intent, likeliest first."""

    ranked: tuple[tuple[str, float], ...]

    @property
    def best(self) -> str:
        """The likeliest intent."""
        return self.ranked[0][0]

    @property
    def confidence(self) -> float:
        """Its probability."""
        return self.ranked[0][1]

    @property
    def runner_up(self) -> str:
        """The second likeliest."""
        return self.ranked[1][0]

    @property
    def margin(self) -> float:
        """How far ahead the likeliest is."""
        return self.ranked[0][1] - self.ranked[1][1]

    def moved(self, source: str, target: str) -> Scores:
        """The same with one intent's probability given to another."""
        if source == target:
            return self
        amount = self.of(source)
        shifted = [(name, 0.0 if name == source else score + amount * (name == target)) for name, score in self.ranked]
        return Scores(tuple(sorted(shifted, key=lambda pair: -pair[1])))

    def of(self, intent: str) -> float:
        """The probability of one intent, 0 for an unknown one."""
        return next((score for name, score in self.ranked if name == intent), 0.0)


class Classifier:
    """Weights of each feature for each intent."""

    def __init__(
        self, vocabulary: Vocabulary, weights: NDArray[np.float32], bias: NDArray[np.float32],
        idf: NDArray[np.float32], labels: list[str],
    ) -> None:  # fmt: skip
        self._spellings: dict[str, list[int]] = {}
        self._vocabulary, self._weights, self._bias, self._idf, self.labels = (
            vocabulary,
            weights,
            bias,
            idf,
            labels,
        )

    def scores(self, words: Sequence[str]) -> Scores:
        """Probabilities for a masked message; an empty one is "none"."""
        numbers, values = self._vector(words)
        logits = self._bias + (values @ self._weights[numbers] if len(numbers) else 0.0)
        logits = logits - logits.max()
        odds = np.exp(logits)
        odds /= odds.sum()
        order = np.argsort(-odds, kind="stable")
        return Scores(tuple((self.labels[i], float(odds[i])) for i in order))

    def explain(self, words: Sequence[str], intent: str, limit: int = 8) -> list[tuple[str, float]]:
        """The features that spoke most for an intent: (feature, contribution to its log-odds)."""
        numbers, values = self._vector(words)
        if not len(numbers):
            return []
        column = self.labels.index(intent)
        contributions = values * (self._weights[numbers, column] - self._weights[numbers].mean(axis=1))
        order = np.argsort(-contributions)[:limit]
        return [
            (self._vocabulary.texts[int(numbers[i])], float(contributions[i])) for i in order if contributions[i] > 0
        ]

    def _vector(self, words: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        counts = Counter(self._vocabulary.numbers(phrases(words)))
        for word in words:
            counts.update(self._spelling(word))
        if not counts:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        numbers = np.fromiter(counts.keys(), np.int64, len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self._idf[numbers]
        return numbers, (values / np.sqrt((values * values).sum())).astype(np.float32)

    def _spelling(self, word: str) -> list[int]:
        """The numbers of a word's character n-grams; most messages are made of the same few thousand words."""
        found = self._spellings.get(word)
        if found is None:
            if len(self._spellings) >= _MOST_SPELLINGS:
                self._spellings.clear()
            found = self._spellings[word] = self._vocabulary.numbers(spelling(word))
        return found

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """The model as arrays, for saving."""
        return {
            "vocabulary": self._vocabulary.texts.packed(), "slots": self._vocabulary.slots, "labels": pack(self.labels),
            "model_weights": self._weights, "bias": self._bias, "idf": self._idf,
        }  # fmt: skip

    @classmethod
    def from_arrays(cls, arrays: dict[str, NDArray[np.generic]]) -> Classifier:
        """The inverse of `to_arrays`."""
        return cls(
            Vocabulary(Texts(arrays["vocabulary"]), arrays["slots"]),
            arrays["model_weights"].astype(np.float32, copy=False),
            arrays["bias"].astype(np.float32, copy=False), arrays["idf"].astype(np.float32, copy=False),
            unpack(arrays["labels"]),
        )  # fmt: skip
