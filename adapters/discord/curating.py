"""`/misses` and `/insights`: what curators see and decide. Who may is checked at every press, not only at the first."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Self, cast

from discord import ButtonStyle, Interaction, SelectOption, ui
from discord.app_commands import Command, Range, describe, locale_str

from adapters.discord.admin import may_change
from adapters.discord.answering import Answers
from adapters.discord.boards import board, put
from adapters.discord.commands import CONTEXTS, INSTALLS
from adapters.discord.delivery import deliver, say
from adapters.discord.inbound import where_of
from adapters.discord.layout import notice
from adapters.discord.limits import LONGEST_CUSTOM_ID, LONGEST_OPTION, MOST_OPTIONS
from adapters.discord.markup import bold, escaped, shortened
from adapters.discord.render import Controls, cards
from adapters.discord.state import is_digest, packed, unpacked
from bot.community_curation import Curation, CurationError, MissGroup
from bot.community_queue import Proposal, decide, decisions, open_group, proposals, told, typed, unknown_name
from bot.community_report import insights_reply
from bot.community_whole import WholeCommunity
from bot.understand import Understanding

Press = Interaction[Any]
MARK = "1cm:"
"""How the `custom_id` of the modal begins."""
_NO_RIGHT = "The queue is for those who may manage this server, and for its curators (/settings curators)."
_MOST_SHOWN = 300
_NO_TEXTS = (
    "Nothing is waiting. Words of questions aren’t kept here, so only thumbs down come into this queue: "
    "“/settings keep-texts:True” lets me keep what I didn’t understand."
)
_LABELS = {"not understood": "not understood", "thumb down": "👎", "picked": "picked from “did you mean”"}


class Curators:
    """The two commands and what the queue's buttons and menus do."""

    def __init__(self, answers: Answers, community: WholeCommunity) -> None:
        self._answers, self._community = answers, community

    @property
    def _understanding(self) -> Understanding:
        """What messages are read with now: a running bot changes to new knowledge."""
        return self._answers.bot.understanding

    def commands(self) -> tuple[Command[Any, ..., None], ...]:
        """`/misses` and `/insights`."""

        async def misses(interaction: Press) -> None:
            await self._allowed(interaction, lambda: self._queue(interaction, 0))

        @describe(weeks=locale_str("So many weeks back"))
        async def insights(interaction: Press, weeks: Range[int, 1, 104] = 8) -> None:
            await self._allowed(interaction, lambda: self._insights(interaction, weeks))

        return tuple(
            Command(
                name=locale_str(name), description=locale_str(text), callback=callback, allowed_installs=INSTALLS,
                allowed_contexts=CONTEXTS,
            )
            for name, text, callback in (
                ("misses", "For curators: what I didn’t understand, and what it means", misses),
                ("insights", "For curators: what is asked here, week by week, without names", insights),
            )
        )  # fmt: skip

    async def queue(self, press: Press, at: int) -> None:
        """The group at a place of the queue, in place of what was shown."""
        await self._allowed(press, lambda: self._queue(press, at, edit=True))

    async def propose(self, press: Press, miss: int, code: str) -> None:
        """Show what a proposal would change, to be kept with one more press."""

        async def answer() -> None:
            community = where_of(press).community
            group = await open_group(self._community, community, miss)
            decisions(self._understanding, group, code, community=community, by="")
            state = packed(code, LONGEST_CUSTOM_ID - len(f"1ck:{miss}:"))
            if is_digest(state):
                raise CurationError("That is too long for a button; use “Say it in words”.")
            label = next((one.label for one in proposals(self._understanding, group) if one.code == code), code)
            keep: ui.Button[Any] = ui.Button(
                label="Keep it", custom_id=f"1ck:{miss}:{state}", style=ButtonStyle.success
            )
            back: ui.Button[Any] = ui.Button(label="Back", custom_id="1cn:0")
            lines = [*_lines(group), "", f"**→** {escaped(label)}. It settles {group.count} of the queue, here alone."]
            row: ui.ActionRow[Any] = ui.ActionRow(
                Keep(keep, {"miss": str(miss), "packed": state}), Show(back, {"at": "0"})
            )
            await put(press, board(lines, [row]), edit=True)

        await self._allowed(press, answer)

    async def keep(self, press: Press, miss: int, state: str) -> None:
        """Keep a decision."""
        code = unpacked(state) or ""
        await self._allowed(press, lambda: self._keep(press, miss, code, edit=True))

    async def _keep(self, press: Press, miss: int, code: str, *, edit: bool) -> None:
        place = where_of(press)
        group = await open_group(self._community, place.community, miss)
        kept = await decide(
            self._community, self._understanding, group, code, community=place.community, by=place.person
        )
        lines = [escaped(told(kept)), "It holds here, on all my processes, within five seconds."]
        await put(press, board(lines, [_after(kept)]), edit=edit)

    async def undo(self, press: Press, idents: Sequence[int]) -> None:
        """Take decisions back; their misses wait again."""

        async def answer() -> None:
            place = where_of(press)
            for ident in idents:
                await self._community.undo(ident, by=place.person, community=place.community)
            await self._queue(press, 0, "Undone. It waits again:", edit=True)

        await self._allowed(press, answer)

    async def ask_words(self, press: Press, miss: int) -> None:
        """Open the modal for a name, a career and an intent of the curator's own."""

        async def answer() -> None:
            group = await open_group(self._community, where_of(press).community, miss)
            await press.response.send_modal(InWords(miss, unknown_name(self._understanding, group.text)))

        await self._allowed(press, answer)

    async def submitted(self, modal: Press) -> bool:
        """Handle the modal; False if it is another one."""
        name = modal.custom_id or ""
        if not name.startswith(MARK):
            return False
        fields = _fields(modal)

        async def answer() -> None:
            code = typed(
                self._understanding, fields.get("name", ""), fields.get("careers", ""), fields.get("intent", "")
            )
            await self._keep(modal, int(name.removeprefix(MARK)), code, edit=False)

        await self._allowed(modal, answer)
        return True

    async def _queue(self, press: Press, at: int, word: str = "", *, edit: bool = False) -> None:
        community = where_of(press).community
        groups = await self._community.misses(community, limit=at + 2)
        if not groups:
            keeps = (await self._community.settings(community)).keep_texts
            await put(press, board([word or ("Nothing is waiting." if keeps else _NO_TEXTS)], []), edit=edit)
            return
        at = min(at, len(groups) - 1)
        group = groups[at]
        more = len(groups) > at + 1
        rows = _rows(group, proposals(self._understanding, group), at, more=more)
        await put(press, board([*([word] if word else []), *_lines(group)], rows), edit=edit)

    async def _insights(self, press: Press, weeks: int) -> None:
        found = await self._community.insights(where_of(press).community, weeks=weeks)
        shown = cards([insights_reply(found, self._title)], Controls(owner=press.user.id))
        await deliver(press, shown, private=True)

    def _title(self, slug: str) -> str:
        try:
            return self._understanding.directory.career(slug).title
        except LookupError:
            return slug

    async def _allowed(self, press: Press, work: Callable[[], Awaitable[None]]) -> None:
        """Do something once, if the person is a curator; what can't stand is told to them alone."""

        async def answer() -> None:
            settings = await self._community.settings(where_of(press).community)
            if not may_change(press, settings):
                await say(press, notice(_NO_RIGHT))
                return
            try:
                await work()
            except CurationError as error:
                await say(press, notice(escaped(str(error))))

        await self._answers.once(press, answer)


