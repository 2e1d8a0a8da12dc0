"""What one word of a message may be: itself, what it is short for, or the known words that it may be a typo of."""

from __future__ import annotations

from collections.abc import Iterable

from bot.gazetteer import Gazetteer, Repair
from bot.lexicon import ABBREVIATIONS, CHAT_SPELLINGS, FIELDS, REAL_WORD_TYPOS, STOPWORDS
from bot.normalise import Token
from bot.words import CAREER, FOREIGN, ORDINARY, PLACE, WELL_KNOWN, WORDING

_RUN_TOGETHER = ("a", "an", "the", "is", "to", "do", "in", "i")
_SHORTEST_REST = 2
_INFLECTIONS = ("ed", "d", "ied", "ing", "ize", "ise", "ized", "ised", "ify", "ifies", "ified", "able")
_DOERS = frozenset("er r ier ist or ifier".split())
_MEANT = CAREER | WORDING | WELL_KNOWN | ORDINARY
_ELSEWHERE = 84.0
"""Similarity of a word of another language to itself where it may be a misspelt English one."""


def options_of(gazetteer: Gazetteer, token: Token) -> list[tuple[str, float]]:
    """What a word may be, likeliest first, with similarities of 0 to 100."""
    if not gazetteer.tongue and not token.text.isupper() and (meant := CHAT_SPELLINGS.get(token.word)):
        return [(meant, 90.0)]
    stem = token.stem
    found = [(stem, 100.0)]
    if stem in ABBREVIATIONS and not (gazetteer.tongue and stem in gazetteer.english):
        # Polish "ds." is an ordinary word ("for matters of"), no data scientist.
        found.extend((entry, 97.0) for entry in ABBREVIATIONS[stem])
    elif stem in REAL_WORD_TYPOS:
        found.append((REAL_WORD_TYPOS[stem], 88.0))
    elif _astray(gazetteer, token) and (meant := gazetteer.swapped(stem)):
        return [(meant, 90.0)]
    elif not gazetteer.known(stem):
        found = _repaired(gazetteer, stem, token.word)
    elif _only_elsewhere(gazetteer, stem) and not token.text[:1].isupper():
        repairs = [repair for repair in gazetteer.repair(stem) if repair.domain & (WORDING | CAREER)]
        if repairs and not gazetteer.tongue:
            found = [(stem, _ELSEWHERE)]  # "bussiness analist" is no Dutch
        found.extend((repair.word, repair.score) for repair in repairs[:2])
        found.sort(key=lambda option: -option[1])
    elif not gazetteer.tongue:
        if token.word != stem and token.word not in gazetteer.english:
            # "texs" and "leds" are no plurals
            repairs = [r for r in gazetteer.repair(token.word)[:2] if r.domain & WELL_KNOWN and r.word != stem]
            found.extend((r.word, r.score) for r in repairs)
        found.extend((word, 100.0 * (1 - 1 / len(stem))) for word in gazetteer.lookalikes.get(stem, ()))
        found.extend((person, 92.0) for person in FIELDS.get(stem, ()))
    found.extend((form, 97.0) for form in gazetteer.inflected(stem))
    return found


def _repaired(gazetteer: Gazetteer, stem: str, word: str) -> list[tuple[str, float]]:
    if stem.endswith("in") and f"{stem}g" in gazetteer.english:
        return [(f"{stem}g", 97.0), (stem, 100.0)]  # "makin", "teachin"
    repairs: list[Repair] = gazetteer.repair(stem) or gazetteer.repair(word)  # "texs" is no plural
    if not gazetteer.tongue and (roots := _roots(word)):
        inflected = is_inflected(gazetteer.english, word)
        repairs = [
            repair for repair in repairs if repair.domain & WORDING or not (inflected or _is_doer(repair.word, roots))
        ]
    if not repairs and (meant := gazetteer.lost_letter(stem) or (word != stem and gazetteer.wrong_letter(stem))):
        return [(meant, 85.0), (stem, 100.0)]
    if not (repairs and repairs[0].domain & (WORDING | ORDINARY | CAREER)) and (meant := _apart(gazetteer, word)):
        return [(meant, 90.0), (stem, 85.0)]
    if repairs and repairs[0].domain & (WORDING | ORDINARY):
        # "sugest" is "suggest", not the town of Sügert.
        repairs = [repair for repair in repairs if repair.domain & _MEANT]
    return [*((repair.word, repair.score) for repair in repairs), (stem, 100.0)]


def _is_doer(word: str, roots: Iterable[str]) -> bool:
    """Whether a word is the doer of a verb with one of these roots: no slip for "stitched" is a stitcher."""
    return any(word.startswith(root) and word.removeprefix(root) in _DOERS for root in roots)


def is_inflected(english: frozenset[str], word: str) -> bool:
    """Whether a word is a form of an English verb, though none of the commonest words itself: "reverted"."""
    return any(root in english or f"{root}e" in english for root in _roots(word))


def _roots(word: str) -> list[str]:
    found = [word.removesuffix(ending) for ending in _INFLECTIONS if word.endswith(ending)]
    return [root for root in found if len(root) > _SHORTEST_REST]


def _apart(gazetteer: Gazetteer, word: str) -> str | None:
    """The word that was run together with a small one: "doesa" is "does a", "howto" is "how to"."""
    for small in _RUN_TOGETHER:
        for rest in (word.removesuffix(small), word.removeprefix(small)):
            known = gazetteer.domain.get(rest, 0) & (WORDING | CAREER) or rest in STOPWORDS
            if rest != word and len(rest) > _SHORTEST_REST and known:
                return rest
    return None


def _astray(gazetteer: Gazetteer, token: Token) -> bool:
    """Whether an uncapitalised English word is none that an English message uses."""
    plain = gazetteer.tongue or not token.text.islower()
    return not plain and (not gazetteer.known(token.stem) or _only_elsewhere(gazetteer, token.stem))


def _only_elsewhere(gazetteer: Gazetteer, stem: str) -> bool:
    """Whether a word is known only as a place or from another language.

    Somewhere a small town has the name of nearly every misspelling ("cort", "keper"), and another language a job
    ("analist").
    """
    return not gazetteer.domain.get(stem, CAREER) & ~(PLACE | FOREIGN) and stem not in gazetteer.english
