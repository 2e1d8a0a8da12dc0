"""Careers and places by identifier, at once: what understanding needs while it reads a message.

The facade answers asynchronously; between two words of a message that would cost more than the look-up itself. A
primary-key read of the immutable database takes about ten microseconds and is remembered.
"""

from __future__ import annotations

import json
import sqlite3
from functools import lru_cache
from pathlib import Path

from knowledge.models import Career, Place


class Directory:
    """Read-only look-ups of careers by slug and places by id; unknown identifiers raise LookupError."""

    def __init__(self, database: Path) -> None:
        uri = f"{database.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self.career = lru_cache(maxsize=4096)(self._career)
        self.place = lru_cache(maxsize=4096)(self._place)

    def _career(self, slug: str) -> Career:
        row = self._connection.execute(
            "SELECT slug, title, plural, soc, soc_title, shares_figures, depth, topics, related, next, job_zone,"
            " figures_code FROM careers WHERE slug = ?",
            (slug,),
        ).fetchone()
        if row is None:
            raise LookupError(f"no career {slug!r}")
        return Career(
            slug=row[0], title=row[1], plural=row[2], soc=row[3], soc_title=row[4], shares_figures=bool(row[5]),
            depth=row[6], topics=json.loads(row[7]), related=json.loads(row[8]), next=json.loads(row[9]),
            job_zone=row[10], figures_code=row[11],
        )  # fmt: skip

    def _place(self, place_id: str) -> Place:
        row = self._connection.execute(
            "SELECT id, name, kind, country, region, population, areas FROM places WHERE id = ?", (place_id,)
        ).fetchone()
        if row is None:
            raise LookupError(f"no place {place_id!r}")
        return Place(
            id=row[0], name=row[1], kind=row[2], country=row[3], region=row[4], population=row[5],
            areas=json.loads(row[6]),
        )  # fmt: skip

    def close(self) -> None:
        """Close the database."""
        self._connection.close()
