"""From spans to slots: which career, place, skill, currency or number the words of a clause mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.lexicon import AMBIGUOUS_CURRENCIES, CURRENCIES, FILLERS, GENERIC, STOPWORDS, STRONG_PLACE_CUES
from bot.query import Choice, Evidence
from bot.spotting import Span, Spotted
from knowledge.directory import Directory
from knowledge.models import Career, Place

_KIND_FACTOR = {"city": 1.0, "country": 1.0, "state": 0.3, "metro": 0.05}
_OTHER_NAME = 0.02
"""A town of this very name is likelier meant than a larger one that was once called so (Salisbury, now Harare)."""
_FAR_BEFORE = 7
_NEGATIONS = frozenset("not except excluding but without besides avoid forget".split())
_DENIES = frozenset("not forget".split())
_ARTICLES = frozenset("a an the".split())
_PROFILE_WEIGHT = 90.0
_NICKNAMED = 1_000_000_000.0
"""A name of this weight was given to its place by hand ("KL", knowledge.buildnames.NICKNAME) and decides."""
_MAJOR_GROUP = 2
"""Digits of an SOC code that tell the major group."""
_NUMBER = re.compile(r"(\d[\d.,]*)\s?([kKmM])?")
_NUMBERED_CURRENCY = {"£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₪": "ILS"}


@dataclass(slots=True)
class Slots:
    """What a stretch of a message names.

    Attributes:
        denied: Careers, with their words, that are named to be taken back ("not plasterer, plumber").
        generic: A span that is a job but no particular one ("engineer"), to be asked back.
        leftover: Content words that nothing explains.
        strange: Those of them that are ordinary words, no misspelt ones.
        named: Where each career is named, by slug.
        placed: At which token each place is named, by id.
        cued_places: Ids of places that a word such as "in" announces.
    """

    careers: list[Career] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    excluded: list[Place] = field(default_factory=list)
    denied: list[tuple[Career, Evidence, Span]] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    weak_skills: list[str] = field(default_factory=list)
    weak_places: list[Place] = field(default_factory=list)
    cued_places: set[str] = field(default_factory=set)
    currency: str | None = None
    evidence: list[Evidence] = field(default_factory=list)
    alternatives: list[Choice] = field(default_factory=list)
    unknown_places: list[str] = field(default_factory=list)
    generic: Span | None = None
    leftover: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    weak_career: bool = False
    named: dict[str, Span] = field(default_factory=dict)
    placed: dict[str, int] = field(default_factory=dict)

    def only(self, slugs: Sequence[str]) -> Slots:
        """The slots with these careers alone, of those it has."""
        careers = [career for career in self.careers if career.slug in slugs]
        titles = {career.title for career in self.careers if career.slug not in slugs}
        evidence = [each for each in self.evidence if each.slot != "career" or each.matched not in titles]
        return replace(self, careers=careers, evidence=evidence)

    def within(self, asked: tuple[int, int]) -> Slots:
        """The slots with the places alone that the question itself names (tokens asked), where it names some."""
        inside = [place for place in self.places if asked[0] <= self.placed.get(place.id, 0) < asked[1]]
        if not inside or len(inside) == len(self.places):
            return self
        names = {place.name for place in self.places if place not in inside}
        evidence = [each for each in self.evidence if each.slot != "place" or each.matched not in names]
        return replace(self, places=inside, evidence=evidence)


class SlotReader:
    """Turns spans into slots by what is known about careers and places."""

    def __init__(self, directory: Directory, wording: frozenset[str], english: frozenset[str]) -> None:
        self._directory = directory
        self._wording = wording
        self._english = english

    def read(self, spotted: Spotted, start: int, end: int, default_country: str = "") -> Slots:
        """The slots of tokens start..end."""
        slots = Slots()
        spans = [span for span in spotted.spans if span.start >= start and span.end <= end]
        used: set[int] = set()
        for number, span in enumerate(spans):
            if number in used:
                continue
            words = " ".join(token.text for token in spotted.tokens[span.start : span.end])
            match span.kind:
                case "career":
                    if _said_before(spotted, span):
                        continue
                    self._career(slots, span, words, denied=_denied(spotted, span))
                case "place":
                    nearby = spans[number + 1] if number + 1 < len(spans) else None
                    if self._place(slots, spotted, span, nearby, words, default_country):
                        used.add(number + 1)
                case "skill":
                    skill = span.of_kind("skill")[0].id
                    (slots.weak_skills if span.weak else slots.skills).append(skill)
                    slots.evidence.append(Evidence(slot="skill", words=words, matched=skill, score=span.score))
                    slots.topics.extend(target.id for target in span.of_kind("topic")[:1])
                case "topic":
                    slots.topics.append(span.of_kind("topic")[0].id)
                    slots.evidence.append(
                        Evidence(slot="topic", words=words, matched=slots.topics[-1], score=span.score)
                    )
        self._settle(slots)
        if slots.denied and not slots.careers:
            # "why not a nurse?", "nurse, not a doctor?": nothing else is named, so it is what is meant
            slots.careers = [career for career, _, _ in slots.denied]
            slots.named = {career.slug: span for career, _, span in slots.denied}
            slots.evidence += [evidence for _, evidence, _ in slots.denied]
            slots.denied = []
        self._rest(slots, spotted, spans, start, end)
        return slots

    def _career(self, slots: Slots, span: Span, words: str, *, denied: bool) -> None:
        targets = span.of_kind("career")
        if span.end - span.start == 1 and span.name in GENERIC and targets[0].weight < _PROFILE_WEIGHT:
            slots.generic = span
            return
        career = self._directory.career(targets[0].id)
        evidence = Evidence(slot="career", words=words, matched=career.title, score=round(span.score, 1))
        if denied and not span.weak:
            slots.denied.append((career, evidence, span))
            return
        if span.weak and slots.careers:
            return
        if slots.weak_career and not span.weak:
            # "the principal duties of a nurse" are a nurse's, not a principal's
            slots.careers.clear()
            slots.named.clear()
            slots.evidence = [evidence for evidence in slots.evidence if evidence.slot != "career"]
        slots.weak_career = span.weak
        if career.slug not in {known.slug for known in slots.careers}:
            slots.careers.append(career)
            slots.named[career.slug] = span
        slots.evidence.append(evidence)
        for target in targets[1:3]:
            if target.weight == targets[0].weight:
                other = self._directory.career(target.id)
                slots.alternatives.append(Choice(label=other.title, says=f"I meant {other.title}"))

    def _settle(self, slots: Slots) -> None:
        """What a short form means that several professions share, seen with the career beside it: "PA vs NP"."""
        if slots.generic is None or len(slots.careers) != 1:
            return
        group = slots.careers[0].soc[:_MAJOR_GROUP]
        found = [self._directory.career(target.id) for target in slots.generic.of_kind("career")]
        near = [career for career in found if career.soc[:_MAJOR_GROUP] == group and career != slots.careers[0]]
        if len(slots.generic.name) == _MAJOR_GROUP and len(near) == 1:
            words = slots.generic.name.upper()
            slots.careers.append(near[0])
            slots.named[near[0].slug] = slots.generic
            slots.evidence.append(Evidence(slot="career", words=words, matched=near[0].title, score=90.0))
            slots.generic = None

    def _place(
        self, slots: Slots, spotted: Spotted, span: Span, after: Span | None, words: str, default_country: str
    ) -> bool:
        """Add the place; True if the next span only says which one ("Portland, Maine")."""
        called = {target.id: target.weight for target in span.of_kind("place")}
        candidates, swallowed = self._candidates(spotted, span, after, called)

        def strength(place: Place) -> float:
            near = 30.0 if default_country and place.country == default_country else 1.0
            people = max(place.population, 1) * _KIND_FACTOR[place.kind]
            if not place.name.casefold().startswith(words.casefold()):
                people *= _OTHER_NAME
            return max(people, called[place.id] if called[place.id] >= _NICKNAMED else 0.0) * near

        candidates.sort(key=lambda place: (-strength(place), place.id))
        place = candidates[0]
        if span.weak and not swallowed:
            slots.weak_places.append(place)
            return False
        chosen = slots.excluded if _negated(spotted, span) else slots.places
        if span.cued:
            slots.cued_places.add(place.id)
        if place.id not in {known.id for known in chosen}:
            chosen.append(place)
        slots.placed[place.id] = span.start  # where it is named last
        slots.evidence.append(Evidence(slot="place", words=words, matched=place.name, score=round(span.score, 1)))
        slots.alternatives += [
            Choice(label=f"{other.name}, {where}", says=f"I meant {other.name}, {where}")
            for other in candidates[1:3]
            if (where := other.region or other.country)
            and strength(other) * 20 > strength(place)
            and other.name == place.name
            and other.country + other.region != place.country + place.region
        ]
        return swallowed

    def _candidates(
        self, spotted: Spotted, span: Span, after: Span | None, called: Iterable[str]
    ) -> tuple[list[Place], bool]:
        """What the place may be, seen with what stands after it; True if the next span only says which."""
        candidates = [self._directory.place(target) for target in called]
        if after is not None and _adjoins(spotted, span, after):
            containers = self._containers(after)
            if inside := [place for place in candidates if containers.intersection(place.areas)]:
                return inside, True
        if region := region_after(spotted, span.end):
            return [place for place in candidates if place.region == region] or candidates, False
        return candidates, False

    def _containers(self, span: Span) -> set[str]:
        """Places that the span may mean; for a region that no city is filed under, its country."""
        found = {target.id for target in span.of_kind("place")}
        regions = [place for place in found if place.startswith("region:")]
        return found | {f"country:{self._directory.place(region).country}" for region in regions}

    def _rest(self, slots: Slots, spotted: Spotted, spans: Sequence[Span], start: int, end: int) -> None:
        covered = {at for span in spans for at in range(span.start, span.end)}
        for at in range(start, end):
            token = spotted.tokens[at]
            before = spotted.tokens[at - 1].word if at > start else ""
            currency = CURRENCIES.get(token.stem)
            if currency and (token.stem not in AMBIGUOUS_CURRENCIES or before in ("in", "to", "into", "as")):
                slots.currency = currency
                slots.evidence.append(Evidence(slot="currency", words=token.text, matched=currency, score=100.0))
                continue
            if at in covered or token.word in STOPWORDS or token.word[0].isdigit():
                continue
            if token.stem in self._wording or spotted.words[at] in self._wording:
                continue
            if token.word not in FILLERS:
                slots.leftover.append(token.word)
                if token.stem in self._english or token.word in self._english:
                    slots.strange.append(token.word)
            named = before in STRONG_PLACE_CUES and (token.text[:1].isupper() or token.stem not in self._english)
            if named and not token.breaks:
                slots.unknown_places.append(token.text)


def _said_before(spotted: Spotted, span: Span) -> bool:
    """Whether it is the head of a title that the message gives in full: "a restaurant cook … from cook to baker"."""
    if span.end - span.start > 1:
        return False
    ending = f" {span.name}"
    fuller = [other for other in spotted.spans if other.kind == "career" and other.name.endswith(ending)]
    return any(other.start < span.start for other in fuller)


def _denied(spotted: Spotted, span: Span) -> bool:
    """Whether a career is named only to be taken back; "why not" and "if not" take nothing back."""
    at = span.start - 1
    if at >= 0 and spotted.tokens[at].word in _ARTICLES:
        at -= 1
    if (
        at < 0
        or spotted.tokens[at].word not in _DENIES
        or any(t.breaks for t in spotted.tokens[at + 1 : span.start + 1])
    ):
        return False
    return at == 0 or spotted.tokens[at].breaks or spotted.tokens[at - 1].word in ("and", "but", "no", "oh", "so")


def _negated(spotted: Spotted, span: Span) -> bool:
    """Whether the words before a name take it away: "not London", "not in London", "forget nurses"."""
    before = spotted.tokens[span.start - 1].word if span.start else ""
    further = spotted.tokens[span.start - 2].word if span.start > 1 else ""
    if "but" in (before, further) and "not" in spotted.words[max(0, span.start - _FAR_BEFORE) : span.start]:
        return False  # "not in London but in Bristol"
    return before in _NEGATIONS or (before in STRONG_PLACE_CUES and further in _NEGATIONS)


def _adjoins(spotted: Spotted, span: Span, after: Span) -> bool:
    """Whether the next span says which of several places is meant: "Portland, Maine", "the Perth in Scotland"."""
    between = [token.word for token in spotted.tokens[span.end : after.start]]
    return bool(after.of_kind("place")) and between in ([], ["in"])


def region_after(spotted: Spotted, at: int) -> str:
    """The state code that stands right after a place: "Portland, OR", "Austin TX"; "" if there is none."""
    if at >= len(spotted.tokens):
        return ""
    text = spotted.tokens[at].text
    return text if len(text) == 2 and text.isupper() and text.isalpha() else ""


def amounts(text: str) -> list[tuple[float, str | None]]:
    """Amounts of money in a text as (amount, currency or None): "£50k" → (50000, "GBP")."""
    found: list[tuple[float, str | None]] = []
    for match in _NUMBER.finditer(text):
        digits = match.group(1).rstrip(".,")
        digits = re.sub(r"[.,](?=\d{3}\b)", "", digits).replace(",", ".")
        try:
            amount = float(digits)
        except ValueError:
            continue
        suffix = (match.group(2) or "").lower()
        amount *= {"k": 1_000, "m": 1_000_000}.get(suffix, 1)
        symbol = text[match.start() - 1] if match.start() else ""
        found.append((amount, _NUMBERED_CURRENCY.get(symbol)))
    return found
