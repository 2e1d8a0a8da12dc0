"""Thanks, and goodbyes."""

from __future__ import annotations

from bot.desk import Desk
from bot.intent import Example, Intent
from bot.query import Query
from bot.reply import Paragraph, Reply


async def answer(_query: Query, desk: Desk) -> Reply:
    """A short word back."""
    text = desk.say("You’re welcome. Ask again any time.")
    return Reply(summary=text, blocks=(Paragraph(text=text),))


INTENT = Intent(
    name="thanks",
    help="You're welcome",
    listed=False,
    phrases=(
        "thanks",
        "thank you",
        "cheers",
        "thx",
        "ty",
        "much appreciated",
        "thanks a lot",
        "great, thanks",
        "that helps, thank you",
        "perfect thank you",
        "appreciate it",
        "tysm",
        "bye, thanks",
        "nice one, cheers",
        "thanks bot",
    ),
    examples=(Example("thanks"), Example("cheers mate"), Example("thank you so much"), Example("great, that helps")),
    counter_examples=("no thanks to you", "thanks for nothing lol", "thanksgiving recipes"),
    answer=answer,
)
