"""The buttons and the menu under an answer. What a press does is told by its `custom_id` alone (`state`).

They are discord.py's dynamic items: registered by pattern once, they work after restarts and on messages of any age.
Each hands the press to the client's `Presses`, which knows how to answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Protocol, Self, cast

from discord import ButtonStyle, Interaction, SelectOption, ui

from adapters.discord.localised import language
from adapters.discord.modals import Asking
from adapters.discord.render import Button
from adapters.discord.state import base36, custom_id, template

Press = Interaction[Any]


class Presses(Protocol):
    """What can be pressed: the texts are as `state.packed` made them."""

    async def ask(self, press: Press, state: str, owner: int) -> None:
        """Answer the question of a button or menu."""

    async def turn(self, press: Press, state: str, owner: int, page: int) -> None:
        """Show another page of an answer."""

    async def share(self, press: Press) -> None:
        """Post a private answer to the channel."""

    async def like(self, press: Press, state: str) -> None:
        """Count a thumb up."""

    async def dislike(self, press: Press, state: str) -> None:
        """Ask what was looked for."""

    async def why(self, press: Press, state: str) -> None:
        """Tell how the question was understood."""

    async def forget(self, press: Press, owner: int) -> None:
        """Delete what is kept about the owner."""

    async def thread(self, press: Press) -> None:
        """Open a thread at the answer."""


class _Stateful(ui.DynamicItem[ui.Item[Any]], template=r"(?!)"):
    """A dynamic item that is made from its pattern's groups; the pattern of this base matches nothing."""

    def __init__(self, item: ui.Item[Any], groups: dict[str, str]) -> None:
        super().__init__(item)
        self.groups = groups

    @classmethod
    async def from_custom_id(cls, _interaction: Press, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """The item again from a pressed component."""
        return cls(item, match.groupdict())

    @classmethod
    def button(cls, label: str, state: str, style: ButtonStyle = ButtonStyle.secondary, **more: Any) -> Self:
        """A button of this kind."""
        return cls(ui.Button(label=label or None, custom_id=state, style=style, **more), {})

    @property
    def owner(self) -> int:
        """Whose answer the item belongs to."""
        return int(self.groups["owner"], 36)


def _presses(press: Press) -> Presses:
    return cast("Presses", press.client.presses)


class Ask(_Stateful, template=template("a", owned=True)):
    """A next question."""

    @classmethod
    def build(cls, button: Button) -> Self:
        """The button of a suggestion."""
        return cls.button(button.label, button.state, ButtonStyle.primary)

    async def callback(self, press: Press) -> None:
        """Ask it."""
        await _presses(press).ask(press, self.groups["packed"], self.owner)


class AskMenu(_Stateful, template=r"1s:(?P<owner>[0-9a-z]{1,13})"):
    """More next questions than fit into a row of buttons."""

    @classmethod
    def build(cls, owner: int, options: Sequence[Button], placeholder: str) -> Self:
        """The menu of the suggestions."""
        choices = [SelectOption(label=option.label, value=option.state) for option in options]
        menu: ui.Select[Any] = ui.Select(custom_id=f"1s:{base36(owner)}", placeholder=placeholder, options=choices)
        return cls(menu, {})

    async def callback(self, press: Press) -> None:
        """Ask what was picked."""
        picked = cast("ui.Select[Any]", self.item).values
        if picked:
            await _presses(press).ask(press, picked[0], self.owner)


class Turn(
    _Stateful, template=re.compile(r"1p(?P<page>\d{1,3}):(?P<owner>[0-9a-z]{1,13}):(?P<packed>[=~#].*)", re.DOTALL)
):
    """To another page."""

    @classmethod
    def build(cls, owner: int, question: str, page: int, label: str, *, disabled: bool) -> Self:
        """The button to a page."""
        return cls.button(label, custom_id(f"p{page}", question, owner), disabled=disabled)

    async def callback(self, press: Press) -> None:
        """Turn to it."""
        await _presses(press).turn(press, self.groups["packed"], self.owner, int(self.groups["page"]))


class Share(_Stateful, template=r"1x"):
    """Post a private answer to the channel."""

    @classmethod
    def build(cls, label: str) -> Self:
        """The button."""
        return cls.button(label, "1x", ButtonStyle.success)

    async def callback(self, press: Press) -> None:
        """Post it."""
        await _presses(press).share(press)


class Like(_Stateful, template=template("u", owned=False)):
    """A thumb up."""

    @classmethod
    def build(cls, question: str) -> Self:
        """The button."""
        return cls.button("", custom_id("u", question), emoji="👍")

    async def callback(self, press: Press) -> None:
        """Count it."""
        await _presses(press).like(press, self.groups["packed"])


class Dislike(_Stateful, template=template("d", owned=False)):
    """A thumb down."""

    @classmethod
    def build(cls, question: str) -> Self:
        """The button."""
        return cls.button("", custom_id("d", question), emoji="👎")

    async def callback(self, press: Press) -> None:
        """Ask what was looked for."""
        await _presses(press).dislike(press, self.groups["packed"])


class Why(_Stateful, template=template("w", owned=False)):
    """Why this answer?"""

    @classmethod
    def build(cls, question: str, label: str) -> Self:
        """The button."""
        return cls.button(label, custom_id("w", question))

    async def callback(self, press: Press) -> None:
        """Tell."""
        await _presses(press).why(press, self.groups["packed"])


class Forget(_Stateful, template=r"1z:(?P<owner>[0-9a-z]{1,13})"):
    """Delete what is kept about somebody: asked once more before it is done."""

    @classmethod
    def build(cls, owner: int, label: str) -> Self:
        """The button; only its owner's press deletes anything, and only what is the owner's."""
        return cls.button(label, f"1z:{base36(owner)}", ButtonStyle.danger)

    async def callback(self, press: Press) -> None:
        """Delete it."""
        await _presses(press).forget(press, self.owner)


class Thread(_Stateful, template=r"1t"):
    """Go on in a thread."""

    @classmethod
    def build(cls, label: str) -> Self:
        """The button."""
        return cls.button(label, "1t")

    async def callback(self, press: Press) -> None:
        """Open it."""
        await _presses(press).thread(press)


class Question(_Stateful, template=r"1q"):
    """Opens a modal to ask in: for threads whose messages the bot may not read."""

    @classmethod
    def build(cls, label: str) -> Self:
        """The button."""
        return cls.button(label, "1q", ButtonStyle.primary)

    async def callback(self, press: Press) -> None:
        """Open the modal."""
        await press.response.send_modal(Asking(language(press.locale.value)))


ITEMS = (Ask, AskMenu, Turn, Share, Like, Dislike, Why, Forget, Thread, Question)
"""Everything that can be pressed."""
