"""Answering: one question, from whatever asked it, to cards. What commands, buttons and messages share."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from discord import Interaction

from adapters.charts import Charts
from adapters.discord.answered import Answered, Said, counted, saveable
from adapters.discord.delivery import UNSENT, deliver, gave_up, say
from adapters.discord.inbound import PLATFORM, Where, asked_by_name, incoming, question_of, where_of
from adapters.discord.layout import notice
from adapters.discord.limits import DEFER_AFTER
from adapters.discord.localised import language
from adapters.discord.manners import Cooldowns, Turn, Turns, Work
from adapters.discord.render import Card, Controls, cards, repeatable
from bot.community import Community, CommunitySettings
from bot.community_picks import Picks
from bot.core import CareerBot
from bot.message import StructuredRequest
from bot.quiz import answers_in
from bot.wording import failed

log = logging.getLogger(__name__)

MOST_PICTURES = 5
"""Pictures in one answer; Discord takes ten files a message."""
MOST_AT_ONCE = 16
"""Questions worked on at the same time; more wait their turn. All at once, each would be as late as the last."""
_LEAVING = "I am being restarted. Please ask me again in a minute."


class Answers:
    """Asks the bot and answers interactions, each once, in time, and never with silence."""

    def __init__(
        self, bot: CareerBot, community: Community, *, work: Work, cooldowns: Cooldowns, charts: Charts,
        defer_after: float = DEFER_AFTER,
    ) -> None:  # fmt: skip
        self.bot, self.community, self.work, self.cooldowns = bot, community, work, cooldowns
        self._charts = charts
        self._turns = Turns(MOST_AT_ONCE)
        self._defer_after = defer_after
        self._picks = Picks()
        self._later: set[asyncio.Task[None]] = set()

    async def ask(
        self, said: Said, where: Where, locale: str, *, addressed: bool = True, pictures: bool = True,
        turn: Turn | None = None,
    ) -> Answered:  # fmt: skip
        """What the bot says to it; without pictures where the bot may not attach files."""
        async with self._turns.take(turn or Turn()):
            settings = await self.community.settings(where.community, where.channel)
            if isinstance(said, StructuredRequest):
                said = self._with_currency(said, settings)
            message = incoming(said, where, settings, locale, self.bot.intents, addressed=addressed)
            handled = await self.bot.handle(message)
        drawn = await self._charts.of([one.reply for one in handled.answers], MOST_PICTURES) if pictures else {}
        question = question_of(said, handled, self.bot.intents)
        question = question if repeatable(question, where.user) else ""
        return Answered(said, where, settings, handled, question, settings.language or locale, drawn)

    def request(self, question: str) -> StructuredRequest | None:
        """The request that a question by name stands for."""
        return asked_by_name(question, self.bot.intents)

    def _with_currency(self, request: StructuredRequest, settings: CommunitySettings) -> StructuredRequest:
        """A command that takes a currency and got none is answered in the community's."""
        command = next((intent.command for intent in self.bot.intents if intent.name == request.intent), None)
        wanted = next((option.name for option in command.options if option.kind == "currency"), "") if command else ""
        if not wanted or not settings.currency or request.options.get(wanted):
            return request
        return StructuredRequest(intent=request.intent, options={**request.options, wanted: settings.currency})

    async def respond(
        self, interaction: Interaction[Any], said: Said, *, private: bool | None = None, edit: bool = False,
        counted: bool = True, page: int = 1,
    ) -> None:  # fmt: skip
        """Answer an interaction.

        Args:
            interaction: The command or press.
            said: The question.
            private: Only the person sees the answer; None = as the community set it.
            edit: The answer takes the place of the message that was pressed.
            counted: The cooldown counts it; turning a page or a quiz's next question is none.
            page: Which page to show.
        """
        where = where_of(interaction)

        async def answer() -> None:
            if counted and await self._too_fast(interaction, where):
                return
            pictures = interaction.app_permissions.attach_files
            turn = Turn()
            work = asyncio.create_task(self.ask(said, where, interaction.locale.value, pictures=pictures, turn=turn))
            answered = await self._in_time(interaction, work, turn, where, private=private, edit=edit)
            hidden = self._hidden(where, answered.settings, private)
            shown = self._cards(answered, shareable=hidden and not where.private_room)
            shown = (shown[min(page, len(shown)) - 1], *shown[1:]) if page > 1 else shown
            if await deliver(interaction, shown, private=hidden, edit=edit) and counted:
                self.later(self.count(answered))

        await self.once(interaction, answer)

    async def _in_time(
        self, interaction: Interaction[Any], work: asyncio.Task[Answered], turn: Turn, where: Where,
        *, private: bool | None, edit: bool,
    ) -> Answered:  # fmt: skip
        """The answer; where it takes long, Discord is told in time that it will come."""
        done, _ = await asyncio.wait({work}, timeout=self._defer_after)
        if not done:
            turn.announced = True
            settings = await self.community.settings(where.community, where.channel)
            try:
                await interaction.response.defer(ephemeral=self._hidden(where, settings, private), thinking=not edit)
            except UNSENT:
                work.cancel()
                raise
        return await work

    @staticmethod
    def _hidden(where: Where, settings: CommunitySettings, private: bool | None) -> bool:
        if where.private_room:
            return False
        return settings.private if private is None else private

    def _cards(self, answered: Answered, *, shareable: bool) -> tuple[Card, ...]:
        quiz = isinstance(answered.said, str) and answers_in(answered.said) is not None
        quiz = quiz and not any(reply.results for reply in answered.replies)  # its end is an answer like any other
        controls = Controls(
            owner=answered.where.user, question="" if quiz else answered.question,
            share=shareable and not quiz and answered.handled.understood,
            feedback=answered.settings.feedback and not quiz, save=saveable(answered.handled),
            locale=answered.locale,
        )  # fmt: skip
        return cards(answered.replies or (failed(),), controls, answered.drawn)

    async def _too_fast(self, interaction: Interaction[Any], where: Where) -> bool:
        """Whether the person has to wait; then it was said kindly and in private."""
        settings = await self.community.settings(where.community, where.channel)
        seconds = self.cooldowns.wait(where.person, where.channel, settings.cooldown)
        if seconds <= 0:
            return False
        say_it = language(settings.language or interaction.locale.value)
        text = say_it("One moment, please: ask me again in {seconds} s.", seconds=max(1, round(seconds)))
        await say(interaction, notice(text))
        return True

    async def once(self, interaction: Interaction[Any], answer: Callable[[], Awaitable[None]]) -> None:
        """Handle an interaction that nobody else handles; a fault ends in an apology."""
        event = f"{PLATFORM}:interaction:{interaction.id}"
        with self.work.one():
            if await self.community.begin(event) != "new":
                log.info("interaction %s is answered already", interaction.id)
                return
            try:
                if self.work.accepting:
                    await answer()
                else:
                    await say(interaction, notice(language(interaction.locale.value)(_LEAVING)))
            except Exception as error:  # noqa: BLE001 - whatever it is, the person gets a word and the operator the rest
                await self.apologise(interaction, error)
            await self.community.finish(event)

    async def apologise(self, interaction: Interaction[Any], error: Exception) -> None:
        """A fault of our own: a word to the person, the traceback to the operator, the message's text to nobody."""
        if isinstance(error, UNSENT) and type(error) is not RuntimeError:
            gave_up(interaction, error)
            return
        log.error("answering interaction %s failed", interaction.id, exc_info=error)
        text = "Something went wrong on my side. Please try again; the operator has been told."
        await say(interaction, notice(language(interaction.locale.value)(text)))

    async def count(self, answered: Answered) -> None:
        """Tell the community database what was asked and what became of it."""
        picked_for = self._picks.after(
            answered.handled, answered.where.conversation, keep_texts=answered.settings.keep_texts
        )
        for asked in counted(answered, picked_for):
            await self.community.asked(asked)

    def later(self, work: Awaitable[Any]) -> None:
        """Do something after the answer, still before the bot leaves."""

        async def done() -> None:
            with self.work.one():
                await work

        task = asyncio.create_task(done())
        self._later.add(task)
        task.add_done_callback(self._later.discard)
