"""The weekly reminder by direct message: how it is sent on Slack, and ended by a button or a word."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.reminders import Reminders
from adapters.slack import elements as e
from adapters.slack.answering import Answering
from adapters.slack.elements import Json
from adapters.slack.inbound import PLATFORM, Asking, Where, from_button, where_pressed
from adapters.slack.oauth import Installations
from adapters.slack.outbound import GONE, Outbound
from adapters.slack.render import render
from bot.community_members import Nudge
from bot.community_plans import is_stop, reminder, stopped
from bot.community_whole import WholeCommunity
from bot.core import CareerBot

log = logging.getLogger(__name__)

Body = dict[str, Any]
STOP = "nudge:stop"
_CLOSED = frozenset(
    "cannot_dm_bot user_not_found user_disabled users_not_found user_not_visible channel_not_found is_archived "
    "messages_tab_disabled cannot_message_user".split()
)
"""What Slack says where somebody can't be written to: trying again would do no good."""


class Nudger(Reminders):
    """Sends the reminders that are due on Slack."""

    def __init__(
        self, client: AsyncWebClient, installations: Installations, community: WholeCommunity, bot: CareerBot, *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:  # fmt: skip
        super().__init__(PLATFORM, community, sleep=sleep)
        self._client, self._installations = client, installations
        self._bot, self._outbound = bot, Outbound()

    async def send(self, nudge: Nudge) -> None:
        """As a direct message."""
        team, _, user = nudge.person.removeprefix(f"{PLATFORM}:user:").partition(":")
        try:
            client = await self._client_of(team)
        except Exception:
            # Slack or the installations' database is away: nothing was sent, and the other reminders go on.
            await self.put_off(nudge)
            log.exception("the token of workspace %s isn't known now; a reminder is tried again in an hour", team)
            return
        if client is None:
            log.warning("workspace %s has no installation; its reminders wait a week", team)
            return
        try:
            async with self._bot.using() as edition:
                messages = render(await reminder(edition.desk.knowledge, nudge.plans), [stop_row()])
            await self._outbound.send(client, Where(team, "", user, direct=True), messages)
        except SlackApiError as error:
            await self._refused(nudge, str(error.response["error"]))
        except aiohttp.ClientConnectorError:
            # Slack was never reached: nothing was sent.
            await self.put_off(nudge)
            log.warning("Slack can't be reached; a reminder is tried again in an hour")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # It may have been sent: a second one would be worse than none.
            log.warning("whether a reminder was sent isn't known (%s); the next one comes in a week", error)

    async def _refused(self, nudge: Nudge, problem: str) -> None:
        if problem in _CLOSED:
            await self.turn_off(nudge)
            log.info("a reminder can't be delivered (%s); it was turned off", problem)
        elif problem in GONE:
            log.warning("a workspace's token is no good (%s); its reminders wait a week", problem)
        else:
            await self.put_off(nudge)
            log.warning("Slack took no reminder (%s); it is tried again in an hour", problem)

    async def _client_of(self, team: str) -> AsyncWebClient | None:
        """A client with the workspace's token; None where the app isn't installed there any more."""
        context = AsyncBoltContext({"client": self._client, "is_enterprise_install": team.startswith("E")})
        enterprise = team if team.startswith("E") else None
        authorize = await self._installations.authorize(self._client, self._community)
        found = await authorize(
            context=context, enterprise_id=enterprise, team_id=None if enterprise else team, user_id=None
        )
        if found is None or not found.bot_token:
            return None
        token, known = found.bot_token, self._client
        return AsyncWebClient(
            token=token, base_url=known.base_url, timeout=known.timeout, session=known.session,
            retry_handlers=known.retry_handlers,
        )  # fmt: skip


def listen_to_nudges(app: AsyncApp, answering: Answering, community: WholeCommunity) -> None:
    """Register the button that ends the reminder."""

    async def stop(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        where = where_pressed(body)

        async def end() -> None:
            kept = await community.nudge(where.person, wanted=False)
            await answering.tell(client, where, stopped(kept=kept))

        answering.work.start(from_button(body, "").event, end)

    app.action(STOP)(stop)


async def stopped_by_word(answering: Answering, community: WholeCommunity, client: AsyncWebClient, ask: Asking) -> bool:
    """Whether a message ended its author's reminder; then they were told."""
    if not ask.addressed or not is_stop(ask.text) or not await community.nudged(ask.where.person):
        return False
    kept = await community.nudge(ask.where.person, wanted=False)
    await answering.tell(client, ask.where, stopped(kept=kept))
    return True


def stop_row() -> Json:
    """The button that ends the reminder."""
    return e.actions([e.button("Stop reminders", STOP, "stop")])
