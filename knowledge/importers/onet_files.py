"""The files of O*NET's text release: which there are, and their rows of known occupations."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from knowledge.importers.base import Report, SourceError, read_member

CODE = "O*NET-SOC Code"


def file_names(path: Path) -> set[str]:
    """The names of all files in a release (zip or folder); SourceError where it is neither."""
    if path.is_dir():
        return {found.name for found in path.rglob("*") if found.is_file()}
    try:
        with zipfile.ZipFile(path) as archive:
            return {member.rsplit("/", 1)[-1] for member in archive.namelist()}
    except (zipfile.BadZipFile, OSError) as error:
        raise SourceError(f"{path} is neither a folder nor a zip file. Download the text release again.") from error


def rows_of(path: Path, name: str, report: Report, known: set[str], *columns: str) -> Iterator[dict[str, str]]:
    """Rows of one file of the release; those of unknown occupations are reported and left out."""
    for line, row in read_member(path, name, (CODE, *columns)):
        report.read += 1
        if row[CODE] not in known:
            report.skip(name, line, f"unknown occupation {row[CODE]!r}")
            continue
        yield row
