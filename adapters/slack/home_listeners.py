"""What happens on the Home tab."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import controls as c
from adapters.slack import home
from adapters.slack.answering import Answering
from adapters.slack.feedback import step_names
from adapters.slack.inbound import Asking, Where, from_button, person_of, team_of, where_pressed
from adapters.slack.recent import recent
from adapters.slack.views import waiting_view
from bot.answering.welcome import STARTERS
from bot.community import CommunitySettings, SavedKind, SettingError
from bot.message import StructuredRequest

log = logging.getLogger(__name__)

Body = dict[str, Any]
_KINDS: dict[str, SavedKind] = {"career": "career", "course": "course", "path": "path"}
_NOT_ALLOWED = "Only administrators of the workspace and the bot’s curators may change its settings."


def listen_to_home(app: AsyncApp, answering: Answering) -> None:
    """Register the Home tab."""
    tab = _Home(answering)
    app.event("app_home_opened")(tab.opened)
    app.action(home.SEARCH)(tab.search)
    app.action(home.FIND)(tab.find)
    app.action(home.BROWSE)(tab.browse)
    app.action(re.compile(rf"^{home.SAVED}:\d+$"))(tab.saved)
    app.action(re.compile(rf"^{home.STEPS}:\d+$"))(tab.steps)
    app.action(home.SETTINGS)(tab.open_settings)
    app.view(home.SETTINGS_VIEW)(tab.save_settings)


class _Home:
    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._community = answering.community

    async def opened(self, event: Body, body: Body, client: AsyncWebClient) -> None:
        """Somebody opened the app: their Home is made anew."""
        if event.get("tab", "home") == "home":
            team, user = team_of(body), str(event["user"])
            await publish(self._answering, client, team, user)

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
                await self._community.unsave(where.person, _KINDS[kind], ident)
                await publish(self._answering, client, where.team, where.user)

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
            await self._community.save(where.person, plan.model_copy(update={"done": done}))
            await publish(self._answering, client, where.team, where.user)

        self._answering.work.start(from_button(body, "").event, keep)

    async def open_settings(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The settings' modal, for those who may change them."""
        await ack()
        where = where_pressed(body)
        if not await may_change(self._answering, client, where.team, where.user):
            await self._answering.tell(client, where, c.tell(_NOT_ALLOWED))
            return
        rules = await self._community.settings(where.community)
        await client.views_open(trigger_id=where.trigger, view=home.settings_view(rules))

    async def save_settings(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The settings were filled in: a bad one is told beside its field at once, the rest is done behind the ack."""
        wanted = home.changes(body["view"].get("state") or {})
        try:
            CommunitySettings.model_validate(CommunitySettings().model_dump() | wanted)
        except ValueError as error:
            field = next((name for name in ("country", "cooldown", "language") if name in str(error)), "language")
            await ack(response_action="errors", errors={field: _problem(field, error)})
            return
        await ack(response_action="update", view=waiting_view(c.tell("Saving …")))
        team, user = team_of(body), str(body["user"]["id"])
        where = Where(team, "", user, private=True, view=str(body["view"]["id"]))

        async def save() -> None:
            if not await may_change(self._answering, client, team, user):
                await self._answering.tell(client, where, c.tell(_NOT_ALLOWED))
                return
            try:
                await self._community.change_settings(where.community, wanted, by=where.person)
            except SettingError as error:
                await self._answering.tell(client, where, c.tell(f"Nothing was changed: {error}"))
                return
            await self._answering.tell(client, where, c.tell("Saved. The settings hold from the next question on."))
            await publish(self._answering, client, team, user)

        self._answering.work.start(f"slack:{body.get('trigger_id')}:settings", save)


async def publish(answering: Answering, client: AsyncWebClient, team: str, user: str) -> None:
    """Make somebody's Home tab anew."""
    person, knowledge = person_of(team, user), answering.bot.desk.knowledge
    saved = await answering.community.saved(person)
    asked = recent(await answering.community.export(person), answering.intents)
    steps = {one.ident: await step_names(answering, one.ident) for one in saved if one.kind == "path"}
    topics = sorted(topic.title for topic in await knowledge.topics())
    admin = await may_change(answering, client, team, user)
    view = home.home_view(topics, saved, admin=admin, starters=STARTERS, recent=asked, steps=steps)
    await client.views_publish(user_id=user, view=view)


async def may_change(answering: Answering, client: AsyncWebClient, team: str, user: str) -> bool:
    """Whether somebody may change the workspace's settings."""
    rules = await answering.community.settings(f"slack:{team}")
    if person_of(team, user) in rules.curators or user in rules.curators:
        return True
    return (await answering.people.profile(client, team, user)).admin


def _structured(asking: Asking, intent: str, option: str, says: str) -> Asking:
    return replace(asking, text="", request=StructuredRequest(intent=intent, options={option: says}))


def _problem(field: str, error: Exception) -> str:
    return {
        "country": "Two letters, for example GB.", "cooldown": "A number of seconds from 0 to 3600.",
    }.get(field, str(error)[:200] or "This can’t be set.")  # fmt: skip
