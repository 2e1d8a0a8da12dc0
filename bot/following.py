"""Messages that only make sense after the one before: "and in Berlin?", "what about nurses?", "no, I meant plumber"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.clauses import SOCIAL, Clause
from bot.context import FRAGMENT_WORDS, is_correction, is_denial
from bot.filters import read_filters
from bot.intent import Intent
from bot.lexicon import CURRENCIES
from bot.query import Evidence, Filters, Query
from bot.spotting import Spotted
from bot.training import NONE
from knowledge.models import Career, Place

TOPICAL = frozenset({"courses", "books"})
"""Intents that a skill or subject satisfies as well as a career does."""
_LISTS = frozenset({"browse", "match", "rank"})
_ASKED_WHAT = (
    ("what", "is"),
    ("what", "are"),
    ("whats", "a"),
    ("whats", "an"),
    ("who", "is"),
    ("who", "are"),
    ("what", "s"),
)
_VERSUS = frozenset("vs versus or against".split())
_IN_CURRENCY = frozenset({"salary", "compare", "rank"})
_COMPARES = re.compile(r"\W*(?:(?:and|or|how about)\s+)?(?:compared?|vs|versus)\b", re.IGNORECASE)
_THAT = re.compile(r"\b(?:that|it)\b", re.IGNORECASE)
REFERRING = frozenset("it they them that those one latter former first second third two both".split())
"""Words that stand for what was talked about before."""
_ADDS = re.compile(r"\W*(?:add|plus|also)\b", re.IGNORECASE)
_ORDINALS = {"first": 0, "1st": 0, "former": 0, "second": 1, "2nd": 1, "latter": 1, "third": 2, "3rd": 2, "last": -1}
_ORDINAL = re.compile(
    r"\bthe (?:(first|1st|second|2nd|third|3rd|last)(?: (?:one|job|career|role))?(?=\W*$|\W+(?:one|job|career|role|pay"
    r"|earn|make|need|take|is|do|have|require|get|in|for)\w*|\W*[,;:])|(former|latter))\b",
    re.IGNORECASE,
)
_SHORT = 6
_OWN_QUESTION = 0.8
"""From this probability on, words that deny something are a question of their own."""


@dataclass(frozen=True, slots=True)
class Follower:
    """Reads follow-ups against the last question."""

    intents: Mapping[str, Intent]

    def bare(self, spotted: Spotted, start: int, end: int, covered: set[int]) -> bool:
        """Whether tokens start..end are names and words that ask nothing of their own."""
        words = [token.word for token in spotted.tokens[start:end]]
        if any((a, b) in _ASKED_WHAT for a, b in pairwise(words)):
            return False
        return all(
            at in covered
            or spotted.tokens[at].word in FRAGMENT_WORDS
            or spotted.words[at] in FRAGMENT_WORDS
            or spotted.tokens[at].stem in CURRENCIES
            for at in range(start, end)
        )

    def points(self, spotted: Spotted, clause: Clause) -> bool:
        """Whether the words only point at something said before: "and the first?", "the latter"."""
        named = {at for span in spotted.spans if span.kind == "place" for at in range(span.start, span.end)}
        return all(
            at in named or spotted.words[at] in FRAGMENT_WORDS or spotted.words[at] in _ORDINALS
            for at in range(clause.start, clause.end)
        )

    def continues(self, text: str, spotted: Spotted, clause: Clause, last: Query | None) -> bool:
        """Whether the message takes up the last question with other names."""
        if last is None or last.intent in SOCIAL:
            return False
        slots = clause.slots
        sure_careers = slots.careers and not slots.weak_career
        strong = sure_careers or slots.places or slots.skills or slots.topics or slots.currency
        named = bool(strong or slots.weak_places or slots.weak_skills or slots.unknown_places)
        if not named:
            return False
        if (
            is_correction(text)
            or (slots.denied and clause.bare)
            or (slots.currency and not slots.careers and last.intent in _IN_CURRENCY)
        ):
            return True
        if clause.scores.best in SOCIAL and clause.scores.confidence > 0.5 and not strong:
            return False
        if len(slots.careers) > 1 and last.intent != "compare" and _versus(spotted, clause):
            return False
        if clause.bare:
            return bool(strong) or clause.scores.best != NONE or len(spotted.tokens) <= _SHORT
        denied = is_denial(text) and clause.end - clause.start <= _SHORT
        return denied and (clause.scores.best == NONE or clause.scores.confidence < _OWN_QUESTION)

    def continued(self, text: str, clause: Clause, last: Query) -> Query:
        """The last question with what this message names in its place."""
        slots = clause.slots
        correcting = is_correction(text) or is_denial(text) or bool(slots.denied)
        new_places = list(slots.places)
        if slots.weak_places and not new_places and not slots.careers:
            new_places = list(slots.weak_places)
        intent = self._intent(text, clause, last, bool(new_places), correcting=correcting)
        careers = _careers(tuple(slots.careers), last, intent, correcting=correcting)
        places = _places(tuple(new_places), last, intent, bool(slots.unknown_places))
        if new_places and (_ADDS.match(text) or (intent == "compare" != last.intent and not slots.careers)):
            places = tuple(dict.fromkeys((*last.places, *places)))
        skills = tuple(dict.fromkeys(slots.skills + slots.weak_skills)) or (() if slots.careers else last.skills)
        if (slots.skills or slots.weak_skills) and intent in TOPICAL and not slots.careers:
            careers = ()
        inherited = [
            *(_inherited("career", c.title) for c in careers if c not in slots.careers),
            *(_inherited("place", p.name) for p in places if p not in new_places),
        ]
        return Query(
            text=text, intent=intent, careers=careers, places=places, excluded_places=tuple(slots.excluded),
            skills=skills, topics=tuple(slots.topics) or last.topics, interests=last.interests,
            currency=slots.currency or last.currency, filters=last.filters, confidence=0.9, margin=0.9,
            runner_up=clause.scores.best, evidence=(*slots.evidence, *inherited),
            alternatives=tuple(slots.alternatives), unknown_places=tuple(slots.unknown_places),
        )  # fmt: skip

    def _intent(self, text: str, clause: Clause, last: Query, has_places: bool, *, correcting: bool) -> str:
        slots = clause.slots
        if _COMPARES.match(text) and last.intent not in _LISTS and (slots.careers or (last.careers and has_places)):
            return "compare"
        if slots.careers and last.intent in _LISTS and not correcting:
            return "rank" if last.intent == "rank" and last.careers else "overview"
        if last.intent == "rank" and has_places and last.careers and not slots.careers and _THAT.search(text):
            return "salary"  # "what would that be in New Zealand?"
        if has_places and not slots.careers and not self.intents[last.intent].places:
            return "salary"
        return last.intent


def refined(text: str, spotted: Spotted, clause: Clause, last: Query) -> Query | None:
    """The last list limited or ordered anew ("without a degree", "what about growth?"); None where it isn't asked."""
    slots = clause.slots
    named = slots.careers or slots.places or slots.skills
    if last.intent != "rank" or named or clause.end - clause.start > _SHORT or clause.scores.best in SOCIAL:
        return None
    found = read_filters(spotted, clause.start, clause.end, text)
    changed = {name: value for name, value in found if value != getattr(Filters(), name)}
    if not changed:
        return None
    filters = last.filters.model_copy(update=changed)
    return last.model_copy(update={"text": text, "filters": filters, "confidence": 0.9, "margin": 0.9, "page": 1})


