"""Text that somebody else wrote, made plain: no control, bidi or other invisible characters, white space folded."""

from __future__ import annotations

import html
import unicodedata


def plain_text(text: str) -> str:
    """The text without HTML entities and invisible characters; markup characters stay: renderers escape them."""
    unescaped = html.unescape(text)
    kept = (
        " " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character
        for character in unescaped
        if unicodedata.category(character) not in ("Cf", "Co", "Cs", "Cn") or character == "\u200d"
    )
    return " ".join("".join(kept).split())
