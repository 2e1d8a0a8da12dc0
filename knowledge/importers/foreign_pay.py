"""What the pay importers outside the United States share: the file, its edition, what a row counts, who reads it.

Which career reads which code is written by hand in `content/joins.tsv` (source, code, career, note), because no source
publishes a crosswalk from its own codes to O*NET-SOC and titles alone mislead. A career there is an O*NET-SOC code, or
a slug where a profile reads another code than the occupation it belongs to; the code `-` is a rejection: that slug
reads nothing from the source, though its occupation does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from knowledge.importers.base import SourceError, Tables
from knowledge.models import Source

JOINS = Path(__file__).parents[1] / "content" / "joins.tsv"
_COLUMNS = ["source", "code", "career", "note"]
_NOTHING = "-"


def the_file(path: Path, pattern: str, needs: str) -> Path:
    """The path itself, or the one file of a folder that fits the pattern; SourceError says what the importer needs."""
    if not path.is_dir():
        return path
    found = sorted(path.glob(pattern))
    if not found:
        raise SourceError(f"{path} holds no {pattern}. {needs}")
    if len(found) > 1:
        raise SourceError(f"{path} holds {len(found)} files like {pattern}; give one of them, e.g. {found[-1]}.")
    return found[0]


def check_edition(file: str, found: str, source: Source, expected: str) -> None:
    """Raise SourceError where a file holds another year than the source entry names, so that no date is false."""
    if found != expected:
        raise SourceError(
            f"{file} holds figures of {found or 'no stated year'}, this importer cites {expected} ({source.title}). "
            "For a new release give its source entry a new id and date, in the importer and in content/sources.tsv."
        )


def counted_as(title: str, scheme: str, code: str, *remarks: str) -> str:
    """The note of a pay row: whose pay it is, in the source's own title, e.g. “Dentists” (NOC 2021 31110)."""
    return ", ".join([f"“{' '.join(title.split())}” ({scheme} {code})", *remarks])


def add_joins(tables: Tables, source: Source, scheme: str, published: Collection[str], joins: Path = JOINS) -> None:
    """Rows of `pay_codes` for one scheme ("uk", "sg", …).

    Args:
        tables: Where the rows go, as the file "pay_codes-<source id>".
        source: The source that is imported.
        scheme: The prefix of its codes, which is also its name in the joins table.
        published: The codes, without prefix, that have a pay row in this import.
        joins: The table of joins.

    A code without a row joins nothing: for an O*NET-SOC code it is left out, for a slug it counts as a rejection, so
    that the slug doesn't fall back to a code that was judged not to fit.
    """
    for name, code, career in read_joins(joins):
        if name != scheme:
            continue
        if code in published:
            tables.add(f"pay_codes-{source.id}", (career, f"{scheme}:{code}"))
        elif not career[:1].isdigit():
            tables.add(f"pay_codes-{source.id}", (career, f"{scheme}:"))


def read_joins(path: Path = JOINS) -> Iterator[tuple[str, str, str]]:
    """(source, code, career) of each join; the code "-" is a rejection. SourceError for a broken line."""
    lines = path.read_text("utf-8").splitlines()
    if not lines or lines[0].split("\t") != _COLUMNS:
        raise SourceError(f"{path}:1: the columns must be {', '.join(_COLUMNS)}, separated by tabs.")
    seen: set[tuple[str, str]] = set()
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != len(_COLUMNS) or not all(cells[:3]):
            raise SourceError(
                f"{path}:{number}: a join needs a source, a code, a career and a note, separated by tabs."
            )
        name, code, career, _ = cells
        if (name, career) in seen:
            raise SourceError(f"{path}:{number}: {career} reads two codes of {name!r}; keep the one that fits better.")
        if code == _NOTHING and career[:1].isdigit():
            raise SourceError(f"{path}:{number}: only a slug can be rejected; leave the line of {career} out.")
        seen.add((name, career))
        yield name, code, career
