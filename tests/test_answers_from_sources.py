"""What the bot answers is what the sources say: drawn at random, read from the raw files by code of the tests alone.

Where a source has more rows than the sample, a thousand are drawn; else all are compared. Each test prints how many.
"""

from __future__ import annotations

import csv
import functools
import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import pytest

from bot.core import CareerBot
from bot.message import ConversationKey, IncomingMessage
from bot.query import Query
from bot.reply import Figure, Reply
from knowledge.importers.oews import SOURCE as OEWS
from knowledge.models import Career, Place
from tests.raw_sources import DATA, EXPECTED, onet, raw

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the sources' raw files are not beside the project")
SEED = 7
ROWS, TITLES = 1_000, 2_000
MEASURES = ("median", "mean", "p10", "p25", "p75", "p90")
SOURCES = {
    "ashe": ("ashe-2024", "country:GB"), "mom": ("mom-2024", "country:SG"), "jobbank": ("jobbank-2025", "country:CA"),
    "rome": ("rome-2026", "country:FR"), "aijobs": ("salaries-aijobs-2025", ""),
}  # fmt: skip


async def answer(bot: CareerBot, intent: str, career: Career, places: Sequence[Place] = ()) -> Reply:
    """What the bot answers about a career, in places."""
    [found] = [each for each in bot.intents if each.name == intent]
    return await found.answer(Query(text="", intent=intent, careers=(career,), places=tuple(places)), bot.desk)


def amounts(figures: Iterable[Figure], source: str) -> dict[str, float]:
    """Measure → amount of one source's figures."""
    return {figure.measure: figure.amount for figure in figures if figure.source == source}


def published(cells: Sequence[str], measures: Sequence[str] = MEASURES) -> dict[str, float]:
    """Measure → amount of those that a row publishes."""
    return {measure: float(cell) for measure, cell in zip(measures, cells, strict=False) if _is_number(cell)}


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def drawn(rows: Iterable[str]) -> list[str]:
    """A thousand of them, or all."""
    found = sorted(rows)
    return random.Random(SEED).sample(found, min(ROWS, len(found)))


async def readers(bot: CareerBot) -> dict[str, Career]:
    """A career that reads each code: the official occupation itself where there is one."""
    rows = await bot.desk.knowledge._store.rows("SELECT code, slug FROM pay_codes ORDER BY slug")
    careers = {career.slug: career for career in await bot.desk.knowledge.careers()}
    found: dict[str, Career] = {}
    for code, slug in rows:
        if code not in found or not careers[slug].shares_figures:
            found[code] = careers[slug]
    return found


@functools.cache
def states() -> dict[str, str]:
    """FIPS code → postal code."""
    named = json.loads((DATA / "places" / "us_states.json").read_text("utf-8"))
    return {state["fips"]: code for code, state in named.items()}


def place_id(row: dict[str, str]) -> str | None:
    """The place of an OEWS row."""
    if row["area_type"] == "national":
        return "country:US"
    if row["area_type"] == "state":
        state = states().get(row["area_code"][:2])
        return f"us-state:{state}" if state else None
    return f"us-metro:{row['area_code']}"


