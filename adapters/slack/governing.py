"""`/settings`: how the bot behaves in the workspace or in one channel, who curates, and who changed what.

Who may is checked here at each step: administrators of the workspace, and curators by person or user group.
"""

from __future__ import annotations

import logging
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import controls as c
from adapters.slack import elements as e
from adapters.slack.answering import Answering
from adapters.slack.elements import Json
from adapters.slack.inbound import Where, from_command, person_of, team_of
from adapters.slack.render import render
from adapters.slack.views import modal, waiting_view
from adapters.text import visible
from bot.community import CommunitySettings, SettingError
from bot.community_settings import checked
from bot.reply import Bullet, Bullets, Heading, Paragraph, Reply

log = logging.getLogger(__name__)

Body = dict[str, Any]
SETTINGS_VIEW, OPEN_SETTINGS = "settings_view", "home:settings"
NOT_ALLOWED = "Only administrators of the workspace and the bot’s curators may see and change its settings."
GROUPS_KEPT = 300.0
"""Seconds after which a user group's members are asked for again."""
_MOST_GROUPS = 2_000
_MOST_HISTORY = 20
_GROUP = re.compile(r"S[A-Z0-9]{2,20}")
_SWITCHES = (
    ("private", "Answer commands privately"),
    ("feedback", "Ask whether answers were helpful"),
    ("keep_texts", "Keep the words of questions that weren’t understood, for curators"),
)
_LISTENS = ("listening", "Read all messages of this channel and answer those that are sure")
_FIELDS = (
    ("language", "Language of answers, for example en-GB (empty: each person’s own)"),
    ("country", "Default country, two letters, for example GB (empty: none)"),
    ("currency", "Currency that pay is shown in too, for example EUR (empty: none)"),
    ("cooldown", "Seconds between two questions of one person"),
)
_PROBLEMS = {
    "country": "Two letters, for example GB.", "cooldown": "A number of seconds from 0 to 3600.",
    "currency": "Three letters, for example EUR.", "language": "A language tag, for example en-GB.",
}  # fmt: skip


class Governing:
    """Who may curate and change settings."""

    def __init__(self, answering: Answering, clock: Callable[[], float] = time.monotonic) -> None:
        self._answering, self._clock = answering, clock
        self._groups: OrderedDict[str, tuple[float, frozenset[str]]] = OrderedDict()

    async def may(self, client: AsyncWebClient, team: str, user: str) -> bool:
        """Whether somebody may: a curator by person or group, or an administrator."""
        rules = await self._answering.community.settings(f"slack:{team}")
        if person_of(team, user) in rules.curators or user in rules.curators:
            return True
        if (await self._answering.people.profile(client, team, user)).admin:
            return True
        groups = [one for one in rules.curators if _GROUP.fullmatch(one)]
        for group in groups:
            if user in await self._members(client, team, group):
                return True
        return False

    async def _members(self, client: AsyncWebClient, team: str, group: str) -> frozenset[str]:
        """A user group's members; nobody where Slack doesn't say, which isn't kept."""
        key = f"{team}:{group}"
        kept = self._groups.get(key)
        if kept is not None and self._clock() - kept[0] < GROUPS_KEPT:
            return kept[1]
        try:
            answer = await client.usergroups_users_list(usergroup=group)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.warning("the members of user group %s aren't known: %s", group, error)
            return frozenset()
        members = frozenset(str(one) for one in answer.get("users") or ())
        self._groups[key] = (self._clock(), members)
        while len(self._groups) > _MOST_GROUPS:
            self._groups.popitem(last=False)
        return members


def listen_to_settings(app: AsyncApp, listeners: SettingsCommand) -> None:
    """Register `/settings` and its modal."""
    app.command("/settings")(listeners.command)
    app.view(SETTINGS_VIEW)(listeners.save)


