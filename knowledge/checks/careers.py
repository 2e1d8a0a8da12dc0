"""A career's file as the checks see it: the parsed profile, its lines as they stand, its sentences with their lines."""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from knowledge.checks.defect import Defect, Kind
from knowledge.profile import FENCE, Profile, ProfileError, read_profile

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[“\"(]?[A-Z0-9])")
_OF_SALARIES: dict[str, Kind] = {
    "source": "salary-source", "as_of": "salary-source", "median": "salary-amount", "currency": "salary-currency",
    "place": "salary-place", "country": "salary-place",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CareerFile:
    """A career's file that could be read.

    Attributes:
        lines: All lines of the file; line n is `lines[n - 1]`.
        body: Number of the first line after the front matter.
    """

    path: Path
    lines: tuple[str, ...]
    body: int
    profile: Profile

    def defect(self, line: int, kind: Kind, message: str) -> Defect:
        """A defect of this file."""
        return Defect(self.path, line, kind, message)

    def headings(self) -> list[tuple[int, str]]:
        """(line, section name) of each second-level heading, in the order of the file."""
        numbers = [number for number, line in self.text() if re.match(r"##\s", line)]
        return list(zip(numbers, self.profile.order, strict=False))

    def text(self) -> Iterator[tuple[int, str]]:
        """The numbered lines after the front matter."""
        return ((number, self.lines[number - 1]) for number in range(self.body, len(self.lines) + 1))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a career's text and where it begins; `lead` is the bold label before it, "" without one."""

    slug: str
    path: Path
    line: int
    text: str
    lead: str = ""


def read_career(path: Path) -> tuple[CareerFile | None, list[Defect]]:
    """The file, or what keeps it from being read."""
    try:
        profile = read_profile(path)
        lines = tuple(path.read_text("utf-8").splitlines())
    except ProfileError as error:
        return None, list(_unreadable(error))
    except OSError as error:
        return None, [Defect(path, 1, "unreadable", f"can't be read: {error.strerror or error}")]
    closing = next(number for number, line in enumerate(lines[1:], 2) if line.strip() == FENCE)
    return CareerFile(path, lines, closing + 1, profile), []


def _unreadable(error: ProfileError) -> Iterator[Defect]:
    """One defect for each key that is wrong, or one for the file."""
    cause = error.__cause__
    if not isinstance(cause, ValidationError):
        yield Defect(error.path, error.line, "unreadable", error.message)
        return
    where = front_matter_lines(error.path.read_text("utf-8"))
    for problem in cause.errors():
        spot = tuple(problem["loc"])
        line = next((where[spot[:end]] for end in range(len(spot), 0, -1) if spot[:end] in where), 1)
        name = "/".join(str(part) for part in spot)
        kind: Kind = "value"
        message = f"{name}: {problem['msg']}"
        if problem["type"] == "missing":
            kind, message = "key-missing", f"key {name!r} is missing; add it"
        elif problem["type"] == "extra_forbidden":
            kind, message = "key-unknown", f"key {name!r} is unknown; mend its spelling or delete it"
        elif spot[0] == "skills":
            kind = "skill-weight"
        if spot[0] == "salaries" and kind != "key-unknown":
            kind = _OF_SALARIES.get(str(spot[-1]), kind)
        yield Defect(error.path, line, kind, message)


def front_matter_lines(text: str) -> dict[tuple[str | int, ...], int]:
    """The line of every key and list entry of a file's front matter, however deep, by its path of keys."""
    lines = text.splitlines()
    closing = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE), len(lines))
    data = YAML(typ="rt").load(io.StringIO("\n".join(lines[1:closing])))
    found: dict[tuple[str | int, ...], int] = {(): 1}
    open_nodes: list[tuple[tuple[str | int, ...], object]] = [((), data)]
    while open_nodes:
        spot, node = open_nodes.pop()
        if isinstance(node, CommentedMap):
            for key, value in node.items():
                found[*spot, str(key)] = node.lc.key(key)[0] + 2
                open_nodes.append(((*spot, str(key)), value))
        elif isinstance(node, CommentedSeq):
            for number, value in enumerate(node):
                found[*spot, number] = node.lc.item(number)[0] + 2
                open_nodes.append(((*spot, number), value))
    return found


def sentences(file: CareerFile) -> Iterator[Sentence]:
    """All sentences of a career's sections; an item's bold lead belongs to the item's first sentence."""
    slug = file.profile.facts.slug
    for name, section in file.profile.sections.items():
        line = file.profile.line(name) + 1
        for paragraph in section.paragraphs:
            line = _line_of(file, line, paragraph)
            yield from (Sentence(slug, file.path, *place) for place in _split(file, line, paragraph))
            line += 1
        for at, item in enumerate(section.items):
            line = file.profile.line(f"{name}/{at}", name)
            lead = item.lead
            for place in _split(file, line, item.text):
                yield Sentence(slug, file.path, *place, lead)
                lead = ""


def _line_of(file: CareerFile, start: int, paragraph: str) -> int:
    """The line from `start` on at which a paragraph begins."""
    for number in range(start, len(file.lines) + 1):
        line = file.lines[number - 1].strip()
        if line and paragraph.startswith(line):
            return number
    return start


def _split(file: CareerFile, line: int, text: str) -> Iterator[tuple[int, str]]:
    """(line, sentence) of a block that begins at a line and may be wrapped over several."""
    starts: list[int] = []
    block = ""
    for raw in file.lines[line - 1 :]:
        if not raw.strip():
            break
        starts.append(len(block))
        block += f"{raw.strip()} "
    position = 0
    for sentence in _SENTENCE_END.split(text):
        position = max(block.find(sentence, position), position)
        yield line + max(bisect_right(starts, position) - 1, 0), sentence
