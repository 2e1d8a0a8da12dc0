"""Manners: nobody asks faster than the community likes, and accepted work is finished before the bot leaves."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

CHANNEL_QUESTIONS, CHANNEL_SECONDS = 30, 10.0
"""So many questions are answered in one channel in so many seconds, whoever asks."""
_MOST_KEPT = 20_000


class Cooldowns:
    """When each person and channel last asked. Bounded; forgets the oldest."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._people: OrderedDict[str, float] = OrderedDict()
        self._channels: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, person: str, channel: str, seconds: float) -> float:
        """Seconds that the person has to wait, 0.0 for none: then the question is counted."""
        now = self._clock()
        if seconds <= 0:
            return 0.0
        since = now - self._people.get(person, float("-inf"))
        if since < seconds:
            return seconds - since
        asked = self._channels.setdefault(channel, deque())
        while asked and now - asked[0] >= CHANNEL_SECONDS:
            asked.popleft()
        if len(asked) >= CHANNEL_QUESTIONS:
            return CHANNEL_SECONDS - (now - asked[0])
        asked.append(now)
        self._channels.move_to_end(channel)
        self._people[person] = now
        self._people.move_to_end(person)
        for kept in (self._people, self._channels):
            while len(kept) > _MOST_KEPT:
                kept.popitem(last=False)
        return 0.0


class Work:
    """What is being answered now."""

    def __init__(self) -> None:
        self.accepting = True
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def running(self) -> int:
        """How many answers are under way."""
        return self._running

    @contextmanager
    def one(self) -> Iterator[None]:
        """Counts one answer while it is worked on."""
        self._running += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._running -= 1
            if not self._running:
                self._idle.set()

    async def finish(self, within: float) -> bool:
        """Accept nothing more and wait for what was accepted; False if it took longer than `within` seconds."""
        self.accepting = False
        try:
            await asyncio.wait_for(self._idle.wait(), within)
        except TimeoutError:
            return False
        return True
