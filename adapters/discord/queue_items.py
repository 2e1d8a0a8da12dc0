"""What can be pressed in the curators' queue. Each hands the press to the client's `Curators`, by its `custom_id`."""

from __future__ import annotations

import re
from typing import Any, Self, cast

from discord import Interaction, ui

Press = Interaction[Any]
MARK = "1cm:"
"""How the `custom_id` of the modal begins."""


class _Item(ui.DynamicItem[ui.Item[Any]], template=r"(?!)"):
    def __init__(self, item: ui.Item[Any], groups: dict[str, str]) -> None:
        super().__init__(item)
        self.groups = groups

    @classmethod
    async def from_custom_id(cls, _press: Press, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """The item again from a press."""
        return cls(item, match.groupdict())


class Propose(_Item, template=r"1cp:(?P<miss>\d{1,18})"):
    """What may be done with a group."""

    async def callback(self, press: Press) -> None:
        """Show what it would change."""
        picked = cast("ui.Select[Any]", self.item).values
        if picked:
            await press.client.curators.propose(press, int(self.groups["miss"]), picked[0])


class Keep(_Item, template=re.compile(r"1ck:(?P<miss>\d{1,18}):(?P<packed>[=~].*)", re.DOTALL)):
    """Keeps a decision."""

    async def callback(self, press: Press) -> None:
        """Keep it."""
        await press.client.curators.keep(press, int(self.groups["miss"]), self.groups["packed"])


class Show(_Item, template=r"1cn:(?P<at>\d{1,5})"):
    """To another group of the queue."""

    async def callback(self, press: Press) -> None:
        """Show it."""
        await press.client.curators.queue(press, int(self.groups["at"]))


class Words(_Item, template=r"1co:(?P<miss>\d{1,18})"):
    """Opens the modal."""

    async def callback(self, press: Press) -> None:
        """Open it."""
        await press.client.curators.ask_words(press, int(self.groups["miss"]))


class Undo(_Item, template=r"1cu:(?P<idents>\d{1,18}(?:,\d{1,18}){0,4})"):
    """Takes decisions back."""

    async def callback(self, press: Press) -> None:
        """Take them back."""
        await press.client.curators.undo(press, [int(one) for one in self.groups["idents"].split(",")])


CURATOR_ITEMS = (Propose, Keep, Show, Words, Undo)
"""Everything of the queue that can be pressed."""


class InWords(ui.Modal):
    """Asks for a name, a career and an intent; handled by `custom_id`, so that it may come after a restart."""

    def __init__(self, miss: int, name: str) -> None:
        super().__init__(title="What does it mean?", custom_id=f"{MARK}{miss}", timeout=900)
        for custom_id, label, help_line, value in (
            ("name", "A name that wasn’t known", "Not needed where you give an intent", name),
            ("careers", "The career", "Its title; several with commas", ""),
            ("intent", "What is asked of it", "salary, path, courses … leave it empty if it is only a name", ""),
        ):
            box: ui.TextInput[Any] = ui.TextInput(
                custom_id=custom_id, required=custom_id == "careers", max_length=200, default=value or None
            )
            self.add_item(ui.Label(text=label, description=help_line, component=box))


def fields_of(modal: Press) -> dict[str, str]:
    """What was typed into a modal's fields, by their `custom_id`."""
    data = cast("dict[str, Any]", modal.data or {})
    rows = data.get("components", [])
    found = [child for row in rows for child in (row.get("component"), *row.get("components", [])) if child]
    return {str(one.get("custom_id")): str(one.get("value") or "") for one in found}
