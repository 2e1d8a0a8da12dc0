"""The small invented knowledge base of tests/world, built into a folder of the test run.

Its tables stand there as plain text, so that a test's expectations can be read beside them; building packs them into
the format of the real ones.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from knowledge.tables import TABLES, table_bytes

WORLD = Path(__file__).parent / "world"


def packed_world(folder: Path) -> Path:
    """A content folder made from tests/world; tables that it lacks are left out."""
    shutil.copytree(WORLD / "careers", folder / "careers")
    (folder / "reference").mkdir()
    for path in sorted(WORLD.glob("*.tsv")):
        shutil.copy(path, folder)
    for path in sorted((WORLD / "reference").glob("*.tsv")):
        table = path.stem.split("-")[0]
        header, *rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
        assert tuple(header) == TABLES[table], f"{path}: columns are {header}"
        (folder / "reference" / f"{path.stem}.tsv.gz").write_bytes(table_bytes(TABLES[table], rows))
    return folder