class SettingsCommand:
    """Shows settings, opens and saves their form."""

    def __init__(self, answering: Answering, governing: Governing) -> None:
        self._answering, self._governing = answering, governing
        self._community = answering.community

    async def command(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """`/settings` shows them to everybody and opens them for those who may; "history" tells who changed what."""
        await ack()
        where = from_command(body, self._answering.intents, private=True).where
        trigger = str(body.get("trigger_id") or "")
        self._show(client, f"slack:{trigger}", where, str(body.get("text") or ""), trigger)

    def mentioned(self, client: AsyncWebClient, event: str, where: Where, rest: str) -> None:
        """The same after a mention, which can open no form: a button under the settings does."""
        self._show(client, event, replace(where, private=True), rest)

    def _show(self, client: AsyncWebClient, event: str, where: Where, rest: str, trigger: str = "") -> None:
        history = rest.strip().casefold() == "history"

        async def show() -> None:
            if not await self._governing.may(client, where.team, where.user):
                rules = await self._community.settings(where.community, where.place)
                await self._answering.tell(client, where, shown(rules))
            elif history:
                entries = await self._community.audit(where.community)
                await self._answering.tell(client, where, audited(entries))
            elif not trigger:
                rules = await self._community.settings(where.community, where.place)
                change = e.actions([e.button("Change the workspace’s settings", OPEN_SETTINGS, "settings")])
                await self._answering.outbound.send(client, where, render(shown(rules), [change]))
            else:
                wide = await self._community.settings(where.community)
                own = await self._community.settings(where.community, where.place)
                await client.views_open(trigger_id=trigger, view=settings_view(own, wide, channel=where.place))

        self._answering.work.start(event, show)

    async def save(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The settings were filled in: a bad one is told beside its field at once, the rest is done behind the ack."""
        state = body["view"].get("state") or {}
        channel = str(body["view"].get("private_metadata") or "")
        try:
            checked(changes(state), channel or "any")
        except (SettingError, ValueError) as error:
            field = next((name for name in _PROBLEMS if str(error).startswith(name)), "language")
            told = _PROBLEMS[field] if "can't be" in str(error) else str(error)[:200]
            await ack(response_action="errors", errors={field: told})
            return
        await ack(response_action="update", view=waiting_view(c.tell("Saving …")))
        team, user = team_of(body), str(body["user"]["id"])
        where = Where(team, "", user, private=True, view=str(body["view"]["id"]))

        async def save() -> None:
            if not await self._governing.may(client, team, user):
                text = NOT_ALLOWED
            else:
                try:
                    await self._change(where.community, channel, state, where.person)
                    text = "Saved. The settings hold within five seconds."
                except SettingError as error:
                    text = f"Nothing was changed: {error}"
            await self._answering.tell(client, where, c.tell(text))

        self._answering.work.start(f"slack:{body.get('trigger_id')}:settings", save)

    async def _change(self, community: str, channel: str, state: Body, by: str) -> None:
        wanted = changes(state)
        listens = wanted.pop(_LISTENS[0], None)
        here = channel and _chosen(state, "where") == "channel"
        if here:
            # What is as in the workspace isn't set for the channel: it goes on following the workspace.
            wide = (await self._community.settings(community)).model_dump(mode="json")
            wanted = {name: None if wide.get(name) == value else value for name, value in wanted.items()}
        if channel and listens is not None:
            await self._community.change_settings(community, {_LISTENS[0]: listens}, by=by, channel=channel)
        await self._community.change_settings(community, wanted, by=by, channel=channel if here else "")


def settings_view(own: CommunitySettings, wide: CommunitySettings | None = None, *, channel: str = "") -> Json:
    """The modal.

    Args:
        own: What holds where it was opened.
        wide: What holds in the workspace, where a channel differs.
        channel: The channel that may get settings of its own, "" = none.
    """
    differs = wide is not None and own.model_dump(exclude={"listening"}) != wide.model_dump(exclude={"listening"})
    switches = [e.option(label, name) for name, label in (*_SWITCHES, *([_LISTENS] if channel else []))]
    on = [option for option in switches if getattr(own, option["value"])]
    boxes: Json = {"type": "checkboxes", "action_id": "switches", "options": switches}
    if on:
        boxes["initial_options"] = on
    blocks: list[Json] = []
    if channel:
        choices = [e.option("The whole workspace", "workspace"), e.option("This channel only", "channel")]
        element = {
            "type": "radio_buttons",
            "action_id": "where",
            "options": choices,
            "initial_option": choices[differs],
        }
        blocks.append(_input("where", "For", element))
    blocks.append(_input("switches", "Answers", boxes, optional=True))
    for name, label in _FIELDS:
        field: Json = {"type": "plain_text_input", "action_id": name}
        if value := _written(getattr(own, name)):
            field["initial_value"] = value
        blocks.append(_input(name, label, field, optional=True))
    people = [one.rpartition(":")[2] for one in own.curators if not _GROUP.fullmatch(one)]
    picker: Json = {"type": "multi_users_select", "action_id": "people", "placeholder": e.plain_text("Nobody")}
    if people:
        picker["initial_users"] = people
    groups: Json = {"type": "plain_text_input", "action_id": "groups"}
    if held := " ".join(one for one in own.curators if _GROUP.fullmatch(one)):
        groups["initial_value"] = held
    blocks.append(_input("people", "Curators, beside the administrators", picker, optional=True))
    blocks.append(_input("groups", "Curating user groups, by id (S0123ABCD)", groups, optional=True))
    return modal("Settings", blocks, submit="Save", callback=SETTINGS_VIEW, metadata=channel)


def changes(state: Mapping[str, Any]) -> dict[str, object]:
    """The settings as they were filled in; what the modal didn't show isn't among them."""
    values = state.get("values") or {}
    boxes = (values.get("switches") or {}).get("switches") or {}
    on = {option["value"] for option in boxes.get("selected_options") or []}
    found: dict[str, object] = {name: name in on for name, _ in _SWITCHES}
    if "where" in values:
        found[_LISTENS[0]] = _LISTENS[0] in on
    for name, _ in _FIELDS:
        if name not in values:
            continue
        text = str((values[name].get(name) or {}).get("value") or "").strip()
        if name == "cooldown":
            found[name] = float(text) if text.replace(".", "", 1).isdigit() else (text or 0.0)
        else:
            found[name] = text if name == "language" else text.upper()
    if "people" in values or "groups" in values:
        people = ((values.get("people") or {}).get("people") or {}).get("selected_users") or []
        groups = str(((values.get("groups") or {}).get("groups") or {}).get("value") or "")
        found["curators"] = [*people, *re.split(r"[,\s]+", groups.strip())] if groups.strip() else list(people)
    return found


def shown(rules: CommunitySettings) -> Reply:
    """The settings as they hold, for whoever may not change them; who curates isn't among them."""
    rows = rules.model_dump(exclude={"curators"})
    lines = tuple(Bullet(lead=name.replace("_", " "), text=_written(value) or "–") for name, value in rows.items())
    note = "Administrators of the workspace and the bot’s curators change them."
    return Reply(summary="Settings here", blocks=(Heading(text="Settings here"), Bullets(items=lines),
                                                  Paragraph(text=note)))  # fmt: skip


def audited(entries: Sequence[Mapping[str, object]]) -> Reply:
    """Who changed what, newest first."""
    lines = tuple(
        Bullet(
            lead=f"{str(one['at'])[:16].replace('T', ' ')} {_named(one['by'])}",
            text=f"{one['name']}: {_told(one['before'])} → {_told(one['after'])}"
            + (f" (in {_named(one['channel'])})" if one["channel"] else ""),
        )
        for one in entries[:_MOST_HISTORY]
    )
    if not lines:
        return c.tell("Nothing was changed yet, or the database can’t be read just now.")
    return Reply(summary="Who changed which setting", blocks=(Heading(text="Who changed what"), Bullets(items=lines)))


def _named(ident: object) -> str:
    return str(ident).rpartition(":")[2] or "somebody"


def _told(value: object) -> str:
    return "–" if value is None or value == "" else visible(_written(value))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _chosen(state: Mapping[str, Any], name: str) -> str:
    element = ((state.get("values") or {}).get(name) or {}).get(name) or {}
    return str((element.get("selected_option") or {}).get("value") or "")


def _input(block_id: str, label: str, element: Json, *, optional: bool = False) -> Json:
    return {
        "type": "input", "block_id": block_id, "label": e.plain_text(label), "element": element, "optional": optional,
    }  # fmt: skip
