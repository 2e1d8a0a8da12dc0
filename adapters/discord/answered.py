"""A question with what was made of it, and what the community database is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from adapters.charts import Drawn
from adapters.discord.inbound import PLATFORM, Where
from bot.community import Asked, CommunitySettings
from bot.core import Answer, Handled
from bot.message import StructuredRequest
from bot.query import NotUnderstood, Query, Unclear
from bot.reply import Reply
from bot.wording import failed

Said = str | StructuredRequest


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, what was made of it, and the settings it was answered under.

    Attributes:
        question: What asks for it again, "" where nothing does.
        drawn: Pictures of its charts.
    """

    said: Said
    where: Where
    settings: CommunitySettings
    handled: Handled
    question: str
    drawn: Drawn = field(default_factory=dict)

    @property
    def replies(self) -> tuple[Reply, ...]:
        """The answers, in order."""
        return tuple(answer.reply for answer in self.handled.answers)

    def asked(self) -> Iterator[Asked]:
        """One record a question: what it was about, and whether it was answered."""
        for answer in self.handled.answers:
            query = answer.reading if isinstance(answer.reading, Query) else None
            yield Asked.model_validate(
                {
                    "community": self.where.community,
                    "channel": self.where.channel,
                    "platform": PLATFORM,
                    "person": self.where.person,
                    "text": answer.reading.text,
                    "outcome": _outcome(answer),
                    "intent": query.intent if query else "",
                    "milliseconds": self.handled.milliseconds,
                    "careers": [career.slug for career in query.careers] if query else [],
                    "places": [place.name for place in query.places] if query else [],
                }
            )


def _outcome(answer: Answer) -> str:
    if isinstance(answer.reading, Unclear):
        return "asked back"
    if isinstance(answer.reading, NotUnderstood):
        return "not understood"
    return "failed" if answer.reply == failed() else "answered"
