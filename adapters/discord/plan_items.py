"""What can be pressed on the boards of plans. Each hands the press to the client's `Plans`, by its `custom_id`."""

from __future__ import annotations

import re
from typing import Any, Self, cast

from discord import Interaction, ui

from adapters.discord.nudges import Reminding

Press = Interaction[Any]


class _Item(ui.DynamicItem[ui.Item[Any]], template=r"(?!)"):
    def __init__(self, item: ui.Item[Any], code: str) -> None:
        super().__init__(item)
        self.code = code

    @classmethod
    async def from_custom_id(cls, _press: Press, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """The item again from a press."""
        return cls(item, match["code"])

    @property
    def picked(self) -> list[str]:
        """What was picked in a menu."""
        return cast("ui.Select[Any]", self.item).values


class Keep(_Item, template=r"1b:(?P<code>[a-z0-9-]{1,90})"):
    """The button under an answer that saves something of its career."""

    @classmethod
    def build(cls, slug: str) -> Self:
        """The button."""
        return cls(ui.Button(label="Save …", custom_id=f"1b:{slug}"), slug)

    async def callback(self, press: Press) -> None:
        """Ask what is to be saved."""
        await press.client.plans.offer(press, self.code)


class KeepWhat(_Item, template=r"1e:(?P<code>[a-z0-9-]{1,90})"):
    """What of a career is to be saved."""

    async def callback(self, press: Press) -> None:
        """Save it."""
        await press.client.plans.keep(press, self.code, self.picked)


class Open(_Item, template=r"1f(?P<code>)"):
    """Which of the saved things to look at."""

    async def callback(self, press: Press) -> None:
        """Show it."""
        if self.picked:
            await press.client.plans.open(press, self.picked[0])


class Tick(_Item, template=r"1g:(?P<code>.+)"):
    """A plan's steps."""

    async def callback(self, press: Press) -> None:
        """Tick them off."""
        await press.client.plans.tick(press, self.code, self.picked)


class Drop(_Item, template=r"1h:(?P<code>.+)"):
    """Takes something off."""

    async def callback(self, press: Press) -> None:
        """Take it off."""
        await press.client.plans.drop(press, self.code)


class Back(_Item, template=r"1i(?P<code>)"):
    """Back to all that is saved."""

    async def callback(self, press: Press) -> None:
        """Go back."""
        await press.client.plans.back(press)


PLAN_ITEMS = (Keep, KeepWhat, Open, Tick, Drop, Back, Reminding)
"""Everything of plans that can be pressed."""
