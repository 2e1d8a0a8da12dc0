"""What the bot says when it has no answer: the words shared by all platforms."""

from __future__ import annotations

from bot.query import NotUnderstood, Unclear
from bot.reply import Bullet, Bullets, Paragraph, Reply, Suggestion

_EXAMPLES = (
    Suggestion(label="What a job pays", says="What does a data engineer earn in Berlin?"),
    Suggestion(label="How to become one", says="How do I become an electrician?"),
    Suggestion(label="Compare two careers", says="Compare frontend engineer and backend engineer"),
    Suggestion(label="What can you do?", says="What can you do?"),
)


def unclear(reading: Unclear) -> Reply:
    """Asks which of the close readings was meant; each can be picked by number, click or words."""
    if not reading.choices:
        text = f"{reading.question} Say it with the name of a career, for example “What does a nurse earn in Leeds?”"
        return Reply(summary=reading.question, blocks=(Paragraph(text=text),))
    bullets = Bullets(items=tuple(Bullet(text=choice.label) for choice in reading.choices), ordered=True)
    return Reply(
        summary=reading.question,
        blocks=(Paragraph(text=reading.question), bullets),
        suggestions=tuple(Suggestion(label=choice.label, says=choice.says) for choice in reading.choices[:5]),
    )


def declined(reading: NotUnderstood) -> Reply:
    """The honest "I don't know"."""
    if reading.choices:
        text = "I don’t know that career. Did you mean one of these?"
        offered = tuple(Suggestion(label=choice.label, says=choice.says) for choice in reading.choices[:5])
        return Reply(summary=text, blocks=(Paragraph(text=text),), suggestions=offered)
    text = "I don’t know that one. I answer questions about careers: what they are, what they pay, how to get in."
    return Reply(summary=text, blocks=(Paragraph(text=text),), suggestions=_EXAMPLES)


def nothing_said() -> Reply:
    """For an empty message, or one of punctuation or emoji only."""
    text = "I can’t read a question in that. Ask me about a career, for example “What does an electrician do all day?”"
    return Reply(summary=text, blocks=(Paragraph(text=text),), suggestions=_EXAMPLES)


def too_long(limit: int) -> Reply:
    """For a message that is longer than is read."""
    text = f"That message is too long for me: I read up to {limit:,} characters. Please ask it in a sentence or two."
    return Reply(summary=text, blocks=(Paragraph(text=text),))


def failed() -> Reply:
    """For a fault of the bot's own."""
    text = "Something went wrong on my side while I looked that up. Please try again; the operator has been told."
    return Reply(summary=text, blocks=(Paragraph(text=text),))
