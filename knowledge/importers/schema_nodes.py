"""Finding schema.org nodes in JSON-LD files and in the scripts of web pages, with where they stand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from knowledge.importers.base import Report, SourceError, open_text

TYPES = ("Occupation", "Course", "Book")
_DEEPEST = 40

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A node with where it stands."""

    kind: str
    node: Node
    file: str
    line: int


def nodes(file: Path, report: Report) -> Iterator[Found]:
    """The nodes of a file; what is no JSON is skipped with its line."""
    with open_text(file) as stream:
        try:
            text = stream.read()
        except UnicodeDecodeError as error:
            raise SourceError(f"{file.name} can't be read as UTF-8 text: {error}. Save it as UTF-8.") from error
    pieces = [(1, text)]
    if file.suffix.casefold() in (".html", ".htm"):
        scripts = _Scripts()
        scripts.feed(text)
        pieces = scripts.found
    for first, piece in pieces:
        try:
            value = json.loads(piece)
        except (ValueError, RecursionError) as error:
            report.read += 1
            report.skip(file.name, first + getattr(error, "lineno", 1) - 1, f"no JSON: {error}")
            continue
        for kind, node in _typed(value, 0):
            named = piece.find(json.dumps(text_of(node.get("name")), ensure_ascii=False)[1:-1])
            yield Found(kind, node, file.name, first + piece.count("\n", 0, max(named, 0)))


def _typed(value: Any, depth: int) -> Iterator[tuple[str, Node]]:
    """The nodes of the types that are read, wherever they stand (a list, a graph, a list of items)."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _typed(entry, depth + 1)
    elif isinstance(value, dict):
        names = [str(name).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in many(value.get("@type"))]
        kind = next((known for known in TYPES if known in names), "")
        if kind:
            yield kind, value
        else:
            for entry in value.values():
                yield from _typed(entry, depth + 1)


class _Scripts(HTMLParser):
    """Collects the JSON-LD scripts of a page with the line on which each begins."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("type") or "").split(";")[0].strip().casefold()
        self._inside = tag == "script" and kind == "application/ld+json"
        if self._inside:
            self.found.append((self.getpos()[0], ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._inside:
            line, before = self.found[-1]
            self.found[-1] = (line, before + data)


def many(value: Any) -> Sequence[Any]:
    """A property's values, be they none, one or several."""
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def text_of(value: Any) -> str:
    """A value as text: of an object its name, of several the first."""
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or value.get("@id") or value.get("alternateName"))
    if isinstance(value, list):
        return text_of(value[0]) if value else ""
    return "" if value is None or isinstance(value, bool) else str(value).strip()
