"""The catalogue's rows in the database: finding resources by subject or words, and reading them as models."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from knowledge.models import Resource
from knowledge.relevance import Candidate
from knowledge.store import Store
from knowledge.teaching import BY_PART, Teaching
from knowledge.words import words_of

_SPECIAL = {"c++": "cplusplus", "c#": "csharp", "f#": "fsharp", ".net": "dotnet"}
_PER_SUBJECT = 30
_BY_SUBJECTS = 120
_BY_TEXT = 60
"""So many that hold the words in their titles are looked at, and as many others; a list shows ten."""
_MOST_MARKS = 500


def indexed(text: str) -> str:
    """A text as the full-text index gets it: words that its tokeniser would break written out."""
    return " ".join(_SPECIAL.get(word, word) for word in words_of(text))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What every result must be: its kind and language, and level and price where asked for."""

    kind: str
    language: str
    level: str = ""
    free: bool | None = None

    def where(self) -> tuple[str, list[object]]:
        """Conditions on `resources r` beyond kind and language, and their values."""
        sql = ""
        values: list[object] = []
        if self.free is not None:
            sql += " AND r.free = ?"
            values.append(int(self.free))
        if self.level:
            sql += " AND r.level IN (?, '', 'all levels')"
            values.append(self.level)
        return sql, values


