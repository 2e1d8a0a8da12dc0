"""Members' plans beside the Home tab: a course to save, steps by name, and the weekly reminder's switch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from adapters.slack import controls as c
from adapters.slack import elements as e
from adapters.slack.answering import Answering
from adapters.slack.elements import Json
from adapters.slack.inbound import person_of, team_of
from adapters.slack.limits import OPTION_VALUE
from adapters.slack.views import modal, waiting_view
from bot.community import Saved
from bot.community_plans import keepable, steps_of
from knowledge.knowledge import Knowledge

Body = dict[str, Any]
COURSE_VIEW, REMIND = "save_course", "home:remind"


def listen_to_plans(app: AsyncApp, answering: Answering) -> None:
    """Register the modal that saves a course."""

    async def save(ack: AsyncAck, body: Body) -> None:
        slug = str(body["view"].get("private_metadata") or "")
        state = (body["view"].get("state") or {}).get("values") or {}
        chosen = str((state.get("course", {}).get("course", {}).get("selected_option") or {}).get("value") or "")
        course = next((one for one in await courses(answering.bot.desk.knowledge, slug) if one.ident == chosen), None)
        if course is None:
            await ack(response_action="errors", errors={"course": "I don’t know that course any more."})
            return
        kept = await answering.community.save(person_of(team_of(body), str(body["user"]["id"])), course)
        text = f"Saved: {course.title}. You find it in my Home tab." if kept else "I can’t save that just now."
        await ack(response_action="update", view=waiting_view(c.tell(text)))

    app.view(COURSE_VIEW)(save)


async def courses(knowledge: Knowledge, slug: str) -> list[Saved]:
    """The courses of a career that can be saved; UnknownIdentifier if there is no such career."""
    return [one for one in await keepable(knowledge, slug) if one.kind == "course" and len(one.ident) <= OPTION_VALUE]


def course_view(slug: str, found: Sequence[Saved]) -> Json:
    """The modal that asks which course to save."""
    if not found:
        return waiting_view(c.tell("My catalogue has no courses for this career yet."))
    options = [e.option(one.title, one.ident) for one in found]
    select = {"type": "static_select", "action_id": "course", "options": options}
    block = {"type": "input", "block_id": "course", "label": e.plain_text("Which course?"), "element": select}
    return modal("Save a course", [block], submit="Save", callback=COURSE_VIEW, metadata=slug)


async def named_steps(knowledge: Knowledge, saved: Sequence[Saved]) -> dict[str, tuple[str, ...]]:
    """The steps of the plans among what is saved, by career."""
    return {one.ident: await steps_of(knowledge, one.ident) for one in saved if one.kind == "path"}


def step_label(steps: Mapping[str, Sequence[str]], plan: Saved, step: int) -> str:
    """A step's number and words."""
    words = steps.get(plan.ident, ())
    return f"{step}. {words[step - 1]}" if step <= len(words) else f"Step {step}"


def remind_button(*, on: bool) -> Json:
    """The switch of the weekly reminder."""
    label = "Stop reminders" if on else "Remind me once a week"
    return e.button(label, REMIND, "off" if on else "on")
