"""Words of titles and questions: told apart, folded where a difference doesn't matter, and the level that they tell.

"C++", "C#" and ".NET" are words. Folding takes away the plural and British or American spelling; it is no stemmer,
since "statistics" and "statistical" are not the same subject to a title.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"c\+\+|[cf]#|(?<![^\W_])\.net\b|[^\W_]+", re.IGNORECASE)
JOINING = frozenset("a an and the of".split())
"""Words that never tell two names apart."""
_SPELLINGS = {
    "colour": "color", "behaviour": "behavior", "centre": "center", "defence": "defense", "programme": "program",
    "licence": "license", "grey": "gray", "labour": "labor",
}  # fmt: skip
NEUTRAL = frozenset(
    "for in to with on from by at as is it its into using use your you my our i we me how what why when all about this "
    "that or vs via no not be do get up out new more most one introduction introducing intro introductory tutorial "
    "course class lecture note book ebook handbook guide manual primer basic beginner beginning fundamental essential "
    "foundation complete full comprehensive crash learn learning mastering master masterclass bootcamp zero hero "
    "scratch free online video series playlist english part vol volume edition ed first second third advanced "
    "intermediate expert professional project example exercise training certification overview started getting start "
    "quick quickstart hour minute day week month lesson lab workshop curriculum path level understanding understand "
    "exploring practical hands step modern language programming development developing principle concept topic study "
    "studies university college school mit stanford harvard berkeley spring fall summer winter pdf html epub official "
    "documentation doc tour little short gentle art way succinctly dummies become becoming build building create "
    "creating make making real world life everyone everybody people kid".split()
)
"""Words of titles that say nothing of the subject, folded."""
LEVELS = ("beginner", "intermediate", "advanced")
_MARKS = {
    "beginner": frozenset(
        "beginner beginning introduction introducing intro introductory basic fundamental essential foundation dummies "
        "primer 101 started newbie starter kid zero gentle elementary everyone".split()
    ),
    "intermediate": frozenset(["intermediate"]),
    "advanced": frozenset("advanced expert mastering internals".split()),
}


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return [match.casefold() for match in _WORD.findall(text)]


def fold(word: str) -> str:
    """A word without its plural and spelling."""
    if len(word) > 4 and word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif len(word) > 3 and word[-1] == "s" and word[-2] not in "sui" and not word.endswith("ics"):
        word = word[:-1]
    word = _SPELLINGS.get(word, word)
    return re.sub(r"isation$", "ization", re.sub(r"lling$", "ling", word))


def telling_words(text: str) -> list[str]:
    """The folded words of a text without those that only join."""
    return [fold(word) for word in words_of(text) if word not in JOINING]


def key_of(text: str) -> str:
    """What a name is looked up by; "" where nothing is left."""
    return " ".join(telling_words(text) or map(fold, words_of(text)))


def level_of(title: str) -> str:
    """The level that a title itself tells ("for beginners", "advanced"), "" where it tells none or two."""
    words = {fold(word) for word in words_of(title)}
    found = [level for level in LEVELS if words & _MARKS[level]]
    return found[0] if len(found) == 1 else ""
