"""Best, most, fastest: across careers, or across places for one career."""

from __future__ import annotations

from bot.answering.ranking import careers_ranked, places_ranked
from bot.desk import Desk
from bot.intent import Command, Example, Intent, Option
from bot.query import Query
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """Places by a career's pay where a career was named; careers by a figure otherwise."""
    if query.careers:
        return await places_ranked(query, desk)
    return await careers_ranked(query, desk)


INTENT = Intent(
    name="rank",
    help="The best paid, fastest growing or easiest careers, or where one pays most",
    order=7,
    careers=(0, 1),
    places=True,
    command=Command(
        "rank",
        "The best paid or fastest growing careers, or where one pays most",
        (
            Option("by", "text", "pay, growth, openings or preparation"),
            Option("topic", "topic", "Field of work"),
            Option("place", "place", "City, state or country"),
            Option("career", "career", "Rank places for this career instead"),
        ),
    ),
    phrases=(
        "highest paying {topic} jobs",
        "highest paying jobs in {place}",
        "best paid careers",
        "fastest growing careers",
        "which {topic} jobs pay the most in {place}",
        "where do {careers} earn most",
        "best city for {careers}",
        "which country pays {careers} best",
        "top paying jobs without a degree",
        "easiest jobs to get into",
        "jobs paying over {number} in {place}",
        "careers with the most openings",
        "lowest paid jobs in {topic}",
        "what jobs make the most money",
        "in which state do {careers} make the most",
        "jobs that pay more than {number} without a degree",
        "most in demand {topic} careers",
        "worst paid jobs",
        "top 10 careers by growth",
    ),
    examples=(
        Example("highest paying tech jobs in austin", places=("Austin",)),
        Example("where do backend devs earn most", careers=("backend-engineer",)),
        Example("which country pays data scientists best", careers=("data-scientist",)),
        Example("fastest growing healthcare careers"),
        Example("jobs paying over 100k in Austin that need no degree", places=("Austin",)),
    ),
    counter_examples=("best pizza in austin", "top 10 movies", "what is the highest mountain"),
    answer=answer,
)
