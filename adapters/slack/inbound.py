"""From Slack's payloads to questions for the bot. Pure: a payload in, an `Asking` or None out."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.slack.declared import ASK, structured
from bot.intent import Intent
from bot.message import ConversationKey, StructuredRequest

PLATFORM = "slack"
_READ_SUBTYPES = (None, "thread_broadcast", "file_share", "me_message")
_LINK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_COMMAND = re.compile(r"/?([a-z]+)(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Where:
    """Where an answer belongs.

    Attributes:
        team: Workspace (or organisation) id.
        thread: Timestamp of the message to answer under, "" = none.
        response_url: Slack's address for answers to this interaction, "" where there is none.
        private: Only the person sees the answer.
        direct: A conversation with the app alone.
        view: Id of the modal to answer in; `trigger`: what lets one open.
    """

    team: str
    channel: str
    user: str
    thread: str = ""
    response_url: str = ""
    private: bool = False
    direct: bool = False
    view: str = ""
    trigger: str = ""

    @property
    def community(self) -> str:
        """The workspace's name in the community database."""
        return f"slack:{self.team}"

    @property
    def place(self) -> str:
        """The channel's name in the community database."""
        return f"slack:channel:{self.team}:{self.channel}" if self.channel else ""

    @property
    def person(self) -> str:
        """The person's name in the community database."""
        return person_of(self.team, self.user)

    @property
    def in_agent_view(self) -> bool:
        """Whether it is a thread of a conversation with the app alone, which has a status and a title."""
        return self.direct and bool(self.thread) and not self.response_url

    def conversation(self, thread: str | None = None) -> ConversationKey:
        """Whose conversation it is; `thread` in place of this one's."""
        named = self.thread if thread is None else thread
        place = self.place or f"slack:home:{self.team}"
        return ConversationKey(platform=PLATFORM, place=place, thread=named, person=self.person)


@dataclass(frozen=True, slots=True)
class Asking:
    """One question, where it was asked and by which event.

    Attributes:
        event: What the delivery is known by, so that a second one isn't answered again.
        text: As typed, markup undone. `request`: the command, where it was one.
        key: The conversation that it belongs to. `starts`: that of the thread which the answer opens.
        typed: False for a pressed button: no cooldown.
        addressed: False for what was merely overheard in a channel.
    """

    event: str
    where: Where
    key: ConversationKey
    text: str = ""
    request: StructuredRequest | None = None
    starts: ConversationKey | None = None
    typed: bool = True
    addressed: bool = True


def person_of(team: str, user: str) -> str:
    """A person's name in the community database."""
    return f"slack:user:{team}:{user}"


