"""Sentences that two careers share, alike to the letter, nearly, or but for the career's name; and generic ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from knowledge.checks.careers import CareerFile, Sentence, sentences
from knowledge.checks.defect import Defect, Kind
from knowledge.checks.generic import is_generic
from knowledge.profile import FrontMatter

FEWEST_WORDS = 5
"""Shorter sentences ("No degree is needed") may stand in several careers."""
NEAR = 80.0
"""Likeness (0 to 100, rapidfuzz ratio of the words without the career's name) from which two sentences are one."""
_RUN = 4
"""Sentences are compared where they share so many words in a row."""
_MOST_SHARING = 60
_NAME = "§"
_WORD = re.compile(r"[a-z0-9+#§]+(?:['’][a-z]+)?")


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence as words, once as it stands and once without the career's name."""

    sentence: Sentence
    words: str
    nameless: str


def check_sameness(files: Sequence[CareerFile]) -> Iterator[Defect]:
    """All sentences that are not worth storing, over all careers."""
    told: list[_Told] = []
    for file in files:
        names = _names(file.profile.facts)
        for sentence in sentences(file):
            masked = names.sub(f" {_NAME} ", sentence.text)
            named = _NAME in masked
            if is_generic(f"{sentence.lead} {masked.replace(_NAME, ' ')}", named=named):
                yield Defect(
                    sentence.path,
                    sentence.line,
                    "generic",
                    f"“{_short(sentence.text)}” would fit any career; say what is true of this one only",
                )
            words = _words(sentence.text)
            if len(words.split()) >= FEWEST_WORDS:
                told.append(_Told(sentence, words, _words(masked)))
    distinct: dict[str, _Told] = {}
    for entry in told:
        first = distinct.setdefault(entry.nameless, entry)
        if first is not entry:
            kind: Kind = "same-sentence" if first.words == entry.words else "same-but-name"
            yield _same(entry, first, kind)
    yield from _almost(list(distinct.values()))


def _almost(told: Sequence[_Told]) -> Iterator[Defect]:
    """Sentences of different careers that share a run of words and are nearly the same."""
    sharing: dict[tuple[str, ...], list[int]] = {}
    for at, entry in enumerate(told):
        words = entry.nameless.split()
        for start in range(len(words) - _RUN + 1):
            sharing.setdefault(tuple(words[start : start + _RUN]), []).append(at)
    pairs = {pair for found in sharing.values() if len(found) <= _MOST_SHARING for pair in combinations(found, 2)}
    told_already: set[int] = set()
    for first, second in sorted(pairs, key=lambda pair: (pair[1], pair[0])):
        one, other = told[first], told[second]
        if one.sentence.slug == other.sentence.slug or second in told_already:
            continue
        if fuzz.ratio(one.nameless, other.nameless, score_cutoff=NEAR):
            told_already.add(second)
            yield _same(other, one, "almost-same")


def _same(entry: _Told, first: _Told, kind: Kind) -> Defect:
    what = {
        "same-sentence": "stands word for word in",
        "same-but-name": "stands but for the career's name in",
        "almost-same": "stands almost so in",
    }[kind]
    where = f"{first.sentence.path.name}:{first.sentence.line}"
    return Defect(
        entry.sentence.path,
        entry.sentence.line,
        kind,
        f"“{_short(entry.sentence.text)}” {what} {where}; word one of them for its career",
    )


def _names(facts: FrontMatter) -> re.Pattern[str]:
    """Whatever names the career; abbreviations ("IT", "BE") only in capitals, or they would be words."""
    spellings = {facts.title, facts.plural, facts.slug.replace("-", " "), *facts.aliases}
    parts = [
        re.escape(name) if len(name) <= 3 else f"(?i:{re.escape(name)}(?:e?s|ing)?)"
        for name in sorted(spellings, key=lambda name: (-len(name), name))
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
