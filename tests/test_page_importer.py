"""The page importer: what it takes from a career page's text, what it leaves out, and what it never touches."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.build import CONTENT
from knowledge.check import check
from knowledge.cities import Cities
from knowledge.content_files import ContentFiles
from knowledge.importers.base import SourceError
from knowledge.importers.page import Page, import_page, read_page
from knowledge.importers.page_pay import read_amount
from knowledge.profile import Profile, read_profile
from knowledge.tables import TABLES, table_bytes

SAMPLE = Path(__file__).resolve().parents[2] / "shared" / "data" / "career-page-sample.txt"

PAGE = """We may earn a small affiliate commission if you follow a link to one of our shops.

Lift Mechanic - Hydraulic

Hydraulic lift mechanics keep the pistons, pumps and valves of low-rise lifts tight. They crawl into pits that nobody
else wants to see.

Read more

Hydraulic lift mechanics keep the pistons, pumps and valves of low-rise lifts tight. They crawl into pits that nobody
else wants to see.

Responsibilities and Duties

A week in the pits holds, among others:

  • Bleeding air out of cylinders
  • Swapping worn seals
  • Reading a {pressure} gauge twice

Education and Training

An apprenticeship of some winters, then a licence from the county.

Skills

Whoever looks after pistons needs:

  • Hydraulics
  • Wiring diagrams
  • Rigging

Career Outlook

Old blocks of flats are full of leaking cylinders. " "

Career Growth

From helper to mechanic, and from there to adjuster.

Challenges

These are:

  • Oil in every pocket
  • Tenants on the stairs

Personal Growth Opportunities

You gain:

  • A sense for strange noises

Personality Traits and Interests

They tend to be:

  • Unhurried
  • Fond of manuals

Self-Guided Projects

Try these at home:

  • Taking a car jack apart

Online Courses

Fluid power can be studied on a screen; pits can't.

Conclusion

Some like the smell of warm oil.

Share

Tell your friends about this page:

Salaries for Lift Mechanic - Hydraulic

City
Median
New York
$101,500
Austin
$70,250
See all salaries
City
Median
New York
$101,500
Austin
$70,250
Toronto
$88,000
London
£51,000
Paris
€39,900
Tel Aviv
₪188,000
Shanghai
¥260,500
Bengalaru
₹910,000
Bars show how they compare. All these salaries are estimates. Finishing a course promises no job.

Path to Lift Mechanic - Hydraulic

Start here.
We picked a few courses for you.
Sorted from most relevant to least relevant:

Reading list

We haven't found any books for this list so far.
Our mission

PageMakers helps people learn.

Affiliate disclosure

When you buy something, we may earn a commission from the shop.

© 2011 - 2023 PageMakers
"""

FIGURES = [
    ("New York", "US", "USD", 101500), ("Austin", "US", "USD", 70250), ("Toronto", "CA", "CAD", 88000),
    ("London", "GB", "GBP", 51000), ("Paris", "FR", "EUR", 39900), ("Tel Aviv", "IL", "ILS", 188000),
    ("Shanghai", "CN", "CNY", 260500), ("Bengaluru", "IN", "INR", 910000),
]  # fmt: skip
CITIES = [
    ("1", "New York City", "US", 8_800_000), ("2", "Austin", "US", 970_000), ("3", "Toronto", "CA", 2_790_000),
    ("4", "London", "GB", 8_960_000), ("5", "London", "CA", 422_000), ("6", "Paris", "FR", 2_138_000),
    ("7", "Tel Aviv", "IL", 432_000), ("8", "Shanghai", "CN", 24_800_000), ("9", "Bengaluru", "IN", 8_495_000),
    ("10", "Birmingham", "GB", 1_150_000), ("11", "Birmingham", "US", 200_000), ("12", "Oslo", "NO", 580_000),
    ("13", "Tokyo", "JP", 8_300_000), ("14", "Mexico City", "MX", 12_000_000),
]  # fmt: skip
KNOWN = """---
slug: hydraulic-lift-mechanic
title: Hydraulic Lift Mechanic
plural: Hydraulic Lift Mechanics
aliases: [piston lift mechanic]   # a curator's comment
topics: [trades]
soc: 47-4021.00
skills:
  Hydraulics: 90
