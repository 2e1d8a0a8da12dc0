"""What a resource teaches and how good its entry looks, read once when the database is built."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from knowledge.subjects import Reading
from knowledge.words import fold, words_of

BY_HEADING = 0.7
"""Strength of teaching a subject that only the heading names."""
BY_PART = 0.5
"""Strength of teaching a subject of which the resource teaches a part."""
PER_WORD = 0.05
PER_OTHER_SUBJECT = 0.15
MOST_LOST = 0.4
"""What each word of a title that says something else takes from its relevance, what each subject in it that nobody
needs takes besides, and the most that all of them take."""
_OLD = 10
_REFERENCE = frozenset(
    "reference specification spec faq changelog standard glossary iso rfc newsletter wiki list awesome".split()
)
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Teaching:
    """That a resource teaches a subject: how strongly (0 to 1), and how many words of its title say so."""

    subject: int
    strength: float
    words: int


def strengths(title: Reading, headings: Sequence[Reading], broader: Mapping[int, tuple[int, ...]]) -> list[Teaching]:
    """What a resource teaches, from its title, the headings that it is filed under, and what they are a part of."""
    filed = {find.subject for heading in headings for find in heading.finds if heading.means(find)}
    found: dict[int, Teaching] = {}
    for find in title.finds:
        if title.means(find, filed):
            found[find.subject] = Teaching(find.subject, 1.0, find.words)
    for subject in filed:
        # One heading is somebody's judgement; a row of tags is everything that came to mind.
        found.setdefault(subject, Teaching(subject, round(BY_HEADING / len(headings), 4), 0))
    for subject, teaching in list(found.items()):
        for wider in broader.get(subject, ()):
            _strengthen(found, wider, teaching.strength * BY_PART)
            for widest in broader.get(wider, ()):
                _strengthen(found, widest, teaching.strength * BY_PART**2)
    return list(found.values())


def _strengthen(found: dict[int, Teaching], subject: int, strength: float) -> None:
    if subject not in found or found[subject].strength < strength:
        found[subject] = Teaching(subject, round(strength, 4), 0)


def standing(teaching: Teaching, content: int, quality: float) -> float:
    """How a resource stands among all that teach a subject, before it is known what else is needed."""
    lost = PER_WORD * max(0, content - teaching.words)
    return round(teaching.strength * (1 - min(MOST_LOST, lost)) * quality, 4)


def bareness(content: int, quality: float, teaches: Sequence[Teaching]) -> float:
    """How a resource stands among all whose titles hold a word that is no subject.

    The number that `knowledge.relevance` gives it where nothing but that word is asked for.
    """
    named = sum(1 for teaching in teaches if teaching.words)
    lost = PER_WORD * max(0, content - 1) + PER_OTHER_SUBJECT * named
    return round((1 - min(MOST_LOST, lost)) * quality, 4)


def quality_of(title: str, url: str, provider: str, reading: Reading, newest: int) -> float:
    """What an entry itself gives away of how useful it is, 0 to 1.

    Args:
        title: Its title.
        url: Its address.
        provider: Who offers it, "" where that isn't told.
        reading: The title's subjects.
        newest: The newest year that titles of the catalogue name, 0 where they name none.
    """
    value = 1.0
    address = urlsplit(url)
    if "web.archive.org" in address.netloc:
        value *= 0.88
    elif address.scheme == "http":
        value *= 0.95  # a page that never moved to https is rarely looked after
    if "youtube.com/watch" in url or "youtu.be/" in url:
        value *= 0.96  # one video, and no series
    years = [int(year) for year in _YEAR.findall(title)]
    if years and newest - max(years) > _OLD:
        value *= 0.88
    words = words_of(title)
    if _REFERENCE.intersection(map(fold, words)):
        value *= 0.8
    if reading.content <= 1 and not reading.neutral and not provider:
        value *= 0.9  # a bare name tells nothing of what one gets
    if len(words) > 14:
        value *= 0.95
    return round(value, 4)


def newest_year(titles: Sequence[str]) -> int:
    """The newest year that at least three titles name, 0 where there is none."""
    counts: dict[int, int] = {}
    for title in titles:
        for year in _YEAR.findall(title):
            counts[int(year)] = counts.get(int(year), 0) + 1
    return max((year for year, count in counts.items() if count >= 3), default=0)


def rarity(careers: int, having: int, common: int = 20) -> float:
    """How telling a technology or field of knowledge is of an occupation: 1 where `common` careers or fewer have it."""
    if having <= common:
        return 1.0
    return max(0.0, math.log(careers / having) / math.log(careers / common)) if careers > common else 1.0
