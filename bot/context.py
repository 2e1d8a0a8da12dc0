"""What a conversation is about now, and what a message may take from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.query import Choice, Query

_CORRECTION = re.compile(
    r"^(?:(?:or|well|no+|nope|nah|sorry|soz|sry|oops|oh|wait|actually|hm+|u+h*m+|uh+|er+m?|ah|lol|whoops|my bad)\b"
    r"[\s,.!-]*)*(?:i\s+(?:meant|mean|ment|said|asked(?:\s+about)?)|meant|make\s+(?:it|that)|rather|correction"
    r"|not\s+\S+(?:\s\S+)?[\s,]+(?:but|i (?:meant|mean|ment)|make it|its|it's))\b",
    re.IGNORECASE,
)
_CORRECTED = re.compile(r"\b(?:i (?:mean|meant)|not that one)\W*$|^\W*not\b.{1,40}\bi mean", re.IGNORECASE)
_DENIAL = re.compile(r"^(?:no+|nope|nah|sorry|oops|wait|actually|my bad|whoops)\b", re.IGNORECASE)
_NUMBER_PICK = re.compile(r"^\W*(?:no\.?|number|option|#)?\s*(\d{1,2})\W*$", re.IGNORECASE)
_ORDINALS = {
    "first": 1, "the first": 1, "first one": 1, "the first one": 1, "former": 1, "the former": 1, "second": 2,
    "the second": 2, "second one": 2, "the second one": 2, "third": 3, "the third": 3, "third one": 3,
    "the third one": 3, "last": -1, "the last one": -1, "the last": -1, "the latter": -1, "latter": -1,
    "one": 1, "two": 2, "three": 3,
}  # fmt: skip

FRAGMENT_WORDS = frozenset(
    "and or what about how hows for in at near then ok okay so same too also please pls plz instead now again but the "
    "a an of as well maybe like say compared to versus vs is it whats with on hmm um uh yeah yes cool great thanks hey "
    "if n u there over here one ones wbu wat wot abt bout job role position work career add plus only just i mean "
    "not forget meant rather said either would that be "
    "those this it's specifically exactly alone itself particularly especially reddit same "
    "question thing city town country state third all "
    "other two both cities countries questions".split()
)
"""Words that ask nothing of their own: a message of these and names continues what was asked before."""


@dataclass(frozen=True, slots=True)
class Context:
    """The last question answered, and what was offered for picking.

    Attributes:
        query: The last answered query, None in a new conversation.
        choices: Readings that were asked back, or suggestions under the last answer, in the order shown.
        asked_back: True where the choices are readings of an unclear message.
        language: What the last message was clearly in, where that wasn't English: "and Berlin?" goes on in it.
    """

    query: Query | None = None
    choices: tuple[Choice, ...] = field(default=())
    asked_back: bool = False
    language: str = ""


def picked(text: str, context: Context) -> Choice | None:
    """The choice that a message picks by number or in words, if it is a pick."""
    if not context.choices:
        return None
    if match := _NUMBER_PICK.match(text):
        number = int(match.group(1))
        return context.choices[number - 1] if 1 <= number <= len(context.choices) else None
    bare = text.strip(" .!?").casefold()
    for choice in context.choices:
        if bare in (choice.label.strip(" .!?").casefold(), choice.says.strip(" .!?").casefold()):
            return choice
    if context.asked_back:
        if (position := _ORDINALS.get(bare)) is not None and position <= len(context.choices):
            return context.choices[position - 1 if position > 0 else position]
        words = set(bare.split()) - FRAGMENT_WORDS
        matching = [c for c in context.choices if words and words <= set(c.label.casefold().split())]
        if len(matching) == 1:
            return matching[0]
    return None


def is_correction(text: str) -> bool:
    """Whether the message takes back a part of the one before ("no, I meant frontend", "London, Ontario I mean")."""
    return bool(_CORRECTION.match(text) or _CORRECTED.search(text))


def is_denial(text: str) -> bool:
    """Whether it opens with a denial, which a bare name after it turns into a correction ("no, frontend")."""
    return bool(_DENIAL.match(text))
