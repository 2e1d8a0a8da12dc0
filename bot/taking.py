"""What a question takes from the rest of its message and from the conversation, and what it leaves them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from bot.clauses import SOCIAL, Clause
from bot.context import is_correction, is_denial
from bot.following import TOPICAL
from bot.mentions import asked_about
from bot.openwords import open_words
from bot.query import Query, Reading
from bot.slots import Slots
from bot.spotting import Spotted
from bot.training import NONE
from knowledge.models import Career, Place

SEVERAL = frozenset({"compare", "transition", "rank"})
"""Intents that take up both careers of a change."""
ASKS_OF_SEVERAL = SEVERAL | {"path", "similar", NONE}
"""Intents whose careers needn't be set side by side in the message."""
_MOST_DISCUSSED = 3
_EACH_OF_TWO = 0.3
"""Least probability of each of two intents that are both answered."""


def two_at_once(spotted: Spotted, clause: Clause) -> list[Clause]:
    """The clause once for each of two intents that it asks for in one breath ("salary and job growth for nurses")."""
    scores = clause.scores
    first, second = scores.best, scores.runner_up
    joined = any(word == "and" for word in spotted.words[clause.start : clause.end])
    least = min(scores.confidence, scores.of(second))
    if not joined or least < _EACH_OF_TWO or {first, second} & {NONE, *SOCIAL, *SEVERAL} or clause.slots.generic:
        return []
    kept = scores.moved(second, first), scores.moved(first, second)
    return [replace(clause, scores=each) for each in kept] if clause.slots.careers else []


def discussing(reading: Reading, last: Query | None) -> Reading:
    """The reading, with what stands beside its career and place in the conversation.

    Careers that were set side by side before it, while it is about one of them; and careers or places that the same was
    asked of one after the other ("and a paralegal?", "and in Bologna?").
    """
    if not isinstance(reading, Query) or last is None or len(reading.careers) != 1:
        return reading
    if is_correction(reading.text) or is_denial(reading.text):
        return reading  # what was taken back stands beside nothing
    several = last.careers if len(last.careers) > 1 else last.discussed
    if reading.careers[0] not in several:
        again = bool(last.careers) and reading.careers != last.careers
        several = (*(several or last.careers), reading.careers[0])[-_MOST_DISCUSSED:] if again else ()
    places: tuple[Place, ...] = ()
    if reading.careers == last.careers and reading.intent == last.intent and len(reading.places) == 1:
        places = tuple(dict.fromkeys((*(last.discussed_places or last.places), *reading.places)))[-_MOST_DISCUSSED:]
    if len(several) < 2 and len(places) < 2:
        return reading
    return reading.model_copy(update={"discussed": several, "discussed_places": places})


def chosen(parts: list[Clause], last: Query | None) -> tuple[list[Clause], Query | None]:
    """The questions without a remark before them that only takes up a career, and what they are asked about then.

    "surveyor sounds more me. hows the future looking for that" asks one thing, of surveyors.
    """
    first = parts[0]
    if last is None or len(parts) < 2 or len(first.slots.careers) != 1 or not _TAKES_TO.search(first.text):
        return parts, last
    return parts[1:], last.model_copy(update={"careers": tuple(first.slots.careers), "intent": "overview"})


_TAKES_TO = re.compile(
    r"\b(?:sounds?|seems?|looks?) (?:more|better|good|nice|fun|right|al ?right|great|interesting|cool|like)\b",
    re.IGNORECASE,
)


def with_inherited(intent: str, named: list[Career], inherited: list[Career], most: int) -> list[Career]:
    """Careers of the last question with those named now: a change's goal is what was talked about before."""
    kept = inherited[: max(most - len(named), 1)]
    together = [*named, *kept] if intent == "transition" and len(named) == 1 else [*kept, *named]
    return together[: max(most, 1)]


def subjects(spotted: Spotted, clause: Clause, intent: str, last: Query | None) -> tuple[list[str], list[str]]:
    """Skills and free words of the intents that take them.

    In a conversation about a career, "got courses? I'd rather watch something" is about that career: free words are a
    subject there only where one of "on", "about", "in", "for" or "learn" introduces them.
    """
    slots = clause.slots
    skills: list[str] = list(slots.skills)
    interests: list[str] = []
    if intent in TOPICAL and not slots.careers:
        skills += slots.weak_skills
        introduced = (
            last is None or not last.careers or any(_introduces(spotted, at) for at in range(clause.start, clause.end))
        )
        if not skills and not slots.topics and introduced:
            skills = open_words(spotted, clause.start, clause.end, intent)
    elif intent in ("match", "browse"):
        interests = open_words(spotted, clause.start, clause.end, intent)
        skills += [*slots.weak_skills, *interests]
    return list(dict.fromkeys(skills)), interests


def _introduces(spotted: Spotted, at: int) -> bool:
    """Whether a subject may follow the word; "what about courses" has none."""
    before = spotted.words[at - 1] if at else ""
    return spotted.tokens[at].word in _INTRODUCES and before not in ("what", "how")


_INTRODUCES = frozenset("on about in for learn learning".split())


def names_something(spotted: Spotted, clause: Clause) -> bool:
    """Whether unexplained words stand where a career would ("a dragon tamer", "as an alchemist")."""
    tokens = spotted.tokens[clause.start : clause.end]
    leftover = set(clause.slots.leftover)
    return any(
        token.word in leftover and before.word in ("a", "an", "as", "of", "do", "does")
        for before, token in pairwise(tokens)
    )


def borrow(spotted: Spotted, clause: Clause, whole: Slots, *, takes_career: bool, takes_places: bool) -> Slots:
    """The clause's slots with what it wants and the rest of the message names: a career, places."""
    slots = clause.slots
    if takes_career and not slots.careers and slots.generic is None:
        chosen = whole.only(asked_about(spotted, whole.named, (clause.start, clause.end), one=True))
        careers = [e for e in chosen.evidence if e.slot == "career"]
        evidence = [*slots.evidence, *careers]
        slots = replace(slots, careers=chosen.careers, evidence=evidence, weak_career=whole.weak_career)
    if takes_places and not slots.places and not slots.excluded:
        places = [e for e in whole.evidence if e.slot == "place"]
        weak = slots.weak_places or whole.weak_places
        slots = replace(slots, places=list(whole.places), weak_places=weak, evidence=[*slots.evidence, *places])
    return slots
