"""The step for Workflow Builder: a question goes in, its answer in a sentence or two comes out."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.complete.async_complete import AsyncComplete
from slack_bolt.context.fail.async_fail import AsyncFail

from adapters.slack.answering import Answering
from adapters.slack.inbound import PLATFORM, team_of, undone
from adapters.slack.limits import TEXT
from adapters.slack.text import short
from adapters.text import visible
from bot.message import ConversationKey, IncomingMessage
from bot.query import Query

log = logging.getLogger(__name__)

STEP, QUESTION, ANSWER, FOUND = "answer_question", "question", "answer", "found"
_QUIET = str.maketrans({"<": "‹", ">": "›"})
"""A workflow may post the answer anywhere: nothing in it can be a mention or link."""

Body = dict[str, Any]


def step_declared() -> dict[str, Any]:
    """The step as a manifest's `functions` declare it."""
    return {
        STEP: {
            "title": "Answer a career question",
            "description": "Looks the question up and gives its answer with the source",
            "input_parameters": {
                QUESTION: {
                    "type": "string", "title": "Question", "description": "In your own words",
                    "is_required": True, "name": QUESTION,
                },
            },
            "output_parameters": {
                ANSWER: {
                    "type": "string", "title": "Answer", "description": "A sentence or two, source included",
                    "is_required": True, "name": ANSWER,
                },
                FOUND: {
                    "type": "boolean", "title": "Found", "description": "Whether the question was understood",
                    "is_required": True, "name": FOUND,
                },
            },
        }
    }  # fmt: skip


def listen_to_workflows(app: AsyncApp, answering: Answering) -> None:
    """Register the step."""

    async def run(body: Body, inputs: Body, complete: AsyncComplete, fail: AsyncFail) -> None:
        team, execution = team_of(body), str(body["event"].get("function_execution_id"))

        async def answer() -> None:
            rules = await answering.community.settings(f"slack:{team}")
            message = IncomingMessage(
                text=undone(str(inputs.get(QUESTION) or "")), country=rules.country, community=f"slack:{team}",
                locale=rules.language or answering.settings.locale,
                conversation=ConversationKey(platform=PLATFORM, place=f"slack:home:{team}", thread=execution),
            )  # fmt: skip
            try:
                handled = await answering.bot.handle(message)
                said = " ".join(visible(one.reply.summary) for one in handled.answers)
                found = bool(handled.answers) and all(isinstance(one.reading, Query) for one in handled.answers)
                await complete({ANSWER: short(said, TEXT).translate(_QUIET), FOUND: found})
            except Exception:
                await fail("The question couldn’t be looked up just now.")
                raise

        answering.work.start(f"slack:{team}:{execution}", answer)

    app.function(STEP)(run)
