"""What members keep: saved from under an answer, shown by `/plans`, ticked off, taken off, with a weekly reminder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discord import Interaction, ui
from discord.app_commands import Command, locale_str

from adapters.discord.answering import Answers
from adapters.discord.boards import put
from adapters.discord.commands import CONTEXTS, INSTALLS
from adapters.discord.delivery import say
from adapters.discord.inbound import where_of
from adapters.discord.layout import notice
from adapters.discord.localised import Spoken, language
from adapters.discord.nudges import stop_reply
from adapters.discord.plan_boards import KINDS, code_of, detail, everything, offer
from bot.community import Saved
from bot.community_members import MOST_SAVED
from bot.community_plans import is_stop, keepable, steps_of, ticked
from bot.community_whole import WholeCommunity
from knowledge.knowledge import UnknownIdentifier

Press = Interaction[Any]
AWAY = "I can’t reach my database just now, so nothing was changed. Please try again in a few minutes."
_FULL = "I can’t save more than {count} things. Take one off first."
_REMINDED = (
    "Once a week I’ll send you a direct message with the next steps of your plans. The first one comes in a week; each "
    "has a button to end it. I need to be allowed to write to you: see this server’s privacy settings."
)


class Plans:
    """The command and what its buttons and menus do."""

    def __init__(self, answers: Answers, community: WholeCommunity) -> None:
        self._answers, self._community = answers, community

    def command(self) -> Command[Any, ..., None]:
        """`/plans`: what the person keeps."""

        async def callback(interaction: Press) -> None:
            await self._answers.once(interaction, lambda: self._show(interaction))

        made: Command[Any, ..., None] = Command(
            name=locale_str("plans"), description=locale_str("What you saved: careers, courses, plans to tick off"),
            callback=callback, allowed_installs=INSTALLS, allowed_contexts=CONTEXTS,
        )  # fmt: skip
        return made

    async def _show(self, press: Press, word: str = "", *, edit: bool = False) -> None:
        person = where_of(press).person
        saved, on = await self._community.saved(person), await self._community.nudged(person)
        await put(press, everything(saved, word, _words(press), reminded=on), edit=edit)

    async def offer(self, press: Press, slug: str) -> None:
        """Ask what of a career is to be kept."""

        async def answer() -> None:
            try:
                async with self._answers.bot.using() as edition:
                    found = await keepable(edition.desk.knowledge, slug)
            except UnknownIdentifier:
                await say(press, notice(_words(press)("I don’t know that career any more.")))
                return
            await put(press, offer(slug, found, _words(press)), edit=False)

        await self._answers.once(press, answer)

    async def keep(self, press: Press, slug: str, codes: Sequence[str]) -> None:
        """Keep what was picked."""

        async def answer() -> None:
            person = where_of(press).person
            async with self._answers.bot.using() as edition:
                wanted = [one for one in await keepable(edition.desk.knowledge, slug) if code_of(one) in codes]
            before = {(one.kind, one.ident): one for one in await self._community.saved(person)}
            # What was ticked off already stays so.
            fresh = [one for one in wanted if (one.kind, one.ident) not in before]
            kept = [await self._community.save(person, one) for one in fresh]
            words = _words(press)
            if all(kept):
                word = words("Saved.")
            elif len(before) + sum(kept) >= MOST_SAVED:
                word = words(_FULL, count=MOST_SAVED)
            else:
                word = words(AWAY)
            await self._show(press, word, edit=True)

        await self._answers.once(press, answer)

    async def open(self, press: Press, code: str) -> None:
        """One thing that is kept: a plan's steps to tick off, and a way to take it off."""
        await self._answers.once(press, lambda: self._one(press, code))

    async def _one(self, press: Press, code: str, word: str = "") -> None:
        found = await self._find(press, code)
        if found is None:
            await self._show(press, _words(press)("That isn’t among your saved things any more."), edit=True)
            return
        async with self._answers.bot.using() as edition:
            steps = await steps_of(edition.desk.knowledge, found.ident) if found.kind == "path" else ()
        await put(press, detail(found, steps, word, _words(press)), edit=True)

    async def tick(self, press: Press, code: str, done: Sequence[str]) -> None:
        """These steps are done, and no others."""

        async def answer() -> None:
            plan = await self._find(press, code)
            if plan is None:
                await self._one(press, code)
                return
            kept = await self._community.save(where_of(press).person, ticked(plan, map(int, done)))
            await self._one(press, code, "" if kept else _words(press)(AWAY))

        await self._answers.once(press, answer)

    async def drop(self, press: Press, code: str) -> None:
        """Take something off."""

        async def answer() -> None:
            kind, _, ident = code.partition(":")
            done = await self._community.unsave(where_of(press).person, KINDS.get(kind, "career"), ident)
            await self._show(press, _words(press)("Taken off." if done else AWAY), edit=True)

        await self._answers.once(press, answer)

    async def back(self, press: Press) -> None:
        """Back to all of it."""
        await self._answers.once(press, lambda: self._show(press, edit=True))

    async def remind(self, press: Press, *, wanted: bool) -> None:
        """Turn the weekly reminder on or off."""

        async def answer() -> None:
            kept = await self._community.nudge(where_of(press).person, wanted=wanted)
            words = _words(press)
            await say(press, notice(words(_REMINDED if kept else AWAY)) if wanted else stop_reply(words, kept=kept))

        await self._answers.once(press, answer)

    async def stopped(self, person: str, text: str, words: Spoken) -> ui.LayoutView | None:
        """The answer to a message that ends the reminder; None for any other message."""
        if not is_stop(text) or not await self._community.nudged(person):
            return None
        return stop_reply(words, kept=await self._community.nudge(person, wanted=False))

    async def _find(self, press: Press, code: str) -> Saved | None:
        mine = await self._community.saved(where_of(press).person)
        return next((one for one in mine if code_of(one) == code), None)


def _words(press: Press) -> Spoken:
    return language(press.locale.value)
