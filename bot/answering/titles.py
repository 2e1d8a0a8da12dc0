"""Careers' titles inside sentences: "an SEO specialist", "UX designers"."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.models import Career

_SPOKEN_VOWELS = frozenset("AEFHILMNORSX")
"""Letters whose English name starts with a vowel sound ("an HR specialist")."""
_CONSONANT_SOUND = re.compile(r"(?:uni|use|usa|eu|one\b|u[b-df-hj-np-tv-z][aeiou])", re.IGNORECASE)
_REST = ", All Other"
"""What official titles of those end in who have none of their own."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


@lru_cache(maxsize=8_192)
def in_sentence(title: str) -> str:
    """A title in lower case, words that carry capitals of their own left alone: "iOS Developer" → "iOS developer"."""
    if title.endswith(_REST):
        title = f"{title.removesuffix(_REST)} (all other)"
    return "".join(_lower(part) for part in re.split(r"([ \-/])", title))


def _lower(word: str) -> str:
    capitals = sum(letter.isupper() for letter in word)
    return word.lower() if capitals <= 1 and word[:1].isupper() and word.isascii() else word


def one(career: Career) -> str:
    """The title with its article: "a data engineer", "an SEO specialist"."""
    title = in_sentence(career.title)
    return f"{article(title)} {title}"


def many(career: Career) -> str:
    """The plural in a sentence: "data engineers"."""
    return in_sentence(career.plural)


def article(words: str) -> str:
    """The article "a" or "an", by the sound of the first word."""
    first = words.split(" ", maxsplit=1)[0] if words else ""
    if len(first) > 1 and first[:2].isupper():
        return "an" if first[0] in _SPOKEN_VOWELS else "a"
    if first[:1].lower() in "aeiou" and not _CONSONANT_SOUND.match(first):
        return "an"
    return "a"


_WITH_ARTICLE = re.compile(
    r"^(?:United |Netherlands|Philippines|Bahamas|Maldives|Seychelles|Gambia|Czech Republic|Dominican Republic|"
    r"Central African|District of Columbia|Northwest Territories|Northern Territory|Australian "
    r"Capital|.* (?:Islands|metro area)$)"
)


def after_in(name: str) -> str:
    """A place's name after "in": "the United States", "London"."""
    return f"the {name}" if _WITH_ARTICLE.match(name) else name


def sentences(text: str, limit: int = 280) -> str:
    """The first sentences of a text, as many as fit in `limit` characters; at least one, cut at a word if need be."""
    taken = ""
    for sentence in _SENTENCE.split(text.strip()):
        if taken and len(taken) + 1 + len(sentence) > limit:
            break
        taken = f"{taken} {sentence}".strip()
    if len(taken) <= limit:
        return taken
    return f"{taken[: limit - 1].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def capital(text: str) -> str:
    """The text with its first letter in upper case, the rest as it is; "iOS developers" stays."""
    first = text.split(" ", maxsplit=1)[0]
    return text if any(letter.isupper() for letter in first[1:]) else text[:1].upper() + text[1:]
