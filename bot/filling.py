"""What the words around the names say about the question: which intent two names make, which places count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.classifier import Scores
from bot.clauses import Clause
from bot.lexicon import AMBIGUOUS_PLACES, NEVER_BARE_PLACES, WORK_WORDS
from bot.pointing import LISTING
from bot.query import Query
from bot.spotting import Spotted
from knowledge.models import Career, Place

_VERSUS = frozenset("vs versus or and against than between".split())
_TO = re.compile(r"(?:->|→|=>|\bto\b|\binto\b|\bbecom\w+\b)", re.IGNORECASE)
_DIFFERS = re.compile(r"\b(?:diff\w*|distin\w*|compar\w*|same)\b", re.IGNORECASE)
_WHICH_OF_THEM = re.compile(
    r"\b(?:which|who|what)\b.*\b(?:better|more|most|best|higher|highest|less|least|worse|easier|harder|two|them|\w{3,}est"
    r"|bigger|smaller|brighter|slower|safer|longer|shorter|faster|quicker|cheaper|nicer|steadier|tougher|healthier|happier|calmer)\b",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"^\W*(?:and |so |but )?whose\b", re.IGNORECASE)
_OF_THEM = re.compile(
    r"\b(?:which|who)\b(?: of (?:the (?:two|three|others?)|them|em|these|those|both)\b| ones?\b"
    r"| (?:city|country|place)\b| (?:pays|earns|makes|needs|takes|gets|has|is|would|will|requires|lasts|suits)\b)"
    r"|\bof (?:the |those |these |my )?(?:two|three|2|3)\b",
    re.IGNORECASE,
)
_OF_TWO = re.compile(r"\bof (?:the|those|these|my) (?:two|three|2|3)\b", re.IGNORECASE)
_FEW_WORDS = 5
_RATHER = re.compile(
    r"^\W*(?:(?:and|so|ok|but) )?(?:more|less|fewer|better|worse|safer|calmer|higher|lower|easier|harder|quicker)\b",
    re.IGNORECASE,
)
"""A few words that ask which of two it is: "safer one?", "less lifting in which?"."""
_OF_THE_LIST = re.compile(r"\b(?:which|who) of (?:them|these|those|the (?:two|three))\b", re.IGNORECASE)
"""What a list's careers are compared by: "which pays best in Canada?" after a list asks for another one."""
_IT = re.compile(
    r"\b(?:it|its|it's|they|them|their|that job|this job|that career|this career|that role)\b", re.IGNORECASE
)
_THERE = re.compile(r"\b(?:there|that (?:city|place|country|town))\b", re.IGNORECASE)
_TAKES_UP = re.compile(r"^\W*(?:and|what about|how about|also|then)\b", re.IGNORECASE)
_PLACE_WITHOUT_CUE = frozenset({"salary", "rank", "compare", "outlook"})
_SHORT_QUESTION = 6
_MOVES = frozenset({"path", "education", "growth", "overview", "compare", "similar"})


def informed(scores: Scores, spotted: Spotted, start: int, end: int, careers: int) -> Scores:
    """The scores, seen with how many careers are named.

    The classifier sees masked words and can't tell a wish to become something from a change: with one career and no
    word that leaves another behind, what speaks for a change speaks for a path; with two, the other way round.
    """
    words = {token.word for token in spotted.tokens[start:end]} | set(spotted.words[start:end])
    if careers >= 2 and not words & _VERSUS:
        return scores.moved("path", "transition")
    if careers == 1 and not words & _LEAVES and scores.of("transition") < _SURELY_A_CHANGE:
        return scores.moved("transition", "path")
    return scores


_SURELY_A_CHANGE = 0.9
_LEAVES = frozenset(
    "from leave leaving left quit quitting switch switching change changing transition moving move out instead else "
    "other retrain pivot ex former background stop jump swap away tired sick hate over coming".split()
)