---

## Overview
Written by hand, with   odd spacing.

## Growth
Also by hand.
"""


@pytest.fixture
def packaged(tmp_path: Path) -> Path:
    """A small packaged content: cities, one source, one occupation, no profile."""
    folder = tmp_path / "packaged"
    (folder / "careers").mkdir(parents=True)
    (folder / "reference").mkdir()
    tables: dict[str, list[tuple[object, ...]]] = {
        "places": [(f"geonames:{at}", name, "city", country, "", people, "") for at, name, country, people in CITIES],
        "place_names": [("geonames:9", "Bangalore"), ("geonames:14", "CDMX")],
        "occupations": [("47-4021.00", "lift-installer", "Lift Installer", "Lift Installers", 3, "trades")],
        "titles": [("47-4021.00", "Hydraulic Lift Mechanic", "alternate")],
    }
    for name, rows in tables.items():
        (folder / "reference" / f"{name}.tsv.gz").write_bytes(table_bytes(TABLES[name], rows))
    (folder / "sources.tsv").write_text(
        "id\ttitle\tpublisher\turl\tlicence\tas_of\tnote\nopencourser\tPages\tPages\t\tfacts only\t2020\t\n", "utf-8"
    )
    return folder


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    return path


def _read(text: str, packaged: Path) -> Page:
    return read_page(text, "page.txt", Cities.read(ContentFiles((packaged,))))


def _figures(profile: Profile) -> list[tuple[str, str, str, float]]:
    salaries = profile.facts.salaries
    return [(f.place, f.country, f.currency, f.median) for f in (salaries.figures if salaries else ())]


def _with_salaries(rows: str) -> str:
    start, end = PAGE.index("City\nMedian"), PAGE.index("Bars show")
    return f"{PAGE[:start]}City\nMedian\n{rows}\n{PAGE[end:]}"


def test_the_page_is_read_whole(packaged: Path) -> None:
    """Title, overview, all sections under our names, lists and the year come out of the page's text."""
    page = _read(PAGE, packaged)
    assert page.title == "Lift Mechanic - Hydraulic"
    assert len(page.overview) == 1
    assert page.overview[0].endswith("pits that nobody else wants to see.")
    assert list(page.sections) == [
        "overview", "responsibilities", "education", "skills", "outlook", "growth", "challenges", "personal_growth",
        "personality", "projects", "online_courses", "conclusion",
    ]  # fmt: skip
    assert page.skills == ("Hydraulics", "Wiring diagrams", "Rigging")
    assert [item.text for item in page.sections["responsibilities"].items][-1] == "Reading a (pressure) gauge twice"
    assert page.sections["outlook"].paragraphs == ("Old blocks of flats are full of leaking cylinders.",)
    assert page.year == "2023"
    assert page.books == page.courses == ()


def test_each_city_stands_once_in_the_pages_order(packaged: Path) -> None:
    """The short table and the whole one are one table; amounts are kept to the digit, currencies are the cities'."""
    found = _read(PAGE, packaged).salaries
    assert [(figure.place, figure.country, figure.currency, figure.amount) for figure in found] == FIGURES
    notes = {figure.place: figure.note for figure in found if figure.note}
    assert set(notes) == {"Toronto", "Bengaluru"}
    assert "bare $" in notes["Toronto"]
    assert "CAD" in notes["Toronto"]
    assert notes["Bengaluru"] == "the page writes Bengalaru"


