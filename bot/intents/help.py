"""What can be asked."""

from __future__ import annotations

from bot.answering.welcome import STARTERS
from bot.desk import Capability, Desk
from bot.intent import Command, Example, Intent
from bot.language import Language
from bot.query import Query
from bot.reply import Bullet, Bullets, Heading, Note, Paragraph, Reply
from bot.wording import labelled


async def answer(_query: Query, desk: Desk) -> Reply:
    """Everything that can be asked, with an example each and its command."""
    items = tuple(_capability(one, desk.say) for one in desk.capabilities)
    counts = await desk.knowledge.counts()
    intro = desk.say(
        "Ask in your own words, typos and all. I know {careers} careers and pay in {places} places, always with the"
        " source.",
        careers=desk.say.number(counts.get("careers", 0)),
        places=desk.say.number(counts.get("pay_places", 0)),
    )
    note = desk.say("Follow-ups work too: “and in Berlin?”, “what about data scientists?”.")
    return Reply(
        summary=intro,
        blocks=(
            Heading(text=desk.say("What you can ask")),
            Paragraph(text=intro),
            Bullets(items=items),
            Note(text=note),
        ),
        suggestions=labelled(STARTERS[:4], desk.say),
    )


def _capability(one: Capability, say: Language) -> Bullet:
    """What it is for and an example, which is one that is understood in the person's language."""
    example = say.quoted(say(one.example)) if one.example else ""
    if not one.command:
        return Bullet(lead=example, text=say(one.help))
    return Bullet(lead=one.command, text=f"{say(one.help)}: {example}" if example else say(one.help))


INTENT = Intent(
    name="help",
    help="What you can ask",
    order=99,
    listed=False,
    command=Command("help", "What you can ask"),
    phrases=(
        "help",
        "what can you do",
        "how do you work",
        "what can i ask",
        "how do i use this bot",
        "commands",
        "what are you",
        "who are you",
        "what do you know",
        "list your commands",
        "menu",
        "how can you help me",
        "instructions please",
    ),
    examples=(
        Example("what can you do"),
        Example("help"),
        Example("how do I use this bot?"),
        Example("what can I ask you about"),
    ),
    counter_examples=("help me move house", "help my server crashed", "can someone help me with homework"),
    answer=answer,
)
