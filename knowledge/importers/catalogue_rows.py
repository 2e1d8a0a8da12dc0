"""Rows of a catalogue in any of the layouts that are read: delimited or JSON Lines, columns by what they are called."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from knowledge.importers.base import Report, SourceError, number, open_text, read_csv

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "course_title", "course_name", "book_title", "name", "slug_title"),
    "address": ("url", "link", "course_url", "course_link", "book_url", "book_link", "website"),
    "id": ("id", "course_id", "book_id"),
    "provider": ("provider", "author_or_provider", "author", "authors", "instructor", "organization", "organisation",
                 "university", "publisher"),
    "language": ("language", "lang", "language_code"),
    "level": ("level", "difficulty"),
    "price": ("free", "is_free", "is_paid", "price"),
    "topics": ("topics", "topic", "tags", "subject", "subjects", "genre", "genres", "category", "shelf", "bookshelf"),
    "kind": ("kind", "type_of_resource"),
    "source": ("source",),
}  # fmt: skip
"""What each column may be called, in lower case with underscores."""
_YES, _NO = frozenset("true yes y 1 free".split()), frozenset("false no n 0 paid".split())


def plain_name(file: Path) -> str:
    """A file's name in lower case, without ".gz"."""
    return file.name.removesuffix(".gz").casefold()


def rows(file: Path, report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, values by what they are) of a file in any of the layouts."""
    if plain_name(file).endswith((".jsonl", ".ndjson")):
        yield from _json_lines(file, report)
        return
    with open_text(file) as stream:
        header = stream.readline()
    delimiter = max("\t,;", key=header.count)
    columns: dict[str, str] | None = None
    for line, row in read_csv(file, (), delimiter):
        if columns is None:
            columns = _columns(file, list(row))
        yield line, {what: _price(header, row[header]) if what == "price" else row[header]
                     for what, header in columns.items() if header in row}  # fmt: skip


def _columns(file: Path, headers: Sequence[str]) -> dict[str, str]:
    """Header by what it stands for; SourceError where there is no title or address."""
    plain = {re.sub(r"[^a-z0-9]+", "_", header.casefold()).strip("_"): header for header in headers}
    found = {what: plain[name] for what, names in COLUMNS.items() for name in reversed(names) if name in plain}
    for what in ("title", "address"):
        if what not in found:
            raise SourceError(
                f"{file.name}:1: no column of {what}{'es' if what == 'address' else 's'} (looked for"
                f" {', '.join(COLUMNS[what])}; found {', '.join(headers)})."
                " Only what has a title and a link can be shown."
            )
    return found


def _json_lines(file: Path, report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    with open_text(file) as stream:
        try:
            for line, text in enumerate(stream, 1):
                if not text.strip():
                    continue
                try:
                    entry = json.loads(text)
                except ValueError as error:
                    report.read += 1
                    report.skip(file.name, line, f"no JSON: {error}")
                    continue
                if not isinstance(entry, dict):
                    report.read += 1
                    report.skip(file.name, line, "no JSON object")
                    continue
                yield line, _values(entry)
        except (UnicodeDecodeError, OSError, EOFError) as error:
            raise SourceError(f"{file.name} can't be read as text: {error}. Is it fully downloaded?") from error


def _values(entry: Mapping[str, object]) -> dict[str, str]:
    plain = {re.sub(r"[^a-z0-9]+", "_", str(key).casefold()).strip("_"): value for key, value in entry.items()}
    found: dict[str, str] = {}
    for what, names in COLUMNS.items():
        name = next((name for name in names if plain.get(name) not in (None, "", [])), None)
        if name is not None:
            value = plain[name]
            text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
            found[what] = _price(name, text) if what == "price" else text
    return found


def _price(header: str, text: str) -> str:
    """Whether it is free: "1", "0", or "" where that isn't told."""
    word, column = text.strip().casefold(), re.sub(r"[^a-z]+", "_", header.casefold()).strip("_")
    if column == "price":
        amount = 0.0 if word == "free" else number(re.sub(r"[^\d.,]", "", word))
        return "" if amount is None else str(int(amount == 0))
    if word not in _YES | _NO:
        return ""
    return str(int((word in _YES) != (column == "is_paid")))
