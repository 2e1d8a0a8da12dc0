"""What the bot answers is what the sources say: drawn at random, read from the raw files by code of this test alone."""

from __future__ import annotations

import csv
import gzip
import io
import random
import zipfile
from pathlib import Path

import pytest

from bot.core import CareerBot
from bot.message import ConversationKey, IncomingMessage

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the sources' raw files are not beside the project")
SEED = 7
ROWS, TITLES = 1_000, 2_000
STATES = {"06": "CA", "48": "TX", "36": "NY", "08": "CO", "53": "WA", "12": "FL", "17": "IL", "39": "OH"}


def place_id(row: dict[str, str]) -> str | None:
    """The place of an OEWS row, for the areas and the states that this test draws from."""
    if row["area_type"] == "national":
        return "country:US"
    if row["area_type"] == "state":
        state = STATES.get(row["area_code"][:2])
        return f"us-state:{state}" if state else None
    return f"us-metro:{row['area_code']}"


async def test_american_wages_are_the_published_ones(bot: CareerBot) -> None:
    """A thousand rows of the American wage statistics equal, measure by measure, what the knowledge answers."""
    with gzip.open(DATA / "bls" / "oews_2025_all_areas.csv.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["occ_level"] == "3" and row["a_median"].isdigit()]
    random.Random(SEED).shuffle(rows)
    careers = {
        career.soc[:7]: career.slug for career in await bot.desk.knowledge.careers() if career.soc.endswith(".00")
    }
    compared = 0
    for row in rows:
        slug, place = careers.get(row["occ_code"]), place_id(row)
        if slug is None or place is None:
            continue
        [pay] = [pay for pay in await bot.desk.knowledge.pay(slug, place) if pay.source.id == "oews-2025"]
        for measure in ("p10", "p25", "median", "p75", "p90"):
            published = row[f"a_{measure}"]
            answered = getattr(pay, measure)
            assert answered == (float(published) if published.isdigit() else answered), (row, measure)
        compared += 1
        if compared == ROWS:
            break
    print(f"compared {compared} rows of OEWS with what is answered")
    assert compared == ROWS


def _alone(text: str) -> IncomingMessage:
    """A message in a conversation of its own."""
    return IncomingMessage(text=text, conversation=ConversationKey(platform="test", person=text))


def titles() -> tuple[set[str], dict[str, set[str]]]:
    """The alternate titles, and the codes that O*NET lists for each title, as alternate or as reported by workers."""
    alternate: set[str] = set()
    listed: dict[str, set[str]] = {}
    with zipfile.ZipFile(DATA / "onet" / "db_30_1_text.zip") as archive:
        for file, column in (
            ("Alternate Titles.txt", "Alternate Title"),
            ("Sample of Reported Titles.txt", "Reported Job Title"),
        ):
            name = next(name for name in archive.namelist() if name.endswith(file))
            for row in csv.DictReader(io.TextIOWrapper(archive.open(name), encoding="utf-8"), delimiter="\t"):
                listed.setdefault(row[column], set()).add(row["O*NET-SOC Code"])
                if file.startswith("Alternate"):
                    alternate.add(row[column])
    return alternate, listed


async def test_alternate_titles_find_their_occupation(bot: CareerBot) -> None:
    """Asked for pay by an alternate title, at least 97 in 100 find an occupation that O*NET lists for that title."""
    alternate, listed = titles()
    drawn = random.Random(SEED).sample(sorted(alternate), TITLES)
    missed: list[tuple[str, list[str]]] = []
    for title in drawn:
        article = "an" if title[0] in "AEIOU" else "a"
        handled = await bot.handle(_alone(f"what does {article} {title} earn"))
        codes = {career.soc for query in handled.queries for career in query.careers}
        if not codes & listed[title] and not {code[:7] for code in codes} & {code[:7] for code in listed[title]}:
            missed.append((title, sorted(codes)))
    share = 1 - len(missed) / TITLES
    print(f"{share:.1%} of {TITLES} alternate titles found; missed {missed}")
    assert share >= 0.97, missed[:40]
