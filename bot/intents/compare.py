"""Careers side by side, computed from their figures and skills."""

from __future__ import annotations

from bot.answering.comparison import compare_places, comparison
from bot.desk import Desk
from bot.intent import Command, Example, Intent, Option
from bot.query import Query
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """Two to four careers, or one career in several places."""
    if len(query.careers) == 1:
        return await compare_places(query, desk)
    return await comparison(query, desk)


INTENT = Intent(
    name="compare",
    help="Careers side by side: pay, growth, way in, skills",
    order=6,
    careers=(2, 4),
    places=True,
    command=Command(
        "compare",
        "Careers side by side",
        (
            Option("careers", "career", "Two to four careers", required=True, many=True),
            Option("place", "place", "Compare the pay there"),
        ),
    ),
    phrases=(
        "{career} vs {career}",
        "compare {career} and {career}",
        "difference between a {career} and a {career}",
        "{career} or {career}",
        "which is better, {career} or {career}",
        "who earns more, {careers} or {careers}",
        "should i be a {career} or a {career}",
        "is {career} the same as {career}",
        "{career} versus {career} in {place}",
        "compare {career} salary in {place} and {place}",
        "{career} vs {career} vs {career}",
        "which pays more, {career} or {career}",
        "how is a {career} different from a {career}",
        "{career} compared to {career}",
    ),
    examples=(
        Example("frontend vs backend", careers=("frontend-engineer", "backend-engineer")),
        Example("Compare electrician and plumber", careers=("electrician", "plumber")),
        Example(
            "what's the difference between a ux designer and a ui designer", careers=("ux-designer", "ui-designer")
        ),
        Example("lawyer or paralegal, which is the better life", careers=("lawyer", "paralegal")),
    ),
    counter_examples=("cats vs dogs", "android or iphone", "tea or coffee", "postgres vs mysql"),
    answer=answer,
)
