"""Slack's commands and shortcuts, made from the intents' declarations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.commands import parse_command
from bot.intent import Command, Intent
from bot.message import StructuredRequest

RENAMED = {"help": "careerhelp"}
"""Names that Slack's own commands have taken."""
ASK = "ask"
MY_DATA = "mydata"
LOOK_UP = "look_up"
ASK_ANYTHING = "ask_anything"
SETTINGS, MISSES, INSIGHTS = "settings", "misses", "insights"
_OWN = (
    Command(ASK, "Ask anything about careers in your own words"),
    Command(MY_DATA, "What is kept about you, and how to delete it"),
    Command(SETTINGS, "How I behave in this workspace and channel; “history”: who changed what"),
    Command(MISSES, "For curators: what I didn’t understand, and what it means"),
    Command(INSIGHTS, "For curators: what is asked here, week by week, without names"),
)


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """A command as Slack's manifest declares it."""

    name: str
    help: str
    hint: str = ""


def slash_commands(intents: Iterable[Intent]) -> list[SlashCommand]:
    """All commands, in the order of the help; the adapter's own last."""
    ordered = sorted(intents, key=lambda intent: (intent.order, intent.name))
    commands = [intent.command for intent in ordered if intent.command is not None]
    declared = [SlashCommand(RENAMED.get(c.name, c.name), c.help, _hint(c)) for c in commands]
    own = [SlashCommand(c.name, c.help, "[your question]" if c.name == ASK else "") for c in _OWN]
    return [*own[:1], *declared, *own[1:]]


def _hint(command: Command) -> str:
    """What follows the command: "[career] [place …]"."""
    return " ".join(f"[{option.name}{' …' if option.many else ''}]" for option in command.options)


def structured(name: str, rest: str, intents: Mapping[str, Intent]) -> StructuredRequest | None:
    """The request of a command by its name on Slack; None for `ask` and names that are no command."""
    original = next((old for old, new in RENAMED.items() if new == name), name)
    return parse_command(f"/{original} {rest}", intents)
