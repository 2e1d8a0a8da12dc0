"""From a message and its conversation to readings: what is asked, how sure that is, and why.

normalise → spot names → cut into questions → score intents on the masked words → fill slots, from the conversation
where the message leaves them out → answer, ask back or decline. docs/understanding.md tells each stage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz import fuzz, process

from bot.classifier import Classifier
from bot.clauses import SOCIAL, Clause, asking, questions
from bot.community_overlay import Overlay
from bot.context import Context
from bot.conversing import Conversing
from bot.deciding import Deciding, Thresholds
from bot.features import masked_words
from bot.filling import informed
from bot.filters import read_filters
from bot.following import Follower
from bot.gazetteer import Gazetteer, Target
from bot.intent import Intent
from bot.lexicon import CHAT_SPELLINGS
from bot.mentions import asked_about
from bot.normalise import MAX_CHARACTERS, Token, clean
from bot.pointing import narrowed, without_dropped
from bot.query import Filters, NotUnderstood, Query, Reading, Unclear
from bot.second_look import SecondLook
from bot.slots import SlotReader, Slots, region_after
from bot.spotting import Spotted, spot
from bot.taking import (
    ASKS_OF_SEVERAL,
    chosen,
    discussing,
    two_at_once,
)
from bot.tongue import Tongues, glossed, trusted, words_of
from bot.trades import Trades
from knowledge.directory import Directory
from knowledge.models import Career

__all__ = ["SOCIAL", "Thresholds", "Understanding"]


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
        trades = Trades(directory, self._second)
        conversing = Conversing(directory, gazetteer, trades, self.thresholds.within)
        self._deciding = Deciding(directory, self._intents, self._follower, trades, conversing, self.thresholds)

    def read(
        self, text: str, context: Context | None = None, default_country: str = "", community: str = ""
    ) -> list[Reading]:
        """What the message asks: one reading a question. Never raises, whatever the text."""
        cleaned = clean(self.overlay.says(text, community) or text)
        left = without_dropped(cleaned, context.query) if context and context.query else None
        if context is None or left is None:
            return self._read(cleaned, context, default_country, community)
        fewer, rest = left
        if not rest:
            return [fewer.model_copy(update={"text": cleaned, "confidence": 0.9, "margin": 0.9})]
        return self._read(rest, replace(context, query=fewer), default_country, community)

    def _read(self, cleaned: str, context: Context | None, default_country: str, community: str) -> list[Reading]:
        last = context.query if context else None
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
        found, last = chosen(found, last)
        readings: list[Reading] = []
        for part in found:
            asked = cleaned[tokens[part.start].start : tokens[part.end - 1].end] if len(found) > 1 else cleaned
            reading = discussing(self._deciding.reading(asked, spotted, part, whole, last, reader.classifier), last)
            if isinstance(reading, Unclear) and (both := two_at_once(spotted, part)):
                read = [self._deciding.filled(asked, spotted, one, one.scores.best, last) for one in both]
                readings += read[:-1]
                reading = read[-1]
            readings.append(reading)
            if isinstance(reading, Query) and reading.intent not in SOCIAL:
                last = reading
        understood: list[Reading] = [reading for reading in readings if isinstance(reading, Query)]
        if not understood and found[0] is not whole:
            again = self._deciding.reading(cleaned, spotted, whole, whole, last, reader.classifier)
            sure = isinstance(again, Query) and again.confidence >= _SURE_AS_A_WHOLE
            understood = [again] if sure else []  # "Lorry driver for six years now. What's the usual next rung?"
        answers = understood or readings[:1]
        return [answer.model_copy(update={"language": tongue}) for answer in answers] if tongue else answers

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
        # "wat" is Dutch, and what hurried English makes of "what": other words decide.
        telling = [token for token in tokens if token.word not in _ANYBODYS]
        tongue = self._tongues.of(telling, likely) if self._tongues and telling else ""
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
        intent, asked = scores.best, asking(text, spotted, start, end)
        if intent in ("match", "browse") and asked != (start, end):
            slots = slots.only(asked_about(spotted, slots.named, asked, own=True))
        elif len(slots.named) > 1:
            several, change = intent in ASKS_OF_SEVERAL, intent in ("path", "transition")
            slots = slots.only(asked_about(spotted, slots.named, asked, several=several, change=change))
        slots = slots.within(asked)
        scores = informed(scores, spotted, start, end, len(slots.careers))
        covered = {at for span in spotted.spans if not span.mere_word for at in range(span.start, span.end)}
        # The state in "Boston MA" is part of the place.
        covered |= {span.end for span in spotted.spans if span.kind == "place" and region_after(spotted, span.end)}
        said = text[spotted.tokens[start].start : spotted.tokens[end - 1].end]
        return Clause(start, end, scores, slots, self._follower.bare(spotted, start, end, covered), said)


_ANYBODYS = frozenset({*CHAT_SPELLINGS, "ty"})
"""What hurried English shares with other languages: "ty" is thanks, and Polish for you."""
_SURE_AS_A_WHOLE = 0.8
"""Least probability of a message's intent where none of its questions is understood by itself."""
_HELLO = frozenset("hello hi hey hiya heya howdy yo greetings".split())
_WHOM = frozenset("there bot careerbot all everyone everybody folks guys team".split())


def _without_greeting(tokens: list[Token]) -> list[Token]:
    """The words after a greeting that opens a question ("Hello there, what …"); all of them where little follows."""
    start = 0
    while start < len(tokens) and tokens[start].word in (_HELLO if not start else _WHOM):
        start += 1
    return tokens[start:] if start and len(tokens) - start > 1 else tokens
