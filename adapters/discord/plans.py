"""What members keep: saved from under an answer, shown by `/plans`, ticked off, taken off, with a weekly reminder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Self, cast

from discord import ButtonStyle, Interaction, SelectOption, ui
from discord.app_commands import Command, locale_str

from adapters.discord.answering import Answers
from adapters.discord.boards import board, put
from adapters.discord.commands import CONTEXTS, INSTALLS
from adapters.discord.delivery import say
from adapters.discord.inbound import where_of
from adapters.discord.layout import notice
from adapters.discord.limits import LONGEST_OPTION, LONGEST_PLACEHOLDER, MOST_OPTIONS
from adapters.discord.markup import bold, escaped, shortened
from adapters.discord.nudges import Reminding, stop_reply
from bot.community import Saved, SavedKind
from bot.community_plans import is_stop, keepable, progress, shown, steps_of, ticked
from bot.community_whole import WholeCommunity
from knowledge.knowledge import UnknownIdentifier

Press = Interaction[Any]
_KINDS: dict[str, SavedKind] = {"a": "career", "o": "course", "p": "path"}
_CODES = {kind: code for code, kind in _KINDS.items()}
_AWAY = "I can’t reach my database just now, so nothing was changed. Please try again in a few minutes."
_LISTED = 20


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
        await put(press, _board(saved, word, reminded=on), edit=edit)

    async def offer(self, press: Press, slug: str) -> None:
        """Ask what of a career is to be kept."""

        async def answer() -> None:
            try:
                async with self._answers.bot.using() as edition:
                    found = await keepable(edition.desk.knowledge, slug)
            except UnknownIdentifier:
                await say(press, notice("I don’t know that career any more."))
                return
            await put(press, _offer(slug, found), edit=False)

        await self._answers.once(press, answer)

    async def keep(self, press: Press, slug: str, codes: Sequence[str]) -> None:
        """Keep what was picked."""

        async def answer() -> None:
            person = where_of(press).person
            async with self._answers.bot.using() as edition:
                wanted = [one for one in await keepable(edition.desk.knowledge, slug) if _code(one) in codes]
            before = {(one.kind, one.ident): one for one in await self._community.saved(person)}
            # What was ticked off already stays so.
            fresh = [one for one in wanted if (one.kind, one.ident) not in before]
            kept = [await self._community.save(person, one) for one in fresh]
            word = "Saved." if all(kept) else f"I can’t save that just now (or {len(before)} things are too many)."
            await self._show(press, word, edit=True)

        await self._answers.once(press, answer)

    async def open(self, press: Press, code: str) -> None:
        """One thing that is kept: a plan's steps to tick off, and a way to take it off."""
        await self._answers.once(press, lambda: self._one(press, code))

    async def _one(self, press: Press, code: str, word: str = "") -> None:
        found = await self._find(press, code)
        if found is None:
            await self._show(press, "That isn’t among your saved things any more.", edit=True)
            return
        async with self._answers.bot.using() as edition:
            steps = await steps_of(edition.desk.knowledge, found.ident) if found.kind == "path" else ()
        await put(press, _detail(found, steps, word), edit=True)

    async def tick(self, press: Press, code: str, done: Sequence[str]) -> None:
        """These steps are done, and no others."""

        async def answer() -> None:
            plan = await self._find(press, code)
            if plan is None:
                await self._one(press, code)
                return
            kept = await self._community.save(where_of(press).person, ticked(plan, map(int, done)))
            await self._one(press, code, "" if kept else _AWAY)

        await self._answers.once(press, answer)

    async def drop(self, press: Press, code: str) -> None:
        """Take something off."""

        async def answer() -> None:
            kind, _, ident = code.partition(":")
            done = await self._community.unsave(where_of(press).person, _KINDS.get(kind, "career"), ident)
            await self._show(press, "Taken off." if done else _AWAY, edit=True)

        await self._answers.once(press, answer)

    async def back(self, press: Press) -> None:
        """Back to all of it."""
        await self._answers.once(press, lambda: self._show(press, edit=True))

    async def remind(self, press: Press, *, wanted: bool) -> None:
        """Turn the weekly reminder on or off."""

        async def answer() -> None:
            kept = await self._community.nudge(where_of(press).person, wanted=wanted)
            if not wanted:
                await say(press, stop_reply(kept=kept))
                return
            text = (
                "Once a week I’ll send you a direct message with the next steps of your plans. The first one comes in "
                "a week; each has a button to end it. I need to be allowed to write to you: see this server’s privacy "
                "settings."
            )
            await say(press, notice(text if kept else _AWAY))

        await self._answers.once(press, answer)

    async def stopped(self, person: str, text: str) -> ui.LayoutView | None:
        """The answer to a message that ends the reminder; None for any other message."""
        if not is_stop(text) or not await self._community.nudged(person):
            return None
        return stop_reply(kept=await self._community.nudge(person, wanted=False))

    async def _find(self, press: Press, code: str) -> Saved | None:
        mine = await self._community.saved(where_of(press).person)
        return next((one for one in mine if _code(one) == code), None)


