"""The chat loop: reads a line, lets the bot answer, prints; at a prompt, or from a pipe."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from adapters.console.inbound import PLATFORM, UnknownCommand, incoming, read_lines, typed
from adapters.console.printing import Printer
from bot.core import CareerBot, Handled
from bot.message import ConversationKey

OWN_COMMANDS = {
    "share": "The last answer as one message to quote",
    "why": "Why the last message was understood as it was",
    "quit": "End the conversation",
}
"""The terminal's own commands: name → what it does."""
_ENDINGS = ("quit", "exit", "bye", "q")
_NOTHING_YET = "Nothing has been answered yet: ask something first."
_PROMPT = "› "


class Chat:
    """One conversation in the terminal."""

    def __init__(self, bot: CareerBot, locale: str) -> None:
        self._bot, self._locale = bot, locale
        self._printer = Printer(bot)
        self._conversation = ConversationKey(platform=PLATFORM, thread="chat")
        self._last: Handled | None = None
        self._by_command = False

    async def from_pipe(self, stream: BinaryIO) -> None:
        """Answer each line of a stream; empty lines are passed over."""
        for line in read_lines(stream):
            if not line.text.strip():
                continue
            self._printer.question(line.text)
            if not await self.line(line.text):
                return

    async def at_prompt(self, history: Path) -> None:
        """Read lines at a prompt with completion and history until the person ends it."""
        from adapters.console.prompt import open_prompt  # noqa: PLC0415 - a pipe doesn't need it

        session = open_prompt(self._bot, history, OWN_COMMANDS)
        counts = await self._bot.desk.knowledge.counts()
        self._printer.remark(
            f"Careerbot knows {counts.get('careers', 0):,} careers. Ask in your own words; "
            "/help shows what you can ask, Tab completes, /quit ends."
        )
        self._printer.gap()
        with suppress(EOFError, KeyboardInterrupt):
            while await self.line(await session.prompt_async(_PROMPT)):
                pass
        self._printer.remark("Goodbye.")

    async def line(self, text: str) -> bool:
        """Answer one line; False where it ends the conversation."""
        text = typed(text)
        if not text.strip():
            return True
        name = text.strip().removeprefix("/").casefold() if text.strip().startswith("/") else ""
        if name in _ENDINGS:
            return False
        if name in ("share", "why"):
            self._own(name)
            return True
        message = incoming(text, self._bot.intents, self._conversation, self._locale, OWN_COMMANDS)
        if isinstance(message, UnknownCommand):
            self._printer.unknown(message)
            self._printer.gap()
            return True
        handled = await self._bot.handle(message)
        self._last, self._by_command = handled, message.request is not None
        self._printer.answer(handled)
        return True

    def _own(self, name: str) -> None:
        if self._last is None:
            self._printer.remark(_NOTHING_YET)
            self._printer.gap()
        elif name == "share":
            self._printer.share(self._last)
        else:
            self._printer.why(self._last, by_command=self._by_command)
