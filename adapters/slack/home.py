"""The Home tab. Pure: what is known goes in, a view comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adapters.slack import elements as e
from adapters.slack.elements import Json
from adapters.slack.limits import OPTION_VALUE, OPTIONS
from adapters.slack.plans import remind_button, step_label
from adapters.slack.text import short
from adapters.slack.views import complete, fitting
from adapters.text import visible
from bot.community import Saved
from bot.community_plans import progress, shown

SEARCH, FIND, BROWSE, SAVED, STEPS, SETTINGS, EXPORT, DELETE = (
    "home:search", "complete:career", "home:browse", "home:saved", "home:steps", "home:settings", "home:export",
    "home:delete",
)  # fmt: skip
_MOST_SAVED = 20


def home_view(
    topics: Sequence[str], saved: Sequence[Saved], *, admin: bool, starters: Sequence[str] = (),
    steps: Mapping[str, Sequence[str]] | None = None, reminded: bool = False,
) -> Json:  # fmt: skip
    """The Home tab of a person.

    Args:
        topics: Fields of work to browse.
        saved: What the person keeps, newest first.
        admin: Whether they may change the workspace's settings.
        starters: Questions to try.
        steps: The steps of the plans among what is saved, by career.
        reminded: Whether the weekly reminder is on.
    """
    search = {
        "type": "input", "block_id": "home_search", "dispatch_action": True, "label": e.plain_text("Ask anything"),
        "element": {
            "type": "plain_text_input", "action_id": SEARCH,
            "placeholder": e.plain_text("What does a backend engineer earn in London?"),
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
        },
    }  # fmt: skip
    blocks: list[Json] = [
        e.header("Careers, with figures you can check"),
        search,
        e.actions([complete(FIND, "Find a career"), *_browse(topics)], "home_find"),
    ]
    if starters:
        blocks.append(e.actions([e.button(text, f"ask:{at}", text) for at, text in enumerate(starters[:4])]))
    blocks += [{"type": "divider"}, e.header("Saved careers and plans"), *_saved(saved, steps or {})]
    blocks.append(e.actions([remind_button(on=reminded)], "home_remind"))
    foot = [e.button("Export my data", EXPORT, "export"), delete_button()]
    if admin:
        foot.insert(0, e.button("Settings", SETTINGS, "settings"))
    blocks += [
        {"type": "divider"}, e.header("Privacy"),
        e.section(e.plain_text(
            "What you save, your opinions and what a conversation is about are kept so that I can answer follow-ups. "
            "Nothing is sold or shown to others. You can have all of it, or have it deleted, at any time."
        )),
        e.actions(foot, "home_foot"),
    ]  # fmt: skip
    return {"type": "home", "blocks": fitting(blocks)}


def _browse(topics: Sequence[str]) -> list[Json]:
    options = [e.option(topic, topic) for topic in topics if 0 < len(visible(topic)) <= OPTION_VALUE][:OPTIONS]
    if not options:
        return []
    select = {"type": "static_select", "action_id": BROWSE, "options": options}
    return [select | {"placeholder": e.plain_text("Browse a field of work")}]


def _saved(saved: Sequence[Saved], steps: Mapping[str, Sequence[str]]) -> list[Json]:
    if not saved:
        return [e.section(e.plain_text("Nothing saved yet. The “…” menu under an answer saves a career or a plan."))]
    blocks: list[Json] = []
    for number, one in enumerate(saved[:_MOST_SAVED]):
        far = f" · {progress(one)}" if one.steps else ""
        text = f"{short(visible(shown(one)), 200)}{far}"
        options = [e.option("Open", f"open:{one.kind}:{one.ident}"), e.option("Remove", f"drop:{one.kind}:{one.ident}")]
        menu = {"type": "overflow", "action_id": f"{SAVED}:{number}", "options": options}
        fits = all(len(option["value"]) <= OPTION_VALUE for option in options)
        blocks.append(e.section(e.plain_text(text), menu if fits else None))
        if one.kind == "path" and 0 < one.steps <= 10:
            blocks.append(_steps(one, number, steps))
    if len(saved) > _MOST_SAVED:
        blocks.append(e.context([e.plain_text(f"and {len(saved) - _MOST_SAVED} more")]))
    return blocks


def _steps(plan: Saved, number: int, steps: Mapping[str, Sequence[str]]) -> Json:
    """A plan's steps to tick off."""
    options = [
        e.option(step_label(steps, plan, step), f"{plan.ident}:{step}") for step in range(1, plan.steps + 1)
    ]  # fmt: skip
    boxes: Json = {"type": "checkboxes", "action_id": f"{STEPS}:{number}", "options": options}
    if done := [option for at, option in enumerate(options, 1) if at in plan.done]:
        boxes["initial_options"] = done
    return e.actions([boxes], f"plan_{number}")


def delete_button() -> Json:
    """Deletes all that is kept about a person, once they have said so twice."""
    confirm = {
        "title": e.plain_text("Delete everything about you?"),
        "text": e.plain_text("Saved careers, plans, opinions and conversations are gone for good."),
        "confirm": e.plain_text("Delete"), "deny": e.plain_text("Keep"), "style": "danger",
    }  # fmt: skip
    return e.button("Delete my data", DELETE, "delete", "danger", confirm)
