"""How to become something: steps, and the courses for them by relevance."""

from __future__ import annotations

from bot.answering.links import links_block, resource_sources
from bot.answering.next_questions import follow_ups, readings
from bot.answering.sections import in_english, missing, section_blocks
from bot.answering.sources import section_sources, sources_block
from bot.answering.titles import one, sentences
from bot.desk import Desk
from bot.intent import Command, Example, Intent, Option
from bot.query import Query
from bot.reply import Block, Heading, Note, Paragraph, Reply, Result
from knowledge.models import Career, Source

MOST_COURSES = 6


async def answer(query: Query, desk: Desk) -> Reply:
    """The steps in order, then the courses from most to least relevant, each with a relevance bar."""
    blocks: list[Block] = []
    sources: list[Source] = []
    results: list[Result] = []
    gists: list[str] = []
    for career in query.careers[:2]:
        blocks.append(Heading(text=desk.say("How to become {one}", one=one(career))))
        section = await desk.knowledge.section(career.slug, "path")
        blocks += section_blocks(section) if section else [Paragraph(text=missing(desk, career))]
        sources += section_sources(desk, section)
        steps = [item.lead or sentences(item.text, 60) for item in section.items] if section else []
        gists.append(
            f"{desk.say('How to become {one}', one=one(career))}: {' → '.join(steps)}"
            if steps
            else missing(desk, career)
        )
        await _courses(desk, career, blocks, sources, results)
    blocks += in_english(desk, blocks)
    blocks += sources_block(sources)
    suggestions = (*readings(query.alternatives), *follow_ups(desk, "path", query.careers[0]))
    return Reply(summary="\n".join(gists), blocks=tuple(blocks), suggestions=suggestions[:5], results=tuple(results))


async def _courses(
    desk: Desk, career: Career, blocks: list[Block], sources: list[Source], results: list[Result]
) -> None:
    found = await desk.knowledge.courses(career=career.slug, limit=MOST_COURSES)
    if not found:
        blocks.append(Note(text=desk.say("The catalogue has no courses for this path yet.")))
        return
    blocks.append(Heading(text=desk.say("Courses on the way, most relevant first"), level=2))
    blocks += links_block(desk, found)
    blocks.append(Note(text=desk.say("Bars show relevance. Finishing a course guarantees no job.")))
    sources += resource_sources(desk, found)
    results += [Result(title=entry.resource.title, value=entry.relevance, unit="relevance") for entry in found]


INTENT = Intent(
    name="path",
    help="How to become something: the steps and the courses for them",
    order=3,
    careers=(1, 2),
    command=Command("path", "How to become something", (Option("career", "career", "Which career", required=True),)),
    phrases=(
        "how do i become a {career}",
        "how to become {career}",
        "{career} roadmap",
        "where do i start to be a {career}",
        "path to {career}",
        "how can i get into {career}",
        "steps to become a {career}",
        "how to get started as a {career}",
        "i want to be a {career}",
        "how do people become {careers}",
        "break into {career}",
        "learning path for {careers}",
        "what do i do first to become a {career}",
        "first job as a {career} how",
        "how long does it take to become a {career}",
    ),
    examples=(
        Example("how do i become a pen tester", careers=("penetration-tester",)),
        Example("roadmap to machine learning engineer", careers=("machine-learning-engineer",)),
        Example("my daughter wants to be an architect, where should she start?", careers=("architect",)),
        Example("getting started as an ios developer", careers=("ios-developer",)),
    ),
    counter_examples=("how do i get to the station", "path not found error", "from teacher to ux designer"),
    answer=answer,
)
