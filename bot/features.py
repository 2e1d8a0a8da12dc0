"""What the classifier sees of a message: its words with the spotted names masked.

The same functions serve training and inference, so the two can't drift apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.spotting import Spotted

MASKS = {
    "career": "xcareer", "place": "xplace", "skill": "xskill", "topic": "xtopic", "currency": "xcurrency",
    "number": "xnumber",
}  # fmt: skip
_MASKED = frozenset(MASKS.values())
CHARACTERS = (3, 4, 5)


def masked_words(spotted: Spotted, start: int = 0, end: int | None = None) -> list[str]:
    """The words of tokens start..end with each span replaced by its mask.

    A span of ordinary words ("cook", "pilot") keeps them beside the mask: whether "cook" is a job depends on what
    stands around it, and that is for the classifier to learn.
    """
    end = len(spotted.tokens) if end is None else end
    words: list[str] = []
    at = start
    spans = iter(span for span in spotted.spans if span.start >= start and span.end <= end)
    span = next(spans, None)
    while at < end:
        if span is not None and at == span.start:
            if span.weak:
                words.extend(spotted.words[span.start : span.end])
            if not (span.weak and span.kind in ("place", "skill", "topic")):
                words.append(MASKS[span.kind])
            at = span.end
            span = next(spans, None)
            continue
        word = spotted.words[at]
        words.append(MASKS["number"] if word[0].isdigit() else word)
        at += 1
    return words


def features(words: Sequence[str]) -> list[str]:
    """All that the classifier sees of a masked message."""
    return [*phrases(words), *(name for word in words for name in spelling(word))]


def phrases(words: Sequence[str]) -> list[str]:
    """Word unigrams, bigrams, trigrams and skip-bigrams of a masked message, and how long it is."""
    found = [f"1 {word}" for word in words]
    padded = ["<", *words, ">"]
    found.extend(f"2 {a} {b}" for a, b in pairwise(padded))
    found.extend(f"3 {a} {b} {c}" for a, b, c in zip(padded, padded[1:], padded[2:], strict=False))
    found.extend(f"s {a} {b}" for a, b in zip(padded, padded[2:], strict=False))
    found.extend(_shape(words))
    return found


def spelling(word: str) -> Iterable[str]:
    """Character n-grams of a word; none of a mask."""
    if word in _MASKED:
        return
    framed = f"_{word}_"
    for size in CHARACTERS:
        for at in range(len(framed) - size + 1):
            yield framed[at : at + size]


def _shape(words: Sequence[str]) -> Iterable[str]:
    for mask in ("xcareer", "xplace", "xskill", "xtopic"):
        yield f"n {mask} {min(words.count(mask), 2)}"
    yield f"n words {min(len(words), 3) if len(words) <= 3 else ('short' if len(words) <= 8 else 'long')}"
