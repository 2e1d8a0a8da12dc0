"""Names in other languages than English.

Titles are ESCO's, and what people call a trade every day (titles_spoken.tsv); names of countries come from the Unicode
CLDR, those of cities that the gazetteer's own names lack from places_spoken.tsv.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from babel import Locale

from knowledge.content_files import ContentFiles, small_table

FOREIGN = 35.0
"""Weight of a title that ESCO gives in another language."""
SPOKEN = 80.0
"""Weight of an everyday title in another language: as strong as an occupation's own title, in that language."""
LANGUAGES = ("de", "es", "fr", "it", "nl", "pl", "pt")
_ESCO = "esco:"


def foreign_titles(
    files: ContentFiles, slugs: Mapping[str, str], careers: Mapping[str, object], not_careers: frozenset[str]
) -> Iterator[tuple[str, str, str, float]]:
    """Titles in other languages as (language, title, slug, weight).

    Args:
        files: The content folders; titles_spoken.tsv has the columns language, career (a slug, or an O*NET-SOC code)
            and names, joined by "|".
        slugs: Which career a code's names lead to.
        careers: All careers by slug.
        not_careers: Words, case-folded, that mean something else in nearly every message; ESCO's titles may not be one.

    Raises:
        ValueError: titles_spoken.tsv names a career that doesn't exist.
    """
    for soc, title, kind in files.rows("titles"):
        if kind.startswith(_ESCO) and soc in slugs and title.casefold() not in not_careers:
            yield kind.removeprefix(_ESCO), title, slugs[soc], FOREIGN
    for language, career, names in small_table(files, "titles_spoken.tsv"):
        slug = career if career in careers else slugs.get(career)
        if slug is None:
            raise ValueError(
                f"titles_spoken.tsv: no career {career!r} (of {names!r}); give a slug or an O*NET-SOC code"
            )
        for name in filter(None, (name.strip() for name in names.split("|"))):
            yield language, name, slug, SPOKEN
            if plural := _plural(name, language):
                yield language, plural, slug, SPOKEN


def _plural(name: str, language: str) -> str:
    """The plural where a rule gives it, else "": "analista de datos" → "analistas de datos"."""
    head, space, rest = name.partition(" ")
    if language not in ("es", "fr", "pt") or not head.isalpha() or head.isupper():
        return ""
    return f"{head}{'s' if language == 'fr' or head[-1] in 'aeiouéíóá' else 'es'}{space}{rest}"


def foreign_places(db: sqlite3.Connection, files: ContentFiles) -> Iterator[tuple[str, str, str, float]]:
    """Places' names in other languages as (language, name, place id, population).

    Raises:
        ValueError: places_spoken.tsv names a place that doesn't exist.
    """
    people: dict[str, int] = {}
    best: dict[tuple[str, str], str] = {}
    rows = db.execute("SELECT id, name, country, population FROM places WHERE kind != 'metro' ORDER BY population")
    for place, name, country, population in rows:
        people[place] = population
        best[name, country] = place
    for code in LANGUAGES:
        for territory, name in Locale(code).territories.items():
            place = f"country:{territory}"
            if place in people:
                yield code, name, place, float(people[place])
    for code, name, country, others in small_table(files, "places_spoken.tsv"):
        found = best.get((name, country))
        if found is None:
            raise ValueError(f"places_spoken.tsv: no place {name!r} in {country} (for {others!r}); see places")
        for other in filter(None, (other.strip() for other in others.split("|"))):
            yield code, other, found, float(people[found])
