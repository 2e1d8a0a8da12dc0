"""Courses and books as links with their relevance, and the disclosure where a link may earn a commission."""

from __future__ import annotations

from collections.abc import Iterable

from bot.desk import Desk
from bot.reply import Block, Disclosure, Link, Links
from knowledge.models import RankedResource, Source

MOST_REASONS = 3


def links_block(desk: Desk, found: Iterable[RankedResource], *, relevance: bool = True) -> list[Block]:
    """The resources as links, most relevant first, with the disclosure if one is an affiliate link."""
    items: list[Link] = []
    affiliated = False
    for entry in found:
        resource = entry.resource
        url, is_affiliate = desk.links.rewrite(resource.url)
        affiliated = affiliated or is_affiliate
        details = [resource.provider, resource.level, desk.say("free") if resource.free else ""]
        items.append(
            Link(
                title=resource.title,
                url=url,
                detail=" · ".join(detail for detail in details if detail),
                reason=_reason(desk, entry),
                relevance=entry.relevance if relevance else None,
            )
        )
    if not items:
        return []
    blocks: list[Block] = [Links(items=tuple(items))]
    if affiliated:
        text = desk.say("Some of these links are affiliate links: a purchase may earn this service a commission.")
        blocks.append(Disclosure(text=text))
    return blocks


def _reason(desk: Desk, entry: RankedResource) -> str:
    """Why it is shown: how many of the career's most important skills it covers, and whether it is about all of it."""
    skills = ", ".join(entry.covers[:MOST_REASONS])
    if not entry.covers:
        return desk.say("about the whole field") if entry.whole_field else ""
    if not entry.out_of:
        return desk.say("covers {skills}", skills=skills)
    reason = desk.say(
        "covers {count} of the {all} most important skills: {skills}",
        count=len(entry.covers), all=entry.out_of, skills=skills,
    )  # fmt: skip
    return desk.say("about the whole field; {reason}", reason=reason) if entry.whole_field else reason


def resource_sources(desk: Desk, found: Iterable[RankedResource]) -> list[Source]:
    """Where the catalogue's entries come from."""
    return [desk.knowledge.source(entry.resource.source) for entry in found if entry.resource.source]
