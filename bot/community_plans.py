"""What a member may keep of a career: the career, its courses, its path as a plan whose steps are ticked off."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answering.titles import article, in_sentence
from bot.community import Saved
from bot.reply import Block, Bullet, Bullets, Heading, Note, Paragraph, Reply
from knowledge.knowledge import Knowledge, UnknownIdentifier

MOST_COURSES = 10
_LONGEST_STEP = 90
_STOPS = frozenset(
    "stop|stop reminders|stop reminding me|stop the reminders|no more reminders|no reminders|reminders off"
    "|unsubscribe|stop these messages".split("|")
)
STOP_WORDS = "stop reminders"
"""What to write to end the weekly reminder, as it is told in each of them."""


async def steps_of(knowledge: Knowledge, slug: str) -> tuple[str, ...]:
    """The steps of the path to a career in a few words each, in order; empty where none is known."""
    try:
        section = await knowledge.section(slug, "path")
    except UnknownIdentifier:
        return ()
    items = section.items if section else ()
    return tuple(_short(item.lead or item.text) for item in items)


async def keepable(knowledge: Knowledge, slug: str) -> list[Saved]:
    """What can be kept of a career: itself, its path where one is known, its most relevant courses.

    Raises:
        UnknownIdentifier: there is no such career.
    """
    career = await knowledge.career(slug)
    found = [Saved(kind="career", ident=slug, title=career.title)]
    if steps := await steps_of(knowledge, slug):
        found.append(Saved(kind="path", ident=slug, title=career.title, steps=len(steps)))
    courses = await knowledge.courses(career=slug, limit=MOST_COURSES)
    return found + [Saved(kind="course", ident=one.resource.id, title=one.resource.title) for one in courses]


def ticked(plan: Saved, done: Iterable[int]) -> Saved:
    """The plan with these steps done (counted from 1) and no others; numbers of steps that it hasn't are left out."""
    return plan.model_copy(update={"done": tuple(sorted({step for step in done if 1 <= step <= plan.steps}))})


def shown(saved: Saved) -> str:
    """What is kept, in a few words: "Plumber", "How to become a plumber", a course's title."""
    if saved.kind != "path":
        return saved.title
    title = in_sentence(saved.title)
    return f"How to become {article(title)} {title}"


def progress(saved: Saved) -> str:
    """How far a plan has come, "3 of 7 steps done"; "" for what has no steps."""
    return f"{len(saved.done)} of {saved.steps} steps done" if saved.steps else ""


def is_stop(text: str) -> bool:
    """Whether a message asks to end the weekly reminder, in a few plain wordings and nothing around them."""
    return " ".join(text.casefold().strip(" .!?\"'“”‘’").split()) in _STOPS


async def reminder(knowledge: Knowledge, plans: Iterable[Saved]) -> Reply:
    """The weekly reminder: each plan, how far it has come, and its next step; and how to end it."""
    blocks: list[Block] = [Heading(text="Your plans this week")]
    lines: list[Bullet] = []
    for plan in plans:
        steps = await steps_of(knowledge, plan.ident)
        left = [step for step in range(1, plan.steps + 1) if step not in plan.done]
        then = f" Next: {steps[left[0] - 1]}." if left and left[0] <= len(steps) else ""
        lines.append(Bullet(lead=shown(plan), text=f"{progress(plan)}.{then}"))
    blocks.append(Bullets(items=tuple(lines)))
    blocks.append(
        Note(text=f"You asked for this once a week. Press “Stop reminders” or write “{STOP_WORDS}” to me to end it.")
    )
    return Reply(summary="\n".join(f"{one.lead}: {one.text}" for one in lines), blocks=tuple(blocks))


def stopped(*, kept: bool) -> Reply:
    """The word after somebody ended their reminders; where that couldn't be kept, that it is still on."""
    text = (
        "Done: I won’t remind you any more. You can turn it on again beside your plans."
        if kept
        else "I can’t change that just now, so the reminder is still on. Please try again in a few minutes."
    )
    return Reply(summary=text, blocks=(Paragraph(text=text),))


def deleted(count: int) -> str:
    """What to say after a person's data was to be deleted; `count` as Community.delete gives it."""
    if count < 0:
        return (
            "I can’t reach my database just now, so nothing was deleted: everything is still kept. "
            "Please try again in a few minutes; if it goes on, tell whoever runs this bot."
        )
    records = "1 record" if count == 1 else f"{count:,} records"
    return f"Deleted: {records}. Nothing about you is kept any more."


def _short(text: str) -> str:
    text = " ".join(text.split()).rstrip(".:")
    if len(text) <= _LONGEST_STEP:
        return text
    return text[:_LONGEST_STEP].rsplit(" ", 1)[0].rstrip(",;:") + " …"
