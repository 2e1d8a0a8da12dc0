"""Fixed-width text: bars, and columns that line up whatever the script. Pure."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

WIDEST = 76
"""Columns of fixed-width text that a Slack window on a laptop shows without wrapping."""
BAR_CELLS = 12
_BAR, _GAUGE = "▇", 6


def bar(share: float) -> str:
    """A bar for a share of 0 to 1; hollow for a negative one."""
    if not math.isfinite(share):
        return ""
    length = round(min(1.0, abs(share)) * BAR_CELLS)
    return (_BAR if share > 0 else "░") * (length or (1 if share else 0))


def gauge(share: float) -> str:
    """A share of 0 to 1 as a small bar for running text, always as long."""
    if not math.isfinite(share):
        return ""
    filled = round(min(1.0, max(0.0, share)) * _GAUGE)
    return "▰" * filled + "▱" * (_GAUGE - filled)


def width(text: str) -> int:
    """Columns that a text takes in a fixed-width font."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )  # fmt: skip


def aligned(text: str, columns: int, *, right: bool = False) -> str:
    """A text filled up with spaces to so many columns."""
    gap = " " * max(0, columns - width(text))
    return gap + text if right else text + gap


def grouped(lines: Sequence[str], limit: int) -> list[list[str]]:
    """Lines in groups of at most `limit` characters with their line breaks; no line is longer than that."""
    groups: list[list[str]] = []
    used = 0
    for line in lines:
        if not groups or used + len(line) + 1 > limit:
            groups.append([])
            used = 0
        groups[-1].append(line)
        used += len(line) + 1
    return groups
