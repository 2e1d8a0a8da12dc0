"""Demand, job growth, the future of a career."""

from __future__ import annotations

from functools import partial

from bot.answering.facts import outlook_facts
from bot.answering.sections import section_reply
from bot.desk import Desk
from bot.intent import Example, Intent
from bot.query import Query
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """Where demand comes from and goes, and the official projection in words and numbers."""
    add = partial(outlook_facts, places=query.places)
    return await section_reply(query, desk, section="outlook", heading="Job outlook for {many}", add=add)


INTENT = Intent(
    name="outlook",
    help="Demand, job growth and the future of a career",
    order=13,
    careers=(1, 3),
    places=True,
    phrases=(
        "is there a future in {career}",
        "job outlook for {careers}",
        "will {careers} be replaced by ai",
        "are {careers} in demand",
        "demand for {careers} in {place}",
        "is {career} a dying job",
        "{career} job market",
        "how many {career} jobs are there",
        "is {career} growing",
        "future of {careers}",
        "is it hard to find a job as a {career}",
        "will there be jobs for {careers}",
        "{career} job growth",
        "is {career} a safe career",
        "openings for {careers}",
    ),
    examples=(
        Example("is there a future in qa", careers=("qa-engineer",)),
        Example("are translators being replaced by ai", careers=("translator",)),
        Example("demand for electricians in Ohio", careers=("electrician",), places=("Ohio",)),
        Example("job outlook librarian", careers=("librarian",)),
    ),
    counter_examples=("what is the weather outlook", "will ai replace us all", "my outlook calendar is broken"),
    answer=answer,
)
