"""One question, from the person's words to Slack's messages."""

from __future__ import annotations

import asyncio
import logging
import math
from dataclasses import replace

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.settings import Settings
from adapters.slack import controls as c
from adapters.slack.elements import Json
from adapters.slack.inbound import Asking, Where, spoken_command
from adapters.slack.manners import Cooldown, Work
from adapters.slack.outbound import GONE, Outbound
from adapters.slack.pack import Message, Part, pack
from adapters.slack.people import People
from adapters.slack.pictures import Pictures
from adapters.slack.render import render
from adapters.slack.text import short
from adapters.slack.views import answer_view, waiting_view
from adapters.text import visible
from bot.community import Asked, Community, CommunitySettings
from bot.community_picks import Picks
from bot.core import Answer, CareerBot, Handled
from bot.message import IncomingMessage
from bot.query import NotUnderstood, Query, Unclear
from bot.reply import Reply

log = logging.getLogger(__name__)

_TITLE = 60
_STATUS = "is looking it up …"
_HERE = "Here is what you asked for."
TOO_LATE = ("expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "not_found")
"""A modal opens within 3 seconds after a press, and changes until somebody closes it."""


class Answering:
    """What all ways in share: the bot, the community, and how questions are answered on Slack."""

    def __init__(
        self, bot: CareerBot, community: Community, settings: Settings, pictures: Pictures | None = None
    ) -> None:
        self.bot, self.community, self.settings = bot, community, settings
        self.outbound, self.people, self.cooldown = Outbound(pictures), People(), Cooldown()
        self.work = Work(community)
        self._picks = Picks()
        self.intents = {intent.name: intent for intent in bot.intents}

    def begin(self, client: AsyncWebClient, asking: Asking) -> None:
        """Answer behind the ack."""
        self.work.start(asking.event, lambda: self.answer(client, asking))

    async def answer(self, client: AsyncWebClient, asking: Asking) -> None:
        """Answer one question where it was asked."""
        where = asking.where
        rules = await self.community.settings(where.community, where.place)
        if not asking.addressed and not rules.listening:
            return
        pause = rules.cooldown if asking.typed and asking.addressed else 0.0
        if left := self.cooldown.wait(where.person, pause):
            await self._tell_to_wait(client, where, left)
            return
        if where.in_agent_view:
            handled, _ = await asyncio.gather(self._handle(client, asking, rules), self._status(client, asking))
        else:
            handled = await self._handle(client, asking, rules)
        if handled.silent:
            return
        try:
            await self._send(client, asking, handled, rules)
        except SlackApiError as error:
            if not _revoked(error):
                raise
            log.warning("workspace %s: Slack says %s; install the app again", where.team, error.response["error"])
            return
        if asking.starts is not None:
            await self.bot.memory.remember(asking.starts, await self.bot.memory.recall(asking.key))
        keys = (asking.key, *([asking.starts] if asking.starts is not None else []))
        picked_for = self._picks.after(handled, *keys, keep_texts=rules.keep_texts)
        for answer in handled.answers:
            await self.community.asked(_asked(where, handled, answer, picked_for))

    async def _handle(self, client: AsyncWebClient, asking: Asking, rules: CommunitySettings) -> Handled:
        locale = rules.language or (await self.people.profile(client, asking.where.team, asking.where.user)).locale
        message = IncomingMessage(
            text=asking.text, conversation=asking.key, locale=locale or self.settings.locale, country=rules.country,
            community=asking.where.community,            addressed=asking.addressed, request=asking.request,
        )  # fmt: skip
        handled = await self.bot.handle(message)
        if asking.request is None and asking.addressed and not handled.understood:
            # In threads there are no slash commands: "salary backend london" must work there too.
            request = spoken_command(asking.text, self.intents)
            if request is not None:
                return await self.bot.handle(message.model_copy(update={"request": request}))
        return handled

    async def _send(self, client: AsyncWebClient, asking: Asking, handled: Handled, rules: CommunitySettings) -> None:
        where = asking.where
        if where.private and not where.channel:
            await self._show(client, asking, handled)
            return
        messages: list[Message] = []
        for answer in handled.answers:
            carries = c.about(answer, handled, command=asking.request is not None)
            blocks = c.controls(
                answer, carries, private=where.private, feedback=rules.feedback, direct=where.direct
            )  # fmt: skip
            messages += render(answer.reply, blocks)
        await self.outbound.send(client, where, messages)

    async def _show(self, client: AsyncWebClient, asking: Asking, handled: Handled) -> None:
        """Show the answers in the modal that they were asked in, or in one that opens."""
        answered = [(a, c.about(a, handled, command=asking.request is not None)) for a in handled.answers]
        await self.show(client, asking.where, answer_view(answered))

    async def show(self, client: AsyncWebClient, where: Where, view: Json) -> None:
        """Open a modal or change the one that is open; where Slack doesn't let it any more, in a direct message."""
        try:
            if where.view:
                await client.views_update(view_id=where.view, view=view)
            else:
                await client.views_open(trigger_id=where.trigger, view=view)
        except SlackApiError as error:
            if str(error.response["error"]) not in TOO_LATE:
                raise
            blocks = [Part((block,)) for block in view["blocks"]]
            await self.outbound.send(client, replace(where, direct=True, private=False), pack(blocks, [_HERE]))

    async def tell(self, client: AsyncWebClient, where: Where, reply: Reply) -> None:
        """Send something that isn't the answer to a question."""
        if where.private and not where.channel:
            await self.show(client, where, waiting_view(reply))
            return
        await self.outbound.send(client, where, render(reply, c.suggestion_buttons(reply.suggestions)))

    async def _tell_to_wait(self, client: AsyncWebClient, where: Where, left: float) -> None:
        seconds = max(1, math.ceil(left))
        text = f"One at a time, please: I can take your next question in {seconds} second{'s' * (seconds > 1)}."
        await self.tell(client, replace(where, private=True), c.tell(text))

    async def _status(self, client: AsyncWebClient, asking: Asking) -> None:
        """Say in the agent view that it is being worked on, and name the thread; no answer depends on it."""
        where = asking.where
        calls = [client.assistant_threads_setStatus(channel_id=where.channel, thread_ts=where.thread, status=_STATUS)]
        if asking.starts is not None and (title := short(visible(asking.text), _TITLE)):
            calls.append(
                client.assistant_threads_setTitle(channel_id=where.channel, thread_ts=where.thread, title=title)
            )
        for outcome in await asyncio.gather(*calls, return_exceptions=True):
            if isinstance(outcome, BaseException):
                log.debug("no status in this conversation: %s", outcome)


def _revoked(error: SlackApiError) -> bool:
    return str(error.response.get("error")) in GONE


def _asked(where: Where, handled: Handled, answer: Answer, picked_for: str = "") -> Asked:
    reading = answer.reading
    query = reading if isinstance(reading, Query) else None
    outcome = {Unclear: "asked back", NotUnderstood: "not understood"}.get(type(reading), "answered")
    if answer.failed:
        outcome = "failed"
    return Asked.model_validate(
        {
            "community": where.community, "channel": where.place, "person": where.person, "platform": "slack",
            "text": reading.text or handled.text, "outcome": outcome, "intent": query.intent if query else "",
            "careers": tuple(one.slug for one in query.careers) if query else (),
            "places": tuple(one.name for one in query.places) if query else (), "milliseconds": handled.milliseconds,
            "picked_for": picked_for, "offered": not isinstance(reading, Unclear) or bool(reading.choices),
        }
    )  # fmt: skip
