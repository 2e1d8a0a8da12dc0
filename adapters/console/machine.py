"""A message and its answers as the one JSON object that other programs read. Pure.

The shape is a contract: docs/machine-readable.md describes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from adapters.text import plain
from bot.core import Handled
from bot.query import Choice, NotUnderstood, Query, Unclear
from bot.reply import Links, Reply, Result

_INVISIBLE = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]")
"""Characters that break lines or reorder text where JSON is shown: written as escapes."""


def answer_object(handled: Handled, text: str) -> dict[str, Any]:
    """The object for one message.

    Args:
        handled: What the bot made of it.
        text: The message as it came in.
    """
    queries = handled.queries
    readings = [answer.reading for answer in handled.answers]
    replies = [answer.reply for answer in handled.answers]
    kept = replies if queries else []
    confidence = queries[0].confidence if queries else readings[0].confidence if readings else 0.0
    return {
        "text": text,
        "understood": bool(queries),
        "intent": queries[0].intent if queries else "none",
        "intents": list(handled.intents),
        "confidence": round(confidence, 4),
        "careers": _unique({"slug": c.slug, "title": c.title, "soc": c.soc} for q in queries for c in q.careers),
        "places": _unique(
            {"name": p.name, "country": p.country, "kind": p.kind} for q in queries for p in q.places
        ),
        "skills": _unique(skill for q in queries for skill in q.skills),
        "topics": _unique(topic for q in queries for topic in q.topics),
        "interests": _unique(interest for q in queries for interest in q.interests),
        "currency": next((q.currency for q in queries if q.currency), None),
        "figures": _unique(figure.model_dump(mode="json") for reply in kept for figure in reply.figures),
        "reply": _reply(replies),
        "results": [_result(result) for reply in kept for result in reply.results],
        "choices": [_choice(c) for r in readings if isinstance(r, Unclear | NotUnderstood) for c in r.choices],
        "evidence": [
            {"slot": e.slot, "words": e.words, "matched": e.matched, "score": round(e.score, 1)}
            for r in readings if isinstance(r, Query | Unclear) for e in r.evidence
        ],
        "knowledge_version": handled.knowledge_version,
        "milliseconds": handled.milliseconds,
    }  # fmt: skip


def json_line(value: object, encoding: str = "utf-8") -> str:
    """A value as JSON on one line that no terminal and no line reader can stumble over."""
    text = json.dumps(value, ensure_ascii=encoding.lower().replace("-", "") != "utf8")
    return _INVISIBLE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _reply(replies: list[Reply]) -> dict[str, Any]:
    blocks = [block for reply in replies for block in reply.blocks]
    return {
        "text": "\n\n".join(plain(reply) for reply in replies),
        "blocks": [block.model_dump(mode="json") for block in blocks],
        "links": [
            {"title": link.title, "url": link.url}
            for block in blocks
            if isinstance(block, Links)
            for link in block.items
        ],
        "suggestions": [s.model_dump(mode="json") for reply in replies for s in reply.suggestions],
    }


def _result(result: Result) -> dict[str, Any]:
    ident = {"slug": result.slug} if result.slug else {"name": result.title}
    return {**ident, **result.model_dump(mode="json", include={"title", "value", "unit"})}


def _choice(choice: Choice) -> dict[str, str]:
    return {"label": choice.label, "says": choice.says}


def _unique(values: Iterable[Any]) -> list[Any]:
    """The values in order, each once."""
    kept: list[Any] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return kept
