"""Comparing careers: one table of figures, then what their skills share and what sets them apart."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.pay import amount_text, comparable, remarks
from bot.answering.salaries import Salaries, several
from bot.answering.sections import english_note
from bot.answering.sources import sources_block, wider_group
from bot.answering.titles import after_in, capital, many, one
from bot.desk import Desk
from bot.query import Query
from bot.reply import Block, Bullet, Bullets, Figure, Heading, Note, Paragraph, Reply, Suggestion, Table, figures_of
from knowledge.knowledge import UNITED_STATES
from knowledge.models import Career, Pay, Place, Source

_MOST_SKILLS = 5
_CLEARLY_MORE = 1.02
"""Within two percent nobody earns more: published medians are rounded and sampled."""


async def comparison(query: Query, desk: Desk) -> Reply:
    """Two to four careers side by side."""
    careers = query.careers[:4]
    places = list(query.places[:2]) or [await desk.knowledge.place(desk.home_places[0])]
    rows: list[tuple[str, ...]] = []
    shown: list[Pay] = []
    gists: list[str] = []
    for place in places:
        pays = [await _first(desk, career, place) for career in careers]
        amounts = [amount_text(desk, pay) if pay else desk.say("no figure") for pay in pays]
        rows.append((desk.say("Median pay, {place}", place=place.name), *amounts))
        shown += [pay for pay in pays if pay]
        gists.append(_verdict(desk, careers, pays, place))
    figures: list[Figure] = [figure for pay in shown for figure in figures_of(pay) if figure.measure == "median"]
    sources = [pay.source for pay in shown]
    more, also = await _facts(desk, careers)
    rows += more
    sources += also
    skills, compared = await _skills(desk, careers)
    if compared or any(career.job_zone for career in careers):
        sources.append(desk.knowledge.source_of_skills())
    blocks: list[Block] = [
        Heading(text=desk.say.join([career.title for career in careers])),
        *(Paragraph(text=text) for text in gists if text),
        Table(columns=("", *(career.title for career in careers)), rows=tuple(rows)),
        *skills,
        *_same_group(desk, careers),
    ]
    if shown:
        blocks += remarks(desk, shown)
    if compared:
        basis = desk.say("Computed from published figures and from the weights of each career’s skills.")
        blocks.append(Note(text=basis))
    blocks += english_note(desk)
    blocks += sources_block(sources)
    return Reply(
        summary=" ".join(text for text in gists if text) or desk.say.join([career.title for career in careers]),
        blocks=tuple(blocks),
        figures=tuple(figures),
        suggestions=_next(desk, careers),
    )


async def compare_places(query: Query, desk: Desk) -> Reply:
    """One career in several places."""
    parts = Salaries()
    await several(parts, desk, query.careers[:1], query.places[:6], query.currency)
    ordered = sorted(parts.shown, key=lambda pay: -(comparable(desk, pay) or 0))
    if len(ordered) > 1 and (top := comparable(desk, ordered[0])) and (low := comparable(desk, ordered[1])):
        words: dict[str, str | int] = {
            "place": after_in(ordered[0].place.name), "other": after_in(ordered[1].place.name),
            "share": desk.say.percent((top / low - 1) * 100),
        }  # fmt: skip
        if ordered[0].currency == ordered[1].currency:
            text = desk.say("It pays more in {place}: {share} more than in {other}, before cost of living.", **words)
        else:
            text = desk.say(
                "It pays more in {place}: {share} more than in {other} at today’s exchange rates, before cost of "
                "living.", **words
            )  # fmt: skip
        parts.blocks.insert(1, Paragraph(text=text))
        parts.gists.insert(0, text)
    parts.close(desk, query.careers[:1], query.currency)
    return Reply(
        summary=" ".join(parts.gists),
        blocks=tuple(parts.blocks),
        suggestions=tuple(parts.suggestions[:5]),
        figures=tuple(figure for pay in parts.shown for figure in figures_of(pay)),
    )


async def _first(desk: Desk, career: Career, place: Place) -> Pay | None:
    found = await desk.knowledge.pay(career.slug, place.id)
    return found[0] if found else None


def _verdict(desk: Desk, careers: Sequence[Career], pays: Sequence[Pay | None], place: Place) -> str:
    """Who earns more there, where the figures can tell."""
    known = [
        (career, pay, amount)
        for career, pay in zip(careers, pays, strict=True)
        if pay and (amount := comparable(desk, pay))
    ]
    known.sort(key=lambda entry: -entry[2])
    if len(known) < 2:
        return ""
    (first, pay, top), (second, other, low) = known[0], known[1]
    if pay.source == other.source and top == low and _counted(first) == _counted(second):
        return ""
    if top < low * _CLEARLY_MORE:
        return desk.say(
            "In {place}, {first} and {second} earn about the same.",
            place=after_in(place.name),
            first=many(first),
            second=many(second),
        )
    return desk.say(
        "In {place}, {first} earn more than {second}: {amount} against {other} at the median.",
        place=after_in(place.name),
        first=many(first),
        second=many(second),
        amount=amount_text(desk, pay),
        other=amount_text(desk, other),
    )


async def _facts(desk: Desk, careers: Sequence[Career]) -> tuple[list[tuple[str, ...]], list[Source]]:
    """Growth, openings, way in and preparation as rows; a row that nobody has a value for is left out."""
    sources: list[Source] = []
    growth, openings, entry, zones = [], [], [], []
    for career in careers:
        row = next((row for row in await desk.knowledge.outlook(career.slug) if row.place.id == UNITED_STATES), None)
        growth.append(desk.say.percent(row.growth_percent, 1) if row and row.growth_percent is not None else "")
        openings.append(desk.say.number(row.openings_per_year) if row and row.openings_per_year else "")
        facts = await desk.knowledge.education(career.slug)
        entry.append(facts.typical_entry)
        zones.append(desk.say("zone {zone} of 5", zone=career.job_zone) if career.job_zone else "")
        sources += [*([row.source] if row else []), *facts.sources[:1]]
    labelled = (
        (desk.say("Job growth, United States"), growth),
        (desk.say("Openings a year, United States"), openings),
        (desk.say("Usual way in"), entry),
        (desk.say("Preparation"), zones),
    )
    return [(label, *(value or "–" for value in values)) for label, values in labelled if any(values)], sources


async def _skills(desk: Desk, careers: Sequence[Career]) -> tuple[list[Block], bool]:
    """What the first two share and what each asks for that the other doesn't; and whether ratings tell."""
    first, second = careers[0], careers[1]
    there = await desk.knowledge.overlap(first.slug, second.slug)
    if not there.compared:
        return [Paragraph(text=not_compared(desk, first, second))], False
    back = await desk.knowledge.overlap(second.slug, first.slug)
    items = [
        Bullet(
            lead=desk.say("Skills in common: {percent}", percent=desk.say.percent(there.score * 100)),
            text=desk.say.join([skill.name for skill in there.shared[:_MOST_SKILLS]]),
        )
    ]
    for career, overlap in ((first, back), (second, there)):
        if overlap.missing:
            names = desk.say.join([skill.name for skill in overlap.missing[:_MOST_SKILLS]])
            items.append(Bullet(lead=desk.say("More weight for {one}", one=one(career)), text=names))
    return [Bullets(items=tuple(items))], True


def _counted(career: Career) -> str:
    """The code that its official figures are published under."""
    return career.figures_code or career.soc[:7]


def not_compared(desk: Desk, first: Career, second: Career) -> str:
    """Says that nobody has rated the skills of one of the two."""
    return desk.say(
        "There are no ratings of skills to compare {first} and {second} by.", first=many(first), second=many(second)
    )


def _same_group(desk: Desk, careers: Sequence[Career]) -> list[Block]:
    """Where official statistics can't tell the careers apart, that is said once; else each wider group is named."""
    groups = {_counted(career) for career in careers if career.soc}
    if len(groups) == 1 and len(careers) > 1:
        text = desk.say(
            "Statistics count these careers in one group, “{group}”, so official figures can’t tell them apart.",
            group=careers[0].soc_title,
        )
        return [Note(text=text)]
    return [block for career in careers for block in wider_group(desk, career)]


def _next(desk: Desk, careers: Sequence[Career]) -> tuple[Suggestion, ...]:
    first, second = careers[0], careers[1]
    return (
        Suggestion(label=desk.say("From one to the other"), says=f"How do I go from {first.title} to {second.title}?"),
        *(Suggestion(label=capital(many(career)), says=f"What is {one(career)}?") for career in careers[:3]),
    )
