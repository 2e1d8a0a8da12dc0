"""What the bot says when it has no answer: the words shared by all platforms."""

from __future__ import annotations

from bot.asking import ASKS
from bot.language import Language, language
from bot.query import Choice, NotUnderstood, Unclear
from bot.reply import Bullet, Bullets, Paragraph, Reply, Suggestion

_EXAMPLES = (
    Suggestion(label="What a job pays", says="What does a data engineer earn in Berlin?"),
    Suggestion(label="How to become one", says="How do I become an electrician?"),
    Suggestion(label="Compare two careers", says="Compare frontend engineer and backend engineer"),
    Suggestion(label="What can you do?", says="What can you do?"),
)


def unclear(reading: Unclear, say: Language | None = None) -> Reply:
    """Asks which of the close readings was meant; each can be picked by number, click or words."""
    say = say or language("en-US")
    question = say(reading.question)
    if not reading.choices:
        hint = say("Say it with the name of a career, for example “What does a nurse earn in Leeds?”")
        return Reply(summary=question, blocks=(Paragraph(text=f"{question} {hint}"),))
    labels = tuple(_label(choice, say) for choice in reading.choices)
    bullets = Bullets(items=tuple(Bullet(text=label) for label in labels), ordered=True)
    return Reply(
        summary=question,
        blocks=(Paragraph(text=question), bullets),
        suggestions=tuple(
            Suggestion(label=label, says=choice.says)
            for label, choice in zip(labels[:5], reading.choices[:5], strict=True)
        ),
    )


def _label(choice: Choice, say: Language) -> str:
    """A choice as it is shown: the question that it asks in the person's language, the names as they are."""
    if say.is_english:
        return choice.label
    asked = next((ask for ask in ASKS.values() if choice.label.startswith(f"{ask} ")), "")
    return f"{say(asked)} {choice.label.removeprefix(asked).strip()}" if asked else choice.label


def declined(reading: NotUnderstood, say: Language) -> Reply:
    """The honest "I don't know"."""
    if reading.choices:
        text = say("I don’t know that career. Did you mean one of these?")
        offered = tuple(Suggestion(label=choice.label, says=choice.says) for choice in reading.choices[:5])
        return Reply(summary=text, blocks=(Paragraph(text=text),), suggestions=offered)
    text = say("I don’t know that one. I answer questions about careers: what they are, what they pay, how to get in.")
    return Reply(summary=text, blocks=(Paragraph(text=text),), suggestions=labelled(_EXAMPLES, say))


def nothing_said(say: Language) -> Reply:
    """For an empty message, or one of punctuation or emoji only."""
    text = say(
        "I can’t read a question in that. Ask me about a career, for example “What does an electrician do all day?”"
    )
    return Reply(summary=text, blocks=(Paragraph(text=text),), suggestions=labelled(_EXAMPLES, say))


def too_long(limit: int, say: Language) -> Reply:
    """For a message that is longer than is read."""
    text = say(
        "That message is too long for me: I read up to {limit} characters. Please ask it in a sentence or two.",
        limit=say.number(limit),
    )
    return Reply(summary=text, blocks=(Paragraph(text=text),))


def failed(say: Language | None = None) -> Reply:
    """For a fault of the bot's own."""
    say = say or language("en-US")
    text = say("Something went wrong on my side while I looked that up. Please try again; the operator has been told.")
    return Reply(summary=text, blocks=(Paragraph(text=text),))


def labelled(suggestions: tuple[Suggestion, ...], say: Language) -> tuple[Suggestion, ...]:
    """Suggestions with their labels in the person's language; what they say stays English, which is understood."""
    return tuple(suggestion.model_copy(update={"label": say(suggestion.label)}) for suggestion in suggestions)
