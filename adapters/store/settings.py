"""Settings of communities and channels, with who changed what; read at every message, so kept at hand for a moment."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.engine import Connection

from adapters.store.database import Database, Unreachable
from bot.community import CommunitySettings, SettingError
from bot.community_settings import checked, layered

FRESH = 2.0
"""Seconds that settings are at hand before they are read again: what another replica changed is seen within these."""
_MOST = 20_000
_READ = text("SELECT channel, name, value FROM settings WHERE community = :community AND channel IN ('', :channel)")
_ONE = text("SELECT value FROM settings WHERE community = :community AND channel = :channel AND name = :name")
_SET = text(
    "INSERT INTO settings (community, channel, name, value) VALUES (:community, :channel, :name, :value)"
    " ON CONFLICT (community, channel, name) DO UPDATE SET value = excluded.value"
)
_UNSET = text("DELETE FROM settings WHERE community = :community AND channel = :channel AND name = :name")
_AUDIT = text(
    "INSERT INTO audit (at, community, channel, person, name, before, after)"
    " VALUES (:at, :community, :channel, :by, :name, :before, :after)"
)
_AUDITED = text(
    "SELECT at, channel, person, name, before, after FROM audit WHERE community = :community"
    " ORDER BY id DESC LIMIT :limit"
)


class StoredSettings:
    """The settings part of bot.community.Community."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database, self._clock = database, clock
        self._at_hand: OrderedDict[tuple[str, str], tuple[float, CommunitySettings]] = OrderedDict()

    async def settings(self, community: str, channel: str = "") -> CommunitySettings:
        """The channel's settings over the community's over the defaults; while unreachable the last known ones."""
        known = self._at_hand.get((community, channel))
        if known is not None and 0 <= self._clock() - known[0] < FRESH:
            return known[1]
        try:
            rows = await self._database.quick_read(lambda connection: _rows(connection, community, channel))
        except Unreachable:
            return known[1] if known else CommunitySettings()
        wide = {name: value for of, name, value in rows if not of}
        own = {name: value for of, name, value in rows if of}
        found = layered(wide, own)
        self._at_hand[community, channel] = (self._clock(), found)
        self._at_hand.move_to_end((community, channel))
        while len(self._at_hand) > _MOST:
            self._at_hand.popitem(last=False)
        return found

    async def change(
        self, community: str, changes: Mapping[str, object], *, by: str, channel: str = ""
    ) -> CommunitySettings:
        """Change some settings; SettingError, changing nothing, for a bad one or where they can't be kept."""
        wanted = checked(changes, channel)
        where = {"community": community, "channel": channel}

        def change(connection: Connection) -> None:
            for name, value in wanted.items():
                key = {**where, "name": name}
                before = connection.execute(_ONE, key).scalar() or "null"
                after = json.dumps(value)
                if before == after:
                    continue
                if value is None:
                    connection.execute(_UNSET, key)
                else:
                    connection.execute(_SET, {**key, "value": after})
                entry = {**key, "at": self._clock(), "by": by, "before": before, "after": after}
                connection.execute(_AUDIT, entry)

        try:
            await self._database.transact(change)
        except Unreachable:
            raise SettingError("Settings can't be kept just now; nothing was changed. Try again in a minute.") from None
        self.forget(community)
        return await self.settings(community, channel)

    def forget(self, community: str) -> None:
        """Read a community's settings anew at the next question."""
        for key in [key for key in self._at_hand if key[0] == community]:
            del self._at_hand[key]

    async def audit(self, community: str, limit: int = 200) -> list[dict[str, object]]:
        """Who changed which setting when, newest first."""

        def read(connection: Connection) -> list[dict[str, object]]:
            rows = connection.execute(_AUDITED, {"community": community, "limit": limit}).all()
            return [
                {
                    "at": datetime.fromtimestamp(at, UTC).isoformat(), "community": community, "channel": channel,
                    "by": person, "name": name, "before": json.loads(before), "after": json.loads(after),
                }
                for at, channel, person, name, before, after in rows
            ]  # fmt: skip

        try:
            return await self._database.read(read)
        except Unreachable:
            return []


def _rows(connection: Connection, community: str, channel: str) -> list[tuple[str, str, object]]:
    rows = connection.execute(_READ, {"community": community, "channel": channel}).all()
    return [(of, name, json.loads(value)) for of, name, value in rows]
