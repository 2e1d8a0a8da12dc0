"""A second look for a career where the first found none: whole misspelt titles, and trades named by what is done.

The first look repairs word by word and needs each word within two edits; this one compares the words around an unknown
one, written together, with all well-known titles ("quantitve analist"). It costs a tenth of a millisecond a stretch of
words, so only messages without a career and with an unknown word pay for it.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.gazetteer import EVERYDAY, Gazetteer
from bot.lexicon import FIELDS, PRACTISED, STOPWORDS
from bot.normalise import Token, key_of
from bot.options import is_inflected
from bot.spotting import Span, Spotted
from bot.words import CAREER, WORDING

LEAST_SCORE = 85.0
"""Below this similarity (0 to 100, rapidfuzz ratio) a stretch of words is no misspelt title."""
_LEAST_LETTERS, _MOST_WORDS, _MOST_STRETCHES = 7, 4, 8
_DOER = ("er", "or", "ist", "")
_GERUND = "ing"
_NO_TRADE_AFTER = frozenset("less more much no without some any lots like love enjoy hate of".split())
_PAIRED = frozenset("vs versus or to than from into and".split())
_MOST_BEFORE_FIELD = 2
_ANY_TITLE = 40.0
_LEAST_GERUND, _LEAST_VERB, _MOST_OBJECT = 6, 2, 2
_DETERMINERS = frozenset("a an the my your our some".split())
_NO_TRADES = frozenset(
    "working making doing training reading looking starting planning leading running learning meeting holding opening "
    "helping moving being going getting finding earning studying changing switching taking thinking telling asking "
    "saying giving keeping putting calling turning trying coming leaving feeling seeing living paying spending "
    "waiting eating sitting standing walking sleeping watching hearing knowing wanting needing using having "
    "bringing sending talking wondering considering hoping falling losing winning burning breaking dealing "
    "sorting".split()
)


class SecondLook:
    """Well-known titles by their first letter."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._titles: dict[str, list[str]] = {}
        for key in gazetteer.keys_of("career", EVERYDAY):
            number = gazetteer.find(key)
            words = gazetteer.spaced(number).split() if number is not None else []
            english = all(gazetteer.domain.get(word, 0) & CAREER for word in words)
            if len(key) >= _LEAST_LETTERS and key.isalnum() and english:
                self._titles.setdefault(key[0], []).append(key)

    def misspelt(self, spotted: Spotted) -> Spotted:
        """The message with the misspelt title that stands in it, if it has no career yet and one is close enough.

        Where a career was found, another is looked for if words such as "vs" and "to" say that there are two.
        """
        tokens = spotted.tokens
        careers = [span for span in spotted.spans if span.kind == "career" and not span.weak]
        if len(careers) > 1 or (careers and _PAIRED.isdisjoint(spotted.words)):
            return spotted
        taken = {at for span in careers for at in range(span.start, span.end)}
        unknown = [
            at
            for at, token in enumerate(tokens)
            if len(token.stem) > 3 and at not in taken and self._unknown(token) and not self._ordinary(spotted, at)
        ]
        meant = [at for at in unknown if spotted.words[at] not in (tokens[at].word, tokens[at].stem)]
        if not careers and any(span.kind == "topic" and span.start in meant for span in spotted.spans):
            return spotted  # "carreers in aviaton" names no aviator
        if careers:  # "a diplomma needed to be a masage therpist" names no diplomat
            unknown = [at for at in unknown if at not in meant or self._of_a_title(spotted.words[at])]
        if not unknown:
            return spotted
        best: tuple[float, int, int, str] | None = None
        for start, end in list(_stretches(tokens, unknown))[:_MOST_STRETCHES]:
            if not taken.isdisjoint(range(start, end)):
                continue
            joined = "".join(token.stem for token in tokens[start:end])
            near = self._titles.get(joined[0], [])
            found = process.extractOne(joined, near, scorer=fuzz.ratio, score_cutoff=LEAST_SCORE)
            if found and (best is None or found[1] > best[0]):
                best = found[1], start, end, found[0]
        return spotted if best is None else self._with(spotted, *best)

    def practised(self, spotted: Spotted, start: int, end: int) -> Iterator[Span]:
        """Who does what the clause names: "bookkeeping" → bookkeeper, "ux design" → UX designer."""
        for at in range(start, end):
            if at > start and spotted.words[at - 1] in _NO_TRADE_AFTER and not spotted.tokens[at].breaks:
                continue  # "something similar with less typing" asks for no typist
            if OSA.distance(spotted.words[at], spotted.tokens[at].word, score_cutoff=1) > 1:
                continue  # "thatching" was no slip for "teaching"
            if any(span.start == at < span.end - 1 and span.kind in ("skill", "topic") for span in spotted.spans):
                continue  # "law enforcement" is no lawyer's
            # A word that is nothing but a trade ("landscaping") needs no everyday title.
            word = spotted.words[at]
            least = _ANY_TITLE if word in PRACTISED or word not in self._gazetteer.english else EVERYDAY
            if span := next(self._of_an_object(spotted, at, end), None):
                yield span
                continue
            for first, title in _doers(spotted, start, at):
                if span := self._titled(title, first, at + 1, least):
                    yield span
                    break

    def _of_an_object(self, spotted: Spotted, at: int, end: int) -> Iterator[Span]:
        """Who does something to something: "who keep bees" → beekeeper, "teaching kindergarten"."""
        word, before = spotted.words[at], spotted.tokens[at - 1].word if at else ""
        if word.endswith(_GERUND) and len(word) >= _LEAST_GERUND:
            roots = [word.removesuffix(_GERUND)]
        elif before in ("who", "that") and word not in STOPWORDS and word.isalpha() and len(word) > _LEAST_VERB:
            roots = [root := spotted.tokens[at].stem, root + root[-1]]
        else:
            return
        first = at + 1
        while first < end and spotted.tokens[first].word in _DETERMINERS:
            first += 1
        for last in range(min(first + _MOST_OBJECT, end), first, -1):
            objects = spotted.tokens[first:last]
            if any(token.breaks for token in objects) or {objects[0].word, objects[-1].word} & STOPWORDS:
                continue
            named = "".join(token.stem for token in objects)
            for root in roots:
                for ending in _DOER[:-1]:
                    if span := self._titled(f"{named}{root.removesuffix('e')}{ending}", at, last, _ANY_TITLE):
                        yield span

    def _titled(self, title: str, start: int, end: int, least: float) -> Span | None:
        """The career of a title, of at least some weight, as what tokens start..end stand for."""
        number = self._gazetteer.find(key_of(title)[1])
        targets = tuple(self._gazetteer.targets(number)) if number is not None else ()
        if number is None or not targets or targets[0].kind != "career" or targets[0].weight < least:
            return None
        return Span(start, end, "career", targets, 90.0, weak=False, name=self._gazetteer.spaced(number))

    def _ordinary(self, spotted: Spotted, at: int) -> bool:
        """Whether a word is a slip for one that is in no title: "expertsie in SQL" names no SEO specialist."""
        word = spotted.words[at]
        if is_inflected(self._gazetteer.english, spotted.tokens[at].word):
            return True  # what is "reverted" is no reverend
        bits: int = self._gazetteer.domain.get(word, 0)
        slip = word != spotted.tokens[at].word and sorted(word) == sorted(spotted.tokens[at].word)
        return slip and bits & (CAREER | WORDING) == WORDING

    def _of_a_title(self, word: str) -> bool:
        bits: int = self._gazetteer.domain.get(word, 0)
        return bits & (CAREER | WORDING) == CAREER

    def _unknown(self, token: Token) -> bool:
        return token.word.isalpha() and not self._gazetteer.plain(token.stem)

    def _with(self, spotted: Spotted, score: float, start: int, end: int, key: str) -> Spotted:
        number = self._gazetteer.find(key)
        if number is None:
            return spotted
        targets = tuple(self._gazetteer.targets(number))
        span = Span(start, end, "career", targets, score, weak=False, name=self._gazetteer.spaced(number))
        kept = [other for other in spotted.spans if other.end <= start or other.start >= end]
        insort(kept, span, key=lambda each: each.start)
        return Spotted(spotted.tokens, spotted.words, tuple(kept))


