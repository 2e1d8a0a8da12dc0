"""Untrusted strings as Discord markdown that shows exactly their text: no markup, mention, link, emoji or timestamp."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import quote, urlsplit

from adapters.text import visible, web_address

_MARKS = re.compile(r"[\\*_~`|<>\[\]]")
_LINK = re.compile(r"(?i)(?:(?=://)|(?<=discord)(?=\.gg\b)|(?<=mailto)(?=:)|(?<=discord)(?=(?:app)?\.com/invite))")
_LINE_START = re.compile(r"^(?:#{1,3}(?=\s)|-#?(?=\s)|\+(?=\s)|(?P<number>\d+)(?=[.)]))")
_MENTION = re.compile(r"@(?=\w)")
_PINGS = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_ZERO_WIDTH = "\u200b"
_CODE_TICK = "ˋ"
"""Stands for the backtick within code, where nothing can be escaped."""
_CURRENCY = re.compile(r"\(?(?:[A-Z]{3}|[A-Z]{0,2}[$€£¥₹]|kr|zł)")
_UNIT = re.compile(r"(?:[A-Z]{0,3}[$€£¥₹][A-Z]{0,2}|[A-Z]{3}|kr|zł|%)[.,;:)]*")
"""What may stand behind a figure: French and German write "120 000 €"."""
_THOUSANDS = re.compile(r"(?:^|\D)\d{1,3}$")
_HUNDREDS = re.compile(r"\d{3}(?!\d)")
_LONGEST_FIGURE = 40
_LONGEST_ADDRESS = 1_000
"""Characters of an address within text; a longer one isn't linked: it would leave no room for the answer."""


def escaped(text: str) -> str:
    """One line of text: markdown, mentions and links in it are shown and do nothing."""
    shown = _MARKS.sub(lambda mark: f"\\{mark.group()}", visible(text))
    shown = _LINK.sub(_ZERO_WIDTH, shown)
    shown = _MENTION.sub(f"@{_ZERO_WIDTH}", shown)
    return _LINE_START.sub(lambda mark: _unlisted(mark.group(), mark.group("number")), shown)


def _unlisted(mark: str, number: str | None) -> str:
    return f"{number}{_ZERO_WIDTH}" if number else f"\\{mark}"


def code(text: str) -> str:
    """One line of text for a code block: what would end the block is replaced."""
    return _MENTION.sub(f"@{_ZERO_WIDTH}", visible(text).replace("`", _CODE_TICK))


def bold(text: str) -> str:
    """The text in bold; nothing for nothing."""
    shown = escaped(text)
    return f"**{shown}**" if shown else ""


def link(title: str, url: str) -> str:
    """A titled link that isn't unfurled; the title alone where the address is none that may be linked."""
    address, shown = safe_url(url), escaped(title)
    return f"[{shown or 'link'}](<{address}>)" if address else shown


def safe_url(url: str) -> str:
    """The address with everything encoded that could end or widen a markdown link; "" if it may not be linked."""
    address = _PINGS.sub("%40", web_address(url))
    try:
        if not urlsplit(address).hostname:
            return ""
    except ValueError:
        return ""
    encoded = quote(address, safe="%/:=&?~#+!$,;@-._'*")
    return encoded if len(encoded) <= _LONGEST_ADDRESS else ""


def columns(text: str) -> int:
    """How many columns of a fixed-width font a text takes."""
    return len(text) if text.isascii() else _wide_columns(text)


@lru_cache(maxsize=4_096)
def _wide_columns(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) or c == _ZERO_WIDTH else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def padded(text: str, width: int, *, right: bool = False) -> str:
    """The text filled up with spaces to a width in columns."""
    gap = " " * (width - columns(text))
    return f"{gap}{text}" if right else f"{text}{gap}"


def wrapped(text: str, longest: int) -> list[str]:
    """A plain text in parts of at most `longest` characters, cut at a sentence's end or else between words.

    A figure with spaces in it ("CHF 120 000") stays whole. Only a word that is longer than a part has to be cut.
    """
    shown = visible(text)
    if len(shown) <= longest:
        return [shown] if shown else []
    parts: list[str] = []
    line = ""
    for word in words_of(shown):
        joined = f"{line} {word}" if line else word
        if len(joined) <= longest:
            line = joined
            continue
        if line:
            kept, line = _at_sentence(line)
            parts.append(kept)
        line = f"{line} {word}" if line else word
        while len(line) > longest:
            parts.append(line[:longest])
            line = line[longest:]
    return [*parts, line] if line else parts


def _at_sentence(line: str) -> tuple[str, str]:
    """The line up to its last sentence's end, if that lies in its second half, and the rest."""
    end = max(line.rfind(mark) for mark in (". ", "! ", "? "))
    return (line[: end + 1], line[end + 2 :]) if end > len(line) // 2 else (line, "")


def words_of(text: str) -> Iterable[str]:
    """The words of a visible text; an amount with its currency or with spaces between its digits counts as one."""
    pieces, word = text.split(" "), ""
    for piece, after in zip(pieces, [*pieces[1:], ""], strict=True):
        if word and len(word) < _LONGEST_FIGURE and _goes_on(word.rpartition(" ")[2], piece, after):
            word = f"{word} {piece}"
            continue
        if word:
            yield word
        word = piece
    if word:
        yield word


def _goes_on(word: str, following: str, after: str) -> bool:
    """Whether a piece belongs to the one before it; `after` is the next but one."""
    if _CURRENCY.fullmatch(word):
        return following[:1].isdigit()
    if word[-1:].isdigit() and _UNIT.fullmatch(following):
        return not after[:1].isdigit()  # else it is the next figure's: "of 12 CHF 120 000"
    return bool(_THOUSANDS.search(word) and _HUNDREDS.match(following))


def shortened(text: str, longest: int) -> str:
    """A plain label of at most `longest` characters, cut between words with "…"; figures stay whole.

    Only a first word that is longer than the label has to be cut itself.
    """
    shown = visible(text)
    if len(shown) <= longest:
        return shown
    kept = ""
    for word in words_of(shown):
        joined = f"{kept} {word}" if kept else word
        if len(joined) >= longest:
            break
        kept = joined
    return f"{(kept or shown[: longest - 1]).rstrip(' ,;:')}…"


def fitting(lines: Sequence[str], longest: int) -> str:
    """As many whole lines (of markdown) as fit into `longest` characters, and "…" where some are left out."""
    kept: list[str] = []
    room = longest - len("\n…")
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            return "\n".join([*kept, "…"])
        kept.append(line)
    return "\n".join(kept)


def gathered(lines: Sequence[str], longest: int) -> list[str]:
    """Lines joined by line breaks into parts of at most `longest` characters (no line is longer than that)."""
    parts: list[str] = []
    for line in lines:
        if parts and len(parts[-1]) + 1 + len(line) <= longest:
            parts[-1] = f"{parts[-1]}\n{line}"
        else:
            parts.append(line)
    return parts
