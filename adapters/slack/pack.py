"""Parts of an answer packed into as few messages as Slack's limits allow. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from adapters.slack.elements import Json, strings
from adapters.slack.limits import CHARTS_A_MESSAGE, MESSAGE_BLOCKS, MESSAGE_CHARACTERS, TABLES_A_MESSAGE, TEXT
from adapters.slack.text import escaped_lines
from bot.reply import Chart, Table

_TABLES = ("table", "data_table")
_CHARTS = ("data_visualization",)
_NEWEST = ("data_table", "data_visualization")
"""Blocks of mid-2026, which Slack brings to workspaces one after the other."""


@dataclass(frozen=True, slots=True)
class Drawable:
    """A chart, or a table that has bars, and what it is about."""

    block: Chart | Table
    title: str


@dataclass(frozen=True, slots=True)
class Part:
    """Something that stays together, in the forms that it can have.

    Attributes:
        blocks: As Slack shows it best.
        classic: The same without the newest blocks; None = as `plainer`.
        plainer: The same without tables and charts of Slack's own; None = it has none.
        picture: What is drawn as a picture where Slack's own charts can't be had.
        below: What stands under that picture in place of `classic`.
        keep: It heads what follows and goes to the next message with it.
        size: Characters of its blocks.
    """

    blocks: tuple[Json, ...]
    plainer: tuple[Json, ...] | None = None
    classic: tuple[Json, ...] | None = None
    picture: Drawable | None = None
    below: tuple[Json, ...] = ()
    keep: bool = False
    size: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", strings(self.blocks))

    @property
    def simple(self) -> tuple[Json, ...]:
        """The blocks that every workspace takes."""
        return self.blocks if self.plainer is None else self.plainer

    def pictured(self, picture: Json | None) -> Part:
        """Without Slack's newest blocks; with a picture in place of its chart, where there is one."""
        if not _holds(self.blocks, _NEWEST):
            return Part(self.blocks, self.plainer, keep=self.keep)
        classic = self.simple if self.classic is None else self.classic
        return Part((picture, *self.below) if picture else classic, self.plainer, keep=self.keep)

    @property
    def native(self) -> bool:
        """Whether it holds blocks that may be refused."""
        return _holds(self.blocks, _TABLES + _CHARTS)


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its text for notifications and screen readers, its blocks, and the parts they came from."""

    text: str
    blocks: tuple[Json, ...]
    parts: tuple[Part, ...]

    @property
    def native(self) -> bool:
        """Whether it holds blocks that may be refused."""
        return _holds(self.blocks, _TABLES + _CHARTS)

    @property
    def newest(self) -> bool:
        """Whether it holds blocks that Slack hasn't brought to every workspace yet."""
        return _holds(self.blocks, _NEWEST)

    @property
    def drawable(self) -> list[Drawable]:
        """What is drawn where Slack's own charts can't be had."""
        return [part.picture for part in self.parts if part.picture is not None]

    def pictured(self, pictures: Sequence[Json | None]) -> list[Message]:
        """The same without Slack's newest blocks; `pictures`: an image block for each of `drawable`, None = none."""
        left = iter(pictures)
        parts = [part.pictured(next(left, None) if part.picture is not None else None) for part in self.parts]
        return _packed(parts, self.text)

    def plainer(self) -> list[Message]:
        """The same without tables and charts of Slack's own: more messages where they take more room."""
        return _packed([Part(part.simple, keep=part.keep) for part in self.parts if part.simple], self.text)


def pack(parts: Sequence[Part], lines: Sequence[str]) -> list[Message]:
    """Messages for parts.

    Args:
        parts: In order; no single block is over a limit.
        lines: What the answer says in a line or two (untrusted): the top-level text of each message.
    """
    return _packed(parts, escaped_lines(lines, TEXT) or "…")


def _packed(parts: Sequence[Part], text: str) -> list[Message]:
    messages: list[Message] = []
    current: list[Part] = []
    for part in _split(parts):
        fitting = part if _fits([*current, part]) else _without_native(part, current)
        if fitting is None:
            held = _headings(current)
            messages += _closed(current[: len(current) - len(held)], text)
            current = [*held, part] if _fits([*held, part]) else [part]
            messages += _closed(held, text) if current == [part] and held else []
        else:
            current.append(fitting)
    return messages + _closed(current, text)


def _split(parts: Sequence[Part]) -> list[Part]:
    """Parts that are too large for a message of their own, in their blocks."""
    found: list[Part] = []
    for part in parts:
        if _fits([part]):
            found.append(part)
        else:
            found += [Part((block,)) for block in part.simple]
    return found


def _without_native(part: Part, current: Sequence[Part]) -> Part | None:
    """The part without Slack's own table, where only the number of tables stands in its way."""
    plain = Part(part.simple, keep=part.keep)
    return plain if part.native and part.plainer is not None and _fits([*current, plain]) else None


def _fits(parts: Sequence[Part]) -> bool:
    kinds = [block["type"] for part in parts for block in part.blocks]
    if len(kinds) > MESSAGE_BLOCKS or sum(part.size for part in parts) > MESSAGE_CHARACTERS:
        return False
    tables, charts = sum(kind in _TABLES for kind in kinds), sum(kind in _CHARTS for kind in kinds)
    return tables <= TABLES_A_MESSAGE and charts <= CHARTS_A_MESSAGE


def _holds(blocks: Sequence[Json], kinds: Sequence[str]) -> bool:
    return any(block["type"] in kinds for block in blocks)


def _headings(parts: Sequence[Part]) -> list[Part]:
    """The headings at the end, which belong to what comes next; none if there is nothing else."""
    count = 0
    while count < len(parts) and parts[len(parts) - 1 - count].keep:
        count += 1
    return list(parts[len(parts) - count :]) if 0 < count < len(parts) else []


def _closed(parts: Sequence[Part], text: str) -> list[Message]:
    if not parts:
        return []
    return [Message(text, tuple(block for part in parts for block in part.blocks), tuple(parts))]
