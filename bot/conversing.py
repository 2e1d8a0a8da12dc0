"""What a question means because of the conversation that it stands in.

A clause on its own says little: "do I need a degree?", "more than accountants?", "could a cop move into that?". Here
it is read beside the last question, before anything is decided.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.classifier import Classifier, Scores
from bot.clauses import SOCIAL, Clause
from bot.features import MASKS, masked_words
from bot.filling import asks_which
from bot.following import TOPICAL
from bot.gazetteer import Gazetteer
from bot.lexicon import STOPWORDS
from bot.normalise import key_of
from bot.pointing import ORDINALS, REFERRING, means_all, names_one, refers, set_side_by_side
from bot.query import Evidence, Query
from bot.spotting import Spotted
from bot.trades import Trades
from bot.training import NONE
from knowledge.directory import Directory

_SHORT, _LONGER, _COMPLETING, _SURE_TITLE = 6, 10, 4, 80.0
_IN_CONVERSATION = 0.8
"""Least probability of an intent that a short message has only because of the conversation."""
_OF_NO_CAREER = frozenset({"match", "browse", "rank", "help"})
_SURELY_GENERAL = 0.9
"""From this probability on, a question of an intent that needs no career isn't about the last one either."""
_OF_ITSELF = 0.8
"""The same where it holds words that nothing explains: "is it for me if I'm scared of heights?"."""
_DIFFERS = re.compile(r"\b(?:differ\w*|compar(?:ed?|es|ing|ison)\b)", re.IGNORECASE)
_REMARK = re.compile(
    r"\W*(?:(?:wow|lol|omg|oh|damn|ok|okay|well|haha+|really|hm+|man|jeez)\W+)*(?:that'?s|that is|thats|it'?s)\b[^?]*$",
    re.IGNORECASE,
)
"""A remark on the last answer ("wow, that's low"), where nothing is asked."""
_ARTICLES = frozenset("a an the being for with of in".split())
_STANDS_FOR = frozenset("it that they them those this".split())
_NO_SMALL_TALK = 0.5
_SURELY_OTHER, _OTHER_IN_ANY_CASE = 0.99, 0.995
"""From this probability of being none on, only a word that points back ("it", "there") ties a message to a career; from
the second on nothing does ("what time is it")."""
_THE_BOT = frozenset("you u ur your yours yourself".split())
_HEAD = 4
"""Letters of "tech" that say it is the technician of the conversation."""


