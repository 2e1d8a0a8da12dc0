"""The boards of plans: all that somebody saved, one thing of it, and what of a career can be saved. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discord import ButtonStyle, SelectOption, ui

from adapters.discord.boards import board
from adapters.discord.limits import LONGEST_LABEL, LONGEST_OPTION, LONGEST_PLACEHOLDER, MOST_OPTIONS
from adapters.discord.localised import Spoken
from adapters.discord.markup import bold, escaped, shortened
from adapters.discord.nudges import Reminding
from adapters.discord.plan_items import Back, Drop, KeepWhat, Open, Tick
from bot.answering.titles import article, in_sentence
from bot.community import Saved, SavedKind

KINDS: dict[str, SavedKind] = {"a": "career", "o": "course", "p": "path"}
_CODES = {kind: code for code, kind in KINDS.items()}
_LISTED = 20


def code_of(saved: Saved) -> str:
    """What stands for a saved thing in a button."""
    return f"{_CODES[saved.kind]}:{saved.ident}"


def everything(saved: Sequence[Saved], word: str, words: Spoken, *, reminded: bool) -> ui.LayoutView:
    """All that somebody saved, with a menu to look at one of it; `word` is said first."""
    lines = [word] if word else []
    lines.append(bold(words("What you saved")))
    lines += [f"- {_line(one, words)}" for one in saved[:_LISTED]]
    if len(saved) > _LISTED:
        lines.append(f"-# {words('and {count} more', count=len(saved) - _LISTED)}")
    if not saved:
        text = "Nothing yet. “Save …” under an answer keeps a career, its courses, or the path to it as a plan."
        lines.append(words(text))
    rows: list[ui.ActionRow[Any]] = []
    options = [
        SelectOption(
            label=shortened(_named(one, words), LONGEST_OPTION), value=code_of(one),
            description=_progress(one, words) or None,
        )
        for one in saved
        if len(code_of(one)) <= LONGEST_OPTION
    ]  # fmt: skip
    if options:
        menu: ui.Select[Any] = ui.Select(
            custom_id="1f", options=options[:MOST_OPTIONS],
            placeholder=shortened(words("Look at one, tick steps off, or take it off"), LONGEST_PLACEHOLDER),
        )  # fmt: skip
        rows.append(ui.ActionRow(Open(menu, "")))
    label = words("Stop reminders") if reminded else words("Remind me once a week")
    rows.append(ui.ActionRow(Reminding.build(on=reminded, label=shortened(label, LONGEST_LABEL))))
    return board(lines, rows)


def offer(slug: str, found: Sequence[Saved], words: Spoken) -> ui.LayoutView:
    """What of a career can be saved; `found` begins with the career itself."""
    kinds = {
        "career": words("The career itself"),
        "path": words("Its path, as a plan to tick off"),
        "course": words("A course"),
    }
    options = [
        SelectOption(
            label=shortened(_named(one, words), LONGEST_OPTION), value=code_of(one), description=kinds[one.kind]
        )
        for one in found
        if len(code_of(one)) <= LONGEST_OPTION
    ][:MOST_OPTIONS]
    menu: ui.Select[Any] = ui.Select(
        custom_id=f"1e:{slug}", options=options, placeholder=words("What shall I keep for you?"),
        max_values=len(options),
    )  # fmt: skip
    text = words("Save something of {career}", career=bold(found[0].title))
    return board([text], [ui.ActionRow(KeepWhat(menu, slug))])


def detail(saved: Saved, steps: Sequence[str], word: str, words: Spoken) -> ui.LayoutView:
    """One saved thing: a plan's steps to tick off, and a way to take it off; `word` is said first."""
    lines = [word] if word else []
    lines.append(f"{bold(_named(saved, words))}{_after(saved, words)}")
    lines += [
        f"{'✅' if at in saved.done else '⬜'} {at}. {escaped(step)}"
        for at, step in enumerate(steps[: saved.steps], 1)
    ]  # fmt: skip
    rows: list[ui.ActionRow[Any]] = []
    code = code_of(saved)
    if 0 < saved.steps <= MOST_OPTIONS:
        options = [
            SelectOption(
                label=shortened(f"{at}. {steps[at - 1] if at <= len(steps) else words('Step')}", LONGEST_OPTION),
                value=str(at), default=at in saved.done,
            )
            for at in range(1, saved.steps + 1)
        ]  # fmt: skip
        menu: ui.Select[Any] = ui.Select(
            custom_id=f"1g:{code}", options=options, min_values=0, max_values=len(options),
            placeholder=shortened(words("Pick the steps that are done"), LONGEST_PLACEHOLDER),
        )  # fmt: skip
        rows.append(ui.ActionRow(Tick(menu, code)))
    drop: ui.Button[Any] = ui.Button(label=words("Take it off"), custom_id=f"1h:{code}", style=ButtonStyle.danger)
    back: ui.Button[Any] = ui.Button(label=words("Back"), custom_id="1i")
    rows.append(ui.ActionRow(Back(back, ""), Drop(drop, code)))
    return board(lines, rows)


def _named(saved: Saved, words: Spoken) -> str:
    """What is kept, in a few words: "Plumber", "How to become a plumber", a course's title."""
    if saved.kind != "path":
        return saved.title
    title = in_sentence(saved.title)
    return words("How to become {one}", one=f"{article(title)} {title}")


def _progress(saved: Saved, words: Spoken) -> str:
    return words("{done} of {steps} steps done", done=len(saved.done), steps=saved.steps) if saved.steps else ""


def _after(saved: Saved, words: Spoken) -> str:
    return f" · {_progress(saved, words)}" if saved.steps else ""


def _line(saved: Saved, words: Spoken) -> str:
    return f"{escaped(_named(saved, words))}{_after(saved, words)}"
