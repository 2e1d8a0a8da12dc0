"""Open Source Society University: the courses of its computer science curriculum, with their addresses (MIT licence).

Reads the curriculum's README.md: its tables have a course a row, the first cell being its link ("(alternative)" links
in it are left out). Rows that link to a page of the curriculum itself have no address of their own and are skipped.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from knowledge.importers.base import Importer, Progress, Report, SourceError, Tables, open_text
from knowledge.importers.catalogue import is_address
from knowledge.models import Source
from knowledge.untrusted import plain_text

SOURCE = Source(
    id="ossu-computer-science",
    title="Open Source Society University: computer science",
    publisher="Open Source Society University",
    licence="MIT",
    as_of="June 2026",
)
_HEADING = re.compile(r"#{2,3}\s+(.+)")
_COURSE = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_SUBJECT = re.compile(r"^(?:Core|Advanced|Intro) ", re.IGNORECASE)
_NO_SUBJECT = ("CS", "Final project", "Applications")
"""Headings, without "Core" and "Advanced", that say nothing of a subject."""
_KIND = re.compile(r"\s*\((?:Specialization|Part \w+)\)$")


def read(path: Path, report: Report, progress: Progress) -> Tables:
    """The courses, filed under the curriculum's headings ("Core systems" → "Systems")."""
    file = path / "README.md" if path.is_dir() else path
    if not file.exists():
        raise SourceError(f"{path} holds no README.md. {IMPORTER.help}")
    tables = Tables()
    seen: set[str] = set()
    for line, heading, title, address in _courses(file):
        report.read += 1
        if not is_address(address):
            report.skip(file.name, line, f"{address[:60]!r} is a page of the curriculum and no address of a course")
            continue
        if address in seen:
            report.skip(file.name, line, "address given twice")
            continue
        seen.add(address)
        ident = hashlib.blake2b(address.encode(), digest_size=8).hexdigest()
        provider = urlsplit(address).netloc.removeprefix("www.")
        # The curriculum calls nearly all its courses free, without saying which are not: so that stays open.
        row = (ident, title, address, provider, "en", "", "", heading, SOURCE.id)
        tables.add("courses-ossu-computer-science", row)
    progress("Reading the curriculum", 1, 1)
    return tables


def _courses(file: Path) -> Iterator[tuple[int, str, str, str]]:
    """(line, heading, title, address) of each row of the curriculum's tables."""
    heading = ""
    with open_text(file) as stream:
        try:
            for number, line in enumerate(stream, 1):
                if match := _HEADING.match(line):
                    heading = _SUBJECT.sub("", plain_text(match.group(1)))
                    heading = "" if heading in _NO_SUBJECT else heading[:1].upper() + heading[1:]
                elif (match := _COURSE.match(line)) and "|" in line:
                    title = _KIND.sub("", plain_text(match.group(1)))
                    yield number, heading, title, match.group(2)
        except UnicodeDecodeError as error:
            raise SourceError(
                f"{file.name} can't be read as text: {error}. Is it the curriculum's README.md?"
            ) from error


IMPORTER = Importer(
    name="ossu",
    help="Give the README.md of the Open Source Society University's computer science curriculum, or its folder.",
    sources=(SOURCE,),
    read=read,
)
