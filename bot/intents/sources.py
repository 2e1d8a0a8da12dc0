"""Where the figures come from and how fresh they are."""

from __future__ import annotations

from bot.desk import Desk
from bot.intent import Command, Example, Intent
from bot.query import Query
from bot.reply import Bullet, Bullets, Heading, Note, Paragraph, Reply, Suggestion


async def answer(_query: Query, desk: Desk) -> Reply:
    """All sources with publisher, date and licence, and the knowledge's version."""
    sources = await desk.knowledge.sources()
    counts = await desk.knowledge.counts()
    intro = desk.say("Every figure I give names its source and its date. These are all of them:")
    items = tuple(
        Bullet(
            lead=source.title,
            text=" ".join(
                part
                for part in (
                    f"{source.publisher}, {source.as_of}.",
                    desk.say("Licence: {licence}.", licence=source.licence),
                    source.note,
                )
                if part
            ),
        )
        for source in sources
    )
    note = desk.say(
        "Knowledge version {version}: {careers} careers, {pay} pay figures, {resources} courses and books.",
        version=desk.knowledge.version,
        careers=desk.say.number(counts.get("careers", 0)),
        pay=desk.say.number(counts.get("pay", 0)),
        resources=desk.say.number(counts.get("resources", 0)),
    )
    titles = "; ".join(f"{source.title} ({source.as_of})" for source in sources)
    return Reply(
        summary=f"{desk.say('Sources')}: {titles}",
        blocks=(Heading(text=desk.say("Sources")), Paragraph(text=intro), Bullets(items=items), Note(text=note)),
        suggestions=(Suggestion(label=desk.say("What can you do?"), says="What can you do?"),),
    )


INTENT = Intent(
    name="sources",
    help="Where the figures come from and how fresh they are",
    order=20,
    command=Command("sources", "Where the figures come from"),
    phrases=(
        "where do these numbers come from",
        "what's your source",
        "how old are these figures",
        "where do you get these salaries",
        "how accurate is this",
        "is this data up to date",
        "who says that",
        "says who",
        "can i trust these numbers",
        "source?",
        "where is this from",
        "when was this last updated",
        "citation needed",
        "who publishes these figures",
        "is that reliable",
    ),
    examples=(
        Example("where do you get these salaries"),
        Example("says who?"),
        Example("how up to date is your data"),
        Example("what's the source of that figure"),
    ),
    counter_examples=("open source projects", "source code of linux", "where is the power source"),
    answer=answer,
)
