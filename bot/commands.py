"""Structured commands: `/salary backend london`, the same on every platform.

Where a platform delivers options as slots they are resolved one by one. Where a command is one line of text (Slack, the
terminal), its words are read against the options that the intent declares.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.intent import Intent
from bot.message import StructuredRequest
from bot.openwords import open_words
from bot.query import Choice, NotUnderstood, Query, Reading, Unclear
from bot.understand import Understanding


def parse_command(line: str, intents: Mapping[str, Intent]) -> StructuredRequest | None:
    """The request of a line such as "/salary backend london"; None if it is no known command."""
    name, _, rest = line.strip().removeprefix("/").partition(" ")
    for intent in intents.values():
        if intent.command is not None and intent.command.name == name.casefold():
            return StructuredRequest(intent=intent.name, options={"": rest.strip()} if rest.strip() else {})
    return None


def query_from_request(
    request: StructuredRequest, intents: Mapping[str, Intent], understanding: Understanding, default_country: str = ""
) -> Reading:
    """The question that a command asks: its slots are looked up, its intent is given."""
    intent = intents[request.intent]
    text = ", ".join(value for value in request.options.values() if value)
    if not text:
        return _without_options(intent)
    spotted, slots = understanding.look_up(text, default_country)
    places = tuple(slots.places) or tuple(slots.weak_places)
    skills = [*slots.skills, *slots.weak_skills]
    if not slots.careers and intent.name in ("courses", "books", "match", "browse"):
        skills += [word for word in open_words(spotted, 0, len(spotted.tokens), intent.name) if word not in skills]
    least = intent.careers[0]
    if intent.name == "compare" and len(places) > 1:
        least = 1
    free = intent.name in ("courses", "books") and bool(skills or slots.topics)
    if len(slots.careers) < least and not free:
        nearest = understanding.nearest_careers(text)
        if slots.generic is not None:
            nearest = [understanding.directory.career(target.id) for target in slots.generic.of_kind("career")[:5]]
        if not nearest:
            return NotUnderstood(text=text)
        command = intent.command.name if intent.command else intent.name
        choices = tuple(Choice(label=c.title, says=f"/{command} {c.title}") for c in nearest)
        return Unclear(
            text=text, choices=choices,
            question="And which other career?" if slots.careers else "Which career do you mean?",
        )  # fmt: skip
    return Query(
        text=text, intent=intent.name, careers=tuple(slots.careers), places=places,
        excluded_places=tuple(slots.excluded), skills=tuple(dict.fromkeys(skills)), topics=tuple(slots.topics),
        currency=slots.currency, filters=understanding.filters(spotted, text), evidence=tuple(slots.evidence),
        alternatives=tuple(slots.alternatives), unknown_places=tuple(slots.unknown_places),
    )  # fmt: skip


def _without_options(intent: Intent) -> Reading:
    if intent.careers[0] == 0:
        return Query(text="", intent=intent.name)
    return Unclear(text="", question="Which career do you mean?", choices=())
