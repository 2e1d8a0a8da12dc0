"""The careers and places that a question takes from the one before it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clauses import Clause
from bot.filling import about_it
from bot.following import aims_at, of_another, sets_out_from
from bot.pointing import carried, means_all, refers, set_side_by_side
from bot.query import Evidence, Query
from bot.spotting import Spotted
from bot.taking import SEVERAL, with_inherited
from knowledge.models import Career, Place

_SIDES = 2


@dataclass(frozen=True, slots=True)
class Filled:
    """What a question names, or takes over."""

    careers: list[Career]
    places: list[Place]
    evidence: list[Evidence]


def stands_for_career(text: str, spotted: Spotted, clause: Clause, intent: str, careers: list[Career]) -> bool:
    """Whether a question with enough careers is still about the last one too: "could a chemist become that?"."""
    if about_it(text, intent, careers):
        return True
    if intent != "transition" or len(careers) != 1:
        return False
    return refers(spotted, clause) or sets_out_from(text, spotted, clause) or of_another(spotted, clause)


def inherited(text: str, spotted: Spotted, clause: Clause, intent: str, own: Filled, last: Query, most: int) -> Filled:
    """The question's own careers and places with those of the last question that it is about.

    Args:
        text: The question's words.
        spotted: The message.
        clause: The question in it.
        intent: What it asks.
        own: What it names itself.
        last: The question before it.
        most: Careers that the intent takes at most.
    """
    careers, places = own.careers, own.places
    about = last.careers if intent in SEVERAL else carried(last)
    if not careers and len(places) < _SIDES and (intent in ("compare", "transition") or means_all(text)):
        about = set_side_by_side(last) or about
    taken = [career for career in about if career not in careers]
    to = intent == "transition" and len(careers) == 1 and aims_at(spotted, clause)
    careers = [*taken[-1:], *careers] if to else with_inherited(intent, careers, taken, most)
    evidence = [Evidence(slot="career", words="", matched=c.title, score=100, inherited=True) for c in taken]
    if intent == "compare" and len(careers) == 1 and len(places) < _SIDES:
        places = list(dict.fromkeys((*(last.discussed_places or last.places), *places)))
    return Filled(careers, places, [*own.evidence, *evidence])
