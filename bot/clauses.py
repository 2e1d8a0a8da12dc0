"""Cutting a message into the questions that it asks.

Places to cut: the end of a sentence, and "and", "also", "plus" before a word that opens a question. A cut is a
proposal; `bot.understand` keeps those whose parts are questions of different kinds.
"""

from __future__ import annotations

from bot.spotting import Spotted

_JOINERS = frozenset("and also plus then & or".split())
_OPENERS = frozenset(
    "what whats which who where when why how hows is are do does did can could should would will any good best tell "
    "give show list find suggest recommend salary salaries pay wages courses books skills whether need i im im".split()
)


def sentences(spotted: Spotted) -> list[tuple[int, int]]:
    """Token ranges of the sentences."""
    ranges: list[tuple[int, int]] = []
    start = 0
    for at in range(1, len(spotted.tokens) + 1):
        ended = at == len(spotted.tokens) or spotted.tokens[at].sentence != spotted.tokens[at - 1].sentence
        if ended and at > start:
            ranges.append((start, at))
            start = at
    return ranges


def split_on_joiners(spotted: Spotted, start: int, end: int) -> list[tuple[int, int]]:
    """Token ranges of a sentence cut before "and what…", "also how…", ", which…" (names are never cut)."""
    inside = {at for span in spotted.spans for at in range(span.start + 1, span.end)}
    ranges: list[tuple[int, int]] = []
    begin = start
    for at in range(start + 2, end - 1):
        if at in inside or at < begin + 2:
            continue
        word = spotted.tokens[at].word
        following = spotted.tokens[at + 1].word
        joined = word in _JOINERS and (following in _OPENERS or spotted.words[at + 1] in _OPENERS)
        comma = spotted.tokens[at].breaks and word in _OPENERS and word not in ("i", "im", "need", "or")
        if joined or comma:
            ranges.append((begin, at))
            begin = at + 1 if joined else at
    ranges.append((begin, end))
    return [(a, b) for a, b in ranges if b > a]
