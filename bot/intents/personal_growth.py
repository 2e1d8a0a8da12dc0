"""What one learns or gains as a person."""

from __future__ import annotations

from bot.answering.sections import section_reply
from bot.desk import Desk
from bot.intent import Example, Intent
from bot.query import Query
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """How the work changes those who do it."""
    return await section_reply(query, desk, section="personal_growth", heading="What you gain as {one}")


INTENT = Intent(
    name="personal_growth",
    help="What you learn or gain as a person in a career",
    order=17,
    careers=(1, 3),
    phrases=(
        "will i grow as a person as a {career}",
        "what will being a {career} teach me",
        "personal growth as a {career}",
        "how does being a {career} change you",
        "what life skills do you learn as a {career}",
        "is {career} fulfilling",
        "what do you gain as a person from being a {career}",
        "does being a {career} make you a better person",
        "what have you learned about yourself as a {career}",
        "personal development for {careers}",
        "will working as a {career} build my confidence",
        "rewarding sides of being a {career}",
    ),
    examples=(
        Example("how does being a journalist change you as a person", careers=("journalist",)),
        Example("will i grow as a person as a teacher", careers=("high-school-teacher",)),
        Example("what does being a social worker teach you about yourself", careers=("social-worker",)),
        Example("personal growth opportunities for pilots", careers=("pilot",)),
    ),
    counter_examples=("job growth for nurses", "how do i grow tomatoes", "career growth of a recruiter"),
    answer=answer,
)
