"""Names and descriptions of commands, buttons and notices in the languages of those who see them.

`localised.tsv` (commands) and `spoken.tsv` (the rest) beside this file hold one wording a line, with its translations;
but for names, the bot's catalogues come first where they have one. A language without a translation shows English.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

from discord import Locale
from discord.app_commands import (
    ContextMenu,
    TranslationContextLocation,
    TranslationContextTypes,
    Translator,
    locale_str,
)

from adapters.discord.limits import LONGEST_DESCRIPTION, LONGEST_NAME
from adapters.discord.markup import shortened
from bot import language as bot_language

COMMANDS = Path(__file__).with_name("localised.tsv")
SPOKEN = Path(__file__).with_name("spoken.tsv")
_NAMES = (
    TranslationContextLocation.command_name,
    TranslationContextLocation.group_name,
    TranslationContextLocation.parameter_name,
)
_NAME = re.compile(rf"[-_'\w]{{1,{LONGEST_NAME}}}")
"""What Discord allows as a command's or option's name, in lower case."""
_ARTICLE = re.compile(r"^an? ")


@lru_cache(maxsize=2)
def wordings(table: Path) -> dict[str, dict[str, str]]:
    """English wording → language code → translation."""
    with table.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row.pop("en"): {code: text for code, text in row.items() if text} for row in rows}


class Spoken:
    """Wording of this adapter's own in a person's language; English where there is none."""

    def __init__(self, tag: str) -> None:
        self._bot, self._code = bot_language.language(tag), tag.partition("-")[0].lower()

    def __call__(self, text: str, /, **values: object) -> str:
        """The wording with its {placeholders} filled."""
        if self._bot(text) != text:
            return self._bot(text, **values)
        said = wordings(SPOKEN).get(text, {}).get(self._code, "")
        if said and isinstance(one := values.get("one"), str):
            values["one"] = _ARTICLE.sub("", one)  # titles are English; their article has no place in another language
        return (said or text).format(**values) if values else said or text

    def number(self, value: float) -> str:
        """A number as it is written there."""
        return self._bot.number(value)


@lru_cache(maxsize=64)
def language(tag: str) -> Spoken:
    """How to speak to somebody; "" is English."""
    return Spoken(tag or "en")


class Localised(Translator):
    """Translates what Discord shows of commands."""

    async def translate(
        self, string: locale_str, locale: Locale, context: TranslationContextTypes
    ) -> str | None:  # fmt: skip
        """The wording in a language, None where there is none or it isn't allowed there."""
        if locale.value.startswith("en"):
            return None
        english, code = string.message, locale.value.partition("-")[0]
        text = wordings(COMMANDS).get(english, {}).get(code, "")
        if isinstance(context.data, ContextMenu):
            return text if 0 < len(text) <= LONGEST_NAME else None  # an entry of a menu: words with spaces and capitals
        if context.location in _NAMES:
            return text if _NAME.fullmatch(text) and text == text.lower() else None
        said = bot_language.language(locale.value)(english)
        return shortened(said if said != english else text, LONGEST_DESCRIPTION) or None
