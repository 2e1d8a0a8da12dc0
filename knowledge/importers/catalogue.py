"""Courses and books from any catalogue: CSV, TSV or JSON Lines (gzipped or not), a file or a folder of them.

Columns are known by their header, whatever its case and punctuation; the first that is there counts:

    title     title, course_title, course_name, book_title, name, slug_title
    address   url, link, course_url, course_link, book_url, book_link, website
    id        id, course_id, book_id
    provider  provider, author_or_provider, author, authors, instructor, organization, organisation, university,
              publisher
    language  language, lang, language_code
    level     level, difficulty
    price     free, is_free, is_paid, price
    topics    topics, topic, tags, subject, subjects, genre, genres, category, shelf, bookshelf
    kind      kind, type_of_resource ("course" or "book")
    source    source (an id of sources.tsv; "catalogue" where there is no such column)

Without a kind column, the name of the file or of its folder must hold "course" or "book". A row without a title or
without an http(s) address is skipped, since nothing is shown that can't be opened; a file without a column of addresses
is refused. Languages become ISO 639-1 codes ("English", "eng", "en-GB" → "en"); rows without one count as
English where their title is in Latin letters. Keep
a file's name when its next release comes: the rows take the place of the earlier ones of that name.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from knowledge.importers.base import Importer, Progress, Report, SourceError, Tables
from knowledge.importers.catalogue_rows import plain_name, rows
from knowledge.importers.languages import language_code
from knowledge.models import Source
from knowledge.titles import slugify
from knowledge.untrusted import plain_text

SOURCE = Source(
    id="catalogue",
    title="Catalogue of courses and books",
    publisher="the operator of this service",
    licence="as agreed with its publisher",
    as_of="as imported",
)
_ENDINGS = (".csv", ".tsv", ".jsonl", ".ndjson")
_LEVELS = {
    "beginner": "beginner", "beginner level": "beginner", "introductory": "beginner", "introduction": "beginner",
    "basic": "beginner", "intermediate": "intermediate", "intermediate level": "intermediate", "advanced": "advanced",
    "advanced level": "advanced", "expert": "advanced", "expert level": "advanced", "all levels": "all levels",
    "all": "all levels", "any": "all levels", "mixed": "all levels",
}  # fmt: skip
_LONGEST = 300
_TOLD_EVERY = 5_000


def read(path: Path, report: Report, progress: Progress) -> Tables:
    """The courses and books of a file or of all such files in a folder."""
    files = [path] if path.is_file() else sorted(p for p in path.iterdir() if plain_name(p).endswith(_ENDINGS))
    if not files:
        raise SourceError(f"{path} holds no CSV, TSV or JSON Lines file. {IMPORTER.help}")
    tables = Tables()
    for file in files:
        _read_file(file, tables, report, progress)
    return tables


def _read_file(file: Path, tables: Tables, report: Report, progress: Progress) -> None:
    seen: set[tuple[str, str]] = set()
    ids: set[tuple[str, str]] = set()
    default = _kind_of(file)
    for line, row in rows(file, report):
        report.read += 1
        if report.read % _TOLD_EVERY == 0:
            progress(f"Reading {file.name}", report.read, report.read)
        kind = _kind(row.get("kind", "")) or default
        reason, address = _unusable(row, kind, seen)
        if reason:
            report.skip(file.name, line, reason)
            continue
        language, reason = _language(row.get("language", ""), row["title"])
        if reason:
            report.skip(file.name, line, reason)
            continue
        seen.add((kind, address))
        ident = slugify(row.get("id", "")) or digest(address)
        if (kind, ident) in ids:
            ident = digest(address)
        ids.add((kind, ident))
        provider = plain_text(row.get("provider", ""))[:80]
        tables.add(
            f"{kind}s-{slugify(plain_name(file).rsplit('.', 1)[0])}",
            (ident, _title(row["title"]), address, provider, language, level(row.get("level", "")),
             row.get("price", ""), topics(row.get("topics", "")), row.get("source") or SOURCE.id),
        )  # fmt: skip


def _unusable(row: Mapping[str, str], kind: str, seen: set[tuple[str, str]]) -> tuple[str, str]:
    """(why a row can't be taken or "", its address)."""
    address = row.get("address", "").strip()
    if not kind:
        return (
            "neither a course nor a book: give a column `kind`, or name the file or its folder after what it holds",
            "",
        )
    if not plain_text(row.get("title", "")):
        return "no title", ""
    if not is_address(address):
        return (f"{address[:60]!r} is no http(s) address" if address else "no http(s) address"), ""
    return ("address given twice" if (kind, address) in seen else ""), address


def _language(text: str, title: str) -> tuple[str, str]:
    """(ISO 639-1 code, why there is none or "")."""
    if text.strip():
        code = language_code(text)
        return code, "" if code else f"language {text.strip()[:40]!r} is unknown; use its ISO 639-1 code"
    letters = [character for character in title if character.isalpha()]
    foreign = sum(1 for character in letters if not unicodedata.name(character, "").startswith("LATIN"))
    return "en", "" if foreign * 2 <= len(letters) else "no language given, and the title is not in Latin letters"


def is_address(text: str) -> bool:
    """Whether a text is an http(s) address as it stands."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc and not re.search(r"[\s<>\"]", text)


def _kind_of(file: Path) -> str:
    for name in (file.name, file.absolute().parent.name):
        kinds = [kind for kind in ("course", "book") if kind in name.casefold()]
        if len(kinds) == 1:
            return kinds[0]
    return ""


def _kind(text: str) -> str:
    return next((kind for kind in ("course", "book") if text.strip().casefold().rstrip("s") == kind), "")


def level(text: str) -> str:
    """A level as the tables write it, "" where it is none of them."""
    return _LEVELS.get(" ".join(text.casefold().split()), "")


def _title(text: str) -> str:
    """Plain; a title all in lower case gets a capital."""
    plain = plain_text(text)[:_LONGEST]
    return plain[:1].upper() + plain[1:] if plain == plain.lower() else plain


def topics(text: str) -> str:
    """Tags as the tables write them: plain, each once, joined by "; "."""
    plain = plain_text(text).strip("[]")
    separator = next((mark for mark in (";", "|", ",") if mark in plain), ";")
    parts = (part.strip(" '\"").removeprefix("Category: ").replace("-", " ") for part in plain.split(separator))
    return "; ".join(dict.fromkeys(part for part in parts if part))[:_LONGEST]


def digest(address: str) -> str:
    """A short id that an address always gets."""
    return hashlib.blake2b(address.encode(), digest_size=8).hexdigest()


IMPORTER = Importer(
    name="catalogue",
    help=(
        "Give a CSV, TSV or JSON Lines file of courses or books with a title and a link in each row, or a folder of"
        ' such files, with "course" or "book" in the file\'s name or in a column `kind`.'
    ),
    sources=(SOURCE,),
    read=read,
)
