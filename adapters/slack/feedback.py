"""The buttons under an answer that aren't questions: why, share, thumbs, save."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import controls as c
from adapters.slack.answering import Answering
from adapters.slack.inbound import Where, from_button, where_pressed
from adapters.slack.limits import TEXT
from adapters.slack.outbound import Outbound
from adapters.slack.pack import Message
from adapters.slack.plans import course_view, courses
from adapters.slack.text import escaped_lines, mrkdwn
from adapters.why import explanation
from bot.community import Opinion, Saved, SavedKind, Verdict
from bot.core import Answer, Handled
from bot.query import NotUnderstood, Query, Reading
from bot.reply import Reply
from knowledge.knowledge import UnknownIdentifier

Body = dict[str, Any]


def listen_to_controls(app: AsyncApp, answering: Answering) -> None:
    """Register the buttons."""
    under = _Under(answering)
    app.action(re.compile(rf"^{c.WHY}(:\d+)?$"))(under.why)
    app.action(c.SHARE)(under.share)
    app.action(c.FEEDBACK)(under.feedback)
    app.action(re.compile(rf"^{c.MORE}(:\d+)?$"))(under.more)


class _Under:
    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    def _once(self, body: Body) -> str:
        return from_button(body, "").event

    async def why(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """How the question was understood, to the person who asks alone."""
        await ack()
        carried = c.carried(str(body["actions"][0].get("value") or ""))
        where = _privately(where_pressed(body))
        self._answering.work.start(
            self._once(body), lambda: self._answering.tell(client, where, self._explained(carried))
        )

    def _explained(self, carried: c.Carried) -> Reply:
        reading: Reading = NotUnderstood(text=carried.text, evidence=carried.evidence)
        if carried.intent:
            reading = Query(
                text=carried.text, intent=carried.intent, confidence=carried.confidence, margin=carried.margin,
                runner_up=carried.runner_up, evidence=carried.evidence,
            )  # fmt: skip
        nothing = Reply(summary="", blocks=())
        handled = Handled(carried.text, (Answer(reading, nothing),), 0.0, "")
        return explanation(self._answering.bot.understanding, handled, by_command=carried.command)

    async def share(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """A private answer, in its quotable sentence, for everybody in the channel."""
        await ack()
        where, text = where_pressed(body), str(body["actions"][0].get("value") or "")

        async def send() -> None:
            quoted = escaped_lines(text.splitlines(), TEXT - 100)
            shown = f"{quoted}\n_Shared by <@{mrkdwn(where.user)}> from Careerbot_"
            public = Where(where.team, where.channel, where.user, where.thread, where.response_url)
            await Outbound().send(client, public, [Message(shown, (), ())])

        self._answering.work.start(self._once(body), send)

    async def feedback(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """A thumb up or down; both are thanked for, privately."""
        await ack()
        where = where_pressed(body)
        verdict, _, rest = str(body["actions"][0].get("value") or "").partition(" ")
        carried = c.carried(rest)

        async def keep() -> None:
            judged: Verdict = "up" if verdict == "up" else "down"
            kept = await self._answering.community.opinion(
                Opinion(
                    community=where.community, person=where.person, platform="slack", verdict=judged,
                    text=carried.text, intent=carried.intent, careers=carried.careers,
                )
            )  # fmt: skip
            thanks = "Thank you, noted." if judged == "up" else "Thank you. Somebody will look at what went wrong."
            text = thanks if kept else "Thank you; I can’t note it just now."
            await self._answering.tell(client, _privately(where), c.tell(text))

        self._answering.work.start(self._once(body), keep)

    async def more(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The menu: save a career, or the plan to become one."""
        await ack()
        chosen = body["actions"][0].get("selected_option") or {}
        verb, _, slug = str(chosen.get("value") or "").partition(":")
        where = where_pressed(body)

        async def save() -> None:
            if verb == "course":
                view = course_view(slug, await courses(self._answering.bot.desk.knowledge, slug))
                await client.views_open(trigger_id=where.trigger, view=view)
                return
            kind: SavedKind = "path" if verb == "plan" else "career"
            try:
                career = await self._answering.bot.desk.knowledge.career(slug)
            except UnknownIdentifier:
                await self._answering.tell(client, _privately(where), c.tell("I don’t know that career any more."))
                return
            steps = await _steps(self._answering, slug) if kind == "path" else 0
            kept = await self._answering.community.save(
                where.person, Saved(kind=kind, ident=slug, title=career.title, steps=steps)
            )
            text = f"Saved: {career.title}. You find it in my Home tab." if kept else "I can’t save that just now."
            await self._answering.tell(client, _privately(where), c.tell(text))

        self._answering.work.start(self._once(body), save)


def _privately(where: Where) -> Where:
    """The same place, for the person alone."""
    return Where(
        where.team, where.channel, where.user, where.thread, where.response_url, private=True, direct=where.direct,
        view=where.view, trigger=where.trigger,
    )  # fmt: skip


async def _steps(answering: Answering, slug: str) -> int:
    """How many steps the path to a career has."""
    section = await answering.bot.desk.knowledge.section(slug, "path")
    return len(section.items) if section else 0
