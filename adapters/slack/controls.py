"""The buttons under an answer. Each carries all that pressing it needs, so it works tomorrow and after a restart."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, ValidationError

from adapters.slack import elements as e
from adapters.slack.elements import Json
from adapters.slack.limits import ACTIONS, BUTTON_VALUE, OPTION_VALUE, OVERFLOW_OPTIONS
from adapters.slack.text import short
from adapters.text import visible
from bot.core import Answer, Handled
from bot.query import Evidence, Query, Unclear
from bot.reply import Paragraph, Reply, Suggestion

ASK, WHY, SHARE, FEEDBACK, MORE = "ask", "why", "share", "feedback", "more"
_CAREERS = 3


class Carried(BaseModel):
    """What a button carries about its answer.

    Attributes:
        text: The question. intent, confidence, margin, runner_up, evidence: how it was understood.
        careers: Slugs. command: whether a command named the intent.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = ""
    intent: str = ""
    careers: tuple[str, ...] = ()
    confidence: float = 1.0
    margin: float = 1.0
    runner_up: str = ""
    evidence: tuple[Evidence, ...] = ()
    command: bool = False

    def value(self) -> str:
        """As a button's value: evidence is left out, then the text shortened, where there is too much of it."""
        for kept in (self, self.model_copy(update={"evidence": self.evidence[:4]}), self._least()):
            written = json.dumps(kept.model_dump(exclude_defaults=True), ensure_ascii=False, separators=(",", ":"))
            if len(written) <= BUTTON_VALUE:
                return written
        return "{}"

    def _least(self) -> Carried:
        return self.model_copy(update={"evidence": (), "text": short(visible(self.text), BUTTON_VALUE // 4)})


def carried(value: str) -> Carried:
    """What a button carried; an empty one for a value that an older version wrote differently."""
    try:
        return Carried.model_validate_json(value)
    except ValidationError:
        return Carried()


def about(answer: Answer, handled: Handled, *, command: bool) -> Carried:
    """What the buttons of an answer carry."""
    reading = answer.reading
    if isinstance(reading, Query):
        return Carried(
            text=reading.text or handled.text, intent=reading.intent, confidence=round(reading.confidence, 3),
            careers=tuple(c.slug for c in reading.careers), margin=round(reading.margin, 3),
            runner_up=reading.runner_up, evidence=reading.evidence, command=command,
        )  # fmt: skip
    evidence = reading.evidence if isinstance(reading, Unclear) else ()
    return Carried(text=reading.text or handled.text, confidence=0.0, evidence=evidence, command=command)


def suggestion_buttons(suggestions: Sequence[Suggestion]) -> list[Json]:
    """The questions that may be asked next; one that is too long for a button isn't offered."""
    offered = [one for one in suggestions if visible(one.says) and len(one.says) <= BUTTON_VALUE][:ACTIONS]
    if not offered:
        return []
    buttons = [e.button(one.label or one.says, f"{ASK}:{at}", one.says) for at, one in enumerate(offered)]
    return [e.actions(buttons)]


def controls(
    answer: Answer, carries: Carried, *, private: bool, feedback: bool, direct: bool = False, view: bool = False
) -> list[Json]:
    """The blocks with buttons under an answer.

    Args:
        answer: The answer; its suggestions become buttons.
        carries: What the buttons know of it.
        private: Only one person sees it: it can be shared.
        feedback: Whether opinions are wanted.
        direct: In a conversation with the app there is nobody to share with.
        view: In a modal, where Slack takes no feedback buttons.
    """
    blocks = suggestion_buttons(answer.reply.suggestions)
    row = [e.button("Why this answer?", WHY, carries.value())]
    understood = isinstance(answer.reading, Query)
    share = short(visible(answer.reply.summary), BUTTON_VALUE)
    if private and understood and share and not direct and not view:
        row.append(e.button("Share in channel", SHARE, share))
    if menu := _menu(answer):
        row.append({"type": "overflow", "action_id": MORE, "options": menu[:OVERFLOW_OPTIONS]})
    blocks.append(e.actions(row))
    if feedback and understood and not view:
        blocks.append(feedback_block(carries))
    return blocks


def _menu(answer: Answer) -> list[Json]:
    if not isinstance(answer.reading, Query):
        return []
    options: list[Json] = []
    for career in answer.reading.careers[:_CAREERS]:
        options.append(e.option(f"Save {career.title}", f"save:{career.slug}"))
        if answer.reading.intent == "path":
            options.append(e.option(f"Plan: become {career.title}", f"plan:{career.slug}"))
    if len(answer.reading.careers) == 1:
        options.append(e.option("Save a course …", f"course:{answer.reading.careers[0].slug}"))
    return [option for option in options if len(option["value"]) <= OPTION_VALUE]


def feedback_block(carries: Carried) -> Json:
    """Thumbs up and down; their values say which and about what."""
    lean = carries.model_copy(update={"evidence": (), "text": short(visible(carries.text), BUTTON_VALUE // 4)}).value()

    def thumb(label: str, verdict: str) -> Json:
        spoken = f"This answer was {label.lower()}"
        return {"text": e.plain_text(label), "accessibility_label": spoken, "value": f"{verdict} {lean}"}

    up, down = thumb("Helpful", "up"), thumb("Not helpful", "down")
    element = {"type": "feedback_buttons", "action_id": FEEDBACK, "positive_button": up, "negative_button": down}
    return {"type": "context_actions", "elements": [element]}


def tell(text: str, *suggestions: Suggestion) -> Reply:
    """A short message of the adapter's own."""
    return Reply(summary=text, blocks=(Paragraph(text=text),), suggestions=suggestions)
