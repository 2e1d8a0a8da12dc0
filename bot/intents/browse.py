"""The careers of a field, or the fields there are."""

from __future__ import annotations

from bot.answering.browsing import browse_fields, browse_topic
from bot.desk import Desk
from bot.intent import Command, Example, Intent, Option
from bot.query import Query
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """The careers of the topic, or of all topics where none was named."""
    if query.topics:
        return await browse_topic(query, desk)
    return await browse_fields(query, desk)


INTENT = Intent(
    name="browse",
    help="The careers of a field, or all fields",
    order=8,
    command=Command("browse", "The careers of a field", (Option("topic", "topic", "Field of work"),)),
    phrases=(
        "what jobs are there in {topic}",
        "{topic} careers",
        "list {topic} jobs",
        "show me careers in {topic}",
        "which careers do you know",
        "browse {topic}",
        "what kinds of {topic} jobs exist",
        "list of careers in {topic}",
        "what can you do in {topic}",
        "jobs in the {topic} field",
        "all careers",
        "what careers are in {topic}",
        "types of {topic} jobs",
        "different roles in {topic}",
        "show all careers in {topic}",
    ),
    examples=(
        Example("what jobs are there in security"),
        Example("list careers in healthcare"),
        Example("which roles exist in the games industry"),
        Example("show me all your careers"),
    ),
    counter_examples=("browse the internet", "list my reminders", "highest paying security jobs"),
    answer=answer,
)
