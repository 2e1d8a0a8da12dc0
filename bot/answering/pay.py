"""Pay in words and tables: which place a figure is for, its percentiles, its conversion and its remarks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.desk import Desk
from bot.reply import Block, Note, Table
from knowledge.models import Pay

_MEASURES = (
    ("p10", "10% earn less than"),
    ("p25", "a quarter earn less than"),
    ("median", "half earn less than (median)"),
    ("p75", "a quarter earn more than"),
    ("p90", "10% earn more than"),
)

_MOST_NOTES = 3
_PERIOD_HEADS = {"year": "a year", "hour": "an hour", "month": "a month"}


def place_label(desk: Desk, pay: Pay) -> str:
    """What place a figure is for, named as what it is: "London", "Denver area (Denver-Aurora-Centennial, CO)"."""
    if pay.asked is not None:
        kind = desk.say("state") if pay.place.kind == "state" else desk.say("area")
        return f"{pay.asked.name} {kind} ({pay.place.name})"
    if pay.place.kind == "metro":
        return f"{pay.place.name} ({desk.say('metropolitan area')})"
    return desk.say.place(pay.place.name)


def amount_text(desk: Desk, pay: Pay) -> str:
    """The figure in local currency: "£95,000 a year"."""
    found = pay.amount
    return desk.say.pay(found, pay.currency, pay.period) if found is not None else desk.say("not published")


def comparable(desk: Desk, pay: Pay, currency: str = "USD") -> float | None:
    """The yearly figure in one currency at the latest rate; None without a rate."""
    amount = pay.yearly
    if amount is None:
        return None
    converted = desk.rates.convert(amount, pay.currency, currency) if pay.currency != currency else (amount, None)
    return converted[0] if converted else None


def converted(desk: Desk, pay: Pay, currency: str | None) -> tuple[str, date | None]:
    """The figure in another currency ("≈ €110,000") and the rate's date; empty where none was asked for."""
    found = pay.amount
    if currency is None or currency == pay.currency or found is None:
        return "", None
    result = desk.rates.convert(found, pay.currency, currency)
    if result is None:
        return desk.say("no rate for {currency}", currency=currency), None
    return f"≈ {desk.say.money(_rounded(result[0]), currency)}", result[1]


def _rounded(amount: float) -> float:
    """To three figures: a conversion is no more precise than that."""
    size = 10 ** max(len(str(int(abs(amount)))) - 3, 0)
    return float(round(amount / size) * size)


def percentiles(desk: Desk, pay: Pay) -> list[Block]:
    """The spread of a figure as a table with bars; empty where only one measure is published."""
    rows = [(words, value) for measure, words in _MEASURES if (value := getattr(pay, measure)) is not None]
    if len(rows) < 2:
        return []
    top = max(value for _, value in rows)
    return [
        Table(
            columns=(desk.say("Of those in the job"), desk.say(_PERIOD_HEADS[pay.period])),
            rows=tuple((desk.say(words), desk.say.money(value, pay.currency)) for words, value in rows),
            right=(1,),
            bars=tuple(value / top for _, value in rows),
        )
    ]


def remarks(desk: Desk, pays: Iterable[Pay]) -> list[Block]:
    """What a reader should know of the rows: notes of the sources, samples, estimates."""
    pays = list(pays)
    notes = list(dict.fromkeys(f"{pay.place.name}: {pay.note}." for pay in pays if pay.note))
    if len(notes) > _MOST_NOTES:
        notes = [desk.say("Sources differ in what they count; ask for one place to see how.")]
    if any(pay.asked for pay in pays):
        notes.append(desk.say("Figures for an area are the whole area’s, not the city’s alone."))
    notes.append(desk.say("All salaries are estimates before tax."))
    return [Note(text=" ".join(notes))]


def sample_text(desk: Desk, pay: Pay) -> str:
    """How many reports or jobs stand behind a row, "" where the source doesn't tell."""
    if pay.sample:
        return desk.say("{number} reports", number=desk.say.number(pay.sample))
    if pay.employment:
        return desk.say("about {number} jobs", number=desk.say.number(pay.employment))
    return ""


def bars(desk: Desk, pays: Sequence[Pay]) -> tuple[float, ...]:
    """Bar lengths for rows that may be in several currencies; empty where one can't be compared."""
    values = [comparable(desk, pay) if len({p.currency for p in pays}) > 1 else pay.yearly for pay in pays]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or not known or max(known) <= 0:
        return ()
    return tuple(value / max(known) for value in known)
