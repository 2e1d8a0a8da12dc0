"""What all importers share: official layouts, reports of rows, tables written all or nothing, and the difference."""

from __future__ import annotations

import csv
import gzip
import io
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from knowledge.models import Source
from knowledge.tables import TABLES, read_table, table_bytes

Progress = Callable[[str, int, int], None]
Row = Sequence[object]

_MOST_SKIPS_KEPT = 1_000
_KEYS = {
    "occupations": 1, "titles": 2, "occupation_skills": 2, "contrasts": 3, "activities": 2, "tools": 2,
    "also_called": 2,    "technologies": 1, "work_values": 2, "traits": 3, "education": 1, "education_shares": 4,
    "related": 2, "outlook": 2, "pay": 3, "pay_codes": 2, "places": 1, "place_names": 2, "courses": 1, "books": 1,
}  # fmt: skip
"""How many leading columns identify a row of each table."""


class SourceError(Exception):
    """A path, layout or file that can't be imported: says what is wrong, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Skip:
    """A row that was left out: where it stands and why."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(slots=True)
class Report:
    """What an import read, kept and left out, and what it changed."""

    read: int = 0
    kept: int = 0
    skipped: int = 0
    skips: list[Skip] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)

    def skip(self, file: str, line: int, reason: str) -> None:
        """Count a row that was left out; the first thousand are kept with their reasons."""
        self.skipped += 1
        if len(self.skips) < _MOST_SKIPS_KEPT:
            self.skips.append(Skip(file, line, reason))


@dataclass(slots=True)
class Tables:
    """The rows that an import makes, by table file ("pay-oews-2025" is a file of the table "pay")."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, file: str, row: Row) -> None:
        """Add a row to a table file."""
        self.rows.setdefault(file, []).append(row)


@dataclass(frozen=True, slots=True)
class Importer:
    """A source that can be imported.

    Attributes:
        name: As typed on the command line ("onet").
        help: What to give it and where that comes from.
        sources: The sources that its rows cite.
        read: path, report, progress → tables.
    """

    name: str
    help: str
    sources: tuple[Source, ...]
    read: Callable[[Path, Report, Progress], Tables]


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def run_import(importer: Importer, path: Path, content: Path, progress: Progress = no_progress) -> Report:
    """Import a source into a content folder's `reference/`; nothing is written unless all of it was read.

    Raises:
        SourceError: the path or layout is wrong, or no usable row was found.
    """
    if not path.exists():
        raise SourceError(f"{path} does not exist. {importer.help}")
    report = Report()
    tables = importer.read(path, report, progress)
    if not any(tables.rows.values()):
        raise SourceError(f"{path} holds no usable rows for {importer.name}. {importer.help}")
    report.kept = report.read - report.skipped
    reference = content / "reference"
    reference.mkdir(parents=True, exist_ok=True)
    written: list[tuple[Path, Path]] = []
    try:
        for file, rows in tables.rows.items():
            columns = TABLES[table_of(file)]
            data = table_bytes(columns, rows)
            target = reference / f"{file}.tsv.gz"
            if target.exists() and target.read_bytes() == data:
                continue
            report.changes.extend(_difference(file, target, columns, rows))
            temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
            temporary.write_bytes(data)
            written.append((temporary, target))
    except BaseException:
        for temporary, _ in written:
            with suppress(OSError):
                temporary.unlink()
        raise
    for temporary, target in written:
        temporary.replace(target)
    return report


def table_of(file: str) -> str:
    """The table that a file holds: "pay-oews-2025" → "pay"."""
    return file.split("-", maxsplit=1)[0]


def _difference(file: str, target: Path, columns: Sequence[str], rows: Iterable[Row]) -> list[str]:
    keys = _KEYS[table_of(file)]
    new = {tuple(_text(cell) for cell in row[:keys]): tuple(_text(cell) for cell in row[keys:]) for row in rows}
    if not target.exists():
        return [f"{file}: {len(new):,} rows, all new"]
    try:
        old = {tuple(row[:keys]): tuple(row[keys:]) for row in read_table(target, columns)}
    except (ValueError, OSError, EOFError):
        # Written by an earlier version of the program, or damaged: to import it again is the remedy.
        return [f"{file}: {len(new):,} rows, all new (the file that was there could not be read)"]
    added = len(new.keys() - old.keys())
    gone = len(old.keys() - new.keys())
    changed = sum(1 for key in new.keys() & old.keys() if new[key] != old[key])
    parts = [f"{count:,} {word}" for count, word in ((changed, "changed"), (added, "new"), (gone, "gone")) if count]
    return [f"{file}: {', '.join(parts)}"] if parts else []


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def open_text(path: Path) -> TextIO:
    """A text file, gzipped or not; raises SourceError where it can't be read as UTF-8 text."""
    try:
        if path.suffix == ".gz":
            return io.TextIOWrapper(gzip.open(path), encoding="utf-8-sig", newline="")
        return path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise SourceError(
            f"{path} can't be read: {error.strerror or error}. Check the path and its permissions."
        ) from error


def read_csv(path: Path, needed: Sequence[str], delimiter: str = ",") -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, row) of a delimited file; SourceError if a needed column is missing or the file is broken."""
    with open_text(path) as stream:
        yield from _rows(stream, path.name, needed, delimiter)


def read_member(folder: Path, name: str, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, row) of a tab-separated member of a zip or folder release, wherever in it the file stands."""
    if folder.is_dir():
        found = sorted(folder.rglob(name))
        if not found:
            raise SourceError(f"{folder} holds no file {name!r}. Give the folder or zip of the whole text release.")
        yield from read_csv(found[0], needed, "\t")
        return
    try:
        with zipfile.ZipFile(folder) as archive:
            members = [member for member in archive.namelist() if member.rsplit("/", 1)[-1] == name]
            if not members:
                raise SourceError(f"{folder} holds no file {name!r}. Give the folder or zip of the whole text release.")
            with archive.open(members[0]) as binary:
                yield from _rows(io.TextIOWrapper(binary, "utf-8-sig", newline=""), name, needed, "\t")
    except zipfile.BadZipFile as error:
        raise SourceError(f"{folder} is neither a folder nor a zip file. Download the text release again.") from error


def _rows(stream: TextIO, name: str, needed: Sequence[str], delimiter: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        if delimiter == "\t":
            reader = csv.DictReader(stream, delimiter=delimiter, quoting=csv.QUOTE_NONE, restval="")
        else:
            reader = csv.DictReader(stream, delimiter=delimiter, restval="")
        missing = [column for column in needed if column not in (reader.fieldnames or ())]
        if missing:
            raise SourceError(
                f"{name}:1: column {missing[0]!r} is missing (found: {', '.join(reader.fieldnames or ['nothing'])}). "
                "The layout may have changed with this release."
            )
        for row in reader:
            yield reader.line_num, {key: (value or "").strip() for key, value in row.items() if key is not None}
    except (UnicodeDecodeError, csv.Error, EOFError, gzip.BadGzipFile) as error:
        raise SourceError(f"{name} can't be read as text: {error}. Is it the right file, fully downloaded?") from error


def number(text: str) -> float | None:
    """A number as statistics write it ("1,234.5", "$50"), None for "-", "*", "#", "n/a" or nothing."""
    cleaned = text.replace(",", "").replace("$", "").replace("£", "").strip()
    try:
        return float(cleaned)
    except ValueError:
        return None
