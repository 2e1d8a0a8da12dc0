"""Block Kit's dictionaries, made in one place. Pure; the caller sees to the limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from adapters.slack.limits import ALT_TEXT, BUTTON_TEXT, OPTION_TEXT
from adapters.slack.text import short
from adapters.text import visible

Json = dict[str, Any]


def plain_text(text: str) -> Json:
    """A text object that is shown letter for letter; Slack refuses empty ones."""
    return {"type": "plain_text", "text": text or "–", "emoji": False}


def mrkdwn_text(text: str) -> Json:
    """A text object of `mrkdwn` that is already escaped; `verbatim` keeps Slack from finding links in it."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(text: Json, accessory: Json | None = None) -> Json:
    """A section, with an element beside it."""
    return {"type": "section", "text": text} | ({"accessory": accessory} if accessory else {})


def header(text: str) -> Json:
    """A title."""
    return {"type": "header", "text": plain_text(text)}


def context(elements: Sequence[Json]) -> Json:
    """Small print."""
    return {"type": "context", "elements": list(elements)}


def image(file: str, alt: str) -> Json:
    """A picture that was uploaded to Slack, by its id; `alt` is what screen readers say."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": short(visible(alt), ALT_TEXT) or "–"}


def actions(elements: Sequence[Json], block_id: str = "") -> Json:
    """A row of buttons, selects and menus."""
    return {"type": "actions", "elements": list(elements)} | ({"block_id": block_id} if block_id else {})


def button(label: str, action_id: str, value: str = "", style: str = "", confirm: Json | None = None) -> Json:
    """A button; its value carries all that pressing it needs, so it works tomorrow and after a restart."""
    made: Json = {"type": "button", "text": plain_text(short(visible(label), BUTTON_TEXT)), "action_id": action_id}
    if value:
        made["value"] = value
    if style:
        made["style"] = style
    if confirm:
        made["confirm"] = confirm
    return made


def option(label: str, value: str) -> Json:
    """A choice of a select or menu."""
    return {"text": plain_text(short(visible(label), OPTION_TEXT)), "value": value}


def rich(elements: Sequence[Json]) -> Json:
    """A block of rich text, which Slack shows letter for letter."""
    return {"type": "rich_text", "elements": list(elements)}


def rich_section(spans: Iterable[Json]) -> Json:
    """A paragraph of rich text, or a list's item."""
    return {"type": "rich_text_section", "elements": list(spans)}


def span(text: str, *, bold: bool = False, italic: bool = False) -> Json:
    """Some words of rich text."""
    style = {name: True for name, wanted in (("bold", bold), ("italic", italic)) if wanted}
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def rich_link(url: str, text: str) -> Json:
    """A link in rich text."""
    return {"type": "link", "url": url, "text": text, "style": {"bold": True}}


def preformatted(lines: Sequence[str]) -> Json:
    """Lines in a fixed-width font."""
    return rich([{"type": "rich_text_preformatted", "elements": [span("\n".join(lines) or "–")]}])


def strings(value: object) -> int:
    """Characters of all strings in it that people see or that Slack counts; the names of types don't count."""
    count = 0
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            count += len(one)
        elif isinstance(one, dict):
            left += [inner for key, inner in one.items() if key != "type"]
        elif isinstance(one, list | tuple):
            left += one
    return count
