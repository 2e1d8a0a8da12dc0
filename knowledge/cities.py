"""Cities by the names that profiles and pages write: the same rule as the build's, and near spellings for importers."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.content_files import ContentFiles, small_table

NEAR = 85.0
"""Least likeness (0 to 100, rapidfuzz ratio) at which an unknown spelling is read as a city's name."""


@dataclass(frozen=True, slots=True)
class City:
    """A city of the places table."""

    id: str
    name: str
    country: str
    population: int


@dataclass(frozen=True, slots=True)
class Cities:
    """The cities of the places tables, the most populous first.

    Attributes:
        by_country: Cities by ISO 3166-1 alpha-2 code.
        by_name: Cities by folded name, their other names included.
    """

    by_country: dict[str, tuple[City, ...]]
    by_name: dict[str, tuple[City, ...]]

    @classmethod
    def read(cls, files: ContentFiles) -> Cities:
        """The cities of all content folders; ValueError where a table is broken."""
        rows = (row for row in files.rows("places") if len(row) >= 6 and row[2] == "city")
        cities = {row[0]: City(row[0], row[1], row[3], int(row[5] or 0)) for row in rows}
        ordered = sorted(cities.values(), key=lambda city: (-city.population, city.id))
        by_country: dict[str, list[City]] = {}
        names: dict[str, set[City]] = {}
        for city in ordered:
            by_country.setdefault(city.country, []).append(city)
            names.setdefault(folded(city.name), set()).add(city)
        for place, name in (row[:2] for row in files.rows("place_names") if len(row) >= 2):
            if place in cities:
                names.setdefault(folded(name), set()).add(cities[place])
        for name, place in (row[:2] for row in small_table(files, "places.tsv") if len(row) >= 2):
            if place in cities:
                names.setdefault(folded(name), set()).add(cities[place])
        return cls({country: tuple(found) for country, found in by_country.items()},
                   {name: _by_size(found) for name, found in names.items()})  # fmt: skip

    def named(self, country: str, name: str) -> City | None:
        """The city that the build joins a profile's figure to (knowledge.buildpay), None where it would find none."""
        ours = self.by_country.get(country, ())
        exact = next((city for city in ours if city.name == name), None)
        start = f"{name.casefold()} "
        return exact or next((city for city in ours if city.name.casefold().startswith(start)), None)

    def known(self, name: str, countries: Collection[str]) -> City | None:
        """The most populous city of some countries that bears the name, with or without "City", or is called so too."""
        for form in (folded(name), f"{folded(name)} city"):
            found = (city for city in self.by_name.get(form, ()) if city.country in countries)
            if (city := next(found, None)) is not None:
                return city
        return None

    def near(self, name: str, countries: Collection[str]) -> City | None:
        """The city of some countries whose own name is spelled most like it, None where none is near."""
        pool = [city for country in countries for city in self.by_country.get(country, ())]
        choices = [folded(city.name) for city in pool]
        found = process.extract(folded(name), choices, scorer=fuzz.ratio, limit=5, score_cutoff=NEAR)
        best = max(((score, pool[index].population, index) for _, score, index in found), default=None)
        return None if best is None else pool[best[2]]


def _by_size(cities: Iterable[City]) -> tuple[City, ...]:
    return tuple(sorted(cities, key=lambda city: (-city.population, city.id)))


def folded(name: str) -> str:
    """A name without case, accents and double spaces."""
    if name.isascii():
        return " ".join(name.casefold().split())
    plain = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())
