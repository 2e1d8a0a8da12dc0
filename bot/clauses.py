"""Cutting a message into the questions that it asks.

Places to cut: the end of a sentence, and "and", "also", "plus" before a word that opens a question. A cut is a
proposal: parts are kept apart only where they ask for different things, and a part that holds only names joins the
question beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.classifier import Scores
from bot.lexicon import FILLERS, WORK_WORDS
from bot.slots import Slots
from bot.spotting import Spotted
from bot.training import NONE

SOCIAL = frozenset({"greeting", "thanks", "help", "sources"})
_JOINERS = frozenset("and also plus then & or".split())
_OPENERS = frozenset(
    "what whats which who where when why how hows is are do does did can could should would will any good best tell "
    "give show list find suggest recommend salary salaries pay wages courses books skills whether need i im".split()
)
_ASKED_FOR = frozenset(
    "salary salaries pay wages outlook growth job duties responsibilities education training skills courses books "
    "hours requirements downsides".split()
)
_PART_CONFIDENCE = 0.55
"""Least probability of each part of a message that is taken for two questions."""
_CLOSING_CONFIDENCE = 0.75
"""Least probability of a closing question that stands for the story before it."""
_CLOSING_ABOUT = 0.4
"""The same where the closing question names a career itself."""
_MOST_QUESTIONS = 3
_FEW_WORDS = 6
_SURE_OF_ANOTHER = 0.8
"""From this probability on, the whole message asks what none of its parts asks by itself ("and how much is it?")."""
_NO_CAREER = frozenset({*SOCIAL, NONE})
_OF_ANYTHING = frozenset({"help", "match", "browse", "rank", "sources"})
"""Intents whose questions may name nothing, so that the sentence before has to tell what they are about."""
_SURELY_NONE = 0.6
"""From this probability on, the whole message is none for the bot, whatever its closing question is by itself."""
_WHOLE = frozenset({"compare", "match", "transition"})
"""Intents that need the whole message: their names stand in several sentences."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the message (tokens start..end, `text`), its scores and slots; `bare` where it holds names only."""

    start: int
    end: int
    scores: Scores
    slots: Slots
    bare: bool
    text: str = ""


Read = Callable[[int, int], Clause]


def questions(text: str, spotted: Spotted, whole: Clause, read: Read) -> list[Clause]:
    """The questions of a message, at most three; the whole message where it asks one thing.

    Args:
        text: The cleaned message.
        spotted: Its tokens and names.
        whole: The message read as one clause.
        read: Reads a range of tokens as a clause.
    """
    ranges = [part for sentence in sentences(spotted) for part in split_on_joiners(spotted, *sentence)]
    if len(ranges) < 2:
        return [whole]
    apart = [read(start, end) for start, end in ranges]
    parts = _joined(apart, spotted, read)
    asked = [part for part in parts if part.scores.best != NONE]
    if asked and all(_of_other_things(spotted, whole, part) for part in asked):
        return [whole]
    if told := _names_alone(apart, spotted, whole) or _told(text, spotted, whole, parts):
        return [told]
    return _several(whole, parts)


def _of_other_things(spotted: Spotted, whole: Clause, part: Clause) -> bool:
    """Whether a part asks for help or choices in words that fit anything: "My card is frozen, what can I do?"."""
    slots = part.slots
    named = slots.careers or slots.skills or slots.topics or slots.generic is not None
    named = named or not WORK_WORDS.isdisjoint(spotted.words[part.start : part.end])
    return not named and part.scores.best in _OF_ANYTHING and whole.scores.of(NONE) >= _SURELY_NONE


def _several(whole: Clause, parts: Sequence[Clause]) -> list[Clause]:
    """The parts that are questions of their own; the whole message where they ask one thing together."""
    sure = [
        part
        for part in parts
        if not part.bare and part.scores.best != NONE and part.scores.confidence >= _PART_CONFIDENCE
    ]
    sure = [part for part in sure if part.scores.best not in SOCIAL] or sure
    if whole.slots.careers and all(part.scores.best in SOCIAL for part in sure) and whole.scores.best not in _NO_CAREER:
        return [whole]  # "Structural engineers of Reddit. What do you do?" asks nothing of the bot
    if len({part.scores.best for part in sure}) > 1:
        if whole.scores.best in _WHOLE and whole.scores.confidence > 0.8:
            return [whole]
        if not any(part.slots.careers or part.slots.skills or part.slots.topics for part in parts):
            return [whole]
        return _distinct(sure)
    if len(sure) == 1 and _asks_more(whole, sure[0], parts):
        return [sure[0], whole]
    if len(sure) == 1 and (sure[0].scores.best, whole.scores.best) == ("path", "transition"):
        return [whole]  # "I'm a chef. Can I become a nurse?"
    if len(sure) == 1 and (whole.scores.best == NONE or sure[0].scores.confidence >= whole.scores.confidence - 0.05):
        return [replace(whole, scores=sure[0].scores)] if sure[0].scores.best in _WHOLE else sure
    return [whole]


def _asks_more(whole: Clause, sure: Clause, parts: Sequence[Clause]) -> bool:
    """Whether a second part asks what only the whole message tells: "what does X do, and how much is it in Ohio?"."""
    another = whole.scores.best not in (NONE, sure.scores.best, *_WHOLE, *SOCIAL)
    unclear = any(part is not sure and part.scores.best == NONE and part.scores.runner_up == whole.scores.best
                  for part in parts)  # fmt: skip
    return another and unclear and bool(sure.slots.careers) and whole.scores.confidence >= _SURE_OF_ANOTHER


