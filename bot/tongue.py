"""Which language a message is in, and what reading it takes: its ordinary words, its small words, its endings.

Evidence are words: how often each is used in English and in seven other languages (word frequencies, looked up when the
understanding is built). A message is read as another language only where that is ten thousands of times likelier than
English, so names in an English question ("nurse pay in Los Angeles") change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.classifier import Classifier
from bot.falsefriends import NOT_PLACES, NOT_TITLES
from bot.gazetteer import Gazetteer
from bot.glossary import ENDINGS, GLOSSES
from bot.normalise import Token, apart, fold, stem, tokenise
from bot.spotting import Span, Spotted
from bot.texts import Texts, Vocabulary

LANGUAGES = ("de", "es", "fr", "it", "nl", "pl", "pt")
_ALL = ("en", *LANGUAGES)
_COMMONEST = 8_000
"""So many words of each language are known."""
_ORDINARY = 3.6
"""Zipf frequency (10^3.6 in a thousand million words) from which a word is ordinary in its language."""
_RARE = 1.5
"""Zipf frequency that stands for all rarer ones."""
_FOREIGN = 1.5
"""A word that training messages of a language use, and English so much less often, tells the language by itself."""
_SCALE = 30.0
MARGIN = 3.0
"""A message is in another language where its words are 10^3 times likelier there than in English."""
_STAYS = 1.0
"""A conversation stays in its language unless another is 10 times likelier."""


def words_of(cleaned: str) -> list[Token]:
    """The tokens of a cleaned text, with French and Italian elisions taken apart ("d'infirmière" are two words)."""
    return tokenise(apart(cleaned))


def glossed(tokens: Sequence[Token], code: str) -> list[Token]:
    """The tokens with the small words of a language read as English ones; stems stay, so names are found as typed."""
    glosses = GLOSSES.get(code)
    if not glosses:
        return list(tokens)
    return [replace(token, word=glosses[token.word]) if token.word in glosses else token for token in tokens]


def trusted(spotted: Spotted, code: str) -> Spotted:
    """What was spotted in a message of a language, without its false friends.

    An ordinary word of the language that is a place elsewhere is one only with a capital inside a sentence and after
    "in" ("ein Koch in Zug"); one that is a title elsewhere only in capitals.
    """
    places, titles = NOT_PLACES.get(code), NOT_TITLES.get(code)
    if not places or not titles or not spotted.spans:
        return spotted

    def meant(span: Span) -> bool:
        token = spotted.tokens[span.start]
        if span.end - span.start > 1:
            return True
        if span.kind == "place" and fold(token.text) in places:
            return span.cued and token.text[:1].isupper()
        return span.kind != "career" or fold(token.text) not in titles or token.text.isupper()

    return replace(spotted, spans=tuple(span for span in spotted.spans if meant(span)))


class Tongues:
    """Word frequencies in eight languages, and the intent classifier of the seven that aren't English."""

    def __init__(self, words: Vocabulary, zipf: NDArray[np.uint8], classifier: Classifier) -> None:
        self._words, self._zipf, self.classifier = words, zipf, classifier

    def of(self, tokens: Sequence[Token], likely: str = "") -> str:
        """The language of a message, "" for English and wherever it isn't clear.

        Args:
            tokens: Its words.
            likely: What the conversation was in so far; a message without evidence against it is in that too.
        """
        numbers = [number for token in tokens if (number := self._number(token)) is not None]
        if not numbers:
            return likely
        totals = (self._zipf[numbers].sum(axis=0, dtype=np.int64) / _SCALE).tolist()
        best = max(range(len(_ALL)), key=totals.__getitem__)
        if likely and totals[_ALL.index(likely)] >= totals[best] - _STAYS:
            return likely
        return _ALL[best] if best and totals[best] - totals[0] >= MARGIN else ""

    def _number(self, token: Token) -> int | None:
        found = self._words.number(token.text.lower())
        return self._words.number(token.word) if found is None else found

    def ordinary(self, code: str) -> frozenset[str]:
        """Stems of the ordinary words of a language."""
        column = self._zipf[:, _ALL.index(code)]
        found = [self._words.texts[number] for number in np.flatnonzero(column >= _ORDINARY * _SCALE).tolist()]
        return frozenset(found).union(stem(word) for word in found)

    def gazetteer(self, everywhere: Gazetteer, code: str) -> Gazetteer:
        """The names as a message in that language means them."""
        return everywhere.speaking(code, self.ordinary(code), ENDINGS[code])

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """The tables as arrays, for saving."""
        return {
            "tongue_words": self._words.texts.packed(),
            "tongue_words_slots": self._words.slots,
            "tongue_zipf": self._zipf,
            **{f"tongue_{name}": array for name, array in self.classifier.to_arrays().items()},
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Tongues:
        """The inverse of `to_arrays`."""
        classifier = {
            name.removeprefix("tongue_"): array for name, array in arrays.items() if name.startswith("tongue_")
        }
        words = Vocabulary(Texts(arrays["tongue_words"]), arrays["tongue_words_slots"])
        return cls(words, arrays["tongue_zipf"].astype(np.uint8, copy=False), Classifier.from_arrays(classifier))


def frequencies(also: Mapping[str, set[str]]) -> tuple[Vocabulary, NDArray[np.uint8]]:
    """Words and their frequencies in all eight languages; `also` are words to know, by language, however rare."""
    from wordfreq import top_n_list, zipf_frequency  # noqa: PLC0415 - only building needs it

    spellings: dict[str, set[str]] = {}
    for code in _ALL:
        for word in (*top_n_list(code, _COMMONEST), *also.get(code, ())):
            folded = fold(word)
            if folded.isalpha():
                spellings.setdefault(folded, set()).update((word, folded))
                if word != folded:
                    spellings.setdefault(word, set()).add(word)
    words = sorted(spellings)
    own = {code: found | {fold(word) for word in found} for code, found in also.items()}
    zipf = np.zeros((len(words), len(_ALL)), np.uint8)
    for number, word in enumerate(words):
        english = max(_RARE, *(zipf_frequency(spelling, "en") for spelling in spellings[word]))
        for column, code in enumerate(_ALL):
            used = max(_RARE, *(zipf_frequency(spelling, code) for spelling in spellings[word]))
            if word in own.get(code, ()) and (used - english >= _FOREIGN or english == _RARE):
                # "Hola" says which language it is in, and so does "Durchschnittsgehalt", which no list holds.
                used = max(used, english + MARGIN + 0.1)
            zipf[number, column] = min(round(used * _SCALE), 255)
    return Vocabulary.of(words), zipf
