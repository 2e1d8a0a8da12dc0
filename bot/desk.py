"""What an answer may use: the knowledge, the person's locale, exchange rates and link settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from urllib.parse import quote, urlsplit

from knowledge.knowledge import Knowledge


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
class Desk:
    """Everything an intent's `answer` gets besides the query."""

    knowledge: Knowledge
    rates: Rates
    links: LinkPolicy = field(default_factory=LinkPolicy)
    locale: str = "en-US"
    default_country: str = ""
