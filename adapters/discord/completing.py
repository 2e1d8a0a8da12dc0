"""Completing what is typed into a command's option, quickly: what was completed lately is remembered."""

from __future__ import annotations

from collections import OrderedDict

from discord.app_commands import Choice

from adapters.discord.limits import LONGEST_OPTION, MOST_OPTIONS
from bot.core import CareerBot
from bot.intent import Option

KINDS = ("career", "place", "skill", "topic")
"""Kinds of options that are completed."""
_MOST_KEPT = 5_000


class Completing:
    """Completes options by their kind. Bounded; what it remembers ends with the knowledge's version."""

    def __init__(self, bot: CareerBot) -> None:
        self._bot = bot
        self._kept: OrderedDict[tuple[str, str, str], list[str]] = OrderedDict()

    def choices(self, option: Option, typed: str) -> list[Choice[str]]:
        """At most 25 choices of at most 100 characters; of several values with commas, the last is completed.

        What is no choice may still be sent as typed.
        """
        before, comma, last = typed.rpartition(",") if option.many else ("", "", typed)
        lead = f"{before.strip()}, " if comma else ""
        found = (f"{lead}{name}" for name in self._names(option.kind, last.strip()[:LONGEST_OPTION].casefold()))
        return [Choice(name=name, value=name) for name in dict.fromkeys(found) if len(name) <= LONGEST_OPTION]

    def warm(self) -> None:
        """Complete the empty option of each kind: lists are made at first use, and nobody's keystroke should wait."""
        for kind in KINDS:
            self._names(kind, "")
            self._names(kind, "zqx")

    def _names(self, kind: str, typed: str) -> list[str]:
        key = (self._bot.desk.knowledge.version, kind, typed)
        if key in self._kept:
            self._kept.move_to_end(key)
        else:
            self._kept[key] = self._bot.complete(kind, typed, MOST_OPTIONS)
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]
