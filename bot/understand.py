"""From a message and its conversation to readings: what is asked, how sure that is, and why.

normalise → spot names → cut into questions → score intents on the masked words → fill slots, from the conversation
where the message leaves them out → answer, ask back or decline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.classifier import Classifier, Scores
from bot.clauses import sentences, split_on_joiners
from bot.context import FRAGMENT_WORDS, Context, is_correction, is_denial
from bot.features import masked_words
from bot.filters import read_filters, wants_everything
from bot.gazetteer import Gazetteer
from bot.intent import Intent
from bot.normalise import MAX_CHARACTERS, clean, tokenise
from bot.openwords import open_words
from bot.query import Choice, Evidence, Filters, NotUnderstood, Query, Reading, Unclear
from bot.slots import SlotReader, Slots
from bot.spotting import Spotted, spot
from bot.training import NONE
from knowledge.directory import Directory
from knowledge.models import Career

SOCIAL = frozenset({"greeting", "thanks", "help", "sources"})
TOPICAL = frozenset({"courses", "books"})
"""Intents that a skill or subject satisfies as well as a career does."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When to answer; measured on the development questions (docs/understanding.md)."""

    answer: float = 0.42
    """Least probability of the best intent."""
    part: float = 0.55
    """Least probability of each part of a message that is taken for two questions."""
    bare_margin: float = 0.10
    """Below this margin between two intents the bot asks which one is meant."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the message with its scores and slots."""

    start: int
    end: int
    scores: Scores
    slots: Slots
    bare: bool


