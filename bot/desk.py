"""What an answer may use: the knowledge, the person's language, exchange rates and link settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from urllib.parse import quote, urlsplit

from bot.language import Language, language
from knowledge.knowledge import UNITED_STATES, Knowledge


class Rates(Protocol):
    """Exchange rates."""

    def convert(self, amount: float, currency: str, target: str) -> tuple[float, date] | None:
        """The amount in `target` and the date of the rate, or None where a currency has no rate."""


@dataclass(frozen=True, slots=True)
class LinkPolicy:
    """How links are rewritten for affiliate programmes: host → template with {url}; empty = off."""

    templates: dict[str, str] = field(default_factory=dict)

    def rewrite(self, url: str) -> tuple[str, bool]:
        """The link to show, and whether it is an affiliate link."""
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        template = self.templates.get(host)
        if template is None:
            return url, False
        return template.replace("{url}", quote(url, safe="")), True


@dataclass(frozen=True, slots=True)
class Capability:
    """What an intent can do, for the help: its name, help line, command and one example."""

    name: str
    help: str
    command: str
    example: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything an intent's `answer` gets besides the query.

    Attributes:
        say: Fixed wording, numbers, money and dates in the person's language.
        default_country: ISO 3166 code of the community's country, "" where none is set.
        capabilities: What all intents can do, in the order of the help.
    """

    knowledge: Knowledge
    rates: Rates
    links: LinkPolicy = field(default_factory=LinkPolicy)
    say: Language = field(default_factory=lambda: language("en-US"))
    default_country: str = ""
    capabilities: tuple[Capability, ...] = ()

    @property
    def home_places(self) -> tuple[str, ...]:
        """Place ids for a figure when no place was named: the community's country, then the United States."""
        home = f"country:{self.default_country}" if self.default_country else UNITED_STATES
        return tuple(dict.fromkeys((home, UNITED_STATES)))