def _told(text: str, spotted: Spotted, whole: Clause, parts: Sequence[Clause]) -> Clause | None:
    """The closing question of a message that first tells a story, if it is sure of itself and the only one."""
    asking = [part for part in parts if text[spotted.tokens[part.end - 1].end :].lstrip(" )\"'”’")[:1] == "?"]
    if len(parts) < 2 or asking != [parts[-1]]:
        return None
    closing = parts[-1]
    same_sentence = spotted.tokens[closing.start].sentence == spotted.tokens[closing.start - 1].sentence
    before = parts[-2].scores
    sure_before = same_sentence and before.best != NONE and before.confidence >= _PART_CONFIDENCE
    if sure_before or closing.bare or closing.scores.best in (NONE, *SOCIAL):
        return None
    names_its_own = bool(closing.slots.careers) and not closing.slots.weak_career
    if closing.scores.confidence < (_CLOSING_ABOUT if names_its_own else _CLOSING_CONFIDENCE):
        return None
    return replace(whole, scores=closing.scores) if closing.scores.best in _WHOLE else closing


def _names_alone(parts: Sequence[Clause], spotted: Spotted, whole: Clause) -> Clause | None:
    """The part that holds only names, where nothing else asks: "That's criminal. Nanny??", "same question, tilers"."""
    last = parts[-1]
    if len(parts) > 1 and last.bare and _takes_up(last, spotted) and not any(p.slots.careers for p in parts[:-1]):
        return last
    talk = all(word in FILLERS for part in parts[:-1] for word in spotted.words[part.start : part.end])
    if len(parts) > 1 and last.bare and talk and (last.slots.places or last.slots.careers):
        return last  # "oh ok. Abuja?"
    bare = [part for part in parts if part.bare and part.slots.careers and not part.slots.weak_career]
    rest = [part for part in parts if part not in bare]
    if len(bare) != 1 or not rest or bare[0].end - bare[0].start > _FEW_WORDS:
        return None
    if len(bare[0].slots.careers) > 1:
        return bare[0] if bare[0] is last else None  # "I've a PhD. Materials scientist or patent lawyer?"
    if whole.scores.best != NONE and whole.scores.confidence >= _PART_CONFIDENCE:
        return None  # "nursing assistant in Florida, how much?"
    silent = all(
        part.scores.best == NONE and not part.slots.careers and spotted.words[part.start] not in _OPENERS
        for part in rest
    )
    return bare[0] if silent and sum(part.end - part.start for part in rest) <= _FEW_WORDS else None


def _distinct(parts: Sequence[Clause]) -> list[Clause]:
    kept: dict[str, Clause] = {}
    for part in parts:
        kept.setdefault(part.scores.best, part)
    return list(kept.values())[:_MOST_QUESTIONS]


def _joined(parts: Sequence[Clause], spotted: Spotted, read: Read) -> list[Clause]:
    """Fragments that hold only names join the question before them ("money: madrid? rome?"), else the one after."""
    joined: list[Clause] = []
    for part in parts:
        named = bool(part.slots.places or part.slots.careers)
        to_last = part.bare and named and not _takes_up(part, spotted)
        if joined and (to_last or _addresses(joined[-1], part)):
            joined.append(read(joined.pop().start, part.end))
        else:
            joined.append(part)
    return joined


def _addresses(fragment: Clause, part: Clause) -> bool:
    """Whether a fragment only says whom the next part is about ("Nurses of Reddit. What do you do?")."""
    return fragment.bare and bool(fragment.slots.careers) and not part.slots.careers


def _takes_up(part: Clause, spotted: Spotted) -> bool:
    """Whether it is a follow-up of its own, whatever stands before it ("boring. what about nurses")."""
    words = [token.word for token in spotted.tokens[part.start : part.start + 2]]
    return words in (["what", "about"], ["how", "about"]) or words[:1] == ["same"]


def asking(text: str, spotted: Spotted, start: int, end: int) -> tuple[int, int]:
    """Token range of the one sentence of tokens start..end that asks something; all of them where none or several do.

    A message of several sentences without a question mark asks in its last one.
    """
    ranges = [(max(a, start), min(b, end)) for a, b in sentences(spotted) if a < end and b > start]
    asks = [(a, b) for a, b in ranges if text[spotted.tokens[b - 1].end :].lstrip(" )\"'”’")[:1] == "?"]
    return asks[0] if len(asks) == 1 else (start, end)


def sentences(spotted: Spotted) -> list[tuple[int, int]]:
    """Token ranges of the sentences."""
    ranges: list[tuple[int, int]] = []
    start = 0
    for at in range(1, len(spotted.tokens) + 1):
        ended = at == len(spotted.tokens) or spotted.tokens[at].sentence != spotted.tokens[at - 1].sentence
        if ended and at > start:
            ranges.append((start, at))
            start = at
    return ranges


def split_on_joiners(spotted: Spotted, start: int, end: int) -> list[tuple[int, int]]:
    """Token ranges of a sentence cut before "and what…", "also how…", ", which…" (names are never cut)."""
    inside = {at for span in spotted.spans for at in range(span.start + 1, span.end)}
    ranges: list[tuple[int, int]] = []
    begin = start
    for at in range(start + 1, end - 1):
        # One word may be a question of its own only where it is what is asked for: "salary and job growth for nurses".
        if at in inside or at < begin + (1 if spotted.words[at - 1] in _ASKED_FOR else 2):
            continue
        word = spotted.tokens[at].word
        following = spotted.tokens[at + 1].word
        joined = word in _JOINERS and bool({following, spotted.words[at + 1]} & (_OPENERS | _ASKED_FOR))
        comma = spotted.tokens[at].breaks and word in _OPENERS and word not in ("i", "im", "need", "or")
        if joined or comma:
            ranges.append((begin, at))
            begin = at + 1 if joined else at
    ranges.append((begin, end))
    return [(a, b) for a, b in ranges if b > a]
