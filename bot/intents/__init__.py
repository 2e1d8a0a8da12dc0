"""The intents: one file each, found by looking. A file declares `INTENT`; nothing needs registering."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from bot.intent import Intent


def load_intents() -> tuple[Intent, ...]:
    """All declared intents, by name; raises ValueError if two share a name."""
    intents = [import_module(f"{__name__}.{module.name}").INTENT for module in iter_modules(__path__)]
    names = [intent.name for intent in intents]
    if len(names) != len(set(names)):
        raise ValueError(f"two intents share a name: {sorted(names)}")
    return tuple(sorted(intents, key=lambda intent: intent.name))
