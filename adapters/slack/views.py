"""Modals: asking with completion, and answers that open from the Home tab. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from adapters.slack import controls as c
from adapters.slack import elements as e
from adapters.slack.elements import Json, strings
from adapters.slack.limits import OPTION_VALUE, OPTIONS, VIEW_BLOCKS, VIEW_CHARACTERS
from adapters.slack.render import view_blocks
from adapters.text import visible
from bot.core import Answer
from bot.intent import Intent
from bot.message import StructuredRequest
from bot.reply import Reply

ASK_VIEW = "ask_view"
CAREER, PLACE, WHAT, QUESTION = "career", "place", "what", "question"
OPTIONS_FOR = {"complete:career": "career", "complete:place": "place"}
"""Action ids of the selects that complete, and what they complete."""
_ASKED = ("salary", "overview", "path", "courses", "books", "rank")


def modal(title: str, blocks: Sequence[Json], *, submit: str = "", callback: str = "", metadata: str = "") -> Json:
    """A modal; blocks beyond what Slack takes are left out, with a word about it."""
    view: Json = {
        "type": "modal", "title": e.plain_text(title), "close": e.plain_text("Close"), "blocks": fitting(blocks),
    }  # fmt: skip
    if submit:
        view["submit"] = e.plain_text(submit)
    if callback:
        view["callback_id"] = callback
    if metadata:
        view["private_metadata"] = metadata
    return view


def fitting(blocks: Sequence[Json]) -> list[Json]:
    """As many blocks as a view takes."""
    kept: list[Json] = []
    used = 0
    for block in blocks:
        used += strings(block)
        if len(kept) >= VIEW_BLOCKS - 1 or used > VIEW_CHARACTERS:
            return [*kept, e.context([e.plain_text("There is more: ask in a direct message for all of it.")])]
        kept.append(block)
    return kept or [e.section(e.plain_text("Nothing to show."))]


def answer_view(answered: Sequence[tuple[Answer, c.Carried]]) -> Json:
    """Answers in a modal, with their buttons."""
    blocks: list[Json] = []
    for number, (answer, carries) in enumerate(answered):
        buttons = c.controls(answer, carries, private=True, feedback=False, view=True)
        blocks += view_blocks(answer.reply, [_numbered(block, number) for block in buttons])
    return modal("Careerbot", blocks)


def _numbered(block: Json, number: int) -> Json:
    """The block with action ids that stay different where several answers stand in one view."""
    if number == 0 or block["type"] != "actions":
        return block
    elements = [one | {"action_id": f"{one['action_id']}:{number}"} for one in block["elements"]]
    return block | {"elements": elements}


def waiting_view(reply: Reply) -> Json:
    """A short message in a modal."""
    return modal("Careerbot", view_blocks(reply, c.suggestion_buttons(reply.suggestions)))


def ask_view(intents: Mapping[str, Intent]) -> Json:
    """The modal of the global shortcut: what to know, about which career, where; or a question in one's own words."""
    offered = [intents[name] for name in _ASKED if name in intents]
    choices = [e.option(intent.command.help if intent.command else intent.help, intent.name) for intent in offered]
    what = {"type": "static_select", "action_id": WHAT, "options": choices, "initial_option": choices[0]}
    return modal(
        "Look something up",
        [
            _input(WHAT, "What do you want to know?", what),
            _input(CAREER, "About which career?", complete("complete:career", "Type a career"), optional=True),
            _input(PLACE, "Where?", complete("complete:place", "Type a city, state or country"), optional=True),
            _input(
                QUESTION, "Or in your own words",
                {"type": "plain_text_input", "action_id": QUESTION, "max_length": 500}, optional=True,
            ),
        ],
        submit="Look up",
        callback=ASK_VIEW,
    )  # fmt: skip


def complete(action_id: str, placeholder: str) -> Json:
    """A select that completes while somebody types."""
    return {
        "type": "external_select", "action_id": action_id, "min_query_length": 1,
        "placeholder": e.plain_text(placeholder),
    }  # fmt: skip


def _input(block_id: str, label: str, element: Json, *, optional: bool = False) -> Json:
    return {
        "type": "input", "block_id": block_id, "label": e.plain_text(label), "element": element, "optional": optional,
    }  # fmt: skip


def completions(names: Iterable[str]) -> list[Json]:
    """Names as the options of an external select."""
    shown = [name for name in map(visible, names) if 0 < len(name) <= OPTION_VALUE]
    return [e.option(name, name) for name in dict.fromkeys(shown)][:OPTIONS]


def submitted(state: Mapping[str, Any]) -> tuple[str, StructuredRequest | None]:
    """What was asked with the modal: words of one's own, else a command; ("", None) if neither was filled in."""
    values = state.get("values") or {}

    def value(block: str) -> str:
        for element in (values.get(block) or {}).values():
            chosen = element.get("selected_option") or {}
            return str(chosen.get("value") or element.get("value") or "")
        return ""

    if question := value(QUESTION).strip():
        return question, None
    career, place = value(CAREER), value(PLACE)
    if not career and value(WHAT) != "rank":
        return "", None
    options = {name: text for name, text in ((CAREER, career), (PLACE, place)) if text}
    return "", StructuredRequest(intent=value(WHAT), options=options)


def data_view(data: Mapping[str, object]) -> Json:
    """What is kept about a person, as far as it fits; the whole of it comes as a file."""
    lines = json.dumps(data, indent=1, ensure_ascii=False, default=str).splitlines()
    return modal("Your data", [e.preformatted([visible(line) for line in lines[:60]])])
