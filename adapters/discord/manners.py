"""Manners: nobody asks faster than the community likes, and accepted work is finished before the bot leaves."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

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


class Turn:
    """A question's place among those that wait. `announced`: Discord was told that its answer will come."""

    def __init__(self) -> None:
        self.announced = False
        self.called: asyncio.Future[None] | None = None


class Turns:
    """Who is worked on next where more is asked than can be answered at once.

    The newest question that Discord knows nothing of yet comes first: it has three seconds, and each of those that are
    announced has fifteen minutes. First come, first served would make every one late as soon as there is a queue. Every
    fourth turn is for the one that has been announced longest, so that none waits for ever.
    """

    def __init__(self, most: int) -> None:
        self._free, self._given = most, 0
        self._waiting: deque[Turn] = deque()
        self._announced: deque[Turn] = deque()

    @asynccontextmanager
    async def take(self, turn: Turn) -> AsyncIterator[None]:
        """Wait for the turn, and hold it."""
        if self._free:
            self._free -= 1
        else:
            turn.called = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            try:
                await turn.called
            except asyncio.CancelledError:
                if not turn.called.cancelled():
                    self._next()  # called and cancelled at the same time: the turn is another's
                raise
        try:
            yield
        finally:
            self._next()

    def _next(self) -> None:
        """Call the next; nobody waits: the place is free."""
        self._given += 1
        while (turn := self._chosen()) is not None:
            if turn.called is not None and not turn.called.done():
                turn.called.set_result(None)
                return
        self._free += 1

    def _chosen(self) -> Turn | None:
        while self._waiting and self._waiting[0].announced:
            self._announced.append(self._waiting.popleft())
        if self._announced and (not self._waiting or self._given % 4 == 0):
            return self._announced.popleft()
        return self._waiting.pop() if self._waiting else None


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
