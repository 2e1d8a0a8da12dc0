"""Who a career suits."""

from __future__ import annotations

from bot.answering.facts import trait_facts
from bot.answering.sections import section_reply
from bot.desk import Desk
from bot.intent import Example, Intent
from bot.query import Query
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """Who thrives in it and who doesn't, and its rated interests."""
    return await section_reply(query, desk, section="personality", heading="Who it suits: {title}", add=trait_facts)


INTENT = Intent(
    name="personality",
    help="The traits and interests a career suits",
    order=16,
    careers=(1, 3),
    phrases=(
        "is {career} good for introverts",
        "what personality suits a {career}",
        "would i make a good {career}",
        "is {career} for me",
        "what kind of person becomes a {career}",
        "personality traits of {careers}",
        "am i suited to be a {career}",
        "would i like being a {career}",
        "do you have to be outgoing to be a {career}",
        "can shy people be {careers}",
        "is {career} right for me",
        "what type of people are {careers}",
        "is {career} a good fit for someone creative",
        "i hate maths, can i still be a {career}",
    ),
    examples=(
        Example("what kind of person makes a good lawyer", careers=("lawyer",)),
        Example("is accounting good for introverts as an accountant", careers=("accountant",)),
        Example("would I enjoy being a data analyst?", careers=("data-analyst",)),
        Example("do quiet people do well as ux researchers", careers=("ux-researcher",)),
    ),
    counter_examples=("what is your personality", "this movie is good for kids", "what's my star sign"),
    answer=answer,
)
