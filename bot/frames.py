"""Frames of sentences that say more surely than words what is asked: "Nurses of Reddit, …", "I want to learn"."""

from __future__ import annotations

import re

from bot.classifier import Scores
from bot.clauses import SOCIAL, Clause
from bot.spotting import Spotted
from bot.training import NONE

_MOST_NONE = 0.75
"""Up to this probability of being none for the bot, people of a trade who are asked something are asked about it."""
_WISH = re.compile(r"^\W*(?:i(?:'d| would)? (?:really )?(?:want|like|wish) to|i wanna) learn\b", re.IGNORECASE)
_MOST_NONE_OF_A_WISH = 0.9
_PLATFORM = frozenset("reddit discord slack here".split())
_YOU = frozenset("you u your ya yall us".split())


def informed_by_frame(text: str, spotted: Spotted, clause: Clause) -> Scores:
    """The clause's scores, seen with the frame of its sentence.

    Args:
        text: The question's words.
        spotted: The message.
        clause: The question in it.
    """
    scores = clause.scores
    if scores.best != NONE and scores.of(NONE) == 0:
        return scores
    if not clause.slots.careers and _WISH.match(text) and scores.of(NONE) <= _MOST_NONE_OF_A_WISH:
        return scores.moved(NONE, "courses")
    if scores.of(NONE) <= _MOST_NONE and _asks_those_of_a_trade(text, spotted, clause):
        best = next(name for name, _ in scores.ranked if name not in (NONE, *SOCIAL))
        return scores.moved(NONE, best)
    return scores


def _asks_those_of_a_trade(text: str, spotted: Spotted, clause: Clause) -> bool:
    """Whether the clause calls people of a trade and asks them about it: "Truckers, what did nobody tell you?"."""
    first = next((span for span in spotted.spans if span.start >= clause.start), None)
    if first is None or first.kind != "career" or first.weak or first.start != clause.start or first.end >= clause.end:
        return False
    tokens, last = spotted.tokens, spotted.tokens[first.end - 1]
    several = last.word != last.stem
    called = tokens[first.end].breaks or (
        spotted.words[first.end] == "of" and (first.end + 1 < len(tokens) and tokens[first.end + 1].word in _PLATFORM)
    )
    asked = "?" in text or not _YOU.isdisjoint(token.word for token in tokens[first.end : clause.end])
    return several and called and asked
