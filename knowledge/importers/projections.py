"""Employment Projections of the BLS: growth, openings and typical education, from tables 1.2 and 5.4 as CSV."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge.importers.base import Importer, Progress, Report, SourceError, Tables, number, read_csv
from knowledge.models import Source

SOURCE = Source(
    id="ep-2024-34",
    title="Employment Projections 2024–34",
    publisher="U.S. Bureau of Labor Statistics",
    licence="public domain",
    as_of="2024–34",
)
_NONE = {"", "—", "-", "None"}


def read(path: Path, report: Report, progress: Progress) -> Tables:
    """Outlook rows (persons; the table counts thousands) and education assignments of detailed occupations."""
    folder = path if path.is_dir() else path.parent
    found = sorted(folder.glob("*1_2_*projections*.csv")) if path.is_dir() else [path]
    if not found:
        raise SourceError(f"{folder} holds no table 1.2 (occupational projections) as CSV. {IMPORTER.help}")
    tables = Tables()
    code, kind = "2024 National Employment Matrix code", "Occupation type"
    growth, openings = "Employment change, percent, 2024–34", "Occupational openings, 2024–34 annual average"
    entry, experience = "Typical education needed for entry", "Work experience in a related occupation"
    training = "Typical on-the-job training needed to attain competency in the occupation"
    needed = (code, kind, growth, openings, entry, experience, training, "Employment, 2024")
    for line, row in read_csv(found[0], needed):
        report.read += 1
        if row[kind] != "Line item" or not re.fullmatch(r"\d\d-\d{4}", row[code]):
            report.skip(found[0].name, line, "a group of occupations")
            continue
        thousands = [number(row[column]) for column in (openings, "Employment, 2024")]
        persons = [None if value is None else round(value * 1000) for value in thousands]
        tables.add("outlook", (row[code], "country:US", number(row[growth]), *persons, 2024, 2034, SOURCE.id, ""))
        texts = ["" if row[column] in _NONE else row[column] for column in (entry, experience, training)]
        tables.add("education", (row[code], *texts, SOURCE.id))
    progress("Reading projections", 1, 1)
    return tables


IMPORTER = Importer(
    name="projections",
    help="Give the folder with the Employment Projections tables as CSV, or table 1.2 itself.",
    sources=(SOURCE,),
    read=read,
)
