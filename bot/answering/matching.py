"""Which careers fit a person: by skills and interests in free words, or by the interest quiz."""

from __future__ import annotations

from bot.answering.sections import english_note
from bot.answering.titles import one
from bot.desk import Desk
from bot.query import Query
from bot.reply import Block, Bullet, Bullets, Heading, Note, Paragraph, Reply, Result, Suggestion
from knowledge.models import RankedCareer

MOST = 8
QUIZ = Suggestion(label="Take the interest quiz", says="Start the interest quiz")


async def matched(query: Query, desk: Desk) -> Reply:
    """Careers by fit with the skills and interests named in the question."""
    named = list(dict.fromkeys([*query.skills, *query.interests]))
    topic = query.topics[0] if query.topics else None
    found = await desk.knowledge.match(
        skills=query.skills,
        interests=query.interests,
        limit=MOST,
        topic=topic,
        without_degree=query.filters.without_degree,
    )
    quiz = Suggestion(label=desk.say(QUIZ.label), says=QUIZ.says)
    if not found:
        known = desk.say("I can’t match {words} to careers.", words=desk.say.join(named, "or")) if named else ""
        ask = desk.say(
            "Tell me what you know or like, for example “I know Python and like puzzles”, or take the interest quiz."
        )
        text = f"{known} {ask}".strip()
        return Reply(summary=text, blocks=(Paragraph(text=text),), suggestions=(quiz,))
    heading = (
        desk.say("Careers that fit {words}", words=desk.say.join(named)) if named else desk.say("Careers that may fit")
    )
    basis = desk.say(
        "Computed from the weight of these skills in each career and, for interests, from its rated interests; 100%"
        " would be a career that is all about them."
    )
    return _reply(desk, heading, found, basis, (quiz,))


def _reply(desk: Desk, heading: str, found: list[RankedCareer], basis: str, more: tuple[Suggestion, ...]) -> Reply:
    items = tuple(
        Bullet(
            lead=f"{entry.career.title}, {desk.say.percent(entry.value * 100)}",
            text=desk.say("fits {reasons}", reasons=", ".join(entry.reasons[:4])) if entry.reasons else "",
        )
        for entry in found
    )
    blocks: list[Block] = [Heading(text=heading), Bullets(items=items, ordered=True), Note(text=basis)]
    blocks += english_note(desk)
    listed = "; ".join(f"{entry.career.title} ({desk.say.percent(entry.value * 100)})" for entry in found[:5])
    return Reply(
        summary=f"{heading}: {listed}",
        blocks=tuple(blocks),
        results=tuple(Result(title=e.career.title, slug=e.career.slug, value=e.value, unit="fit") for e in found),
        suggestions=(*(Suggestion(label=e.career.title, says=f"What is {one(e.career)}?") for e in found[:4]), *more)[
            :5
        ],
    )
