"""Judging answers by labelled questions, one by one. Knows the contract of the labels and nothing of the bot."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from adapters.labelled import Conversation, Expect, Turn

NONE = "none"
MULTI = "multi"
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class FoundCareer:
    """A career that the bot found: its slug and its O*NET-SOC code."""

    slug: str
    soc: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the bot made of one message; `intents` is empty where it didn't understand."""

    intents: tuple[str, ...]
    careers: tuple[FoundCareer, ...] = ()
    places: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    confidence: float = 0.0
    milliseconds: float = 0.0

    @property
    def intent(self) -> str:
        """The first intent, "none" where it didn't understand."""
        return self.intents[0] if self.intents else NONE


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judged turn."""

    id: str
    style: str
    text: str
    expect: Expect
    outcome: Outcome
    intent: bool
    careers: bool
    places: bool
    skills: bool
    wrong_career: bool

    @property
    def right(self) -> bool:
        """Everything that is checked is right."""
        return self.intent and self.careers and self.places and self.skills

    @property
    def answered(self) -> bool:
        """Whether the bot answered at all."""
        return bool(self.outcome.intents)


def judge(conversation: Conversation, turn: Turn, outcome: Outcome) -> Verdict:
    """Compare what was found with what should have been."""
    expect = turn.expect
    if conversation.style == MULTI:
        intent = bool(set(outcome.intents or (NONE,)) & set(expect.intent))
    else:
        intent = outcome.intent in expect.intent
    careers = expect.careers
    return Verdict(
        id=conversation.id, style=conversation.style, text=turn.text, expect=expect, outcome=outcome, intent=intent,
        careers=careers is None or _same(careers, outcome.careers, is_career),
        places=expect.places is None or _same(expect.places, outcome.places, _is_name),
        skills=expect.skills is None or all(_has_skill(names, outcome.skills) for names in expect.skills),
        wrong_career=_wrong(expect, outcome),
    )  # fmt: skip


def is_career(identifier: str, career: FoundCareer) -> bool:
    """Whether an identifier (a slug, or the start of an O*NET-SOC code) names the career."""
    return identifier == career.slug or (identifier[:2].isdigit() and career.soc.startswith(identifier))


def _is_name(wanted: str, found: str) -> bool:
    return _folded(wanted) == _folded(found)


def _has_skill(names: Sequence[str], skills: Sequence[str]) -> bool:
    return any(_folded(name) in _folded(skill) for name in names for skill in skills)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _same(wanted: Sequence[Sequence[str]], found: Sequence[_Item], fits: Callable[[str, _Item], bool]) -> bool:
    """Whether each found thing fits a list of its own: as many, each used once."""
    if len(wanted) != len(found):
        return False
    if not wanted:
        return True
    first, rest = wanted[0], wanted[1:]
    return any(
        any(fits(name, item) for name in first) and _same(rest, [*found[:at], *found[at + 1 :]], fits)
        for at, item in enumerate(found)
    )


def _wrong(expect: Expect, outcome: Outcome) -> bool:
    """Whether the bot answered about a career that nobody asked for."""
    if not outcome.intents:
        return False
    if expect.intent == [NONE] and expect.careers is None:
        return bool(outcome.careers)
    if expect.careers is None:
        return False
    acceptable = [name for names in expect.careers for name in names]
    return any(not any(is_career(name, career) for name in acceptable) for career in outcome.careers)
