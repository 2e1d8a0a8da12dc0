"""The catalogue's tables: resources, which subjects each teaches, which subjects each career needs.

All reading of titles is done here, once, so that a search only adds up rows (`knowledge.search`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.content_files import ContentFiles, small_table
from knowledge.models import Career
from knowledge.needs import career_needs
from knowledge.profile import Profile
from knowledge.resource_rows import indexed
from knowledge.subjects import Ordinary, Reading, Subject, Subjects
from knowledge.teaching import Teaching, bareness, newest_year, quality_of, standing, strengths
from knowledge.words import LEVELS, key_of, level_of, words_of

_PATH, _LIST = " > ", "; "


@dataclass(frozen=True, slots=True)
class _Entry:
    """A resource's row of the table of its kind, and what is read from it."""

    kind: str
    row: Sequence[str]
    content: int
    quality: float
    teaches: Sequence[Teaching]


def add_catalogue(
    db: sqlite3.Connection, files: ContentFiles, profiles: Sequence[Profile], careers: Mapping[str, Career]
) -> None:
    """Fill `resources`, `resource_text`, `subjects`, `subject_names`, `teaches` and `career_subjects`."""
    subjects = _subjects(files, profiles, db)
    needs = career_needs(subjects, profiles, careers, db)
    _resources(db, files, subjects)
    teachers = dict(db.execute("SELECT subject, count(*) FROM teaches GROUP BY subject"))
    db.executemany(
        "INSERT INTO subjects VALUES (?,?,?)",
        ((number, subject.name, teachers.get(number, 0)) for number, subject in enumerate(subjects.all)),
    )
    db.executemany("INSERT INTO subject_names VALUES (?,?)", subjects.keys())
    db.executemany("INSERT OR IGNORE INTO subject_names VALUES (?,?)", _topic_names(files, subjects))
    db.executemany(
        "INSERT INTO subject_parts VALUES (?,?)",
        ((broader, part) for part, wider in subjects.broader().items() for broader in dict.fromkeys(wider)),
    )
    db.executemany("INSERT INTO career_subjects VALUES (?,?,?,?,?,?)", needs)


def _subjects(files: ContentFiles, profiles: Sequence[Profile], db: sqlite3.Connection) -> Subjects:
    """All subjects: the hand-written tables first, so that their names win."""
    broader: dict[str, tuple[tuple[str, ...], Ordinary]] = {}
    own: list[Subject] = []
    for name, aliases, wider, ordinary in small_table(files, "subjects.tsv"):
        broader[name] = (_split(wider), _ordinary(ordinary))
        own.append(Subject(name, _split(aliases), *broader[name]))
    known = Subjects()
    for name, aliases, *_ in small_table(files, "skills.tsv"):
        known.add(Subject(name, _split(aliases), *broader.get(name, ((), ""))))
    for subject in own:
        known.add(subject)
    for profile in profiles:
        for name in profile.facts.skills:
            known.add(Subject(name, ordinary=_everyday(name)))
    for (name,) in db.execute("SELECT DISTINCT name FROM occupation_skills WHERE kind = 'technology' ORDER BY name"):
        short = name.removesuffix(" software")
        if not known.read(short).finds:
            known.add(Subject(short, ordinary=_everyday(short)))
    return known


def _everyday(name: str) -> Ordinary:
    """Names of one word may be everyday words, unless their capitals say otherwise ("SIEM", "UIKit")."""
    return "" if " " in name or name[1:] != name[1:].lower() else "word"


def _topic_names(files: ContentFiles, subjects: Subjects) -> Iterator[tuple[str, int]]:
    """Topics to browse by lead to the subject that one of their names is a name of."""
    for ident, title, aliases, *_ in small_table(files, "topics.tsv"):
        names = (title, *_split(aliases))
        known = next((subject for name in names if (subject := subjects.named(name)) is not None), None)
        if known is not None:
            yield from ((key_of(name), known) for name in (ident, *names))


