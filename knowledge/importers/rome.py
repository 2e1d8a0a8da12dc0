"""France Travail: yearly pay by ROME code.

Reads one CSV (gzipped or not), a row a ROME code. Its column is called `salaire_median_annuel`, but what stands in it
is twelve times the indicator SAL3, which France Travail names "salaire moyen" beside those of beginners and of
experienced people. So it is kept as a mean, and no median is claimed. The indicator is published by occupation family
(FAP): codes of one family share a figure, and a code that spans several families has their plain average. The file
gives neither the year of the wages nor a count.

Where several rows share a code, one is kept if they agree on the amount; if they differ, none is, since nothing says
which of them is the code's.
"""

from __future__ import annotations

import re
from pathlib import Path

from knowledge.importers.base import Importer, Progress, Report, Tables, number, read_csv
from knowledge.importers.foreign_pay import add_joins, counted_as, the_file
from knowledge.models import Source

SOURCE = Source(
    id="rome-2026",
    title="Pay by ROME 4.0 code, labour market API",
    publisher="France Travail",
    licence="Licence Ouverte",
    as_of="read in March 2026",
    note="Average pay by occupation family; the year of the wages is not stated.",
)
_PAY = "salaire_median_annuel"
_COLUMNS = ("title", "code_rome", _PAY)
_CODE = re.compile(r"[A-Z]\d{4}")
_REMARK = "an average, not a median, of the wider occupation family"


def read(path: Path, report: Report, progress: Progress) -> Tables:
    """One pay row a ROME code, and the joins of the codes."""
    file = the_file(path, "*_fr*.csv*", IMPORTER.help)
    found: dict[str, list[tuple[int, str, float]]] = {}
    for line, row in read_csv(file, _COLUMNS):
        report.read += 1
        code, amount = row["code_rome"], number(row[_PAY])
        if not _CODE.fullmatch(code):
            report.skip(file.name, line, f"{code!r} is no ROME code")
        elif amount is None:
            report.skip(file.name, line, "no pay published")
        else:
            found.setdefault(code, []).append((line, row["title"], amount))
    tables = Tables()
    published: list[str] = []
    for code, rows in found.items():
        if len({amount for _, _, amount in rows}) > 1:
            for line, _, _ in rows:
                report.skip(file.name, line, f"{code} stands there with different amounts")
            continue
        for line, _, _ in rows[1:]:
            report.skip(file.name, line, f"{code} stands there twice")
        _, title, amount = rows[0]
        note = counted_as(title, "ROME", code, _REMARK)
        tables.add(f"pay-{SOURCE.id}", (f"fr:{code}", "country:FR", SOURCE.id, "EUR", "year", None, amount, None, None,
                                        None, None, None, None, 0, note))  # fmt: skip
        published.append(code)
    add_joins(tables, SOURCE, "fr", published)
    progress("Reading pay of France", 1, 1)
    return tables


IMPORTER = Importer(
    name="rome",
    help="Give the table of ROME occupations as CSV (title, code_rome, salaire_median_annuel, …).",
    sources=(SOURCE,),
    read=read,
)
