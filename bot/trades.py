"""Careers that a message tells by what is done: "how stressful is bookkeeping", "which pays more, welding or law"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.classifier import Classifier
from bot.clauses import Clause
from bot.features import masked_words
from bot.mentions import only_speaks
from bot.query import Evidence
from bot.second_look import SecondLook
from bot.slots import Slots
from bot.spotting import Span, Spotted
from bot.training import NONE
from knowledge.directory import Directory
from knowledge.models import Career

_SIDES = 2
_SOURCE = frozenset("from leave leaving left quit quitting out".split())
_GOAL = frozenset("to into become becoming for".split())
_CHOICE = frozenset("or vs versus than".split())
_COMPARED = ("compare", "rank", "salary")


@dataclass(frozen=True, slots=True)
class Trades:
    """Reads trades in a career's place, where a question wants a career and names none."""

    directory: Directory
    second: SecondLook

    def side_by_side(self, spotted: Spotted, clause: Clause) -> Clause:
        """Trades that are set side by side, as a comparison: "what pays more, welding or plumbing"."""
        if clause.slots.careers or clause.scores.best not in _COMPARED:
            return clause
        if _CHOICE.isdisjoint(spotted.words[clause.start : clause.end]):
            return clause
        spans = list(self.second.practised(spotted, clause.start, clause.end))
        if len(spans) < _SIDES:
            return clause
        scores = clause.scores.moved("rank", "compare").moved("salary", "compare")
        return replace(clause, slots=self._slots(spotted, clause.slots, *spans), scores=scores, bare=False)

    def beside_a_speaker(self, spotted: Spotted, clause: Clause) -> Clause:
        """The clause about the trade that somebody of another spoke of: "a teacher told me welding is dead"."""
        if not only_speaks(spotted, clause.slots.named):
            return clause
        (speaker,) = clause.slots.named.values()
        span = next(self.second.practised(spotted, max(clause.start, speaker.end), clause.end), None)
        return clause if span is None else replace(clause, slots=self._slots(spotted, clause.slots, span))

    def asked_about(
        self, spotted: Spotted, clause: Clause, classifier: Classifier, within: float, wants: frozenset[str]
    ) -> Clause:
        """A question that is none until its trade is read as a career: "how stressful is bookkeeping at year end?".

        Args:
            spotted: The message.
            clause: The question.
            classifier: Of the message's language.
            within: Least probability that it is a question for the bot.
            wants: The intents that need a career.
        """
        slots = clause.slots
        if slots.careers or slots.generic is not None or 1 - clause.scores.of(NONE) >= within:
            return clause
        span = next(self.second.practised(spotted, clause.start, clause.end), None)
        if span is None:
            return clause
        kept = [other for other in spotted.spans if other.end <= span.start or other.start >= span.end]
        named = replace(spotted, spans=tuple(sorted((*kept, span), key=lambda each: each.start)))
        scores = classifier.scores(masked_words(named, clause.start, clause.end))
        if 1 - scores.of(NONE) < within or scores.best not in wants:
            return clause
        return replace(clause, slots=self._slots(spotted, slots, span), scores=scores, bare=False)

    def instead(self, spotted: Spotted, clause: Clause) -> Clause:
        """A fragment that names only a trade: "and bookkeeping instead?"."""
        span = next(self.second.practised(spotted, clause.start, clause.end), None)
        return clause if span is None else replace(clause, slots=self._slots(spotted, clause.slots, span))

    def told(self, spotted: Spotted, clause: Clause, where: Clause) -> Clause:
        """The clause with the career that a trade in another tells: "for doing landscaping, which skills?"."""
        careers, evidence = self.added(spotted, where, [], list(clause.slots.evidence))
        return replace(clause, slots=replace(clause.slots, careers=careers, evidence=evidence))

    def added(
        self,
        spotted: Spotted,
        clause: Clause,
        careers: list[Career],
        evidence: list[Evidence],
        known: Sequence[Career] = (),
    ) -> tuple[list[Career], list[Evidence]]:
        """The careers and their evidence with one more that is told by what is done ("switch to bookkeeping").

        In a conversation about one of `known` with the same head, the trade is that one's: "teaching" an elementary
        teacher's.
        """
        heads = {career.title.split()[-1] for career in known}
        for span in self.second.practised(spotted, clause.start, clause.end):
            career = self._career(span)
            if career not in careers and (career in known or career.title.split()[-1] not in heads):
                found = [*evidence, _evidence(spotted, span, career)]
                return ([career, *careers] if _sets_out(spotted, clause, span) else [*careers, career]), found
        return careers, evidence

    def _career(self, span: Span) -> Career:
        return self.directory.career(span.targets[0].id)

    def _slots(self, spotted: Spotted, slots: Slots, *spans: Span) -> Slots:
        """The slots with these trades' careers in place of the skills and subjects that the words are too."""
        named = {career.slug: (career, span) for span in spans for career in (self._career(span),)}
        kept = [each for each in slots.evidence if each.slot not in ("skill", "topic")]
        found = [_evidence(spotted, span, career) for career, span in named.values()]
        return replace(
            slots, careers=[career for career, _ in named.values()], skills=[], weak_skills=[], topics=[],
            evidence=[*kept, *found], named={slug: span for slug, (_, span) in named.items()},
        )  # fmt: skip


def _sets_out(spotted: Spotted, clause: Clause, span: Span) -> bool:
    """Whether a trade is where a way starts, and no goal: "from sales into customer success", "leave law for art"."""
    before = set(spotted.words[max(clause.start, span.start - 2) : span.start])
    if before & _SOURCE or before & _GOAL:
        return bool(before & _SOURCE)
    return all(span.start < named.start for named in clause.slots.named.values())


def _evidence(spotted: Spotted, span: Span, career: Career) -> Evidence:
    words = spotted.tokens[span.end - 1].text
    return Evidence(slot="career", words=words, matched=career.title, score=span.score)
