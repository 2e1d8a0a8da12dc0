"""Answering messages that are not typed at the prompt, as JSON lines; what printing for people shares with that."""

from __future__ import annotations

import sys
from typing import Protocol

from adapters.console.inbound import PLATFORM, Request, UnknownCommand, incoming
from adapters.console.machine import answer_object, json_line
from bot.context import Context
from bot.core import CareerBot
from bot.message import ConversationKey, IncomingMessage

ALONE = ConversationKey(platform=PLATFORM)
"""The conversation of messages that stand alone; it is forgotten before each."""


class Teller(Protocol):
    """Answers messages one by one, each answer printed before the next message is read."""

    async def tell(self, request: Request) -> None:
        """Answer one message."""


async def message_of(request: Request, bot: CareerBot, locale: str) -> IncomingMessage | UnknownCommand:
    """The message of a request, in its conversation or in one that starts anew.

    Args:
        request: As read from a line.
        bot: Whose memory and commands count.
        locale: For a request that names none.
    """
    conversation = ALONE
    if request.conversation:
        conversation = ConversationKey(platform=PLATFORM, thread=request.conversation)
    else:
        await bot.memory.remember(ALONE, Context())
    return incoming(request.text, bot.intents, conversation, request.locale or locale)


class JsonTeller:
    """Prints one JSON object a message."""

    def __init__(self, bot: CareerBot, locale: str) -> None:
        self._bot, self._locale = bot, locale

    async def tell(self, request: Request) -> None:
        """Answer one message; a command that is none is read as plain text."""
        message = await message_of(request, self._bot, self._locale)
        if isinstance(message, UnknownCommand):
            message = IncomingMessage(text=request.text, conversation=ALONE, locale=self._locale)
        handled = await self._bot.handle(message)
        line = json_line(answer_object(handled, request.text), sys.stdout.encoding or "utf-8")
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
