"""The fixed wording in the person's language, and numbers, money and dates as people there write them.

Wording is looked up in gettext catalogues (`bot/locale/<language>/LC_MESSAGES/careerbot.po`, read as they are); English
stands in the code. Numbers follow the Unicode CLDR through Babel. The knowledge base's own text stays English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

CATALOGUES = Path(__file__).parent / "locale"
_MONEY_PATTERN_DIGITS = 1_000
"""Amounts from here on are written without cents."""
_IN = {"de": "in", "es": "en"}
"""The word for "in" of the languages where some places have an article after it."""
_ARTICLED = {
    "de": {
        "Vereinigte Staaten": "den USA", "Schweiz": "der Schweiz", "Türkei": "der Türkei", "Ukraine": "der Ukraine",
        "Slowakei": "der Slowakei", "Mongolei": "der Mongolei", "Niederlande": "den Niederlanden",
        "Philippinen": "den Philippinen", "Bahamas": "den Bahamas", "Malediven": "den Malediven",
        "Seychellen": "den Seychellen", "Komoren": "den Komoren", "Salomonen": "den Salomonen",
        "Vereinigtes Königreich": "Großbritannien", "Dominikanische Republik": "der Dominikanischen Republik",
        "Vereinigte Arabische Emirate": "den Vereinigten Arabischen Emiraten",
        "Zentralafrikanische Republik": "der Zentralafrikanischen Republik",
    },
    "es": {
        "Reino Unido": "el Reino Unido", "Países Bajos": "los Países Bajos",
        "Emiratos Árabes Unidos": "los Emiratos Árabes Unidos", "República Dominicana": "la República Dominicana",
        "República Centroafricana": "la República Centroafricana", "Bahamas": "las Bahamas",
    },
}  # fmt: skip
"""By language: a country → the same after "in", in its case and with its article."""
_QUOTES = {"de": "„{}“", "es": "«{}»", "fr": "« {} »", "it": "«{}»", "pl": "„{}”"}
_PERIODS = {"year": "{amount} a year", "hour": "{amount} an hour", "month": "{amount} a month"}


class Language:
    """One locale's way of saying things. Immutable; get it from `language`."""

    def __init__(self, locale: Locale, messages: Mapping[str, str]) -> None:
        self.locale = locale
        self._messages = messages
        self.is_english = locale.language == "en"

    def __call__(self, text: str, /, **values: object) -> str:
        """The wording in this language, its {placeholders} filled; English where it has not been translated."""
        wording = self._messages.get(text)
        if wording is None:
            wording = text
        else:
            # Titles are English; their English article has no place in a sentence of another language.
            if isinstance(one := values.get("one"), str):
                values["one"] = re.sub(r"^an? ", "", one)
            for name in ("place", "other"):
                if isinstance(place := values.get(name), str):
                    values[name] = self.place(place)
            if isinstance(place := values.get("place"), str) and (preposition := _IN.get(self.locale.language)):
                articled = _ARTICLED[self.locale.language].get(place, place)
                wording = wording.replace(f"{preposition} {{place}}", f"{preposition} {articled}".replace("{", "{{"))
                upper = preposition.capitalize()
                wording = wording.replace(f"{upper} {{place}}", f"{upper} {articled}".replace("{", "{{"))
        return wording.format(**values) if values else wording

    def place(self, name: str) -> str:
        """A place's name, countries as they are called in this language: "the United States" → "Estados Unidos"."""
        if self.is_english:
            return name
        bare = name.removeprefix("the ")
        return _countries(self.locale.language).get(bare, bare)

    def money(self, amount: float, currency: str) -> str:
        """An amount with its currency, cents only below a thousand: "£95,000", "$31.20"."""
        return _money(self.locale, amount, currency)

    def pay(self, amount: float, currency: str, period: str) -> str:
        """An amount per period: "£95,000 a year"."""
        wording = _PERIODS.get(period)
        money = self.money(amount, currency)
        return self(wording, amount=money) if wording else money

    def number(self, value: float, digits: int = 0) -> str:
        """A number with separators: 12345.6 → "12,346"."""
        return str(format_decimal(round(value, digits), locale=self.locale))

    def count(self, number: int, one: str, many: str) -> str:
        """A wording for one or for several: "1 career", "{number} careers"."""
        return self(one if number == 1 else many, number=self.number(number))

    def percent(self, value: float, digits: int = 0) -> str:
        """A percentage given in percent: 15.8 → "16%"."""
        return _percent(self.locale, round(value, digits))

    def date(self, day: date) -> str:
        """A date: "13 March 2026"."""
        return format_date(day, "long", locale=self.locale)

    def join(self, words: list[str] | tuple[str, ...], last: str = "and") -> str:
        """Words as a list in a sentence: "a, b and c"."""
        if len(words) < 2:
            return "".join(words)
        joiner = self(last)
        if self.locale.language == "es":
            # "y" and "o" change before their own sound: "Python e Illustrator", "siete u ocho".
            joiner = "e" if joiner == "y" and _SOUNDS_I.match(words[-1]) else joiner
            joiner = "u" if joiner == "o" and _SOUNDS_O.match(words[-1]) else joiner
        return f"{', '.join(words[:-1])} {joiner} {words[-1]}"

    def quoted(self, text: str) -> str:
        """The text in the language's quotation marks."""
        return _QUOTES.get(self.locale.language, "“{}”").format(text)

    def tongue(self, code: str) -> str:
        """What a language is called in this one: "de" → "German"; the code itself where nobody knows it."""
        try:
            return Locale.parse(code).get_language_name(self.locale) or code
        except (ValueError, UnknownLocaleError):
            return code


