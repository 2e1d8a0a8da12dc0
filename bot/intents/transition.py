"""Moving from one career to another."""

from __future__ import annotations

from bot.answering.moving import moves_from, transition
from bot.desk import Desk
from bot.intent import Command, Example, Intent, Option
from bot.query import Query
from bot.reply import Reply


async def answer(query: Query, desk: Desk) -> Reply:
    """What carries over and what is missing; with the old career alone, where its skills carry."""
    if len(query.careers) < 2:
        return await moves_from(query, desk)
    return await transition(query, desk)


INTENT = Intent(
    name="transition",
    help="Moving from one career to another: what carries over, what is missing",
    order=8,
    careers=(1, 2),
    command=Command(
        "transition",
        "Moving from one career to another",
        (
            Option("from", "career", "What you do now", required=True),
            Option("to", "career", "What you want to do", required=True),
        ),
    ),
    phrases=(
        "going from {career} to {career}",
        "switch from {career} to {career}",
        "how do i move from {career} to {career}",
        "i'm a {career} and want to become a {career}",
        "career change from {career} to {career}",
        "can a {career} become a {career}",
        "{career} to {career} transition",
        "from {career} into {career}, how",
        "i am a {career}, what would it take to be a {career}",
        "retrain from {career} to {career}",
        "leaving {career} to be a {career}",
        "i work as a {career} but want to do {career}",
        "what can a {career} switch to",
        "i want out of being a {career}, what else could i do",
    ),
    examples=(
        Example("going from teacher to ux designer", careers=("high-school-teacher", "ux-designer")),
        Example("i'm a chef, can I become a nurse?", careers=("chef", "registered-nurse")),
        Example("how to switch from qa engineer to devops engineer", careers=("qa-engineer", "devops-engineer")),
        Example("career change: accountant to data analyst", careers=("accountant", "data-analyst")),
    ),
    counter_examples=("css transition not working", "train from paris to berlin", "switch from vim to emacs"),
    answer=answer,
)
