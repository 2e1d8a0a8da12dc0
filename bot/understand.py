"""From a message and its conversation to readings: what is asked, how sure that is, and why.

normalise → spot names → cut into questions → score intents on the masked words → fill slots, from the conversation
where the message leaves them out → answer, ask back or decline. docs/understanding.md tells each stage.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz import fuzz, process

from bot.asking import which_career, which_intent
from bot.classifier import Classifier
from bot.clauses import SOCIAL, Clause, asking, questions
from bot.community_overlay import Overlay
from bot.context import Context
from bot.conversing import Conversing
from bot.features import masked_words
from bot.filling import about_it, informed, intent_of, over_there, places_of, takes_up_choice
from bot.filters import page_of, read_filters, wants_everything
from bot.following import TOPICAL, Follower, aims_at, of_another, refined, sets_out_from
from bot.gazetteer import Gazetteer, Target
from bot.intent import Intent
from bot.mentions import asked_about
from bot.normalise import MAX_CHARACTERS, Token, clean
from bot.pointing import carried, means_all, narrowed, refers, set_side_by_side
from bot.query import Evidence, Filters, NotUnderstood, Query, Reading, Unclear
from bot.second_look import SecondLook
from bot.slots import SlotReader, Slots, region_after
from bot.spotting import Spotted, spot
from bot.taking import (
    ASKS_OF_SEVERAL,
    SEVERAL,
    borrow,
    discussing,
    names_something,
    subjects,
    two_at_once,
    with_inherited,
)
from bot.tongue import Tongues, glossed, trusted, words_of
from bot.training import NONE
from knowledge.directory import Directory
from knowledge.models import Career

__all__ = ["SOCIAL", "Thresholds", "Understanding"]

_SIDES = 2
_SHORT, _LONGER, _SURE_TITLE = 4, 9, 80.0
_IN_CONVERSATION = 0.6
"""Least probability of an intent that a short message has only because of the conversation."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When to answer; measured on the development questions (docs/understanding.md)."""

    within: float = 0.7
    """Least probability that it is a question for the bot at all."""
    answer: float = 0.3
    """Least share of the best intent in that."""
    ask_back: float = 0.45
    """Least probability that a message is a career question at all, for asking back where the intent is unclear."""
    margin: float = 0.03
    """Below this margin between two intents the bot asks which one is meant."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What messages of one language are read with."""

    gazetteer: Gazetteer
    classifier: Classifier
    slots: SlotReader


