"""Messages in channels, threads and direct messages: which are answered, and how when something is in the way."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import aiohttp
from discord import Forbidden, Guild, HTTPException, Message, TextChannel, ui
from discord.abc import GuildChannel

from adapters.discord.answered import Answered, saveable
from adapters.discord.answering import Answers
from adapters.discord.components import Question
from adapters.discord.delivery import reply
from adapters.discord.inbound import PLATFORM, Heard, heard
from adapters.discord.layout import SMALL_ACCENT, layout, notice
from adapters.discord.limits import DEFER_AFTER
from adapters.discord.localised import language
from adapters.discord.markup import escaped
from adapters.discord.plans import Plans
from adapters.discord.render import Card, Controls, cards

log = logging.getLogger(__name__)

_EMPTY_MENTION = "What can you do?"
"""What a mention without a word asks."""


class Hearing:
    """Answers messages, each once."""

    def __init__(
        self, answers: Answers, plans: Plans, *, locale: str, defer_after: float = DEFER_AFTER
    ) -> None:  # fmt: skip
        self._plans = plans
        self._answers, self._community, self._locale = answers, answers.community, locale
        self._defer_after = defer_after

    async def hear(self, message: Message, me: int) -> None:
        """Answer a message if it is for the bot, or if the channel is listened to and the answer is sure."""
        fact = heard(message, me)
        if not fact.human or not self._answers.work.accepting:
            return
        if not fact.addressed:
            settings = await self._community.settings(fact.where.community, fact.where.channel)
            if not settings.listening or not fact.text:
                return
        event = f"{PLATFORM}:message:{fact.ident}"
        with self._answers.work.one():
            if await self._community.begin(event) != "new":
                return
            try:
                await self._answer(message, fact)
            except (HTTPException, aiohttp.ClientError, OSError) as error:
                log.error("gave up on message %s: %s", fact.ident, error)  # noqa: TRY400 - expected, no traceback
            except Exception:
                log.exception("answering message %s failed", fact.ident)
                text = "Something went wrong on my side. Please try again; the operator has been told."
                await self._word(message, language(self._spoken(message))(text))
            await self._community.finish(event)

    async def _answer(self, message: Message, fact: Heard) -> None:
        if not fact.readable and not fact.mentioned and not fact.direct:
            await self._unreadable(message, fact)
            return
        if fact.addressed and (word := await self._stopped(message, fact)) is not None:
            await message.channel.send(view=word)
            return
        settings = await self._community.settings(fact.where.community, fact.where.channel)
        wait = self._answers.cooldowns.wait(fact.where.person, fact.where.channel, settings.cooldown)
        if wait > 0:
            if fact.addressed:
                await self._too_fast(message, fact, wait)
            return
        asked = self._answers.ask(
            fact.text or _EMPTY_MENTION, fact.where, self._spoken(message), addressed=fact.addressed,
            pictures=_may_attach(message),
        )  # fmt: skip
        answered = await self._typing(message, asyncio.ensure_future(asked))
        if answered.handled.silent or not answered.replies:
            return
        if not await reply(message, self._cards(message, fact, answered)):
            await self._elsewhere(message, fact, answered)
        self._answers.later(self._answers.count(answered))

    async def _stopped(self, message: Message, fact: Heard) -> ui.LayoutView | None:
        return await self._plans.stopped(fact.where.person, fact.text, language(self._spoken(message)))

    def _spoken(self, message: Message) -> str:
        """The language of the server; a message doesn't tell its author's."""
        return message.guild.preferred_locale.value if message.guild is not None else self._locale

    async def _typing(self, message: Message, work: asyncio.Future[Answered]) -> Answered:
        """The answer; where it takes long, the channel sees that the bot is writing."""
        done, _ = await asyncio.wait({work}, timeout=self._defer_after)
        if not done:
            try:
                async with message.channel.typing():
                    return await work
            except HTTPException:
                log.info("typing isn't shown in channel %s", message.channel.id)
        return await work

    def _cards(self, message: Message, fact: Heard, answered: Answered) -> tuple[Card, ...]:
        controls = Controls(
            owner=fact.where.user, question=answered.question, feedback=answered.settings.feedback,
            save=saveable(answered.handled), locale=answered.locale,
            thread=fact.addressed and isinstance(message.channel, TextChannel),
        )  # fmt: skip
        return cards(answered.replies, controls, answered.drawn)

    async def _elsewhere(self, message: Message, fact: Heard, answered: Answered) -> None:
        """The bot may not write in the channel: the answer goes to the person, a word to the guild's owner."""
        where = f"#{getattr(message.channel, 'name', 'channel')}"
        try:
            shown = cards(answered.replies, Controls(owner=fact.where.user, question=answered.question))
            words = language(answered.locale)
            text = words("I may not write in {channel}, so here is your answer:", channel=escaped(where))
            await message.author.send(view=notice(text))
            await message.author.send(view=layout(shown[0]))
        except Forbidden:
            log.warning(
                "channel %s can't be written to, and %s takes no messages", message.channel.id, fact.where.person
            )
        if message.guild is not None:
            await self._tell_owner(message.guild, where)

    async def _tell_owner(self, guild: Guild, where: str) -> None:
        """Once an hour at most: which permissions are missing."""
        if (
            guild.owner_id is None
            or await self._community.begin(f"{PLATFORM}:told:{guild.id}:{where}", lease=3600) != "new"
        ):
            return
        text = (
            f"I was asked something in {escaped(where)} of {escaped(guild.name)}, where I may not write. Give my role "
            "the permissions View Channel, Send Messages, Send Messages in Threads and Read Message History there."
        )
        try:
            owner = guild.owner or await guild.fetch_member(guild.owner_id)
            await owner.send(view=notice(text))
        except HTTPException:
            log.warning("the owner of guild %s can't be told that I may not write in %s", guild.id, where)

    async def _unreadable(self, message: Message, fact: Heard) -> None:
        """Discord withheld the text: say once an hour, in this channel, how to ask."""
        if await self._community.begin(f"{PLATFORM}:hint:{fact.where.channel}", lease=3600) != "new":
            return
        view = ui.LayoutView(timeout=None)
        words = language(self._spoken(message))
        text = words("Discord shows me only messages that mention me. Mention me, use /ask, or press:")
        row: ui.ActionRow[Any] = ui.ActionRow(Question.build(words("Ask")))
        view.add_item(ui.Container(ui.TextDisplay(text), row, accent_colour=SMALL_ACCENT))
        view.stop()
        await message.channel.send(view=view)

    async def _too_fast(self, message: Message, fact: Heard, wait: float) -> None:
        """A private word, at most one a minute."""
        if await self._community.begin(f"{PLATFORM}:slow:{fact.where.person}", lease=60) != "new":
            return
        seconds = max(1, round(wait))
        try:
            text = language(self._spoken(message))("One moment, please: ask me again in {seconds} s.", seconds=seconds)
            await message.author.send(view=notice(text))
        except HTTPException:
            log.info("%s takes no messages", fact.where.person)

    async def _word(self, message: Message, text: str) -> None:
        try:
            await message.channel.send(view=notice(text))
        except (HTTPException, aiohttp.ClientError, OSError) as error:
            log.error("gave up on message %s: %s", message.id, error)  # noqa: TRY400 - expected, no traceback


def _may_attach(message: Message) -> bool:
    """Whether the bot may attach files to its answer."""
    if message.guild is None or not isinstance(message.channel, GuildChannel):
        return True
    return message.channel.permissions_for(message.guild.me).attach_files