def test_what_is_left_out_is_told_by_line(packaged: Path) -> None:
    """Every line that isn't taken stands in the list with its number and a reason; nothing vanishes."""
    page = _read(PAGE, packaged)
    lines = PAGE.splitlines()
    told = {skip.line: skip.reason for skip in page.left_out}

    def reason(text: str, nth: int = 0) -> str:
        return told.get([number for number, line in enumerate(lines, 1) if line == text][nth], "")

    assert "affiliate" in reason(lines[0])
    assert "link" in reason("Read more")
    assert reason(lines[4], 1) == "repeats line 5"
    assert told[lines.index('Old blocks of flats are full of leaking cylinders. " "') + 1] == "stray quotation marks"
    assert "link" in reason("See all salaries")
    assert "starts again" in reason("City", 1)
    assert "already" in reason("$101,500", 1)
    assert "estimates" in reason(next(line for line in lines if line.startswith("Bars")))
    assert "empty" in reason("We haven't found any books for this list so far.")
    assert "site" in reason("PageMakers helps people learn.")
    assert "affiliate" in reason("When you buy something, we may earn a commission from the shop.")
    assert "copyright" in reason(lines[-1])
    assert [skip.line for skip in page.left_out] == sorted(skip.line for skip in page.left_out)
    assert any("Bengalaru is read as Bengaluru" in note for note in page.notes)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("Oslo\nkr 700 000", [("Oslo", "NOK", 700000)]),
        ("Tokyo\n¥9,100,000\nShanghai\n¥400,000", [("Tokyo", "JPY", 9100000), ("Shanghai", "CNY", 400000)]),
        ("Paris\n€ 64.500", [("Paris", "EUR", 64500)]),
        ("London\n£51.5k", [("London", "GBP", 51500)]),
        ("New York\t$101,500\nToronto: CA$88,000", [("New York", "USD", 101500), ("Toronto", "CAD", 88000)]),
        ("Bangalore\nINR 910,000", [("Bengaluru", "INR", 910000)]),
        ("Mexico City\n$400,000", [("Mexico City", "MXN", 400000)]),
        ("Birmingham\n$60,000", [("Birmingham", "USD", 60000)]),
    ],
)
def test_other_spellings_of_rows(packaged: Path, rows: str, expected: list[tuple[str, str, float]]) -> None:
    """Signs, codes, thousands separators and one-line rows of other pages are read alike."""
    found = _read(_with_salaries(rows), packaged).salaries
    assert [(figure.place, figure.currency, figure.amount) for figure in found] == expected


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("Atlantis\n$90,000", "no city is called 'Atlantis'"),
        ("London\n$90,000", "pays in GBP, and the page writes $"),
        ("London\n£0", "not above zero"),
        ("London\n£-3", "not above zero"),
        ("London\n51,000", "no amount with a currency"),
        ("London\n£51,00,0", "no amount with a currency"),
        ("London\nParis\n€39,900", "'London' has no amount after it"),
        ("$90,000", "stands under no city"),
    ],
)
def test_a_row_that_cannot_be_trusted_is_left_out(packaged: Path, rows: str, reason: str) -> None:
    """No city, no currency, no positive amount: the row is left out and told, never guessed."""
    page = _read(_with_salaries(rows), packaged)
    assert "London" not in [figure.place for figure in page.salaries]
    assert any(reason in skip.reason for skip in page.left_out), [str(skip) for skip in page.left_out]


def test_a_page_that_contradicts_itself_gives_no_figure(packaged: Path) -> None:
    """Two amounts for one city: neither is taken, and both lines are named."""
    page = _read(_with_salaries("Austin\n$70,250\nParis\n€39,900\nAustin\n$70,260"), packaged)
    assert [figure.place for figure in page.salaries] == ["Paris"]
    assert any("contradicts line" in skip.reason for skip in page.left_out)


def test_other_measures_than_the_median_are_not_taken_for_it(packaged: Path) -> None:
    """A table headed "Average" holds no medians."""
    page = _read(PAGE.replace("Median", "Average"), packaged)
    assert page.salaries == ()
    assert any("'average'" in skip.reason for skip in page.left_out)


def test_a_foreign_heading_does_not_leak_into_the_section_before(packaged: Path) -> None:
    """What stands under a heading that we have no section for is left out, with the heading's name."""
    page = _read(PAGE.replace("Challenges\n", "Famous Lifts\n\nOne is in Paris.\n\nChallenges\n", 1), packaged)
    assert page.sections["growth"].paragraphs == ("From helper to mechanic, and from there to adjuster.",)
    assert sum("'Famous Lifts'" in skip.reason for skip in page.left_out) == 2


def test_titles_under_path_and_reading_list_are_kept_as_titles(packaged: Path) -> None:
    """Courses and books that a page lists are told; without an address they are no catalogue entries."""
    text = PAGE.replace("least relevant:\n", "least relevant:\n\nPumps from Scratch\n")
    page = _read(text.replace("We haven't found any books for this list so far.", "The Quiet Piston"), packaged)
    assert (page.courses, page.books) == (("Pumps from Scratch",), ("The Quiet Piston",))


