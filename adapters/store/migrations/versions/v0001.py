"""The first version of the community database.

Times are seconds since 1970. Lists and values are JSON text, read and written by the program alone. A person stands
only where it must: what was asked and answered is counted without anybody's name.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "conversations",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("platform", "place", "thread", "person")),
        sa.Column("context", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False, index=True),
        sa.Index("conversations_person", "person"),
    )
    op.create_table(
        "settings",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("community", "channel", "name")),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("at", sa.Double, nullable=False, index=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("community", "channel", "person", "name")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("before", "after")),
        sa.Index("audit_community", "community"),
        sa.Index("audit_person", "person"),
    )
    op.create_table(
        "events",
        sa.Column("event", sa.Text, primary_key=True),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("until", sa.Double, nullable=False),
        sa.Column("at", sa.Double, nullable=False, index=True),
    )
    op.create_table(
        "tallies",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("week", "community", "kind", "name")),
        sa.Column("count", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "curations",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("at", sa.Double, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("action", "community", "text", "key", "target", "says", "intent", "careers", "person")
        ),
        sa.Column("undone", sa.Double),
        sa.Column("undone_by", sa.Text, nullable=False, server_default=""),
        sa.Index(
            "curations_in_force", "action", "community", "key", unique=True,
            sqlite_where=sa.text("undone IS NULL AND action <> 'dismissal'"),
            postgresql_where=sa.text("undone IS NULL AND action <> 'dismissal'"),
        ),
    )  # fmt: skip
    op.create_table(
        "misses",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("at", sa.Double, nullable=False, index=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("community", "person", "kind", "text", "comment", "intent", "careers")
        ),
        sa.Column("curation", _NUMBER, sa.ForeignKey("curations.id", ondelete="SET NULL"), index=True),
        sa.Index("misses_person", "person"),
        sa.Index("misses_community", "community"),
    )
    op.create_table(
        "saved",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("person", "kind", "ident")),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("done", sa.Text, nullable=False),
        sa.Column("steps", sa.Integer, nullable=False),
        sa.Column("since", sa.Double, nullable=False),
    )
    op.create_table(
        "nudges",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("last", sa.Double, nullable=False, index=True),
    )
    op.create_table("jobs", sa.Column("name", sa.Text, primary_key=True), sa.Column("at", sa.Double, nullable=False))
    op.create_table(
        "revisions", sa.Column("name", sa.Text, primary_key=True), sa.Column("number", sa.BigInteger, nullable=False)
    )
    op.execute("INSERT INTO revisions VALUES ('curations', 0)")
