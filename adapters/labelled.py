"""Labelled questions: what people ask, with what a right understanding of each is.

One conversation a line: `{"id", "style", "turns": [{"text", "expect": {"intent", "careers", "places", "skills"}}]}`.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class Labelled(BaseModel):
    """A frozen, strict value."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Expect(Labelled):
    """What a right understanding is; a list that is None isn't checked, an empty one means that none may be found."""

    intent: list[str] = Field(min_length=1)
    careers: list[list[str]] | None = None
    places: list[list[str]] | None = None
    skills: list[list[str]] | None = None


class Turn(Labelled):
    """One message and what it should be understood as."""

    text: str
    expect: Expect


class Conversation(Labelled):
    """Messages of one person, in order."""

    id: str
    style: str
    turns: list[Turn] = Field(min_length=1)


class LabelError(ValueError):
    """A labelled file that can't be used: file, line and why."""


def read_labelled(path: Path) -> list[Conversation]:
    """The conversations of a file; raises LabelError naming the line."""
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise LabelError(f"{path}: is not UTF-8 text") from error
    except OSError as error:
        raise LabelError(f"{path}: can't be read ({error.strerror})") from error
    found: list[Conversation] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(Conversation.model_validate_json(line))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            message = first["msg"].replace(" at line 1 column ", " at column ")
            raise LabelError(f"{path}:{number}: {f'{where}: ' if where else ''}{message}") from error
    if not found:
        raise LabelError(f"{path}: holds no labelled questions")
    return found
