"""`/misses` and `/insights`: what curators see and decide. Who may is checked at every press, not only at the first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from discord import Interaction
from discord.app_commands import Command, Range, describe, locale_str

from adapters.discord.admin import may_change
from adapters.discord.answering import Answers
from adapters.discord.boards import board, put
from adapters.discord.commands import CONTEXTS, INSTALLS
from adapters.discord.delivery import deliver, say
from adapters.discord.inbound import where_of
from adapters.discord.layout import notice
from adapters.discord.limits import LONGEST_CUSTOM_ID
from adapters.discord.markup import escaped
from adapters.discord.queue_boards import after, confirming, lines_of, rows_of
from adapters.discord.queue_items import MARK, InWords, fields_of
from adapters.discord.render import Controls, cards
from adapters.discord.state import is_digest, packed, unpacked
from bot.community_curation import CurationError
from bot.community_queue import decide, decisions, open_group, proposals, told, typed, unknown_name
from bot.community_report import insights_reply
from bot.community_whole import WholeCommunity
from bot.understand import Understanding

Press = Interaction[Any]
_NO_RIGHT = "The queue is for those who may manage this server, and for its curators (/settings curators)."
_NO_TEXTS = (
    "Nothing is waiting. Words of questions aren’t kept here, so only thumbs down come into this queue: "
    "“/settings keep-texts:True” lets me keep what I didn’t understand."
)


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
            state = packed(code, LONGEST_CUSTOM_ID - len(f"1ck:{group.ident}:"))
            if is_digest(state):
                raise CurationError("That is too long for a button; use “Say it in words”.")
            label = next((one.label for one in proposals(self._understanding, group) if one.code == code), code)
            await put(press, confirming(group, label, state), edit=True)

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
        await put(press, board(lines, [after(kept)]), edit=edit)

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
        fields = fields_of(modal)

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
        rows = rows_of(group, proposals(self._understanding, group), at, more=more)
        await put(press, board([*([word] if word else []), *lines_of(group)], rows), edit=edit)

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
