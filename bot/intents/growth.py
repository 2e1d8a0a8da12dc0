"""Where a career leads."""

from __future__ import annotations

from bot.answering.facts import next_careers
from bot.answering.sections import section_reply
from bot.desk import Desk
from bot.intent import Example, Intent
from bot.query import Query
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """The ladder, and the careers that it usually leads to."""
    return await section_reply(query, desk, section="growth", heading="Where {many} go from there", add=next_careers)


INTENT = Intent(
    name="growth",
    help="Promotion, seniority and where a career leads",
    order=14,
    careers=(1, 3),
    phrases=(
        "what comes after {career}",
        "career progression for {careers}",
        "how do {careers} get promoted",
        "where can a {career} go next",
        "next step after {career}",
        "{career} career ladder",
        "how to become a senior {career}",
        "room for advancement as a {career}",
        "seniority levels for {careers}",
        "what can a {career} move up to",
        "promotion for {careers}",
        "is {career} a dead end",
        "from junior to senior {career}",
        "career growth of a {career}",
    ),
    examples=(
        Example("what comes after senior backend dev", careers=("backend-engineer",)),
        Example("career progression for accountants", careers=("accountant",)),
        Example("how does a police officer get promoted", careers=("police-officer",)),
        Example("next step up from recruiter?", careers=("recruiter",)),
    ),
    counter_examples=(
        "how much are openings growing for nurses",
        "my plant is growing",
        "will i grow as a person as a nurse",
    ),
    answer=answer,
)
