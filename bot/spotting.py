"""Finding careers, places, skills and topics in a message.

Every stretch of up to eight words is looked up by its stems; unknown words are repaired first; of overlapping finds
the longest and best win. What comes out are spans with *all* they may stand for: which one is meant is decided later,
when the intent and the conversation are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product, zip_longest

from bot.gazetteer import EVERYDAY, MAX_PHRASE_TOKENS, Gazetteer, Target
from bot.judging import TENTATIVE, asks_for_job, capitals_mean_something, kind_of, setting_of
from bot.lexicon import GENERIC, MONTHS, NEVER_BARE_PLACES, STOPWORDS
from bot.normalise import Token, fold
from bot.options import options_of
from bot.short_forms import SHORT_FORMS, is_everyday
from bot.words import WELL_KNOWN

_SURE_PLACE = 85.0
"""From this similarity on, a misspelt large city is one without "in" before it ("pay munich vs stuttgrat")."""
_FEW = 3
MINIMUM_SCORE = 80.0
"""Below this similarity (0 to 100) words are not taken for a name."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a message and what they may stand for.

    Attributes:
        start, end: Token numbers, end exclusive.
        kind: The likeliest kind.
        targets: All targets of the name, every kind.
        score: 0 to 100; 100 = the same after normalisation.
        weak: True where the words are also ordinary English, so that other evidence is needed.
        name: The name that was matched, in stems.
        cued: True where a word before it takes a place ("in", "near").
    """

    start: int
    end: int
    kind: str
    targets: tuple[Target, ...]
    score: float
    weak: bool
    name: str
    cued: bool = False

    @property
    def mere_word(self) -> bool:
        """An ordinary word that only happens to be a skill or subject."""
        return self.weak and self.kind in ("skill", "topic")

    def of_kind(self, kind: str) -> list[Target]:
        """Its targets of one kind, strongest first."""
        return [target for target in self.targets if target.kind == kind]


@dataclass(frozen=True, slots=True)
class Spotted:
    """The spans of a message and its words with typos repaired (one a token)."""

    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    spans: tuple[Span, ...]


def spot(gazetteer: Gazetteer, tokens: Sequence[Token]) -> Spotted:
    """Find the names in a tokenised message."""
    options: list[list[tuple[str, float]]] = []
    words: list[str] = []
    for at, token in enumerate(tokens):
        everyday = not gazetteer.tongue and is_everyday(tokens, at)
        options.append(found := [(SHORT_FORMS[token.word], 90.0)] if everyday else options_of(gazetteer, token))
        words.append(token.word if found[0][0] == token.stem else found[0][0])
    candidates: list[tuple[float, Span]] = []
    capitals = capitals_mean_something(tokens)
    for start in range(len(tokens)):
        found_here = _spans_from(gazetteer, tokens, options, start, capitals=capitals)
        candidates.extend((_value(span, tokens), span) for span in found_here)
    candidates += [(_value(span, tokens) + 1, span) for span in _shared_heads(gazetteer, tokens, options, candidates)]
    cover = _best_cover(candidates, len(tokens))
    return Spotted(tuple(tokens), tuple(words), _unranked(_located(cover, tokens)))


def _unranked(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Without words that are jobs elsewhere and a rank before a title: "principal engineer", "lead designer"."""
    return tuple(
        span
        for span, after in zip_longest(spans, spans[1:])
        if not (span.weak and span.kind == "career" and after and after.kind == "career" and after.start == span.end)
    )


def _side_by_side(tokens: Sequence[Token], span: Span, after: Span) -> bool:
    """Whether only "vs" or the like stands between two places: "pay chicago vs bostn"."""
    return after.start == span.end + 1 and tokens[span.end].word in ("vs", "versus")


def _located(spans: tuple[Span, ...], tokens: Sequence[Token]) -> tuple[Span, ...]:
    """A word that is also a place is one where the next place says which, or stands beside one: "Reading UK"."""
    found = list(spans)
    for at, (span, after) in enumerate(pairwise(spans)):
        if span.weak and span.kind == "place" and after.kind == "place" and not after.weak and after.start == span.end:
            found[at] = replace(span, weak=False)
        elif span.kind == after.kind == "place" and span.weak != after.weak and _side_by_side(tokens, span, after):
            found[at], found[at + 1] = replace(span, weak=False), replace(after, weak=False)
    return tuple(found)


_RANKS = frozenset("junior senior lead staff trainee assistant graduate jr sr".split())
_WELL_KNOWN_RANK, _RANK_AND_TITLE = 60.0, 2
_JOINED_BY = frozenset("or and vs versus than".split())
_MOST_MODIFIERS = 2
_LEAST_MODIFIER = 77.0
"""Two letters of nine may be wrong in what is set beside a title: "paralegle vs legal secretary"."""