class Understanding:
    """Reads messages. Built once; every call is independent and takes well under a millisecond."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        classifier: Classifier,
        directory: Directory,
        intents: Sequence[Intent],
        thresholds: Thresholds | None = None,
        tongues: Tongues | None = None,
        overlay: Overlay | None = None,
    ) -> None:
        self.gazetteer, self.classifier, self.directory = gazetteer, classifier, directory
        self.overlay = overlay or Overlay()
        self._tongues, self._readers = tongues, dict[str, Reader]()
        self._intents: Mapping[str, Intent] = {intent.name: intent for intent in intents}
        self._follower = Follower(self._intents)
        self.thresholds = thresholds or Thresholds()
        wording = frozenset(word for word, bits in gazetteer.domain.items() if bits & 8)
        self._titles: tuple[list[str], list[Target]] | None = None
        self._readers[""] = Reader(gazetteer, classifier, SlotReader(directory, wording, gazetteer.english))
        self._second = SecondLook(gazetteer)
        self._conversing = Conversing(directory, gazetteer, classifier, self._second, self.thresholds.within)

    def read(
        self, text: str, context: Context | None = None, default_country: str = "", community: str = ""
    ) -> list[Reading]:
        """What the message asks: one reading a question. Never raises, whatever the text."""
        last = context.query if context else None
        cleaned = clean(self.overlay.says(text, community) or text)
        tokens = words_of(cleaned) if len(cleaned) <= MAX_CHARACTERS else []
        if not tokens:
            return [NotUnderstood(text=cleaned[:MAX_CHARACTERS])]
        tokens = _without_greeting(tokens)
        tongue = self._tongue(tokens, context.language if context else "")
        reader, tokens = self._reader(tongue), glossed(tokens, tongue)
        spotted = trusted(spot(self.overlay.gazetteer(reader.gazetteer, community), tokens), tongue)
        if not tongue:
            spotted = self._second.misspelt(spotted)

        def clause(start: int, end: int) -> Clause:
            return self._clause(reader, cleaned, spotted, start, end, default_country)

        whole = clause(0, len(tokens))
        found = questions(cleaned, spotted, whole, clause)
        if last is not None and len(found) + (found[0].start != 0 or found[0].end != len(tokens)) > 1:
            last = narrowed(cleaned, last)
        readings: list[Reading] = []
        for part in found:
            asked = cleaned[tokens[part.start].start : tokens[part.end - 1].end] if len(found) > 1 else cleaned
            reading = discussing(self._reading(asked, spotted, part, whole, last), last)
            if isinstance(reading, Unclear) and (both := two_at_once(spotted, part)):
                read = [self._filled(asked, spotted, one, one.scores.best, last) for one in both]
                readings += read[:-1]
                reading = read[-1]
            readings.append(reading)
            if isinstance(reading, Query) and reading.intent not in SOCIAL:
                last = reading
        if tongue:
            readings = [reading.model_copy(update={"language": tongue}) for reading in readings]
        understood = [reading for reading in readings if isinstance(reading, Query)]
        return list(understood) if understood and len(readings) > 1 else readings[:1]

    def look_up(self, text: str, default_country: str = "") -> tuple[Spotted, Slots]:
        """The names in a text that is known to hold names (a command's options)."""
        tokens = words_of(clean(text)[:MAX_CHARACTERS])
        tongue = self._tongue(tokens)
        reader = self._reader(tongue)
        spotted = trusted(spot(reader.gazetteer, glossed(tokens, tongue)), tongue)
        return spotted, reader.slots.read(spotted, 0, len(spotted.tokens), default_country)

    def filters(self, spotted: Spotted, text: str) -> Filters:
        """The limits that a command's text sets."""
        return read_filters(spotted, 0, len(spotted.tokens), text)

    def nearest_careers(self, text: str, limit: int = 4) -> list[Career]:
        """Careers whose titles look most like the text; a full scan of some 15 ms, for asking back only."""
        if self._titles is None:
            entries = [entry for entry in self.gazetteer.entries("career") if entry[1].weight >= 55]
            self._titles = [name.casefold() for name, _ in entries], [target for _, target in entries]
        names, targets = self._titles
        scorer, best = fuzz.token_set_ratio, dict[str, float]()
        (scores,) = process.cdist([text.casefold()], names, scorer=scorer, score_cutoff=70, dtype=np.float64)
        for at in np.flatnonzero(scores).tolist():
            target = targets[at]
            best[target.id] = max(best.get(target.id, 0.0), float(scores[at]) + target.weight / 20)
        slugs = sorted(best, key=lambda slug: (-best[slug], slug))[:limit]
        return [self.directory.career(slug) for slug in slugs]

    def classifier_of(self, tongue: str) -> Classifier:
        """The classifier that messages of a language are scored with ("" = English)."""
        return self._reader(tongue).classifier

    def _tongue(self, tokens: Sequence[Token], likely: str = "") -> str:
        """The language of a message; long foreign names in an English question don't make it foreign."""
        tongue = self._tongues.of(tokens, likely) if self._tongues else ""
        if not tongue or self._tongues is None:
            return ""
        spans = [span for span in spot(self.gazetteer, tokens).spans if span.kind in ("career", "place")]
        names = {at for span in spans for at in range(span.start, span.end) if span.end - span.start > 1}
        rest = [token for at, token in enumerate(tokens) if at not in names]
        return tongue if not names or not rest or self._tongues.of(rest, tongue) else ""

    def _reader(self, tongue: str) -> Reader:
        """What messages of a language are read with; made at the first message in it."""
        if (reader := self._readers.get(tongue)) is None:
            assert self._tongues is not None
            gazetteer = self._tongues.gazetteer(self.gazetteer, tongue)
            slots = SlotReader(self.directory, gazetteer.english, gazetteer.english)
            reader = self._readers[tongue] = Reader(gazetteer, self._tongues.classifier, slots)
        return reader

    def _clause(
        self, reader: Reader, text: str, spotted: Spotted, start: int, end: int, default_country: str
    ) -> Clause:
        slots = reader.slots.read(spotted, start, end, default_country)
        scores = reader.classifier.scores(masked_words(spotted, start, end))
        if len(slots.named) > 1:
            intent, asked = scores.best, asking(text, spotted, start, end)
            several, change = intent in ASKS_OF_SEVERAL, intent in ("path", "transition")
            slots = slots.only(asked_about(spotted, slots.named, asked, several=several, change=change))
        scores = informed(scores, spotted, start, end, len(slots.careers))
        covered = {at for span in spotted.spans if not span.mere_word for at in range(span.start, span.end)}
        # The state in "Boston MA" is part of the place.
        covered |= {span.end for span in spotted.spans if span.kind == "place" and region_after(spotted, span.end)}
        said = text[spotted.tokens[start].start : spotted.tokens[end - 1].end]
        return Clause(start, end, scores, slots, self._follower.bare(spotted, start, end, covered), said)

    # reading one question

    def _reading(self, text: str, spotted: Spotted, clause: Clause, whole: Clause, last: Query | None) -> Reading:
        pointed = False
        if last is not None:
            one = narrowed(text, last)
            pointed, last = one is not last and self._follower.points(spotted, clause), one
            clause = self._conversing.read(text, spotted, clause, last)
        clause = self._by_trade(spotted, self._side_by_side(spotted, clause))
        scores = clause.scores
        if last is not None and (list_anew := refined(text, spotted, clause, last)):
            return list_anew
        if last is not None and (pointed or self._follower.continues(text, spotted, clause, last)):
            return self._follower.continued(text, spotted, clause, last)
        if clause.bare:
            return self._bare(text, spotted, clause)
        intent = scores.best
        asked = clause.slots.careers and not clause.slots.weak_career
        within = 1 - scores.of(NONE)
        sure = within >= self.thresholds.within and scores.confidence >= self.thresholds.answer * within
        if intent == NONE or not sure:
            if asked and scores.of(NONE) < self.thresholds.ask_back:
                return which_intent(text, clause)
            return NotUnderstood(text=text, confidence=scores.of(NONE))
        if intent in SOCIAL:
            return Query(text=text, intent=intent, confidence=scores.confidence, margin=scores.margin,
                         runner_up=scores.runner_up)  # fmt: skip
        if whole is not clause:
            clause = self._completed_from(spotted, clause, whole, intent)
        return self._filled(text, spotted, clause, intent, last)

    def _completed_from(self, spotted: Spotted, clause: Clause, whole: Clause, intent: str) -> Clause:
        """The clause with what it leaves out and the rest of the message tells."""
        declared = self._intents[intent]
        wanted = declared.careers[0] > 0 or about_it(clause.text, intent, clause.slots.careers)
        if wanted and intent not in TOPICAL and not clause.slots.careers and clause.slots.generic is None:
            careers, evidence = self._practised(spotted, clause, [], list(clause.slots.evidence))
            clause = replace(clause, slots=replace(clause.slots, careers=careers, evidence=evidence))
        slots = borrow(spotted, clause, whole.slots, takes_career=wanted, takes_places=declared.places)
        return replace(clause, slots=slots)

    def _side_by_side(self, spotted: Spotted, clause: Clause) -> Clause:
        """Trades that are told by what is done and set side by side: "what pays more, welding or plumbing"."""
        if clause.slots.careers or clause.scores.best not in ("compare", "rank", "salary"):
            return clause
        if not {"or", "vs", "versus", "than"} & set(spotted.words[clause.start : clause.end]):
            return clause
        spans = list(self._second.practised(spotted, clause.start, clause.end))
        if len(spans) < _SIDES:
            return clause
        careers = [self.directory.career(span.targets[0].id) for span in spans]
        evidence = [
            Evidence(slot="career", words=spotted.tokens[span.end - 1].text, matched=career.title, score=span.score)
            for span, career in zip(spans, careers, strict=True)
        ]
        slots = replace(clause.slots, careers=careers, skills=[], topics=[], weak_skills=[], evidence=evidence)
        scores = clause.scores.moved("rank", "compare").moved("salary", "compare")
        return replace(clause, slots=slots, scores=scores, bare=False)

    def _by_trade(self, spotted: Spotted, clause: Clause) -> Clause:
        """A question about a career that only its trade tells: "how stressful is bookkeeping at year end?"."""
        slots = clause.slots
        if slots.careers or slots.generic is not None or 1 - clause.scores.of(NONE) >= self.thresholds.within:
            return clause
        for span in self._second.practised(spotted, clause.start, clause.end):
            kept = [other for other in spotted.spans if other.end <= span.start or other.start >= span.end]
            spans = tuple(sorted((*kept, span), key=lambda each: each.start))
            named = replace(spotted, spans=spans)
            scores = self.classifier.scores(masked_words(named, clause.start, clause.end))
            if 1 - scores.of(NONE) < self.thresholds.within or self._intents[scores.best].careers[0] == 0:
                return clause
            career = self.directory.career(span.targets[0].id)
            words = spotted.tokens[span.end - 1].text
            evidence = [e for e in slots.evidence if e.slot != "skill"]
            evidence.append(Evidence(slot="career", words=words, matched=career.title, score=span.score))
            told = replace(slots, careers=[career], skills=[], topics=[], weak_skills=[], evidence=evidence)
            return replace(clause, slots=told, scores=scores, bare=False)
        return clause

    def _bare(self, text: str, spotted: Spotted, clause: Clause) -> Reading:
        """Names alone, with no conversation to continue: a career is looked up, a career and place is its pay."""
        slots = clause.slots
        if slots.weak_career and not slots.places:
            slots = Slots()
        if slots.careers:
            named = bool(slots.places or slots.currency)
            intent = "compare" if len(slots.careers) > 1 else ("salary" if named else "overview")
            intent = intent_of(text, spotted, clause, intent, slots.careers)
            return self._query(text, clause, intent, slots.careers, slots, confidence=0.8)
        if clause.scores.best in SOCIAL and clause.scores.confidence >= self.thresholds.answer:
            return Query(text=text, intent=clause.scores.best, confidence=clause.scores.confidence)
        if clause.slots.generic is not None:
            return which_career(text, clause, "overview", self.directory)
        return NotUnderstood(text=text, confidence=0.5)

    def _filled(self, text: str, spotted: Spotted, clause: Clause, intent: str, last: Query | None) -> Reading:
        slots = clause.slots
        intent, careers = self._asked(text, spotted, clause, intent, last)
        places = places_of(text, spotted, clause, intent, last)
        if intent in ("salary", "outlook") and len({token.sentence for token in spotted.tokens}) > 1:
            places = over_there(text, places)
        skills, interests = subjects(spotted, clause, intent, last)
        evidence = list(slots.evidence)
        least, most = self._intents[intent].careers
        if intent in TOPICAL and last is not None and not (careers or skills or slots.topics or last.careers):
            skills = list(last.skills)  # "courses for Python" … "books instead"
        subject = bool(skills or slots.topics) and intent in TOPICAL
        if not subject and len(careers) < (2 if intent == "transition" else least):
            careers, evidence = self._practised(spotted, clause, careers, evidence)
        takes_up = last is not None and bool(last.careers) and slots.generic is None
        pronoun = about_it(text, intent, careers) or (
            intent == "transition"
            and len(careers) == 1
            and (refers(spotted, clause) or sets_out_from(text, spotted, clause) or of_another(spotted, clause))
        )
        if (len(careers) < least or pronoun) and not subject and takes_up and last is not None:
            if slots.leftover and not careers and names_something(spotted, clause):
                return NotUnderstood(text=text, confidence=clause.scores.confidence)
            about = last.careers if intent in SEVERAL else carried(last)
            if not careers and len(places) < 2 and (intent in ("compare", "transition") or means_all(text)):
                about = set_side_by_side(last) or about
            inherited = [career for career in about if career not in careers]
            to = intent == "transition" and len(careers) == 1 and aims_at(spotted, clause)
            careers = [*inherited[-1:], *careers] if to else with_inherited(intent, careers, inherited, most)
            evidence += [
                Evidence(slot="career", words="", matched=c.title, score=100, inherited=True) for c in inherited
            ]
            if intent == "compare" and len(careers) == 1 and len(places) < 2:
                places = list(dict.fromkeys((*(last.discussed_places or last.places), *places)))
        if intent == "compare" and len(careers) == 1 and len(places) >= 2:
            least = 1
        if len(careers) < least and not subject:
            return self._too_few(text, spotted, clause, intent, careers)
        close = clause.scores.margin < self.thresholds.margin and clause.scores.runner_up not in (NONE, *SOCIAL)
        if close and not (len(careers) > 1 and clause.scores.runner_up in SEVERAL):
            return which_intent(text, clause)
        return Query(
            text=text, intent=intent, careers=tuple(careers), places=tuple(places),
            excluded_places=tuple(slots.excluded), skills=tuple(skills), topics=tuple(dict.fromkeys(slots.topics)),
            interests=tuple(interests), currency=slots.currency,
            filters=read_filters(spotted, clause.start, clause.end, text), confidence=clause.scores.confidence,
            margin=clause.scores.margin, runner_up=clause.scores.runner_up, evidence=tuple(evidence),
            alternatives=tuple(slots.alternatives), unknown_places=tuple(slots.unknown_places),
            show_all=wants_everything(spotted, clause.start, clause.end), page=page_of(text),
        )  # fmt: skip

    def _asked(
        self, text: str, spotted: Spotted, clause: Clause, intent: str, last: Query | None
    ) -> tuple[str, list[Career]]:
        """The intent, seen with the names and the question before, and the careers of the message."""
        careers = list(clause.slots.careers)
        intent = intent_of(text, spotted, clause, intent, careers)
        if intent == "path" and len(careers) == 1 and last is not None and sets_out_from(text, spotted, clause):
            intent = "transition" if last.careers else intent
        if intent == "path" and len(careers) == 1 and _PRESENT_JOB.search(text):
            careers, found = self._practised(spotted, clause, careers, [])
            intent = "transition" if found else intent
        if takes_up_choice(text, careers, last) and intent in ("similar", "rank", "compare", "outlook", "overview"):
            intent = "compare"
        return intent, careers

    def _practised(
        self, spotted: Spotted, clause: Clause, careers: list[Career], evidence: list[Evidence]
    ) -> tuple[list[Career], list[Evidence]]:
        """The careers with one that is told by what is done ("switch to bookkeeping")."""
        for span in self._second.practised(spotted, clause.start, clause.end):
            career = self.directory.career(span.targets[0].id)
            if career not in careers:
                words = spotted.tokens[span.end - 1].text
                found = Evidence(slot="career", words=words, matched=career.title, score=span.score)
                return [*careers, career], [*evidence, found]
        return careers, evidence

    def _too_few(self, text: str, spotted: Spotted, clause: Clause, intent: str, careers: list[Career]) -> Reading:
        if clause.slots.generic is not None:
            return which_career(text, clause, intent, self.directory)
        if intent == "compare" and len(careers) == 1:
            return self._query(text, clause, "similar", careers, clause.slots)
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
_HELLO = frozenset("hello hi hey hiya heya howdy yo greetings".split())
_WHOM = frozenset("there bot careerbot all everyone everybody folks guys team".split())


def _without_greeting(tokens: list[Token]) -> list[Token]:
    """The words after a greeting that opens a question ("Hello there, what …"); all of them where little follows."""
    start = 0
    while start < len(tokens) and tokens[start].word in (_HELLO if not start else _WHOM):
        start += 1
    return tokens[start:] if start and len(tokens) - start > 1 else tokens
