"""A private answer posted for all to see: what stays of it, and its pictures once more."""

from __future__ import annotations

import io
import logging
from typing import Any

import aiohttp
from discord import DiscordException, File, Interaction, ui

from adapters.discord.layout import finished
from adapters.discord.limits import MOST_COMPONENTS, MOST_TEXT
from adapters.discord.localised import Spoken
from adapters.discord.markup import escaped, shortened

log = logging.getLogger(__name__)

_KEPT = ("1a:", "1s:")
"""Beginnings of the ids of what stays under a shared answer: the next questions."""


async def shared(press: Interaction[Any], words: Spoken) -> tuple[ui.LayoutView, list[File]]:
    """The pressed message as it is posted: without its private buttons, with who shared it, and its pictures.

    Pictures are uploaded again, since Discord keeps those of a private answer for a short time only. One that can't be
    had, or that may not be attached in the channel, stands there as its alternative text.
    """
    view = ui.LayoutView.from_message(press.message, timeout=None) if press.message else ui.LayoutView()
    for item in list(view.children):
        if isinstance(item, ui.ActionRow) and not _stays(item):
            view.remove_item(item)
    files: list[File] = []
    free = MOST_TEXT - sum(len(item.content) for item in view.walk_children() if isinstance(item, ui.TextDisplay)) - 100
    for container in [item for item in view.children if isinstance(item, ui.Container)]:
        parts = list(container.children)
        container.clear_items()
        for part in parts:
            kept = await _again(press, part, files, free) if isinstance(part, ui.MediaGallery) else part
            free -= len(kept.content) if kept is not part and isinstance(kept, ui.TextDisplay) else 0
            container.add_item(kept)
    if view.total_children_count < MOST_COMPONENTS:
        view.add_item(ui.TextDisplay(f"-# {words('Shared by')} <@{press.user.id}>"))
    return finished(view), files


async def _again(
    press: Interaction[Any], gallery: ui.MediaGallery[Any], files: list[File], free: int
) -> ui.Item[Any]:  # fmt: skip
    """The gallery with its pictures attached to the new message, or its text in at most `free` characters."""
    found: list[File] = []
    try:
        for item in gallery.items if press.app_permissions.attach_files else ():
            png = await press.client.http.get_from_cdn(item.media.url)
            name = f"chart-{len(files) + len(found)}.png"
            found.append(File(io.BytesIO(png), name, description=item.description))
    except (DiscordException, aiohttp.ClientError, OSError) as error:
        log.info("a picture can't be shared as one (%s): its text is", error)
        found = []
    if not found:
        text = " ".join(item.description or "…" for item in gallery.items)
        return ui.TextDisplay(escaped(shortened(text, max(1, free // 2))))  # escaping can double it
    for item, file in zip(gallery.items, found, strict=True):
        item.media = file
    files += found
    return gallery


def _stays(row: ui.ActionRow[Any]) -> bool:
    ids = [getattr(item, "custom_id", None) or "" for item in row.children]
    return all(name.startswith(_KEPT) for name in ids)
