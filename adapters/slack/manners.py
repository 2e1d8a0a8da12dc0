"""Once each: redeliveries, retries and people in a hurry."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.community import Community, EventState

log = logging.getLogger(__name__)

LEASE = 60.0
"""Seconds after which an attempt that hasn't finished counts as dead."""
AT_ONCE = 4
"""Questions that are worked on at the same time: enough to keep Slack busy, few enough to keep acks quick."""
_MOST_PEOPLE = 50_000

Sleep = Callable[[float], Awaitable[None]]


class Work:
    """Everything behind the acks: tasks that are kept alive, bounded, and waited for at the end."""

    def __init__(self, community: Community, *, sleep: Sleep = asyncio.sleep, lease: float = LEASE) -> None:
        self._community, self.sleep, self._lease = community, sleep, lease
        self._room = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting: set[asyncio.Task[None]] = set()

    def start(self, event: str, answer: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Answer an event behind the ack, once in all of its deliveries.

        Args:
            event: What all deliveries of it share.
            answer: Does it; if it raises, the event isn't finished, and a redelivery is answered.
        """
        task = asyncio.create_task(self._once(event, answer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _once(self, event: str, answer: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            if await self._attempt(event, answer) == "running":
                # Another attempt works on it, here or on another replica. If it dies, this one answers.
                await self._patience()
                await self._attempt(event, answer)
        except Exception:
            # Nothing of the person's words goes into the log.
            log.exception("answering an event failed")

    async def _attempt(self, event: str, answer: Callable[[], Coroutine[Any, Any, None]]) -> EventState:
        """Claim the event when its turn has come, so that waiting in the queue takes nothing off the claim's time."""
        async with self._room:
            state = await self._community.begin(event, lease=self._lease)
            if state == "new":
                await answer()
                await self._community.finish(event)
            return state

    async def _patience(self) -> None:
        """Wait until the other attempt's claim is over; the end of the process doesn't wait for this."""
        task = asyncio.current_task()
        if task is not None:
            self._tasks.discard(task)
            self._waiting.add(task)
        try:
            await self.sleep(self._lease + 1)
        finally:
            if task is not None:
                self._waiting.discard(task)
                self._tasks.add(task)

    async def idle(self) -> None:
        """Wait until nothing is under way, except what only waits for another attempt to die."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        """Finish what is under way; let go of what only waits."""
        for task in list(self._waiting):
            task.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)
        await self.idle()


class Cooldown:
    """Seconds that a person must wait before the next question; in this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: OrderedDict[str, float] = OrderedDict()

    def wait(self, person: str, pause: float) -> float:
        """Seconds left to wait; 0 if the question may be asked now, which then counts as asked."""
        now = self._clock()
        last = self._last.get(person)
        if pause > 0 and last is not None and now - last < pause:
            return pause - (now - last)
        self._last[person] = now
        self._last.move_to_end(person)
        while len(self._last) > _MOST_PEOPLE:
            self._last.popitem(last=False)
        return 0.0