def narrowed(text: str, last: Query) -> Query:
    """The last question about one of its careers only, where the message says which: "the second one", "the latter"."""
    match = _ORDINAL.search(text)
    several = last.careers if len(last.careers) > 1 else last.discussed
    if match is None or len(several) < 2:
        return last
    at = _ORDINALS[(match.group(1) or match.group(2)).casefold()]
    intent = "overview" if last.intent in ("compare", "transition") else last.intent
    chosen = {"careers": (several[at],), "discussed": several, "intent": intent}
    return last.model_copy(update=chosen) if at < len(several) else last


def refers(spotted: Spotted, clause: Clause) -> bool:
    """Whether a word stands for what was talked about before."""
    return any(word in REFERRING for word in spotted.words[clause.start : clause.end])


def sets_out_from(spotted: Spotted, clause: Clause) -> bool:
    """Whether the career that is named is where a way starts: "how would I get there from data analyst?"."""
    for span in spotted.spans:
        if span.kind == "career" and clause.start < span.start and span.end <= clause.end:
            before = [spotted.words[at] for at in range(max(clause.start, span.start - 3), span.start)]
            if "from" in before and not {"to", "into"} & set(before):
                return True
    return False


def carried(last: Query) -> tuple[Career, ...]:
    """The careers that a question without any is about: after a change of career, the new one."""
    return last.careers[-1:] if last.intent == "transition" else last.careers


def _versus(spotted: Spotted, clause: Clause) -> bool:
    return any(token.word in _VERSUS for token in spotted.tokens[clause.start : clause.end])


def _careers(named: tuple[Career, ...], last: Query, intent: str, *, correcting: bool) -> tuple[Career, ...]:
    if not named:
        return last.careers
    if intent == "compare" and len(named) == len(last.careers) == 1 and len(last.places) > 1:
        return named  # one career in two places: the same places for another
    if intent in ("compare", "transition") and len(named) == 1 and last.careers:
        keep = last.careers[:-1] if correcting else last.careers[:2]
        return (*[career for career in keep if career.slug != named[0].slug], named[0])
    return named


def _places(named: tuple[Place, ...], last: Query, intent: str, unknown: bool) -> tuple[Place, ...]:
    """The places named now; else the last question's, unless a place was named that nobody knows."""
    if named:
        return named
    return last.places if intent in (last.intent, "compare") and not unknown else ()


def _inherited(slot: str, matched: str) -> Evidence:
    return Evidence(slot=slot, words="", matched=matched, score=100, inherited=True)
