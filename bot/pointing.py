"""Words that stand for what was talked about before: "the second one", "the cabinet one", "it", "both of them"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.clauses import Clause
from bot.query import Query
from bot.spotting import Spotted
from knowledge.models import Career

REFERRING = frozenset("it they them that those one latter former first second third two both each other".split())
ORDINALS = {"first": 0, "1st": 0, "former": 0, "second": 1, "2nd": 1, "latter": 1, "third": 2, "3rd": 2, "last": -1}
_ORDINAL = re.compile(
    r"(?:\bthe |^\W*(?:(?:ok|okay|and|so|then|just)\W+)*)"
    r"(?:(first|1st|second|2nd|third|3rd|last)(?: (?:ones?|job|career|role)\b)?(?:'s)?(?=\W*$|\W+(?:one|job|career|role"
    r"|pay|earn|make|need|take|is|do|have|require|get|in|for)\w*|\W*[,;:.]|\W+to\b)|(former|latter))\b",
    re.IGNORECASE,
)
_NAMED_ONE = re.compile(r"\bthe (\w{4,}) (?:one|job|role)\b|\bjust (?:the )?(\w{4,})", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?:each|both|either|neither|all (?:of (?:them|those|these)|two|three)|the (?:two|three) of them)\b",
    re.IGNORECASE,
)
_DROPPED = re.compile(
    r"^\W*(?:(?:ok|okay|and|so|then|now|lets|let's)\W+)*(?:drop|forget|scrap|skip|remove|lose|minus|leave out|ignore)"
    r"(?: about)? (?:the )?(\w{4,})(?: one)?\W*(?:$|(?<=[.,;!] )(?:so |then )?(.*))",
    re.IGNORECASE | re.DOTALL,
)
_LAST_NAMED = re.compile(r"\b(?:that|the new) (?:one|job|role)\b", re.IGNORECASE)
_OTHER = re.compile(r"\bthe other(?: one| job| career)?\b", re.IGNORECASE)
_TWO = 2
LISTING = frozenset({"rank", "browse", "match", "similar"})
"""Intents whose answer lists careers."""
_ALIKE = 5
"""Letters that a word shares with one of a title where it stands for it ("cabinet" for the cabinetmaker)."""


def narrowed(text: str, last: Query) -> Query:
    """The last question about one of its careers only, where the message says which: "the second one", "the latter"."""
    several = set_side_by_side(last)
    at = _which(text, several) if len(several) > 1 else None
    if at is None and len(several) == len(last.careers) + 1 == _TWO and _OTHER.search(text):
        at = 1 - several.index(last.careers[0]) if last.careers[0] in several else None
    if at is None:
        return last
    intent = "overview" if last.intent in (*LISTING, "compare", "transition") else last.intent
    chosen = {"careers": (several[at],), "discussed": several, "intent": intent}
    return last.model_copy(update=chosen)


def without_dropped(text: str, last: Query) -> tuple[Query, str] | None:
    """The last question without the career that the message drops, and what it says then; None where none is dropped.

    "drop the dentist. which of the other two pays more?"
    """
    match = _DROPPED.match(text)
    if match is None or len(last.careers) < _TWO:
        return None
    word = match.group(1).casefold()[:_ALIKE]
    kept = tuple(career for career in last.careers if not _has_part(career, word))
    if len(kept) != len(last.careers) - 1:
        return None
    intent = "overview" if last.intent == "compare" and len(kept) == 1 else last.intent
    return last.model_copy(update={"careers": kept, "discussed": (), "intent": intent}), (match.group(2) or "").strip()


def names_one(text: str, last: Query) -> bool:
    """Whether the message tells one of several by a word of its title, which is no career of its own there."""
    several = set_side_by_side(last)
    return len(several) > 1 and bool(_NAMED_ONE.search(text)) and _which(text, several) is not None


def set_side_by_side(last: Query) -> tuple[Career, ...]:
    """The careers that "both" and "the first" are said of."""
    return last.careers if len(last.careers) > 1 else last.discussed


def means_all(text: str) -> bool:
    """Whether the message says that it is about all that was set side by side: "each", "both of them"."""
    return bool(_ALL.search(text))


def refers(spotted: Spotted, clause: Clause) -> bool:
    """Whether a word stands for what was talked about before."""
    return any(word in REFERRING for word in spotted.words[clause.start : clause.end])


def carried(last: Query) -> tuple[Career, ...]:
    """The careers that a question without any is about: after a change of career, the new one."""
    return last.careers[-1:] if last.intent == "transition" else last.careers


def _which(text: str, several: Sequence[Career]) -> int | None:
    matches = list(_ORDINAL.finditer(text))
    if len(matches) > 1:
        return None  # "from the first to the second" is about both
    if matches:
        at = ORDINALS[(matches[0].group(1) or matches[0].group(2)).casefold()]
        return at if at < len(several) else None
    if match := _NAMED_ONE.search(text):
        word = (match.group(1) or match.group(2)).casefold()[:_ALIKE]
        fits = [at for at, career in enumerate(several) if _has_part(career, word)]
        return fits[0] if len(fits) == 1 else None
    if _LAST_NAMED.search(text):
        return len(several) - 1
    return None


def _has_part(career: Career, word: str) -> bool:
    """Whether a word of its title begins so."""
    return any(part.startswith(word) for part in career.title.casefold().replace("-", " ").split())