def test_a_first_line_of_the_site_is_no_title(packaged: Path) -> None:
    """The page names its career again above the salaries; a breadcrumb before the title is left out."""
    page = _read(
        PAGE.replace("Lift Mechanic - Hydraulic\n", "Home / Careers\n\nLift Mechanic - Hydraulic\n", 1), packaged
    )
    assert page.title == "Lift Mechanic - Hydraulic"
    assert len(page.overview) == 1


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "Just a note.\n", "A Title\n\nSkills\n\nSome text about skills.\n", KNOWN,
     "<!DOCTYPE html>\n<html>" + PAGE, "word " * 300],
)  # fmt: skip
def test_a_text_that_is_no_page_is_refused(text: str, packaged: Path, tmp_path: Path) -> None:
    """The error names the file and says what to save; nothing is written."""
    path = tmp_path / "other.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError, match=r"other\.txt.*[Ss]ave"):
        import_page(path, tmp_path / "own", packaged=packaged)
    assert not (tmp_path / "own").exists()


def test_paths_and_encodings_that_are_wrong_are_refused(packaged: Path, tmp_path: Path) -> None:
    """A missing file, a folder or another encoding is an error for people."""
    latin = tmp_path / "latin.txt"
    latin.write_bytes(PAGE.encode("utf-16"))
    for path in (tmp_path / "missing.txt", tmp_path, latin):
        with pytest.raises(SourceError):
            import_page(path, tmp_path / "own", packaged=packaged)
    assert not (tmp_path / "own").exists()


def test_a_new_career_becomes_a_profile(page: Path, packaged: Path, tmp_path: Path) -> None:
    """An unknown title makes a new file that reads back as the page, and the report says what a curator must add."""
    own = tmp_path / "own"
    report = import_page(page, own, packaged=packaged)
    assert report.path == own / "careers" / "lift-mechanic-hydraulic.md"
    assert report.created
    assert report.changed
    profile = read_profile(report.path)
    assert profile.facts.title == "Lift Mechanic - Hydraulic"
    assert profile.facts.plural == "Lift Mechanics - Hydraulic"
    assert profile.facts.skills == {"Hydraulics": 50, "Wiring diagrams": 50, "Rigging": 50}
    assert _figures(profile) == FIGURES
    assert profile.facts.salaries is not None
    assert (profile.facts.salaries.source, profile.facts.salaries.as_of) == ("opencourser", "2023")
    assert profile.facts.salaries.estimate
    assert dict(profile.sections) == dict(_read(PAGE, packaged).sections)
    told = "\n".join(report.lines())
    for gap in ("topics", "aliases", "weigh", "perhaps 47-4021.00", "A typical day, Path"):
        assert gap in told
    assert "origin: page.txt" in told
    assert not list(report.path.parent.glob(".*"))


def test_a_second_import_changes_nothing(page: Path, packaged: Path, tmp_path: Path) -> None:
    """The same page gives the same bytes, also with replace, and the report says so."""
    own = tmp_path / "own"
    path = import_page(page, own, soc="47-4021.00", packaged=packaged).path
    before = path.read_bytes()
    stamp = path.stat().st_mtime_ns
    for replace in (False, True):
        report = import_page(page, own, replace=replace, packaged=packaged)
        assert not report.changed
        assert not report.created
        assert "nothing changed" in report.lines()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, stamp)


