"""Searching courses and books: what is found for a career or subject, in which order, and why."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
import pytest_asyncio

from benchmarks.ranking_quality import bm25_skills, bm25_title, judgements, ndcg, ours, quality
from bot.answering.links import links_block
from bot.core import CareerBot
from bot.reply import Links
from knowledge import resource_rows
from knowledge.build import BuildError, build
from knowledge.importers.base import table_bytes
from knowledge.knowledge import Knowledge
from knowledge.tables import TABLES

FLOOR = {"course": 0.75, "book": 0.77}
"""Least nDCG@10 by judgement; the figures themselves stand in docs/benchmarks.md."""
PROFILE = """---
slug: {slug}
title: {title}
plural: {title}s
topics: [data]
soc: ""
skills:
{skills}
---

## Overview
Made up for a test.
"""
CAREERS = {
    "data-engineer": ("Data Engineer", {"SQL": 95, "Python": 90, "Apache Spark": 70, "R": 45, "Presentation": 40}),
    "night-nurse": ("Night Nurse", {"Patient care": 97, "Communication": 80, "Presentation": 60}),
    "systems-programmer": ("Systems Programmer", {"C": 90, "Go": 80, "C++": 70}),
}
SKILLS = (
    ("name", "aliases"), ("SQL", "structured query language"), ("PostgreSQL", "Postgres"), ("SQL Server", ""),
    ("Python", ""), ("R", "R programming"), ("Apache Spark", "PySpark"), ("C", "C programming"), ("C++", "modern C++"),
    ("C#", "C sharp"), (".NET", "ASP.NET"), ("Go", "golang"), ("Statistics", ""),
)  # fmt: skip
SUBJECTS = (
    ("name", "aliases", "broader", "ordinary"), ("PostgreSQL", "", "SQL", ""), ("SQL Server", "", "SQL", ""),
    ("R", "", "", "name"), ("C", "", "", "name"), ("Go", "", "", "name"),
    ("Communication", "communication skills", "", "word"),
)  # fmt: skip
COURSES = (
    # title, language, level, free, topics
    ("SQL for beginners", "en", "", "1", "Databases > SQL"),
    ("SQL in depth, advanced", "en", "advanced", "0", "Databases > SQL"),
    ("Learn SQL", "en", "", "", "Databases > SQL"),
    ("SQL queries", "en", "", "1", "Databases > SQL"),
    ("The SQL course", "en", "intermediate", "1", "Databases > SQL"),
    ("PostgreSQL course", "en", "", "1", "Databases > PostgreSQL"),
    ("SQL Server administration", "en", "all levels", "1", "Databases"),
    ("SQL auf Deutsch", "de", "", "1", "SQL"),
    ("Data Engineering from zero", "en", "", "1", "Data"),
    ("Apache Spark with Python", "en", "", "1", "Data"),
    ("Python", "en", "", "1", "Python"),
    ("Python for archaeologists who love football", "en", "", "1", "Python"),
    ("Statistics in R", "en", "", "1", "Mathematics"),
    ("Vitamin R and other pills", "en", "", "1", "Wellbeing"),
    ("Data communication and networking", "en", "", "1", "Networks"),
    ("Communication skills at work", "en", "", "1", "Work"),
    ("C programming", "en", "", "1", "C"),
    ("Modern C++", "en", "", "1", "C++"),
    ("C# for beginners", "en", "", "1", "C#"),
    ("ASP.NET Core", "en", "", "1", "C#"),
    ("Let us go to the sea", "en", "", "1", "Travel"),
    ("A tour of Go", "en", "", "1", "Go"),
    ("Watercolour painting", "en", "", "1", "Art"),
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def _small(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Knowledge]:
    folder = tmp_path_factory.mktemp("catalogue")
    (folder / "careers").mkdir()
    (folder / "reference").mkdir()
    for slug, (title, skills) in CAREERS.items():
        lines = "\n".join(f"  {name}: {weight}" for name, weight in skills.items())
        (folder / "careers" / f"{slug}.md").write_text(PROFILE.format(slug=slug, title=title, skills=lines), "utf-8")
    for name, lines in (("skills.tsv", SKILLS), ("subjects.tsv", SUBJECTS)):
        (folder / name).write_text("\n".join("\t".join(line) for line in lines) + "\n", "utf-8")
    (folder / "sources.tsv").write_text(
        "id\ttitle\tpublisher\turl\tlicence\tas_of\tnote\ntest\tTest\tTest\t\tCC0\t2026\t\n", "utf-8"
    )
    rows = [
        (f"id{number}", title, f"https://example.org/{number}", "Example", language, level, free, topics, "test")
        for number, (title, language, level, free, topics) in enumerate(COURSES)
    ]
    (folder / "reference" / "courses-test.tsv.gz").write_bytes(table_bytes(TABLES["courses"], rows))
    build([folder], folder / "small.db")
    knowledge = await Knowledge.open(folder / "small.db")
    yield knowledge
    await knowledge.close()


@pytest.fixture
def small(_small: Knowledge) -> Knowledge:
    """Three careers and a few courses, each there for one rule."""
    return _small


async def titles(knowledge: Knowledge, **wanted: object) -> list[str]:
    """Titles of the courses found, in order."""
    return [entry.resource.title for entry in await knowledge.courses(**wanted)]  # type: ignore[arg-type]


@pytest.mark.asyncio(loop_scope="module")
class TestCareer:
    """What a career's list holds."""

    async def test_most_relevant_first(self, small: Knowledge) -> None:
        """Bars never rise down the list, and the career's own field and weightiest skills lead it."""
        found = await small.courses(career="data-engineer", limit=10)
        relevance = [entry.relevance for entry in found]
        assert relevance == sorted(relevance, reverse=True)
        assert all(0 <= value <= 1 for value in relevance)
        assert {found[0].resource.title, found[1].resource.title} == {
            "Data Engineering from zero",
            "Apache Spark with Python",
        }

    async def test_varied(self, small: Knowledge) -> None:
        """A list of six is not six courses on the weightiest skill, though there are that many."""
        found = await titles(small, career="data-engineer", limit=6)
        assert 1 <= sum("SQL" in title for title in found) <= 3
        assert any("Python" in title for title in found)

    async def test_explained(self, small: Knowledge) -> None:
        """`covers` names the career's skills that the title or heading names, weightiest first, out of all of them."""
        found = {entry.resource.title: entry for entry in await small.courses(career="data-engineer", limit=10)}
        spark = found["Apache Spark with Python"]
        assert spark.covers == ("Python", "Apache Spark")
        assert spark.out_of == 5
        assert not spark.whole_field
        assert found["Data Engineering from zero"].whole_field

    async def test_none_for_the_irrelevant(self, small: Knowledge) -> None:
        """A career that nothing teaches gets an empty list and no near misses: networking is no communication."""
        assert await titles(small, career="night-nurse", limit=10) == ["Communication skills at work"]

    async def test_names_that_are_words(self, small: Knowledge) -> None:
        """The word Go and the letters R and C mean languages only where the heading or the whole title says so."""
        programmer = await titles(small, career="systems-programmer", limit=10)
        assert "A tour of Go" in programmer
        assert "C programming" in programmer
        assert "Modern C++" in programmer
        assert not {"Let us go to the sea", "C# for beginners", "ASP.NET Core"} & set(programmer)
        engineer = await titles(small, career="data-engineer", limit=20)
        assert "Statistics in R" in engineer
        assert "Vitamin R and other pills" not in engineer

    async def test_what_a_title_says_besides_counts_against_it(self, small: Knowledge) -> None:
        """Of two courses on a skill the one that is about nothing else is more relevant."""
        found = {entry.resource.title: entry.relevance for entry in await small.courses(topic="python", limit=10)}
        assert found["Python"] > found["Python for archaeologists who love football"]


