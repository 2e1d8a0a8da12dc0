"""`/settings` for those who may change them, and `/mydata` for everybody."""

from __future__ import annotations

import io
import json
import re
from typing import Any

from discord import File, Interaction, Member, ui
from discord.app_commands import Command, Group, Range, describe, locale_str, rename

from adapters.discord.answering import Answers
from adapters.discord.components import Forget
from adapters.discord.delivery import say
from adapters.discord.inbound import where_of
from adapters.discord.layout import SMALL_ACCENT, finished, notice
from adapters.discord.localised import Spoken, language
from adapters.discord.markup import bold, escaped, fitting
from bot.community import CommunitySettings, SettingError

_CHANNEL_ONLY = ("listening",)
"""Settings that are the channel's alone."""
_NO_RIGHT = "Settings are changed by those who may manage this server, and by its curators."
_ROLE, _PERSON = re.compile(r"<@&(\d{1,20})>"), re.compile(r"<@!?(\d{1,20})>")
_MOST_HISTORY = 15


class Admin:
    """The commands for settings and for people's own data."""

    def __init__(self, answers: Answers) -> None:
        self._answers, self._community = answers, answers.community

    def settings_command(self) -> Command[Any, ..., None]:
        """`/settings`: shows them, or changes those that are given."""
        answers, change = self._answers, self._settings

        @describe(
            language=locale_str("Language of the answers, for example de; - for each person’s own"),
            country=locale_str("Country that is meant where nothing says otherwise, for example GB"),
            currency=locale_str("Currency that pay is shown in too, for example EUR"),
            listening=locale_str("Read all messages of this channel and answer those I am sure of"),
            private=locale_str("Answer commands to the person alone"),
            cooldown=locale_str("Seconds between two questions of a person"),
            feedback=locale_str("Show thumbs under answers"),
            keep_texts=locale_str("Keep the words of questions that I didn’t understand, for curators"),
            curators=locale_str("Roles and people who curate, as mentions; - for none"),
            this_channel=locale_str("Change it for this channel only"),
            history=locale_str("Show who changed what"),
        )
        @rename(keep_texts=locale_str("keep-texts"), this_channel=locale_str("this-channel"))
        async def callback(
            interaction: Interaction[Any], language: Range[str, 1, 20] | None = None,
            country: Range[str, 1, 2] | None = None, currency: Range[str, 1, 3] | None = None,
            listening: bool | None = None, private: bool | None = None, cooldown: Range[float, 0, 3600] | None = None,
            feedback: bool | None = None, keep_texts: bool | None = None, curators: Range[str, 1, 500] | None = None,
            this_channel: bool = False, history: bool = False,
        ) -> None:  # fmt: skip
            given = {
                "language": _cleared(language), "country": _cleared(country, upper=True),
                "currency": _cleared(currency, upper=True), "listening": listening, "private": private,
                "cooldown": cooldown, "feedback": feedback, "keep_texts": keep_texts,
                "curators": named(curators),
            }  # fmt: skip
            changes: dict[str, object] = {name: value for name, value in given.items() if value is not None}
            await answers.once(interaction, lambda: change(interaction, changes, this_channel, history))

        return Command(
            name=locale_str("settings"), description=locale_str("How I behave here"), callback=callback,
        )  # fmt: skip

    async def _settings(
        self, interaction: Interaction[Any], changes: dict[str, object], this_channel: bool, history: bool
    ) -> None:  # fmt: skip
        place, words = where_of(interaction), language(interaction.locale.value)
        settings = await self._community.settings(place.community, place.channel)
        if (changes or history) and not may_change(interaction, settings):
            await say(interaction, notice(words(_NO_RIGHT)))
            return
        try:
            channel_wide = {k: v for k, v in changes.items() if this_channel or k in _CHANNEL_ONLY}
            wide = {k: v for k, v in changes.items() if k not in channel_wide}
            if wide:
                await self._community.change_settings(place.community, wide, by=place.person)
            if channel_wide:
                await self._community.change_settings(
                    place.community, channel_wide, by=place.person, channel=place.channel
                )
        except SettingError as error:
            await say(interaction, notice(escaped(str(error))))
            return
        settings = await self._community.settings(place.community, place.channel)
        shown = _shown(settings, words, changed=bool(changes), listens=self._hears(interaction))
        if history:
            shown += _audited(await self._community.audit(place.community))
        await say(interaction, notice(shown))

    @staticmethod
    def _hears(interaction: Interaction[Any]) -> bool:
        return bool(interaction.client.intents.message_content)

    def mydata_command(self) -> Group:
        """`/mydata export` and `/mydata delete`."""
        group = Group(name=locale_str("mydata"), description=locale_str("What is kept about you"))
        group.add_command(Command(
            name=locale_str("export"), description=locale_str("Everything that is kept about you, as a file"),
            callback=self._export,
        ))  # fmt: skip
        group.add_command(Command(
            name=locale_str("delete"), description=locale_str("Delete everything that is kept about you"),
            callback=self._delete,
        ))  # fmt: skip
        return group

    async def _export(self, interaction: Interaction[Any]) -> None:
        async def answer() -> None:
            kept = await self._community.export(where_of(interaction).person)
            if problem := kept.get("error"):
                await say(interaction, notice(escaped(str(problem))))
                return
            text = json.dumps(kept, ensure_ascii=False, indent=2, default=str)
            file = File(io.BytesIO(text.encode()), filename="careerbot-mydata.json")
            text = language(interaction.locale.value)("Everything that is kept about you.")
            await interaction.response.send_message(text, file=file, ephemeral=True)

        await self._answers.once(interaction, answer)

    async def _delete(self, interaction: Interaction[Any]) -> None:
        async def answer() -> None:
            text = language(interaction.locale.value)("This deletes everything that is kept about you, for good.")
            view = ui.LayoutView(timeout=None)
            box: ui.Container[Any] = ui.Container(ui.TextDisplay(text), accent_colour=SMALL_ACCENT)
            box.add_item(
                ui.ActionRow(Forget.build(interaction.user.id, language(interaction.locale.value)("Delete all of it")))
            )
            view.add_item(box)
            await say(interaction, finished(view))

        await self._answers.once(interaction, answer)


