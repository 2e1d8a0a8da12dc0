"""Cards as discord.py layouts: a container with an accent, and rows of buttons that carry their own state."""

from __future__ import annotations

import io
from typing import Any

from discord import ButtonStyle, File, MediaGalleryItem, SeparatorSpacing, ui

from adapters.discord.components import Ask, AskMenu, Dislike, Like, Share, Thread, Turn, Why
from adapters.discord.localised import language
from adapters.discord.pieces import Image, LinkRow, Rule, Text
from adapters.discord.render import Card, Offer

ACCENT = 0x2F6FED
"""The blue edge of an answer."""
SMALL_ACCENT = 0x8A94A6
"""The grey edge of a notice."""


def layout(card: Card) -> ui.LayoutView:
    """The message of a card. It holds no state: every press is handled by what its `custom_id` says."""
    view = ui.LayoutView(timeout=None)
    view.add_item(_container(card))
    for row in (*_offer(card.offer, card.controls.owner), *_feedback(card), *_turning(card)):
        view.add_item(row)
    return finished(view)


def files(card: Card) -> list[File]:
    """The pictures of a card, to be sent beside its layout; made anew for each try, since sending reads them."""
    return [
        File(io.BytesIO(picture.png), filename=picture.name, description=picture.alt)
        for picture in {image.picture.name: image.picture for image in card.images}.values()
    ]


def notice(text: str) -> ui.LayoutView:
    """A short word of the bot's own (already safe markdown)."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(ui.TextDisplay(text), accent_colour=SMALL_ACCENT))
    return finished(view)


def finished(view: ui.LayoutView) -> ui.LayoutView:
    """The view as discord.py need not remember it: else each answer would stay in memory for fifteen minutes."""
    view.stop()
    return view


def _container(card: Card) -> ui.Container[Any]:
    container: ui.Container[Any] = ui.Container(accent_colour=ACCENT)
    opens = language(card.controls.locale)("Open")
    for piece in card.content:
        match piece:
            case Text():
                container.add_item(ui.TextDisplay(piece.markdown))
            case Rule():
                container.add_item(ui.Separator(spacing=SeparatorSpacing.small))
            case LinkRow():
                button: ui.Button[Any] = ui.Button(label=opens, url=piece.url)
                container.add_item(ui.Section(ui.TextDisplay(piece.markdown), accessory=button))
            case Image():
                shown = MediaGalleryItem(f"attachment://{piece.picture.name}", description=piece.picture.alt)
                container.add_item(ui.MediaGallery(shown))
    return container


def _offer(offer: Offer, owner: int) -> list[ui.ActionRow[Any]]:
    if offer.menu:
        return [ui.ActionRow(AskMenu.build(owner, offer.menu, offer.placeholder))]
    if offer.buttons:
        return [ui.ActionRow(*(Ask.build(button) for button in offer.buttons))]
    return []


def _feedback(card: Card) -> list[ui.ActionRow[Any]]:
    question, say = card.controls.question, language(card.controls.locale)
    items: list[ui.Item[Any]] = []
    if card.controls.share:
        items.append(Share.build(say("Share to channel")))
    if card.controls.thread:
        items.append(Thread.build(say("Go on in a thread")))
    if question and card.controls.feedback:
        items += [Like.build(question), Dislike.build(question)]
    if question:
        items.append(Why.build(question, say("Why this answer?")))
    if card.controls.save:
        items.append(ui.Button(label=say("Save …"), custom_id=f"1b:{card.controls.save}"))
    return [ui.ActionRow(*items)] if items else []


def _turning(card: Card) -> list[ui.ActionRow[Any]]:
    if card.pages < 2 or not card.controls.question:
        return []
    owner, question = card.controls.owner, card.controls.question
    before = Turn.build(owner, question, card.page - 1, "◀", disabled=card.page == 1)
    here: ui.Button[Any] = ui.Button(
        label=f"{card.page} / {card.pages}", style=ButtonStyle.secondary, disabled=True, custom_id="1n"
    )
    after = Turn.build(owner, question, card.page + 1, "▶", disabled=card.page == card.pages)
    return [ui.ActionRow(before, here, after)]
