"""From a typed line to a message for the bot, and from a file's line to the same. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import BinaryIO

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.commands import parse_command
from bot.intent import Intent
from bot.message import ConversationKey, IncomingMessage

PLATFORM = "console"
MOST_BYTES = 1_000_000
"""So much of one line is read; no message is that long."""


@dataclass(frozen=True, slots=True)
class UnknownCommand:
    """A line that starts like a command but is none; `nearest` is one that looks like it, or ""."""

    name: str
    nearest: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file or of standard input.

    Attributes:
        number: From 1.
        repaired: True where bytes that are no UTF-8 had to be replaced.
    """

    number: int
    text: str
    repaired: bool = False


class LineError(Exception):
    """A line that can't be read as a message: what is wrong with it."""


class Request(BaseModel):
    """A message in a file, as JSON: `{"text": …, "conversation": …, "locale": …}`; only the text must be there."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    text: str
    conversation: str | None = None
    locale: str | None = None


def typed(text: str) -> str:
    """A command line's argument or typed line as valid Unicode: bytes that are no UTF-8 become "�"."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")


def incoming(
    line: str, intents: Iterable[Intent], conversation: ConversationKey, locale: str, own: Iterable[str] = ()
) -> IncomingMessage | UnknownCommand:
    """The message of a line; `/salary backend london` becomes a structured request.

    Args:
        line: As typed.
        intents: Whose commands are known.
        conversation: Whose conversation it belongs to.
        locale: BCP 47 tag of the person.
        own: Further commands of the terminal, only for suggesting them.
    """
    text = line.strip()
    if not text.startswith("/"):
        return IncomingMessage(text=line, conversation=conversation, locale=locale)
    by_name: Mapping[str, Intent] = {intent.name: intent for intent in intents}
    request = parse_command(text, by_name)
    if request is not None:
        return IncomingMessage(text=text, conversation=conversation, locale=locale, request=request)
    name = text[1:].split(maxsplit=1)[0].casefold() if len(text) > 1 and not text[1].isspace() else ""
    known = [*(i.command.name for i in by_name.values() if i.command is not None), *own]
    return UnknownCommand(name, next(iter(get_close_matches(name, known, 1, 0.5)), ""))


def read_lines(stream: BinaryIO) -> Iterator[Line]:
    """The lines of a stream, each decoded by itself; never raises for what is in them."""
    number = 0
    while raw := stream.readline(MOST_BYTES):
        number += 1
        rest = raw
        while not rest.endswith(b"\n") and (rest := stream.readline(MOST_BYTES)):
            pass
        raw = raw.rstrip(b"\r\n")
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        try:
            yield Line(number, raw.decode("utf-8"))
        except UnicodeDecodeError:
            yield Line(number, raw.decode("utf-8", "replace"), repaired=True)


def read_request(text: str) -> Request:
    """The message of a file's line: plain text, or an object where it starts with "{"; raises LineError."""
    if not text.lstrip().startswith("{"):
        return Request(text=text)
    try:
        return Request.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise LineError(f"unknown key {where!r}; known are 'text', 'conversation' and 'locale'") from error
        if first["type"] == "missing":
            raise LineError(f"key {where!r} is missing") from error
        message = first["msg"].replace(" at line 1 column ", " at column ")
        raise LineError(f"{where}: {message}" if where else message) from error
