"""Sending what was rendered, by the best way that is open: layout, else plain text; in place, else in private."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import aiohttp
from discord import File, Forbidden, HTTPException, Interaction, Message, NotFound, ui
from discord.abc import Messageable

from adapters.discord.layout import files, layout
from adapters.discord.render import Card, plain_pages

log = logging.getLogger(__name__)

UNKNOWN_INTERACTION = 10062
"""The three seconds are over, or the token's fifteen minutes are."""
ALREADY_ANSWERED = 40060
MOST_FOLLOW_UPS = 5
"""Further messages where the app is only installed for the person."""
UNSENT = (HTTPException, aiohttp.ClientError, OSError, RuntimeError)
"""What sending may raise; a RuntimeError says that the client was closed."""
_NO_REPLY = (50013, 160002)
"""No permission, or none to read the message that is replied to."""


async def deliver(interaction: Interaction[Any], cards: Sequence[Card], *, private: bool, edit: bool = False) -> bool:
    """Answer an interaction once.

    Args:
        interaction: The one to answer; it may have been deferred.
        cards: What to send: the first, and the others after it where no buttons turn to them.
        private: Only the person sees it.
        edit: The message that was pressed is changed instead.

    Returns:
        False where Discord took no answer any more; that is logged.
    """
    first, *rest = cards
    try:
        try:
            await _send(interaction, first, private=private, edit=edit)
        except HTTPException as error:
            if error.status != 400 or error.code == ALREADY_ANSWERED:
                raise
            log.exception("Discord refused the layout; sending plain text")
            await _send_plain(interaction, first, private=private)
        if first.pages > 1 and not first.controls.question:
            for card in rest[: MOST_FOLLOW_UPS - 1]:
                await interaction.followup.send(ephemeral=private, **_message(card))
    except UNSENT as error:
        gave_up(interaction, error)
        return False
    return True


async def say(interaction: Interaction[Any], view: ui.LayoutView) -> bool:
    """Answer with a word that only the person sees; False where Discord took none."""
    try:
        await _send(interaction, view, private=True, edit=False)
    except UNSENT as error:
        gave_up(interaction, error)
        return False
    return True


def gave_up(interaction: Interaction[Any], error: Exception) -> None:
    """Log honestly that an interaction stays unanswered, and why."""
    code = getattr(error, "code", 0)
    if isinstance(error, NotFound) and code == UNKNOWN_INTERACTION:
        log.warning("gave up on interaction %s: Discord no longer takes an answer to it", interaction.id)
    elif code == ALREADY_ANSWERED:
        log.warning("interaction %s was answered already", interaction.id)
    else:
        log.error("gave up on interaction %s: %s", interaction.id, error)


def _parts(what: Card | ui.LayoutView) -> tuple[ui.LayoutView, list[File]]:
    return (layout(what), files(what)) if isinstance(what, Card) else (what, [])


def _message(what: Card | ui.LayoutView) -> dict[str, Any]:
    """A new message's layout, and its pictures where it has any."""
    view, attached = _parts(what)
    return {"view": view, "files": attached} if attached else {"view": view}


def _change(what: Card | ui.LayoutView) -> dict[str, Any]:
    """A message's new layout; the pictures of the old one go."""
    view, attached = _parts(what)
    return {"view": view, "attachments": attached}


async def _send(interaction: Interaction[Any], what: Card | ui.LayoutView, *, private: bool, edit: bool) -> None:
    response = interaction.response
    try:
        if edit and response.is_done():
            await interaction.edit_original_response(**_change(what))
        elif response.is_done():
            await interaction.followup.send(ephemeral=private, **_message(what))
        else:
            await _respond(interaction, what, private=private, edit=edit)
    except (aiohttp.ServerDisconnectedError, ConnectionResetError):
        if response.is_done():
            raise
        # A first response can be sent again without harm: if it did arrive, Discord refuses the second.
        await _respond(interaction, what, private=private, edit=edit)


async def _respond(interaction: Interaction[Any], what: Card | ui.LayoutView, *, private: bool, edit: bool) -> None:
    """The first response."""
    if edit:
        await interaction.response.edit_message(**_change(what))
    else:
        await interaction.response.send_message(ephemeral=private, **_message(what))


async def _send_plain(interaction: Interaction[Any], card: Card, *, private: bool) -> None:
    for page in plain_pages(card)[:MOST_FOLLOW_UPS]:
        if interaction.response.is_done():
            await interaction.followup.send(page, ephemeral=private, suppress_embeds=True)
        else:
            await interaction.response.send_message(page, ephemeral=private, suppress_embeds=True)


async def reply(message: Message, cards: Sequence[Card]) -> bool:
    """Answer a message in its channel: as a reply, else beside it; False where the bot may not write there."""
    first, *rest = cards
    more = rest[: MOST_FOLLOW_UPS - 1] if first.pages > 1 and not first.controls.question else []
    try:
        try:
            await _reply(message, first)
        except Forbidden:
            if not first.images:
                raise
            await _reply(message, first.without_images())  # what is forbidden may be the pictures alone
        for card in more:
            await message.channel.send(**_message(card))
    except Forbidden:
        return False
    return True


async def _reply(message: Message, card: Card) -> None:
    try:
        await message.reply(mention_author=False, **_message(card))
    except HTTPException as error:
        if error.code in _NO_REPLY or _unknown_reference(error):
            await message.channel.send(**_message(card))
        elif error.status == 400:
            log.exception("Discord refused the layout; sending plain text")
            await send_plain(message.channel, card)
        else:
            raise


def _unknown_reference(error: HTTPException) -> bool:
    """Whether the message was deleted before it could be replied to."""
    return error.status == 400 and "message_reference" in error.text


async def send_plain(channel: Messageable, card: Card) -> None:
    """A page as plain messages."""
    for page in plain_pages(card)[:MOST_FOLLOW_UPS]:
        await channel.send(page, suppress_embeds=True)