def _doers(spotted: Spotted, start: int, at: int) -> Iterator[tuple[int, str]]:
    """Titles that the word at a place may stand for, with where they begin."""
    word = spotted.words[at]
    for person in FIELDS.get(word, ()):
        for first in range(max(start, at - _MOST_BEFORE_FIELD), at):
            yield first, "".join(spotted.words[first:at]) + person
    if word in PRACTISED:
        yield at, PRACTISED[word]
    if word.endswith(_GERUND) and len(word) >= _LEAST_GERUND and word not in _NO_TRADES:
        root = word.removesuffix(_GERUND)
        for first in range(max(start, at - _MOST_BEFORE_FIELD), at + 1):
            before = "".join(spotted.words[first:at])
            yield from ((first, before + root + ending) for ending in _DOER)


def _stretches(tokens: Sequence[Token], unknown: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Up to four words around each unknown one, longest first; none opens or ends with a function word."""
    seen: set[tuple[int, int]] = set()
    for at in unknown:
        for size in range(_MOST_WORDS, 0, -1):
            for start in range(max(0, at - size + 1), at + 1):
                end = start + size
                if end > len(tokens) or (start, end) in seen:
                    continue
                seen.add((start, end))
                inside = tokens[start:end]
                if any(token.breaks for token in inside[1:]) or {inside[0].word, inside[-1].word} & STOPWORDS:
                    continue
                if sum(len(token.stem) for token in inside) >= _LEAST_LETTERS:
                    yield start, end
