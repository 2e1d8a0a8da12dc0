"""What may not stand in a career's text: figures, unknown links, HTML, invisible characters."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from knowledge.checks.careers import CareerFile
from knowledge.checks.defect import Defect

_CODES = "USD|EUR|GBP|CAD|AUD|NZD|CHF|CNY|RMB|JPY|INR|ILS|SGD|HKD|SEK|NOK|DKK|PLN|CZK|BRL|MXN|ZAR|KRW|AED"
_UNITS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    "ninety|hundred"
)
_MONEY = re.compile(
    rf"""
    [€£¥₹₪₩₽₺฿$]\s?\d                                          # £95,000
    | \d[\d.,]*\s?(?:k|m|bn)?\s?[€£¥₹₪₩₽₺฿$]                    # 95k €
    | \b(?:{_CODES})\s?\d | \d[\d.,\s]*(?:k|thousand|million|billion)?\s?(?:{_CODES})\b
    | \d[\d.,]*\s?(?:k|thousand|million|billion)?\s?(?:dollars?|euros?|rupees?|shekels?|yuan|yen|francs|grand)\b
    | \d[\d,]{{3,}}\s(?:pounds|crowns|pesos|reais|rand)\b
    | \b(?:{_UNITS}|thousand|million)[-\s](?:dollars|euros|rupees|grand)\b
    | \b\d{{2,3}}k\s(?:an?|per|each)\s(?:year|month|annum)\b
    | \b(?:five|six|seven)[-\s]figures?\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"\d\s?(?:%|percent\b|per\s?cent\b|percentage\spoints?)|\b(?:{_UNITS})\s(?:percent|per\s?cent)\b", re.IGNORECASE
)
_LINK = re.compile(
    r"[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+|\bmailto:\S+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)+/\S+|\]\(\s*([^)\s]+)", re.IGNORECASE
)
_TAG = re.compile(r"<[a-z/!?][^>]*>?", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);", re.IGNORECASE)
_INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")


def check_prose(file: CareerFile, urls: frozenset[str]) -> Iterator[Defect]:
    """Figures, links that the catalogue lacks and HTML in a career's sections."""
    for line, text in file.text():
        bare = _LINK.sub(" ", text)
        if match := _MONEY.search(bare) or _PERCENT.search(bare):
            yield file.defect(
                line,
                "figure",
                f"{match.group().strip()!r}: figures belong to the tables, with their source; say it in words"
                " that don't age",
            )
        for link in _LINK.finditer(text):
            url = (link.group(1) or link.group()).rstrip(".,;:!?)\"'>")
            if url not in urls:
                yield file.defect(line, "link", f"{url!r} is no address of the courses or books tables; delete it")
        if tag := _TAG.search(text):
            yield file.defect(line, "html", f"{tag.group()[:40]!r}: write plain text, no HTML")
        for entity in _ENTITY.findall(text):
            if html.unescape(entity) != entity:
                yield file.defect(line, "html", f"{entity!r}: write {html.unescape(entity)!r} itself")


def check_characters(path: Path) -> Iterator[Defect]:
    """Control, bidirectional and other invisible characters, anywhere in a text file."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return  # told by whoever parses it
    for number, line in enumerate(text.split("\n"), 1):
        for character in dict.fromkeys(line):
            if character != "\t" and unicodedata.category(character) in _INVISIBLE:
                name = unicodedata.name(character, "a control character")
                yield Defect(
                    path, number, "characters", f"holds the invisible U+{ord(character):04X} ({name}); delete it"
                )
