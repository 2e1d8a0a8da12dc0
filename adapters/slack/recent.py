"""What a person asked lately, from what their conversations are about: no words are kept for it. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.community_context import unpacked
from bot.intent import Intent
from bot.query import Query
from bot.reply import Suggestion

MOST = 4


def recent(data: Mapping[str, object], intents: Mapping[str, Intent]) -> list[Suggestion]:
    """Questions to ask again, latest first, each once.

    Args:
        data: Everything that is kept about the person (`Community.export`); conversations latest last.
        intents: By name; those with a command can be asked again.
    """
    conversations = data.get("conversations")
    if not isinstance(conversations, list):
        return []
    found: dict[str, Suggestion] = {}
    for one in reversed(conversations):
        query = unpacked(json.dumps(one.get("about") or {})).query
        if query is not None and (again := _again(query, intents.get(query.intent))):
            found.setdefault(again.says, again)
        if len(found) == MOST:
            break
    return list(found.values())


def _again(query: Query, intent: Intent | None) -> Suggestion | None:
    """The question as a command; None for one that its careers and places don't say."""
    if intent is None or intent.command is None or not query.careers:
        return None
    names = [*(career.title for career in query.careers), *(place.name for place in query.places)]
    told = ", ".join(names)
    return Suggestion(label=f"{intent.command.name.capitalize()}: {told}", says=f"/{intent.command.name} {told}")
