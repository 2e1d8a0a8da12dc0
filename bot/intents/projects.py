"""Projects to practise on and to show."""

from __future__ import annotations

from bot.answering.sections import section_reply
from bot.desk import Desk
from bot.intent import Example, Intent
from bot.query import Query
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """Projects with what they show."""
    return await section_reply(query, desk, section="projects", heading="Projects for future {many}")


INTENT = Intent(
    name="projects",
    help="Practice and portfolio projects for a career",
    order=18,
    careers=(1, 3),
    phrases=(
        "what to build to get into {career}",
        "portfolio projects for {careers}",
        "{career} project ideas",
        "side projects for a {career}",
        "what should be in a {career} portfolio",
        "practice projects for {career}",
        "what can i build to learn {career}",
        "good first project for a {career}",
        "suggest a project for {careers}",
        "hands on practice for {careers}",
        "what projects impress {career} interviewers",
        "diy projects for a future {career}",
        "what can i do at home to practise being a {career}",
    ),
    examples=(
        Example("what to build to get into frontend", careers=("frontend-engineer",)),
        Example("portfolio ideas for a ux designer", careers=("ux-designer",)),
        Example("side projects for data scientists?", careers=("data-scientist",)),
        Example("practice projects for an electrician", careers=("electrician",)),
    ),
    counter_examples=("my project is late", "project manager salary", "what is the manhattan project"),
    answer=answer,
)
