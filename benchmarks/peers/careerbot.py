"""Careerbot's own understanding: index and classifiers built from the material's database, then loaded and asked.

Building covers the index of all names and the classifiers of every language. Answering is `Understanding.read` without
a conversation; its own thresholds and decisions stand.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from benchmarks.peers.system import Found, Material
from bot.intents import load_intents
from bot.prepare import build_model, load_model, load_tongues
from bot.query import Query
from bot.understand import Understanding
from knowledge.directory import Directory
from knowledge.knowledge import Knowledge


class Careerbot:
    """The understanding, ready to read."""

    def __init__(self, database: Path) -> None:
        intents = load_intents()
        with tempfile.TemporaryDirectory() as folder:
            model = Path(folder) / "understanding.npz"
            asyncio.run(_prepare(database, model))
            gazetteer, classifier = load_model(model)
            tongues = load_tongues(model)
        self._understanding = Understanding(gazetteer, classifier, Directory(database), intents, tongues=tongues)

    def answer(self, text: str) -> Found:
        """What would be answered: intents, careers and places of all the questions that it understood."""
        queries = [reading for reading in self._understanding.read(text) if isinstance(reading, Query)]
        careers = dict.fromkeys(career.slug for query in queries for career in query.careers)
        places = {(p.name, p.country, p.kind): p.name for query in queries for p in query.places}
        return Found(
            [query.intent for query in queries],
            careers=[(slug, 1.0) for slug in careers],
            places=[(name, 1.0) for name in places.values()],
        )

    def megabytes(self) -> None:
        """It lives in the worker."""


async def _prepare(database: Path, model: Path) -> None:
    knowledge = await Knowledge.open(database)
    build_model(model, await knowledge.names(), load_intents(), "peers")
    await knowledge.close()


def build(material: Material, variant: str) -> Careerbot:  # noqa: ARG001 - one variant
    """Build and load it."""
    return Careerbot(Path(material.database))
