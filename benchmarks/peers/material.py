"""Gathering what all systems are given, from the knowledge database, the intents and the training messages."""

from __future__ import annotations

import random
from pathlib import Path

from adapters.labelled import Conversation
from benchmarks.peers.system import Material
from bot.following import TOPICAL
from bot.intents import load_intents
from bot.prepare import TRAINING
from bot.training import SEED, Filler, Message, copies_of, read_messages
from knowledge.directory import Directory
from knowledge.knowledge import Knowledge
from knowledge.models import Name

_GENERIC_TARGETS, _GENERIC_WEIGHT = 4, 56.0
_LESS_MEANT = {"state": 0.3, "metro": 0.05}
"""As far as a place of this kind is meant less than a city with as many people."""
_WARMING = 100


async def gather(database: Path, conversations: list[Conversation]) -> Material:
    """The material; the questions are the conversations' first messages, without their labels."""
    knowledge = await Knowledge.open(database)
    names = await knowledge.names()
    await knowledge.close()
    intents = load_intents()
    templates = [message for message in read_messages(TRAINING, intents) if not message.language]
    messages = filled(templates, names)
    directory = Directory(database)
    material = Material(
        messages=messages,
        templates=[(message.intent, message.text) for message in templates],
        titles=_titles(names),
        places=_places(names, directory),
        placed=[intent.name for intent in intents if intent.places],
        warming=[text for _, text in messages[:: max(len(messages) // _WARMING, 1)]][:_WARMING],
        questions=[conversation.turns[0].text for conversation in conversations],
        database=str(database),
    )
    directory.close()
    return material


def needs() -> dict[str, tuple[int, int]]:
    """How many careers each intent takes, (least, most); those that a skill satisfies as well need none."""
    return {i.name: (0 if i.name in TOPICAL else i.careers[0], i.careers[1]) for i in load_intents()}


def filled(templates: list[Message], names: list[Name]) -> list[tuple[str, str]]:
    """The texts that `bot.training.train` makes of the messages."""
    filler = Filler(names, chance := random.Random(SEED))
    return [(message.intent, copy) for message in templates for copy in copies_of(message, filler, chance)]


def _titles(names: list[Name]) -> dict[str, tuple[str, float]]:
    of_spelling: dict[str, list[Name]] = {}
    for name in names:
        if name.kind == "career" and not name.is_foreign:
            of_spelling.setdefault(name.text, []).append(name)
    found: dict[str, tuple[str, float]] = {}
    for spelling, targets in of_spelling.items():
        best = min(targets, key=lambda name: (-name.weight, name.target))
        if len(targets) < _GENERIC_TARGETS or best.weight > _GENERIC_WEIGHT:
            found[spelling] = (best.target, best.weight)
    return found


def _places(names: list[Name], directory: Directory) -> dict[str, tuple[str, float]]:
    found: dict[str, tuple[str, float]] = {}
    for name in names:
        if name.kind == "place":
            place = directory.place(name.target)
            strength = name.weight * _LESS_MEANT.get(place.kind, 1.0)
            if strength > found.get(name.text, ("", -1.0))[1]:
                found[name.text] = (place.name, strength)
    return found
