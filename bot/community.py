"""What a community says back, and what is remembered for it: the contract of the community database.

Adapters and the bot know this protocol alone. `InMemoryCommunity` (bot.community_memory) keeps everything in the
process; the SQL store keeps it in SQLite or PostgreSQL. Identifiers are plain strings that carry their platform:
community "discord:guild:123" or "slack:T01", channel "discord:channel:456", person "discord:user:789".

No method raises for a store that can't be reached: reads fall back to defaults, writes return False (`delete` and
`delete_community` -1, for "nothing was deleted"), an event is claimed in the process alone, and the store logs that it
couldn't keep something, never what. Only `change_settings` says so by a SettingError, which people are shown anyway.
Answers come from the knowledge, which is always there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from bot.context import Context
from bot.message import ConversationKey

Verdict = Literal["up", "down"]
EventState = Literal["new", "running", "done"]
SavedKind = Literal["career", "course", "path"]


class Kept(BaseModel):
    """A frozen value."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CommunitySettings(Kept):
    """How the bot behaves in a community, or in one channel of it.

    Attributes:
        language: BCP 47 tag, "" = the person's own.
        country: ISO 3166-1 alpha-2 of the default country, "" = none.
        currency: ISO 4217 code that amounts are also shown in, "" = none.
        listening: Whether it reads all messages of the channel and answers those it is sure of (channel only).
        private: Whether commands are answered to the person alone.
        cooldown: Seconds between two questions of a person, 0 = none.
        curators: Ids of roles, groups or people who may work on the miss queue and change settings.
        feedback: Whether answers carry feedback buttons.
        keep_texts: Whether the texts of questions may be kept (for the miss queue); else only outcomes are.
    """

    language: str = ""
    country: str = Field(default="", pattern=r"^(?:[A-Z]{2})?$")
    currency: str = Field(default="", pattern=r"^(?:[A-Z]{3})?$")
    listening: bool = False
    private: bool = True
    cooldown: float = Field(default=2.0, ge=0, le=3600)
    curators: tuple[str, ...] = ()
    feedback: bool = True
    keep_texts: bool = False


class Asked(Kept):
    """One question and its outcome, for insight and the miss queue.

    Attributes:
        text: As typed; stores drop it where `keep_texts` is off.
        outcome: "answered", "asked back", "not understood", "failed".
        offered: Where it was asked back, whether there was something to pick; without it a name wasn't known.
        picked_for: The text that was asked back about, where this question is the choice that was picked then.
    """

    community: str
    channel: str = ""
    person: str
    platform: str
    text: str = ""
    outcome: Literal["answered", "asked back", "not understood", "failed"]
    intent: str = ""
    careers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    milliseconds: float = 0.0
    offered: bool = True
    picked_for: str = ""


class Opinion(Kept):
    """A thumb up or down on an answer, and what was looked for in one's own words.

    Attributes:
        text: The question as typed; stores drop it where `keep_texts` is off.
        comment: Written for the curators and sent to them, so that it is kept with the thumb.
    """

    community: str
    person: str
    platform: str
    verdict: Verdict
    text: str = ""
    comment: str = ""
    intent: str = ""
    careers: tuple[str, ...] = ()


class Saved(Kept):
    """Something a member keeps: a career, a course (id) or a career's path with the steps ticked off."""

    kind: SavedKind
    ident: str
    title: str
    done: tuple[int, ...] = ()
    steps: int = 0
    since: datetime | None = None


class SettingError(ValueError):
    """A setting that doesn't exist or can't have that value: says what can."""


class Community(Protocol):
    """The community database as the bot and its adapters see it."""

    async def recall(self, key: ConversationKey) -> Context:
        """What the conversation is about; an empty context for a new, forgotten or unreachable one."""

    async def remember(self, key: ConversationKey, context: Context) -> bool:
        """Keep it; False if that wasn't possible."""

    async def settings(self, community: str, channel: str = "") -> CommunitySettings:
        """The channel's settings over the community's over the defaults."""

    async def change_settings(
        self, community: str, changes: Mapping[str, object], *, by: str, channel: str = ""
    ) -> CommunitySettings:
        """Change some settings, with an audit entry; raises SettingError, changing nothing, for a bad one.

        None as a value takes a setting back to what holds otherwise (the community's, or the default).
        """

    async def audit(self, community: str) -> list[dict[str, object]]:
        """Who changed which setting when, newest first: "at", "channel", "by", "name", "before", "after"."""

    async def asked(self, asked: Asked) -> bool:
        """Count a question; what wasn't understood joins the miss queue."""

    async def opinion(self, opinion: Opinion) -> bool:
        """Keep an opinion; a thumb down joins the miss queue."""

    async def begin(self, event: str, *, lease: float = 60.0) -> EventState:
        """Claim an event for handling.

        "new": it is this caller's. "running": another replica works on it. "done": it was answered. A claim that was
        neither finished nor renewed within `lease` seconds is given to the next caller, so that a retry whose first
        attempt died is answered.
        """

    async def finish(self, event: str) -> bool:
        """The event was answered; remembered for an hour at least."""

    async def save(self, person: str, saved: Saved) -> bool:
        """Add or replace something a member keeps."""

    async def unsave(self, person: str, kind: SavedKind, ident: str) -> bool:
        """Take it off again."""

    async def saved(self, person: str) -> list[Saved]:
        """Everything a member keeps, newest first."""

    async def export(self, person: str) -> dict[str, object]:
        """Everything that is kept about a person, as JSON-ready values; {"error": …} if it can't be read."""

    async def delete(self, person: str) -> int:
        """Delete everything that is kept about a person; how many records that were, -1 if it can't be done now."""

    async def delete_community(self, community: str) -> int:
        """Delete everything of a community (it removed the bot); how many records, -1 if it can't be done now."""

    async def close(self) -> None:
        """Let go of the store."""
