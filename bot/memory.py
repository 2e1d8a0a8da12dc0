"""What conversations are about now: bounded, expiring, per person and thread.

In memory; a community database can stand in its place (same two methods).
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from bot.context import Context
from bot.message import ConversationKey

EXPIRES_AFTER = 30 * 60.0
"""Seconds after which a conversation is forgotten: what "and in Berlin?" meant is nobody's guess by then."""
MOST_CONVERSATIONS = 10_000


class Memory(Protocol):
    """Where conversations are kept."""

    async def recall(self, key: ConversationKey) -> Context:
        """What the conversation is about; an empty context for a new or forgotten one."""

    async def remember(self, key: ConversationKey, context: Context) -> bool:
        """Keep it; False if that wasn't possible."""


class InMemory:
    """The most recent conversations of this process."""

    def __init__(
        self,
        *,
        most: int = MOST_CONVERSATIONS,
        expires: float = EXPIRES_AFTER,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._contexts: OrderedDict[ConversationKey, tuple[float, Context]] = OrderedDict()
        self._most, self._expires, self._clock = most, expires, clock

    async def recall(self, key: ConversationKey) -> Context:
        """What the conversation is about; an empty context for a new or forgotten one."""
        kept = self._contexts.get(key)
        if kept is None or self._clock() - kept[0] > self._expires:
            return Context()
        return kept[1]

    async def remember(self, key: ConversationKey, context: Context) -> bool:
        """Keep it, forgetting the oldest where there are too many."""
        self._contexts[key] = (self._clock(), context)
        self._contexts.move_to_end(key)
        while len(self._contexts) > self._most:
            self._contexts.popitem(last=False)
        return True
