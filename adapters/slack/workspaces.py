"""Whose token a request is answered with. Slack isn't asked on the way to an ack: it must come within 3 seconds."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError, SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.outbound import GONE
from bot.community import Community

log = logging.getLogger(__name__)

RENEWED_BEFORE = 120
"""Minutes before a token expires that it is renewed, behind the ack."""
TOO_LATE = 300.0
"""Seconds before it expires from which on a renewal is waited for."""
PATIENCE = 2.0
"""Seconds that anything may take before an ack; without an ack Slack delivers again."""
KEPT_FOR = 60.0
"""Seconds that an installation is known without looking it up; other replicas renew and delete, too."""
_MOST = 10_000

Key = tuple[str, str]


class SilentSlackError(Exception):
    """Slack can't say who the bot is. Bolt would ack a SlackApiError, and the event would be lost."""


class SingleWorkspace(AsyncAuthorize):
    """One workspace by its token, which is checked once."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._result: AuthorizeResult | None = None

    async def prepare(self, client: AsyncWebClient) -> None:
        """Ask Slack who the bot is; where it can't say now, the first request asks again."""
        if self._result is not None:
            return
        try:
            await self._ask(client)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.warning("Slack doesn’t say who the bot is (%s); asking again later", type(error).__name__)

    async def __call__(self, *, context: AsyncBoltContext, **_whose: str | None) -> AuthorizeResult | None:
        """Who the bot is there. Raises, so that Slack delivers again, where Slack can't be asked."""
        if self._result is None:
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._ask(context.client)
            except SlackApiError as error:
                if str(error.response.get("error")) not in GONE:
                    raise SilentSlackError(str(error.response.get("error"))) from error
                log.warning("Slack doesn’t take the bot token: %s", error.response["error"])
        return self._result

    async def _ask(self, client: AsyncWebClient) -> None:
        answer = await client.auth_test(token=self._token)
        self._result = AuthorizeResult.from_auth_test_response(auth_test_response=answer, bot_token=self._token)


class ManyWorkspaces(AsyncAuthorize):
    """Workspaces by what was stored when they installed the app; their tokens are renewed in time.

    Args:
        store: The installations.
        client: Renews tokens.
        community: Where replicas agree on which of them renews: a refresh token is good once.
        client_id, client_secret: The app's.
        clock: Seconds since 1970.
    """

    def __init__(
        self, store: AsyncInstallationStore, client: AsyncWebClient, community: Community, client_id: str,
        client_secret: str, clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._store, self._community, self._clock = store, community, clock
        self._rotator = AsyncTokenRotator(client_id=client_id, client_secret=client_secret, client=client)
        self._known: OrderedDict[Key, tuple[float, Bot | None]] = OrderedDict()
        self._renewing: dict[Key, asyncio.Task[None]] = {}

    async def __call__(
        self, *, context: AsyncBoltContext, enterprise_id: str | None = None, team_id: str | None = None,
        **_whose: str | None,
    ) -> AuthorizeResult | None:  # fmt: skip
        """The bot of a workspace; None where the app isn't installed."""
        for_all = bool(context.is_enterprise_install)
        key = (enterprise_id or "", "" if for_all else team_id or "")
        bot = await self._bot(key, enterprise_id, team_id, for_all=for_all)
        if bot is None:
            return None
        left = bot.bot_token_expires_at - self._clock() if bot.bot_token_expires_at else float("inf")
        if left < RENEWED_BEFORE * 60:
            renewing = self._renewing.get(key) or self._renew(key, bot)
            if left < TOO_LATE:
                await asyncio.wait({renewing}, timeout=PATIENCE)
                bot = self._known.get(key, (0.0, bot))[1] or bot
        return AuthorizeResult(
            enterprise_id=bot.enterprise_id, team_id=bot.team_id, bot_id=bot.bot_id, bot_user_id=bot.bot_user_id,
            bot_token=bot.bot_token, bot_scopes=bot.bot_scopes,
        )  # fmt: skip

    async def _bot(self, key: Key, enterprise: str | None, team: str | None, *, for_all: bool) -> Bot | None:
        at, known = self._known.get(key, (0.0, None))
        if known is not None and self._clock() - at < KEPT_FOR:
            return known
        try:
            async with asyncio.timeout(PATIENCE):
                found = await self._store.async_find_bot(
                    enterprise_id=enterprise, team_id=team, is_enterprise_install=for_all
                )
        except Exception:
            if known is None:
                raise  # not acked: Slack delivers again
            log.exception("installations can’t be read; the one known of before is used")
            return known
        self._keep(key, found)
        return found

    def _keep(self, key: Key, bot: Bot | None) -> None:
        self._known[key] = (self._clock(), bot)
        self._known.move_to_end(key)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)

    def _renew(self, key: Key, bot: Bot) -> asyncio.Task[None]:
        task = self._renewing[key] = asyncio.create_task(self._renewed(key, bot))
        task.add_done_callback(lambda _: self._renewing.pop(key, None))
        return task

    async def _renewed(self, key: Key, bot: Bot) -> None:
        """Renew a token, on one replica."""
        digest = hashlib.sha256(str(bot.bot_refresh_token).encode()).hexdigest()[:16]
        claim = f"slack:{key[1] or key[0]}:renewal:{digest}"
        try:
            if await self._community.begin(claim) != "new":
                return
            renewed = await self._rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=RENEWED_BEFORE)
            if renewed is not None:
                await self._store.async_save_bot(renewed)
                self._keep(key, renewed)
                await self._community.finish(claim)
        except (SlackTokenRotationError, SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.warning("a token couldn’t be renewed (%s); trying again", type(error).__name__)
        except Exception:
            log.exception("a renewed token couldn’t be stored")

    def forget(self, enterprise: str | None, team: str | None) -> None:
        """The workspace took the app away."""
        self._known.pop((enterprise or "", team or ""), None)
        if team is None:
            self._known.clear()

    @property
    def renewing(self) -> bool:
        """Whether a token is being renewed here."""
        return bool(self._renewing)

    async def close(self) -> None:
        """Wait for what is being renewed: a renewed token that isn't stored is lost."""
        await asyncio.gather(*self._renewing.values(), return_exceptions=True)
