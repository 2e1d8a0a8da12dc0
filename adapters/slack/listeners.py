"""What the app listens to: each listener acks at once and leaves the work to `Answering`."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import controls as c
from adapters.slack.answering import Answering
from adapters.slack.declared import ASK_ANYTHING, INSIGHTS, LOOK_UP, MISSES, MY_DATA, SETTINGS, slash_commands
from adapters.slack.inbound import (
    Asking,
    Where,
    command_in,
    from_button,
    from_command,
    from_message,
    from_shortcut,
    team_of,
)
from adapters.slack.limits import PROMPTS
from adapters.slack.my_data import offer_my_data
from adapters.slack.nudges import stopped_by_word
from adapters.slack.views import ASK_VIEW, OPTIONS_FOR, ask_view, completions, submitted, waiting_view
from bot.answering.welcome import STARTERS
from bot.community_whole import WholeCommunity

log = logging.getLogger(__name__)

Body = dict[str, Any]
_WITH_LISTENERS = (SETTINGS, MISSES, INSIGHTS)
Own = Mapping[str, Callable[[AsyncWebClient, str, Where, str], None]]
"""What of the app's own commands a mention does, by name: told the client, the event, the place and what follows."""


def listen(app: AsyncApp, answering: Answering, community: WholeCommunity, own: Own) -> None:
    """Register the ways to ask; `own` are the commands that have listeners of their own."""
    ways = _Ways(answering, community, own)
    app.event("app_mention")(ways.message)
    app.event("message")(ways.message)
    for declared in slash_commands(answering.bot.intents):
        if declared.name not in (MY_DATA, *_WITH_LISTENERS):
            app.command(f"/{declared.name}")(ways.command)
    app.shortcut({"type": "message_action", "callback_id": LOOK_UP})(ways.look_up)
    app.shortcut({"type": "shortcut", "callback_id": ASK_ANYTHING})(ways.open_ask)
    app.view(ASK_VIEW)(ways.submit_ask)
    for action_id in OPTIONS_FOR:
        app.options(action_id)(ways.complete)
    app.action(re.compile(rf"^{c.ASK}:\d+(:\d+)?$"))(ways.button)


class _Ways:
    def __init__(self, answering: Answering, community: WholeCommunity, own: Own) -> None:
        self._answering, self._community, self._own = answering, community, own

    async def message(self, body: Body, client: AsyncWebClient, context: AsyncBoltContext) -> None:
        """A mention, a direct message, or a message of a channel where the bot listens."""
        asking = from_message(body, context.bot_user_id or "", self._answering.intents)
        if asking is None:
            return
        own, rest = _own(asking.text) if asking.addressed else ("", "")
        if own == MY_DATA:
            offer_my_data(self._answering, client, asking.event, asking.where)
            return
        if own:
            self._own[own](client, asking.event, asking.where, rest)
            return

        async def answer() -> None:
            if not await stopped_by_word(self._answering, self._community, client, asking):
                await self._answering.answer(client, asking)

        self._answering.work.start(asking.event, answer)

    async def command(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """A slash command, answered privately unless the community wants it otherwise."""
        await ack()
        answering = self._answering

        async def answer() -> None:
            known = from_command(body, answering.intents, private=True).where
            rules = await answering.community.settings(known.community, known.place)
            await answering.answer(client, from_command(body, answering.intents, private=rules.private))

        answering.work.start(f"slack:{body.get('trigger_id')}", answer)

    async def look_up(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The message shortcut."""
        await ack()
        self._answering.begin(client, from_shortcut(body))

    async def button(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """A pressed question: the same as typing it."""
        await ack()
        asking = from_button(body, str(body["actions"][0].get("value") or ""))
        text, request = command_in(asking.text, self._answering.intents)
        self._answering.begin(client, replace(asking, text=text, request=request))

    async def open_ask(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The global shortcut opens a modal; what triggers it is good for three seconds, so nothing comes before."""
        await ack()
        view = ask_view(self._answering.intents)
        self._answering.work.start(f"slack:{body.get('trigger_id')}", lambda: _open(client, body, view))

    async def submit_ask(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The modal was filled in: it shows that it is working, then the answer."""
        view: Mapping[str, Any] = body["view"]
        text, request = submitted(view.get("state") or {})
        if not text and request is None:
            await ack(response_action="errors", errors={"career": "Choose a career, or write your question below."})
            return
        await ack(response_action="update", view=waiting_view(c.tell("Looking it up …")))
        where = Where(team_of(body), "", str(body["user"]["id"]), private=True, view=str(view["id"]))
        event = f"slack:{body.get('trigger_id')}:{view.get('hash', '')}"
        self._answering.begin(client, Asking(event, where, where.conversation(), text=text, request=request))

    async def complete(self, ack: AsyncAck, body: Body) -> None:
        """Completion while somebody types a career or a place."""
        kind = OPTIONS_FOR.get(str(body.get("action_id")), "career")
        names = self._answering.bot.complete(kind, str(body.get("value") or ""), 25)
        await ack(options=completions(names))


def _own(text: str) -> tuple[str, str]:
    """Which of the app's own commands a message is ("mydata", "/insights 4") and what follows; "" for none."""
    said = text.strip().casefold()
    name, _, rest = said[1:].partition(" ") if said.startswith("/") else (said, "", "")
    return (name, rest) if name in (MY_DATA, *_WITH_LISTENERS) else ("", "")


async def _open(client: AsyncWebClient, body: Body, view: dict[str, Any]) -> None:
    await client.views_open(trigger_id=str(body.get("trigger_id")), view=view)


def listen_to_agent_view(app: AsyncApp) -> None:
    """Suggested prompts when somebody opens the app's Messages tab."""
    prompts = [{"title": one.label, "message": one.says} for one in STARTERS[:PROMPTS]]

    async def opened(event: Body, client: AsyncWebClient) -> None:
        if event.get("tab") != "messages":
            return
        try:
            # An agent app fails silently where a thread is named.
            await client.assistant_threads_setSuggestedPrompts(channel_id=event["channel"], prompts=prompts)
        except (SlackApiError, TimeoutError) as error:
            log.debug("no suggested prompts: %s", error)

    app.event({"type": "app_home_opened"}, matchers=[_is_messages])(opened)


async def _is_messages(event: Body) -> bool:
    return event.get("tab") == "messages"
