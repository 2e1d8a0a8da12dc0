"""The boards of the curators' queue: a group of misses, what a decision would change, what comes after it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discord import ButtonStyle, SelectOption, ui

from adapters.discord.boards import board
from adapters.discord.limits import LONGEST_OPTION, MOST_OPTIONS
from adapters.discord.markup import bold, escaped, shortened
from adapters.discord.queue_items import Keep, Propose, Show, Undo, Words
from bot.community_curation import Curation, MissGroup
from bot.community_queue import Proposal

_MOST_SHOWN = 300
_LABELS = {"not understood": "not understood", "thumb down": "👎", "picked": "picked from “did you mean”"}


def lines_of(group: MissGroup) -> list[str]:
    """A group of misses: how many, in which words, since when, and what people said to it."""
    kinds = ", ".join(_LABELS[kind] for kind in group.kinds)
    lines = [f"**{group.count} ×** {bold(shortened(group.text, _MOST_SHOWN))}"]
    lines.append(f"-# {kinds}; newest {group.newest:%Y-%m-%d}")
    lines += [f"- also: {escaped(shortened(one, _MOST_SHOWN))}" for one in group.wordings if one != group.text]
    lines += [f"- said: {escaped(shortened(one, _MOST_SHOWN))}" for one in group.comments]
    return lines


def rows_of(group: MissGroup, found: Sequence[Proposal], at: int, *, more: bool) -> list[ui.ActionRow[Any]]:
    """What may be done with the group at a place of the queue, and the ways to the one before and the next."""
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


def after(kept: Sequence[Curation]) -> ui.ActionRow[Any]:
    """What may be done after a decision: take it back, or go on."""
    idents = ",".join(str(one.ident) for one in kept[:5])
    undo: ui.Button[Any] = ui.Button(label="Undo", custom_id=f"1cu:{idents}")
    further: ui.Button[Any] = ui.Button(label="Next in the queue", custom_id="1cn:0")
    return ui.ActionRow(Undo(undo, {"idents": idents}), Show(further, {"at": "0"}))


def confirming(group: MissGroup, label: str, state: str) -> ui.LayoutView:
    """What a proposal would change, to be kept with one more press; `state` is its code, packed."""
    keep: ui.Button[Any] = ui.Button(label="Keep it", custom_id=f"1ck:{group.ident}:{state}", style=ButtonStyle.success)
    back: ui.Button[Any] = ui.Button(label="Back", custom_id="1cn:0")
    lines = [*lines_of(group), "", f"**→** {escaped(label)}. It settles {group.count} of the queue, here alone."]
    row: ui.ActionRow[Any] = ui.ActionRow(
        Keep(keep, {"miss": str(group.ident), "packed": state}), Show(back, {"at": "0"})
    )
    return board(lines, [row])