def intent_of(text: str, spotted: Spotted, clause: Clause, intent: str, careers: Sequence[Career]) -> str:
    """The intent, seen with its names: two careers with "to" between them are a change, with "vs" a comparison."""
    places = clause.slots.places
    if (
        intent == "salary"
        and len(careers) == 1
        and len(places) >= 2
        and _between(spotted, clause, "place", {"vs", "versus"})
    ):
        return "compare"
    if intent == "transition" and len(careers) == 2:
        apart = set(_words_between(spotted, clause, "career"))
        return "compare" if apart & {"or", "vs", "versus"} and not apart & {"to", "into", "from"} else intent
    if len(careers) != 2 or intent not in _MOVES:
        return intent
    if _DIFFERS.search(text):
        return "compare"
    between = _words_between(spotted, clause, "career")
    if _VERSUS & set(between):
        return "compare" if intent in ("overview", "similar") else intent
    if intent == "path" or (intent != "compare" and _TO.search(text)):
        return "transition"
    gap = _gap(spotted, clause)
    return "transition" if gap and _TO.search(gap) and intent in ("compare", "overview") else intent


def takes_up_choice(text: str, careers: Sequence[Career], last: Query | None) -> bool:
    """Whether it asks which of the last question's careers or places is better ("which pays more?")."""
    if last is None or careers:
        return False
    if len(last.careers) > 1 or (len(last.careers) == 1 and len(last.places) > 1):
        asks = _WHICH_OF_THEM.search(text) or _WHOSE.search(text) or _OF_TWO.search(text)
        return bool(asks) or _in_few_words(text)
    outright = _OF_THE_LIST if last.intent in LISTING else _OF_THEM
    return (len(last.discussed) > 1 or len(last.discussed_places) > 1) and bool(outright.search(text))


def asks_which(text: str, careers: Sequence[Career], last: Query | None) -> bool:
    """Whether it says outright that it asks about the last question's careers ("which of them earns less")."""
    outright = _OF_THEM.search(text) or _WHOSE.search(text) or _in_few_words(text)
    return takes_up_choice(text, careers, last) and bool(outright)


def _in_few_words(text: str) -> bool:
    return len(text.split()) <= _FEW_WORDS and bool(_RATHER.search(text))


def about_it(text: str, intent: str, careers: Sequence[Career]) -> bool:
    """Whether "it" in a question that needs no career stands for one ("where is it paid best?")."""
    return intent == "rank" and not careers and bool(_IT.search(text))


def places_of(text: str, spotted: Spotted, clause: Clause, intent: str, last: Query | None) -> list[Place]:
    """The places that count: those named; a word that is also a place where a place is wanted; the last question's."""
    slots = clause.slots
    if slots.places or slots.excluded:
        wanted = intent in _PLACE_WITHOUT_CUE
        return _without_setting([place for place in slots.places if wanted or place.id in slots.cued_places])
    if intent in _PLACE_WITHOUT_CUE and slots.weak_places:
        last_word = max((span.end for span in spotted.spans if span.kind == "place" and span.weak), default=0)
        short = clause.end - clause.start <= _SHORT_QUESTION
        typed = spotted.tokens[last_word - 1].text if last_word else ""
        first_word = min((span.start for span in spotted.spans if span.kind == "place" and span.weak), default=-1)
        first = first_word == clause.start and spotted.tokens[first_word].stem not in AMBIGUOUS_PLACES
        bare = short and (last_word == clause.end or first) and typed not in NEVER_BARE_PLACES
        if bare or typed[:1].isupper():
            return list(slots.weak_places[-1:])
    if last is not None and last.places and not slots.unknown_places:
        same = intent == last.intent and intent in ("salary", "compare")
        carried = same and (not slots.careers or _TAKES_UP.match(text))
        if carried or (_THERE.search(text) and intent in _PLACE_WITHOUT_CUE):
            return list(last.places)
    return []


