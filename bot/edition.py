"""One version of the knowledge with all that was made from it, so that a running bot can change to the next as a whole.

A message is answered by one edition from its first word to its last. An edition that has been replaced lets go of its
files when the last message that uses it has been answered.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.completion import Completion
from bot.context import Context
from bot.desk import Desk
from bot.query import Query
from bot.understand import Understanding
from knowledge.models import Career


class Edition:
    """The knowledge, the understanding and the completion that belong to each other."""

    def __init__(self, understanding: Understanding, desk: Desk, completion: Completion) -> None:
        self.understanding, self.desk, self.completion = understanding, desk, completion
        self._users = 0
        self._retired = self._closed = False

    @property
    def version(self) -> str:
        """The knowledge's version."""
        return self.desk.knowledge.version

    @asynccontextmanager
    async def used(self) -> AsyncIterator[Edition]:
        """Keep it open as long as the block lasts."""
        self._users += 1
        try:
            yield self
        finally:
            self._users -= 1
            await self._close_if_done()

    async def retire(self) -> None:
        """Close it: at once, or after the last message in flight."""
        self._retired = True
        await self._close_if_done()

    async def _close_if_done(self) -> None:
        if self._retired and not self._users and not self._closed:
            self._closed = True
            self.understanding.directory.close()
            await self.desk.knowledge.close()

    def renewed(self, context: Context) -> Context:
        """A conversation as this edition knows it: careers and places by today's facts, without those that are gone."""
        if context.query is None:
            return context
        query = context.query
        slots = {
            "careers": self._known(query, "careers"),
            "places": self._known(query, "places"),
            "excluded_places": self._known(query, "excluded_places"),
            "discussed": self._known(query, "discussed"),
            "discussed_places": self._known(query, "discussed_places"),
        }
        if query.careers and not slots["careers"]:
            return Context(language=context.language)
        if all(slots[name] == getattr(query, name) for name in slots):
            return context
        return Context(query.model_copy(update=slots), context.choices, context.asked_back, context.language)

    def _known(self, query: Query, slot: str) -> tuple[object, ...]:
        directory = self.understanding.directory
        kept: list[object] = []
        for value in getattr(query, slot):
            try:
                kept.append(directory.career(value.slug) if isinstance(value, Career) else directory.place(value.id))
            except LookupError:
                continue
        return tuple(kept)
