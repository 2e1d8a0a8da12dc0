"""Skills and tools."""

from __future__ import annotations

from bot.answering.facts import skill_table
from bot.answering.sections import section_reply
from bot.desk import Desk
from bot.intent import Example, Intent
from bot.query import Query
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """What to know, each skill with its weight, and the tools of the trade."""
    return await section_reply(query, desk, section="skills", heading="Skills for {many}", add=skill_table)


INTENT = Intent(
    name="skills",
    help="The skills and tools a career needs, by importance",
    order=12,
    careers=(1, 3),
    phrases=(
        "what skills does a {career} need",
        "skills for {careers}",
        "{career} skills",
        "what should a {career} know",
        "what tools do {careers} use",
        "tech stack of a {career}",
        "what programming languages does a {career} need",
        "what do i need to know to be a {career}",
        "key skills of a {career}",
        "what makes a good {career}",
        "what are {careers} good at",
        "which software do {careers} use",
        "{career} toolset",
        "requirements for {career} skills",
    ),
    examples=(
        Example("what should a devops engineer know", careers=("devops-engineer",)),
        Example("skills for a graphic designer?", careers=("graphic-designer",)),
        Example("which tools do data analysts use", careers=("data-analyst",)),
        Example("qa engineer skillset", careers=("qa-engineer",)),
    ),
    counter_examples=("my python skills are rusty", "skill issue lol", "i know python, what could i do"),
    answer=answer,
)
