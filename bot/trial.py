"""Trying out an edition before people are answered from it: every intent must answer about real careers."""

from __future__ import annotations

from bot.edition import Edition
from bot.intents import load_intents
from bot.query import Query
from bot.understand import Understanding
from knowledge.models import Career

_MOST = 2
"""So many careers with a profile, and so many without."""


class TrialError(Exception):
    """The edition can't answer: which intent, about which career, and why."""


async def try_out(edition: Edition) -> int:
    """Let every intent answer about some careers; returns how many answers were made, raises TrialError."""
    knowledge, made = edition.desk.knowledge, 0
    careers = [
        career
        for depth in ("profile", "occupation")
        for career in (await knowledge.careers(depth=depth))[:_MOST]
    ]  # fmt: skip
    for career in careers:
        _read(edition.understanding, career)
        for intent in load_intents():
            wanted = min(len(careers), intent.careers[1])
            about = (career, *(other for other in careers if other is not career))[:wanted]
            query = Query(text=career.title, intent=intent.name, careers=about)
            try:
                await intent.answer(query, edition.desk)
            except Exception as error:
                raise TrialError(f"{intent.name} of {career.slug} fails: {_line(error)}") from error
            made += 1
    return made


def _read(understanding: Understanding, career: Career) -> None:
    try:
        understanding.read(f"what does a {career.title} earn")
    except Exception as error:
        raise TrialError(f"reading {career.title!r} fails: {_line(error)}") from error


def _line(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