def _shared_heads(
    gazetteer: Gazetteer, tokens: Sequence[Token], options: list[list[tuple[str, float]]],
    candidates: Sequence[tuple[float, Span]],
) -> list[Span]:  # fmt: skip
    """Names that share their last word: "ios or android developer" holds an iOS developer too."""
    found = list(_shared_after(gazetteer, tokens, options, candidates))
    for _, span in candidates:
        joiner = span.start - 1
        if span.kind != "career" or span.end - span.start < 2 or joiner < 1 or tokens[joiner].word not in _JOINED_BY:
            continue
        heads = [text for text, _ in options[span.end - 1]]
        for size in range(1, min(_MOST_MODIFIERS, joiner) + 1):
            start = joiner - size
            if any(token.breaks for token in tokens[start + 1 : joiner + 1]):
                break
            modifier = "".join(options[at][0][0] for at in range(start, joiner))
            if modifier in STOPWORDS:
                continue
            for head in ("", *heads):  # alone first: "paralegle vs legal secretary" is a paralegal
                number = gazetteer.find(f"{modifier}{head}".replace(" ", ""))
                if not head and not _well_known(gazetteer, number):
                    continue
                targets = tuple(gazetteer.targets(number)) if number is not None else ()
                if number is not None and any(target.kind == "career" for target in targets):
                    score = sum(options[at][0][1] for at in range(start, joiner)) / size
                    if score < _LEAST_MODIFIER or modifier[0] != tokens[start].stem[0]:
                        continue  # "lonelier than doctors" names no hotelier
                    found.append(
                        Span(start, joiner, "career", targets, score, weak=False, name=gazetteer.spaced(number))
                    )
                    break
    return found


def _shared_after(
    gazetteer: Gazetteer, tokens: Sequence[Token], options: list[list[tuple[str, float]]],
    candidates: Sequence[tuple[float, Span]],
) -> Iterator[Span]:  # fmt: skip
    """Names that leave out the head of the name before them: "mining engineer vs petroleum"."""
    for _, span in candidates:
        at = span.end + 1
        short = span.kind != "career" or span.end - span.start < 2 or at >= len(tokens)
        if short or tokens[span.end].word not in _JOINED_BY or tokens[at].breaks or tokens[at].word in STOPWORDS:
            continue
        if _well_known(gazetteer, gazetteer.find(options[at][0][0].replace(" ", ""))):
            continue  # "vet tech and vet" are two, and the second is no tech
        number = gazetteer.find(f"{options[at][0][0]}{options[span.end - 1][0][0]}".replace(" ", ""))
        if number is not None and _well_known(gazetteer, number):
            targets = tuple(gazetteer.targets(number))
            yield Span(at, at + 1, "career", targets, options[at][0][1], weak=False, name=gazetteer.spaced(number))


def _well_known(gazetteer: Gazetteer, number: int | None) -> bool:
    return number is not None and any(t.kind == "career" and t.weight >= EVERYDAY for t in gazetteer.targets(number))


def _spans_from(
    gazetteer: Gazetteer,
    tokens: Sequence[Token],
    options: list[list[tuple[str, float]]],
    start: int,
    *,
    capitals: bool,
) -> list[Span]:
    found: list[Span] = []
    prefixes: list[tuple[str, float, bool]] = [("", 0.0, True)]
    for end in range(start + 1, min(len(tokens), start + MAX_PHRASE_TOKENS) + 1):
        if end - 1 > start and tokens[end - 1].breaks:
            break
        # "security guy" is security; a "guy" on its own, or "a guy", is nobody in particular.
        silent = end - 1 > start and tokens[end - 2].word not in STOPWORDS
        prefixes = [
            (f"{text}{option}".replace(" ", ""), total + score, plain and score == 100.0)
            for (text, total, plain), (option, score) in product(prefixes[:12], options[end - 1])
            if (option or silent) and gazetteer.begins(f"{text}{option}".replace(" ", ""))
        ]
        if not prefixes:
            break
        prefixes.sort(key=lambda prefix: -prefix[1])
        for text, total, plain in prefixes[:12]:
            number = gazetteer.find(text)
            if number is None:
                continue
            if end - start == 1 and total < 96 and text != options[start][0][0].replace(" ", ""):
                continue  # alone, a misspelt word is the likeliest thing or nothing: "abuot" is "about", no abbot
            span = _span(gazetteer, tokens, start, end, number, total / (end - start), plain=plain, capitals=capitals)
            if span is not None:
                found.append(span)
                break
    return found


