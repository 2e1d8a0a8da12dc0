"""A community that took the bot away: everything of it is deleted, also where the database is away just then."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.community import Community

log = logging.getLogger(__name__)

AGAIN_AFTER = 60.0
"""Seconds until a deletion that couldn't be done is tried again."""


async def forget_community(
    community: Community, name: str, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> int:
    """Delete everything of a community, trying again for as long as the database can't be used; how many records.

    Where the process ends before that, the operator is told by the log what is still to be deleted.
    """
    told = False
    while (count := await community.delete_community(name)) < 0:
        if not told:
            log.error("nothing of %s could be deleted yet; it is tried again every %g s", name, AGAIN_AFTER)
            told = True
        await sleep(AGAIN_AFTER)
    log.info("%s took the bot away: %s records deleted", name, count)
    return count
