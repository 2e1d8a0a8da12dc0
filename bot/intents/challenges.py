"""The hard parts."""

from __future__ import annotations

from bot.answering.sections import section_reply
from bot.desk import Desk
from bot.intent import Example, Intent
from bot.query import Query
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """The downsides, told straight."""
    return await section_reply(query, desk, section="challenges", heading="The hard parts of being {one}")


INTENT = Intent(
    name="challenges",
    help="The downsides and hard parts of a career",
    order=15,
    careers=(1, 3),
    phrases=(
        "worst thing about being a {career}",
        "downsides of being a {career}",
        "challenges of {careers}",
        "is being a {career} stressful",
        "cons of being a {career}",
        "what do {careers} hate about their job",
        "hardest part of being a {career}",
        "do {careers} work long hours",
        "{career} burnout",
        "is {career} hard",
        "why do {careers} quit",
        "what is difficult about {career}",
        "problems {careers} face",
        "{career} work life balance",
    ),
    examples=(
        Example("worst thing about being a nurse", careers=("registered-nurse",)),
        Example("is being a chef stressful?", careers=("chef",)),
        Example("cons of truck driving as a truck driver", careers=("truck-driver",)),
        Example("what do product managers hate about the job", careers=("product-manager",)),
    ),
    counter_examples=("i have a coding challenge tomorrow", "worst pizza in town", "my back hurts"),
    answer=answer,
)