def _without_setting(places: list[Place]) -> list[Place]:
    """The places without a country or state in which two others lie: "in New Zealand: Auckland or Wellington?"."""
    return [place for place in places if sum(place.id in other.areas for other in places) < _SIDES]


def asks_about_other_things(spotted: Spotted, clause: Clause) -> bool:
    """Whether a question that names no career, skill or subject is about something else than work.

    Ordinary words that no question for the bot uses say so: "instructions for folding a crane" asks for no help of the
    bot's, nor do "the items on my list" ask for careers.
    """
    slots, intent = clause.slots, clause.scores.best
    if slots.careers or slots.topics or slots.skills or slots.generic is not None:
        return False
    words = spotted.words[clause.start : clause.end]
    if intent == "rank" and _ranks_other_things(spotted, clause):
        return True
    if not _OF_WORK.isdisjoint(words):
        return False
    if intent == "browse":
        return not slots.weak_skills
    if intent == "rank":
        return _OF_PAY.isdisjoint(words)
    if intent == "match":
        return bool(slots.strange) and not slots.weak_skills and _OF_ONESELF.isdisjoint(words)
    return len(slots.strange) >= _STRANGE.get(intent, len(spotted.words) + 1)


def _ranks_other_things(spotted: Spotted, clause: Clause) -> bool:
    """Whether what is ranked is a word that nothing explains: "which ISA pays the best interest?"."""
    pairs = pairwise(spotted.tokens[clause.start : clause.end])
    return any(before.word in _WHICH and after.word in clause.slots.leftover for before, after in pairs)


_STRANGE = {"help": 1, "sources": 2, "greeting": 2}
"""So many words that no question for the bot uses are too many for these intents."""
_OF_PAY = frozenset(
    "pay pays paid paying payed earn earns earning earners salary salaries wage wages money income incomes make makes "
    "making bank rich richest growing grow growth demand outlook stressful safest degree university uni".split()
)
_OF_ONESELF = frozenset(
    "like likes liked love loves loved enjoy enjoys enjoyed hate hates hated good great bad best strong know knows "
    "interested interest interests into passionate passion skills skill degree background experience experienced "
    "study studied studying school maths living life personality introvert suit suits suited fit fits earn pay".split()
)
_OF_WORK = WORK_WORDS | frozenset(
    "role roles position positions field fields industry industries sector line path paths option options one ones "
    "rest other others more else everything all".split()
)


_SIDES = 2
_HERE = re.compile(r"\bover here\b|\bround here\b|\baround here\b", re.IGNORECASE)
_WHICH = frozenset("which what whats".split())


def over_there(text: str, places: Sequence[Place]) -> list[Place]:
    """Of several places in a story, the last before "there": "I live in Ghent, we go to Bonn. What is paid there?".

    "Over here" is the first: "We moved to Lyon. I used to teach in Ohio. What do teachers make over here?".
    """
    if len(places) > 1 and _HERE.search(text) and not _THERE.search(text):
        return list(places[:1])
    return list(places[-1:]) if len(places) > 1 and _THERE.search(text) else list(places)


def _words_between(spotted: Spotted, clause: Clause, kind: str) -> list[str]:
    spans = [s for s in spotted.spans if s.kind == kind and s.start >= clause.start and s.end <= clause.end]
    if len(spans) < 2:
        return []
    return [token.word for token in spotted.tokens[spans[0].end : spans[1].start]]


def _between(spotted: Spotted, clause: Clause, kind: str, words: set[str]) -> bool:
    return bool(words & set(_words_between(spotted, clause, kind)))


def _gap(spotted: Spotted, clause: Clause) -> str:
    """The text between the first two careers, arrows included."""
    spans = [s for s in spotted.spans if s.kind == "career" and s.start >= clause.start and s.end <= clause.end]
    if len(spans) < 2:
        return ""
    offset = spotted.tokens[clause.start].start
    return clause.text[spotted.tokens[spans[0].end - 1].end - offset : spotted.tokens[spans[1].start].start - offset]
