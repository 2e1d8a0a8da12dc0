"""Pay and outlook: which codes a career reads them by, and the pay that profiles carry themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from knowledge.content_files import ContentFiles
from knowledge.models import Career
from knowledge.profile import Profile


def add_pay(db: sqlite3.Connection, files: ContentFiles, careers: Iterable[Career]) -> None:
    """Fill `pay` from all sources' tables, and `pay_codes` for every career."""
    db.executemany(
        "INSERT OR REPLACE INTO pay VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        ((*row[:5], *(float(cell) if cell else None for cell in row[5:11]),
          *(int(float(cell)) if cell else None for cell in row[11:13]), int(row[13] or 0), row[14])
         for row in files.rows("pay")),
    )  # fmt: skip
    published = {row[0] for row in db.execute("SELECT DISTINCT code FROM pay WHERE place = 'country:US'")}
    by_career: dict[str, list[str]] = {}
    for reader, code in files.rows("pay_codes"):
        by_career.setdefault(reader, []).append(code)
    for career in careers:
        codes = {career.slug, *_foreign(by_career.get(career.slug, ()), by_career.get(career.soc, ()))}
        if career.soc:
            codes.add(_us_code(career.figures_code or career.soc[:7], published))
        db.executemany("INSERT OR IGNORE INTO pay_codes VALUES (?,?)", [(career.slug, code) for code in sorted(codes)])


def add_outlook(db: sqlite3.Connection, files: ContentFiles, careers: Iterable[Career]) -> None:
    """Fill `outlook`: a career's projections, by its own US code and by the foreign codes that it reads its pay by."""
    readers: dict[str, list[str]] = {}
    for career in careers:
        if career.soc:
            for code in {career.soc, career.soc[:7], career.figures_code} - {""}:
                readers.setdefault(code, []).append(career.slug)
    for slug, code in db.execute("SELECT slug, code FROM pay_codes WHERE instr(code, ':')"):
        readers.setdefault(code, []).append(slug)
    db.executemany(
        "INSERT OR IGNORE INTO outlook (slug, place, growth_percent, openings_per_year, employment, first_year,"
        " last_year, source, note) VALUES (?,?,?,?,?,?,?,?,?)",
        ((slug, place, *(float(cell) if cell else None for cell in figures), int(first), int(last), source, note)
         for code, place, *figures, first, last, source, note in files.rows("outlook")
         for slug in readers.get(code, ())),
    )  # fmt: skip


def _foreign(own: Sequence[str], shared: Sequence[str]) -> list[str]:
    """The codes of other schemes than the US SOC: a career's own ones, and its occupation's where it has none.

    "uk:" without a code means that the career reads nothing of that scheme, though its occupation may.
    """
    settled = {code.partition(":")[0] for code in own}
    found = [*own, *(code for code in shared if code.partition(":")[0] not in settled)]
    return [code for code in found if not code.endswith(":")]


def _us_code(code: str, published: set[str]) -> str:
    """The code itself, or the broad occupation that is published in its place (29-1292 → 29-1290)."""
    broad = f"{code[:6]}0"
    return broad if code not in published and broad in published else code


def add_profile_pay(db: sqlite3.Connection, profiles: Sequence[Profile], problems: list[str]) -> None:
    """Figures in profiles' front matter, joined to their places by name and country."""
    for profile in profiles:
        salaries = profile.facts.salaries
        for position, figure in enumerate(salaries.figures if salaries else ()):
            row = db.execute(
                "SELECT id FROM places WHERE country = ? AND name = ? AND kind = 'city' ORDER BY population DESC",
                (figure.country, figure.place),
            ).fetchone() or _other_name(db, figure.country, figure.place)
            if row is None or salaries is None:
                line = profile.line("salaries")
                problems.append(f"{profile.path}:{line}: no city {figure.place!r} in {figure.country}; figure left out")
                continue
            db.execute(
                "INSERT OR REPLACE INTO pay VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                (profile.facts.slug, row[0], salaries.source, figure.currency, "year", figure.median, None, None, None,
                 None, None, None, None, int(salaries.estimate), figure.note),
            )  # fmt: skip
            db.execute(
                "INSERT OR REPLACE INTO page_order VALUES (?,?,?,?)",
                (profile.facts.slug, position, row[0], figure.place),
            )


def _other_name(db: sqlite3.Connection, country: str, name: str) -> tuple[str] | None:
    """A city that the place table writes a little differently ("New York" for "New York City")."""
    found: tuple[str] | None = db.execute(
        "SELECT id FROM places WHERE country = ? AND kind = 'city' AND (name = ? || ' City' OR name LIKE ? || ' %')"
        " ORDER BY population DESC",
        (country, name, name),
    ).fetchone()
    return found