def team_of(body: Payload) -> str:
    """The workspace of a payload, else the organisation that installed the app."""
    team = body.get("team_id") or (body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id")
    enterprise = body.get("enterprise_id") or (body.get("enterprise") or {}).get("id")
    return str(team or enterprise or "")


def undone(text: str) -> str:
    """What somebody typed, from Slack's markup: mentions gone, links and channels as they were shown, `&amp;` as &."""

    def shown(match: re.Match[str]) -> str:
        target, label = match.group(1), match.group(2)
        if target.startswith(("@", "!")):
            return " "
        return label if label is not None else target.removeprefix("#").removeprefix("mailto:")

    return html.unescape(" ".join(_LINK.sub(shown, text).split()))


def command_in(text: str, intents: Mapping[str, Intent]) -> tuple[str, StructuredRequest | None]:
    """A message that begins like a command: "/salary backend" and "ask what …"; the text without `ask`."""
    match = _COMMAND.fullmatch(text.strip())
    if match is None:
        return text, None
    name, rest = match.group(1).casefold(), match.group(2) or ""
    if name == ASK and rest:
        return rest, None
    return text, structured(name, rest, intents) if text.lstrip().startswith("/") else None


def spoken_command(text: str, intents: Mapping[str, Intent]) -> StructuredRequest | None:
    """A command without its slash ("salary backend london"), for where the prose wasn't understood."""
    match = _COMMAND.fullmatch(text.strip())
    return structured(match.group(1).casefold(), match.group(2) or "", intents) if match else None


def from_message(body: Payload, bot_user: str, intents: Mapping[str, Intent]) -> Asking | None:
    """A mention, a direct message, or a message of a channel that the bot reads; None if it isn't to be answered."""
    event = body.get("event") or {}
    user, channel, stamp = event.get("user"), event.get("channel"), event.get("ts")
    if not user or not channel or not stamp or user in (bot_user, "USLACKBOT") or event.get("bot_id"):
        return None
    if event.get("subtype") not in _READ_SUBTYPES or event.get("hidden") or event.get("app_id"):
        return None
    raw = str(event.get("text") or "")
    mentioned = event.get("type") == "app_mention"
    direct = event.get("channel_type") == "im" or str(channel).startswith("D")
    if not mentioned and not direct and bot_user and f"<@{bot_user}" in raw:
        return None  # the same message arrives as a mention
    thread = str(event.get("thread_ts") or "")
    where = Where(team_of(body), channel, user, thread=thread or stamp, direct=direct)
    text, request = command_in(undone(raw), intents)
    root = where.conversation("")
    return Asking(
        event=f"slack:{where.team}:{body.get('event_id') or stamp}",
        where=where,
        key=where.conversation() if thread or not direct else root,
        starts=where.conversation() if direct and not thread else None,
        text=text,
        request=request,
        addressed=mentioned or direct,
    )


def from_command(body: Payload, intents: Mapping[str, Intent], *, private: bool) -> Asking:
    """A slash command."""
    channel = str(body.get("channel_id") or "")
    url = str(body.get("response_url") or "")
    user, direct = str(body.get("user_id")), channel.startswith("D")
    where = Where(team_of(body), channel, user, response_url=url, private=private, direct=direct)
    name = str(body.get("command") or "").removeprefix("/").casefold()
    text = undone(str(body.get("text") or ""))
    request = structured(name, text, intents)
    return Asking(f"slack:{body.get('trigger_id')}", where, where.conversation(""), text=text, request=request)


def from_button(body: Payload, says: str) -> Asking:
    """A pressed button, which says its question; the answer is as private as the message that it stands under."""
    where = where_pressed(body)
    actions = body.get("actions") or []
    stamp = actions[0].get("action_ts", "") if actions else ""
    event = f"slack:{body.get('trigger_id')}:{stamp}"
    return Asking(event, where, where.conversation(), text=says, typed=False)


def where_pressed(body: Payload) -> Where:
    """Where the answer to a pressed button belongs."""
    container, message = body.get("container") or {}, body.get("message") or {}
    team, user = team_of(body), str((body.get("user") or {}).get("id"))
    trigger = str(body.get("trigger_id") or "")
    view = body.get("view") or {}
    if view or container.get("type") == "view":
        modal = str(view.get("id") or "") if view.get("type") == "modal" else ""
        return Where(team, "", user, private=True, view=modal, trigger=trigger)
    channel = str(container.get("channel_id") or (body.get("channel") or {}).get("id") or "")
    stamp = str(container.get("message_ts") or message.get("ts") or "")
    private = bool(container.get("is_ephemeral"))
    thread = str(container.get("thread_ts") or message.get("thread_ts") or ("" if private else stamp))
    url = str(body.get("response_url") or "")
    direct = channel.startswith("D")
    return Where(team, channel, user, thread, url, private=private, direct=direct, trigger=trigger)


def from_shortcut(body: Payload) -> Asking:
    """The message shortcut: the question that somebody else asked, answered to the person who looked it up."""
    message = body.get("message") or {}
    user, channel = str((body.get("user") or {}).get("id")), str((body.get("channel") or {}).get("id"))
    url = str(body.get("response_url") or "")
    thread = str(message.get("thread_ts") or "")
    where = Where(team_of(body), channel, user, thread, response_url=url, private=True)
    key = where.conversation(str(message.get("ts") or ""))
    return Asking(f"slack:{body.get('trigger_id')}", where, key, text=undone(str(message.get("text") or "")))
