"""Salary answers by what was asked: one place, several, or none (the best known first)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.answering.pay import (
    amount_text,
    bars,
    converted,
    percentiles,
    place_label,
    remarks,
    sample_text,
)
from bot.answering.sources import dated, quoted, sources_block, wider_group
from bot.answering.titles import after_in, capital, many
from bot.desk import Desk
from bot.query import Query
from bot.reply import Block, Bullet, Bullets, Fact, Facts, Heading, Note, Paragraph, Suggestion, Table
from knowledge.models import Career, Pay, Place

MOST_PAGE_CITIES, MOST_COUNTRIES, MOST_AREAS = 6, 3, 4
PAGE_ROWS = 25


@dataclass(slots=True)
class Salaries:
    """The parts of a salary answer as they come together."""

    blocks: list[Block] = field(default_factory=list)
    shown: list[Pay] = field(default_factory=list)
    gists: list[str] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    rate_day: date | None = None

    def close(self, desk: Desk, careers: Sequence[Career], currency: str | None) -> None:
        """Remarks, the rate's date, the wider group and the sources: what every salary answer ends with."""
        if self.rate_day is not None and currency:
            text = desk.say(
                "Converted at the European Central Bank’s reference rates of {day}; the original figure counts.",
                day=desk.say.date(self.rate_day),
            )
            self.blocks.append(Note(text=text))
        if not self.shown:
            return
        official = any(not pay.estimate and pay.place.country == "US" for pay in self.shown)
        for career in careers if official else ():
            self.blocks += wider_group(desk, career)
        self.blocks += remarks(desk, self.shown)
        self.blocks += sources_block(pay.source for pay in self.shown)


async def in_place(answer: Salaries, desk: Desk, career: Career, place: Place, currency: str | None) -> None:
    """One career in one place: every source's figure with its spread, or what there is instead."""
    pays = await desk.knowledge.pay(career.slug, place.id)
    if not pays:
        await _nothing(answer, desk, career, place, currency)
        return
    answer.blocks.append(
        Heading(text=desk.say("{title} in {place}", title=career.title, place=after_in(place_label(desk, pays[0]))))
    )
    for pay in pays:
        other, day = converted(desk, pay, currency)
        answer.rate_day = answer.rate_day or day
        measure = desk.say("median") if pay.median is not None else desk.say("mean")
        amount = f"{amount_text(desk, pay)} ({other})" if other else amount_text(desk, pay)
        behind = ", ".join(part for part in (sample_text(desk, pay), dated(pay.source)) if part)
        facts = (Fact(label=capital(measure), value=amount), Fact(label=desk.say("From"), value=behind))
        answer.blocks.append(Facts(items=facts))
        answer.blocks += percentiles(desk, pay)
        answer.shown.append(pay)
    answer.gists.append(gist(desk, career, pays[0], converted(desk, pays[0], currency)[0]))


def gist(desk: Desk, career: Career, pay: Pay, other: str = "") -> str:
    """One quotable sentence: "Backend engineers in London earn £95,000 a year at the median (…, 2024)."."""
    return desk.say(
        "{careers} in {place} earn {amount}{other} at the {measure} {source}.",
        careers=capital(many(career)),
        place=after_in(place_label(desk, pay)),
        amount=amount_text(desk, pay),
        other=f" ({other})" if other else "",
        source=quoted(pay.source),
        measure=desk.say("median" if pay.median is not None else "mean"),
    )


async def _nothing(answer: Salaries, desk: Desk, career: Career, place: Place, currency: str | None) -> None:
    """Says that there is no figure for the place, and names what there is near it, else elsewhere."""
    text = desk.say("I have no figure for {careers} in {place}.", careers=many(career), place=after_in(place.name))
    answer.gists.append(text)
    answer.blocks += [
        Heading(text=desk.say("{title} in {place}", title=career.title, place=after_in(place.name))),
        Paragraph(text=text),
    ]
    nearby = await desk.knowledge.pay_nearby(career.slug, place.id)
    if not nearby:
        answer.suggestions.append(everything(desk, career))
        return
    items: list[Bullet] = []
    for pay in nearby:
        other, day = converted(desk, pay, currency)
        answer.rate_day = answer.rate_day or day
        text = f"{amount_text(desk, pay)} ({other})" if other else amount_text(desk, pay)
        items.append(Bullet(lead=place_label(desk, pay), text=text))
    at_home = any(pay.place.country == place.country for pay in nearby)
    near, far = desk.say("The nearest figures that are published:"), desk.say("Other countries’ figures are published:")
    answer.blocks += [Paragraph(text=near if at_home else far), Bullets(items=tuple(items))]
    answer.shown += nearby
    answer.suggestions += [
        Suggestion(label=pay.place.name, says=f"What do {many(career)} earn in {after_in(pay.place.name)}?")
        for pay in nearby[:2]
    ]


