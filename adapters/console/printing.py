"""Printing for people: answers, explanations and the terminal's own remarks."""

from __future__ import annotations

from rich.text import Text

from adapters.console.answering import message_of
from adapters.console.inbound import Request, UnknownCommand
from adapters.console.render import render, render_handled
from adapters.console.screen import open_screen
from adapters.text import shared
from adapters.why import explanation
from bot.core import CareerBot, Handled
from bot.reply import Reply


class Printer:
    """Prints to standard output, as the terminal or pipe can show it."""

    def __init__(self, bot: CareerBot) -> None:
        self._bot = bot
        self._screen, self._look = open_screen()

    def question(self, text: str) -> None:
        """A question that was not typed at the prompt, above its answer."""
        self._screen.show(self._look.text(f"› {text}", "bold"))

    def answer(self, handled: Handled) -> None:
        """All answers of a message."""
        self._screen.show(render_handled(handled, self._look))
        self.gap()

    def reply(self, reply: Reply) -> None:
        """A reply that is no answer of the bot."""
        self._screen.show(render(reply, self._look))
        self.gap()

    def why(self, handled: Handled, *, by_command: bool) -> None:
        """Why a message was understood as it was."""
        self.reply(explanation(self._bot.understanding, handled, by_command=by_command))

    def share(self, handled: Handled) -> None:
        """The last answer as a message to quote."""
        for line in shared(handled).splitlines():
            self._screen.print(self._look.text(line), crop=False, soft_wrap=True)
        self.gap()

    def unknown(self, command: UnknownCommand) -> None:
        """That there is no such command, and which comes nearest."""
        hint = f"Did you mean /{command.nearest}?" if command.nearest else "/help lists what there is."
        self.remark(f"There is no command /{command.name}. {hint}")

    def remark(self, text: str) -> None:
        """A line of the terminal's own."""
        self._screen.show(self._look.text(text, "dim"))

    def gap(self) -> None:
        """An empty line, so that question and answer stand apart."""
        self._screen.show(Text(""))


class PrintingTeller:
    """Prints each answer for people, under its question where `echo` is set."""

    def __init__(self, bot: CareerBot, locale: str, *, echo: bool) -> None:
        self._bot, self._locale, self._echo = bot, locale, echo
        self._printer = Printer(bot)

    async def tell(self, request: Request) -> None:
        """Answer one message."""
        if self._echo:
            self._printer.question(request.text)
        message = await message_of(request, self._bot, self._locale)
        if isinstance(message, UnknownCommand):
            self._printer.unknown(message)
            self._printer.gap()
        else:
            self._printer.answer(await self._bot.handle(message))

    async def explain(self, text: str) -> None:
        """Print why a message is understood as it is, instead of its answer."""
        message = await message_of(Request(text=text), self._bot, self._locale)
        if isinstance(message, UnknownCommand):
            self._printer.unknown(message)
        else:
            self._printer.why(await self._bot.handle(message), by_command=message.request is not None)
