"""From a question's scores and slots to a reading: answer, ask back or decline."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.asking import compared_with, which_career, which_intent
from bot.classifier import Classifier, Scores
from bot.clauses import SOCIAL, Clause
from bot.conversing import Conversing
from bot.filling import (
    about_it,
    asks_about_other_things,
    intent_of,
    over_there,
    places_of,
    takes_up_choice,
)
from bot.filters import page_of, read_filters, wants_everything
from bot.following import TOPICAL, Follower, refined, sets_out_from
from bot.frames import informed_by_frame
from bot.inheriting import Filled, inherited, stands_for_career
from bot.intent import Intent
from bot.pointing import narrowed
from bot.query import NotUnderstood, Query, Reading
from bot.slots import Slots
from bot.spotting import Spotted
from bot.taking import SEVERAL, borrow, names_something, subjects
from bot.trades import Trades
from bot.training import NONE
from knowledge.directory import Directory
from knowledge.models import Career


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When to answer; measured on the development questions (docs/understanding.md)."""

    within: float = 0.9
    """Least probability that it is a question for the bot at all."""
    named: float = 0.8
    """The same where a career is named that is no ordinary word."""
    answer: float = 0.3
    """Least share of the best intent in that."""
    ask_back: float = 0.45
    """Least probability that a message is a career question at all, for asking back where the intent is unclear."""
    margin: float = 0.03
    """Below this margin between two intents the bot asks which one is meant."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """Decides what is done with a question.

    Attributes:
        intents: All that are declared, by name.
    """

    directory: Directory
    intents: Mapping[str, Intent]
    follower: Follower
    trades: Trades
    conversing: Conversing
    thresholds: Thresholds

    def reading(
        self, text: str, spotted: Spotted, clause: Clause, whole: Clause, last: Query | None, classifier: Classifier
    ) -> Reading:
        """What one question of a message asks.

        Args:
            text: The question's words.
            spotted: The message.
            clause: The question in it.
            whole: The message read as one.
            last: The question that was answered before.
            classifier: Of the message's language.
        """
        pointed, is_part = False, whole is not clause
        if last is not None:
            one = narrowed(text, last)
            pointed = one is not last and self.follower.points(spotted, clause)
            if one is not last:  # one of them is no comparison
                scores = clause.scores
                meant = scores.runner_up if scores.best == "compare" else scores.best
                clause = replace(clause, scores=scores.moved("compare", meant))
            last = one
            clause = self.conversing.read(text, spotted, clause, last, classifier)
        clause = replace(clause, scores=informed_by_frame(text, spotted, clause))
        clause = self.trades.side_by_side(spotted, self.trades.beside_a_speaker(spotted, clause))
        wants = frozenset(name for name, intent in self.intents.items() if intent.careers[0])
        clause = self.trades.asked_about(spotted, clause, classifier, self.thresholds.within, wants)
        if last is not None and (list_anew := refined(text, spotted, clause, last)):
            return list_anew
        if last is not None and (pointed or self.follower.continues(text, spotted, clause, last)):
            return self.follower.continued(text, spotted, clause, last)
        if clause.bare:
            return self._bare(text, spotted, clause)
        if declined := self._declined(text, spotted, clause):
            return declined
        scores, intent = clause.scores, clause.scores.best
        if intent in SOCIAL:
            return Query(text=text, intent=intent, confidence=scores.confidence, margin=scores.margin,
                         runner_up=scores.runner_up)  # fmt: skip
        if is_part:
            clause = self._completed_from(spotted, clause, whole, intent)
        return self.filled(text, spotted, clause, intent, last)

    def filled(self, text: str, spotted: Spotted, clause: Clause, intent: str, last: Query | None) -> Reading:
        """The reading of a question whose intent is known: its slots, from the conversation where it has none."""
        slots = clause.slots
        intent, careers = self._asked(text, spotted, clause, intent, last)
        places = places_of(text, spotted, clause, intent, last)
        if intent in ("salary", "outlook") and len({token.sentence for token in spotted.tokens}) > 1:
            places = over_there(text, places)
        skills, interests = subjects(spotted, clause, intent, last)
        own = Filled(careers, places, list(slots.evidence))
        least, most = self.intents[intent].careers
        if intent in TOPICAL and last is not None and not (careers or skills or slots.topics or last.careers):
            skills = list(last.skills)  # "courses for Python" … "books instead"
        if intent in TOPICAL and not (careers or slots.skills or slots.topics or slots.weak_skills):
            careers, evidence = self.trades.added(spotted, clause, careers, own.evidence)
            own, skills = Filled(careers, places, evidence), [] if careers else skills  # "a dog grooming course"
        subject = bool(skills or slots.topics) and intent in TOPICAL
        if not subject and len(careers) < (2 if intent == "transition" else least):
            known = last.careers if last is not None else ()
            careers, evidence = self.trades.added(spotted, clause, careers, own.evidence, known)
            own = Filled(careers, places, evidence)
        wanted = len(careers) < least or stands_for_career(text, spotted, clause, intent, careers)
        if wanted and not subject and last is not None and last.careers and slots.generic is None:
            if slots.leftover and not careers and names_something(spotted, clause):
                return NotUnderstood(text=text, confidence=clause.scores.confidence)
            own = inherited(text, spotted, clause, intent, own, last, most)
        one_in_places = intent == "compare" and len(own.careers) == 1 and len(own.places) > 1
        if len(own.careers) < (1 if one_in_places else least) and not subject:
            return self._too_few(text, spotted, clause, intent, own.careers)
        if self._close(clause.scores, len(own.careers)):
            return which_intent(text, clause)
        return Query(
            text=text, intent=intent, careers=tuple(own.careers), places=tuple(own.places),
            excluded_places=tuple(slots.excluded), skills=tuple(skills), topics=tuple(dict.fromkeys(slots.topics)),
            interests=tuple(interests), currency=slots.currency,
            filters=read_filters(spotted, clause.start, clause.end, text), confidence=clause.scores.confidence,
            margin=clause.scores.margin, runner_up=clause.scores.runner_up, evidence=tuple(own.evidence),
            alternatives=tuple(slots.alternatives), unknown_places=tuple(slots.unknown_places),
            show_all=wants_everything(spotted, clause.start, clause.end), page=page_of(text),
        )  # fmt: skip

    def _declined(self, text: str, spotted: Spotted, clause: Clause) -> Reading | None:
        """The answer to what is no question for the bot, or not surely one; None where it is."""
        scores = clause.scores
        if asks_about_other_things(spotted, clause):
            return NotUnderstood(text=text, confidence=0.5)
        within = 1 - scores.of(NONE)
        asked = clause.slots.careers and not clause.slots.weak_career
        least = self.thresholds.named if asked else self.thresholds.within
        if scores.best != NONE and within >= least and scores.confidence >= self.thresholds.answer * within:
            return None
        if scores.of(NONE) < self.thresholds.ask_back:
            if asked:
                return which_intent(text, clause)
            if clause.slots.generic is not None and scores.best != NONE:
                return which_career(text, clause, scores.best, self.directory)
        return NotUnderstood(text=text, confidence=scores.of(NONE))

    def _close(self, scores: Scores, careers: int) -> bool:
        """Whether two intents are too close to answer one; several careers decide between two that take several."""
        if scores.margin >= self.thresholds.margin or scores.runner_up in (NONE, *SOCIAL):
            return False
        return not (careers > 1 and scores.runner_up in SEVERAL)

    def _completed_from(self, spotted: Spotted, clause: Clause, whole: Clause, intent: str) -> Clause:
        """The clause with what it leaves out and the rest of the message tells."""
        declared = self.intents[intent]
        wanted = declared.careers[0] > 0 or about_it(clause.text, intent, clause.slots.careers)
        by_trade = wanted and intent not in TOPICAL and whole.slots.generic is None
        if by_trade and not clause.slots.careers:
            clause = self.trades.told(spotted, clause, clause)
        slots = borrow(spotted, clause, whole.slots, takes_career=wanted, takes_places=declared.places)
        clause = replace(clause, slots=slots)
        return self.trades.told(spotted, clause, whole) if by_trade and not slots.careers else clause

    def _bare(self, text: str, spotted: Spotted, clause: Clause) -> Reading:
        """Names alone, with no conversation to continue: a career is looked up, a career and place is its pay."""
        slots = clause.slots
        if slots.weak_career and not slots.places:
            slots = Slots()
        if slots.careers:
            named = bool(slots.places or slots.currency)
            apart = len(slots.places) > 1 and not {"or", "vs", "versus"}.isdisjoint(spotted.words)
            intent = "compare" if len(slots.careers) > 1 or apart else ("salary" if named else "overview")
            intent = intent_of(text, spotted, clause, intent, slots.careers)
            return self._query(text, clause, intent, slots.careers, slots, confidence=0.8)
        if clause.scores.best in SOCIAL and clause.scores.confidence >= self.thresholds.answer:
            return Query(text=text, intent=clause.scores.best, confidence=clause.scores.confidence)
        if clause.slots.generic is not None:
            return which_career(text, clause, "overview", self.directory)
        return NotUnderstood(text=text, confidence=0.5)

    def _asked(
        self, text: str, spotted: Spotted, clause: Clause, intent: str, last: Query | None
    ) -> tuple[str, list[Career]]:
        """The intent, seen with the names and the question before, and the careers of the message."""
        careers = list(clause.slots.careers)
        intent = intent_of(text, spotted, clause, intent, careers)
        if intent == "path" and len(careers) == 1:
            if last is not None and last.careers and sets_out_from(text, spotted, clause):
                intent = "transition"
            elif _PRESENT_JOB.search(text) or _FROM_A_TRADE.search(text):
                careers, found = self.trades.added(spotted, clause, careers, [])
                intent = "transition" if found else intent
        if takes_up_choice(text, careers, last) and intent in ("similar", "rank", "compare", "outlook", "overview"):
            intent = "compare"
        return intent, careers

    def _too_few(self, text: str, spotted: Spotted, clause: Clause, intent: str, careers: list[Career]) -> Reading:
        if clause.slots.generic is not None:
            return which_career(text, clause, intent, self.directory)
        if intent == "compare" and len(careers) == 1:
            return compared_with(text, clause, careers[0], self.directory)
        if clause.slots.leftover and names_something(spotted, clause):
            return NotUnderstood(text=text, confidence=clause.scores.confidence)
        return which_career(text, clause, intent, self.directory)

    def _query(
        self, text: str, clause: Clause, intent: str, careers: Sequence[Career], slots: Slots,
        confidence: float | None = None,
    ) -> Query:  # fmt: skip
        return Query(
            text=text, intent=intent, careers=tuple(careers), places=tuple(slots.places),
            skills=tuple(slots.skills), topics=tuple(slots.topics), currency=slots.currency,
            confidence=confidence if confidence is not None else clause.scores.confidence,
            margin=clause.scores.margin, runner_up=clause.scores.runner_up, evidence=tuple(slots.evidence),
            alternatives=tuple(slots.alternatives), unknown_places=tuple(slots.unknown_places),
        )  # fmt: skip


_PRESENT_JOB = re.compile(r"\b(?:i'?m|i am|i work|working|currently|been) (?:as )?an? ", re.IGNORECASE)
_FROM_A_TRADE = re.compile(r"^\W*(?:from )?\w+ (?:in)?to \w", re.IGNORECASE)