class Understanding:
    """Reads messages. Built once; every call is independent and takes well under a millisecond."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        classifier: Classifier,
        directory: Directory,
        intents: Sequence[Intent],
        thresholds: Thresholds | None = None,
    ) -> None:
        self.gazetteer, self.classifier, self.directory = gazetteer, classifier, directory
        self._intents: Mapping[str, Intent] = {intent.name: intent for intent in intents}
        self.thresholds = thresholds or Thresholds()
        wording = frozenset(word for word, bits in gazetteer.domain.items() if bits & 8)
        self._slots = SlotReader(directory, wording, gazetteer.english)

    def read(self, text: str, context: Context | None = None, default_country: str = "") -> list[Reading]:
        """What the message asks: one reading a question. Never raises, whatever the text."""
        context = context or Context()
        cleaned = clean(text)
        tokens = tokenise(cleaned) if len(cleaned) <= MAX_CHARACTERS else []
        if not tokens:
            return [NotUnderstood(text=cleaned[:MAX_CHARACTERS])]
        spotted = spot(self.gazetteer, tokens)
        whole = self._clause(spotted, 0, len(tokens), default_country)
        clauses = self._questions(spotted, whole, default_country)
        readings: list[Reading] = []
        for clause in clauses:
            asked = cleaned[tokens[clause.start].start : tokens[clause.end - 1].end] if len(clauses) > 1 else cleaned
            reading = self._reading(asked, spotted, clause, whole, context)
            readings.append(reading)
            if isinstance(reading, Query) and reading.intent not in SOCIAL:
                context = Context(query=reading)
        understood = [reading for reading in readings if isinstance(reading, Query)]
        return list(understood) if understood and len(readings) > 1 else readings[:1]

    def look_up(self, text: str, default_country: str = "") -> tuple[Spotted, Slots]:
        """The names in a text that is known to hold names (a command's options)."""
        spotted = spot(self.gazetteer, tokenise(clean(text)[:MAX_CHARACTERS]))
        return spotted, self._slots.read(spotted, 0, len(spotted.tokens), default_country)

    def filters(self, spotted: Spotted, text: str) -> Filters:
        """The limits that a command's text sets."""
        return read_filters(spotted, 0, len(spotted.tokens), text)

    def nearest_careers(self, text: str, limit: int = 4) -> list[Career]:
        """Careers whose titles look most like the text; slow (a full scan), for asking back only."""
        best: dict[str, float] = {}
        for name, target in self.gazetteer.entries("career"):
            if target.weight >= 55 and (
                score := fuzz.token_set_ratio(text.casefold(), name.casefold(), score_cutoff=70)
            ):
                best[target.id] = max(best.get(target.id, 0.0), score + target.weight / 20)
        slugs = sorted(best, key=lambda slug: (-best[slug], slug))[:limit]
        return [self.directory.career(slug) for slug in slugs]

    # cutting

    def _clause(self, spotted: Spotted, start: int, end: int, default_country: str) -> Clause:
        scores = self.classifier.scores(masked_words(spotted, start, end))
        slots = self._slots.read(spotted, start, end, default_country)
        covered = {at for span in spotted.spans for at in range(span.start, span.end) if not _mere_word(span)}
        bare = all(
            at in covered or spotted.tokens[at].word in FRAGMENT_WORDS or spotted.words[at] in FRAGMENT_WORDS
            for at in range(start, end)
        )
        return Clause(start, end, scores, slots, bare)

    def _questions(self, spotted: Spotted, whole: Clause, default_country: str) -> list[Clause]:
        ranges = [part for sentence in sentences(spotted) for part in split_on_joiners(spotted, *sentence)]
        if len(ranges) < 2:
            return [whole]
        parts = self._merged(
            [self._clause(spotted, a, b, default_country) for a, b in ranges], spotted, default_country
        )
        sure = [
            part
            for part in parts
            if not part.bare and part.scores.best != NONE and part.scores.confidence >= self.thresholds.part
        ]
        substantial = [part for part in sure if part.scores.best not in SOCIAL]
        sure = substantial or sure
        kinds = {part.scores.best for part in sure}
        if len(sure) > 1 and len(kinds) > 1:
            if whole.scores.best in ("compare", "match", "transition") and whole.scores.confidence > 0.8:
                return [whole]
            return self._distinct(sure)
        if len(sure) == 1 and (
            whole.scores.best == NONE or sure[0].scores.confidence >= whole.scores.confidence - 0.05
        ):
            return sure
        careers = [{career.slug for career in part.slots.careers} for part in sure]
        if len(sure) > 1 and all(careers) and careers[0].isdisjoint(careers[1]) and kinds & {"salary"} and False:
            return sure
        return [whole]

    def _distinct(self, parts: list[Clause]) -> list[Clause]:
        kept: list[Clause] = []
        for part in parts:
            if all(part.scores.best != other.scores.best for other in kept):
                kept.append(part)
        return kept[:3]

    def _merged(self, parts: list[Clause], spotted: Spotted, default_country: str) -> list[Clause]:
        """Join fragments that hold only names to the question before them ("money: madrid? rome?")."""
        merged: list[Clause] = []
        for part in parts:
            if merged and part.bare and (part.slots.places or part.slots.careers):
                last = merged.pop()
                merged.append(self._clause(spotted, last.start, part.end, default_country))
            else:
                merged.append(part)
        return merged

    # reading one question

    def _reading(self, text: str, spotted: Spotted, clause: Clause, whole: Clause, context: Context) -> Reading:
        last = context.query
        slots, scores = clause.slots, clause.scores
        if last is not None and last.intent not in SOCIAL and self._continues(text, clause):
            return self._continued(text, spotted, clause, last)
        if clause.bare:
            return self._bare(text, spotted, clause, context)
        intent = scores.best
        if intent == NONE or scores.confidence < self.thresholds.answer:
            close = scores.runner_up if intent == NONE else intent
            if self._doubtful(clause) and close != NONE:
                return self._ask_intent(text, clause)
            return NotUnderstood(text=text, confidence=scores.of(NONE), evidence=())
        if intent in SOCIAL:
            return Query(text=text, intent=intent, confidence=scores.confidence, margin=scores.margin,
                         runner_up=scores.runner_up)  # fmt: skip
        if not slots.careers and whole is not clause:
            slots = _borrow(slots, whole.slots)
        return self._filled(text, spotted, clause, intent, slots, last)

    def _continues(self, text: str, clause: Clause) -> bool:
        named = bool(clause.slots.careers or clause.slots.places or clause.slots.skills or clause.slots.topics
                     or clause.slots.currency or clause.slots.weak_places or clause.slots.weak_skills)  # fmt: skip
        if is_correction(text) and named:
            return True
        return named and (clause.bare or (is_denial(text) and clause.end - clause.start <= 6
                                          and clause.scores.confidence < 0.8))  # fmt: skip

    def _continued(self, text: str, spotted: Spotted, clause: Clause, last: Query) -> Reading:
        slots = clause.slots
        if slots.weak_places and not slots.places and not slots.careers:
            slots.places = slots.weak_places
        intent = last.intent
        declared = self._intents[intent]
        careers = tuple(slots.careers) or last.careers
        correcting = is_correction(text) or is_denial(text)
        if slots.careers and intent in ("compare", "transition") and len(slots.careers) == 1 and last.careers:
            keep = last.careers[:-1] if correcting else last.careers[:2]
            careers = (*[c for c in keep if c.slug != slots.careers[0].slug], slots.careers[0])
        if slots.places and not slots.careers and not declared.places:
            intent = "salary"
        if slots.careers and intent in ("browse", "match", "rank") and not correcting:
            intent = "overview"
        places = tuple(slots.places) or (last.places if intent == last.intent else ())
        skills = tuple(dict.fromkeys(slots.skills + slots.weak_skills)) or (() if slots.careers else last.skills)
        if (slots.skills or slots.weak_skills) and intent in TOPICAL and not slots.careers:
            careers = ()
        inherited = [
            *(Evidence(slot="career", words="", matched=c.title, score=100, inherited=True)
              for c in careers if c not in slots.careers),
            *(Evidence(slot="place", words="", matched=p.name, score=100, inherited=True)
              for p in places if p not in slots.places),
        ]  # fmt: skip
        return Query(
            text=text, intent=intent, careers=careers, places=places, excluded_places=tuple(slots.excluded),
            skills=skills, topics=tuple(slots.topics) or last.topics, interests=last.interests,
            currency=slots.currency or last.currency, filters=last.filters, confidence=0.9, margin=0.9,
            runner_up=clause.scores.best, evidence=(*slots.evidence, *inherited),
            alternatives=tuple(slots.alternatives), unknown_places=tuple(slots.unknown_places),
        )  # fmt: skip

    def _bare(self, text: str, spotted: Spotted, clause: Clause, context: Context) -> Reading:
        """Names alone, with no conversation to continue: a career is looked up, a career and place is its pay."""
        slots = clause.slots
        if slots.weak_career and not slots.places:
            slots = Slots()
        if len(slots.careers) > 1:
            return self._query(text, clause, "compare", slots, confidence=0.8)
        if slots.careers and (slots.places or slots.currency):
            return self._query(text, clause, "salary", slots, confidence=0.8)
        if slots.careers:
            return self._query(text, clause, "overview", slots, confidence=0.8)
        if clause.scores.best in SOCIAL and clause.scores.confidence >= self.thresholds.answer:
            return Query(text=text, intent=clause.scores.best, confidence=clause.scores.confidence)
        if clause.slots.generic is not None:
            return self._ask_career(text, clause, "overview")
        return NotUnderstood(text=text, confidence=0.5)

    def _filled(
        self, text: str, spotted: Spotted, clause: Clause, intent: str, slots: Slots, last: Query | None
    ) -> Reading:
        declared = self._intents[intent]
        filters = read_filters(spotted, clause.start, clause.end, text)
        careers = list(slots.careers)
        skills = list(slots.skills)
        interests: list[str] = []
        evidence = list(slots.evidence)
        if intent in TOPICAL and not careers:
            skills += [skill for skill in slots.weak_skills if skill not in skills]
            if not skills and not slots.topics:
                skills = open_words(spotted, clause.start, clause.end, intent)
        elif intent in ("match", "browse"):
            skills += [skill for skill in slots.weak_skills if skill not in skills]
            interests = open_words(spotted, clause.start, clause.end, intent)
        least, most = declared.careers
        if intent == "compare" and len(careers) == 1 and len(slots.places) >= 2:
            least = 1
        subject = bool(skills or slots.topics) and intent in TOPICAL
        if len(careers) < least and not subject and last is not None and last.careers:
            inherited = [career for career in last.careers if career not in careers]
            if slots.leftover and not careers and self._names_something(spotted, clause, slots):
                return self._unknown_career(text, clause, slots)
            careers = [*inherited[: max(most - len(careers), 1)], *careers][: max(most, 1)]
            evidence += [
                Evidence(slot="career", words="", matched=c.title, score=100, inherited=True) for c in inherited
            ]
            if intent == "salary" and last.intent == "salary" and not slots.places:
                slots.places.extend(last.places)
        if len(careers) < least and not subject:
            if slots.generic is not None:
                return self._ask_career(text, clause, intent)
            if intent == "compare" and len(careers) == 1:
                return self._query(text, clause, "similar", slots)
            if slots.leftover and self._names_something(spotted, clause, slots):
                return self._unknown_career(text, clause, slots)
            return self._ask_career(text, clause, intent)
        if clause.scores.margin < self.thresholds.bare_margin and clause.scores.runner_up not in (
            NONE,
            *SOCIAL,
        ):
            return self._ask_intent(text, clause)
        return Query(
            text=text, intent=intent, careers=tuple(careers), places=tuple(slots.places),
            excluded_places=tuple(slots.excluded), skills=tuple(dict.fromkeys([*skills, *interests])),
            topics=tuple(dict.fromkeys(slots.topics)), interests=tuple(interests),
            currency=slots.currency, filters=filters, confidence=clause.scores.confidence,
            margin=clause.scores.margin, runner_up=clause.scores.runner_up, evidence=tuple(evidence),
            alternatives=tuple(slots.alternatives), unknown_places=tuple(slots.unknown_places),
            show_all=wants_everything(spotted, clause.start, clause.end),
        )  # fmt: skip

    # the ways out

    def _query(self, text: str, clause: Clause, intent: str, slots: Slots, confidence: float | None = None) -> Query:
        return Query(
            text=text, intent=intent, careers=tuple(slots.careers), places=tuple(slots.places),
            skills=tuple(slots.skills), topics=tuple(slots.topics), currency=slots.currency,
            confidence=confidence if confidence is not None else clause.scores.confidence,
            margin=clause.scores.margin, runner_up=clause.scores.runner_up, evidence=tuple(slots.evidence),
            alternatives=tuple(slots.alternatives), unknown_places=tuple(slots.unknown_places),
        )  # fmt: skip

    def _doubtful(self, clause: Clause) -> bool:
        """Nearly sure that a career question is meant: worth asking back rather than declining."""
        return bool(clause.slots.careers and not clause.slots.weak_career and clause.scores.of(NONE) < 0.45)

    def _names_something(self, spotted: Spotted, clause: Clause, slots: Slots) -> bool:
        """Whether unexplained words stand where a career would ("a dragon tamer", "as an alchemist")."""
        tokens = spotted.tokens[clause.start : clause.end]
        leftover = set(slots.leftover)
        return any(
            token.word in leftover and before.word in ("a", "an", "as", "of", "do", "does")
            for before, token in zip(tokens, tokens[1:], strict=False)
        )

    def _unknown_career(self, text: str, clause: Clause, slots: Slots) -> Reading:
        return NotUnderstood(text=text, confidence=clause.scores.confidence)

    def _ask_career(self, text: str, clause: Clause, intent: str) -> Reading:
        choices: list[Choice] = []
        generic = clause.slots.generic
        if generic is not None:
            for target in generic.of_kind("career")[:4]:
                career = self.directory.career(target.id)
                choices.append(Choice(label=career.title, says=f"{_ASKING.get(intent, intent)} {career.title}"))
        return Unclear(
            text=text, question="Which career do you mean?", choices=tuple(choices),
            confidence=clause.scores.confidence, evidence=tuple(clause.slots.evidence),
        )  # fmt: skip

    def _ask_intent(self, text: str, clause: Clause) -> Reading:
        names = [name for name, _ in clause.scores.ranked[:3] if name not in (NONE, *SOCIAL)]
        careers = " and ".join(career.title for career in clause.slots.careers)
        where = "".join(f" in {place.name}" for place in clause.slots.places[:1])
        choices = tuple(
            Choice(label=f"{_ASKING.get(name, name)} {careers}{where}".strip().capitalize(),
                   says=f"{_ASKING.get(name, name)} {careers}{where}".strip())
            for name in names[:3]
        )  # fmt: skip
        return Unclear(text=text, question="Did you mean …?", choices=choices, confidence=clause.scores.confidence,
                       evidence=tuple(clause.slots.evidence))  # fmt: skip


_ASKING = {
    "overview": "what is the career", "responsibilities": "what are the duties of", "education": "education needed for",
    "skills": "skills needed for", "outlook": "job outlook for", "growth": "career growth of",
    "challenges": "challenges of", "personal_growth": "personal growth as", "personality": "personality fit for",
    "projects": "practice projects for", "courses": "courses for", "books": "books for", "salary": "salary of",
    "path": "how to become", "compare": "compare", "rank": "ranking of", "browse": "list careers in",
    "match": "what careers match", "transition": "changing career from", "similar": "careers similar to",
}  # fmt: skip
"""Plain words for each intent: they read as a label and are understood when typed."""


def _mere_word(span: object) -> bool:
    return bool(getattr(span, "weak", False)) and getattr(span, "kind", "") in ("skill", "topic")


def _borrow(slots: Slots, whole: Slots) -> Slots:
    """The clause's slots with the careers that the rest of the message names."""
    slots.careers = list(whole.careers)
    slots.evidence = [*slots.evidence, *(e for e in whole.evidence if e.slot == "career")]
    slots.weak_career = whole.weak_career
    return slots
