"""What people in a career do all day."""

from __future__ import annotations

from bot.answering.sections import section_reply
from bot.desk import Desk
from bot.intent import Example, Intent
from bot.query import Query
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """The duties, and a typical day where somebody wrote one."""
    return await section_reply(query, desk, section="responsibilities", heading="What {many} do", also=("typical_day",))


INTENT = Intent(
    name="responsibilities",
    help="The duties and daily work of a career",
    order=10,
    careers=(1, 3),
    phrases=(
        "what does a {career} do",
        "what do {careers} do all day",
        "responsibilities of a {career}",
        "{career} duties",
        "day in the life of a {career}",
        "daily tasks of {careers}",
        "what is the work of a {career} like",
        "what will i be doing as a {career}",
        "{career} job description",
        "typical day of a {career}",
        "what do {careers} actually do at work",
        "main tasks of a {career}",
        "what is a {career} responsible for",
    ),
    examples=(
        Example("what does an sre do all day", careers=("site-reliability-engineer",)),
        Example("duties of a paralegal", careers=("paralegal",)),
        Example("a typical day for a firefighter?", careers=("firefighter",)),
        Example("what do game developers actually do at work", careers=("game-developer",)),
    ),
    counter_examples=("what do you do", "what should i do tonight", "what does a nurse earn"),
    answer=answer,
)
