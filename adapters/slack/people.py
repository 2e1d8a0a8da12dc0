"""What Slack knows of a person that the bot needs: their language, and whether they administer the workspace."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

log = logging.getLogger(__name__)

KEPT_FOR = 6 * 3600.0
"""Seconds after which a person's profile is asked for again."""
PATIENCE = 3.0
"""Seconds that an answer waits for somebody's profile; then it goes in the operator's language."""
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Profile:
    """Language as a BCP 47 tag, "" if unknown; whether the person administers the workspace."""

    locale: str = ""
    admin: bool = False


class People:
    """Profiles, kept for some hours; a failed look-up gives an empty one and isn't kept."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._known: OrderedDict[str, tuple[float, Profile]] = OrderedDict()
        self._clock = clock

    async def profile(self, client: AsyncWebClient, team: str, user: str) -> Profile:
        """The profile of a person; never raises."""
        key = f"{team}:{user}"
        kept = self._known.get(key)
        if kept is not None and self._clock() - kept[0] < KEPT_FOR:
            return kept[1]
        try:
            async with asyncio.timeout(PATIENCE):
                info = (await client.users_info(user=user, include_locale=True))["user"]
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.info("no profile of a person: %s", error)
            return Profile()
        admin = bool(info.get("is_admin") or info.get("is_owner"))
        profile = Profile(str(info.get("locale") or ""), admin)
        self._known[key] = (self._clock(), profile)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)
        return profile

    def forget(self, team: str) -> None:
        """Forget everybody of a workspace."""
        for key in [key for key in self._known if key.startswith(f"{team}:")]:
            del self._known[key]
