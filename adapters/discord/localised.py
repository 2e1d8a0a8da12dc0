"""Names and descriptions of commands in the languages that Discord shows them in.

`localised.tsv` beside this file holds one wording a line, with its translations; for descriptions, the bot's catalogues
come first where they have one. A language without a translation shows English.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

from discord import Locale
from discord.app_commands import TranslationContextLocation, TranslationContextTypes, Translator, locale_str

from adapters.discord.limits import LONGEST_DESCRIPTION, LONGEST_NAME
from adapters.discord.markup import shortened
from bot.language import language

TABLE = Path(__file__).with_name("localised.tsv")
_NAMES = (
    TranslationContextLocation.command_name,
    TranslationContextLocation.group_name,
    TranslationContextLocation.parameter_name,
)
_NAME = re.compile(rf"[-_'\w]{{1,{LONGEST_NAME}}}")
"""What Discord allows as a command's or option's name, in lower case."""


@lru_cache(maxsize=1)
def wordings() -> dict[str, dict[str, str]]:
    """English wording → language code → translation."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row.pop("en"): {code: text for code, text in row.items() if text} for row in rows}


class Localised(Translator):
    """Translates what Discord shows of commands."""

    async def translate(
        self, string: locale_str, locale: Locale, context: TranslationContextTypes
    ) -> str | None:  # fmt: skip
        """The wording in a language, None where there is none or it isn't allowed there."""
        if locale.value.startswith("en"):
            return None
        english, code = string.message, locale.value.partition("-")[0]
        text = wordings().get(english, {}).get(code, "")
        if context.location in _NAMES:
            return text if _NAME.fullmatch(text) and text == text.lower() else None
        said = language(locale.value)(english)
        return shortened(said if said != english else text, LONGEST_DESCRIPTION) or None
