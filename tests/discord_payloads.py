"""What Discord sends: users, guilds, channels, messages and interactions, as its documentation shows them."""

from __future__ import annotations

from itertools import count
from typing import Any

APPLICATION, BOT, GUILD, CHANNEL, OWNER, MEMBER = 10**18, 10**18, 2 * 10**18, 3 * 10**18, 4 * 10**18, 5 * 10**18
THREAD, DIRECT = 3 * 10**18 + 7, 3 * 10**18 + 9
EVERYTHING = str((1 << 50) - 1)
"""All permissions."""
NO_FILES = str((1 << 50) - 1 - (1 << 15) - (1 << 3))
"""All but Administrator and Attach Files."""
NO_MANAGE = str((1 << 50) - 1 - (1 << 5) - (1 << 3))
"""All but Administrator and Manage Server."""
CURATORS = 4711
_NUMBERS = count(6 * 10**18)


def snowflake() -> int:
    """A number that was never given."""
    return next(_NUMBERS)


def user(ident: int = MEMBER, name: str = "mia", *, bot: bool = False) -> dict[str, Any]:
    """Somebody."""
    return {
        "id": str(ident),
        "username": name,
        "discriminator": "0",
        "global_name": name.title(),
        "avatar": None,
        "bot": bot,
    }


def member(ident: int = MEMBER, *, permissions: str = NO_MANAGE, roles: tuple[int, ...] = ()) -> dict[str, Any]:
    """Somebody in the guild."""
    return {
        "user": user(ident),
        "nick": None,
        "roles": [str(role) for role in roles],
        "permissions": permissions,
        "flags": 0,
        "joined_at": "2024-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "pending": False,
        "avatar": None,
    }


def channel(ident: int = CHANNEL, name: str = "careers", guild: int = GUILD) -> dict[str, Any]:
    """A text channel."""
    return {
        "id": str(ident),
        "type": 0,
        "name": name,
        "position": 0,
        "permission_overwrites": [],
        "guild_id": str(guild),
        "parent_id": None,
        "nsfw": False,
        "topic": None,
        "last_message_id": None,
        "rate_limit_per_user": 0,
    }


def thread(ident: int = THREAD, owner: int = BOT) -> dict[str, Any]:
    """A thread, opened by the bot unless said otherwise."""
    return {
        "id": str(ident),
        "type": 11,
        "name": "Careers",
        "guild_id": str(GUILD),
        "parent_id": str(CHANNEL),
        "owner_id": str(owner),
        "message_count": 0,
        "member_count": 1,
        "rate_limit_per_user": 0,
        "last_message_id": None,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 1440,
            "locked": False,
            "archive_timestamp": "2026-01-01T00:00:00+00:00",
        },
    }


def direct(ident: int = DIRECT, who: int = MEMBER) -> dict[str, Any]:
    """A channel of direct messages."""
    return {"id": str(ident), "type": 1, "last_message_id": None, "recipients": [user(who)]}


