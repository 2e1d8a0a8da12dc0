"""schema.org data (JSON-LD): occupations with their pay, courses and books, from web pages or files.

Reads a .json, .jsonld or .html file (there the scripts of type application/ld+json), or all of them in a folder.

- Occupation: `name` (or `title`) becomes the code that the career of that slug reads its pay from; each
  MonetaryAmountDistribution of `estimatedSalary` (median, percentile10, 25, 75, 90; currency; duration P1Y, P1M or
  PT1H) becomes a pay row of each place of `occupationLocation`. Places are looked up by name and country among those
  that are known; where none or several fit, the figure is skipped with the reason, never moved to another place.
- Course, Book: their own address, provider or author, language, level, price and keywords.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from knowledge.importers.base import Importer, Progress, Report, SourceError, Tables, number
from knowledge.importers.catalogue import digest, is_address, level, topics
from knowledge.importers.known_places import KnownPlaces
from knowledge.importers.languages import language_code
from knowledge.importers.schema_nodes import Found, Node, many, nodes, text_of
from knowledge.models import Source
from knowledge.titles import singular, slugify
from knowledge.untrusted import plain_text

SOURCE = Source(
    id="schema-org",
    title="Web pages with schema.org data",
    publisher="the pages' publishers",
    licence="as agreed with its publisher",
    as_of="as imported",
)
_ENDINGS = (".json", ".jsonld", ".html", ".htm")
_PERIODS = {"P1Y": "year", "P12M": "year", "P1M": "month", "PT1H": "hour"}
_MEASURES = ("median", "mean", "percentile10", "percentile25", "percentile75", "percentile90")


def read(path: Path, report: Report, progress: Progress) -> Tables:
    """Pay rows, courses and books of a file or folder."""
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.name.casefold().endswith(_ENDINGS))
    if not files:
        raise SourceError(f"{path} holds no .json, .jsonld or .html file. {IMPORTER.help}")
    tables = Tables()
    places = KnownPlaces.packaged()
    name = slugify(path.stem) or "pages"
    seen: set[tuple[str, ...]] = set()
    for done, file in enumerate(files):
        progress("Reading schema.org data", done, len(files))
        for found in nodes(file, report):
            if found.kind == "Occupation":
                _pay(tables, f"pay-{SOURCE.id}-{name}", found, places, report, seen)
            else:
                _resource(tables, name, found, report, seen)
    return tables


def _pay(
    tables: Tables, file: str, found: Found, places: KnownPlaces, report: Report, seen: set[tuple[str, ...]]
) -> None:
    title = plain_text(text_of(found.node.get("name")) or text_of(found.node.get("title")))
    code = slugify(singular(title))
    salaries = [entry for entry in many(found.node.get("estimatedSalary")) if isinstance(entry, dict)]
    where = many(found.node.get("occupationLocation"))
    if not code or not salaries or not where:
        report.read += 1
        missing = "name" if not code else "estimatedSalary" if not salaries else "occupationLocation"
        report.skip(found.file, found.line, f"occupation {title!r} has no {missing}")
        return
    for location in where:
        place, problem = places.find(*_place(location))
        for salary in salaries:
            report.read += 1
            row, reason = _row(salary)
            reason = problem or reason
            if not reason and (code, place) in seen:
                reason = "given twice for this place; the first is kept"
            if reason:
                report.skip(found.file, found.line, f"{title}: {reason}")
                continue
            seen.add((code, place))
            tables.add(file, (code, place, SOURCE.id, *row, None, None, 1, ""))


def _row(salary: Node) -> tuple[tuple[object, ...], str]:
    """(currency, period and the six figures; why they can't be taken or "")."""
    period = _PERIODS.get(text_of(salary.get("duration")).upper())
    currency = text_of(salary.get("currency")).upper()
    figures = [number(text_of(salary.get(measure))) for measure in _MEASURES]
    known = [value for value in (figures[2], figures[3], figures[0], figures[4], figures[5]) if value is not None]
    if period is None:
        return (), f"duration {text_of(salary.get('duration'))!r} is none of {', '.join(_PERIODS)}"
    if len(currency) != 3 or not currency.isalpha():
        return (), f"currency {currency!r} is no ISO 4217 code"
    if not known:
        return (), "neither a median nor percentiles"
    if known != sorted(known) or known[0] <= 0:
        return (), "figures that are not above zero and rising from percentile10 to percentile90"
    return (currency, period, *figures), ""


def _place(location: Any) -> tuple[str, str]:
    """(name, country as written) of a schema.org place."""
    if not isinstance(location, dict):
        return plain_text(text_of(location)), ""
    country = ""
    for holder in (location, location.get("address"), location.get("containedInPlace"), location.get("containedIn")):
        if isinstance(holder, dict) and not country:
            inner = holder.get("address") if isinstance(holder.get("address"), dict) else holder
            country = text_of(inner.get("addressCountry") if isinstance(inner, dict) else "")
            if not country and holder is not location and "Country" in map(str, many(holder.get("@type"))):
                country = text_of(holder.get("name"))
    return plain_text(text_of(location.get("name"))), plain_text(country)


def _resource(tables: Tables, name: str, found: Found, report: Report, seen: set[tuple[str, ...]]) -> None:
    report.read += 1
    node, kind = found.node, found.kind.casefold()
    title = plain_text(text_of(node.get("name")) or text_of(node.get("headline")))[:300]
    address = next(
        (text for key in ("url", "@id", "mainEntityOfPage") if is_address(text := text_of(node.get(key)))), ""
    )
    written = text_of(node.get("inLanguage"))
    language = language_code(written) if written else "en"
    reason = (
        "no name" if not title
        else "no http(s) address of its own" if not address
        else f"language {written!r} is unknown" if not language
        else "address given twice" if (kind, address) in seen
        else ""
    )  # fmt: skip
    if reason:
        report.skip(found.file, found.line, f"{found.kind} {title[:60]!r}: {reason}")
        return
    seen.add((kind, address))
    people = ", ".join(
        text_of(entry) for key in ("provider", "author", "publisher") for entry in many(node.get(key))[:3]
    )
    words = "; ".join(text_of(entry) for key in ("about", "keywords", "genre") for entry in many(node.get(key)))
    taught = level(text_of(node.get("educationalLevel")))
    tables.add(
        f"{kind}s-{SOURCE.id}-{name}",
        (
            digest(address),
            title,
            address,
            plain_text(people)[:80],
            language,
            taught,
            _free(node),
            topics(words),
            SOURCE.id,
        ),
    )


def _free(node: Node) -> str:
    told = node.get("isAccessibleForFree")
    if isinstance(told, bool) or str(told).casefold() in ("true", "false"):
        return str(int(str(told).casefold() == "true"))
    prices = [number(text_of(offer.get("price"))) for offer in many(node.get("offers")) if isinstance(offer, dict)]
    known = [price for price in prices if price is not None]
    return str(int(min(known) == 0)) if known else ""


IMPORTER = Importer(
    name="jsonld",
    help="Give a .json, .jsonld or saved .html file with schema.org occupations, courses or books, or a folder.",
    sources=(SOURCE,),
    read=read,
)
