"""What the buttons, menus and modals do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from discord import ActionRow, Button, Component, HTTPException, Interaction, Message, SelectMenu

from adapters.discord.answering import Answers
from adapters.discord.delivery import deliver, say
from adapters.discord.inbound import PLATFORM, Where, where, where_of
from adapters.discord.layout import notice
from adapters.discord.limits import LONGEST_LABEL
from adapters.discord.localised import Spoken, language
from adapters.discord.markup import shortened
from adapters.discord.modals import COMMENT, Asking, LookingFor
from adapters.discord.render import Controls, cards
from adapters.discord.sharing import shared
from adapters.discord.state import digest, unpacked
from adapters.why import explanation
from bot.community import Opinion, Verdict
from bot.community_plans import deleted
from bot.context import Context
from bot.core import Handled
from bot.message import ConversationKey, IncomingMessage
from bot.query import Query
from bot.quiz import answers_in

_NOT_NOTED = "Thank you; I can’t note it just now. Please try again in a few minutes."
_TOO_OLD = "I no longer know what that button asked. Please ask me in your own words."


class Pressing:
    """Handles presses (`components.Presses`) and submitted modals."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._bot, self._community = answers.bot, answers.community

    async def ask(self, press: Interaction[Any], state: str, owner: int) -> None:
        """A next question; the quiz goes on in place for whoever began it, everything else gets a new message."""
        question = await self._question(press, state, owner)
        if not question:
            await say(press, notice(_words(press)(_TOO_OLD)))
            return
        quiz = answers_in(question) is not None
        await self._answers.respond(press, question, edit=quiz and press.user.id == owner, counted=not quiz)

    async def turn(self, press: Interaction[Any], state: str, owner: int, page: int) -> None:
        """Another page: in place for whoever asked, in private for anybody else."""
        question = unpacked(state)
        if question:
            mine = press.user.id == owner
            await self._answers.respond(
                press, question, edit=mine, private=None if mine else True, counted=False, page=page
            )

    async def share(self, press: Interaction[Any]) -> None:
        """The answer as it stands, for all to see, with who shared it."""

        async def answer() -> None:
            if press.guild_id is not None and not press.permissions.send_messages:
                await say(
                    press, notice(_words(press)("You may not write in this channel, so I can’t post it for you."))
                )
                return
            view, files = await shared(press, _words(press))
            await press.response.send_message(view=view, files=files)

        await self._answers.once(press, answer)

    async def like(self, press: Interaction[Any], state: str) -> None:
        """Count a thumb up."""

        async def answer() -> None:
            kept = await self._opinion(press, state, "up")
            await say(press, notice(_words(press)("Thank you!" if kept else _NOT_NOTED)))

        await self._answers.once(press, answer)

    async def dislike(self, press: Interaction[Any], state: str) -> None:
        """Ask what was looked for; the thumb counts when that is sent, also without a word."""

        async def answer() -> None:
            await press.response.send_modal(LookingFor(state, _words(press)))

        await self._answers.once(press, answer)

    async def submitted(self, modal: Interaction[Any]) -> None:
        """A modal was sent."""
        name, typed = modal.custom_id or "", _typed(modal)
        if name.startswith(LookingFor.MARK):

            async def answer() -> None:
                kept = await self._opinion(modal, name.removeprefix(LookingFor.MARK), "down", typed)
                text = _words(modal)("Thank you. A curator will look at it." if kept else _NOT_NOTED)
                await say(modal, notice(text))

            await self._answers.once(modal, answer)
        elif name == Asking.MARK:
            await self._answers.respond(modal, typed, private=False)

    async def why(self, press: Interaction[Any], state: str) -> None:
        """Which words were taken for what; only the person sees it."""

        async def answer() -> None:
            question = unpacked(state)
            if question is None:
                await say(press, notice(_words(press)(_TOO_OLD)))
                return
            handled = await self._again(question, where_of(press), press.locale.value)
            told = explanation(self._bot.understanding, handled, by_command=question.startswith("/"))
            await deliver(press, cards([told], Controls(owner=press.user.id)), private=True)

        await self._answers.once(press, answer)

    async def forget(self, press: Interaction[Any], owner: int) -> None:
        """Delete what is kept about whoever pressed, if it is their button."""

        async def answer() -> None:
            words, place = _words(press), where_of(press)
            if press.user.id != owner:
                await say(press, notice(words("That button isn’t yours. Use /mydata to see what is kept about you.")))
                return
            count = await self._community.delete(place.person)
            text = words("Done. Deleted records: {count}.", count=words.number(count))
            await say(press, notice(text if count >= 0 else words(deleted(count))))

        await self._answers.once(press, answer)

    async def thread(self, press: Interaction[Any]) -> None:
        """Open a thread at the answer; where that isn't allowed, say so."""

        async def answer() -> None:
            words = _words(press)
            try:
                name = shortened(f"Careers: {press.user.display_name}", LONGEST_LABEL)
                message = cast("Message", press.message)  # what was pressed always stands under one
                opened = await message.create_thread(name=name, auto_archive_duration=1440)
            except (HTTPException, ValueError):  # a ValueError: the message stands in no server
                text = words("I can’t open a thread here: I need the permission “Create Public Threads”.")
                await say(press, notice(text))
                return
            await say(press, notice(words("Let us go on in {thread}.", thread=f"<#{opened.id}>")))

        await self._answers.once(press, answer)

    async def _question(self, press: Interaction[Any], state: str, owner: int) -> str:
        """The question of a button: as it stands, or by its digest from what was offered, or by its label."""
        if (question := unpacked(state)) is not None:
            return question
        channel = press.channel_id
        for user in dict.fromkeys((press.user.id, owner)):
            context = await self._bot.memory.recall(where(press.guild_id, channel, user).conversation)
            for choice in context.choices:
                if digest(choice.says) == state:
                    return choice.says
        return _label(press.message.components if press.message else (), state)

    async def _again(self, question: str, place: Where, locale: str) -> Handled:
        """A question read again, apart from any conversation."""
        key = ConversationKey(platform=PLATFORM, thread="again", person=place.person)
        await self._bot.memory.remember(key, Context())
        request = self._answers.request(question)
        return await self._bot.handle(IncomingMessage(text=question, conversation=key, locale=locale, request=request))

    async def _opinion(self, press: Interaction[Any], state: str, verdict: Verdict, comment: str = "") -> bool:
        place, question = where_of(press), unpacked(state) or ""
        handled = await self._again(question, place, press.locale.value) if question else None
        query: Query | None = next(iter(handled.queries), None) if handled else None
        return await self._community.opinion(
            Opinion(
                community=place.community,
                person=place.person,
                platform=PLATFORM,
                verdict=verdict,
                text=question,
                comment=comment,
                intent=query.intent if query else "",
                careers=tuple(career.slug for career in query.careers) if query else (),
            )
        )


def _words(press: Interaction[Any]) -> Spoken:
    return language(press.locale.value)


def _label(components: Iterable[Component], state: str) -> str:
    """The label of the button or option that carries a state."""
    for component in components:
        for child in component.children if isinstance(component, ActionRow) else ():
            if isinstance(child, Button) and (child.custom_id or "").endswith(state):
                return child.label or ""
            if isinstance(child, SelectMenu):
                for option in child.options:
                    if option.value == state:
                        return option.label
    return ""


def _typed(modal: Interaction[Any]) -> str:
    """What was typed into a modal's text input."""
    data = cast("dict[str, Any]", modal.data or {})
    for component in data.get("components", []):
        for child in (component.get("component"), *component.get("components", [])):
            if child and child.get("custom_id") == COMMENT:
                return str(child.get("value", ""))
    return ""
