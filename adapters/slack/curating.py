"""`/misses` and `/insights`: what curators see and decide. Who may is checked at every press, not only at the first."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import controls as c
from adapters.slack import elements as e
from adapters.slack.answering import Answering
from adapters.slack.elements import Json
from adapters.slack.governing import Governing
from adapters.slack.inbound import Where, from_button, from_command, team_of, where_pressed
from adapters.slack.limits import OPTION_VALUE, SECTION
from adapters.slack.pack import Message, Part
from adapters.slack.render import render, view_blocks
from adapters.slack.text import short
from adapters.slack.views import modal, waiting_view
from adapters.text import visible
from bot.asking import ASKS
from bot.community_curation import Curation, CurationError, MissGroup
from bot.community_queue import Proposal, decide, open_group, proposals, told, typed, unknown_name
from bot.community_report import insights_reply
from bot.community_whole import WholeCommunity
from bot.understand import Understanding

Body = dict[str, Any]
PICK, WORDS, UNDO, WORDS_VIEW = "miss:pick", "miss:words", "miss:undo", "miss_words"
_MOST_GROUPS = 5
_MOST_SHOWN = 300
NOT_A_CURATOR = "That is for administrators of the workspace and the bot’s curators (/settings names them)."
_NO_TEXTS = (
    "Nothing is waiting. Words of questions aren’t kept here, so only thumbs down come into this queue: “/settings” "
    "lets me keep what I didn’t understand."
)


def listen_to_curators(app: AsyncApp, queue: Queue) -> None:
    """Register the two commands and the queue's menus and buttons."""
    app.command("/misses")(queue.show)
    app.command("/insights")(queue.insights)
    app.action(re.compile(rf"^{PICK}:\d+$"))(queue.picked)
    app.action(re.compile(rf"^{WORDS}:\d+$"))(queue.words)
    app.action(UNDO)(queue.undo)
    app.view(WORDS_VIEW)(queue.said)


