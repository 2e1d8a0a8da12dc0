"""The small hand-written tables: sources, topics, interests, aliases, places, regions, skills, subjects and so on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from knowledge.checks.defect import Defect, Kind
from knowledge.content_files import ContentFiles

COLUMNS: dict[str, tuple[int, tuple[str, ...]]] = {
    "sources.tsv": (6, ("id", "title", "publisher", "url", "licence", "as_of", "note")),
    "topics.tsv": (2, ("id", "title", "aliases")),
    "interests.tsv": (3, ("words", "skills", "topics", "letters")),
    "aliases.tsv": (2, ("soc", "names")),
    "shared.tsv": (2, ("name", "careers")),
    "combined.tsv": (3, ("code", "title", "members")),
    "places.tsv": (2, ("name", "place")),
    "regions.tsv": (3, ("id", "name", "country", "aliases")),
    "skills.tsv": (1, ("name", "aliases")),
    "subjects.tsv": (1, ("name", "aliases", "broader", "ordinary")),
}
"""Columns of each table, and how many of them a row must give."""
_NEEDED_OF_SOURCES = ("id", "title", "publisher", "licence", "as_of")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a hand-written table, with where it stands; cells by column name, "" where left out."""

    path: Path
    line: int
    cells: dict[str, str]

    def defect(self, kind: Kind, message: str) -> Defect:
        """A defect of this row."""
        return Defect(self.path, self.line, kind, message)

    def words(self, column: str) -> list[str]:
        """The entries of a cell that holds several, joined by "|"."""
        return [word.strip() for word in self.cells[column].split("|") if word.strip()]


def read_lists(files: ContentFiles) -> tuple[dict[str, list[Row]], list[Defect]]:
    """The rows of all hand-written tables by file name, and what is wrong with their layout."""
    rows: dict[str, list[Row]] = {}
    found: list[Defect] = []
    for name, (least, columns) in COLUMNS.items():
        rows[name] = []
        for path in files.named(name):
            for entry in _read(path, least, columns):
                if isinstance(entry, Row):
                    rows[name].append(entry)
                else:
                    found.append(entry)
    return rows, found


def _read(path: Path, least: int, columns: Sequence[str]) -> Iterator[Row | Defect]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        yield Defect(path, 1, "unreadable", f"can't be read as UTF-8 text ({error}); save it as UTF-8")
        return
    header = tuple(cell.strip() for cell in lines[0].split("\t")) if lines else ()
    if len(header) < least or header != tuple(columns[: len(header)]):
        yield Defect(path, 1, "table-columns", f"the columns are {list(header)}; they must be {list(columns)}")
        return
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > len(header) or len(cells) < least:
            yield Defect(
                path,
                number,
                "table-cells",
                f"{len(cells)} cells, the header has {len(header)}; separate them by one tab each",
            )
            continue
        filled = cells + [""] * (len(columns) - len(cells))
        yield Row(path, number, dict(zip(columns, filled, strict=True)))


def check_lists(
    rows: dict[str, list[Row]], topics: frozenset[str], skills: frozenset[str], places: frozenset[str],
    occupations: Collection[str], careers: Collection[str],
) -> Iterator[Defect]:  # fmt: skip
    """What is wrong in the hand-written tables, given the topics, skills, places, codes and slugs there are."""
    yield from _sources(rows["sources.tsv"])
    yield from _topics(rows["topics.tsv"])
    yield from _interests(rows["interests.tsv"], topics, skills)
    yield from _names(rows, occupations, careers, places)
    for name, column in (("regions.tsv", "id"), ("skills.tsv", "name"), ("subjects.tsv", "name")):
        yield from _twice(rows[name], column)


def _names(
    rows: dict[str, list[Row]], occupations: Collection[str], careers: Collection[str], places: Collection[str]
) -> Iterator[Defect]:
    """Names and groups of what isn't there."""
    groups = {code[:7] for code in occupations}
    for row in rows["aliases.tsv"]:
        yield from _missing(row, "soc-unknown", [row.cells["soc"]], occupations, "no occupation has the code {!r}")
    for row in rows["shared.tsv"]:
        yield from _missing(row, "dangling", row.words("careers"), careers, "no career has the slug {!r}")
    for row in rows["combined.tsv"]:
        yield from _missing(row, "soc-unknown", row.cells["members"].split(), groups, "no occupation has the code {!r}")
    for row in rows["places.tsv"]:
        yield from _missing(row, "place-unknown", [row.cells["place"]], places, "no places table has the id {!r}")


def _missing(row: Row, kind: Kind, entries: Sequence[str], known: Collection[str], told: str) -> Iterator[Defect]:
    for entry in entries:
        if entry not in known:
            yield row.defect(
                kind, f"{told.format(entry)}; what this row says of it leads nowhere: mend it or take it out"
            )


def _interests(rows: Sequence[Row], topics: frozenset[str], skills: frozenset[str]) -> Iterator[Defect]:
    for row in rows:
        for topic in row.words("topics"):
            if topic not in topics:
                yield row.defect(
                    "topic-unknown", f"topic {topic!r} is not in topics.tsv; use an id from its first column"
                )
        for skill in row.words("skills"):
            if skill not in skills:
                yield row.defect(
                    "skill-unknown", f"no career has the skill {skill!r}; spell it as a profile or O*NET does"
                )
        for letter in row.cells["letters"]:
            if letter not in "RIASEC":
                yield row.defect("table-value", f"{letter!r} is no RIASEC letter; use some of R, I, A, S, E, C")


def _sources(rows: Sequence[Row]) -> Iterator[Defect]:
    for row in rows:
        for column in _NEEDED_OF_SOURCES:
            if not row.cells[column]:
                yield row.defect(
                    "source-incomplete", f"source {row.cells['id']!r} has no {column}; every source says it"
                )
        if row.cells["url"] and not is_web_address(row.cells["url"]):
            yield row.defect("url", f"{row.cells['url']!r} is no http(s) address; mend it or leave it out")
    yield from _twice(rows, "id")


def _topics(rows: Sequence[Row]) -> Iterator[Defect]:
    yield from _twice(rows, "id")
    last = {row.cells["id"]: row for row in rows}
    meant: dict[str, Row] = {}
    for row in last.values():
        if not row.cells["title"]:
            yield row.defect("table-value", f"topic {row.cells['id']!r} has no title; give it one")
        own: set[str] = set()
        for name in row.words("aliases"):
            if name.casefold() in own:
                yield row.defect("alias-twice", f"alias {name!r} is given twice; delete one")
            own.add(name.casefold())
        own.add(row.cells["title"].casefold())
        for name in sorted(own - {""}):
            other = meant.setdefault(name, row)
            if other is not row:
                yield row.defect(
                    "topic-clash",
                    f"{name!r} already means the topic {other.cells['id']!r} ({other.path.name}:{other.line});"
                    " leave it to one of them",
                )


def _twice(rows: Sequence[Row], column: str) -> Iterator[Defect]:
    """Ids given twice in one file; in a later folder the same id is a replacement."""
    first: dict[tuple[Path, str], int] = {}
    for row in rows:
        line = first.setdefault((row.path, row.cells[column]), row.line)
        if line != row.line:
            yield row.defect(
                "id-twice", f"{column} {row.cells[column]!r} stands in line {line} already; delete one of the rows"
            )


def is_web_address(url: str) -> bool:
    """Whether it is an http(s) address with a host and no blanks."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(c.isspace() for c in url)