class _Item(ui.DynamicItem[ui.Item[Any]], template=r"(?!)"):
    def __init__(self, item: ui.Item[Any], code: str) -> None:
        super().__init__(item)
        self.code = code

    @classmethod
    async def from_custom_id(cls, _press: Press, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """The item again from a press."""
        return cls(item, match["code"])

    @property
    def picked(self) -> list[str]:
        """What was picked in a menu."""
        return cast("ui.Select[Any]", self.item).values


class Keep(_Item, template=r"1b:(?P<code>[a-z0-9-]{1,90})"):
    """The button under an answer that saves something of its career."""

    @classmethod
    def build(cls, slug: str) -> Self:
        """The button."""
        return cls(ui.Button(label="Save …", custom_id=f"1b:{slug}"), slug)

    async def callback(self, press: Press) -> None:
        """Ask what is to be saved."""
        await press.client.plans.offer(press, self.code)


class KeepWhat(_Item, template=r"1e:(?P<code>[a-z0-9-]{1,90})"):
    """What of a career is to be saved."""

    async def callback(self, press: Press) -> None:
        """Save it."""
        await press.client.plans.keep(press, self.code, self.picked)


class Open(_Item, template=r"1f(?P<code>)"):
    """Which of the saved things to look at."""

    async def callback(self, press: Press) -> None:
        """Show it."""
        if self.picked:
            await press.client.plans.open(press, self.picked[0])


class Tick(_Item, template=r"1g:(?P<code>.+)"):
    """A plan's steps."""

    async def callback(self, press: Press) -> None:
        """Tick them off."""
        await press.client.plans.tick(press, self.code, self.picked)


class Drop(_Item, template=r"1h:(?P<code>.+)"):
    """Takes something off."""

    async def callback(self, press: Press) -> None:
        """Take it off."""
        await press.client.plans.drop(press, self.code)


class Back(_Item, template=r"1i(?P<code>)"):
    """Back to all that is saved."""

    async def callback(self, press: Press) -> None:
        """Go back."""
        await press.client.plans.back(press)


PLAN_ITEMS = (Keep, KeepWhat, Open, Tick, Drop, Back, Reminding)
"""Everything of plans that can be pressed."""


def _code(saved: Saved) -> str:
    return f"{_CODES[saved.kind]}:{saved.ident}"


def _board(saved: Sequence[Saved], word: str, *, reminded: bool) -> ui.LayoutView:
    lines = [word] if word else []
    lines.append(bold("What you saved"))
    lines += [f"- {_line(one)}" for one in saved[:_LISTED]]
    if len(saved) > _LISTED:
        lines.append(f"-# and {len(saved) - _LISTED} more")
    if not saved:
        lines.append("Nothing yet. “Save …” under an answer keeps a career, its courses, or the path to it as a plan.")
    rows: list[ui.ActionRow[Any]] = []
    options = [
        SelectOption(label=shortened(shown(one), LONGEST_OPTION), value=_code(one), description=progress(one) or None)
        for one in saved
        if len(_code(one)) <= LONGEST_OPTION
    ]
    if options:
        menu: ui.Select[Any] = ui.Select(
            custom_id="1f", options=options[:MOST_OPTIONS], placeholder="Look at one, tick steps off, or take it off"
        )
        rows.append(ui.ActionRow(Open(menu, "")))
    rows.append(ui.ActionRow(Reminding.build(on=reminded)))
    return board(lines, rows)


def _offer(slug: str, found: Sequence[Saved]) -> ui.LayoutView:
    words = {"career": "The career itself", "path": "Its path, as a plan to tick off", "course": "A course"}
    options = [
        SelectOption(
            label=shortened(shown(one), LONGEST_OPTION), value=_code(one), description=words[one.kind],
        )
        for one in found
        if len(_code(one)) <= LONGEST_OPTION
    ][:MOST_OPTIONS]  # fmt: skip
    menu: ui.Select[Any] = ui.Select(
        custom_id=f"1e:{slug}", options=options, placeholder="What shall I keep for you?", max_values=len(options)
    )
    return board([f"Save something of {bold(found[0].title)}"], [ui.ActionRow(KeepWhat(menu, slug))])


def _detail(saved: Saved, steps: Sequence[str], word: str) -> ui.LayoutView:
    lines = [word] if word else []
    lines.append(f"{bold(shown(saved))}{f' · {progress(saved)}' if saved.steps else ''}")
    lines += [
        f"{'✅' if at in saved.done else '⬜'} {at}. {escaped(step)}"
        for at, step in enumerate(steps[: saved.steps], 1)
    ]  # fmt: skip
    rows: list[ui.ActionRow[Any]] = []
    code = _code(saved)
    if 0 < saved.steps <= MOST_OPTIONS:
        options = [
            SelectOption(
                label=shortened(f"{at}. {steps[at - 1] if at <= len(steps) else 'Step'}", LONGEST_OPTION),
                value=str(at), default=at in saved.done,
            )
            for at in range(1, saved.steps + 1)
        ]  # fmt: skip
        menu: ui.Select[Any] = ui.Select(
            custom_id=f"1g:{code}", options=options, min_values=0, max_values=len(options),
            placeholder=shortened("Pick the steps that are done", LONGEST_PLACEHOLDER),
        )  # fmt: skip
        rows.append(ui.ActionRow(Tick(menu, code)))
    drop: ui.Button[Any] = ui.Button(label="Take it off", custom_id=f"1h:{code}", style=ButtonStyle.danger)
    back: ui.Button[Any] = ui.Button(label="Back", custom_id="1i")
    rows.append(ui.ActionRow(Back(back, ""), Drop(drop, code)))
    return board(lines, rows)


def _line(saved: Saved) -> str:
    return f"{escaped(shown(saved))}{f' · {progress(saved)}' if saved.steps else ''}"
