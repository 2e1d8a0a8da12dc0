"""What a system is given, what it is asked, and what it answers: the same for all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Protocol
else:
    Protocol = object  # a peer may need a Python that has none

NONE = "none"


@dataclass(frozen=True)
class Material:
    """What every system may learn from; questions come without their labels.

    Attributes:
        messages: (intent, text) of the training messages, placeholders filled with names and with one mistyped copy
            each: the very texts that Careerbot's own classifier is trained on, the intent "none" among them.
        templates: (intent, text) of the same messages with their placeholders ({career}, {place} …).
        titles: Spelling → (slug, weight) of English career titles. A spelling of several careers means the one that it
            means most strongly; one that is a lesser title of four or more careers ("engineer") isn't listed.
        places: Spelling → (name, strength): the most populous place so called.
        placed: Intents that places matter to.
        warming: Messages to warm up with, none of them a question.
        questions: Texts to be answered.
        database: The knowledge database, for Careerbot itself.
    """

    messages: list[tuple[str, str]]
    templates: list[tuple[str, str]]
    titles: dict[str, tuple[str, float]]
    places: dict[str, tuple[str, float]]
    placed: list[str]
    warming: list[str]
    questions: list[str]
    database: str

    def save(self, path: Path) -> None:
        """Write it as JSON."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, path: Path) -> Material:
        """Read what `save` wrote."""
        stored = json.loads(path.read_text("utf-8"))
        for name in ("messages", "templates"):
            stored[name] = [(intent, text) for intent, text in stored[name]]
        for name in ("titles", "places"):
            stored[name] = {spelling: (target, weight) for spelling, (target, weight) in stored[name].items()}
        return cls(**stored)


@dataclass
class Found:
    """What a system makes of a message, before any threshold.

    Attributes:
        intents: Best intent (several only where a system answers several questions); empty = declined by itself.
        score: How sure it is of the intent, larger is surer, on any scale.
        careers, places: (slug or name, score), in order of mention, on any scale.
        milliseconds: Where the system measures itself (another process); None = the worker's clock counts.
    """

    intents: list[str]
    score: float = 1.0
    careers: list[tuple[str, float]] = field(default_factory=list)
    places: list[tuple[str, float]] = field(default_factory=list)
    milliseconds: float | None = None


def fingerprint(questions: list[str]) -> str:
    """Which questions a result holds the answers to."""
    return hashlib.blake2b("\n".join(questions).encode(), digest_size=8).hexdigest()


class System(Protocol):
    """A system that has been built from the material; its module's `build(material, variant)` makes it."""

    def answer(self, text: str) -> Found:
        """What one message asks, with no conversation before it."""

    def megabytes(self) -> float | None:
        """Resident memory of a process of its own; None where it lives in the worker's."""
