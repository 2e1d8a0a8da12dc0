"""The places that the packaged tables know, found by name and country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.tables import TABLES, read_table

_REFERENCE = Path(__file__).parents[1] / "content" / "reference"
_LARGER = 10
"""A place with this many times the people of its namesakes in the same country is meant by their name."""


@dataclass(frozen=True, slots=True)
class KnownPlaces:
    """Places by name.

    Attributes:
        countries: ISO 3166-1 alpha-2 code by any name of a country, in lower case.
        places: (place id, country, population) by name in lower case; countries are among them.
    """

    countries: Mapping[str, str]
    places: Mapping[str, frozenset[tuple[str, str, int]]]

    @classmethod
    def packaged(cls) -> KnownPlaces:
        """Those of the packaged content."""
        return cls.of(_tables("places"), _tables("place_names"))

    @classmethod
    def of(cls, places: Iterable[list[str]], names: Iterable[list[str]]) -> KnownPlaces:
        """From rows of the tables `places` and `place_names`."""
        rows = list(places)
        known = {row[0]: (row[0], row[3], int(row[5] or 0)) for row in rows}
        by_name: dict[str, set[tuple[str, str, int]]] = {}
        countries: dict[str, str] = {}
        for place, name in [*((row[0], row[1]) for row in rows), *((row[0], row[1]) for row in names)]:
            if place in known:
                by_name.setdefault(name.casefold(), set()).add(known[place])
                if place.startswith("country:"):
                    countries |= {name.casefold(): known[place][1], known[place][1].casefold(): known[place][1]}
        return cls(countries, {name: frozenset(found) for name, found in by_name.items()})

    def find(self, name: str, country: str) -> tuple[str, str]:
        """(place id, "") or ("", why there is none): unknown, or several of that name and nothing to choose by."""
        key = name.casefold()
        if key in self.countries and (not country or self.countries.get(country.casefold()) == self.countries[key]):
            return f"country:{self.countries[key]}", ""
        if country and country.casefold() not in self.countries:
            return "", f"country {country!r} is unknown"
        wanted = self.countries.get(country.casefold(), "")
        found = sorted((p for p in self.places.get(key, ()) if p[1] == wanted or not wanted), key=lambda p: -p[2])
        if not found:
            return "", f"place {name!r}{f' in {country}' if country else ''} is unknown"
        if len(found) > 1 and (not wanted or found[0][2] < _LARGER * found[1][2]):
            more = "name its country" if not wanted else "it can't be told which is meant"
            return "", f"there are {len(found)} places named {name!r}; {more}"
        return found[0][0], ""


def _tables(table: str) -> Iterator[list[str]]:
    """Rows of all files of a table ("places" → places.tsv.gz, places-us-areas.tsv.gz)."""
    for path in sorted(_REFERENCE.glob(f"{table}*.tsv.gz")):
        if path.name.split(".")[0].split("-")[0] == table:
            yield from read_table(path, TABLES[table])