@dataclass(frozen=True, slots=True)
class Conversing:
    """Reads clauses beside the last question.

    Attributes:
        within: Least probability that a message is a question for the bot at all.
    """

    directory: Directory
    gazetteer: Gazetteer
    trades: Trades
    within: float

    def read(self, text: str, spotted: Spotted, clause: Clause, last: Query, classifier: Classifier) -> Clause:
        """The clause as it is meant after the last question; unchanged where that adds nothing.

        Args:
            text: The question's words.
            spotted: The message.
            clause: The question in it.
            last: The question that was answered before.
            classifier: Of the message's language.
        """
        if completed := self._completed(spotted, clause, last):
            return completed
        if len(clause.slots.careers) == 1 and names_one(text, last):
            clause = replace(clause, slots=clause.slots.only(()), bare=False)
            clause.slots.careers.append(last.careers[0])
        clause = self._named_again(spotted, clause, last)
        if clause.bare and not clause.slots.careers and last.careers and last.intent not in TOPICAL:
            clause = self.trades.instead(spotted, clause)
        scores = clause.scores
        if asks_which(text, clause.slots.careers, last):
            for source in (NONE, "similar", "rank"):
                scores = scores.moved(source, "compare")
        elif self._set_beside(text, spotted, clause, last):
            scores = scores.moved(scores.best, "compare") if scores.best not in ("salary", "transition") else scores
            clause = replace(clause, bare=False)
        elif not clause.slots.careers and scores.best == "rank" and means_all(text) and set_side_by_side(last):
            scores = scores.moved("rank", "compare")
        return self._asked_of_it(spotted, replace(clause, scores=scores), last, classifier)

    def _set_beside(self, text: str, spotted: Spotted, clause: Clause, last: Query) -> bool:
        """Whether a career is set beside the last one: "how is a baker different", "more than accountants?"."""
        if len(clause.slots.careers) != 1 or not last.careers or clause.slots.careers[0] in last.careers:
            return False
        if _DIFFERS.search(text):
            return True
        span = clause.slots.named.get(clause.slots.careers[0].slug)
        at = span.start - 1 if span else -1
        while at >= clause.start and spotted.words[at] in _ARTICLES:
            at -= 1
        return at >= clause.start and spotted.words[at] == "than"

    def _completed(self, spotted: Spotted, clause: Clause, last: Query) -> Clause | None:
        """A word that makes a title with the last career's head: "electrical?" after mechanical engineers."""
        if clause.slots.careers or not last.careers or clause.end - clause.start > _COMPLETING:
            return None
        _, head = key_of(last.careers[-1].title.partition(",")[0].split(" ")[-1])
        for at in range(clause.start, clause.end):
            if spotted.tokens[at].word in STOPWORDS:
                continue  # "is it friday yet" asks for no IT analyst
            number = self.gazetteer.find(f"{spotted.words[at]}{head}")
            targets = [t for t in self.gazetteer.targets(number) if t.kind == "career"] if number is not None else []
            if targets and targets[0].weight >= _SURE_TITLE:
                career = self.directory.career(targets[0].id)
                words = spotted.tokens[at].text
                evidence = [Evidence(slot="career", words=words, matched=career.title, score=90.0)]
                slots = replace(clause.slots, careers=[career], leftover=[], evidence=evidence)
                return replace(clause, slots=slots, bare=True)
        return None

    def _named_again(self, spotted: Spotted, clause: Clause, last: Query) -> Clause:
        """A general word for a career that was named in full: "technician" after pharmacy technicians."""
        slots, span = clause.slots, clause.slots.generic
        if span is None:
            return clause
        head = span.name[:_HEAD]
        known = dict.fromkeys((*last.careers, *last.discussed))
        meant = [career for career in known if career.title.casefold().split()[-1].startswith(head)]
        if len(meant) != 1 or meant[0] in slots.careers:
            return clause
        before = any(span.start < other.start for other in slots.named.values())
        careers = [meant[0], *slots.careers] if before else [*slots.careers, meant[0]]
        words = spotted.tokens[span.start].text
        evidence = [*slots.evidence, Evidence(slot="career", words=words, matched=meant[0].title, score=90.0)]
        named = {**slots.named, meant[0].slug: span}
        return replace(clause, slots=replace(slots, careers=careers, generic=None, evidence=evidence, named=named))

    def _asked_of_it(self, spotted: Spotted, clause: Clause, last: Query, classifier: Classifier) -> Clause:
        """A question that says nothing on its own, scored as if it named the career that is talked about."""
        slots = clause.slots
        named = slots.careers or slots.generic is not None
        length = clause.end - clause.start
        told = refers(spotted, clause)
        most = _LONGER if told else _SHORT
        least = _IN_CONVERSATION if not set(slots.leftover) - REFERRING else (_OF_ITSELF if told else 1.0)
        sure = 1 - clause.scores.of(NONE) >= self.within
        if clause.scores.best in _OF_NO_CAREER:
            sure = sure and clause.scores.confidence >= _SURELY_GENERAL
        to_the_bot = spotted.words[clause.start : clause.start + 2] == ("are", "you")
        mere_it = REFERRING.intersection(spotted.words[clause.start : clause.end]) <= {"it"}
        limit = _SURELY_OTHER if not told else _OTHER_IN_ANY_CASE if mere_it else 1.0
        other = to_the_bot or clause.scores.of(NONE) > limit
        if sure or named or other or not last.careers or length > most or _REMARK.match(clause.text):
            return clause
        words = masked_words(spotted, clause.start, clause.end)
        found = [classifier.scores([*words, "for", MASKS["career"]])]
        readings: list[list[str]] = []
        asked = found[0].of(NONE) < _NO_SMALL_TALK
        if asked and (told or clause.scores.of(NONE) <= self.within) and _THE_BOT.isdisjoint(words):
            readings += [[MASKS["career"], *words], [*words, MASKS["career"]]]
        stand_in = next((at for at, word in enumerate(words) if word in _STANDS_FOR), None)
        if stand_in is not None:
            readings.append([*words[:stand_in], MASKS["career"], *words[stand_in + 1 :]])
        if (pointing := _pointing(words)) is not None:
            readings.append([*words[: pointing[0]], MASKS["career"], *words[pointing[1] :]])
        about = max((*found, *map(classifier.scores, readings)), key=_certainty)
        # "how long does it take" may be the way or the schooling, but here it is surely no small talk.
        return replace(clause, scores=about.moved(NONE, about.best)) if _certainty(about) >= least else clause


def _pointing(words: list[str]) -> tuple[int, int] | None:
    """Where "the second one" stands in masked words, if it does."""
    at = next((at for at, word in enumerate(words) if word in ORDINALS), None)
    if at is None:
        return None
    end = at + 2 if at + 1 < len(words) and words[at + 1] in ("one", "ones", "job") else at + 1
    return (at - 1 if at and words[at - 1] == "the" else at), end


def _certainty(scores: Scores) -> float:
    return 0.0 if scores.best in (NONE, *SOCIAL) else scores.confidence
