"""What is kept about a person or a community: all of it in a file, or gone at once."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.engine import Connection

from adapters.store.counting import miss_from
from adapters.store.curations import RAISE_REVISION, curation_from
from adapters.store.database import Database, Unreachable
from adapters.store.members import saved_from

_UNAVAILABLE = "The community database can't be read just now. Try again in a minute."
_EVENTS = "substr(event, length(event) - length(:person)) = ':' || :person"
"""Events that are about a person (the note that they were asked to slow down) end in the person's name."""
_OF_PERSON = (
    "DELETE FROM conversations WHERE person = :person",
    "DELETE FROM misses WHERE person = :person",
    "DELETE FROM saved WHERE person = :person",
    "DELETE FROM nudges WHERE person = :person",
    f"DELETE FROM events WHERE {_EVENTS}",  # noqa: S608 - a constant
    # What was decided stands, but no longer who did.
    "UPDATE audit SET person = '' WHERE person = :person",
    (
        "UPDATE curations SET person = CASE WHEN person = :person THEN '' ELSE person END,"
        " undone_by = CASE WHEN undone_by = :person THEN '' ELSE undone_by END"
        " WHERE person = :person OR undone_by = :person"
    ),
)
_INSIDE = (
    "({name} = :community OR {name} IN (:channel, :home, :user)"
    " OR substr({name}, 1, length(:channel) + 1) = :channel || ':'"
    " OR substr({name}, 1, length(:home) + 1) = :home || ':'"
    " OR substr({name}, 1, length(:user) + 1) = :user || ':')"
)
"""bot.community_members.is_in, in SQL."""
_OF_COMMUNITY = (
    f"DELETE FROM conversations WHERE {_INSIDE.format(name='place')}",  # noqa: S608
    "DELETE FROM misses WHERE community = :community",
    "DELETE FROM tallies WHERE community = :community",
    "DELETE FROM settings WHERE community = :community",
    "DELETE FROM audit WHERE community = :community",
    f"DELETE FROM saved WHERE {_INSIDE.format(name='person')}",  # noqa: S608
    f"DELETE FROM nudges WHERE {_INSIDE.format(name='person')}",  # noqa: S608
)
_CURATIONS_OF_COMMUNITY = "DELETE FROM curations WHERE community = :community"


class Privacy:
    """The part of bot.community.Community that is each person's right."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def export(self, person: str) -> dict[str, object]:
        """Everything that is kept about a person, as JSON-ready values."""
        try:
            return await self._database.read(lambda connection: _exported(connection, person))
        except Unreachable:
            return {"error": _UNAVAILABLE}

    async def delete(self, person: str) -> int:
        """Delete it; how many records, -1 if it can't be done now."""

        def delete(connection: Connection) -> int:
            return sum([connection.execute(text(sql), {"person": person}).rowcount for sql in _OF_PERSON])

        try:
            return await self._database.transact(delete)
        except Unreachable:
            return -1

    async def delete_community(self, community: str) -> int:
        """Delete everything of a community; how many records, -1 if it can't be done now."""
        platform, _, rest = community.partition(":")
        values = {kind: f"{platform}:{kind}:{rest}" for kind in ("channel", "home", "user")} | {"community": community}

        def delete(connection: Connection) -> int:
            counts = [connection.execute(text(sql), _used(sql, values)).rowcount for sql in _OF_COMMUNITY]
            sql = _CURATIONS_OF_COMMUNITY
            if decisions := connection.execute(text(sql), _used(sql, values)).rowcount:
                connection.execute(RAISE_REVISION)
            return sum(counts) + decisions

        try:
            return await self._database.transact(delete)
        except Unreachable:
            return -1


def _used(sql: str, values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if f":{name}" in sql}


def _exported(connection: Connection, person: str) -> dict[str, object]:
    def rows(sql: str) -> list[RowMapping]:
        return list(connection.execute(text(sql), {"person": person}).mappings())

    saved = rows("SELECT * FROM saved WHERE person = :person ORDER BY since DESC, kind DESC, ident DESC")
    conversations = rows("SELECT * FROM conversations WHERE person = :person ORDER BY at")
    misses = rows("SELECT * FROM misses WHERE person = :person ORDER BY id")
    changes = rows("SELECT * FROM audit WHERE person = :person ORDER BY id")
    decisions = rows("SELECT * FROM curations WHERE person = :person OR undone_by = :person ORDER BY id")
    events = rows(f"SELECT event FROM events WHERE {_EVENTS}")  # noqa: S608 - a constant
    return {
        "person": person,
        "saved": [saved_from(row).model_dump(mode="json") for row in saved],
        "weekly_reminder": bool(rows("SELECT person FROM nudges WHERE person = :person")),
        "conversations": [
            {**{name: row[name] for name in ("platform", "place", "thread", "person")},
             "about": json.loads(row["context"])} for row in conversations
        ],
        "misses": [miss_from(row).model_dump(mode="json") for row in misses],
        "settings_changed": [
            {"at": datetime.fromtimestamp(row["at"], UTC).isoformat(), "community": row["community"],
             "channel": row["channel"], "by": person, "name": row["name"], "before": json.loads(row["before"]),
             "after": json.loads(row["after"])} for row in changes
        ],
        "decisions": [curation_from(row).model_dump(mode="json") for row in decisions],
        "events": [row["event"] for row in events],
    }  # fmt: skip
