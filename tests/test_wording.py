"""Sections of occupations without a written profile: every one is worded well, from facts, in our own words."""

from __future__ import annotations

import asyncio
import csv
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.build import CONTENT, build
from knowledge.content_files import ContentFiles, small_table
from knowledge.duties import duty
from knowledge.knowledge import Knowledge
from knowledge.models import SECTIONS, Career, Outlook, Place, Section, Source
from knowledge.spoken import called, many
from knowledge.wording import growth_words, word
from knowledge.wording.entry import entry_clause
from knowledge.wording.facts import Facts, Phrases
from knowledge.wording.language import article, join, pick, varied
from knowledge.wording.names import program_name, tool_name

SHARED = Path(__file__).resolve().parents[2] / "shared"
RELEASE = SHARED / "data" / "onet" / "db_30_1_text.zip"
SAME_WORDS = 8
"""A run of so many words in common with an official text counts as copied."""
MOST_WORDS, LONGEST_SENTENCE = 120, 60
_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Told:
    """One occupation's sections and whether it has rated skills."""

    career: Career
    sections: dict[str, Section]
    rated: bool


@pytest.fixture(scope="module")
def occupations(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """All occupations that nobody has written up, worded from a database built for this module."""
    database = tmp_path_factory.mktemp("wording") / "knowledge.db"
    build([CONTENT], database)

    async def tell() -> list[Told]:
        knowledge = await Knowledge.open(database)
        found = []
        for career in await knowledge.careers(depth="occupation"):
            worded = {name: await knowledge.section(career.slug, name) for name in SECTIONS}
            rated = any(skill.kind == "skill" for skill in await knowledge.skills(career.slug))
            found.append(Told(career, {name: section for name, section in worded.items() if section}, rated))
        known = {source.id for source in await knowledge.sources()}
        await knowledge.close()
        assert {ident for told in found for s in told.sections.values() for ident in s.generated_from} <= known
        return found

    return asyncio.run(tell())


def paragraphs(told: Told) -> Iterator[tuple[str, str]]:
    """(where, text) of every paragraph and item of an occupation."""
    for name, section in told.sections.items():
        for text in section.paragraphs:
            yield f"{told.career.slug} {name}", text
        for item in section.items:
            yield f"{told.career.slug} {name}", f"{item.lead}: {item.text}" if item.lead else item.text


def sentences(told: Told) -> Iterator[tuple[str, str]]:
    """(where, sentence)."""
    for where, text in paragraphs(told):
        for sentence in _SENTENCE.split(text):
            yield where, sentence


def test_every_occupation_says_what_it_is(occupations: list[Told]) -> None:
    """None lacks an overview or responsibilities; where duties are unknown, the section says so."""
    assert len(occupations) > 800
    for told in occupations:
        assert told.sections["overview"].paragraphs, told.career.slug
        duties = told.sections["responsibilities"]
        assert len(duties.items) >= 3 or "Nobody has listed" in " ".join(duties.paragraphs), told.career.slug


def test_rated_skills_are_told(occupations: list[Told]) -> None:
    """Wherever skills are rated, the section on skills names some."""
    assert [told.career.slug for told in occupations if told.rated and "skills" not in told.sections] == []


def test_most_occupations_have_every_section(occupations: list[Told]) -> None:
    """Nine in ten occupations have all sections, so that only their depth tells them from written ones."""
    for name in SECTIONS:
        having = sum(name in told.sections for told in occupations)
        assert having >= 0.88 * len(occupations), f"{name}: {having} of {len(occupations)}"


@pytest.mark.parametrize(
    ("rule", "pattern"),
    [
        ("no doubled space", r"\s\s"),
        ("no space before a comma or full stop", r" [,;:](?:\s|$)| \.(?:\s|$)"),
        ("no doubled punctuation", r"[,;:.][,;:.]"),
        ("no missing value", r"\bNone\b|\bnull\b|\bnan\b"),
        ("no placeholder", r"[{}]"),
        ("no word twice", r"\b(and|or|the|a|an|of|to|in|for|with|is|are) \1\b"),
        ("an before a vowel", r"\ba (?!one\b|uni|use|usa|eu|u\b)[aeiou]\w+"),
        ("a before a consonant", r"\ban (?!hour|honest|heir|x-ray|[A-Z])[bcdfghjklmnpqrstvwxyz]\w+"),
        ("no official shorthand", r"All Other|, Except|--"),
    ],
)
def test_the_language_is_clean(occupations: list[Told], rule: str, pattern: str) -> None:
    """Nothing that shows a template: no doubled words or spaces, wrong articles, empty places or official shorthand."""
    found = [(where, text) for told in occupations for where, text in paragraphs(told) if re.search(pattern, text)]
    assert found[:5] == [], f"{rule}: {len(found)}"


def test_sentences_begin_and_end_well(occupations: list[Told]) -> None:
    """Every text begins with a capital or a name, ends with a full stop or colon, and closes what it opens."""
    for told in occupations:
        for where, text in paragraphs(told):
            first = text.split()[0]
            assert first[0].isupper() or any(letter.isupper() for letter in first), (where, text)
            assert text.endswith((".", ":", "!", "?")), (where, text)
            for opening, closing in ("()", "[]", "“”"):
                assert text.count(opening) == text.count(closing), (where, text)
            assert text.count('"') % 2 == 0, (where, text)


def test_no_sentence_or_paragraph_is_too_long(occupations: list[Told]) -> None:
    """A sentence has at most sixty words, a paragraph a hundred and twenty."""
    for told in occupations:
        for where, text in paragraphs(told):
            assert len(text.split()) <= MOST_WORDS, (where, text)
        for where, sentence in sentences(told):
            assert len(sentence.split()) <= LONGEST_SENTENCE, (where, sentence)


def test_neighbours_do_not_read_alike(occupations: list[Told]) -> None:
    """No two occupations of a minor group share an overview, nor more than half of its sentences."""
    groups: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    for told in occupations:
        text = " ".join(told.sections["overview"].paragraphs)
        groups[told.career.soc[:4]].append((told.career.slug, set(_SENTENCE.split(text))))
    for members in groups.values():
        for at, (slug, said) in enumerate(members):
            for other, theirs in members[:at]:
                assert said != theirs, (slug, other)
                assert len(said & theirs) <= min(len(said), len(theirs)) / 2, (slug, other, said & theirs)


def test_no_sentence_of_a_list_comes_twice(occupations: list[Told]) -> None:
    """An occupation's list says nothing twice."""
    for told in occupations:
        for name, section in told.sections.items():
            texts = [item.text for item in section.items]
            assert len(texts) == len(set(texts)), (told.career.slug, name)


@pytest.mark.skipif(not RELEASE.exists(), reason="../shared with the O*NET release is not here")
def test_nothing_is_copied_from_official_texts(occupations: list[Told]) -> None:
    """No run of eight words stands in a task statement or an occupation's definition."""
    official: set[tuple[str, ...]] = set()
    with zipfile.ZipFile(RELEASE) as archive:
        for file, column in (("Task Statements.txt", "Task"), ("Occupation Data.txt", "Description")):
            member = next(name for name in archive.namelist() if name.endswith(f"/{file}"))
            with archive.open(member) as binary:
                stream = io.TextIOWrapper(binary, "utf-8-sig", newline="")
                for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
                    official.update(runs(row[column]))
    copied = [(where, text) for told in occupations for where, text in sentences(told) if official & runs(text)]
    assert copied == []


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of SAME_WORDS words."""
    words = re.findall(r"[a-z0-9']+", text.casefold())
    return {tuple(words[at : at + SAME_WORDS]) for at in range(len(words) - SAME_WORDS + 1)}


def test_everything_rated_has_a_name_of_ours() -> None:
    """Every element that sets an occupation apart has a phrase, and every phrase and spoken title is of something."""
    files = ContentFiles((CONTENT,))
    rated = {(row[1], row[2]) for row in files.rows("contrasts")}
    nouns = {(row[0], row[1]) for row in small_table(files, "phrases.tsv") if row[2] == "noun"}
    assert sorted(rated - nouns) == []
    kinds = {kind for kind, _ in rated}
    assert sorted((kind, name) for kind, name in nouns if kind in kinds and (kind, name) not in rated) == []
    titles = {row[3] for row in files.rows("occupations")}
    assert [row[0] for row in small_table(files, "spoken.tsv") if row[0] not in titles] == []


def test_written_duties_are_of_known_labels() -> None:
    """Labels stand once in duties.tsv, nearly all are in use, and what we say is a phrase without a full stop."""
    files = ContentFiles((CONTENT,))
    labels = {row[1] for row in files.rows("activities")}
    rows = [row[:2] for row in small_table(files, "duties.tsv")]
    assert len({label for label, _ in rows}) == len(rows)
    assert sum(label in labels for label, _ in rows) >= 0.95 * len(rows)
    assert [said for _, said in rows if not said or said[0].isupper() or said.endswith(".") or "  " in said] == []


# the pieces


def facts(**given: object) -> Facts:
    """Facts of an invented occupation: none but those given."""
    career = Career(slug="kite-maker", title="Kite Maker", plural="Kite Makers", soc="51-9999.00")
    return Facts(**{"career": career, "many": "kite makers", "phrases": Phrases([]), "source": "onet", **given})  # type: ignore[arg-type]


def test_too_few_facts_give_no_section() -> None:
    """Without facts there is an overview and a reason for the missing duties, and nothing else."""
    assert {name for name in SECTIONS if word(name, facts()) is not None} == {"overview", "responsibilities"}
    assert word("no-such-section", facts()) is None


def test_duties_come_from_the_facts() -> None:
    """Duties are listed as they stand, and the one that names the title's thing leads the overview."""
    given = facts(duties=("cut paper", "test the wind", "make kites to order"))
    duties = word("responsibilities", given)
    assert duties is not None
    assert [item.text for item in duties.items] == ["Make kites to order.", "Cut paper.", "Test the wind."]
    overview = word("overview", given)
    assert overview is not None
    assert "make kites to order" in overview.paragraphs[0].split(".")[0]
    assert overview.generated_from == ("onet",)


def test_openings_say_why_there_are_any() -> None:
    """Openings beyond what growth makes replace people who leave; a decline leaves nothing else."""
    source = Source(id="ep", title="Projections", publisher="BLS", licence="public domain", as_of="2024")
    place = Place(id="country:US", name="United States", kind="country", country="US")

    def told(percent: float) -> str:
        row = Outlook(
            growth_percent=percent, openings_per_year=2_000, employment=10_000, place=place, first_year=2024,
            last_year=2034, source=source,
        )  # fmt: skip
        section = word("outlook", facts(outlook=(row,)))
        assert section is not None
        assert section.generated_from == ("ep",)
        return section.paragraphs[0]

    assert "all of them to replace people who leave" in told(-4.0)
    assert "nearly all of them to replace people who leave" in told(3.0)
    assert "a good part of them in new jobs" in told(60.0)
    assert "a fall of 4%" in told(-4.0)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Crane and Tower Operators", "crane and tower operators"),
        ("Engineers, All Other", "other engineers"),
        ("Architects, Except Landscape and Naval", "architects"),
        (
            "English Language and Literature Teachers, Postsecondary",
            "college teachers of English language and literature",
        ),
        ("First-Line Supervisors of Retail Sales Workers", "supervisors of retail sales workers"),
        ("Judges, Magistrate Judges, and Magistrates", "judges, magistrate judges and magistrates"),
        ("iOS Developers", "iOS developers"),
    ],
)
def test_titles_read_well_in_sentences(title: str, said: str) -> None:
    """A title loses its capitals and official qualifiers, and keeps names and abbreviations."""
    assert many(title, {}) == said