def may_change(interaction: Interaction[Any], settings: CommunitySettings) -> bool:
    """Whether somebody may change the settings: Manage Server, or a curator by person or role; alone with the bot, yes.

    Discord tells the permissions with each interaction; they are checked here and not left to what its client shows.
    """
    place = where_of(interaction)
    if interaction.guild_id is None:
        return place.private_room
    if interaction.permissions.manage_guild or interaction.permissions.administrator:
        return True
    roles = interaction.user.roles if isinstance(interaction.user, Member) else []
    names = {place.person, str(interaction.user.id)}
    names |= {name for role in roles for name in (str(role.id), f"discord:role:{role.id}")}
    return not names.isdisjoint(settings.curators)


def named(mentions: str | None) -> str | None:
    """Curators as they are kept, from mentions as typed ("<@&1> <@2>"); "-" is nobody."""
    if mentions is None or mentions.strip() == "-":
        return mentions if mentions is None else ""
    roles = _ROLE.sub(r" discord:role:\1 ", mentions)
    return _PERSON.sub(r" discord:user:\1 ", roles).strip()


def _audited(entries: list[dict[str, object]]) -> str:
    """The latest changes; people are shown as mentions, which ping nobody in a message that allows none."""
    lines = []
    for entry in entries[:_MOST_HISTORY]:
        person, channel = str(entry["by"]).rpartition(":")[2], str(entry["channel"]).rpartition(":")[2]
        who = f"<@{person}>" if person.isdigit() else "somebody"
        where = f" in <#{channel}>" if channel.isdigit() else ""
        before, after = (
            escaped(_value(entry[side]) if entry[side] is not None else "–") for side in ("before", "after")
        )
        lines.append(f"- {str(entry['at'])[:16].replace('T', ' ')} {who}{where}: {entry['name']} {before} → {after}")
    return "\n" + (fitting(lines, 3_000) or "Nothing was changed yet.")


def _cleared(value: str | None, *, upper: bool = False) -> str | None:
    """A text setting as typed; "-" clears it."""
    if value is None or value.strip() == "-":
        return value if value is None else ""
    return value.strip().upper() if upper else value.strip()


def _shown(settings: CommunitySettings, words: Spoken, *, changed: bool, listens: bool) -> str:
    """The settings as text: each by the name of its option, with what it is set to in words."""
    title = words("Settings changed. They are now:") if changed else bold(words("Settings here"))
    lines = [
        f"- `{name.replace('_', '-')}` {_worded(name, value, words)}" for name, value in settings.model_dump().items()
    ]
    if settings.listening and not listens:
        hint = "Listening needs the Message Content Intent: the operator turns it on with {setting}."
        lines.append(f"-# {words(hint, setting='`DISCORD_MESSAGE_CONTENT=1`')}")
    return "\n".join([title, *lines])


def _worded(name: str, value: object, words: Spoken) -> str:
    """A setting's value for people; that none is set is said, too. Mentions ping nobody: the message allows none."""
    if isinstance(value, bool):
        return words("yes") if value else words("no")
    if name == "cooldown":
        return f"{value:g} s"
    if isinstance(value, tuple | list):
        return " ".join(map(_mentioned, map(str, value))) or words("none")
    return escaped(str(value)) or (words("each person’s own") if name == "language" else words("not set"))


def _mentioned(curator: str) -> str:
    kind, _, number = curator.rpartition(":")
    mark = {"discord:role": "@&", "discord:user": "@"}.get(kind, "")
    return f"<{mark}{number}>" if mark and number.isdigit() else escaped(curator)


def _value(value: object) -> str:
    """A value as the history of changes writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value)) or "none"
    return str(value) or "-"