@pytest.mark.asyncio(loop_scope="module")
class TestFilters:
    """Language, level and price."""

    async def test_language(self, small: Knowledge) -> None:
        """Only the language asked for, English where none is."""
        assert await titles(small, topic="sql", language="de") == ["SQL auf Deutsch"]
        assert "SQL auf Deutsch" not in await titles(small, topic="sql", limit=10)

    async def test_free_means_known_to_be_free(self, small: Knowledge) -> None:
        """What doesn't tell its price is neither free nor paid."""
        free = await titles(small, topic="sql", free=True, limit=10)
        paid = await titles(small, topic="sql", free=False, limit=10)
        assert "SQL for beginners" in free
        assert "Learn SQL" not in {*free, *paid}
        assert paid == ["SQL in depth, advanced"]

    async def test_level(self, small: Knowledge) -> None:
        """The level asked for first, be it stated or in the title; then what states none; never another level."""
        found = await titles(small, topic="sql", level="beginner", limit=10)
        assert found[0] == "SQL for beginners"
        assert "Learn SQL" in found
        assert "SQL Server administration" in found
        assert not {"SQL in depth, advanced", "The SQL course"} & set(found)

    async def test_filters_reach_past_the_best(self, small: Knowledge) -> None:
        """A filter is a condition of the search, so the only paid course is found though five others rank higher."""
        assert await titles(small, career="data-engineer", free=False, limit=1) == ["SQL in depth, advanced"]