class _Item(ui.DynamicItem[ui.Item[Any]], template=r"(?!)"):
    def __init__(self, item: ui.Item[Any], groups: dict[str, str]) -> None:
        super().__init__(item)
        self.groups = groups

    @classmethod
    async def from_custom_id(cls, _press: Press, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """The item again from a press."""
        return cls(item, match.groupdict())


class Propose(_Item, template=r"1cp:(?P<miss>\d{1,18})"):
    """What may be done with a group."""

    async def callback(self, press: Press) -> None:
        """Show what it would change."""
        picked = cast("ui.Select[Any]", self.item).values
        if picked:
            await press.client.curators.propose(press, int(self.groups["miss"]), picked[0])


class Keep(_Item, template=re.compile(r"1ck:(?P<miss>\d{1,18}):(?P<packed>[=~].*)", re.DOTALL)):
    """Keeps a decision."""

    async def callback(self, press: Press) -> None:
        """Keep it."""
        await press.client.curators.keep(press, int(self.groups["miss"]), self.groups["packed"])


class Show(_Item, template=r"1cn:(?P<at>\d{1,5})"):
    """To another group of the queue."""

    async def callback(self, press: Press) -> None:
        """Show it."""
        await press.client.curators.queue(press, int(self.groups["at"]))


class Words(_Item, template=r"1co:(?P<miss>\d{1,18})"):
    """Opens the modal."""

    async def callback(self, press: Press) -> None:
        """Open it."""
        await press.client.curators.ask_words(press, int(self.groups["miss"]))


class Undo(_Item, template=r"1cu:(?P<idents>\d{1,18}(?:,\d{1,18}){0,4})"):
    """Takes decisions back."""

    async def callback(self, press: Press) -> None:
        """Take them back."""
        await press.client.curators.undo(press, [int(one) for one in self.groups["idents"].split(",")])


CURATOR_ITEMS = (Propose, Keep, Show, Words, Undo)
"""Everything of the queue that can be pressed."""


class InWords(ui.Modal):
    """Asks for a name, a career and an intent; handled by `custom_id`, so that it may come after a restart."""

    def __init__(self, miss: int, name: str) -> None:
        super().__init__(title="What does it mean?", custom_id=f"{MARK}{miss}", timeout=900)
        for custom_id, label, help_line, value in (
            ("name", "A name that wasn’t known", "Not needed where you give an intent", name),
            ("careers", "The career", "Its title; several with commas", ""),
            ("intent", "What is asked of it", "salary, path, courses … leave it empty if it is only a name", ""),
        ):
            box: ui.TextInput[Any] = ui.TextInput(
                custom_id=custom_id, required=custom_id == "careers", max_length=200, default=value or None
            )
            self.add_item(ui.Label(text=label, description=help_line, component=box))


def _lines(group: MissGroup) -> list[str]:
    kinds = ", ".join(_LABELS[kind] for kind in group.kinds)
    lines = [f"**{group.count} ×** {bold(shortened(group.text, _MOST_SHOWN))}"]
    lines.append(f"-# {kinds}; newest {group.newest:%Y-%m-%d}")
    lines += [f"- also: {escaped(shortened(one, _MOST_SHOWN))}" for one in group.wordings if one != group.text]
    lines += [f"- said: {escaped(shortened(one, _MOST_SHOWN))}" for one in group.comments]
    return lines


def _rows(group: MissGroup, found: Sequence[Proposal], at: int, *, more: bool) -> list[ui.ActionRow[Any]]:
    options = [SelectOption(label=shortened(one.label, LONGEST_OPTION), value=one.code) for one in found]
    menu: ui.Select[Any] = ui.Select(
        custom_id=f"1cp:{group.ident}", options=options[:MOST_OPTIONS], placeholder="What does it mean?"
    )
    words: ui.Button[Any] = ui.Button(label="Say it in words", custom_id=f"1co:{group.ident}")
    buttons: list[ui.Item[Any]] = [Words(words, {"miss": str(group.ident)})]
    if at:
        before: ui.Button[Any] = ui.Button(label="◀ Before", custom_id=f"1cn:{at - 1}")
        buttons.append(Show(before, {"at": str(at - 1)}))
    if more:
        after: ui.Button[Any] = ui.Button(label="Next ▶", custom_id=f"1cn:{at + 1}")
        buttons.append(Show(after, {"at": str(at + 1)}))
    return [ui.ActionRow(Propose(menu, {"miss": str(group.ident)})), ui.ActionRow(*buttons)]


def _after(kept: Sequence[Curation]) -> ui.ActionRow[Any]:
    idents = ",".join(str(one.ident) for one in kept[:5])
    undo: ui.Button[Any] = ui.Button(label="Undo", custom_id=f"1cu:{idents}")
    further: ui.Button[Any] = ui.Button(label="Next in the queue", custom_id="1cn:0")
    return ui.ActionRow(Undo(undo, {"idents": idents}), Show(further, {"at": "0"}))


def _fields(modal: Press) -> dict[str, str]:
    """What was typed into a modal's fields, by their `custom_id`."""
    data = cast("dict[str, Any]", modal.data or {})
    rows = data.get("components", [])
    found = [child for row in rows for child in (row.get("component"), *row.get("components", [])) if child]
    return {str(one.get("custom_id")): str(one.get("value") or "") for one in found}
