"""What the bot answers, independent of any platform.

A `Reply` is a closed union of blocks. Every string in it is plain text: renderers escape it for their platform,
so nothing that a person typed or that was imported can mark up, mention or link. Renderers `match` on `Block` and
end in `typing.assert_never`, so a new block without a rendering doesn't type-check.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.models import Pay


class Part(BaseModel):
    """A frozen piece of a reply."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Heading(Part):
    """A title; level 1 opens an answer, level 2 a part of it."""

    kind: Literal["heading"] = "heading"
    text: str
    level: Literal[1, 2] = 1


class Paragraph(Part):
    """Running text. `english` marks the knowledge's own text when the reply is in another language."""

    kind: Literal["paragraph"] = "paragraph"
    text: str


class Fact(Part):
    """A label and its value ("Median", "£95,000 a year")."""

    label: str
    value: str


class Facts(Part):
    """A few labelled values."""

    kind: Literal["facts"] = "facts"
    items: tuple[Fact, ...]


class Bullet(Part):
    """A list item with an optional lead that is shown bold."""

    text: str
    lead: str = ""


class Bullets(Part):
    """A list; `ordered` numbers it."""

    kind: Literal["bullets"] = "bullets"
    items: tuple[Bullet, ...]
    ordered: bool = False


class Table(Part):
    """Columns and rows of text; the columns listed in `right` (indexes) hold numbers.

    `bars`, where given, holds one value from 0 to 1 a row: drawn as a bar behind or beside the row.
    """

    kind: Literal["table"] = "table"
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    bars: tuple[float, ...] = ()


class Point(Part):
    """One bar of a chart: `label` as shown, `value` in the chart's unit, `shown` as people write it."""

    label: str
    value: float
    shown: str


class Chart(Part):
    """A horizontal bar chart; `title` doubles as its alternative text."""

    kind: Literal["chart"] = "chart"
    title: str
    points: tuple[Point, ...]


class Link(Part):
    """A link to a course, a book or a source.

    Attributes:
        relevance: 0 to 1, drawn as a bar; None where it makes no sense.
        detail: e.g. provider, language, "free".
        reason: e.g. "covers SQL, API design".
    """

    title: str
    url: str
    detail: str = ""
    reason: str = ""
    relevance: float | None = None


class Links(Part):
    """Links, most relevant first."""

    kind: Literal["links"] = "links"
    items: tuple[Link, ...]


class Note(Part):
    """A remark in small print: an estimate, a limitation, a date."""

    kind: Literal["note"] = "note"
    text: str


class Disclosure(Part):
    """That links may earn a commission; shown wherever an affiliate link stands."""

    kind: Literal["disclosure"] = "disclosure"
    text: str


class SourceLine(Part):
    """One source as shown under an answer."""

    title: str
    publisher: str
    as_of: str
    url: str = ""


class Sources(Part):
    """Where the figures of this answer come from; `label` is the word before each, in the reply's language."""

    kind: Literal["sources"] = "sources"
    items: tuple[SourceLine, ...]
    label: str = Field("Source", exclude=True)


Block = Annotated[
    Heading | Paragraph | Facts | Bullets | Table | Chart | Links | Note | Disclosure | Sources,
    Field(discriminator="kind"),
]


class Suggestion(Part):
    """A question that may be asked next: pressing it is the same as typing `says`."""

    label: str
    says: str


class Result(Part):
    """Something that the answer came up with: a career or place, and the number it was ordered by."""

    title: str
    slug: str = ""
    value: float | None = None
    unit: str = ""


class Figure(Part):
    """A figure that the answer states, as the machine-readable answer carries it."""

    career: str
    place: str
    measure: str
    amount: float
    currency: str = ""
    period: str = ""
    source: str
    as_of: str


class Reply(Part):
    """One answer.

    Attributes:
        summary: The answer in one or two quotable sentences, source included: what "share" gives.
        blocks: What is shown, in order.
        suggestions: What may be asked next (at most five).
        figures, results: The same for machines.
    """

    summary: str
    blocks: tuple[Block, ...]
    suggestions: tuple[Suggestion, ...] = ()
    figures: tuple[Figure, ...] = ()
    results: tuple[Result, ...] = ()


def figures_of(pay: Pay) -> tuple[Figure, ...]:
    """The published measures of one pay row, median first."""
    measures = ("median", "mean", "p10", "p25", "p75", "p90")
    return tuple(
        Figure(
            career=pay.career,
            place=pay.place.name,
            measure=measure,
            amount=amount,
            currency=pay.currency,
            period=pay.period,
            source=pay.source.id,
            as_of=pay.source.as_of,
        )
        for measure in measures
        if (amount := getattr(pay, measure)) is not None
    )
