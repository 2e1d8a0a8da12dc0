"""Which of several things a name means where it stands, and whether the words are more than ordinary English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.gazetteer import Target
from bot.lexicon import AMBIGUOUS_PLACES, PLACE_CUES, STRONG_PLACE_CUES, WEAK_CAREERS, WEAK_SKILLS
from bot.normalise import Token

_NATION = 1_000_000_000
"""The weight of names given by hand, such as "UK"."""
_LARGE = 500_000
"""A city of so many people may be meant even where its name is also a word."""
_SURE_CAREER = 80
"""From this weight on a name is a title or an everyday name, not one of thousands of alternate titles."""


TENTATIVE = 20.0
"""A title of this weight or less is an ordinary word in nearly every message (knowledge.buildnames.TENTATIVE)."""
_ARTICLES = frozenset("a an".split())
_BEFORE_A_JOB = frozenset("does do as be become becoming becomes being of for is".split())


def asks_for_job(tokens: Sequence[Token], start: int) -> bool:
    """Whether the words before a name ask for a job: "what does a sorter", "as a mover", "become a layer"."""
    if start < 2 or tokens[start].breaks or tokens[start - 1].breaks:
        return False
    return tokens[start - 1].word in _ARTICLES and tokens[start - 2].word in _BEFORE_A_JOB


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a name stands.

    Attributes:
        before: The word before it, determiners skipped ("in the UK" → "in"); "" at a break.
        capital: Whether its capital says that it is a name.
        acronym: Whether it stands in capitals among words that don't.
    """

    before: str
    capital: bool
    acronym: bool = False

    @property
    def cued(self) -> bool:
        """Whether a word before it may take a place ("to", "for")."""
        return self.before in PLACE_CUES

    @property
    def announced(self) -> bool:
        """Whether a word before it takes a place and little else ("in", "near")."""
        return self.before in STRONG_PLACE_CUES and (self.before != "around" or self.capital)


def setting_of(tokens: Sequence[Token], start: int, *, capitals: bool) -> Setting:
    """The setting of the name that starts at a token."""
    before = ""
    if start and not tokens[start].breaks:
        before = tokens[start - 1].word
        if before == "the" and start > 1 and not tokens[start - 1].breaks:
            before = tokens[start - 2].word
    text = tokens[start].text
    acronym = len(text) > 1 and text.isupper()
    capital = capitals and (acronym or (text[:1].isupper() and not _starts_sentence(tokens, start)))
    return Setting(before, capital, acronym=acronym and capitals)


def kind_of(setting: Setting, typed: str, targets: Sequence[Target], *, single: bool, common: bool) -> tuple[str, bool]:
    """The likeliest kind of a name, and whether it is weak: in need of other evidence.

    Args:
        setting: Where it stands.
        typed: The words as typed, in stems.
        targets: All it may stand for.
        single: It is one word.
        common: All its words are ordinary English.
    """
    strength: dict[str, float] = {}
    for target in targets:
        strength[target.kind] = max(strength.get(target.kind, 0.0), target.weight)
    if "place" in strength:
        small = strength["place"] < _LARGE
        # "who earns mor" asks nothing about Moers
        initials = single and ((len(typed) < 3 and strength["place"] < _NATION) or (len(typed) == 3 and small))
        ambiguous = typed in AMBIGUOUS_PLACES or (common and small) or initials
        # "from barista to doula", "paramedic to PA"
        job = strength.get("career", 0.0) >= _SURE_CAREER and (setting.acronym or not setting.capital)
        announced = setting.announced or (setting.before == "around" and not ambiguous)  # "around much longer"
        cued = announced or (setting.cued and not job and (setting.capital or not ambiguous))
        if cued or (len(strength) == 1 and not ambiguous):
            return "place", ambiguous and not (cued or setting.capital)
        if len(strength) == 1 or (setting.capital and "career" not in strength):
            return "place", not setting.capital
    if "career" in strength:
        ordinary = typed in WEAK_CAREERS or (common and strength["career"] < _SURE_CAREER)
        return "career", single and ordinary and not setting.acronym
    if "skill" in strength:
        return "skill", typed in WEAK_SKILLS or (common and "topic" not in strength and strength["skill"] < 60)
    if "place" in strength:
        return "place", True
    return next(iter(strength)), common


def _starts_sentence(tokens: Sequence[Token], start: int) -> bool:
    return start == 0 or tokens[start].sentence != tokens[start - 1].sentence


def capitals_mean_something(tokens: Sequence[Token]) -> bool:
    """Capitals say "name" only where most words are in lower case."""
    lower = sum(token.text.islower() for token in tokens)
    return lower * 2 >= len(tokens)