async def several(
    answer: Salaries, desk: Desk, careers: Sequence[Career], places: Sequence[Place], currency: str | None
) -> None:
    """Several careers or places in one table; what has no figure is named under it."""
    pairs: list[tuple[Career, Pay]] = []
    missing: list[str] = []
    for career in careers:
        for place in places:
            found = await desk.knowledge.pay(career.slug, place.id)
            if found:
                pairs.append((career, found[0]))
            else:
                missing.append(desk.say("{careers} in {place}", careers=many(career), place=after_in(place.name)))
    if pairs:
        titles = desk.say.join([career.title for career in careers])
        answer.blocks.append(Heading(text=desk.say("{title}: pay by place", title=titles)))
        answer.blocks.append(table(answer, desk, pairs, currency, named=len(careers) > 1))
        answer.gists += [gist(desk, career, pay) for career, pay in pairs[:3]]
        answer.shown += [pay for _, pay in pairs]
    if missing:
        text = desk.say("I have no figure for {missing}.", missing=desk.say.join(missing, "or"))
        answer.blocks.append(Paragraph(text=text))
        answer.gists.append(text)
        answer.suggestions.append(everything(desk, careers[0]))


def table(
    answer: Salaries, desk: Desk, pairs: Sequence[tuple[Career, Pay]], currency: str | None, *, named: bool
) -> Table:
    """Rows of place and amount, with the conversion where one was asked for."""
    rows: list[tuple[str, ...]] = []
    times = Counter((career.slug, pay.place.id) for career, pay in pairs)
    for career, pay in pairs:
        other, day = converted(desk, pay, currency)
        answer.rate_day = answer.rate_day or day
        cells = [career.title] if named else []
        by = f" ({pay.source.publisher})" if times[career.slug, pay.place.id] > 1 else ""
        cells += [place_label(desk, pay) + by, amount_text(desk, pay)]
        rows.append((*cells, other) if currency else tuple(cells))
    heads = [desk.say("Career")] if named else []
    heads += [desk.say("Place"), desk.say("Median")]
    if currency:
        heads.append(desk.say("in {currency}", currency=currency))
    numbers = tuple(range(2 if named else 1, len(heads)))
    return Table(columns=tuple(heads), rows=tuple(rows), right=numbers, bars=bars(desk, [pay for _, pay in pairs]))


async def best_known(answer: Salaries, desk: Desk, career: Career, query: Query) -> None:
    """No place was named: the best-known cities and countries first, or everything, a page at a time."""
    excluded = {place.id for place in query.excluded_places}
    total = await desk.knowledge.pay_count(career.slug)
    if query.show_all:
        start = (query.page - 1) * PAGE_ROWS
        found = await desk.knowledge.pay_everywhere(career.slug, limit=PAGE_ROWS, offset=start)
    else:
        found = await desk.knowledge.pay_everywhere(career.slug, kinds="city country")
        found += await desk.knowledge.pay_everywhere(career.slug, kinds="metro", limit=MOST_AREAS)
    found = [pay for pay in found if not excluded.intersection((pay.place.id, *pay.place.areas))]
    if not found:
        text = desk.say("No source I have publishes pay for {careers}.", careers=many(career))
        answer.blocks += [Heading(text=career.title), Paragraph(text=text)]
        answer.gists.append(text)
        return
    if query.show_all:
        part = found
        heading = desk.say(
            "All salaries: {title} ({first}–{last} of {total})",
            title=career.title, first=start + 1, last=start + len(part), total=total,
        )  # fmt: skip
        if start + PAGE_ROWS < total:
            says = f"See all salaries for {many(career)}, page {query.page + 1}"
            answer.suggestions.append(Suggestion(label=desk.say("Next page"), says=says))
    else:
        part = leading(found, desk.default_country)
        heading = desk.say("What {careers} earn", careers=many(career))
        if total > len(part):
            answer.suggestions.append(everything(desk, career))
    answer.blocks.append(Heading(text=heading))
    answer.blocks.append(table(answer, desk, [(career, pay) for pay in part], query.currency, named=False))
    answer.gists.append(gist(desk, career, part[0]))
    answer.shown += part


def leading(found: Sequence[Pay], default_country: str) -> list[Pay]:
    """The short list: a career page's cities; else the community's country, other countries, the largest areas."""
    seen: set[tuple[str, str]] = set()
    cities = [pay for pay in found if pay.place.kind == "city" and pay.estimate][:MOST_PAGE_CITIES]
    if cities:
        return cities
    countries: list[Pay] = []
    for pay in sorted(found, key=lambda pay: pay.place.country != default_country):
        key = (pay.place.id, pay.source.id)
        if pay.place.kind == "country" and pay.place.id not in {p.place.id for p in countries} and key not in seen:
            seen.add(key)
            countries.append(pay)
    areas = [pay for pay in found if pay.place.kind in ("metro", "city")][:MOST_AREAS]
    return countries[:MOST_COUNTRIES] + areas or list(found[:MOST_PAGE_CITIES])


def everything(desk: Desk, career: Career) -> Suggestion:
    """Asks for all figures of a career."""
    return Suggestion(label=desk.say("See all salaries"), says=f"See all salaries for {many(career)}")
