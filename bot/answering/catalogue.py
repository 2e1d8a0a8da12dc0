"""Courses and books for a career or a subject, with the filters that the question set."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.links import links_block, resource_sources
from bot.answering.next_questions import follow_ups, readings
from bot.answering.sections import in_english
from bot.answering.sources import sources_block
from bot.answering.titles import capital, many
from bot.desk import Desk
from bot.query import Query
from bot.reply import Block, Heading, Note, Paragraph, Reply, Result, Suggestion
from knowledge.models import Career, RankedResource, Source

MOST = 6
_LEVELS = {"beginner": "for beginners", "intermediate": "intermediate level", "advanced": "advanced level"}
_WORDS = {
    "course": ("Courses for {subject}", "I have no courses for {subject} in the catalogue.", "courses"),
    "book": ("Books for {subject}", "The reading list for {subject} is empty so far.", "books"),
}


async def resources_reply(query: Query, desk: Desk, kind: str) -> Reply:
    """The answer to a question for courses or books.

    Args:
        query: Its careers, else its skills, else its topics are what is looked for.
        desk: What an answer may use.
        kind: "course" or "book".
    """
    blocks: list[Block] = []
    sources: list[Source] = []
    results: list[Result] = []
    gists: list[str] = []
    suggestions: list[Suggestion] = []
    for subject, career, topic in _subjects(query):
        found, relaxed = await _find(desk, query, kind, career, topic)
        heading, nothing, _ = _WORDS[kind]
        blocks.append(Heading(text=capital(desk.say(heading, subject=subject))))
        if career is not None and kind == "course":
            blocks += await _why(desk, career)
        if not found:
            text = capital(desk.say(nothing, subject=subject))
            blocks.append(Paragraph(text=text))
            gists.append(text)
            suggestions += await _instead(desk, kind, career, topic)
            continue
        if relaxed:
            blocks.append(Note(text=desk.say("Nothing matched {limits}; this is what there is.", limits=relaxed)))
        blocks += links_block(desk, found)
        sources += resource_sources(desk, found)
        results += [Result(title=entry.resource.title, value=entry.relevance, unit="relevance") for entry in found]
        gists.append(_gist(desk, heading, subject, found))
    if any(block.kind == "links" for block in blocks):
        blocks.append(Note(text=desk.say("Bars show relevance. Finishing a course or a book guarantees no job.")))
    blocks += sources_block(sources)
    if query.careers:
        suggestions += follow_ups(desk, query.intent, query.careers[0])
    return Reply(
        summary="\n".join(gists),
        blocks=tuple(blocks),
        results=tuple(results),
        suggestions=(*readings(query.alternatives), *suggestions)[:5],
    )


def _subjects(query: Query) -> list[tuple[str, Career | None, str | None]]:
    if query.careers:
        return [(many(career), career, None) for career in query.careers[:2]]
    words = query.skills or query.topics
    return [(word, None, word) for word in words[:2]]


async def _find(
    desk: Desk, query: Query, kind: str, career: Career | None, topic: str | None
) -> tuple[list[RankedResource], str]:
    """What was found, and which limits had to be given up for it ("" if none)."""
    limits = query.filters
    slug = career.slug if career else None
    language = limits.language or desk.say.locale.language
    if kind == "book":
        found = await desk.knowledge.books(career=slug, topic=topic, language=language, limit=MOST)
        if not found and language != "en":
            return await desk.knowledge.books(career=slug, topic=topic, limit=MOST), desk.say.tongue(language)
        return found, ""
    found = await desk.knowledge.courses(
        career=slug, topic=topic, level=limits.level or None, language=language, free=limits.free, limit=MOST
    )
    if found or not (limits.level or limits.free or language != "en"):
        return found, ""
    given_up = [
        word
        for word in (
            desk.say(_LEVELS[limits.level]) if limits.level else "",
            desk.say("free") if limits.free else "",
            desk.say.tongue(language) if language != "en" else "",
        )
        if word
    ]
    return await desk.knowledge.courses(career=slug, topic=topic, limit=MOST), desk.say.join(given_up)


async def _why(desk: Desk, career: Career) -> list[Block]:
    """What can and can't be learned from courses, where the career's author wrote it."""
    section = await desk.knowledge.section(career.slug, "online_courses")
    blocks: list[Block] = [Paragraph(text=text) for text in section.paragraphs[:1]] if section else []
    return [*blocks, *in_english(desk, blocks)]


async def _instead(desk: Desk, kind: str, career: Career | None, topic: str | None) -> Sequence[Suggestion]:
    """The other kind of resource, where the catalogue has some."""
    slug = career.slug if career else None
    if kind == "course" and await desk.knowledge.books(career=slug, topic=topic, limit=1):
        what = many(career) if career else topic
        return [Suggestion(label=desk.say("Books"), says=f"Books for {what}")]
    if kind == "book" and await desk.knowledge.courses(career=slug, topic=topic, limit=1):
        what = many(career) if career else topic
        return [Suggestion(label=desk.say("Courses"), says=f"Courses for {what}")]
    return []


def _gist(desk: Desk, heading: str, subject: str, found: Sequence[RankedResource]) -> str:
    titles = "; ".join(f"{entry.resource.title} {entry.resource.url}" for entry in found[:3])
    return f"{capital(desk.say(heading, subject=subject))}: {titles}"
