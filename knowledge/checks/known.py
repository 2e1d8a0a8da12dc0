"""The identifiers that content files may name: sources, topics, occupations, places, skills, careers and addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from babel.numbers import get_territory_currencies, list_currencies

from knowledge.cities import Cities


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to refer to.

    Attributes:
        occupations: O*NET-SOC code → (slug, title).
        careers: Slugs of all careers, profiles and occupations that no profile stands for.
        skills: Names of skills that a profile or an occupation has.
        urls: Addresses of the catalogue's courses and books.
        currencies: ISO 4217 codes, past ones included.
    """

    sources: frozenset[str]
    topics: frozenset[str]
    occupations: dict[str, tuple[str, str]]
    places: frozenset[str]
    careers: frozenset[str]
    skills: frozenset[str]
    urls: frozenset[str]
    cities: Cities
    currencies: frozenset[str] = field(default_factory=lambda: frozenset(list_currencies()))


def currencies_of(country: str) -> list[str]:
    """The currencies that are tender in a country today, [] where it isn't known (CLDR, by way of Babel)."""
    try:
        found: Iterable[str] = get_territory_currencies(country)
    except (KeyError, ValueError):
        return []
    return list(found)
