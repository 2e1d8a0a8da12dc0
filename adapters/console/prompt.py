"""The prompt: one line with history, completing commands, careers and places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.styles import Style

from adapters.text import visible
from bot.core import CareerBot
from bot.intent import Intent, OptionKind

_MOST = 8
_MOST_WORDS = 3
_FEWEST_LETTERS = 2
_WORD = re.compile(r"\S+")
_KINDS: tuple[OptionKind, ...] = ("career", "place")


class Names(Completer):
    """Completes "/sal" to a command, then its options; in free text (on Tab) the last words to a career or place."""

    def __init__(self, bot: CareerBot, own: Mapping[str, str]) -> None:
        self._bot = bot
        self._commands: dict[str, tuple[str, Intent | None]] = {name: (text, None) for name, text in own.items()}
        for intent in bot.intents:
            if intent.command is not None:
                self._commands[intent.command.name] = (intent.command.help, intent)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """What could stand at the cursor."""
        typed = document.text_before_cursor
        if typed.startswith("/") and " " not in typed:
            yield from self._named(typed[1:])
        elif typed.startswith("/"):
            name, _, rest = typed[1:].partition(" ")
            yield from self._words(rest, self._option_kinds(name))
        elif complete_event.completion_requested:
            yield from self._words(typed, _KINDS)

    def _named(self, prefix: str) -> Iterable[Completion]:
        for name, (text, _) in sorted(self._commands.items()):
            if name.startswith(prefix.casefold()):
                yield Completion(f"/{name}", start_position=-len(prefix) - 1, display_meta=visible(text))

    def _option_kinds(self, name: str) -> tuple[OptionKind, ...]:
        _, intent = self._commands.get(name.casefold(), ("", None))
        if intent is None or intent.command is None:
            return ()
        return tuple(dict.fromkeys(option.kind for option in intent.command.options))

    def _words(self, typed: str, kinds: Iterable[OptionKind]) -> Iterable[Completion]:
        """Names that begin with the last three, two or one words; the longest stretch that begins one counts."""
        starts = [match.start() for match in _WORD.finditer(typed)]
        if not starts or typed.endswith(" "):
            return
        for start in starts[-_MOST_WORDS:]:
            prefix = typed[start:]
            if len(prefix) < _FEWEST_LETTERS:
                continue
            found = [(kind, name) for kind in kinds for name in self._bot.complete(kind, prefix, _MOST)]
            begun = [(kind, name) for kind, name in found if name.casefold().startswith(prefix.casefold())]
            if begun or (found and start == starts[-1]):
                for kind, name in begun or found:
                    yield Completion(visible(name), start_position=-len(prefix), display_meta=kind)
                return


def open_prompt(bot: CareerBot, history: Path, own: Mapping[str, str]) -> PromptSession[str]:
    """A prompt for a conversation.

    Args:
        bot: Whose commands and names are completed.
        history: File that keeps what was typed; in memory only where it can't be written.
        own: The terminal's own commands and what they do.
    """
    kept: History = InMemoryHistory()
    with suppress(OSError):
        history.parent.mkdir(parents=True, exist_ok=True)
        history.touch(mode=0o600)
        kept = FileHistory(str(history))
    return PromptSession(
        history=kept, completer=Names(bot, own), complete_while_typing=True, complete_in_thread=True,
        key_bindings=_keys(), style=Style.from_dict({"prompt": "bold"}), reserve_space_for_menu=6,
    )  # fmt: skip


def _keys() -> KeyBindings:
    """Tab takes the first completion at once, and the next ones when pressed again."""
    keys = KeyBindings()

    def take(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state:
            buffer.complete_next()
        else:
            buffer.start_completion(select_first=True)

    keys.add("tab")(take)
    return keys
