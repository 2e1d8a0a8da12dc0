"""Putting a bot together from its parts."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.community_overlay import Overlay
from bot.completion import Completion
from bot.core import CareerBot
from bot.desk import Desk, LinkPolicy
from bot.edition import Edition
from bot.intent import capabilities
from bot.intents import load_intents
from bot.language import language
from bot.memory import InMemory, Memory
from bot.prepare import Progress, build_model, fingerprint, is_current, load_model, load_tongues, material
from bot.understand import Understanding
from knowledge.directory import Directory
from knowledge.knowledge import Knowledge


async def ensure_model(knowledge: Knowledge, path: Path, progress: Progress | None = None) -> bool:
    """Build the understanding's file where it is missing or stale; True if it was built."""
    intents = load_intents()
    wanted = fingerprint(knowledge.version, material(intents))
    if is_current(path, wanted):
        return False
    build_model(path, await knowledge.names(), intents, wanted, progress)
    return True


async def load_edition(
    knowledge: Knowledge, database: Path, model: Path, *, links: LinkPolicy | None = None, locale: str = "en-US",
    default_country: str = "", overlay: Overlay | None = None,
) -> Edition:  # fmt: skip
    """An edition over an open knowledge base and a current model file, which is read in a thread of its own."""
    intents = load_intents()
    (gazetteer, classifier), tongues = await asyncio.to_thread(lambda: (load_model(model), load_tongues(model)))
    understanding = Understanding(gazetteer, classifier, Directory(database), intents, tongues=tongues, overlay=overlay)
    rates = await knowledge.rates()
    desk = Desk(knowledge, rates, links or LinkPolicy(), language(locale), default_country, capabilities(intents))
    return Edition(understanding, desk, Completion(gazetteer))


async def assemble(
    knowledge: Knowledge, database: Path, model: Path, *, links: LinkPolicy | None = None, memory: Memory | None = None,
    locale: str = "en-US", default_country: str = "", overlay: Overlay | None = None,
) -> CareerBot:  # fmt: skip
    """A bot over an open knowledge base and a current model file."""
    edition = await load_edition(
        knowledge, database, model, links=links, locale=locale, default_country=default_country, overlay=overlay
    )
    return CareerBot(edition.understanding, load_intents(), edition.desk, memory or InMemory(), edition.completion)