_SOUNDS_I = re.compile(r"(?:i|hi(?!e))", re.IGNORECASE)
_SOUNDS_O = re.compile(r"h?o", re.IGNORECASE)


# Babel takes a tenth of a millisecond for a number, and an answer holds dozens, many of them again and again.


@lru_cache(maxsize=8_192)
def _money(locale: Locale, amount: float, currency: str) -> str:
    if abs(amount) >= _MONEY_PATTERN_DIGITS or float(amount).is_integer():
        amount, digits = round(amount), 0
    else:
        digits = 2
    pattern = locale.currency_formats["standard"].pattern
    if not digits:
        pattern = pattern.replace(".00", "")
    return str(format_currency(amount, currency, pattern, locale=locale, currency_digits=False))


@lru_cache(maxsize=8_192)
def _percent(locale: Locale, value: float) -> str:
    # In decimal: the float 8.2 / 100 is 0.08199999999999999, and all those digits would be shown.
    share = Decimal(str(value)) / 100
    return format_percent((share + 0).normalize(), locale=locale, decimal_quantization=False)


@lru_cache(maxsize=64)
def language(tag: str) -> Language:
    """The language of a BCP 47 tag ("en-GB", "de"); American English for one that is unknown."""
    try:
        locale = Locale.parse(tag.replace("-", "_"), sep="_")
    except (ValueError, UnknownLocaleError, TypeError):
        locale = Locale("en", "US")
    return Language(locale, _messages(locale.language))


@lru_cache(maxsize=16)
def _countries(code: str) -> Mapping[str, str]:
    """Countries' English names → their names in a language (Unicode CLDR)."""
    own = Locale(code).territories
    return {name: own[territory] for territory, name in Locale("en").territories.items() if territory in own}


def spoken(locale: str, tongue: str) -> str:
    """The tag to answer in: the person's locale, or the language that the message is clearly in, "" where it isn't."""
    return locale if not tongue or language(locale).locale.language == tongue else tongue


def _messages(code: str) -> Mapping[str, str]:
    path = CATALOGUES / code / "LC_MESSAGES" / "careerbot.po"
    if not path.exists():
        return {}
    from babel.messages.pofile import read_po  # noqa: PLC0415 - English conversations never need it

    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=code)
    return {
        message.id: message.string
        for message in catalogue
        if isinstance(message.id, str) and isinstance(message.string, str) and message.id and not message.fuzzy
    }
