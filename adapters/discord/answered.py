"""A question with what was made of it, and what of it is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from adapters.charts import Drawn
from adapters.discord.inbound import PLATFORM, Where
from bot.community import Asked, CommunitySettings
from bot.core import Handled
from bot.message import StructuredRequest
from bot.query import NotUnderstood, Query, Unclear
from bot.reply import Reply

Said = str | StructuredRequest


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, what was made of it, and the settings it was answered under.

    Attributes:
        question: What asks for it again, "" where nothing does.
        locale: What the buttons under the answer are written in.
        drawn: Pictures of its charts.
    """

    said: Said
    where: Where
    settings: CommunitySettings
    handled: Handled
    question: str
    locale: str = ""
    drawn: Drawn = field(default_factory=dict)

    @property
    def replies(self) -> tuple[Reply, ...]:
        """The answers, in order."""
        return tuple(answer.reply for answer in self.handled.answers)


def saveable(handled: Handled) -> str:
    """The slug of the one career that an answer is about; "" where it is about none or several."""
    slugs = {career.slug for query in handled.queries for career in query.careers}
    return slugs.pop() if len(slugs) == 1 else ""


def counted(answered: Answered, picked_for: str) -> Iterator[Asked]:
    """What the community database is told of each question of a message, and what became of it.

    Args:
        answered: The message's questions and answers.
        picked_for: The text that was asked back about, where this question is the choice that was picked then; else "".
    """
    for answer in answered.handled.answers:
        reading, outcome = answer.reading, "answered"
        if isinstance(reading, Unclear):
            outcome = "asked back"
        elif isinstance(reading, NotUnderstood):
            outcome = "not understood"
        elif answer.failed:
            outcome = "failed"
        query = reading if isinstance(reading, Query) else None
        yield Asked.model_validate(
            {
                "community": answered.where.community,
                "channel": answered.where.channel,
                "platform": PLATFORM,
                "person": answered.where.person,
                "text": reading.text,
                "outcome": outcome,
                "intent": query.intent if query else "",
                "milliseconds": answered.handled.milliseconds,
                "picked_for": picked_for,
                "offered": not isinstance(reading, Unclear) or bool(reading.choices),
                "careers": [career.slug for career in query.careers] if query else [],
                "places": [place.name for place in query.places] if query else [],
            }
        )
