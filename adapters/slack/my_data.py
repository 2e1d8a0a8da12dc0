"""What is kept about a person: having all of it, and having it deleted."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import controls as c
from adapters.slack import home
from adapters.slack.answering import Answering
from adapters.slack.declared import MY_DATA
from adapters.slack.elements import actions, button
from adapters.slack.home_listeners import HomeTab
from adapters.slack.inbound import Where, from_button, team_of, where_pressed
from adapters.slack.render import render
from adapters.slack.views import data_view
from bot.community_plans import deleted

Body = dict[str, Any]


def listen_to_my_data(app: AsyncApp, answering: Answering, tab: HomeTab) -> None:
    """Register the buttons and the command."""
    mine = _MyData(answering, tab)
    app.action(home.EXPORT)(mine.export)
    app.action(home.DELETE)(mine.delete)
    app.command(f"/{MY_DATA}")(mine.command)


class _MyData:
    def __init__(self, answering: Answering, tab: HomeTab) -> None:
        self._answering, self._tab = answering, tab
        self._community = answering.community

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
                await self._tab.publish(client, where.team, where.user)

        self._answering.work.start(from_button(body, "").event, delete)

    async def command(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The command `/mydata`: the same buttons as on Home."""
        await ack()
        channel, url = str(body.get("channel_id") or ""), str(body.get("response_url") or "")
        where = Where(team_of(body), channel, str(body["user_id"]), response_url=url, private=True)
        offer_my_data(self._answering, client, f"slack:{body.get('trigger_id')}", where)


def offer_my_data(answering: Answering, client: AsyncWebClient, event: str, where: Where) -> None:
    """Say to the person alone what is kept about them, with buttons to have it or to delete it."""
    buttons = actions([button("Export my data", home.EXPORT, "export"), home.delete_button()])
    text = "I keep what you save, your opinions and what a conversation is about. It is yours."
    messages = render(c.tell(text), [buttons])
    private = replace(where, private=True)
    answering.work.start(event, lambda: answering.outbound.send(client, private, messages))
