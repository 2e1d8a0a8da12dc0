"""Parts of an answer packed into as few messages as Slack's limits allow. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


Blocks = tuple[Json, ...]
Otherwise = Callable[[], Blocks]
"""Another form, made when it is needed: nearly all workspaces take the best one."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that stays together, in the forms that it can have.

    Attributes:
        blocks: As Slack shows it best.
        plainer: Makes the same without tables and charts of Slack's own; None = `blocks` has none.
        classic: Makes the same without Slack's newest blocks; None = as `plainer`.
        picture: What is drawn as a picture where Slack's own charts can't be had; its alternative text says it all.
        keep: It heads what follows and goes to the next message with it.
        size, tables, charts: Characters of its blocks; how many of them are tables and charts of Slack's own.
    """

    blocks: Blocks
    plainer: Otherwise | None = None
    classic: Otherwise | None = None
    picture: Drawable | None = None
    keep: bool = False
    size: int = field(init=False)
    tables: int = field(init=False)
    charts: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", strings(self.blocks))
        object.__setattr__(self, "tables", sum(block["type"] in _TABLES for block in self.blocks))
        object.__setattr__(self, "charts", sum(block["type"] in _CHARTS for block in self.blocks))

    @property
    def simple(self) -> Blocks:
        """The blocks that every workspace takes."""
        return self.blocks if self.plainer is None else self.plainer()

    def plain(self) -> Part:
        """Without tables and charts of Slack's own."""
        return self if self.plainer is None else Part(self.plainer(), keep=self.keep)

    def pictured(self, picture: Json | None) -> Part:
        """Without Slack's newest blocks; with a picture in place of its chart, where there is one."""
        if not _holds(self.blocks, _NEWEST):
            return self
        if picture is not None:
            return Part((picture,), self.plainer, keep=self.keep)
        return Part(self.classic() if self.classic else self.simple, self.plainer, keep=self.keep)

    @property
    def native(self) -> bool:
        """Whether it holds blocks that may be refused."""
        return bool(self.tables or self.charts)


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
        return _packed([plain for part in self.parts if (plain := part.plain()).blocks], self.text)


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
    room = _Room()
    for part in _split(parts):
        fitting = part if room.fits(part) else _without_native(part, room)
        if fitting is None:
            held = _headings(current)
            messages += _closed(current[: len(current) - len(held)], text)
            room = _Room().taken(held)
            if not room.fits(part):
                messages += _closed(held, text)
                held, room = [], _Room()
            current, fitting = held, part
        current.append(fitting)
        room.take(fitting)
    return messages + _closed(current, text)


class _Room:
    """What a message holds so far."""

    def __init__(self) -> None:
        self._blocks = self._size = self._tables = self._charts = 0

    def fits(self, part: Part) -> bool:
        """Whether the part may be added."""
        return (
            self._blocks + len(part.blocks) <= MESSAGE_BLOCKS
            and self._size + part.size <= MESSAGE_CHARACTERS
            and self._tables + part.tables <= TABLES_A_MESSAGE
            and self._charts + part.charts <= CHARTS_A_MESSAGE
        )

    def take(self, part: Part) -> None:
        """Add the part."""
        self._blocks += len(part.blocks)
        self._size += part.size
        self._tables += part.tables
        self._charts += part.charts

    def taken(self, parts: Sequence[Part]) -> _Room:
        """With parts added."""
        for part in parts:
            self.take(part)
        return self


def _split(parts: Sequence[Part]) -> list[Part]:
    """Parts that are too large for a message of their own, in their blocks."""
    found: list[Part] = []
    for part in parts:
        if _Room().fits(part):
            found.append(part)
        else:
            found += [Part((block,)) for block in part.simple]
    return found


def _without_native(part: Part, room: _Room) -> Part | None:
    """The part without Slack's own table, where only the number of tables stands in its way."""
    plain = part.plain()
    return plain if plain is not part and room.fits(plain) else None


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
