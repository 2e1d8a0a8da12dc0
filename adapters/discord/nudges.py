"""The weekly reminder by direct message: how it is sent on Discord, and ended by a button or a word."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, Self

import aiohttp
from discord import ButtonStyle, Forbidden, HTTPException, Interaction, NotFound, Object, ui
from discord.abc import Messageable, Snowflake

from adapters.discord.inbound import PLATFORM
from adapters.discord.layout import finished, layout, notice
from adapters.discord.localised import Spoken
from adapters.discord.render import Controls, cards
from adapters.reminders import Reminders
from bot.community_members import Nudge
from bot.community_plans import reminder, stopped
from bot.community_whole import WholeCommunity
from bot.core import CareerBot
from bot.reply import Reply

log = logging.getLogger(__name__)


class Writes(Protocol):
    """What can open a direct message: discord.py's client."""

    async def create_dm(self, user: Snowflake) -> Any:
        """The channel of direct messages with somebody."""


class Nudger(Reminders):
    """Sends the reminders that are due on Discord."""

    def __init__(
        self, client: Writes, community: WholeCommunity, bot: CareerBot, *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:  # fmt: skip
        super().__init__(PLATFORM, community, sleep=sleep)
        self._client, self._bot = client, bot

    async def send(self, nudge: Nudge) -> None:
        """As a direct message."""
        number = nudge.person.rpartition(":")[2]
        try:
            channel: Messageable = await self._client.create_dm(Object(int(number)))
            async with self._bot.using() as edition:
                told = await reminder(edition.desk.knowledge, nudge.plans)
            await channel.send(view=_layout(told, int(number)))
        except (Forbidden, NotFound):
            # Direct messages are closed, or the account is gone: trying again would do no good.
            await self.turn_off(nudge)
            log.info("a reminder can't be delivered (direct messages are closed); it was turned off")
        except (HTTPException, aiohttp.ClientConnectorError) as error:
            # Discord said no, or was never reached: nothing was sent.
            await self.put_off(nudge)
            log.warning("a reminder couldn't be sent (%s); it is tried again in an hour", type(error).__name__)
        except (aiohttp.ClientError, OSError, RuntimeError) as error:
            # It may have been sent: a second one would be worse than none.
            log.warning("whether a reminder was sent isn't known (%s); the next one comes in a week", error)


class Reminding(ui.DynamicItem[ui.Button[Any]], template=r"1r(?P<what>[on])"):
    """Turns the weekly reminder of whoever presses on ("n") or off ("o")."""

    def __init__(self, button: ui.Button[Any], *, wanted: bool) -> None:
        super().__init__(button)
        self._wanted = wanted

    @classmethod
    async def from_custom_id(cls, _press: Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """The button again from a press."""
        return cls(item, wanted=match["what"] == "n")  # type: ignore[arg-type]

    @classmethod
    def build(cls, *, on: bool, label: str) -> Self:
        """The button that turns it off where it is on, and on where it is off."""
        custom_id = "1ro" if on else "1rn"
        return cls(ui.Button(label=label, custom_id=custom_id, style=ButtonStyle.secondary), wanted=not on)

    async def callback(self, press: Interaction[Any]) -> None:
        """Turn it."""
        await press.client.plans.remind(press, wanted=self._wanted)


def stop_reply(words: Spoken, *, kept: bool) -> ui.LayoutView:
    """The answer to somebody who ended their reminders."""
    return notice(words(stopped(kept=kept).summary))


def _layout(told: Reply, owner: int) -> ui.LayoutView:
    view = layout(cards([told], Controls(owner=owner))[0])
    view.add_item(ui.ActionRow(Reminding.build(on=True, label="Stop reminders")))
    return finished(view)