class Queue:
    """The two commands of curators and what is pressed under them."""

    def __init__(self, answering: Answering, community: WholeCommunity, governing: Governing) -> None:
        self._answering, self._community, self._governing = answering, community, governing

    @property
    def _understanding(self) -> Understanding:
        """What messages are read with now: a running bot changes to new knowledge."""
        return self._answering.bot.understanding

    async def show(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The queue, to the curator alone."""
        await ack()
        where = from_command(body, self._answering.intents, private=True).where
        self.mentioned(client, f"slack:{body.get('trigger_id')}", where)

    def mentioned(self, client: AsyncWebClient, event: str, where: Where, _rest: str = "") -> None:
        """The same after a mention."""
        where = replace(where, private=True)

        async def send() -> None:
            groups = await self._community.misses(where.community, limit=_MOST_GROUPS)
            if not groups:
                keeps = (await self._community.settings(where.community)).keep_texts
                await self._answering.tell(client, where, c.tell("Nothing is waiting." if keeps else _NO_TEXTS))
                return
            parts = [Part(tuple(group_blocks(one, proposals(self._understanding, one)))) for one in groups]
            blocks = tuple(block for part in parts for block in part.blocks)
            message = Message(f"{len(groups)} questions to look at", blocks, tuple(parts))
            await self._answering.outbound.send(client, where, [message])

        self._start(client, event, where, send)

    async def insights(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """What is asked, week by week; a number after the command is how many weeks."""
        await ack()
        where = from_command(body, self._answering.intents, private=True).where
        self.insights_mentioned(client, f"slack:{body.get('trigger_id')}", where, str(body.get("text") or ""))

    def insights_mentioned(self, client: AsyncWebClient, event: str, where: Where, rest: str) -> None:
        """The same after a mention."""
        where, given = replace(where, private=True), rest.strip()
        weeks = min(max(int(given), 1), 104) if given.isdigit() else 8

        async def send() -> None:
            found = await self._community.insights(where.community, weeks=weeks)
            await self._answering.outbound.send(client, where, render(insights_reply(found, self._title)))

        self._start(client, event, where, send)

    async def picked(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """A proposal was picked and confirmed: it is kept."""
        await ack()
        where, action = where_pressed(body), body["actions"][0]
        miss = int(str(action["action_id"]).rpartition(":")[2])
        code = str((action.get("selected_option") or {}).get("value") or "")

        async def keep() -> None:
            group = await open_group(self._community, where.community, miss)
            kept = await self._decide(group, code, where.community, where.person)
            await self._told(client, where, kept)

        self._start(client, from_button(body, "").event, where, keep)

    async def words(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """Opens the modal for a name, a career and an intent of the curator's own."""
        await ack()
        where = where_pressed(body)
        miss = int(str(body["actions"][0]["action_id"]).rpartition(":")[2])

        async def open_it() -> None:
            group = await open_group(self._community, where.community, miss)
            view = words_view(miss, unknown_name(self._understanding, group.text))
            await client.views_open(trigger_id=where.trigger, view=view)

        self._start(client, from_button(body, "").event, where, open_it)

    async def said(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The modal was filled in: an unknown career is told beside its field at once, the rest behind the ack."""
        values = body["view"].get("state", {}).get("values", {})
        try:
            code = typed(self._understanding, *(_value(values, name) for name in ("name", "careers", "intent")))
        except CurationError as error:
            await ack(response_action="errors", errors={"careers": str(error)[:500]})
            return
        await ack(response_action="update", view=waiting_view(c.tell("Checking …")))
        team, user, view = team_of(body), str(body["user"]["id"]), str(body["view"]["id"])
        where = Where(team, "", user, private=True, view=view)
        miss = int(body["view"].get("private_metadata") or 0)

        async def keep() -> None:
            group = await open_group(self._community, where.community, miss)
            kept = await self._decide(group, code, where.community, where.person)
            blocks = [*view_blocks(c.tell(told(kept))), undo_row(kept)]
            await client.views_update(view_id=view, view=modal("Kept", blocks))

        self._start(client, f"slack:{body.get('trigger_id')}:{view}", where, keep)

    async def undo(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """Take decisions back; their misses wait again."""
        await ack()
        where = where_pressed(body)
        idents = [int(one) for one in str(body["actions"][0].get("value") or "").split(",") if one.isdigit()]

        async def undo() -> None:
            for ident in idents:
                await self._community.undo(ident, by=where.person, community=where.community)
            await self._answering.tell(client, _privately(where), c.tell("Undone. It waits in the queue again."))

        self._start(client, from_button(body, "").event, where, undo)

    async def _decide(self, group: MissGroup, code: str, community: str, person: str) -> list[Curation]:
        return await decide(self._community, self._understanding, group, code, community=community, by=person)

    async def _told(self, client: AsyncWebClient, where: Where, kept: Sequence[Curation]) -> None:
        text = f"{told(kept)} It holds in this workspace, on all my processes, within five seconds."
        await self._answering.outbound.send(client, _privately(where), render(c.tell(text), [undo_row(kept)]))

    def _start(
        self, client: AsyncWebClient, event: str, where: Where, work: Callable[[], Awaitable[None]]
    ) -> None:  # fmt: skip
        """Do something once, if the person may; what can't stand is told to them alone."""

        async def checked() -> None:
            try:
                if await self._governing.may(client, where.team, where.user):
                    await work()
                    return
                text = NOT_A_CURATOR
            except CurationError as error:
                text = str(error)
            await self._answering.tell(client, _privately(where), c.tell(text))

        self._answering.work.start(event, checked)

    def _title(self, slug: str) -> str:
        try:
            return self._understanding.directory.career(slug).title
        except LookupError:
            return slug


def group_blocks(group: MissGroup, found: Sequence[Proposal]) -> list[Json]:
    """A group of misses with what may be done: picking asks once more, so two clicks settle it."""
    lines = [f"{group.count} × {short(visible(group.text), _MOST_SHOWN)}"]
    lines += [f"also: {short(visible(one), _MOST_SHOWN)}" for one in group.wordings if one != group.text]
    lines += [f"said: {short(visible(one), _MOST_SHOWN)}" for one in group.comments]
    confirm = {
        "title": e.plain_text("Keep this decision?"),
        "text": e.plain_text(f"It settles {group.count} of the queue and holds in this workspace. You can undo it."),
        "confirm": e.plain_text("Keep it"), "deny": e.plain_text("Back"),
    }  # fmt: skip
    select = {
        "type": "static_select", "action_id": f"{PICK}:{group.ident}", "confirm": confirm,
        "placeholder": e.plain_text("What does it mean?"),
        "options": [e.option(one.label, one.code) for one in found if len(one.code) <= OPTION_VALUE],
    }  # fmt: skip
    return [
        e.section(e.plain_text("\n".join(lines)[:SECTION])),
        e.context([e.plain_text(f"{', '.join(group.kinds)}; newest {group.newest:%Y-%m-%d}")]),
        e.actions([select, e.button("Say it in words", f"{WORDS}:{group.ident}", "words")]),
    ]


def words_view(miss: int, name: str) -> Json:
    """The modal for a name, a career and an intent."""
    named: Json = {"type": "plain_text_input", "action_id": "name", "max_length": 60}
    if name:
        named["initial_value"] = name
    intents = [e.option(f"{intent}: {words} …", intent) for intent, words in ASKS.items()]
    careers = {"type": "plain_text_input", "action_id": "careers", "max_length": 200}
    return modal(
        "What does it mean?",
        [
            _input("careers", "The career’s title (several with commas)", careers),
            _input("name", "It is another name, which wasn’t known", named, optional=True),
            _input(
                "intent", "Or: what the whole question asks",
                {"type": "static_select", "action_id": "intent", "options": intents,
                 "placeholder": e.plain_text("Nothing: it is only a name")}, optional=True,
            ),
        ],
        submit="Keep", callback=WORDS_VIEW, metadata=str(miss),
    )  # fmt: skip


def undo_row(kept: Sequence[Curation]) -> Json:
    """The button that takes a decision back."""
    return e.actions([e.button("Undo", UNDO, ",".join(str(one.ident) for one in kept))])


def _input(block_id: str, label: str, element: Json, *, optional: bool = False) -> Json:
    return {
        "type": "input", "block_id": block_id, "label": e.plain_text(label), "element": element, "optional": optional,
    }  # fmt: skip


def _value(values: Body, name: str) -> str:
    element = (values.get(name) or {}).get(name) or {}
    return str((element.get("selected_option") or {}).get("value") or element.get("value") or "")


def _privately(where: Where) -> Where:
    return replace(where, private=True)
