"""Which content files there are: several folders seen as one, later ones first in line for a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.tables import TABLES, read_table


@dataclass(frozen=True, slots=True)
class ContentFiles:
    """The content folders, the packaged one first."""

    folders: tuple[Path, ...]

    def careers(self) -> list[Path]:
        """The career files; a later folder's file of the same name replaces an earlier one."""
        found = {path.name: path for folder in self.folders for path in sorted((folder / "careers").glob("*.md"))}
        return [found[name] for name in sorted(found)]

    def table_files(self, table: str) -> list[Path]:
        """The files of a reference table ("pay" → pay-oews-2025.tsv.gz, …)."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for path in sorted((folder / "reference").glob(f"{table}*.tsv.gz")):
                if path.name.split(".")[0].split("-")[0] == table:
                    found[path.name] = path
        return [found[name] for name in sorted(found)]

    def rows(self, table: str) -> Iterator[list[str]]:
        """The rows of all files of a reference table."""
        for path in self.table_files(table):
            yield from read_table(path, TABLES[table])

    def named(self, name: str) -> list[Path]:
        """A hand-written table in every folder that has one."""
        return [path for folder in self.folders if (path := folder / name).exists()]


def small_table(files: ContentFiles, name: str) -> Iterator[list[str]]:
    """Rows of a hand-written tab-separated table (header line, # comments), padded to the header's width."""
    for _, cells in placed_rows(files, name):
        yield cells


def placed_rows(files: ContentFiles, name: str) -> Iterator[tuple[str, list[str]]]:
    """The same rows, each with where it stands ("content/aliases.tsv:12")."""
    for path in files.named(name):
        lines = path.read_text("utf-8").splitlines()
        width = lines[0].count("\t") + 1 if lines else 0
        for number, line in enumerate(lines[1:], 2):
            if line.strip() and not line.startswith("#"):
                cells = line.split("\t")
                yield f"{path}:{number}", [cell.strip() for cell in cells + [""] * (width - len(cells))]
