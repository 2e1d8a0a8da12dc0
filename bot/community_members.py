"""Members' own things that are about time: the weekly nudge, and how long anything is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pydantic import Field

from bot.community import Kept, Saved

WEEK = 7 * 86_400.0
MOST_SAVED = 200
"""So many things a member may keep."""


class Retention(Kept):
    """How long things are kept, in days (conversations and events: in seconds).

    Attributes:
        events: After their last change; never less than the hour that platforms redeliver in.
        conversations: So many at most; the oldest go first.
    """

    misses: float = Field(default=180, gt=0)
    tallies: float = Field(default=730, gt=0)
    audit: float = Field(default=730, gt=0)
    idle: float = Field(default=30 * 60, gt=0)
    events: float = Field(default=2 * 3_600, ge=3_600)
    conversations: int = Field(default=1_000_000, gt=0)


class Nudge(Kept):
    """A reminder that is due: to whom, and the plans with steps left."""

    person: str
    plans: tuple[Saved, ...]


class Nudging(Protocol):
    """The weekly reminder, for those who asked for it. Sending is the adapters' part."""

    async def nudge(self, person: str, *, wanted: bool) -> bool:
        """Turn a person's weekly reminder on or off (it is off for everybody who never asked)."""

    async def nudged(self, person: str) -> bool:
        """Whether a person's weekly reminder is on."""

    async def nudge_later(self, person: str, seconds: float) -> bool:
        """Let a reminder that was claimed but couldn't be sent be due again in so many seconds, if it is still on."""

    async def due_nudges(self, platform: str, *, limit: int = 100) -> list[Nudge]:
        """Claim the reminders that are due on a platform: each goes to one caller, and not again for a week.

        A person without an unfinished plan gets none, and is asked about again a week later.
        """


def unfinished(saved: Sequence[Saved]) -> tuple[Saved, ...]:
    """The plans with steps left."""
    return tuple(one for one in saved if one.kind == "path" and len(one.done) < one.steps)


def is_in(community: str, name: str) -> bool:
    """Whether a place or person, as adapters name them, belongs to a community.

    Slack's names carry the workspace ("slack:channel:T1:C2" is in "slack:T1"); Discord's conversations name the
    community itself.
    """
    platform, _, rest = community.partition(":")
    inside = tuple(f"{platform}:{kind}:{rest}" for kind in ("channel", "home", "user"))
    return name == community or name in inside or name.startswith(tuple(f"{prefix}:" for prefix in inside))
