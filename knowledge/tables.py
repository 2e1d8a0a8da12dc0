"""The project's own compact format for imported facts: gzipped, tab-separated tables with a header line.

Importers write these tables, `knowledge.build` reads them; nothing else touches them. They are written so that the
same rows give the same bytes (sorted rows, no timestamp in the gzip header), so that a re-import of the same release
changes nothing and a diff of two releases is a diff of rows.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

TABLES: dict[str, tuple[str, ...]] = {
    # all O*NET-SOC occupations; slug = title in the singular, lower case, hyphens
    "occupations": ("soc", "slug", "title", "plural", "job_zone", "topics"),
    # kind: "alternate" | "reported" | "short" | "esco" (English) | "esco:de", "esco:fr"… (a title in that language)
    "titles": ("soc", "title", "kind"),
    # kind: "skill" | "knowledge" | "technology" | "activity" | "ability"; weight 1..100
    "occupation_skills": ("soc", "name", "kind", "weight"),
    # what sets an occupation apart: rank 1, 2… far above all occupations' average, -1, -2… far below it;
    # kind as above (weight and average 0..100) or "work_style" (-3..3)
    "contrasts": ("soc", "kind", "name", "rank", "weight", "average"),
    # detailed work activities (labels of the content model), most typical first
    "activities": ("soc", "name", "rank"),
    # hand tools, machines and instruments, most typical first
    "tools": ("soc", "name", "rank"),
    # a few titles that say best what belongs to it
    "also_called": ("soc", "title", "rank"),
    # what kind of software a technology is
    "technologies": ("name", "category"),
    # how far the work answers each of six needs, 1..7
    "work_values": ("soc", "name", "extent"),
    # kind: "interest" (1..7) | "work_style" (-3..3)
    "traits": ("soc", "kind", "name", "value"),
    "education": ("soc", "typical_entry", "work_experience", "on_the_job_training", "source"),
    "education_shares": ("soc", "source", "position", "level", "percent"),
    "related": ("soc", "other", "rank"),
    # code as of pay; note: whose projection it is, where the source counts occupations otherwise
    "outlook": (
        "code", "place", "growth_percent", "openings_per_year", "employment", "first_year", "last_year", "source",
        "note",
    ),
    # code: "15-1252" (US SOC), "uk:2134", "sg:25121", "ca:21231", "fr:M1805", "aijobs:data-engineer";
    # one file a source: pay-<source id>.tsv.gz
    "pay": (
        "code", "place", "source", "currency", "period", "median", "mean", "p10", "p25", "p75", "p90",
        "employment", "sample", "estimate", "note",
    ),
    # which foreign codes an O*NET-SOC occupation or a slug reads its pay from; a slug's own codes take the place of its
    # occupation's of the same scheme, and a scheme alone ("uk:") means that the slug reads none of it
    "pay_codes": ("career", "code"),
    # areas: place ids that contain it, nearest first, joined by a space
    "places": ("id", "name", "kind", "country", "region", "population", "areas"),
    "place_names": ("place", "name"),
    # topics: headings or tags joined by "; ", a heading under others as a path ("Mathematics > Algebra");
    # level: "beginner", "intermediate", "advanced", "all levels" or ""; free: "1", "0" or ""
    "courses": ("id", "title", "url", "provider", "language", "level", "free", "topics", "source"),
    "books": ("id", "title", "url", "provider", "language", "level", "free", "topics", "source"),
}  # fmt: skip


def read_table(path: Path, columns: Sequence[str]) -> Iterator[list[str]]:
    """Rows of a table file as lists of strings; raises ValueError naming the file if its header differs."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        header = next(lines, "").rstrip("\n").split("\t")
        if tuple(header) != tuple(columns):
            raise ValueError(f"{path}: columns are {header}, expected {list(columns)}; import this source again")
        for line in lines:
            yield line.rstrip("\n").split("\t")


def table_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The bytes of a table: rows sorted, tabs and line ends in cells turned into spaces, reproducible."""
    lines = sorted("\t".join(_cell(value) for value in row) for row in rows)
    text = io.BytesIO()
    with gzip.GzipFile(fileobj=text, mode="wb", compresslevel=9, mtime=0) as stream:
        stream.write(("\n".join(["\t".join(columns), *lines]) + "\n").encode())
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())
