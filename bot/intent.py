"""How an intent is declared: once, in one file under `bot/intents/`.

Help texts, commands, completion, docs, training examples and tests come from this declaration.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from bot.desk import Capability, Desk
from bot.query import Query
from bot.reply import Reply

OptionKind = Literal["career", "place", "skill", "topic", "currency", "text"]


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a command: typed, described, completed by its kind.

    `many`: takes several values ("frontend vs backend").
    """

    name: str
    kind: OptionKind
    help: str
    required: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """The structured form of an intent, the same on every platform: `/salary backend london`."""

    name: str
    help: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A message and the slots that it must give (slugs, place names, skill words)."""

    text: str
    careers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing that can be asked.

    Attributes:
        name: As in the machine-readable answer.
        help: One line for people, e.g. "What a career pays, in one place or many".
        phrases: Wordings with slots in braces: {career} {careers} {place} {skill} {topic} {interest} {number}.
        examples: Whole messages with the slots they must give; tests route each, also shouted and mistyped.
        counter_examples: Messages that must not route here.
        careers: How many careers it takes: (least, most). With fewer, the bot asks which.
        places: True where places are understood.
        command: Its structured form, or None.
        listed: False for social intents, which the help doesn't list. order: place in the help, from 0.
        answer: Query + Desk → Reply.
    """

    name: str
    help: str
    answer: Callable[[Query, Desk], Awaitable[Reply]]
    phrases: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    counter_examples: tuple[str, ...] = ()
    careers: tuple[int, int] = (0, 0)
    places: bool = False
    command: Command | None = None
    listed: bool = True
    order: int = 50


def capabilities(intents: Iterable[Intent]) -> tuple[Capability, ...]:
    """What the intents can do, in the order of the help; social ones are left out."""
    listed = [
        Capability(
            name=intent.name,
            help=intent.help,
            command=f"/{intent.command.name}" if intent.command else "",
            example=intent.examples[0].text if intent.examples else "",
        )
        for intent in sorted(intents, key=lambda intent: (intent.order, intent.name))
        if intent.listed
    ]
    return tuple(listed)