def _span(
    gazetteer: Gazetteer, tokens: Sequence[Token], start: int, end: int, number: int, score: float,
    *, plain: bool, capitals: bool,
) -> Span | None:  # fmt: skip
    name = gazetteer.spaced(number)
    typed = " ".join(token.stem for token in tokens[start:end])
    single = end - start == 1
    if score < MINIMUM_SCORE or _other_words(tokens, start, end, typed, score):
        return None
    if not single and name != typed:
        small = {token.word for token in tokens[start:end]} & STOPWORDS
        if small and (plain or not small <= set(name.split())):
            return None  # "the rapist" is no therapist, "rarn a living" is nothing in Varna
    targets = _likely(tuple(gazetteer.targets(number)), tokens, start, end)
    if not targets or _mere_rank(tokens[start:end], targets[0]):
        return None
    inflected = bool(gazetteer.tongue) and targets[0].weight >= EVERYDAY
    ordinary = (
        tokens[start].word in gazetteer.english or tokens[start].word == tokens[start].stem
    )  # "texs" is not "tex"
    if score < 100 and single and ordinary and tokens[start].stem in gazetteer.english and not inflected:
        return None  # an ordinary word is no typo of a job
    common = all(token.stem in gazetteer.english or token.word in gazetteer.english for token in tokens[start:end])
    if single and score < 100 and name in gazetteer.english:
        typed, common = name, True  # "mcuh" is as little the town of Much as "much" is
    setting = setting_of(tokens, start, capitals=capitals)
    kind, weak = kind_of(setting, typed, targets, single=single, common=common)
    if kind == "place":
        plural = single and score == 100 and tokens[start].word != tokens[start].stem
        if plural and not fold(gazetteer.shown(number)).endswith("s"):
            return None  # "healthcare roles" are not in Role
        told = setting.cued or setting.capital
        sure = score >= _SURE_PLACE and bool(gazetteer.domain.get(name, 0) & WELL_KNOWN)
        weak = weak or (score < 100 and single and not (told or sure or len(tokens) <= _FEW))
        if weak and typed in NEVER_BARE_PLACES and not told:
            return None
    return Span(start, end, kind, targets, score, weak, name, setting.announced)


def _mere_rank(tokens: Sequence[Token], target: Target) -> bool:
    """Whether a rank stands before a general word: a "junior dev" is no marine engineer, as old lists have it."""
    ranked = len(tokens) == _RANK_AND_TITLE and tokens[0].word in _RANKS and tokens[1].stem in GENERIC
    return ranked and target.weight < _WELL_KNOWN_RANK


def _other_words(tokens: Sequence[Token], start: int, end: int, typed: str, score: float) -> bool:
    """Whether the words are function words, months or too short to be a misspelt name."""
    america = tokens[start].text == "US" or (typed == "us" and start > 1 and tokens[start - 1].word == "the")
    if typed in STOPWORDS and not america:
        return True
    if typed in MONTHS and not (end < len(tokens) and tokens[end].text[:2].isupper()):
        return True
    if end - start > 1:
        return False
    # Italian "a un" is no town of Un, Portuguese "em" no EM.
    return (len(typed) < 3 and score < 100) or (tokens[start].word in STOPWORDS and not america)


def _likely(targets: tuple[Target, ...], tokens: Sequence[Token], start: int, end: int) -> tuple[Target, ...]:
    """The targets without titles that are ordinary words here, unless the words before them ask for a job.

    "what you pick up", "who set up shop": no pick-up or set-up man.
    """
    if end - start == 1:
        least = TENTATIVE + 1
    elif STOPWORDS & {tokens[start].word, tokens[end - 1].word}:
        least = EVERYDAY
    else:
        return targets
    if asks_for_job(tokens, start):
        return targets
    return tuple(target for target in targets if target.kind != "career" or target.weight >= least)


def _value(span: Span, tokens: Sequence[Token]) -> float:
    length = span.end - span.start
    value: float = (length**1.6) * (span.score / 100) ** 3
    if span.kind == "skill":
        value *= 0.8
    if span.kind == "topic":
        value *= 0.7
    if span.weak:
        value *= 0.6
    if length > 1 and any(token.word in STOPWORDS for token in (tokens[span.start], tokens[span.end - 1])):
        value *= 0.7
    return value


def _best_cover(candidates: list[tuple[float, Span]], length: int) -> tuple[Span, ...]:
    """The spans without overlap whose values add up to the most (weighted interval scheduling)."""
    by_end: dict[int, list[tuple[float, Span]]] = {}
    for value, span in candidates:
        by_end.setdefault(span.end, []).append((value, span))
    best: list[tuple[float, Span | None]] = [(0.0, None)]
    for end in range(1, length + 1):
        best.append((best[end - 1][0], None))
        for value, span in by_end.get(end, ()):
            total = best[span.start][0] + value
            if total > best[end][0]:
                best[end] = (total, span)
    chosen: list[Span] = []
    end = length
    while end > 0:
        ending = best[end][1]
        if ending is None:
            end -= 1
        else:
            chosen.append(ending)
            end = ending.start
    return tuple(reversed(chosen))
