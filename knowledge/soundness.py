"""Whether a built knowledge database can be answered from, looked into before a running bot changes to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from knowledge.store import KnowledgeError

_SCHEMA = Path(__file__).with_name("schema.sql")
_NEVER_EMPTY = ("sources", "careers", "names", "places")


def examine(database: Path) -> str:
    """The version of a whole and readable database with this program's tables.

    Raises:
        KnowledgeError: it is missing, damaged, half written, empty, or has other tables; says what to do.
    """
    if not database.exists():
        raise KnowledgeError(f"There is no knowledge database at {database}. Run: careerbot knowledge build")
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            problem = _problem(connection)
            row = None if problem else connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    except sqlite3.Error as error:
        problem, row = str(error), None
    if not problem and not (row and row[0]):
        problem = "it carries no version, so its build did not end"
    if problem:
        text = f"{database} is no usable knowledge database ({problem}). Run: careerbot knowledge build --force"
        raise KnowledgeError(text)
    assert row is not None
    return str(row[0])


def _problem(connection: sqlite3.Connection) -> str:
    """What is wrong with it, "" for nothing."""
    if (state := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        return f"damaged: {' '.join(str(state).split())}"
    with closing(sqlite3.connect(":memory:")) as own:
        own.executescript(_SCHEMA.read_text("utf-8"))
        wanted = _columns(own)
    there = _columns(connection)
    for table, columns in wanted.items():
        if there.get(table) != columns:
            return f"its table {table} is another than this version of the program reads"
    empty = [name for name in _NEVER_EMPTY if not connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()]  # noqa: S608 - our own names
    return f"nothing in {', '.join(empty)}" if empty else ""


def _columns(connection: sqlite3.Connection) -> dict[str, list[str]]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        for (name,) in tables
        if not name.startswith("sqlite_")  # ANALYZE's own
    }
