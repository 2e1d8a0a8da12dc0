"""What occupations are worded from: duties, tools, contrasts, titles in use, values, and the phrases to say it with."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from knowledge.content_files import ContentFiles, small_table
from knowledge.duties import duty
from knowledge.models import Career
from knowledge.spoken import called, many


def add_occupations(db: sqlite3.Connection, files: ContentFiles, careers: Mapping[str, Career]) -> None:
    """Fill the tables that `knowledge.occupations` reads; every career of a code gets that code's facts."""
    by_soc: dict[str, list[str]] = {}
    for career in careers.values():
        if career.soc:
            by_soc.setdefault(career.soc, []).append(career.slug)

    def spread(table: str) -> Iterator[tuple[str, list[str]]]:
        for row in files.rows(table):
            for slug in by_soc.get(row[0], ()):
                yield slug, row[1:]

    own_duties = dict(row[:2] for row in small_table(files, "duties.tsv"))
    ranked = sorted(((slug, int(rank), label) for slug, (label, rank) in spread("activities")))
    said: set[tuple[str, str]] = set()
    for slug, rank, label in ranked:
        text = duty(label, own_duties)
        if (slug, text) not in said:
            said.add((slug, text))
            db.execute("INSERT OR IGNORE INTO activities VALUES (?,?,?)", (slug, rank, text))
    db.executemany(
        "INSERT OR IGNORE INTO tools VALUES (?,?,?)",
        ((slug, int(rank), name) for slug, (name, rank) in spread("tools")),
    )
    db.executemany(
        "INSERT OR IGNORE INTO contrasts VALUES (?,?,?,?,?,?)",
        ((slug, kind, int(rank), name, float(weight), float(average))
         for slug, (kind, name, rank, weight, average) in spread("contrasts")),
    )  # fmt: skip
    db.executemany(
        "INSERT OR IGNORE INTO also_called VALUES (?,?,?)",
        ((slug, int(rank), called(title)) for slug, (title, rank) in spread("also_called")),
    )
    db.executemany("INSERT OR REPLACE INTO technologies VALUES (?,?)", (row[:2] for row in files.rows("technologies")))
    db.executemany(
        "INSERT OR REPLACE INTO work_values VALUES (?,?,?)",
        ((slug, name, float(extent)) for slug, (name, extent) in spread("work_values")),
    )
    own_titles = dict(row[:2] for row in small_table(files, "spoken.tsv"))
    db.executemany(
        "INSERT INTO spoken VALUES (?,?)", ((slug, many(career.plural, own_titles)) for slug, career in careers.items())
    )
    variants: dict[tuple[str, str, str], int] = {}
    for kind, name, use, groups, text in (row[:5] for row in small_table(files, "phrases.tsv")):
        variant = variants[kind, name, use] = variants.get((kind, name, use), -1) + 1
        db.execute("INSERT INTO phrases VALUES (?,?,?,?,?,?)", (kind, name, use, variant, groups, text))
