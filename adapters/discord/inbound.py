"""From Discord's events to messages for the bot. Pure: facts in, `IncomingMessage` or None out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from discord import Interaction, Message, MessageType, Thread

from bot.commands import parse_command
from bot.community import CommunitySettings
from bot.core import Handled
from bot.intent import Intent
from bot.message import ConversationKey, IncomingMessage, StructuredRequest
from bot.query import Query

PLATFORM = "discord"
_MENTION = re.compile(r"<@[!&]?\d{1,20}>|<#\d{1,20}>")
_EMOJI = re.compile(r"<a?(:\w{1,32}:)\d{1,20}>")
_READ = (MessageType.default, MessageType.reply)
"""Kinds of messages that people write; all others are the platform's own (somebody joined, pinned, boosted …)."""


@dataclass(frozen=True, slots=True)
class Where:
    """Who speaks where, as the community database names it.

    Attributes:
        community: The guild, or the person where there is none (direct messages, the bot installed for a person).
        channel: The channel or thread.
        person: Who speaks.
        user: The person's number on Discord.
        private_room: True in direct messages with the bot, where everything is private already.
    """

    community: str
    channel: str
    person: str
    user: int
    private_room: bool = False

    @property
    def conversation(self) -> ConversationKey:
        """The same person in the same channel or thread."""
        return ConversationKey(platform=PLATFORM, place=self.community, thread=self.channel, person=self.person)


@dataclass(frozen=True, slots=True)
class Heard:
    """What matters of a message in a channel.

    Attributes:
        text: Its text without mentions; empty where the bot may not read it.
        mentioned, answered, own_thread, direct: How it is addressed to the bot: by mention, as a reply to it, in a
            thread that it opened, in direct messages.
        human: False for bots (itself too), webhooks and the platform's own messages.
        readable: False where Discord withheld the text.
    """

    ident: int
    text: str
    where: Where
    mentioned: bool
    answered: bool
    own_thread: bool
    direct: bool
    human: bool
    readable: bool

    @property
    def addressed(self) -> bool:
        """Whether it was said to the bot."""
        return self.mentioned or self.answered or self.own_thread or self.direct


def heard(message: Message, me: int) -> Heard:
    """The facts of a message; `me` is the bot's own id."""
    guild, channel = message.guild, message.channel
    reference = message.reference.resolved if message.reference is not None else None
    return Heard(
        ident=message.id,
        text=cleaned(message.content),
        where=where(guild.id if guild else None, channel.id, message.author.id),
        mentioned=any(user.id == me for user in message.mentions) or _role_mentioned(message, me),
        answered=isinstance(reference, Message) and reference.author.id == me,
        own_thread=isinstance(channel, Thread) and channel.owner_id == me,
        direct=guild is None,
        human=not message.author.bot and message.webhook_id is None and message.type in _READ,
        readable=bool(message.content),
    )


def _role_mentioned(message: Message, me: int) -> bool:
    """Whether the role that Discord made for the bot was mentioned: people pick it in place of the bot itself."""
    return any(role.tags is not None and role.tags.bot_id == me for role in message.role_mentions)


def where(guild: int | None, channel: int | None, user: int) -> Where:
    """Names of a guild, channel and person; without a guild the person is the community."""
    return Where(
        community=f"discord:guild:{guild}" if guild else f"discord:user:{user}",
        channel=f"discord:channel:{channel}" if channel else "",
        person=f"discord:user:{user}",
        user=user,
        private_room=guild is None,
    )


def where_of(interaction: Interaction[Any]) -> Where:
    """Who used a command or pressed a button, and where."""
    found = where(interaction.guild_id, interaction.channel_id, interaction.user.id)
    if interaction.guild_id is None and interaction.context.private_channel:
        # A conversation with others (a group, or two people): the bot is a guest there, and others read along.
        return Where(found.community, found.channel, found.person, found.user)
    return found


def cleaned(content: str) -> str:
    """A message's text: mentions are taken out, emoji of a server stand as their name."""
    return " ".join(_EMOJI.sub(r"\1", _MENTION.sub(" ", content)).split())


def incoming(
    said: str | StructuredRequest, place: Where, settings: CommunitySettings, locale: str, intents: Sequence[Intent],
    *, addressed: bool = True,
) -> IncomingMessage:  # fmt: skip
    """The bot's message.

    Args:
        said: As typed or pressed; "/salary data engineer, Berlin" becomes a request.
        place: Who speaks where.
        settings: Of the community there.
        locale: Of the person, as Discord tells it.
        intents: Whose commands are known.
        addressed: False for what was merely overheard.
    """
    request = said if isinstance(said, StructuredRequest) else asked_by_name(said, intents)
    return IncomingMessage(
        text=said if isinstance(said, str) else "",
        conversation=place.conversation,
        locale=settings.language or locale,
        country=settings.country,
        community=place.community,
        addressed=addressed,
        request=request,
    )


def asked_by_name(text: str, intents: Sequence[Intent]) -> StructuredRequest | None:
    """The request of "/salary nurse" or "/responsibilities nurse": a command's name, or an intent's own."""
    if not text.startswith("/"):
        return None
    by_name = {intent.name: intent for intent in intents}
    if (request := parse_command(text, by_name)) is not None:
        return request
    name, _, rest = text[1:].partition(" ")
    if name not in by_name:
        return None
    return StructuredRequest(intent=name, options={"": rest.strip()} if rest.strip() else {})


def question_of(said: str | StructuredRequest, handled: Handled, intents: Sequence[Intent]) -> str:
    """One line that asks for the same answers again, whatever the conversation is about then."""
    names = {intent.name: intent.command.name if intent.command else intent.name for intent in intents}
    if isinstance(said, StructuredRequest):
        values = ", ".join(value for value in said.options.values() if value)
        return f"/{names.get(said.intent, said.intent)} {values}".strip()
    queries = handled.queries
    if len(queries) != 1 or not any(evidence.inherited for evidence in queries[0].evidence):
        return " ".join(handled.text.split())
    return _spelled_out(queries[0], names)


def _spelled_out(query: Query, names: dict[str, str]) -> str:
    """A follow-up with what it took from the conversation written out."""
    words = [career.title for career in query.careers] + [place.name for place in query.places]
    words += [word for word in (*query.skills, *query.topics) if word not in words]
    words += [query.currency] if query.currency else []
    return f"/{names.get(query.intent, query.intent)} {', '.join(words)}".strip()