async def test_american_wages_are_the_published_ones(bot: CareerBot) -> None:
    """A thousand rows of the American wage statistics: every published measure is answered, and none besides."""
    with gzip.open(DATA / "bls" / "oews_2025_all_areas.csv.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["occ_level"] == "3"]
    random.Random(SEED).shuffle(rows)
    careers = await readers(bot)
    compared, kinds = 0, defaultdict(int)
    for row in rows:
        career, place = careers.get(row["occ_code"]), place_id(row)
        prefix = "a" if _is_number(row["a_median"]) else "h"
        wanted = published([row.get(f"{prefix}_{measure}", "") for measure in MEASURES])
        if career is None or place is None or not wanted:
            continue
        reply = await answer(bot, "salary", career, [await bot.desk.knowledge.place(place)])
        assert amounts(reply.figures, OEWS.id) == wanted, row
        compared += 1
        kinds[row["area_type"]] += 1
        if compared == ROWS:
            break
    print(f"oews: {compared} rows compared with the answers: {dict(kinds)}")
    assert compared == ROWS


@pytest.mark.parametrize("name", sorted(SOURCES))
@pytest.mark.filterwarnings("ignore:Cannot parse header or footer:UserWarning")
async def test_pay_of_other_countries_is_the_published_one(bot: CareerBot, name: str) -> None:
    """Each row that a career reads is answered measure by measure, under its source, for its country."""
    source, where = SOURCES[name]
    careers, expected = await readers(bot), dict(EXPECTED[name]())
    read = [key for key in expected if key.split(" ")[0] in careers]
    sample = drawn(read)
    for key in sample:
        code, _, country = key.partition(" ")
        place = await bot.desk.knowledge.place(where or f"country:{country}")
        reply = await answer(bot, "salary", careers[code], [place])
        assert amounts(reply.figures, source) == published(expected[key]), key
    print(f"{name}: {len(sample)} of {len(read)} rows that careers read compared; the source has {len(expected)}")
    assert len(sample) == min(ROWS, len(read)) > 0


async def test_american_projections_are_the_published_ones(bot: CareerBot) -> None:
    """Growth, openings and employment of every detailed occupation, and its typical education at entry."""
    found = sorted(await bot.desk.knowledge.careers(), key=lambda career: -career.shares_figures)
    careers = {career.figures_code: career for career in found}
    code = "2024 National Employment Matrix code"
    rows = {row[code]: row for row in raw(DATA / "bls" / "ep_1_2_occupational_projections_2024_34.csv")
            if row["Occupation type"] == "Line item"}  # fmt: skip
    sample = drawn(set(rows) & set(careers))
    us = await bot.desk.knowledge.place("country:US")
    for soc in sample:
        row = rows[soc]
        reply = await answer(bot, "outlook", careers[soc], [us])
        cells = (row["Employment change, percent, 2024–34"], row["Occupational openings, 2024–34 annual average"],
                 row["Employment, 2024"])  # fmt: skip
        wanted = published(cells, ("growth", "openings", "employment"))
        thousands = {name: amount if name == "growth" else round(amount * 1000) for name, amount in wanted.items()}
        assert amounts(reply.figures, "ep-2024-34") == thousands, row
        entry = row["Typical education needed for entry"]
        facts = await bot.desk.knowledge.education(careers[soc].slug)
        assert facts.typical_entry == ("" if entry == "—" else entry)
    print(f"projections: {len(sample)} of {len(rows)} occupations compared")
    assert len(sample) == len(rows)


async def test_canadian_projections_are_the_published_ones(bot: CareerBot) -> None:
    """Openings a year are a tenth of those over ten years, growth is the sum of ten years' changes."""
    careers = await readers(bot)
    rows = {f"ca:{row['noc']}": row for row in raw(next((DATA / "ca_jobbank").glob("*.csv"))) if row["employment"]}
    canada = await bot.desk.knowledge.place("country:CA")
    sample = drawn(set(rows) & set(careers))
    for code in sample:
        row = rows[code]
        now, change = int(row["employment"]), sum(json.loads(row["growth_by_year"]))
        wanted: dict[str, float] = {"employment": now}
        if now >= 10_000:
            wanted["growth"] = round(change / now * 100, 1)
        if int(row["job_openings"]) >= 0:
            wanted["openings"] = round(int(row["job_openings"]) / 10)
        reply = await answer(bot, "outlook", careers[code], [canada])
        assert amounts(reply.figures, "cops-2024-33") == wanted, row
    print(f"cops: {len(sample)} rows that careers read compared; the source has {len(rows)}")
    assert len(sample) > 200


async def test_what_onet_says_is_answered(bot: CareerBot) -> None:
    """A thousand rows of each: interests, job zones, shares of required education, technologies, related, ratings."""
    store = bot.desk.knowledge._store
    careers = {career.soc: career for career in await bot.desk.knowledge.careers() if not career.shares_figures}
    counts: dict[str, int] = {}

    def sample(name: str, keep: Iterable[dict[str, str]]) -> list[dict[str, str]]:
        rows = [row for row in keep if row["O*NET-SOC Code"] in careers]
        taken = random.Random(SEED).sample(rows, min(ROWS, len(rows)))
        counts[name] = len(taken)
        return taken

    for row in sample("interests", (row for row in onet("Interests.txt") if row["Scale ID"] == "OI")):
        traits = await bot.desk.knowledge.traits(careers[row["O*NET-SOC Code"]].slug)
        assert (row["Element Name"], float(row["Data Value"])) in [(t.name, t.value) for t in traits], row
    for row in sample("job zones", onet("Job Zones.txt")):
        assert careers[row["O*NET-SOC Code"]].job_zone == int(row["Job Zone"]), row
    education = [row for row in onet("Education, Training, and Experience.txt")
                 if row["Scale ID"] == "RL" and float(row["Data Value"])]  # fmt: skip
    for row in sample("education shares", education):
        reply = await answer(bot, "education", careers[row["O*NET-SOC Code"]])
        shares = [figure.amount for figure in reply.figures if figure.source == "onet-30.1"]
        assert float(row["Data Value"]) < 1 or float(row["Data Value"]) in shares, row
    related = [row for row in onet("Related Occupations.txt")
               if row["Related O*NET-SOC Code"] in careers and int(row["Index"]) <= 10]  # fmt: skip
    for row in sample("related occupations", related):
        others = await bot.desk.knowledge.related(careers[row["O*NET-SOC Code"]].slug)
        assert row["Related O*NET-SOC Code"] in {other.soc for other in others}, row
    wanted = (row for row in onet("Technology Skills.txt") if row["Hot Technology"] == row["In Demand"] == "Y")
    for row in sample("technologies in demand", wanted):
        slug = careers[row["O*NET-SOC Code"]].slug
        found = await store.rows("SELECT 1 FROM occupation_skills WHERE slug = ? AND name = ?", (slug, row["Example"]))
        demanded = await bot.desk.knowledge.technologies(slug, 25)
        assert found or len(demanded) == 25, row
    rated = {row["onet_soc_code"]: {} for row in raw(DATA / "onet" / "ratings_30_1_from_standards_org_ai.csv.gz")}
    for row in raw(DATA / "onet" / "ratings_30_1_from_standards_org_ai.csv.gz"):
        rated[row["onet_soc_code"]][row["element_name"]] = row["importance"]
    unwritten = [(soc, career) for soc, career in careers.items() if soc in rated and career.depth == "occupation"]
    pairs = [(soc, skill) for soc, career in unwritten for skill in await bot.desk.knowledge.skills(career.slug)
             if skill.kind in ("skill", "knowledge") and skill.name in rated[soc]]  # fmt: skip
    chosen = random.Random(SEED).sample(pairs, ROWS)
    for soc, skill in chosen:
        assert skill.weight == pytest.approx(25 * (float(rated[soc][skill.name]) - 1), abs=0.06), (soc, skill)
    counts["ratings"] = len(chosen)
    print(f"onet: rows compared: {counts}")
    assert min(counts.values()) >= 700


async def test_places_are_where_geonames_says(bot: CareerBot) -> None:
    """A thousand cities: name, country, inhabitants, and the American ones their state."""
    with gzip.open(DATA / "places" / "cities15000.json.gz", "rt", encoding="utf-8") as stream:
        cities = json.load(stream)
    sample = drawn(cities)
    for key in sample:
        city = cities[key]
        place = await bot.desk.knowledge.place(f"geonames:{city['geonameid']}")
        assert (place.name, place.country, place.population) == (city["name"], city["countrycode"], city["population"])
        assert place.country != "US" or f"us-state:{city['admin1code']}" in place.areas
    print(f"geonames: {len(sample)} of {len(cities)} cities compared")


async def test_states_are_as_large_as_their_jobs_say(bot: CareerBot) -> None:
    """Two inhabitants for each job that is counted there: New York has about twenty million, not fifty-five."""
    with gzip.open(DATA / "bls" / "oews_2025_all_areas.csv.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["area_type"] == "state" and row["occ_code"] == "00-0000"]
    for row in rows:
        if (place := place_id(row)) is not None:
            assert (await bot.desk.knowledge.place(place)).population == 2 * int(row["employment"]), row
    assert 18e6 < (await bot.desk.knowledge.place("us-state:NY")).population < 22e6


async def test_courses_and_books_have_the_address_that_the_list_gives(bot: CareerBot) -> None:
    """A thousand rows of each list that is packaged: the address is in the catalogue, under no other title."""
    stored = await bot.desk.knowledge._store.rows("SELECT kind, url, title, language FROM resources")
    # Of two addresses that differ by their scheme, www or a last slash alone the catalogue keeps one.
    found = {(kind, _address(url)): (title, language) for kind, url, title, language in stored}
    for kind, path in (("book", "books/free_programming_books"), ("course", "courses/free_programming_courses")):
        rows: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in raw(DATA / f"{path}.csv.gz"):
            url = row["url"].strip()
            if url.startswith("http") and " " not in url and row["title"].strip():
                rows[_address(url)].append(row)
        sample = drawn(rows)
        missing = [url for url in sample if (kind, url) not in found]
        for url in sample:
            if url not in missing:
                title, language = found[kind, url]
                same = [row for row in rows[url] if _letters(row["title"]) == _letters(title)]
                assert language in {row["lang"].split("_")[0].split("-")[0] for row in same}, url
        print(f"{kind}s: {len(sample)} of {len(rows)} rows compared")
        assert missing == []


def _address(url: str) -> str:
    return url.split("://")[1].removeprefix("www.").rstrip("/")


def _letters(title: str) -> str:
    return "".join(letter for letter in re.sub(r"&[a-z]+;", "", title) if letter.isalnum()).casefold()


def _alone(text: str) -> IncomingMessage:
    """A message in a conversation of its own."""
    return IncomingMessage(text=text, conversation=ConversationKey(platform="test", person=text))


async def test_alternate_titles_find_their_occupation(bot: CareerBot) -> None:
    """Asked for pay by an alternate title, at least 97 in 100 find an occupation that O*NET lists for that title."""
    alternate = {row["Alternate Title"] for row in onet("Alternate Titles.txt")}
    listed: dict[str, set[str]] = defaultdict(set)
    for file, column in (("Alternate Titles.txt", "Alternate Title"),
                         ("Sample of Reported Titles.txt", "Reported Job Title")):  # fmt: skip
        for row in onet(file):
            listed[row[column]].add(row["O*NET-SOC Code"])
    missed: list[tuple[str, list[str]]] = []
    for title in random.Random(SEED).sample(sorted(alternate), TITLES):
        article = "an" if title[0] in "AEIOU" else "a"
        handled = await bot.handle(_alone(f"what does {article} {title} earn"))
        codes = {career.soc for query in handled.queries for career in query.careers}
        if not codes & listed[title] and not {code[:7] for code in codes} & {code[:7] for code in listed[title]}:
            missed.append((title, sorted(codes)))
    share = 1 - len(missed) / TITLES
    print(f"{share:.1%} of {TITLES} alternate titles found; missed {missed}")
    assert share >= 0.97, missed[:40]
