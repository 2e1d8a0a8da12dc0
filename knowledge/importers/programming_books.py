"""free-programming-books: courses and books with their addresses, by language and topic (CC BY 4.0)."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

from knowledge.importers.base import Importer, Progress, Report, SourceError, Tables, read_csv
from knowledge.models import Source
from knowledge.untrusted import plain_text

SOURCE = Source(
    id="free-programming-books",
    title="Free Programming Books",
    publisher="Free Ebook Foundation",
    licence="CC BY 4.0",
    as_of="2026",
)
_SECTIONS = ("BY PROGRAMMING LANGUAGE", "BY SUBJECT")
"""Headings of the list that say nothing of a subject."""
_FORMATS = r"\b(?:PDF|HTML|EPUB|MOBI|Kindle|IPA|GitBook|Online)\b"
_LINK = re.compile(r"\[\(?([^\]()]*)\)?\]\([^)\s]*\)?")
"""A link in a provider: its words are kept, the address isn't."""
_NOTE = re.compile(
    rf"\*\([^)]*\)\*|\[\([^\]]*\)\]|\[[^\]]*{_FORMATS}[^\]]*\]|\[?\([^)]*{_FORMATS}[^)]*\)\]?|:[a-z_]+:", re.IGNORECASE
)
"""What stands behind a provider in the list's own notation: formats, "account required", "in process"."""
_COLUMNS = ("kind", "lang", "topic", "title", "url", "author_or_provider", "notes")


def read(path: Path, report: Report, progress: Progress) -> Tables:
    """Courses and books; rows without a title or with another address than http(s) are skipped."""
    folder = path if path.is_dir() else path.parent
    found = sorted(folder.rglob("free_programming_*.csv*")) if path.is_dir() else [path]
    if not found:
        raise SourceError(f"{folder} holds no free_programming_*.csv. {IMPORTER.help}")
    tables = Tables()
    seen: set[tuple[str, str]] = set()
    for done, file in enumerate(found):
        progress("Reading the catalogue", done, len(found))
        for line, row in read_csv(file, _COLUMNS):
            report.read += 1
            kind = "courses" if row["kind"].startswith("course") else "books"
            url, title = row["url"].strip(), _clean(row["title"])
            if not title or urlsplit(url).scheme not in ("http", "https") or " " in url:
                report.skip(file.name, line, "no title, or no http(s) address")
                continue
            if (kind, url) in seen:
                report.skip(file.name, line, "address given twice")
                continue
            seen.add((kind, url))
            ident = hashlib.blake2b(url.encode(), digest_size=5).hexdigest()
            parts = [part.strip() for part in _clean(row["topic"]).split(">")]
            topic = " > ".join(part for part in parts if part and part not in _SECTIONS)
            language = row["lang"].split("_")[0].split("-")[0]
            provider = _NOTE.sub("", _LINK.sub(r"\1", _clean(row["author_or_provider"]))).strip(" ,;-")[:80]
            tables.add(f"{kind}-free-programming-books",
                       (ident, title, url, provider, language, "", 1, topic, SOURCE.id))  # fmt: skip
    return tables


def _clean(text: str) -> str:
    """Plain text without Markdown's escapes."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain_text(text))


IMPORTER = Importer(
    name="programming-books",
    help="Give a folder with free_programming_books.csv(.gz) and/or free_programming_courses.csv(.gz), or one of them.",
    sources=(SOURCE,),
    read=read,
)
