"""Hello."""

from __future__ import annotations

from bot.answering.welcome import STARTERS
from bot.desk import Desk
from bot.intent import Example, Intent
from bot.query import Query
from bot.reply import Paragraph, Reply
from bot.wording import labelled


async def answer(_query: Query, desk: Desk) -> Reply:
    """A greeting that shows what may be asked."""
    text = desk.say("Hello! Ask me about a career: what it is, what it pays and where, how to get in.")
    return Reply(summary=text, blocks=(Paragraph(text=text),), suggestions=labelled(STARTERS, desk.say))


INTENT = Intent(
    name="greeting",
    help="Hello",
    listed=False,
    phrases=(
        "hi",
        "hello",
        "hey",
        "hi there",
        "good morning",
        "hey bot",
        "hello careerbot",
        "yo",
        "good evening",
        "howdy",
        "hiya",
        "greetings",
        "sup bot",
        "morning",
        "g'day",
    ),
    examples=(Example("hi"), Example("hello there"), Example("good morning bot"), Example("heyy")),
    counter_examples=("say hi to your mum from me", "hello world program in c", "hi, what does a nurse earn"),
    answer=answer,
)
