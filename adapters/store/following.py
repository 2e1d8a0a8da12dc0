"""Keeping a process's overlay up to date with the decisions in the database."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from adapters.store.community import SqlCommunity
from adapters.store.database import Unreachable
from adapters.store.opening import StoreError, address
from bot.community_overlay import Overlay

log = logging.getLogger(__name__)

EVERY = 2.0
"""Seconds between two looks: a decision is in force on all replicas within five."""


class Follower:
    """Looks whether the decisions have changed, and if so lays them over the understanding.

    While the database can't be reached the last known decisions stay in force.
    """

    def __init__(self, community: SqlCommunity, overlay: Overlay) -> None:
        self._community, self._overlay = community, overlay
        self._seen = -1

    async def refresh(self) -> bool:
        """Look once; True if something has changed."""
        revision = await self._community.revision()
        if revision in (-1, self._seen):
            return False
        with suppress(Unreachable):
            self._overlay.replace(await self._community.decisions.read())
            self._seen = revision
            return True
        return False


@asynccontextmanager
async def decided(database_url: str | None, data: Path) -> AsyncIterator[Overlay]:
    """The decisions in force, followed as long as the block lasts, for a command that asks and keeps nothing.

    The database is only read. One that can't be, for whatever reason, has no decisions: the question is answered.
    """
    overlay = Overlay()
    try:
        community = SqlCommunity(address(database_url, data))
    except StoreError as error:
        log.warning("no curators' decisions: %s", error)
        yield overlay
        return
    try:
        async with following(community, overlay):
            yield overlay
    finally:
        await community.close()


@asynccontextmanager
async def following(community: SqlCommunity, overlay: Overlay, every: float = EVERY) -> AsyncIterator[Follower]:
    """Follow the decisions as long as the block lasts."""
    follower = Follower(community, overlay)
    await follower.refresh()

    async def look() -> None:
        while True:
            await asyncio.sleep(every)
            await follower.refresh()

    task = asyncio.create_task(look())
    try:
        yield follower
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