@pytest.mark.asyncio(loop_scope="module")
class TestSubject:
    """What is found for free words."""

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ("C++", ["Modern C++"]),
            ("c#", ["C# for beginners", "ASP.NET Core"]),
            (".NET", ["ASP.NET Core"]),
            ("asp.net", ["ASP.NET Core"]),
            ("R", ["Statistics in R"]),
            ("golang", ["A tour of Go"]),
            ("Go", ["A tour of Go"]),
            ("C", ["C programming"]),
            ("courses on watercolour", ["Watercolour painting"]),
            ("pyspark", ["Apache Spark with Python"]),
            ("python and spark", ["Apache Spark with Python"]),
            ("python and football and sql", []),
            ("first aid", []),
            ("courses", []),
            ("", []),
            ('"* OR NEAR(', []),
        ],
    )
    async def test_found(self, small: Knowledge, asked: str, expected: list[str]) -> None:
        """Special terms are words, other names lead to the same subject, and what nothing holds finds nothing."""
        assert await titles(small, topic=asked) == expected

    async def test_all_that_is_asked_for(self, small: Knowledge) -> None:
        """Of several subjects every one must be taught."""
        assert await titles(small, topic="python with apache spark") == ["Apache Spark with Python"]

    async def test_parts_come_after(self, small: Knowledge) -> None:
        """A course on a part of the subject is found, below those on the subject itself."""
        found = await titles(small, topic="structured query language", limit=10)
        assert found.index("PostgreSQL course") > found.index("Learn SQL")

    async def test_covers_says_something_new(self, small: Knowledge) -> None:
        """The reason names what else the course teaches, never the subject that was asked for."""
        (found,) = await small.courses(topic="pyspark", limit=5)
        assert found.covers == ("Python",)
        assert found.out_of == 0


async def test_floor(bot: CareerBot) -> None:
    """The packaged catalogue's ranking stays above its floor by hand-made judgement, and above plain BM25."""
    judged = judgements()
    for kind, least in FLOOR.items():
        found = await quality(bot.desk.knowledge, ours, kind, judged)
        assert found.ndcg >= least
        assert found.useless <= 0.05 * found.shown
        for yardstick in (bm25_title, bm25_skills):
            assert found.ndcg > (await quality(bot.desk.knowledge, yardstick, kind, judged)).ndcg + 0.1


@pytest.mark.parametrize(
    "slug", ["dental-hygienist", "registered-nurse", "chief-executive", "cashier", "roofer", "chef"]
)
async def test_no_nonsense(bot: CareerBot, slug: str) -> None:
    """Careers that the packaged catalogue teaches nothing for get an empty list."""
    assert not await bot.desk.knowledge.courses(career=slug)
    assert not await bot.desk.knowledge.books(career=slug)


def test_a_source_that_nobody_described(tmp_path: Path) -> None:
    """Courses that cite a source without a row in sources.tsv stop the build, which says what to do."""
    row = ("id", "SQL", "https://example.org/1", "", "en", "", "", "", "nowhere")
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "courses-own.tsv.gz").write_bytes(table_bytes(TABLES["courses"], [row]))
    with pytest.raises(BuildError, match=r"'nowhere', which is not in sources\.tsv; add a row"):
        build([tmp_path], tmp_path / "broken.db")
    assert not (tmp_path / "broken.db").exists()


@pytest.mark.parametrize("word", ["introduction", "design", "development", "systems", "basics"])
async def test_looking_at_few_finds_the_best(bot: CareerBot, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """For a word that many titles hold, the few that are looked at are those that looking at all would show."""
    found = await bot.desk.knowledge.books(topic=word, limit=10)
    monkeypatch.setattr(resource_rows, "_BY_TEXT", 100_000)
    among_all = await bot.desk.knowledge.books(topic=word, limit=10)
    assert len(found) == 10
    assert [each.resource.url for each in found] == [each.resource.url for each in among_all]


async def test_ids_are_unique_and_addresses_open(bot: CareerBot) -> None:
    """Every address begins with http, and no address stands twice within courses or books."""
    rows = await bot.desk.knowledge._store.rows("SELECT id, kind, url FROM resources")
    assert len(rows) > 9_000
    assert len({row[0] for row in rows}) == len(rows)
    assert len({(row[1], row[2]) for row in rows}) == len(rows)
    assert all(row[2].startswith(("http://", "https://")) for row in rows)


async def test_reason(bot: CareerBot) -> None:
    """A link says how many of the career's most important skills the course covers, and which."""
    found = await bot.desk.knowledge.courses(career="data-engineer", limit=6)
    (links,) = (block for block in links_block(bot.desk, found) if isinstance(block, Links))
    reasons = _by_title(links)
    several = next(entry for entry in found if entry.covers and not entry.whole_field)
    assert reasons[several.resource.title] == (
        f"covers {len(several.covers)} of the 12 most important skills: {', '.join(several.covers[:3])}"
    )


def _by_title(links: Links) -> dict[str, str]:
    return {item.title: item.reason for item in links.items}


@pytest.mark.parametrize(
    ("grades", "judged", "expected"),
    [((3, 2, 0), (0, 2, 3), 1.0), ((), (3,), 0.0), ((0,), (0, 0), None), ((0, 3), (3, 0), 0.6309)],
)
def test_measure(grades: Sequence[int], judged: Sequence[int], expected: float | None) -> None:
    """NDCG is 1 for the ideal order, 0 for an empty list, and undefined where nothing is of use."""
    found = ndcg(grades, judged)
    assert found == (expected if expected is None else pytest.approx(expected, abs=1e-4))


def test_judgements_are_whole() -> None:
    """Thirty careers are judged, each entry 0 to 3, none twice."""
    judged = judgements()
    assert len({career for career, _ in judged}) == 30
    assert {grade for grades in judged.values() for grade in grades.values()} <= {0, 1, 2, 3}
    assert Path(__file__).with_name("evaluation").joinpath("relevance.tsv").exists()