def _ordinary(cell: str) -> Ordinary:
    match cell:
        case "" | "name" | "word":
            return cell
    raise ValueError(f'subjects.tsv: {cell!r} in the column `ordinary`; it must be empty, "name" or "word"')


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _resources(db: sqlite3.Connection, files: ContentFiles, subjects: Subjects) -> None:
    rows = _listed(files)
    sources = {ident for (ident,) in db.execute("SELECT id FROM sources")}
    if unknown := {row[8] for _, row in rows} - sources:
        raise ValueError(f"courses or books cite {min(unknown)!r}, which is not in sources.tsv; add a row for it there")
    newest = newest_year([row[1] for _, row in rows])
    broader = subjects.broader()
    headings: dict[str, list[Reading]] = {}
    entries: list[_Entry] = []
    for kind, row in rows:
        _ident, title, url, provider, _language, _level, _free, topics, _source = row
        if topics not in headings:
            headings[topics] = [subjects.read(part.split(_PATH)[-1]) for part in topics.split(_LIST) if part]
        reading = subjects.read(title)
        quality = quality_of(title, url, provider, reading, newest)
        taught = strengths(reading, headings[topics], broader)
        entries.append(_Entry(kind, row, reading.content, quality, taught))
    shelves: dict[tuple[str, str], tuple[int, int]] = {}
    resources: list[tuple[object, ...]] = []
    texts: list[tuple[object, ...]] = []
    teaches: list[tuple[object, ...]] = []
    for number, one in enumerate(_best_first(entries), 1):
        kind, content, quality = one.kind, one.content, one.quality
        ident, title, url, provider, language, level, free, topics, source = one.row
        shelves[kind, language] = (shelves.get((kind, language), (number, 0))[0], number)
        stated = level if level in (*LEVELS, "all levels") else level_of(title)
        price = int(free) if free else None
        resources.append(
            (number, f"{kind}:{source}:{ident}", kind, title, url, provider, language, stated, price, topics, source,
             content, quality)
        )  # fmt: skip
        texts.append((number, indexed(title), indexed(topics)))
        for teaching in one.teaches:
            rank = standing(teaching, content, quality)
            teaches.append((teaching.subject, kind, language, rank, number, teaching.strength, teaching.words))
    db.executemany("INSERT INTO shelves VALUES (?,?,?,?)", ((*shelf, *numbers) for shelf, numbers in shelves.items()))
    db.executemany("INSERT INTO resources VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", resources)
    db.executemany("INSERT INTO resource_text (rowid, title, topics) VALUES (?,?,?)", texts)
    db.execute("INSERT INTO resource_text (resource_text) VALUES ('optimize')")
    db.execute("INSERT INTO resource_text (resource_text, rank) VALUES ('rank', 'bm25(3.0, 1.0)')")
    db.executemany("INSERT OR IGNORE INTO teaches VALUES (?,?,?,?,?,?,?)", sorted(teaches))


def _best_first(entries: list[_Entry]) -> list[_Entry]:
    """In the order of their numbers: by kind and language, what other entries of the same title repeat last.

    So a search for words finds the best of a shelf first (`resource_rows`), and sixty of them are sixty titles.
    """
    entries.sort(key=lambda one: (one.kind, one.row[4], -bareness(one.content, one.quality, one.teaches)))
    seen: set[tuple[str, str, str]] = set()
    repeats: dict[int, bool] = {}
    for at, one in enumerate(entries):
        title = (one.kind, one.row[4], " ".join(sorted(words_of(one.row[1]))))
        repeats[at] = title in seen
        seen.add(title)
    order = sorted(range(len(entries)), key=lambda at: (entries[at].kind, entries[at].row[4], repeats[at], at))
    return [entries[at] for at in order]


def _listed(files: ContentFiles) -> list[tuple[str, list[str]]]:
    """(kind, row) of all resources, each address once: the first source's entry stays."""
    seen: set[str] = set()
    rows: list[tuple[str, list[str]]] = []
    for table, kind in (("courses", "course"), ("books", "book")):
        for row in files.rows(table):
            address = f"{kind} {_same_address(row[2])}"
            if address not in seen:
                seen.add(address)
                rows.append((kind, row))
    return rows


def _same_address(url: str) -> str:
    """An address as far as it tells pages apart: without scheme, "www." and a final slash."""
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