def guild(ident: int = GUILD, *, threads: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """A guild with one channel."""
    everyone = {
        "id": str(ident),
        "name": "@everyone",
        "permissions": EVERYTHING,
        "position": 0,
        "color": 0,
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    own = {**everyone, "id": str(ident + 1), "name": "Careerbot", "managed": True, "tags": {"bot_id": str(BOT)}}
    return {
        "id": str(ident),
        "name": "Night School",
        "owner_id": str(OWNER),
        "emojis": [],
        "roles": [everyone, own, {**everyone, "id": str(CURATORS), "name": "Curators"}],
        "features": [],
        "member_count": 3,
        "members": [{**member(BOT), "user": user(BOT, "careerbot", bot=True)}],
        "channels": [channel(guild=ident)],
        "threads": list(threads),
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "stickers": [],
        "preferred_locale": "en-GB",
        "unavailable": False,
        "large": False,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_flags": 0,
        "afk_timeout": 300,
        "icon": None,
        "splash": None,
        "banner": None,
        "description": None,
        "joined_at": "2024-01-01T00:00:00+00:00",
        "premium_progress_bar_enabled": False,
        "soundboard_sounds": [],
    }


def message(
    content: str = "", *, author: dict[str, Any] | None = None, at: int = CHANNEL, **more: Any
) -> dict[str, Any]:
    """A message; pass `guild_id` for one in a guild."""
    return {
        "id": str(snowflake()),
        "channel_id": str(at),
        "author": author or user(),
        "content": content,
        "type": 0,
        "timestamp": "2026-01-01T00:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "flags": 0,
        "components": [],
        **more,
    }


def said(content: str, *, mentions: bool = False, who: int = MEMBER, **more: Any) -> dict[str, Any]:
    """A message in the guild's channel."""
    mentioned = [user(BOT, "careerbot", bot=True)] if mentions else []
    text = f"<@{BOT}> {content}" if mentions else content
    return message(text, author=user(who), mentions=mentioned, guild_id=str(GUILD), member=member(who), **more)


def interaction(
    kind: int,
    data: dict[str, Any],
    *,
    who: int = MEMBER,
    permissions: str = NO_MANAGE,
    roles: tuple[int, ...] = (),
    in_guild: bool = True,
    locale: str = "en-GB",
    on: dict[str, Any] | None = None,
    ident: int | None = None,
    context: int | None = None,
    at: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """An interaction: 2 a command, 3 a component, 4 a completion, 5 a modal."""
    number = ident or snowflake()
    place = at or (channel() if in_guild else direct(who=who))
    payload: dict[str, Any] = {
        "id": str(number),
        "application_id": str(APPLICATION),
        "type": kind,
        "token": f"token-{number}",
        "version": 1,
        "data": data,
        "channel": place,
        "channel_id": place["id"],
        "locale": locale,
        "app_permissions": EVERYTHING,
        "entitlements": [],
        "attachment_size_limit": 10 * 2**20,
        "context": context if context is not None else 0 if in_guild else 1,
        "authorizing_integration_owners": {"0": str(GUILD)} if in_guild else {"1": str(who)},
    }
    if in_guild:
        payload |= {
            "guild_id": str(GUILD),
            "guild_locale": "en-GB",
            "guild": {"id": str(GUILD), "locale": "en-GB", "features": []},
            "member": member(who, permissions=permissions, roles=roles),
        }
    else:
        payload["user"] = user(who)
    if on is not None:
        payload["message"] = on
    return payload


def command(name: str, options: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A slash command was used."""
    kinds = {str: 3, bool: 5, float: 10, int: 4}
    given = [{"name": key, "type": kinds[type(value)], "value": value} for key, value in (options or {}).items()]
    return interaction(2, {"id": str(snowflake()), "name": name, "type": 1, "options": given}, **more)


def completing(name: str, option: str, typed: str, **more: Any) -> dict[str, Any]:
    """An option is being typed."""
    given = [{"name": option, "type": 3, "value": typed, "focused": True}]
    return interaction(4, {"id": str(snowflake()), "name": name, "type": 1, "options": given}, **more)


def pressed(custom_id: str, on: dict[str, Any], values: list[str] | None = None, **more: Any) -> dict[str, Any]:
    """A button was pressed or an option picked."""
    data: dict[str, Any] = {"custom_id": custom_id, "component_type": 3 if values else 2}
    return interaction(3, data | ({"values": values} if values else {}), on=on, **more)


def looked_up(target: dict[str, Any], name: str, **more: Any) -> dict[str, Any]:
    """The command in a message's context menu was used."""
    data = {
        "id": str(snowflake()),
        "name": name,
        "type": 3,
        "target_id": target["id"],
        "resolved": {"messages": {target["id"]: target}},
    }
    return interaction(2, data, **more)


def submitted(custom_id: str, field: str, text: str, **more: Any) -> dict[str, Any]:
    """A modal with one text input was sent."""
    box = {"type": 4, "id": 2, "custom_id": field, "value": text}
    return interaction(5, {"custom_id": custom_id, "components": [{"type": 18, "id": 1, "component": box}]}, **more)
