"""Putting a bot together from its parts."""

from __future__ import annotations

from pathlib import Path

from bot.community_overlay import Overlay
from bot.completion import Completion
from bot.core import CareerBot
from bot.desk import Desk, LinkPolicy
from bot.intent import capabilities
from bot.intents import load_intents
from bot.language import language
from bot.memory import InMemory, Memory
from bot.prepare import Progress, build_model, fingerprint, is_current, load_model, load_tongues
from bot.understand import Understanding
from knowledge.directory import Directory
from knowledge.knowledge import Knowledge


async def ensure_model(knowledge: Knowledge, path: Path, progress: Progress | None = None) -> bool:
    """Build the understanding's file where it is missing or stale; True if it was built."""
    intents = load_intents()
    wanted = fingerprint(knowledge.version, intents)
    if is_current(path, wanted):
        return False
    build_model(path, await knowledge.names(), intents, wanted, progress)
    return True


async def assemble(
    knowledge: Knowledge, database: Path, model: Path, *, links: LinkPolicy | None = None, memory: Memory | None = None,
    locale: str = "en-US", default_country: str = "", overlay: Overlay | None = None,
) -> CareerBot:  # fmt: skip
    """A bot over an open knowledge base and a current model file."""
    intents = load_intents()
    gazetteer, classifier = load_model(model)
    understanding = Understanding(
        gazetteer, classifier, Directory(database), intents, tongues=load_tongues(model), overlay=overlay
    )
    rates = await knowledge.rates()
    desk = Desk(knowledge, rates, links or LinkPolicy(), language(locale), default_country, capabilities(intents))
    return CareerBot(understanding, intents, desk, memory or InMemory(), Completion(gazetteer))
