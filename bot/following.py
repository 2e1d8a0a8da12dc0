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
from bot.openwords import open_words
from bot.pointing import ORDINALS
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
    ("how", "to"),
    ("how", "do"),
    ("how", "would"),
)
_VERSUS = frozenset("vs versus or against".split())
_PAID = frozenset({"salary", "outlook"})
_IN_CURRENCY = frozenset({"salary", "compare", "rank"})
_COMPARES = re.compile(r"^\W*(?:(?:and|or|how about)\s+)?(?:compared?|vs|versus)\b|\bcompared\W*$", re.IGNORECASE)
_BECOMES_IT = re.compile(
    r"\b(?:become|becoming|be|into|to) (?:that|it|this|there)\b|\b(?:that|the|this) (?:move|switch|jump|change)\b",
    re.IGNORECASE,
)
_GOAL = frozenset("to into become becoming".split())
_SELF = frozenset("i im ive my me".split())
_THAT = re.compile(r"\b(?:that|it)\b", re.IGNORECASE)
_ADDS = re.compile(
    r"^\W*(?:(?:ok|now|and|then|please|pls|lets|let's|(?:can|could|would|will) (?:you|u|we))\W+)*"
    r"(?:add|plus|also|throw in)\b|\bas (?:a|the) third\b|\bas well(?: please)?\W*$",
    re.IGNORECASE,
)
_AND = re.compile(r"\W*(?:ok\W+)?(?:and|what about|how about|vs)\b", re.IGNORECASE)
_SHORT, _LONGER, _MOST_SIDES = 6, 12, 4
_ONES = re.compile(r"^\W*(?:(?:and|ok|but|so) )?(?:only|just|no|not|any)\b.*\bones?\b", re.IGNORECASE)
_OF_THE_LIST = re.compile(r"\b(?:which|who) of (?:them|these|those)\b(?! (?:two|three))", re.IGNORECASE)
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
            at in named or spotted.words[at] in FRAGMENT_WORDS or spotted.words[at] in ORDINALS
            for at in range(clause.start, clause.end)
        )

    def continues(self, text: str, spotted: Spotted, clause: Clause, last: Query | None) -> bool:
        """Whether the message takes up the last question with other names."""
        if last is None or last.intent in SOCIAL:
            return False
        slots = clause.slots
        sure_careers = slots.careers and not slots.weak_career
        strong = sure_careers or slots.places or slots.skills or slots.topics or slots.currency
        ordinary = slots.careers and clause.bare  # "potters?", in a conversation about careers
        named = bool(strong or ordinary or slots.weak_places or slots.weak_skills or slots.unknown_places)
        if not named:
            return False
        if (
            is_correction(text)
            or (strong and last.intent == "compare" and self._short(clause) and _ADDS.search(text))
            or (slots.denied and clause.bare)
            or (slots.currency and not slots.careers and last.intent in _IN_CURRENCY and self._short(clause))
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

    def _short(self, clause: Clause) -> bool:
        return clause.bare or clause.end - clause.start <= _SHORT

    def continued(self, text: str, spotted: Spotted, clause: Clause, last: Query) -> Query:
        """The last question with what this message names in its place."""
        slots = clause.slots
        correcting = is_correction(text) or is_denial(text) or bool(slots.denied)
        new_places = list(slots.places)
        if slots.weak_places and not new_places and not slots.careers:
            new_places = list(slots.weak_places)
        apart = _versus(spotted, clause)
        intent = self._intent(text, clause, last, bool(new_places), correcting=correcting, apart=apart)
        careers = _careers(tuple(slots.careers), last, intent, correcting=correcting)
        places = _places(tuple(new_places), last, intent, bool(slots.unknown_places))
        one_more = len(new_places) == 1 and not slots.careers
        beside = one_more and intent == "compare" and (last.intent != "compare" or _another(text, last))
        if new_places and (_ADDS.search(text) or beside):
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

    def _intent(
        self, text: str, clause: Clause, last: Query, has_places: bool, *, correcting: bool, apart: bool
    ) -> str:
        slots = clause.slots
        if _COMPARES.search(text) and last.intent not in _LISTS and (slots.careers or (last.careers and has_places)):
            return "compare"
        if last.intent in _PAID and len(slots.places) > 1 and not slots.careers and apart:
            return "compare"  # "so Glasgow or Edinburgh then"
        if slots.careers and last.intent in _LISTS and not correcting:
            return "rank" if last.intent == "rank" and last.careers else "overview"
        if last.intent == "rank" and has_places and last.careers and not slots.careers and _THAT.search(text):
            return "salary"  # "what would that be in New Zealand?"
        if has_places and not slots.careers and not last.places and not self.intents[last.intent].places:
            return "salary"
        return last.intent


def refined(text: str, spotted: Spotted, clause: Clause, last: Query) -> Query | None:
    """The last list limited or ordered anew; None where that isn't asked.

    "without a degree", "what about growth?", "only outdoors ones", "which of those pay best?".
    """
    slots = clause.slots
    if last.intent not in _LISTS or slots.careers or clause.scores.best in SOCIAL:
        return None
    length = clause.end - clause.start
    ordered = bool(_OF_THE_LIST.search(text)) and not last.careers
    ones = bool(_ONES.search(text)) and length <= _LONGER
    if not (ordered or ones) and (last.intent != "rank" or slots.places or slots.skills or length > _SHORT):
        return None
    found = read_filters(spotted, clause.start, clause.end, text)
    changed = {name: value for name, value in found if value != getattr(Filters(), name)}
    if not (changed or ordered or ones):
        return None
    update: dict[str, object] = {
        "text": text, "filters": last.filters.model_copy(update=changed), "confidence": 0.9, "margin": 0.9, "page": 1,
        "places": tuple(slots.places) or last.places, "discussed": (),
    }  # fmt: skip
    if ordered:
        update["intent"] = "rank"
    elif last.intent == "match":
        liked = open_words(spotted, clause.start, clause.end, "match")
        update["interests"] = tuple(dict.fromkeys((*last.interests, *liked)))
    return last.model_copy(update=update)


def sets_out_from(text: str, spotted: Spotted, clause: Clause) -> bool:
    """Whether the career that is named is where a way to the last one starts: "could I get there from teller?"."""
    return bool(_BECOMES_IT.search(text)) or any(
        "from" in before and not _GOAL & before for before in _before_careers(spotted, clause)
    )


def aims_at(spotted: Spotted, clause: Clause) -> bool:
    """Whether the career that is named is where a way leads: "and from that to product manager?"."""
    return any(_GOAL & before for before in _before_careers(spotted, clause))


def of_another(spotted: Spotted, clause: Clause) -> bool:
    """Whether a short question asks for somebody of another trade: "can an electrician cross over?"."""
    words = set(spotted.words[clause.start : clause.end])
    return clause.end - clause.start <= _SHORT + 3 and not words & _SELF


def _before_careers(spotted: Spotted, clause: Clause) -> list[set[str]]:
    """The three words before each career."""
    return [
        {spotted.words[at] for at in range(max(clause.start, span.start - 3), span.start)}
        for span in spotted.spans
        if span.kind == "career" and clause.start <= span.start and span.end <= clause.end
    ]


def _versus(spotted: Spotted, clause: Clause) -> bool:
    return any(token.word in _VERSUS for token in spotted.tokens[clause.start : clause.end])


def _another(text: str, last: Query) -> bool:
    """Whether a place joins those that one career is compared in: "and Florida?" after Texas and California."""
    return len(last.careers) == 1 and 1 < len(last.places) < _MOST_SIDES and bool(_AND.match(text))


def _careers(named: tuple[Career, ...], last: Query, intent: str, *, correcting: bool) -> tuple[Career, ...]:
    if not named:
        return last.careers
    if intent == "compare" and len(named) == len(last.careers) == 1 and len(last.places) > 1:
        return named  # one career in two places: the same places for another
    if intent in ("compare", "transition") and len(named) == 1 and last.careers:
        keep = last.careers[:-1] if correcting else last.careers[: 1 if intent == "transition" else 3]
        return (*[career for career in keep if career.slug != named[0].slug], named[0])
    return named


def _places(named: tuple[Place, ...], last: Query, intent: str, unknown: bool) -> tuple[Place, ...]:
    """The places named now; else the last question's, unless a place was named that nobody knows."""
    if named:
        return named
    return last.places if intent in (last.intent, "compare") and not unknown else ()


def _inherited(slot: str, matched: str) -> Evidence:
    return Evidence(slot=slot, words="", matched=matched, score=100, inherited=True)
