"""Conversations as they are kept: what they are about, without what was typed."""

from __future__ import annotations

from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from bot.context import Context

_CONTEXT: TypeAdapter[Context] = TypeAdapter(Context)
LONGEST_CONTEXT = 64_000
"""Bytes of JSON; a context is a few hundred, so a larger one is none."""


def without_words(context: Context) -> Context:
    """The context without the person's own words: nothing later needs them, and texts are kept only by agreement."""
    if context.query is None:
        return context
    evidence = tuple(entry.model_copy(update={"words": ""}) for entry in context.query.evidence)
    return replace(context, query=context.query.model_copy(update={"text": "", "evidence": evidence}))


def packed(context: Context) -> str | None:
    """The context as JSON; None if it can't be kept (too long, or holding what is no text)."""
    try:
        written = _CONTEXT.dump_json(without_words(context), exclude_defaults=True)
    except ValueError:
        return None
    return written.decode() if len(written) <= LONGEST_CONTEXT else None


def unpacked(written: str) -> Context:
    """The inverse of `packed`; an empty context for what another version of the program wrote."""
    try:
        return _CONTEXT.validate_json(written)
    except ValidationError:
        return Context()
