"""Career changes: what carries over, what is missing, what the pay does, and courses for the gap."""

from __future__ import annotations

from bot.answering.comparison import not_compared
from bot.answering.links import links_block, resource_sources
from bot.answering.next_questions import ask
from bot.answering.pay import amount_text, remarks
from bot.answering.sections import english_note
from bot.answering.sources import sources_block, wider_group
from bot.answering.titles import capital, many, one
from bot.desk import Desk
from bot.query import Query
from bot.reply import (
    Block,
    Bullet,
    Bullets,
    Fact,
    Facts,
    Heading,
    Note,
    Paragraph,
    Reply,
    Result,
    Suggestion,
    Table,
    figures_of,
)
from knowledge.models import Career, Pay, RankedResource, SkillOverlap, Source

_MOST_SKILLS, _MOST_GAPS, _MOST_MOVES = 6, 7, 6
_GAPS_WITH_COURSES = 3


async def transition(query: Query, desk: Desk) -> Reply:
    """From one career to another."""
    start, goal = query.careers[0], query.careers[1]
    overlap = await desk.knowledge.overlap(start.slug, goal.slug)
    title = desk.say("From {start} to {goal}", start=start.title, goal=goal.title)
    gist = not_compared(desk, start, goal)
    if overlap.compared:
        share = desk.say.percent(overlap.score * 100)
        gist = desk.say(
            "{start} and {goal} share {share} of their skills by weight.",
            share=share,
            start=capital(many(start)),
            goal=many(goal),
        )
    blocks: list[Block] = [Heading(text=title), Paragraph(text=gist)]
    blocks += _carried(desk, overlap) if overlap.compared else []
    sources: list[Source] = []
    if overlap.missing:
        gaps = overlap.missing[:_MOST_GAPS]
        blocks.append(
            Table(
                columns=(desk.say("To learn"), desk.say("weight")),
                rows=tuple((skill.name, desk.say.number(skill.weight)) for skill in gaps),
                right=(1,),
                bars=tuple(skill.weight / 100 for skill in gaps),
            )
        )
        gist += " " + desk.say("To learn: {skills}.", skills=desk.say.join([skill.name for skill in gaps[:4]]))
    pays, facts = await _pay(desk, start, goal)
    if facts:
        blocks.append(Facts(items=tuple(facts)))
        for career, pay in zip((start, goal), pays, strict=True):
            if not pay.estimate and pay.place.country == "US":
                blocks += wider_group(desk, career)
        blocks += remarks(desk, pays)
        sources += [pay.source for pay in pays]
    courses = await _courses(desk, overlap)
    if courses:
        blocks.append(Heading(text=desk.say("Courses for what is missing"), level=2))
        blocks += links_block(desk, courses, relevance=False)
        sources += resource_sources(desk, courses)
    if overlap.compared:
        blocks.append(
            Note(
                text=desk.say(
                    "Computed from the skills of both careers: shared weight divided by all weight, rare skills "
                    "counting more."
                )
            )
        )
        sources.append(desk.knowledge.source_of_skills())
    blocks += [*english_note(desk), *sources_block(sources)]
    return Reply(
        summary=gist,
        blocks=tuple(blocks),
        figures=tuple(figure for pay in pays for figure in figures_of(pay) if figure.measure == "median"),
        suggestions=(
            ask(desk, "path", goal),
            ask(desk, "education", goal),
            ask(desk, "salary", goal),
            ask(desk, "similar", start),
        ),
    )


def _carried(desk: Desk, overlap: SkillOverlap) -> list[Block]:
    if not overlap.shared:
        return [Paragraph(text=desk.say("No skill of the one is listed for the other: it would be a fresh start."))]
    names = desk.say.join([skill.name for skill in overlap.shared[:_MOST_SKILLS]])
    return [Bullets(items=(Bullet(lead=desk.say("Carries over"), text=names),))]


async def _pay(desk: Desk, start: Career, goal: Career) -> tuple[list[Pay], list[Fact]]:
    """Pay of both in the same place, so that the two can be compared."""
    pays: list[Pay] = []
    for place in desk.home_places:
        found = [await desk.knowledge.pay(career.slug, place) for career in (start, goal)]
        if all(found):
            pays = [rows[0] for rows in found]
            break
    facts = [
        Fact(label=f"{career.title}, {pay.place.name}", value=amount_text(desk, pay))
        for career, pay in zip((start, goal), pays, strict=False)
    ]
    return pays, facts


async def _courses(desk: Desk, overlap: SkillOverlap) -> list[RankedResource]:
    found: list[RankedResource] = []
    for skill in overlap.missing[:_MOST_GAPS]:
        courses = await desk.knowledge.courses_on(skill.name, limit=1)
        found += [entry.model_copy(update={"covers": (skill.name,)}) for entry in courses]
        if len(found) == _GAPS_WITH_COURSES:
            break
    return found


async def moves_from(query: Query, desk: Desk) -> Reply:
    """Where a career's skills carry, when no goal was named."""
    start = query.careers[0]
    near = await desk.knowledge.similar(start.slug, _MOST_MOVES)
    heading = desk.say("From {start} to …?", start=start.title)
    if not near:
        text = desk.say("I have too few skills on {careers} to say where they carry.", careers=many(start))
        return Reply(summary=text, blocks=(Heading(text=heading), Paragraph(text=text)))
    items = tuple(
        Bullet(
            lead=other.title,
            text=desk.say(
                "{percent} of the skills; to learn: {skills}",
                percent=desk.say.percent(overlap.score * 100),
                skills=", ".join(skill.name for skill in overlap.missing[:3]) or "–",
            ),
        )
        for other, overlap in near
    )
    note = desk.say("Computed from skill overlap by weight. Name the career you want for a comparison.")
    return Reply(
        summary=f"{heading} {', '.join(other.title for other, _ in near)}",
        blocks=(
            Heading(text=heading),
            Bullets(items=items),
            Note(text=note),
            *english_note(desk),
            *sources_block([desk.knowledge.source_of_skills()]),
        ),
        results=tuple(Result(title=c.title, slug=c.slug, value=round(o.score, 3), unit="overlap") for c, o in near),
        suggestions=tuple(
            Suggestion(label=capital(one(other)), says=f"How do I go from {start.title} to {other.title}?")
            for other, _ in near[:4]
        ),
    )
