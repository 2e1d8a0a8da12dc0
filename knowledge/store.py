"""Reading the knowledge database: one read-only connection, rows as the models of `knowledge.models`.

Queries run where they are asked: the database is a file that nothing writes to, an answer's queries take some
microseconds each, and handing each to another thread and back costs several times as much. The methods are
coroutines all the same, so that a database that must be waited for could stand in this one's place.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from knowledge.models import Career, Pay, Place, Source

PAY_COLUMNS = (
    "pay.place, pay.source, pay.currency, pay.period, pay.median, pay.mean, pay.p10, pay.p25, pay.p75, pay.p90,"
    " pay.employment, pay.sample, pay.estimate, pay.note"
)
Parameters = Sequence[object] | Mapping[str, object]
CAREER_COLUMNS = (
    "slug, title, plural, soc, soc_title, shares_figures, depth, topics, related, next, job_zone, figures_code"
)


class KnowledgeError(Exception):
    """The knowledge database is missing or can't be used: says what to do."""


class Store:
    """A read-only connection, with the small tables that every answer needs kept in memory."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self.sources: dict[str, Source] = {}
        self.meta: dict[str, str] = {}
        self._places: dict[str, Place] = {}
        self._careers: dict[str, Career] = {}

    @classmethod
    async def open(cls, path: Path) -> Store:
        """Connect; raises KnowledgeError where there is no usable database."""
        if not path.exists():  # noqa: ASYNC240 - once, at start
            raise KnowledgeError(f"There is no knowledge database at {path}. Run: careerbot knowledge build")
        try:
            uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"  # noqa: ASYNC240
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise _unusable(path, error) from error
        store = cls(connection, path)
        try:
            store.meta = dict(await store.rows("SELECT key, value FROM meta"))
            names = ("id", "title", "publisher", "url", "licence", "as_of", "note")
            for row in await store.rows("SELECT id, title, publisher, url, licence, as_of, note FROM sources"):
                store.sources[row[0]] = Source(**dict(zip(names, row, strict=True)))
        except sqlite3.Error as error:
            connection.close()
            raise _unusable(path, error) from error
        return store

    async def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    async def rows(self, sql: str, values: Parameters = ()) -> list[Any]:
        """All rows of a query."""
        return self._connection.execute(sql, values).fetchall()

    async def row(self, sql: str, values: Parameters = ()) -> Any | None:
        """The first row of a query."""
        found = await self.rows(sql, values)
        return found[0] if found else None

    async def places(self, ids: Iterable[str]) -> dict[str, Place]:
        """Places by id, those of an earlier question from memory."""
        wanted = list(dict.fromkeys(ids))
        missing = [place for place in wanted if place not in self._places]
        for start in range(0, len(missing), 500):
            part = missing[start : start + 500]
            marks = ",".join("?" * len(part))
            for row in await self.rows(
                f"SELECT id, name, kind, country, region, population, areas FROM places WHERE id IN ({marks})",  # noqa: S608 - only marks
                part,
            ):
                self._places[row[0]] = Place.model_construct(
                    id=row[0], name=row[1], kind=row[2], country=row[3], region=row[4], population=row[5],
                    areas=tuple(json.loads(row[6])),
                )  # fmt: skip
        return {place: self._places[place] for place in wanted if place in self._places}

    async def careers(self, slugs: Iterable[str]) -> dict[str, Career]:
        """Careers by slug, those of an earlier question from memory."""
        wanted = list(dict.fromkeys(slugs))
        missing = [slug for slug in wanted if slug not in self._careers]
        for start in range(0, len(missing), 500):
            part = missing[start : start + 500]
            marks = ",".join("?" * len(part))
            for row in await self.rows(f"SELECT {CAREER_COLUMNS} FROM careers WHERE slug IN ({marks})", part):  # noqa: S608
                self._careers[row[0]] = career_of(row)
        return {slug: self._careers[slug] for slug in wanted if slug in self._careers}

    def pay(self, career: str, row: Sequence[Any], places: dict[str, Place], asked: Place | None = None) -> Pay:
        """A pay row (PAY_COLUMNS) as a model; the build has checked it, so it isn't checked again."""
        return Pay.model_construct(
            career=career, place=places[row[0]], asked=asked, source=self.sources[row[1]], currency=row[2],
            period=row[3], median=row[4], mean=row[5], p10=row[6], p25=row[7], p75=row[8], p90=row[9],
            employment=row[10], sample=row[11], estimate=bool(row[12]), note=row[13],
        )  # fmt: skip


def _unusable(path: Path, error: Exception) -> KnowledgeError:
    return KnowledgeError(f"{path} is no usable knowledge database ({error}). Run: careerbot knowledge build --force")


def career_of(row: Sequence[Any]) -> Career:
    """A career row (CAREER_COLUMNS) as a model."""
    return Career(
        slug=row[0], title=row[1], plural=row[2], soc=row[3], soc_title=row[4], shares_figures=bool(row[5]),
        depth=row[6], topics=tuple(json.loads(row[7])), related=tuple(json.loads(row[8])),
        next=tuple(json.loads(row[9])), job_zone=row[10], figures_code=row[11],
    )  # fmt: skip
