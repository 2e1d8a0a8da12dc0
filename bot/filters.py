"""Limits that a message sets on rank, match and the catalogue: ranges, no degree, free, level, direction."""

from __future__ import annotations

import re
from typing import Literal

from bot.query import Filters
from bot.slots import amounts
from bot.spotting import Spotted

_AT_LEAST = re.compile(
    r"\b(?:over|above|more than|at least|north of|min(?:imum)?|upwards of|exceed\w*|>=?)\s*[£$€₹]?\s*\d", re.IGNORECASE
)
_AT_MOST = re.compile(r"\b(?:under|below|less than|at most|max(?:imum)?|up to|<=?)\s*[£$€₹]?\s*\d", re.IGNORECASE)
_WITHOUT_DEGREE = re.compile(
    r"\b(?:without (?:a |any )?(?:college |university |uni )?(?:degree|diploma|college|uni\w*|school)"
    r"|no (?:college |university |uni )?(?:degree|college|uni\w*|diploma)"
    r"|(?:don'?t|doesn'?t|do not|does not|not) (?:need|require|have|got) (?:a |any )?(?:college |uni\w* )?degree"
    r"|degree not (?:needed|required)|non[- ]degree|degreeless)\b",
    re.IGNORECASE,
)
_LOWEST = re.compile(r"\b(?:lowest|least|worst|slowest|bottom|poorest|lower|fewest)\b", re.IGNORECASE)
_GROWTH = re.compile(
    r"\b(?:grow\w*|demand|hot(?:test)?|future|booming|shrink\w*|declin\w*|outlook|dying)\b", re.IGNORECASE
)
_OPENINGS = re.compile(r"\b(?:openings|vacanc\w*|hiring|positions|hire|jobs available)\b", re.IGNORECASE)
_PREPARATION = re.compile(
    r"\b(?:easiest|easy|quickest|fastest|least (?:training|schooling|education|preparation)|entry|shortest)\b",
    re.IGNORECASE,
)
_PAY = re.compile(
    r"\b(?:pay\w*|paid|earn\w*|salar\w*|money|wage\w*|income|lucrative|rich\w*|dough|bucks?)\b", re.IGNORECASE
)
_GROWING_FAST = re.compile(r"\bfast\w*[- ]grow\w*|grow\w* (?:the )?fast\w*|fastest rising\b", re.IGNORECASE)
_FREE = re.compile(r"\b(?:free|no cost|gratis|without paying)\b", re.IGNORECASE)
_BEGINNER = re.compile(
    r"\b(?:beginner|beginners|newbie|starter|introductory|intro|from scratch|absolute beginner)\b", re.IGNORECASE
)
_ADVANCED = re.compile(r"\b(?:advanced|expert|in-depth)\b", re.IGNORECASE)
_EVERYTHING = re.compile(
    r"\b(?:all|every|complete|full list|entire)\b.{0,24}\b(?:salar\w*|places|cities|countries|figures|wages|list"
    r"|careers|courses|books|jobs)\b|\bsee all\b|\bshow all\b|\beverywhere\b",
    re.IGNORECASE,
)
_LANGUAGES = {
    "spanish": "es", "german": "de", "french": "fr", "portuguese": "pt", "italian": "it", "dutch": "nl",
    "polish": "pl", "russian": "ru", "chinese": "zh", "arabic": "ar", "hindi": "hi", "japanese": "ja",
}  # fmt: skip

Measure = Literal["pay", "growth", "openings", "preparation"]


def read_filters(spotted: Spotted, start: int, end: int, text: str) -> Filters:
    """The limits that tokens start..end set; `text` is the clause as typed."""
    repaired = " ".join(spotted.words[start:end])
    both = f"{text} {repaired}"
    amount = next((value for value, _ in amounts(text) if value >= 1_000), None)
    at_least = amount if amount and _AT_LEAST.search(text) else None
    at_most = amount if amount and at_least is None and _AT_MOST.search(text) else None
    if amount and at_least is None and at_most is None and "+" in text:
        at_least = amount
    words = set(spotted.words[start:end])
    language = next((code for word, code in _LANGUAGES.items() if word in words), "")
    return Filters(
        measure=_measure(both),
        direction="lowest" if _LOWEST.search(both) else "highest",
        at_least=at_least,
        at_most=at_most,
        without_degree=bool(_WITHOUT_DEGREE.search(text)),
        free=True if _FREE.search(both) else None,
        level="beginner" if _BEGINNER.search(both) else ("advanced" if _ADVANCED.search(both) else ""),
        language=language,
    )


def _measure(text: str) -> Measure:
    if _GROWING_FAST.search(text):
        return "growth"
    if _PAY.search(text):
        return "pay"
    if _GROWTH.search(text):
        return "growth"
    if _OPENINGS.search(text):
        return "openings"
    if _PREPARATION.search(text):
        return "preparation"
    return "pay"


def wants_everything(spotted: Spotted, start: int, end: int) -> bool:
    """Whether all there is was asked for ("see all salaries")."""
    return bool(_EVERYTHING.search(" ".join(spotted.words[start:end])))


_PAGE = re.compile(r"\bpage (\d{1,3})\b", re.IGNORECASE)


def page_of(text: str) -> int:
    """Which page of a long list was asked for ("…, page 3"), from 1."""
    match = _PAGE.search(text)
    return max(int(match.group(1)), 1) if match else 1
