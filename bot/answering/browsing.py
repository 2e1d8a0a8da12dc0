"""Browsing: the careers of a topic, the topics there are, and free words that are no topic."""

from __future__ import annotations

from bot.answering.sections import english_note
from bot.answering.titles import one
from bot.desk import Desk
from bot.query import Query
from bot.reply import Block, Bullet, Bullets, Heading, Note, Paragraph, Reply, Result, Suggestion
from knowledge.models import Career

PAGE = 15


async def browse_topic(query: Query, desk: Desk) -> Reply:
    """A topic's careers, written profiles first, a page at a time."""
    topic = query.topics[0]
    titles = {known.id: known.title for known in await desk.knowledge.topics()}
    title = titles.get(topic, topic)
    careers = await desk.knowledge.careers(topic=topic)
    start = (query.page - 1) * PAGE
    part = careers[start : start + PAGE] or careers[:PAGE]
    heading = desk.say("Careers in {topic}", topic=title.lower())
    suggestions = [Suggestion(label=career.title, says=f"What is {one(career)}?") for career in part[:3]]
    if start + PAGE < len(careers):
        says = f"Show careers in {title.lower()}, page {query.page + 1}"
        suggestions.append(Suggestion(label=desk.say("More"), says=says))
    suggestions.append(Suggestion(label=desk.say("Best paid"), says=f"Highest paying {title.lower()} careers"))
    count = desk.say(
        "{first}–{last} of {total}; written profiles first.",
        first=start + 1,
        last=start + len(part),
        total=len(careers),
    )
    return Reply(
        summary=f"{heading}: {', '.join(career.title for career in part)}",
        blocks=(Heading(text=heading), _bullets(part), Note(text=count), *english_note(desk)),
        suggestions=tuple(suggestions[:5]),
        results=tuple(Result(title=career.title, slug=career.slug) for career in part),
    )


async def browse_fields(query: Query, desk: Desk) -> Reply:
    """All topics; or, where free words were given that name no topic, the careers that fit those words."""
    if query.skills:
        fitting = await desk.knowledge.match(skills=query.skills, interests=query.interests, limit=PAGE)
        if fitting:
            heading = desk.say("Careers around {words}", words=desk.say.join(list(query.skills)))
            part = [entry.career for entry in fitting]
            return Reply(
                summary=f"{heading}: {', '.join(career.title for career in part)}",
                blocks=(Heading(text=heading), _bullets(part), *english_note(desk)),
                suggestions=tuple(Suggestion(label=c.title, says=f"What is {one(c)}?") for c in part[:4]),
                results=tuple(
                    Result(title=e.career.title, slug=e.career.slug, value=e.value, unit="fit") for e in fitting
                ),
            )
    topics = await desk.knowledge.topics()
    counts = await desk.knowledge.counts()
    blocks: list[Block] = [Heading(text=desk.say("Fields of work"))]
    if query.skills:
        text = desk.say(
            "I have no field called {words}. These are the fields I know:",
            words=desk.say.join(list(query.skills), "or"),
        )
        blocks.append(Paragraph(text=text))
    items = tuple(
        Bullet(lead=t.title, text=desk.say.count(t.careers, "{number} career", "{number} careers")) for t in topics
    )
    blocks.append(Bullets(items=items))
    total = desk.say(
        "{careers} careers in all, {profiles} of them written up in full.",
        careers=desk.say.number(counts.get("careers", 0)),
        profiles=counts.get("profiles", 0),
    )
    blocks += [Note(text=total), *english_note(desk)]
    return Reply(
        summary=f"{desk.say('Fields of work')}: {', '.join(topic.title for topic in topics)}",
        blocks=tuple(blocks),
        suggestions=tuple(Suggestion(label=t.title, says=f"Show careers in {t.title.lower()}") for t in topics[:5]),
        results=tuple(Result(title=topic.title, value=topic.careers, unit="careers") for topic in topics),
    )


def _bullets(careers: list[Career]) -> Bullets:
    return Bullets(items=tuple(Bullet(text=career.title) for career in careers))
