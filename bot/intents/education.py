"""Degree, training and certificates."""

from __future__ import annotations

from bot.answering.facts import education_facts
from bot.answering.sections import section_reply
from bot.desk import Desk
from bot.intent import Example, Intent
from bot.query import Query
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """What is needed on paper, and what people in the job say that it asks for."""
    return await section_reply(query, desk, section="education", heading="Education for {many}", add=education_facts)


INTENT = Intent(
    name="education",
    help="The degree, training and certificates a career needs",
    order=11,
    careers=(1, 3),
    phrases=(
        "do i need a degree to be a {career}",
        "what degree does a {career} need",
        "education for {careers}",
        "{career} education requirements",
        "what should i study to become a {career}",
        "which certifications for {career}",
        "how many years of school to be a {career}",
        "is a degree required for {career}",
        "{career} qualifications",
        "what training do {careers} need",
        "can i be a {career} without a degree",
        "{career} license requirements",
        "what major for {career}",
        "do {careers} go to college",
        "how long does it take to qualify as a {career}",
    ),
    examples=(
        Example("do i need a degree to be a web developer", careers=("web-developer",)),
        Example("What qualifications does a physical therapist need?", careers=("physical-therapist",)),
        Example("how many years of school to become a veterinarian", careers=("veterinarian",)),
        Example("which certs for penetration tester", careers=("penetration-tester",)),
    ),
    counter_examples=("education is important", "what degree is it outside", "courses for a web developer"),
    answer=answer,
)
