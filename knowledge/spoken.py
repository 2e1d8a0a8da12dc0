"""Titles as they are said inside a sentence: "Cooks, Short Order" → "short order cooks".

`content/spoken.tsv` holds those that read badly otherwise; the rest follow rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PROPER = frozenset(
    "American Bible Braille Buddhist Chinese Christian Dianetic Dictaphone English French German Japanese Latin"
    " Medicaid Mohs Montessori Navy Spanish".split()
)
_COLLEGE = re.compile(r"^(.+) Teachers, Postsecondary$")
_QUALIFIER = re.compile(r", (?:All Other|(?:Except|Including) .*)$")
_BRACKETED = re.compile(r"^(.*?)\s*\(([^()]*)\)\s*(.*)$")
_WORD = re.compile(r"[^\W\d_][\w']*")


def many(plural: str, own: Mapping[str, str]) -> str:
    """The plural inside a sentence.

    Args:
        plural: The official or written plural, title case.
        own: Official plural → what we say.
    """
    if written := own.get(plural):
        return written
    if match := _COLLEGE.match(plural):
        return f"college teachers of {lower(match[1])}"
    text = _QUALIFIER.sub("", plural).replace("First-Line Supervisors of", "Supervisors of")
    rest = plural.endswith(", All Other")
    return f"other {lower(text)}" if rest else lower(text)


def lower(title: str) -> str:
    """A title in lower case, names and abbreviations left alone, no comma before "and"."""
    return _WORD.sub(lambda word: _lower_word(word[0]), title).replace(", and ", " and ").replace(", or ", " or ")


def _lower_word(word: str) -> str:
    capitals = sum(letter.isupper() for letter in word)
    return word if capitals > 1 or word in _PROPER else word.lower()


def called(title: str) -> str:
    """A reported title inside a sentence; of "CEO (Chief Executive Officer)" the full one in lower case."""
    if match := _BRACKETED.match(title):
        before, inside, after = match.groups()
        title = f"{before} {after}".strip()
        if len(inside) > len(title) and " " in inside:
            title = inside
    return lower(title)
