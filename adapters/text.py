"""Text for people: untrusted strings made plain, and a whole reply as plain text without any markup."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import assert_never

from bot.core import Handled
from bot.reply import (
    Block,
    Bullet,
    Bullets,
    Chart,
    Disclosure,
    Facts,
    Heading,
    Link,
    Links,
    Note,
    Paragraph,
    Reply,
    SourceLine,
    Sources,
    Table,
)

_LOOKALIKES = {
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-", "−": "-", "…": "...",
    "•": "*", "·": "-", "→": "->", "›": ">", "▇": "#", "━": "=", "─": "-", "⟨": "<", "⟩": ">", "×": "x",
    "£": "GBP ", "€": "EUR ", "¥": "JPY ", "₹": "INR ",
    "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d",
}  # fmt: skip
"""What stands for a character that an old terminal's encoding lacks."""


_GAPS = dict.fromkeys(("Cc", "Zl", "Zp", "Zs"), " ")
"""Categories of unprintable characters that part words."""


def visible(text: str) -> str:
    """One line of a string that somebody else wrote: control, bidi and other invisible characters gone, spaces folded.

    Letters of any script stay, right-to-left ones too; what goes is what would move, hide or colour other text.
    """
    if not text.isprintable():
        text = "".join(c if c.isprintable() else _GAPS.get(unicodedata.category(c), "") for c in text)
    return " ".join(text.split())


def for_encoding(text: str, encoding: str) -> str:
    """The text with look-alikes for the characters that an encoding lacks, "?" where there is none."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_nearest(character, encoding) for character in text)
    return text


def _nearest(character: str, encoding: str) -> str:
    stripped = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    for candidate in (character, _LOOKALIKES.get(character, stripped)):
        try:
            candidate.encode(encoding)
        except UnicodeEncodeError:
            continue
        return candidate
    return "?"


def labelled(lead: str, text: str) -> str:
    """A bullet's lead and its text in one string: "Lead: text"."""
    if not lead or not text:
        return lead or text
    return f"{lead} {text}" if lead[-1] in ".:?!" else f"{lead}: {text}"


def web_address(url: str) -> str:
    """An address that is safe to print and to link, "" for anything but http and https."""
    address = "".join(character for character in url if character.isprintable() and character != " ")
    return address if address.lower().startswith(("http://", "https://")) else ""


def source_text(source: SourceLine) -> str:
    """A source as one line: title, publisher, date (the date not twice where the title holds it)."""
    parts = [source.title, source.publisher if source.publisher != source.title else ""]
    if source.as_of not in source.title:
        parts.append(source.as_of)
    return ", ".join(part for part in map(visible, parts) if part)


def shared(handled: Handled) -> str:
    """The answers of a message as one compact quotable message, each summary on its own line."""
    lines = [visible(line) for answer in handled.answers for line in answer.reply.summary.splitlines()]
    return "\n".join(line for line in lines if line)


def plain(reply: Reply) -> str:
    """A reply without markup, one block a paragraph."""
    return "\n\n".join(text for block in reply.blocks if (text := "\n".join(_lines(block))))


def _lines(block: Block) -> Iterable[str]:
    match block:
        case Heading() | Paragraph() | Note() | Disclosure():
            return [visible(block.text)]
        case Facts():
            return [f"{visible(fact.label)}: {visible(fact.value)}" for fact in block.items]
        case Bullets():
            return [_bullet(number, item, block.ordered) for number, item in enumerate(block.items, 1)]
        case Table():
            return _table(block)
        case Chart():
            return [visible(block.title), *(f"{visible(p.label)}: {visible(p.shown)}" for p in block.points)]
        case Links():
            return [_link(item) for item in block.items]
        case Sources():
            return [f"{visible(block.label)}: {source_text(item)}{_bracketed(item.url)}" for item in block.items]
        case _:
            assert_never(block)


def _bullet(number: int, item: Bullet, ordered: bool) -> str:
    return f"{f'{number}.' if ordered else '•'} {labelled(visible(item.lead), visible(item.text))}"


def _table(table: Table) -> list[str]:
    rows: list[Sequence[str]] = [table.columns, *table.rows]
    return [" · ".join(cell for cell in map(visible, row) if cell) for row in rows]


def _link(link: Link) -> str:
    about = ", ".join(part for part in (visible(link.detail), visible(link.reason)) if part)
    return f"• {visible(link.title)}{f' ({about})' if about else ''}{_bracketed(link.url, ': ')}"


def _bracketed(url: str, before: str = "") -> str:
    address = web_address(url)
    if not address:
        return ""
    return f"{before}{address}" if before else f" ({address})"