class ResourceRows:
    """Questions to the tables of the catalogue."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def teachers(self, subjects: Sequence[int], wanted: Wanted) -> list[int]:
        """The best resources of each subject by their standing."""
        more, values = wanted.where()
        join = " JOIN resources r ON r.number = t.number" if more else ""
        part = (
            f"SELECT * FROM (SELECT t.number FROM teaches t{join}"  # noqa: S608
            f" WHERE t.subject = ? AND t.kind = ? AND t.language = ?{more} ORDER BY t.rank DESC LIMIT {_PER_SUBJECT})"
        )
        given: list[object] = []
        for subject in subjects:
            given += [subject, wanted.kind, wanted.language, *values]
        return [row[0] for row in await self._store.rows(" UNION ".join([part] * len(subjects)), given)]

    async def holders(self, subjects: Sequence[int], wanted: Wanted) -> list[int]:
        """The best resources that teach every subject (the rarest first)."""
        more, values = wanted.where()
        joins = "".join(
            f" JOIN teaches t{n} ON t{n}.number = t.number AND t{n}.subject = ? AND t{n}.strength >= {BY_PART}"
            for n in range(1, len(subjects))
        )
        taught = " + ".join(f"t{n or ''}.strength" for n in range(len(subjects)))
        rows = await self._store.rows(
            f"SELECT t.number FROM teaches t{joins} JOIN resources r ON r.number = t.number"  # noqa: S608
            f" WHERE t.subject = ? AND t.kind = ? AND t.language = ?{more}"
            f" ORDER BY {taught} DESC, t.rank DESC LIMIT {_BY_SUBJECTS}",
            (*subjects[1:], subjects[0], wanted.kind, wanted.language, *values),
        )
        return [row[0] for row in rows]

    async def worded(
        self, words: Sequence[str], subjects: Sequence[int], wanted: Wanted
    ) -> tuple[list[int], list[int]]:
        """The best resources that hold all words and teach every subject: in their titles; partly in their headings."""
        shelf = await self._store.row(
            "SELECT first, last FROM shelves WHERE kind = ? AND language = ?", (wanted.kind, wanted.language)
        )
        if not shelf:
            return [], []
        more, values = wanted.where()
        stated = f" AND EXISTS (SELECT 1 FROM resources r WHERE r.number = resource_text.rowid{more})"  # noqa: S608
        teaching = (
            " AND EXISTS (SELECT 1 FROM teaches WHERE number = resource_text.rowid AND subject = ? AND strength >= ?)"
        )
        taught = [value for subject in subjects for value in (subject, BY_PART)]
        held = " AND ".join(f'"{_SPECIAL.get(word, word)}"' for word in words)
        # A shelf's numbers run from the best to the worst: the first that are found are the best, without sorting.
        sql = (
            "SELECT rowid FROM resource_text WHERE resource_text MATCH ? AND rowid BETWEEN ? AND ?"  # noqa: S608
            f"{stated if more else ''}{teaching * len(subjects)} ORDER BY rowid LIMIT {_BY_TEXT}"
        )
        titled, filed = [
            [row[0] for row in await self._store.rows(sql, (match, shelf[0], shelf[1], *values, *taught))]
            for match in (f"title : ({held})", f"({held}) NOT title : ({held})")
        ]
        return titled, filed

    async def related(self, subjects: Sequence[int]) -> frozenset[int]:
        """The parts of some subjects, and what they are parts of."""
        marks = _marks(subjects)
        rows = await self._store.rows(
            f"SELECT subject FROM subject_parts WHERE broader IN ({marks})"  # noqa: S608 - only marks
            f" UNION SELECT broader FROM subject_parts WHERE subject IN ({marks})",
            [*subjects, *subjects],
        )
        return frozenset(row[0] for row in rows)

    async def candidates(
        self, numbers: Sequence[int], subjects: Sequence[int], level: str, unsure: float
    ) -> list[Candidate]:
        """Resources as candidates, with what they teach of some subjects and what else their titles name.

        Where a level is asked for, a resource that names none is worth `unsure` of its quality.
        """
        teaches: dict[int, list[Teaching]] = {}
        found: list[Candidate] = []
        for part in _parts(numbers):
            for number, subject, strength, words in await self._store.rows(
                f"SELECT number, subject, strength, words FROM teaches WHERE number IN ({_marks(part)})"  # noqa: S608
                f" AND (words > 0 OR subject IN ({_marks(subjects)}))",
                (*part, *subjects),
            ):
                teaches.setdefault(number, []).append(Teaching(subject, strength, words))
            for number, title, content, quality, stated in await self._store.rows(
                f"SELECT number, title, content, quality, level FROM resources WHERE number IN ({_marks(part)})",  # noqa: S608
                part,
            ):
                worth = quality if not level or stated == level else quality * unsure
                found.append(Candidate(number, title, content, worth, tuple(teaches.get(number, ()))))
        return found

    async def resources(self, numbers: Sequence[int]) -> dict[int, Resource]:
        """Resources by number."""
        rows = await self._store.rows(
            "SELECT number, id, kind, title, url, provider, language, level, free, topics, source FROM resources"  # noqa: S608
            f" WHERE number IN ({_marks(numbers)})",
            numbers,
        )
        return {row[0]: _resource(row[1:]) for row in rows}

    async def names(self, subjects: Sequence[int]) -> dict[int, str]:
        """Names of subjects by number."""
        sql = f"SELECT id, name FROM subjects WHERE id IN ({_marks(subjects)})"  # noqa: S608 - only marks
        return {row[0]: row[1] for row in await self._store.rows(sql, subjects)}

    async def named(self, keys: Sequence[str]) -> list[tuple[str, int, str, int]]:
        """(key, subject, its name, how many resources teach it) of those keys that are names of subjects."""
        rows = await self._store.rows(
            "SELECT n.key, s.id, s.name, s.teachers FROM subject_names n JOIN subjects s ON s.id = n.subject"  # noqa: S608
            f" WHERE n.key IN ({_marks(keys)})",
            keys,
        )
        return [(row[0], row[1], row[2], row[3]) for row in rows]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _parts(numbers: Sequence[int]) -> Iterable[Sequence[int]]:
    bounds = [*range(0, len(numbers), _MOST_MARKS), len(numbers)]
    return (numbers[start:end] for start, end in pairwise(bounds))


def _resource(row: Sequence[Any]) -> Resource:
    return Resource(
        id=row[0], kind=row[1], title=row[2], url=row[3], provider=row[4], language=row[5], level=row[6],
        free=None if row[7] is None else bool(row[7]), topics=tuple(t for t in row[8].split("; ") if t), source=row[9],
    )  # fmt: skip
