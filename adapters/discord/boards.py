"""A board: lines of text with rows of buttons and menus under them, shown anew or in place of the one pressed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discord import Interaction, ui

from adapters.discord.delivery import say
from adapters.discord.layout import SMALL_ACCENT, finished
from adapters.discord.markup import fitting

Press = Interaction[Any]
_CHARACTERS = 3_900
"""Characters of a board's text: Discord takes 4,000 in a message."""


def board(lines: Sequence[str], rows: Sequence[ui.ActionRow[Any]]) -> ui.LayoutView:
    """The lines in a container, the rows under it; nothing of it expires."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(ui.TextDisplay(fitting(lines, _CHARACTERS)), accent_colour=SMALL_ACCENT))
    for row in rows:
        view.add_item(row)
    return finished(view)


async def put(press: Press, view: ui.LayoutView, *, edit: bool) -> None:
    """Show a board in place of the pressed one where that can still be done, else to the person alone."""
    if edit and not press.response.is_done():
        await press.response.edit_message(view=view)
    else:
        await say(press, view)
