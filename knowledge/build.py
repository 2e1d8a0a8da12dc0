"""Building the knowledge database from the content files: SQLite, replaced whole, versioned by the content's hash.

Content comes in folders (the packaged one, then an operator's own): `careers/*.md`, small hand-written tables, and
`reference/*.tsv.gz` as the importers write them. A later folder's file replaces an earlier one's of the same name.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.buildcareers import add_careers, add_facts, read_profiles
from knowledge.buildcatalogue import add_catalogue
from knowledge.buildnames import add_names
from knowledge.buildoccupations import add_occupations
from knowledge.buildpay import add_outlook, add_pay, add_profile_pay
from knowledge.content_files import ContentFiles, small_table
from knowledge.overlap import add_overlap
from knowledge.rates import add_rates, package_version

CONTENT = Path(__file__).parent / "content"
"""The content that comes with the project."""
_SCHEMA = Path(__file__).with_name("schema.sql")
_CODE = (
    "schema.sql",
    "build.py",
    "buildcareers.py",
    "buildnames.py",
    "buildtongues.py",
    "buildoccupations.py",
    "duties.py",
    "spoken.py",
    "buildpay.py",
    "profile.py",
    "titles.py",
    "tables.py",
    "search.py",
    "buildcatalogue.py",
    "relevance.py",
    "subjects.py",
    "fields.py",
    "needs.py",
    "resource_rows.py",
    "teaching.py",
    "words.py",
    "overlap.py",
    "rates.py",
)

Progress = Callable[[str, int, int], None]


class BuildError(Exception):
    """The content can't be built: file, line, what to do. The database that was there stays."""


@dataclass(slots=True)
class BuildReport:
    """What a build did: `built` is False where nothing had changed; `problems` are what had to be left out."""

    version: str
    built: bool
    counts: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def content_version(folders: Sequence[Path], database: Path | None = None) -> str:
    """Hash of all content files and of the code that reads them, 12 hex digits.

    Unchanged files (same size and modification time) are not read again: their hashes are remembered beside the
    database.
    """
    memory = database.with_suffix(".hashes.json") if database else None
    known: dict[str, list[object]] = {}
    if memory is not None:
        with suppress(OSError, ValueError):
            known = json.loads(memory.read_text("utf-8"))
    fresh: dict[str, list[object]] = {}
    digest = hashlib.blake2b(digest_size=6)
    files = [(f"{position}/{path.relative_to(folder).as_posix()}", path) for position, folder in enumerate(folders)
             for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]  # fmt: skip
    files += [(f"code/{name}", Path(__file__).with_name(name)) for name in _CODE]
    for name, path in files:
        status = path.stat()
        entry = known.get(str(path))
        if entry is None or entry[:2] != [status.st_size, status.st_mtime_ns]:
            content = hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
            entry = [status.st_size, status.st_mtime_ns, content]
        fresh[str(path)] = entry
        digest.update(f"{name}\0{entry[2]}\n".encode())
    digest.update(package_version().encode())
    if memory is not None and fresh != known:
        with suppress(OSError):
            memory.parent.mkdir(parents=True, exist_ok=True)
            temporary = memory.with_suffix(f".{os.getpid()}.tmp")
            temporary.write_text(json.dumps(fresh), "utf-8")
            temporary.replace(memory)
    return digest.hexdigest()


def stored_version(database: Path) -> str:
    """The version of a built database, "" if there is none that can be read."""
    if not database.exists():
        return ""
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""


def build(
    folders: Sequence[Path], database: Path, progress: Progress | None = None, *, force: bool = False
) -> BuildReport:
    """Make the database where it is missing or out of date.

    Raises:
        BuildError: a content file is broken (with its line), or the place can't be written.
    """
    tell = progress or (lambda _what, _done, _total: None)
    version = content_version(folders, database)
    if not force and stored_version(database) == version:
        return BuildReport(version, built=False)
    report = BuildReport(version, built=True)
    temporary = database.with_name(f".{database.name}.{os.getpid()}.tmp")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(temporary)) as connection:
            connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;")
            connection.executescript(_SCHEMA.read_text("utf-8"))
            _fill(connection, ContentFiles(tuple(folders)), report, tell)
            connection.execute("INSERT INTO meta VALUES ('version', ?)", (version,))
            connection.commit()
            connection.execute("ANALYZE")
            if (state := connection.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
                raise BuildError(f"{temporary}: the new database is damaged ({state}); is the disk full?")
        temporary.replace(database)
    except ValueError as error:
        raise BuildError(str(error)) from error
    except (OSError, sqlite3.Error) as error:
        raise BuildError(f"{database}: {error}. Check that the folder can be written and the disk has room.") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return report


def _fill(db: sqlite3.Connection, files: ContentFiles, report: BuildReport, tell: Progress) -> None:
    tell("Reading careers", 0, 8)
    for row in small_table(files, "sources.tsv"):
        db.execute("INSERT OR REPLACE INTO sources VALUES (?,?,?,?,?,?,?)", row[:7])
    onet = db.execute("SELECT max(id) FROM sources WHERE id LIKE 'onet-%'").fetchone()[0]
    projections = db.execute("SELECT max(id) FROM sources WHERE id LIKE 'ep-%'").fetchone()[0]
    db.executemany(
        "INSERT INTO meta VALUES (?,?)", [("skills_source", onet or ""), ("outlook_source", projections or "")]
    )
    topics = list(small_table(files, "topics.tsv"))
    db.executemany("INSERT OR REPLACE INTO topics VALUES (?,?)", [row[:2] for row in topics])
    db.executemany(
        "INSERT OR REPLACE INTO interests VALUES (?,?,?,?)", [r[:4] for r in small_table(files, "interests.tsv")]
    )
    profiles = read_profiles(files)
    careers = add_careers(db, files, profiles)
    tell("Reading careers", 2, 8)
    add_facts(db, files, careers)
    add_occupations(db, files, careers)
    add_overlap(db)
    add_rates(db)
    tell("Reading places", 3, 8)
    db.executemany("INSERT OR REPLACE INTO places VALUES (?,?,?,?,?,?,?)", _places(files))
    tell("Reading figures", 4, 8)
    add_pay(db, files, careers.values())
    add_outlook(db, files, careers.values())
    add_profile_pay(db, profiles, report.problems)
    tell("Reading the catalogue", 6, 8)
    add_catalogue(db, files, profiles, careers)
    tell("Indexing names", 7, 8)
    add_names(db, files, profiles, careers, report.problems)
    for table in ("careers", "places", "pay", "resources", "names"):
        report.counts[table] = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
    report.counts["pay_places"] = db.execute("SELECT count(DISTINCT place) FROM pay").fetchone()[0]
    report.counts["profiles"] = len(profiles)
    db.executemany("INSERT INTO meta VALUES (?, ?)", [(f"count:{k}", str(v)) for k, v in report.counts.items()])
    tell("Indexing names", 8, 8)


def _places(files: ContentFiles) -> Iterable[tuple[object, ...]]:
    for place, name, kind, country, region, population, areas in files.rows("places"):
        yield place, name, kind, country, region, int(population or 0), json.dumps(areas.split())
    for ident, name, country, _ in small_table(files, "regions.tsv"):
        yield ident, name, "state", country, re.split("[-:]", ident)[-1], 0, json.dumps([f"country:{country}"])
