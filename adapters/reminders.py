"""When weekly reminders are sent, the same on every platform: what is due is claimed, and each sent by one process."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable

from bot.community_members import Nudge
from bot.community_whole import WholeCommunity

log = logging.getLogger(__name__)

EVERY = 300.0
"""Seconds between two looks for reminders that are due."""
AT_ONCE = 50
"""Reminders that one look claims; what is left is claimed by the next look, here or in another process."""
LATER = 3_600.0
"""Seconds until a reminder that the platform didn't take is tried again."""


class Reminders(ABC):
    """Sends the reminders of a platform that are due, from time to time.

    A reminder is claimed in the database before it is sent, so no other process sends it. One that surely wasn't sent
    is claimed again later (`put_off`); one that may have been sent isn't: a second would be worse than none.

    Args:
        platform: Whose members are reminded ("discord").
        community: Where reminders are kept.
        sleep: Waits between two looks.
    """

    def __init__(
        self, platform: str, community: WholeCommunity, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._platform, self._community, self._sleep = platform, community, sleep

    async def run(self) -> None:
        """Look from time to time, until cancelled."""
        while True:
            await self._sleep(EVERY)
            try:
                while await self.look() == AT_ONCE:
                    pass
            except Exception:
                log.exception("sending reminders failed; the next look goes on")

    async def look(self) -> int:
        """Send what is due now; how many were claimed."""
        due = await self._community.due_nudges(self._platform, limit=AT_ONCE)
        for nudge in due:
            await self.send(nudge)
        return len(due)

    @abstractmethod
    async def send(self, nudge: Nudge) -> None:
        """Send a reminder that is claimed; what the platform says against it is settled here, and never raised."""

    async def put_off(self, nudge: Nudge) -> None:
        """A reminder that wasn't sent is due again in an hour."""
        await self._community.nudge_later(nudge.person, LATER)

    async def turn_off(self, nudge: Nudge) -> None:
        """Somebody can't be written to: they are reminded of nothing until they want it again."""
        await self._community.nudge(nudge.person, wanted=False)