def test_an_existing_profile_gets_salaries_and_nothing_else(page: Path, packaged: Path, tmp_path: Path) -> None:
    """Hand-written bytes stay as they are: the salaries block goes in, and a later page changes only that block."""
    own = tmp_path / "own"
    (own / "careers").mkdir(parents=True)
    path = own / "careers" / "hydraulic-lift-mechanic.md"
    path.write_text(KNOWN, "utf-8")
    report = import_page(page, own, packaged=packaged)
    assert (report.slug, report.path) == ("hydraulic-lift-mechanic", path)
    assert report.changes == ["salaries: 8 cities, all new"]
    assert any("only its salaries" in note for note in report.notes)
    written = path.read_text("utf-8")
    start, end = written.index("salaries:"), written.index("---\n\n## Overview")
    assert written[:start] + written[end:] == KNOWN
    assert _figures(read_profile(path)) == FIGURES

    curated = written.replace("median: 51000}", "median: 51000, note: looked up by hand}")
    path.write_text(curated, "utf-8")
    page.write_text(PAGE.replace("€39,900", "€41,000").replace("Tel Aviv\n₪188,000\n", ""), "utf-8")
    report = import_page(page, own, packaged=packaged)
    assert report.changes == ["salaries: Paris EUR 39,900 → EUR 41,000", "salaries: Tel Aviv is gone"]
    lines = [line for line in curated.splitlines() if "Tel Aviv" not in line]
    assert path.read_text("utf-8").splitlines() == [line.replace("39900", "41000") for line in lines]


def test_replace_puts_the_pages_sections_in(page: Path, packaged: Path, tmp_path: Path) -> None:
    """Only on demand are sections replaced; sections and keys that the page lacks stay."""
    own = tmp_path / "own"
    (own / "careers").mkdir(parents=True)
    path = own / "careers" / "hydraulic-lift-mechanic.md"
    path.write_text(f"{KNOWN}\n## A typical day\nBy hand as well.\n", "utf-8")
    report = import_page(page, own, replace=True, packaged=packaged)
    profile = read_profile(path)
    assert profile.facts.topics == ("trades",)
    assert profile.facts.skills == {"Hydraulics": 90}
    assert "a curator's comment" in path.read_text("utf-8")
    assert profile.sections["typical_day"].paragraphs == ("By hand as well.",)
    assert profile.sections["overview"].paragraphs == _read(PAGE, packaged).overview
    assert list(profile.order)[:3] == ["overview", "responsibilities", "typical_day"]
    assert any(change.startswith("sections replaced: Overview") for change in report.changes)
    before = path.read_bytes()
    assert not import_page(page, own, replace=True, packaged=packaged).changed
    assert path.read_bytes() == before


def test_a_packaged_profile_is_copied_and_not_hidden(page: Path, packaged: Path, tmp_path: Path) -> None:
    """A career that the packaged content has keeps its text in the operator's copy, which the report tells of."""
    (packaged / "careers" / "hydraulic-lift-mechanic.md").write_text(KNOWN, "utf-8")
    report = import_page(page, tmp_path / "own", packaged=packaged)
    assert read_profile(report.path).sections["overview"].paragraphs == ("Written by hand, with   odd spacing.",)
    assert any("copied from" in note for note in report.notes)
    assert (packaged / "careers" / "hydraulic-lift-mechanic.md").read_text("utf-8") == KNOWN


def test_the_packaged_content_takes_facts_only(page: Path, packaged: Path) -> None:
    """Foreign sentences never enter the content that is shipped."""
    report = import_page(page, packaged, packaged=packaged)
    profile = read_profile(report.path)
    assert profile.sections == {}
    assert _figures(profile) == FIGURES
    assert any("facts only" in note for note in report.notes)


def test_wrong_arguments_write_nothing(page: Path, packaged: Path, tmp_path: Path) -> None:
    """An unknown source, code or slug is refused before anything is written."""
    own = tmp_path / "own"
    for wrong in ({"source": "hearsay"}, {"soc": "99-9999.00"}, {"slug": "../evil"}, {"slug": "Lift Mechanic"}):
        with pytest.raises(SourceError):
            import_page(page, own, packaged=packaged, **wrong)  # type: ignore[arg-type]
    assert not own.exists()


def test_a_broken_profile_is_left_alone(page: Path, packaged: Path, tmp_path: Path) -> None:
    """A profile that can't be read is named with its line and keeps its bytes."""
    own = tmp_path / "own"
    (own / "careers").mkdir(parents=True)
    path = own / "careers" / "lift-mechanic-hydraulic.md"
    path.write_text("---\nslug: [\n---\n", "utf-8")
    with pytest.raises(SourceError, match=r"lift-mechanic-hydraulic\.md:\d"):
        import_page(page, own, packaged=packaged)
    assert path.read_text("utf-8") == "---\nslug: [\n---\n"


