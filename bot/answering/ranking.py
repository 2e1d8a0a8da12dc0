"""Rankings: careers by a figure, places by a career's pay. What was ranked by is always said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.pay import amount_text, comparable, place_label, remarks
from bot.answering.sections import english_note
from bot.answering.sources import sources_block, wider_group
from bot.answering.titles import after_in, capital, many, one
from bot.desk import Desk
from bot.query import Filters, Query
from bot.reply import Block, Heading, Note, Paragraph, Reply, Result, Suggestion, Table, figures_of
from knowledge.models import Pay, Place, RankedCareer, Source

MOST = 10
_ENOUGH = 3
"""Fewer careers than this are no ranking."""
_KINDS = (
    (re.compile(r"\bcountr(?:y|ies)\b", re.IGNORECASE), ("country",)),
    (re.compile(r"\b(?:states?|provinces?|regions?)\b", re.IGNORECASE), ("state",)),
    (re.compile(r"\b(?:cit(?:y|ies)|towns?|metros?|areas?)\b", re.IGNORECASE), ("city", "metro")),
)
_TITLES = {
    ("pay", "highest"): "Best paid careers",
    ("pay", "lowest"): "Lowest paid careers",
    ("growth", "highest"): "Fastest growing careers",
    ("growth", "lowest"): "Careers that grow least",
    ("openings", "highest"): "Careers with most openings a year",
    ("openings", "lowest"): "Careers with fewest openings",
    ("preparation", "highest"): "Careers that need least preparation",
    ("preparation", "lowest"): "Careers that need least preparation",
}
_HEADS = {"pay": "Median pay", "growth": "Growth", "openings": "Openings a year", "preparation": "Job zone (1 to 5)"}


async def careers_ranked(query: Query, desk: Desk) -> Reply:
    """Careers in order of a figure, within a topic and a place, filtered as asked."""
    limits = query.filters
    place = query.places[0] if query.places else await desk.knowledge.place(desk.home_places[0])
    topic = query.topics[0] if query.topics else None
    # Of preparation the least is asked for, whether as the "least" or as the "best".
    ascending = limits.direction == "lowest" or limits.measure == "preparation"
    found = await desk.knowledge.rank_careers(
        by=limits.measure,
        place_id=place.id,
        topic=topic,
        at_least=limits.at_least,
        at_most=limits.at_most,
        without_degree=limits.without_degree,
        ascending=ascending,
        limit=MOST,
    )
    pays = [entry.pay for entry in found if entry.pay]
    title = await _title(desk, limits, topic, place, pays[0].currency if pays else "")
    if not found:
        return await _no_ranking(query, desk, place, title)
    rows, bars = _career_rows(desk, found, limits.measure)
    blocks: list[Block] = [
        Heading(text=title),
        Table(columns=("#", desk.say("Career"), desk.say(_HEADS[limits.measure])), rows=rows, right=(2,), bars=bars),
    ]
    blocks += [*_computed(desk, query, place, found), *english_note(desk)]
    suggestions = [Suggestion(label=entry.career.title, says=f"What is {one(entry.career)}?") for entry in found[:4]]
    if pays and len(found) < _ENOUGH and (wider := await _country(desk, place)) is not None:
        text = desk.say("So few figures are no ranking; there are more for {place}.", place=after_in(wider.name))
        blocks.insert(1, Paragraph(text=text))
        topical = f"{topic} " if topic else ""
        says = f"Highest paying {topical}careers in {after_in(wider.name)}"
        suggestions.insert(0, Suggestion(label=wider.name, says=says))
    blocks += sources_block(_sources(desk, pays, limits))
    unit = pays[0].currency if pays else found[0].unit
    listed = "; ".join(f"{row[0]}. {row[1]} ({row[2]})" for row in rows[:5])
    return Reply(
        summary=f"{title}: {listed}",
        blocks=tuple(blocks),
        figures=tuple(figure for pay in pays for figure in figures_of(pay) if figure.measure == "median"),
        results=tuple(
            Result(title=entry.career.title, slug=entry.career.slug, value=entry.value, unit=unit) for entry in found
        ),
        suggestions=tuple(suggestions),
    )


def _career_rows(
    desk: Desk, found: Sequence[RankedCareer], measure: str
) -> tuple[tuple[tuple[str, ...], ...], tuple[float, ...]]:
    rows = []
    for number, entry in enumerate(found, 1):
        if entry.pay is not None:
            value = amount_text(desk, entry.pay)
        elif measure == "growth":
            value = f"{'+' if entry.value > 0 else ''}{desk.say.percent(entry.value, 1)}"
        else:
            value = desk.say.number(entry.value)
        rows.append((str(number), entry.career.title, value))
    top = max(abs(entry.value) for entry in found) or 1.0
    return tuple(rows), tuple(min(abs(entry.value) / top, 1.0) for entry in found)


async def _title(desk: Desk, limits: Filters, topic: str | None, place: Place, currency: str) -> str:
    def amount(value: float) -> str:
        return desk.say.money(value, currency) if currency else desk.say.number(value)

    title = desk.say(_TITLES[limits.measure, limits.direction])
    if topic:
        names = {known.id: known.title for known in await desk.knowledge.topics()}
        title = desk.say("{title} in {topic}", title=title, topic=names.get(topic, topic).lower())
    if limits.measure == "pay":
        title = f"{title}, {place.name}"
    if limits.at_least:
        title = desk.say("{title}, from {amount}", title=title, amount=amount(limits.at_least))
    if limits.at_most:
        title = desk.say("{title}, up to {amount}", title=title, amount=amount(limits.at_most))
    return desk.say("{title}, no degree needed", title=title) if limits.without_degree else title


def _computed(desk: Desk, query: Query, place: Place, found: Sequence[RankedCareer]) -> list[Block]:
    """What the order was computed from, and what it leaves out."""
    if query.filters.measure != "pay":
        what = desk.say("Ranked over all occupations in the United States’ statistics.")
    else:
        pay = found[0].pay
        where = place_label(desk, pay) if pay else place.name
        what = desk.say(
            "Ranked by published median pay in {place}; careers without a figure there are left out.",
            place=after_in(where),
        )
    if query.filters.without_degree:
        what += " " + desk.say(
            "“No degree” means that no degree is typical at entry and preparation is medium at most."
        )
    wider = [
        entry.career.title
        for entry in found
        if entry.career.shares_figures
        and query.filters.measure != "preparation"
        and (entry.pay is None or (entry.pay.place.country == "US" and not entry.pay.estimate))
    ]
    if wider:
        what += " " + desk.say(
            "Figures of {careers} are those of the wider official group.", careers=desk.say.join(wider[:4])
        )
    shared = [f"{entry.career.title}: {', '.join(entry.reasons[:3])}" for entry in found if entry.reasons][:3]
    if shared:
        what += " " + desk.say("Careers that share a figure are listed once ({shared}).", shared="; ".join(shared))
    return [Note(text=what)]


def _sources(desk: Desk, pays: Sequence[Pay], limits: Filters) -> list[Source]:
    """Where the order comes from, and what "no degree" was told by: typical entry and job zone."""
    found = [pay.source for pay in pays]
    if limits.measure in ("growth", "openings") or limits.without_degree:
        found.append(desk.knowledge.source_of_outlook())
    if limits.measure == "preparation" or limits.without_degree:
        found.append(desk.knowledge.source_of_skills())
    return found


async def _no_ranking(query: Query, desk: Desk, place: Place, title: str) -> Reply:
    """Says that there is nothing to rank there, and offers what there is."""
    if query.filters.at_least or query.filters.at_most or query.filters.without_degree:
        text = desk.say("No career I have figures for fits that: {title}.", title=title)
    else:
        text = desk.say("I have no pay figures for {place} to rank careers by.", place=after_in(place.name))
    topic = f"{query.topics[0]} " if query.topics else ""
    suggestions = [
        Suggestion(label=desk.say("United States"), says=f"Highest paying {topic}careers in the United States")
    ]
    if place.country != "US" and (home := await _country(desk, place)) is not None:
        says = f"Highest paying {topic}careers in {after_in(home.name)}"
        suggestions.insert(0, Suggestion(label=home.name, says=says))
    suggestions.append(Suggestion(label=desk.say("By growth"), says=f"Fastest growing {topic}careers"))
    return Reply(summary=text, blocks=(Heading(text=title), Paragraph(text=text)), suggestions=tuple(suggestions))


async def _country(desk: Desk, place: Place) -> Place | None:
    """The country around a place, where careers can be ranked by its figures."""
    if not place.country or place.kind == "country":
        return None
    country = await desk.knowledge.place(f"country:{place.country}")
    return country if await desk.knowledge.rank_careers(by="pay", place_id=country.id, limit=1) else None


async def places_ranked(query: Query, desk: Desk) -> Reply:
    """Where a career pays most, within a country or state if one was named; currencies compared at today's rates."""
    career = query.careers[0]
    within = query.places[0] if query.places else None
    kinds = next((kinds for pattern, kinds in _KINDS if pattern.search(query.text)), ())
    lowest = query.filters.direction == "lowest"

    async def ranked(kinds: Sequence[str]) -> list[Pay]:
        pays = await desk.knowledge.pay_ranked(
            career.slug, kinds=kinds, within=within, without={place.id for place in query.excluded_places},
            ascending=lowest, limit=MOST,
        )  # fmt: skip
        known = [(amount, pay) for pay in pays if (amount := comparable(desk, pay))]
        return [pay for _, pay in sorted(known, key=lambda entry: entry[0], reverse=not lowest)]

    ordered = await ranked(kinds or (() if within else ("city", "metro"))) or await ranked(kinds)
    where = desk.say(" in {place}", place=after_in(within.name)) if within else ""
    if not ordered:
        text = desk.say("I have no figures to rank places{where} for {careers}.", where=where, careers=many(career))
        says = f"What do {many(career)} earn?"
        return Reply(
            summary=text,
            blocks=(Heading(text=career.title), Paragraph(text=text)),
            suggestions=(Suggestion(label=desk.say("Pay"), says=says),),
        )
    top = ordered[:MOST]
    mixed = len({pay.currency for pay in top}) > 1
    values = [(comparable(desk, pay) if mixed else pay.yearly) or 0.0 for pay in top]
    word = desk.say("least") if query.filters.direction == "lowest" else desk.say("most")
    title = desk.say("Where {careers} earn {most}{where}", careers=many(career), most=word, where=where)
    rows = tuple((str(at), place_label(desk, pay), amount_text(desk, pay)) for at, pay in enumerate(top, 1))
    blocks: list[Block] = [
        Heading(text=title),
        Table(
            columns=("#", desk.say("Place"), desk.say("Median")),
            rows=rows,
            right=(2,),
            bars=tuple(value / max(values) for value in values),
        ),
    ]
    basis = desk.say("Ranked by published medians; cost of living is not in them.")
    if mixed:
        basis += " " + desk.say("Currencies compared at the European Central Bank’s latest reference rates.")
    blocks += [Note(text=basis), *wider_group(desk, career), *remarks(desk, top), *sources_block(p.source for p in top)]
    return Reply(
        summary=f"{title}: " + "; ".join(f"{row[0]}. {row[1]} ({row[2]})" for row in rows[:5]),
        blocks=tuple(blocks),
        figures=tuple(figure for pay in top for figure in figures_of(pay) if figure.measure == "median"),
        results=tuple(Result(title=pay.place.name, value=pay.median, unit=pay.currency) for pay in top),
        suggestions=(
            *(
                Suggestion(label=pay.place.name, says=f"What do {many(career)} earn in {after_in(pay.place.name)}?")
                for pay in top[:3]
            ),
            Suggestion(label=capital(many(career)), says=f"What is {one(career)}?"),
        ),
    )
