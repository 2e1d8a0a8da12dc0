"""A career's Markdown file: front matter with the facts, sections with the text.

Everything that a check may complain about keeps its line number. The format is described in docs/curators.md.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from knowledge.models import SECTION_HEADINGS, Item, Section

FENCE = "---"
_HEADING = re.compile(r"^##\s+(.*?)\s*$")
_BULLET = re.compile(r"^(?:[-*]|\d{1,2}[.)])\s+(.*)$")
_NUMBERED = re.compile(r"^\d{1,2}[.)]\s")
_LEAD = re.compile(r"^\*\*(.+?)\*\*\s*[:.]?\s*(.*)$", re.DOTALL)
_SKILLS = re.compile(r"\s*\{([^{}]*)\}\s*\.?\s*$")
_NAMES = {heading.casefold(): name for name, heading in SECTION_HEADINGS.items()}


class ProfileError(ValueError):
    """A career file that can't be read: file, line and what to do."""

    def __init__(self, path: Path | str, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line, self.message = Path(path), line, message


class SalaryFigure(BaseModel):
    """One city's median of a career page, gross a year."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: str
    country: str = Field(pattern=r"^[A-Z]{2}$")
    median: float = Field(gt=0)
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    note: str = ""


class Salaries(BaseModel):
    """The figures of one source in a profile's front matter."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    source: str
    as_of: str
    estimate: bool = True
    figures: tuple[SalaryFigure, ...] = ()


class FrontMatter(BaseModel):
    """The facts at the head of a career's file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str = Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
    title: str = Field(min_length=2)
    plural: str = Field(min_length=2)
    aliases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    soc: str = Field(default="", pattern=r"^(?:\d\d-\d{4}\.\d\d)?$")
    related: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    skills: dict[str, float] = Field(default_factory=dict)
    salaries: Salaries | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """A career as its file tells it.

    Attributes:
        lines: Line of each front-matter key ("slug"), of each entry ("aliases/backend dev", "skills/SQL"), of each
            section ("overview") and of each of its items ("path/0").
        order: Sections in the order of the file, by name; unknown headings as they stand.
    """

    path: Path
    facts: FrontMatter
    sections: Mapping[str, Section]
    order: tuple[str, ...]
    lines: Mapping[str, int] = field(default_factory=dict)

    def line(self, *keys: str) -> int:
        """The line of the first key that has one, 1 if none has."""
        return next((self.lines[key] for key in keys if key in self.lines), 1)


def read_profile(path: Path) -> Profile:
    """Parse a career's file; raises ProfileError naming the line."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ProfileError(path, 1, "is not UTF-8 text; save it as UTF-8") from error
    return parse_profile(text, path)


def parse_profile(text: str, path: Path) -> Profile:
    """Parse a career file's text; `path` is only for messages."""
    lines = text.splitlines()
    if not lines or lines[0].strip() != FENCE:
        raise ProfileError(path, 1, "must start with '---' and the front matter")
    try:
        end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE)
    except StopIteration:
        raise ProfileError(path, 1, "the front matter is never closed; add a line '---' after it") from None
    where: dict[str, int] = {}
    facts = _facts("\n".join(lines[1:end]), path, where)
    sections, order = _sections(lines, end + 1, where)
    return Profile(path, facts, sections, order, where)


def _facts(text: str, path: Path, where: dict[str, int]) -> FrontMatter:
    try:
        data = YAML(typ="rt").load(io.StringIO(text))
    except MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + 2
        raise ProfileError(path, line, f"front matter is no valid YAML: {error.problem}") from error
    except YAMLError as error:
        raise ProfileError(path, 2, f"front matter is no valid YAML: {error}") from error
    if not isinstance(data, CommentedMap):
        raise ProfileError(path, 2, "front matter must be 'key: value' lines")
    for key in data:
        where[str(key)] = data.lc.key(key)[0] + 2
        value = data[key]
        if isinstance(value, CommentedMap):
            where.update({f"{key}/{entry}": value.lc.key(entry)[0] + 2 for entry in value})
        elif isinstance(value, CommentedSeq):
            where.update({f"{key}/{entry}": value.lc.item(number)[0] + 2 for number, entry in enumerate(value)})
    try:
        return FrontMatter.model_validate(_plain(data))
    except ValidationError as error:
        first = error.errors()[0]
        spot = "/".join(str(part) for part in first["loc"][:2])
        line = where.get(spot, where.get(str(first["loc"][0]) if first["loc"] else "", 2))
        raise ProfileError(path, line, f"{spot or 'front matter'}: {first['msg']}") from error


def _plain(value: Any) -> Any:
    """YAML's own containers as plain ones, so that pydantic sees what it expects."""
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return str(value) if isinstance(value, str) else value


def _sections(lines: list[str], start: int, where: dict[str, int]) -> tuple[dict[str, Section], tuple[str, ...]]:
    found: dict[str, list[tuple[int, str]]] = {}
    order: list[str] = []
    current: list[tuple[int, str]] = []
    for number, line in enumerate(lines[start:], start + 1):
        if heading := _HEADING.match(line):
            title = heading.group(1)
            name = _NAMES.get(title.casefold(), title)
            order.append(name)
            where.setdefault(name, number)
            current = found.setdefault(name, [])
        elif not line.startswith("# "):
            current.append((number, line))
    return {name: _section(name, body, where) for name, body in found.items()}, tuple(order)


def _section(name: str, body: list[tuple[int, str]], where: dict[str, int]) -> Section:
    paragraphs: list[str] = []
    items: list[tuple[int, str]] = []
    ordered = False
    open_item = False
    fresh = True
    for number, line in body:
        text = line.strip()
        if not text:
            open_item, fresh = False, True
        elif match := _BULLET.match(text):
            ordered = ordered or bool(_NUMBERED.match(text))
            items.append((number, match.group(1)))
            open_item = True
        elif open_item:
            items[-1] = (items[-1][0], f"{items[-1][1]} {text}")
        elif fresh or not paragraphs:
            paragraphs.append(text)
            fresh = False
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {text}"
    where.update({f"{name}/{at}": number for at, (number, _) in enumerate(items)})
    return Section(
        name=name, paragraphs=tuple(paragraphs), items=tuple(_item(text) for _, text in items), ordered=ordered
    )


def _item(text: str) -> Item:
    skills: tuple[str, ...] = ()
    if match := _SKILLS.search(text):
        skills = tuple(skill.strip() for skill in match.group(1).split(",") if skill.strip())
        text = text[: match.start()].rstrip()
    lead = ""
    if match := _LEAD.match(text):
        lead, text = match.group(1).rstrip(":"), match.group(2)
    return Item(text=text, lead=lead, skills=skills)
