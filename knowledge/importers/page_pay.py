"""From a page's salary rows to figures: which city, which currency, how much, and what a reader must know.

A page writes "Toronto, $119,000" and means Canadian dollars; "Bengalaru" and means Bengaluru. The city is looked up
among those whose country pays in a currency of that sign, and each reading of that kind is noted with the figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import get_territory_currencies, list_currencies

from knowledge.cities import Cities, City, folded
from knowledge.importers.base import Skip
from knowledge.importers.page_layout import SalaryRow

_DOLLARS = "USD CAD AUD NZD SGD HKD TWD BSD BBD BZD BMD FJD GYD JMD KYD LRD NAD SRD TTD XCD MXN CLP COP ARS UYU DOP"
SIGNS = {
    "$": _DOLLARS, "US$": "USD", "C$": "CAD", "CA$": "CAD", "CAD$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD",
    "S$": "SGD", "HK$": "HKD", "NT$": "TWD", "MX$": "MXN", "R$": "BRL", "£": "GBP", "€": "EUR", "₪": "ILS",
    "¥": "CNY JPY", "￥": "CNY JPY", "CN¥": "CNY", "JP¥": "JPY", "元": "CNY", "円": "JPY", "₹": "INR",
    "₨": "INR PKR LKR", "Rs": "INR PKR LKR", "Rs.": "INR PKR LKR", "₩": "KRW", "₽": "RUB", "₺": "TRY",
    "₴": "UAH", "₫": "VND", "₱": "PHP", "฿": "THB", "₦": "NGN", "₵": "GHS", "zł": "PLN", "Kč": "CZK",
    "kr": "SEK NOK DKK ISK", "Ft": "HUF", "Fr.": "CHF", "SFr.": "CHF", "R": "ZAR",
}  # fmt: skip
"""Which currencies a sign may stand for (ISO 4217)."""
MUCH_LARGER = 10
"""A sign that doesn't fit the best-known city of a name picks a namesake only if that isn't so many times smaller."""
_AMOUNT = re.compile(r"^(?P<before>[^\d\s-]*)\s?(?P<number>-?\d[\d.,\s’']*?)(?P<thousand>[kK]?)\s?(?P<after>[^\d\s]*)$")


@dataclass(frozen=True, slots=True)
class PageSalary:
    """One city's median, gross a year, in the local currency.

    Attributes:
        place: The city as the knowledge base can find it; `written` is the page's spelling.
        country: ISO 3166-1 alpha-2.
        currency: ISO 4217.
        note: What a reader of the figure must know, "" where nothing was read into it.
        line: Line of the amount in the page.
    """

    place: str
    written: str
    country: str
    currency: str
    amount: float
    note: str
    line: int


def read_salaries(
    rows: Sequence[SalaryRow], cities: Cities, file: str
) -> tuple[list[PageSalary], list[Skip], list[str]]:
    """(figures in the page's order, each city once; rows left out; notes for the reader of the report)."""
    table = _Table(cities, file)
    for row in rows:
        table.take(row)
    return table.close()


class _Table:
    def __init__(self, cities: Cities, file: str) -> None:
        self._cities, self._file = cities, file
        self._tender = {country: get_territory_currencies(country) for country in cities.by_country}
        self._found: dict[str, PageSalary] = {}
        self._contradicted: set[str] = set()
        self._skips: list[Skip] = []
        self._notes: list[str] = []

    def take(self, row: SalaryRow) -> None:
        """Read a row."""
        read = read_amount(row.amount)
        if read is None:
            self._skip(row.line, f"{row.city}: {row.amount!r} is no amount with a currency")
            return
        sign, currencies, amount = read
        if amount <= 0:
            self._skip(row.line, f"{row.city}: {row.amount} is not above zero")
            return
        city = self._city(row, sign, currencies)
        if city is None:
            return
        currency = next(code for code in self._tender[city.country] if code in currencies)
        if (first := self._found.get(city.id)) is not None:
            self._again(row, first, city, amount, currency)
            return
        same = self._cities.named(city.country, row.city)
        place = row.city if same is not None and same.id == city.id else city.name
        notes = []
        if place != row.city:
            notes.append(f"the page writes {row.city}")
            self._notes.append(f"{self._file}:{row.line}: {row.city} is read as {place} ({city.country})")
        if sign == "$" and currency != "USD":
            kind = "dollar" if currency in ("CAD", "AUD", "NZD", "SGD", "HKD") else "currency"
            notes.append(
                f"the page writes a bare $ without naming the currency; read here as the city's own {kind}, {currency}"
            )
        figure = PageSalary(place, row.city, city.country, currency, amount, "; ".join(notes), row.line)
        self._found[city.id] = figure

    def _again(self, row: SalaryRow, first: PageSalary, city: City, amount: float, currency: str) -> None:
        if (first.amount, first.currency) == (amount, currency):
            self._skip(row.line, f"{row.city} stands in line {first.line} already, with the same amount")
        else:
            self._contradicted.add(city.id)
            self._skip(row.line, f"{row.city}: {row.amount} contradicts line {first.line}; neither figure is taken")

    def _city(self, row: SalaryRow, sign: str, currencies: frozenset[str]) -> City | None:
        countries = {country for country, tender in self._tender.items() if currencies.intersection(tender)}
        best_known = self._cities.known(row.city, self._tender)
        city = self._cities.known(row.city, countries)
        if city is None and best_known is None:
            city = self._cities.near(row.city, countries)
        if city is None and best_known is None:
            self._skip(
                row.line, f"no city is called {row.city!r}; mend the spelling in the page or add it to places.tsv"
            )
        elif best_known is not None and (city is None or best_known.population > MUCH_LARGER * city.population):
            own = " or ".join(self._tender[best_known.country]) or "another currency"
            self._skip(
                row.line, f"{row.city} pays in {own}, and the page writes {sign}; say which city and currency it is"
            )
            return None
        elif city is not None and best_known is not None and city.id != best_known.id:
            self._notes.append(
                f"{self._file}:{row.line}: {row.city} is read as the one in {city.country}, by its {sign}"
            )
        return city

    def _skip(self, line: int, reason: str) -> None:
        self._skips.append(Skip(self._file, line, reason))

    def close(self) -> tuple[list[PageSalary], list[Skip], list[str]]:
        """What was read."""
        figures = [figure for city, figure in self._found.items() if city not in self._contradicted]
        return figures, self._skips, self._notes


def read_amount(text: str) -> tuple[str, frozenset[str], float] | None:
    """(sign, currencies that it may mean, amount), None where it is no amount with a known currency.

    "$214,000", "€ 64.500", "119 000 CAD" and "£95k" are amounts; "214,000" names no currency.
    """
    match = _AMOUNT.match(text.strip())
    if match is None:
        return None
    value = _number(match.group("number"))
    sign = match.group("before") or match.group("after")
    meant = _currencies(sign)
    if value is None or not meant or (match.group("before") and match.group("after")):
        return None
    return sign, meant, value * (1000 if match.group("thousand") else 1)


def _currencies(sign: str) -> frozenset[str]:
    if sign in list_currencies():
        return frozenset({sign})
    spelled = {folded(known): codes for known, codes in SIGNS.items()}
    return frozenset((SIGNS.get(sign) or spelled.get(folded(sign), "")).split())


def _number(text: str) -> float | None:
    """A number with thousands in groups ("214,000", "64.500", "119 000") and at most two decimals."""
    compact = re.sub(r"[\s’']", "", text.strip())
    if re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|-?\d+(?:\.\d{1,2})?", compact):
        return float(compact.replace(",", ""))
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|-?\d+,\d{1,2}", compact):
        return float(compact.replace(".", "").replace(",", "."))
    return None
