"""Careers like another."""

from __future__ import annotations

from bot.answering.sections import english_note
from bot.answering.sources import sources_block
from bot.answering.titles import many, one
from bot.desk import Desk
from bot.intent import Example, Intent
from bot.query import Query
from bot.reply import Bullet, Bullets, Heading, Note, Paragraph, Reply, Result, Suggestion


async def answer(query: Query, desk: Desk) -> Reply:
    """The nearest careers by weighted skill overlap, with what they share."""
    career = query.careers[0]
    # The nearest are found by all that is known of both careers; they are shown in the order of the figure beside them.
    near = sorted(await desk.knowledge.similar(career.slug, 8), key=lambda pair: -pair[1].score)
    heading = desk.say("Careers like {one}", one=one(career))
    if not near:
        text = desk.say("I have too few skills on {careers} to compare them.", careers=many(career))
        return Reply(summary=text, blocks=(Heading(text=heading), Paragraph(text=text)))
    items = tuple(
        Bullet(
            lead=f"{other.title}, {desk.say.percent(overlap.score * 100)}",
            text=desk.say("shares {skills}", skills=", ".join(skill.name for skill in overlap.shared[:4])),
        )
        for other, overlap in near
    )
    note = desk.say("Computed from the overlap of skills by weight, rare skills counting more.")
    return Reply(
        summary=f"{heading}: {', '.join(other.title for other, _ in near)}",
        blocks=(
            Heading(text=heading),
            Bullets(items=items),
            Note(text=note),
            *english_note(desk),
            *sources_block([desk.knowledge.source_of_skills()]),
        ),
        results=tuple(Result(title=o.title, slug=o.slug, value=round(v.score, 3), unit="overlap") for o, v in near),
        suggestions=(
            *(Suggestion(label=o.title, says=f"Compare {career.title} and {o.title}") for o, _ in near[:3]),
            Suggestion(label=desk.say("What it is"), says=f"What is {one(near[0][0])}?"),
        ),
    )


INTENT = Intent(
    name="similar",
    help="Careers like another, by their skills",
    order=19,
    careers=(1, 1),
    phrases=(
        "jobs similar to a {career}",
        "careers like {career}",
        "what else is like {career}",
        "alternatives to {career}",
        "jobs related to {career}",
        "something like {career} but different",
        "{career} alternatives",
        "which careers are close to {career}",
        "what other jobs are similar to {careers}",
        "jobs in the same vein as {career}",
        "what's comparable to a {career}",
    ),
    examples=(
        Example("jobs similar to a librarian", careers=("librarian",)),
        Example("alternatives to being a lawyer", careers=("lawyer",)),
        Example("careers like data analyst", careers=("data-analyst",)),
        Example("what other jobs are close to electrician", careers=("electrician",)),
    ),
    counter_examples=("movies similar to alien", "what is a synonym of good", "songs like this"),
    answer=answer,
)
