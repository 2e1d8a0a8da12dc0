"""Untrusted strings made harmless for Slack, and long ones split between words.

Three kinds of text need three treatments. `plain_text` and rich text show what they are given, letter for letter.
`mrkdwn` reads `<…>` as mentions and links and `* _ ~` and backticks as formatting: `mrkdwn` here takes all that away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from adapters.slack.limits import LINK
from adapters.text import visible, web_address

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LOOKALIKES = str.maketrans({"*": "∗", "_": "\uff3f", "~": "∼", "`": "ˋ"})
"""Slack has no escape for its formatting characters; these look like them and do nothing."""
_SHORTCODE = re.compile(r":(?=[a-z0-9_+'\-]+:)", re.IGNORECASE)
_QUIET_COLON = "\ua789"
_UNSPACED = re.compile(r"[\x21-\x7e]+|.", re.DOTALL)


def mrkdwn(text: str) -> str:
    """An untrusted string as `mrkdwn` that mentions nobody, links nowhere and formats nothing, on one line."""
    quiet = _SHORTCODE.sub(_QUIET_COLON, visible(text))
    return quiet.translate(_LOOKALIKES).translate(_ESCAPES)


def address(url: str) -> str:
    """An address that may stand in a link, "" for any that Slack wouldn't take."""
    safe = quote(web_address(url), safe=":/?#[]@!$&'()+,;=%~-._")
    return safe if len(safe) <= LINK else ""


def link(url: str, label: str) -> str:
    """A `mrkdwn` link; only its label where the address can't be linked."""
    target, shown = address(url), mrkdwn(label)
    if not target:
        return shown
    return f"<{target.replace('&', '&amp;')}|{shown}>" if shown else ""


def pieces(text: str, limit: int) -> list[str]:
    """A text in pieces of at most `limit` characters, split between words; never inside a word, a number or an address.

    Scripts without spaces are split between their characters. A run of Latin letters and figures that is longer than
    `limit` is no word: an ellipsis stands in its place.
    """
    found: list[str] = []
    line = ""
    for word in text.split(" "):
        between = " "
        for token in [word] if len(word) <= limit else _UNSPACED.findall(word):
            kept = token if len(token) <= limit else "…"
            joined = f"{line}{between}{kept}" if line else kept
            if len(joined) > limit:
                found.append(line)
                joined = kept
            line, between = joined, ""
    return [*found, line] if line else found


def short(text: str, limit: int) -> str:
    """The text, or as many whole words of it as fit with an ellipsis."""
    if len(text) <= limit:
        return text
    first = next(iter(pieces(text, limit - 2)), "")
    return f"{first} …" if first and first != "…" else "…"


def escaped_lines(lines: Iterable[str], limit: int) -> str:
    """Untrusted lines as the top-level text of a message: escaped, whole lines first, at most `limit` characters."""
    text = "\n".join(line for line in (mrkdwn(line) for line in lines) if line)
    if len(text) <= limit:
        return text
    kept: list[str] = []
    for line in text.split("\n"):
        room = limit - sum(len(one) + 1 for one in kept)
        if len(line) <= room:
            kept.append(line)
            continue
        kept.append(short(line, room) if room > 40 else "…")
        break
    return "\n".join(kept)[:limit]