def test_names_are_said_as_people_say_them() -> None:
    """Abbreviations beside what they abbreviate go, or stand alone; brackets give the full title."""
    assert called("CEO (Chief Executive Officer)") == "chief executive officer"
    assert program_name("Structured query language SQL") == "SQL"
    assert program_name("ESRI ArcGIS software") == "ESRI ArcGIS"
    assert program_name("Email software") == "email software"
    assert tool_name("All terrain vehicles ATV") == "all terrain vehicles"
    assert tool_name("Allen wrenches") == "Allen wrenches"


def test_labels_without_a_wording_follow_rules() -> None:
    """A label that nobody has worded is put into our spelling, first letter small; a worded one is taken as it is."""
    assert (
        duty("Analyze behavior of individuals, groups, or programs.", {})
        == "analyse behaviour of people, groups or programmes"
    )
    assert duty("Cook foods", {"Cook foods": "cook"}) == "cook"


def test_words_are_joined_by_their_kind() -> None:
    """Lists, articles and levels of education read as English."""
    assert join(["a", "b", "c"]) == "a, b and c"
    assert join(["law and government", "history"]) == "law and government, and history"
    assert join(["a", "b"], "or") == "a or b"
    assert [article(noun) for noun in ("engineer", "university degree", "MBA", "diploma")] == [
        "an engineer", "a university degree", "an MBA", "a diploma",
    ]  # fmt: skip
    assert entry_clause("No formal educational credential") == ""
    assert entry_clause("Associate's degree") == "an associate's degree"
    assert varied(["stock supplies", "stock supplies or goods", "cook"]) == ["stock supplies", "cook"]


def test_a_choice_is_always_the_same_and_spread() -> None:
    """The same occupation gets the same formulation, and all of them are used."""
    choices = ["a", "b", "c"]
    assert {pick("51-3011.00", "x", choices) for _ in range(5)} == {pick("51-3011.00", "x", choices)}
    assert {pick(f"51-{code}.00", "x", choices) for code in range(1000, 1100)} == set(choices)


def test_growth_is_told_in_bands() -> None:
    """Ten years' change is told in the bands of the source."""
    told = [growth_words(percent) for percent in (8.0, 5.5, 3.1, 1.5, 0.0, -5.0)]
    assert told[0] == "grow much faster than average"
    assert told[-2:] == ["hardly change", "decline"]
    assert len(set(told)) == len(told)
