"""Careers that fit what somebody knows or likes."""

from __future__ import annotations

from bot.answering.matching import matched
from bot.desk import Desk
from bot.intent import Command, Example, Intent, Option
from bot.query import Query
from bot.quiz import quiz_reply
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """The best fitting careers with what fits; without anything named, the interest quiz is offered."""
    if query.quiz is not None:
        return await quiz_reply(query.quiz, desk)
    return await matched(query, desk)


INTENT = Intent(
    name="match",
    help="Careers that fit your skills and interests",
    order=9,
    careers=(0, 1),
    command=Command(
        "match",
        "Careers that fit your skills and interests",
        (Option("about", "text", "Skills and interests, with commas", required=True, many=True),),
    ),
    phrases=(
        "i know {skill} and {skill}, what could i do",
        "what jobs fit someone who likes {interest}",
        "i like {interest}, which career suits me",
        "careers for people who love {interest}",
        "what job is right for me",
        "what can i do with {skill}",
        "i'm good at {skill} and {interest}",
        "jobs that use {skill}",
        "i enjoy {interest} and {interest}, any career ideas",
        "what should i be",
        "which career matches my interests",
        "got {skill} from my old job, where can that take me",
        "recommend a career for someone who likes {interest}",
        "i hate {interest} but love {interest}, what work is there",
    ),
    examples=(
        Example("i know python and sql, what could i do", skills=("Python", "SQL")),
        Example("jobs for someone who likes animals"),
        Example("which career suits me if I love drawing"),
        Example("what can I do with excel and bookkeeping"),
    ),
    counter_examples=("football match tonight", "i like turtles", "match the regex", "i love this song"),
    answer=answer,
)
