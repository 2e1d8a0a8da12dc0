"""Putting words together: lists, capitals, articles, and choosing between our own formulations."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")
_VOWEL_SOUND = re.compile(r"(?!uni|use|usa|eu|one\b)[aeiou]|[AEFHILMNORSX](?=[A-Z]{1,4}\b)")
_DOUBLE = re.compile(r",| and | or ")
_STEM = re.compile(r"[a-z]{4,}")
_SPACES = re.compile(r"\s+")


def join(words: Sequence[str], last: str = "and") -> str:
    """A list in a sentence: "a, b and c"; a comma before the "and" where one of the two around it is a list itself."""
    if len(words) < 2:
        return "".join(words)
    double = any(_DOUBLE.search(word) for word in words[-2:])
    return f"{', '.join(words[:-1])}{',' if double else ''} {last} {words[-1]}"


def capital(text: str) -> str:
    """The text with its first letter in upper case; a name that starts small ("iOS") stays."""
    first = text.split(" ", 1)[0]
    return text if any(letter.isupper() for letter in first[1:]) else text[:1].upper() + text[1:]


def article(words: str) -> str:
    """The words with "a" or "an", by the sound of the first."""
    return f"{'an' if _VOWEL_SOUND.match(words) else 'a'} {words}"


def sentences(*parts: str) -> str:
    """A paragraph of the parts that are not empty."""
    return _SPACES.sub(" ", " ".join(part for part in parts if part)).strip()


def pick(code: str, salt: str, choices: Sequence[T]) -> T:
    """One of the choices, always the same for an occupation and a purpose, and spread evenly over occupations."""
    return choices[zlib.crc32(f"{salt}/{code}".encode()) % len(choices)]


def distinct(texts: Iterable[str]) -> list[str]:
    """The texts without repeats and without empty ones, in order."""
    return list(dict.fromkeys(text for text in texts if text))


def stems(text: str) -> frozenset[str]:
    """The words that carry a phrase, without the plural's s and cut to five letters: "operate kites" → opera, kite."""
    return frozenset(word.rstrip("s")[:5] for word in _STEM.findall(text.casefold()))


def varied(phrases: Sequence[str], most: float = 0.5) -> list[str]:
    """The phrases without those that say again, in more than this share of their words, what one before them said."""
    kept: list[str] = []
    said: list[frozenset[str]] = []
    for phrase in phrases:
        words = stems(phrase)
        if not any(words and len(words & other) / min(len(words), len(other) or 1) > most for other in said):
            kept.append(phrase)
            said.append(words)
    return kept


def double(phrase: str) -> bool:
    """Whether a phrase is a list itself, so that another "and" beside it would confuse."""
    return bool(_DOUBLE.search(phrase))


def the(place: str) -> str:
    """A country's name in a sentence: "the United States", "Canada"."""
    return f"the {place}" if place.startswith(("United ", "Netherlands", "Philippines")) else place