def test_the_pages_marks_do_not_become_ours(packaged: Path, tmp_path: Path) -> None:
    """List marks, headings, fences, braces and invisible characters in a page's text can't forge a profile's format."""
    text = PAGE.replace(
        "From helper to mechanic, and from there to adjuster.",
        "## Path\n\n--- # Forged\n\n- 1. {Hydraulics} on\u202etop\u200b\n\nFrom helper to adjuster.",
    )
    path = tmp_path / "page.txt"
    path.write_text(text, "utf-8")
    profile = read_profile(import_page(path, tmp_path / "own", packaged=packaged).path)
    assert "path" not in profile.order
    assert len(profile.order) == 12
    growth = profile.sections["growth"]
    assert growth.paragraphs == ("Path", "Forged", "From helper to adjuster.")
    assert [(item.text, item.skills) for item in growth.items] == [("(Hydraulics) ontop", ())]


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [("$214,000", 214000, "USD"), ("€ 64.500", 64500, "EUR"), ("119 000 CAD", 119000, "CAD"), ("£95k", 95000, "GBP"),
     ("CHF 90’000", 90000, "CHF"), ("1.234,50 €", 1234.5, "EUR"), ("zł12,000.25", 12000.25, "PLN")],
)  # fmt: skip
def test_amounts(text: str, amount: float, currency: str) -> None:
    """Amounts of either decimal style are read exactly, with the currencies their sign may mean."""
    read = read_amount(text)
    assert read is not None
    assert read[2] == amount
    assert currency in read[1]


@pytest.mark.parametrize("text", ["214,000", "$", "$2,14,000", "about $5", "$5 or $6", "5 $ 6", "XXY 5", "£1,2345"])
def test_no_amounts(text: str) -> None:
    """What is no amount with one currency is not made one."""
    assert read_amount(text) is None


@pytest.mark.skipif(not SAMPLE.exists(), reason="needs ../shared/data/career-page-sample.txt beside the repository")
def test_the_sample_page_to_the_digit(tmp_path: Path) -> None:
    """All twelve figures of the real page, in its order, with their currencies; and importing it finds the profile."""
    page = read_page(SAMPLE.read_text("utf-8"), SAMPLE)
    assert page.title == "Software Engineer - Backend"
    assert [(s.place, s.country, s.currency, s.amount) for s in page.salaries] == [
        ("New York", "US", "USD", 214000), ("San Francisco", "US", "USD", 172000), ("Austin", "US", "USD", 149000),
        ("Toronto", "CA", "CAD", 119000), ("London", "GB", "GBP", 95000), ("Paris", "FR", "EUR", 64500),
        ("Berlin", "DE", "EUR", 92000), ("Tel Aviv", "IL", "ILS", 442000), ("Beijing", "CN", "CNY", 410000),
        ("Shanghai", "CN", "CNY", 488000), ("Bengaluru", "IN", "INR", 2034000), ("Delhi", "IN", "INR", 2200000),
    ]  # fmt: skip
    assert [s.written for s in page.salaries if s.written != s.place] == ["Bengalaru"]
    assert len(page.sections) == 12
    assert page.year == "2024"
    assert {9, 82, 103, 104, 129} <= {skip.line for skip in page.left_out}
    report = import_page(SAMPLE, tmp_path)
    assert report.slug == "backend-engineer"
    packaged = read_profile(CONTENT / "careers" / "backend-engineer.md")
    assert _figures(packaged) == [(s.place, s.country, s.currency, s.amount) for s in page.salaries]


@pytest.mark.skipif(not SAMPLE.exists(), reason="needs ../shared/data/career-page-sample.txt beside the repository")
def test_an_imported_sample_only_lacks_what_the_report_says(tmp_path: Path) -> None:
    """The check finds no wrong figure, place, source or character in an imported page; only what a curator must add."""
    import_page(SAMPLE, tmp_path, slug="backend-page")
    kinds = {defect.kind for defect in check([CONTENT, tmp_path]) if defect.path.is_relative_to(tmp_path)}
    assert kinds <= {"topic-unknown", "section-missing", "section-short", "generic", "alias-title", "title-clash"}
