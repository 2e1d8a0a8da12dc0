"""Courses for a career or about a subject."""

from __future__ import annotations

from bot.answering.catalogue import resources_reply
from bot.desk import Desk
from bot.intent import Command, Example, Intent, Option
from bot.query import Query
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """The catalogue's courses, most relevant first, each with what it covers; honest where there are none."""
    return await resources_reply(query, desk, "course")


INTENT = Intent(
    name="courses",
    help="Courses for a career or a subject, most relevant first",
    order=4,
    careers=(1, 2),
    command=Command(
        "courses",
        "Courses for a career or a subject",
        (Option("subject", "career", "A career, skill or subject", required=True),),
    ),
    phrases=(
        "courses for {careers}",
        "good {skill} courses",
        "where can i learn {skill}",
        "online course for {career}",
        "recommend a {skill} course",
        "{career} courses",
        "free {skill} course",
        "any course on {topic}",
        "what course should i take to be a {career}",
        "best course to learn {skill}",
        "{skill} tutorial for beginners",
        "i want to learn {skill}",
        "classes for future {careers}",
        "advanced {skill} training",
        "course on {interest}",
    ),
    examples=(
        Example("good sql courses", skills=("SQL",)),
        Example("courses for data engineers", careers=("data-engineer",)),
        Example("any free python course for beginners?", skills=("Python",)),
        Example("which online classes help a future ux designer", careers=("ux-designer",)),
    ),
    counter_examples=("of course", "golf course near me", "books on sql"),
    answer=answer,
)
