"""What happens on the Home tab, and what is kept about a person."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import controls as c
from adapters.slack import home
from adapters.slack.answering import Answering
from adapters.slack.declared import MY_DATA
from adapters.slack.elements import actions, button
from adapters.slack.governing import NOT_ALLOWED, Governing, settings_view
from adapters.slack.inbound import Asking, Where, from_button, person_of, team_of, where_pressed
from adapters.slack.plans import REMIND, named_steps
from adapters.slack.render import render
from adapters.slack.views import data_view
from bot.answering.welcome import STARTERS
from bot.community import SavedKind
from bot.community_plans import deleted, stopped
from bot.community_whole import WholeCommunity
from bot.message import StructuredRequest

log = logging.getLogger(__name__)

Body = dict[str, Any]
_KINDS: dict[str, SavedKind] = {"career": "career", "course": "course", "path": "path"}
_AWAY = "I can’t reach my database just now, so nothing was changed. Please try again in a few minutes."


def listen_to_home(app: AsyncApp, answering: Answering, community: WholeCommunity, governing: Governing) -> None:
    """Register the Home tab."""
    tab = _Home(answering, community, governing)
    app.event("app_home_opened")(tab.opened)
    app.action(home.SEARCH)(tab.search)
    app.action(home.FIND)(tab.find)
    app.action(home.BROWSE)(tab.browse)
    app.action(re.compile(rf"^{home.SAVED}:\d+$"))(tab.saved)
    app.action(re.compile(rf"^{home.STEPS}:\d+$"))(tab.steps)
    app.action(home.SETTINGS)(tab.open_settings)
    app.action(REMIND)(tab.remind)
    app.action(home.EXPORT)(tab.export)
    app.action(home.DELETE)(tab.delete)
    app.command(f"/{MY_DATA}")(tab.my_data)


class _Home:
    def __init__(self, answering: Answering, community: WholeCommunity, governing: Governing) -> None:
        self._answering, self._community, self._governing = answering, community, governing

    async def opened(self, event: Body, body: Body, client: AsyncWebClient) -> None:
        """Somebody opened the app: their Home is made anew."""
        if event.get("tab", "home") == "home":
            team, user = team_of(body), str(event["user"])
            await self._publish(client, team, user)

    async def _publish(self, client: AsyncWebClient, team: str, user: str) -> None:
        saved = await self._community.saved(person_of(team, user))
        admin = await self._governing.may(client, team, user)
        reminded = await self._community.nudged(person_of(team, user))
        steps = await named_steps(self._answering.bot.desk.knowledge, saved)
        topics = sorted(topic.title for topic in await self._answering.bot.desk.knowledge.topics())
        starters = [one.says for one in STARTERS]
        view = home.home_view(topics, saved, admin=admin, starters=starters, steps=steps, reminded=reminded)
        await client.views_publish(user_id=user, view=view)

    def _ask(self, client: AsyncWebClient, body: Body, says: str) -> None:
        self._answering.begin(client, from_button(body, says))

    async def search(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """A question typed on Home."""
        await ack()
        self._ask(client, body, str(body["actions"][0].get("value") or ""))

    async def find(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """A career chosen from the completion; in the shortcut's modal it is only filled in."""
        await ack()
        if (body.get("view") or {}).get("type") == "home":
            await self._command(client, body, "/career", "selected_option")

    async def browse(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """A field of work chosen."""
        await ack()
        await self._command(client, body, "/browse", "selected_option")

    async def _command(self, client: AsyncWebClient, body: Body, name: str, key: str) -> None:
        says = str((body["actions"][0].get(key) or {}).get("value") or "")
        asking = from_button(body, says)
        intent = next(i.name for i in self._answering.bot.intents if i.command and i.command.name == name[1:])
        option = {"/career": "career", "/browse": "topic"}[name]
        self._answering.begin(client, _structured(asking, intent, option, says))

    async def saved(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """Open something that was saved, or take it off."""
        await ack()
        value = str((body["actions"][0].get("selected_option") or {}).get("value") or "")
        verb, kind, ident = [*value.split(":", 2), "", ""][:3]
        where = where_pressed(body)
        if kind not in _KINDS:
            return
        if verb == "drop":

            async def drop() -> None:
                if not await self._community.unsave(where.person, _KINDS[kind], ident):
                    await self._answering.tell(client, where, c.tell(_AWAY))
                await self._publish(client, where.team, where.user)

            self._answering.work.start(from_button(body, "").event, drop)
            return
        title = next((s.title for s in await self._community.saved(where.person) if s.ident == ident), ident)
        intent = "path" if kind == "path" else "overview"
        self._answering.begin(client, _structured(from_button(body, title), intent, "career", title))

    async def steps(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """Steps of a plan ticked off."""
        await ack()
        action, where = body["actions"][0], where_pressed(body)
        offered = [str(one["value"]) for one in action.get("selected_options") or []]
        number = int(str(action["action_id"]).rpartition(":")[2])

        async def keep() -> None:
            saved = await self._community.saved(where.person)
            if number >= len(saved) or saved[number].kind != "path":
                return
            plan = saved[number]
            done = tuple(sorted(int(one.rpartition(":")[2]) for one in offered if one.startswith(f"{plan.ident}:")))
            if not await self._community.save(where.person, plan.model_copy(update={"done": done})):
                await self._answering.tell(client, where, c.tell(_AWAY))
            await self._publish(client, where.team, where.user)

        self._answering.work.start(from_button(body, "").event, keep)

    async def open_settings(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The settings' modal, for those who may change them."""
        await ack()
        where = where_pressed(body)
        if not await self._governing.may(client, where.team, where.user):
            await self._answering.tell(client, where, c.tell(NOT_ALLOWED))
            return
        rules = await self._community.settings(where.community)
        await client.views_open(trigger_id=where.trigger, view=settings_view(rules))

    async def remind(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """Turn the weekly reminder on or off."""
        await ack()
        where = where_pressed(body)
        wanted = str(body["actions"][0].get("value") or "") == "on"

        async def turn() -> None:
            kept = await self._community.nudge(where.person, wanted=wanted)
            text = "Once a week I’ll send you a message with the next steps of your plans; each has a way to end it."
            told = c.tell(text if kept else _AWAY) if wanted else stopped(kept=kept)
            await self._answering.tell(client, where, told)
            await self._publish(client, where.team, where.user)

        self._answering.work.start(from_button(body, "").event, turn)

    async def export(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """All that is kept about a person: shown, and sent as a file."""
        await ack()
        where = where_pressed(body)

        async def send() -> None:
            data = await self._community.export(where.person)
            if problem := data.get("error"):
                await self._answering.tell(client, where, c.tell(str(problem)))
                return
            if where.trigger:
                await self._answering.show(client, where, data_view(data))
            opened = await client.conversations_open(users=where.user)
            content = json.dumps(data, indent=1, ensure_ascii=False, default=str)
            await client.files_upload_v2(
                channel=opened["channel"]["id"], content=content, filename="careerbot-my-data.json", title="Your data",
                initial_comment="Everything that is kept about you.",
            )  # fmt: skip

        self._answering.work.start(from_button(body, "").event, send)

    async def delete(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """Delete all that is kept about a person; Slack has asked them twice."""
        await ack()
        where = where_pressed(body)

        async def delete() -> None:
            count = await self._community.delete(where.person)
            await self._answering.tell(client, where, c.tell(deleted(count)))
            if not where.channel and count >= 0:
                await self._publish(client, where.team, where.user)

        self._answering.work.start(from_button(body, "").event, delete)

    async def my_data(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The command `/mydata`: the same buttons as on Home."""
        await ack()
        channel, url = str(body.get("channel_id") or ""), str(body.get("response_url") or "")
        where = Where(team_of(body), channel, str(body["user_id"]), response_url=url, private=True)
        buttons = actions([button("Export my data", home.EXPORT, "export"), home.delete_button()])
        text = "I keep what you save, your opinions and what a conversation is about. It is yours."
        messages = render(c.tell(text), [buttons])
        self._answering.work.start(
            f"slack:{body.get('trigger_id')}", lambda: self._answering.outbound.send(client, where, messages)
        )


def _structured(asking: Asking, intent: str, option: str, says: str) -> Asking:
    return replace(asking, text="", request=StructuredRequest(intent=intent, options={option: says}))
