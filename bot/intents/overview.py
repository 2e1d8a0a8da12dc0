"""What a career is."""

from __future__ import annotations

from bot.answering.facts import key_facts
from bot.answering.sections import section_reply
from bot.desk import Desk
from bot.intent import Command, Example, Intent, Option
from bot.query import Query
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """The overview, and the figures that people want first: pay, growth, usual way in."""
    return await section_reply(query, desk, section="overview", heading="{title}", add=key_facts)


INTENT = Intent(
    name="overview",
    help="What a career is, in a paragraph, with its key figures",
    order=0,
    careers=(1, 3),
    command=Command("career", "What a career is", (Option("career", "career", "Which career", required=True),)),
    phrases=(
        "what is {career}",
        "what is a {career}",
        "what's an {career}",
        "who is a {career}",
        "what are {careers}",
        "tell me about {careers}",
        "tell me about being a {career}",
        "explain {career}",
        "describe a {career}",
        "give me an overview of {career}",
        "{career} overview",
        "info on {careers}",
        "what even is a {career}",
        "what does {career} mean",
        "what kind of job is {career}",
        "is {career} a real job",
        "define {career}",
    ),
    examples=(
        Example("what is a data engineer", careers=("data-engineer",)),
        Example("tell me about plumbers", careers=("plumber",)),
        Example("ux researcher, what is that", careers=("ux-researcher",)),
        Example("Could you explain what an actuary is?", careers=("actuary",)),
    ),
    counter_examples=("what is the capital of france", "what is a data engineer paid", "tell me a joke"),
    answer=answer,
)
