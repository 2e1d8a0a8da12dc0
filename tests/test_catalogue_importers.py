"""Importing courses and books: generic catalogues, schema.org data, and the lists that come with the project."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.importers import catalogue, jsonld, open_source_society, programming_books
from knowledge.importers.base import Importer, Report, SourceError, run_import
from knowledge.importers.known_places import KnownPlaces
from knowledge.importers.languages import language_code
from knowledge.tables import TABLES, read_table

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
needs_data = pytest.mark.skipif(not SHARED.exists(), reason=f"the source files are not at {SHARED}")


def imported(importer: Importer, path: Path, content: Path) -> tuple[Report, dict[str, list[list[str]]]]:
    """The report of an import, and the rows of all table files that the content folder then holds."""
    report = run_import(importer, path, content)
    tables = {}
    for file in sorted((content / "reference").glob("*.tsv.gz")):
        name = file.name.removesuffix(".tsv.gz")
        tables[name] = list(read_table(file, TABLES[name.split("-")[0]]))
    return report, tables


def write(path: Path, text: str) -> Path:
    """A file with that text, gzipped where its name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


LAYOUTS = {
    "courses.csv": (
        "Course Title,URL,Level,is_paid,Language,Tags",
        '"SQL, in depth",https://a.org/1,Expert Level,True,English,"sql,data"',
    ),
    "courses.tsv": (
        "name\tlink\tdifficulty\tfree\tlang\ttopics",
        "SQL, in depth\thttps://a.org/1\tadvanced\tno\ten-GB\tsql; data",
    ),
    "semicolons-course.csv": (
        "title;course_link;level;price;language;tags",
        "SQL, in depth;https://a.org/1;ADVANCED;19.99;eng;sql|data",
    ),
    "courses.jsonl": (
        '{"title": "SQL, in depth", "url": "https://a.org/1", "level": "advanced", "price": 20,',
        '"tags": ["sql", "data"]}',
    ),
    "courses.ndjson.gz": (
        '{"Course-Title": "SQL, in depth", "URL": "https://a.org/1", "Level": "Advanced Level", "is free": false,',
        '"language": "EN", "topics": "sql; data"}',
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(tmp_path: Path, name: str) -> None:
    """CSV, TSV and JSON Lines, gzipped or not, give the same row, whatever the columns are called."""
    file = write(tmp_path / name, (" " if "json" in name else "\n").join(LAYOUTS[name]) + "\n")
    _, tables = imported(catalogue.IMPORTER, file, tmp_path / "content")
    ((row,),) = tables.values()
    assert row[1:] == ["SQL, in depth", "https://a.org/1", "", "en", "advanced", "0", "sql; data", "catalogue"]


def test_skipped_rows_say_why_and_where(tmp_path: Path) -> None:
    """Rows without title or http(s) address, given twice or in an unknown language are skipped by file and line."""
    rows = (
        "title,url,language",
        "Good,https://a.org/1,en",
        ",https://a.org/2,en",
        "No link,,en",
        "Script,javascript:alert(1),en",
        "Local,file:///etc/hosts,en",
        "Twice,https://a.org/1,en",
        "Odd,https://a.org/3,Klingonish",
        "Курс,https://a.org/4,",
        "Курс,https://a.org/5,Russian",
    )
    file = write(tmp_path / "courses.csv", "\n".join(rows) + "\n")
    report, tables = imported(catalogue.IMPORTER, file, tmp_path / "content")
    assert (report.read, report.kept, report.skipped) == (9, 2, 7)
    assert [(skip.file, skip.line) for skip in report.skips] == [
        ("courses.csv", line) for line in (3, 4, 5, 6, 7, 8, 9)
    ]
    reasons = " | ".join(skip.reason for skip in report.skips)
    for part in ("no title", "no http(s) address", "'javascript:alert(1)'", "twice", "Klingonish", "Latin letters"):
        assert part in reasons
    assert {row[4] for row in tables["courses-courses"]} == {"en", "ru"}


def test_kind(tmp_path: Path) -> None:
    """Courses and books are told apart by a column, else by the name of the file or folder, else not at all."""
    mixed = write(tmp_path / "all.csv", "title,url,kind\nA,https://a.org/1,Courses\nB,https://a.org/2,book\n")
    _, tables = imported(catalogue.IMPORTER, mixed, tmp_path / "mixed")
    assert {name: len(rows) for name, rows in tables.items()} == {"courses-all": 1, "books-all": 1}
    by_folder = write(tmp_path / "books" / "list.csv", "title,url\nA,https://a.org/1\n")
    assert list(imported(catalogue.IMPORTER, by_folder, tmp_path / "folder")[1]) == ["books-list"]
    unknown = write(tmp_path / "list.csv", "title,url\nA,https://a.org/1\n")
    with pytest.raises(SourceError, match="no usable rows"):
        run_import(catalogue.IMPORTER, unknown, tmp_path / "unknown")


def test_without_addresses(tmp_path: Path) -> None:
    """A file without a column of addresses is refused with what was looked for and found; an image is no address."""
    file = write(tmp_path / "books.csv", "title,image_url\nA,https://a.org/cover.jpg\n")
    with pytest.raises(SourceError, match=r"books\.csv:1: no column of addresses .*found title, image_url"):
        run_import(catalogue.IMPORTER, file, tmp_path / "content")
    assert not (tmp_path / "content" / "reference").exists()


def test_nothing_half_imported(tmp_path: Path) -> None:
    """Of a folder with one broken file nothing is imported, and what was there stays."""
    folder = tmp_path / "courses"
    write(folder / "a.csv", "title,url\nA,https://a.org/1\n")
    imported(catalogue.IMPORTER, folder, tmp_path / "content")
    before = (tmp_path / "content" / "reference" / "courses-a.tsv.gz").read_bytes()
    write(folder / "a.csv", "title,url\nOther,https://a.org/2\n")
    write(folder / "b.csv", "name of the thing,where\nA,https://a.org/1\n")
    with pytest.raises(SourceError, match=r"b\.csv"):
        run_import(catalogue.IMPORTER, folder, tmp_path / "content")
    assert (tmp_path / "content" / "reference" / "courses-a.tsv.gz").read_bytes() == before


def test_again_changes_nothing(tmp_path: Path) -> None:
    """The same file gives the same bytes; a new release of that name takes the place of the old one."""
    file = write(tmp_path / "courses.csv", "title,url\nA,https://a.org/1\nB,https://a.org/2\n")
    imported(catalogue.IMPORTER, file, tmp_path / "content")
    target = tmp_path / "content" / "reference" / "courses-courses.tsv.gz"
    before = target.read_bytes()
    assert run_import(catalogue.IMPORTER, file, tmp_path / "content").changes == []
    assert target.read_bytes() == before
    write(file, "title,url\nA (new),https://a.org/1\n")
    assert run_import(catalogue.IMPORTER, file, tmp_path / "content").changes == ["courses-courses: 1 changed, 1 gone"]


def test_foreign_text_is_made_plain(tmp_path: Path) -> None:
    """Entities, control and bidi characters of somebody else's file don't reach an answer."""
    file = write(tmp_path / "courses.csv", "title,url,author\nC&amp;C \u202eevil\x07,https://a.org/1,A&#8207;nn\n")
    _, tables = imported(catalogue.IMPORTER, file, tmp_path / "content")
    assert tables["courses-courses"][0][1:4] == ["C&C evil", "https://a.org/1", "Ann"]


@pytest.mark.parametrize(
    ("written", "code"),
    [("English", "en"), ("eng", "en"), ("en-GB", "en"), ("pt_BR", "pt"), ("Deutsch", "de"), ("fre", "fr"),
     ("de/en", "de"), ("Español", "es"), ("中文", "zh"), ("Klingonish", ""), ("", "")],
)  # fmt: skip
def test_languages(written: str, code: str) -> None:
    """Names, native names, ISO 639-1 and 639-2 codes become ISO 639-1; of several the first counts."""
    assert language_code(written) == code


@needs_data
@pytest.mark.parametrize(
    ("name", "kept", "skipped"),
    [
        ("courses/coursera_2025_991.csv.gz", 991, 0),
        ("courses/udemy_2017_3678.csv.gz", 3_629, 61),
        ("courses/uiuc_summer_winter_unique.csv.gz", 2_083, 0),
        ("courses/awesome_courses.csv.gz", 213, 4),
        ("books/goodreads_urls_by_genre_2023.csv.gz", 18_243, 5),
    ],
)
def test_real_catalogues(tmp_path: Path, name: str, kept: int, skipped: int) -> None:
    """Published catalogues of five makers are read as they are."""
    report, _ = imported(catalogue.IMPORTER, SHARED / name, tmp_path)
    assert (report.kept, report.skipped) == (kept, skipped)


@needs_data
@pytest.mark.parametrize(
    "name",
    ["courses/stolaf_sections_1994_2025.csv.gz", "books/goodbooks10k_books.csv.gz", "books/gutenberg_metadata.csv.gz"],
)
def test_catalogues_without_links(tmp_path: Path, name: str) -> None:
    """Lists that hold no links are refused: an address is never made up from an id."""
    with pytest.raises(SourceError, match="no column of addresses"):
        run_import(catalogue.IMPORTER, SHARED / name, tmp_path)


@needs_data
def test_packaged_lists(tmp_path: Path) -> None:
    """The lists that come with the project give what is packaged, without their own notation in titles and names."""
    reference = Path(programming_books.__file__).parents[1] / "content" / "reference"
    for kind in ("courses", "books"):
        run_import(programming_books.IMPORTER, SHARED / kind / f"free_programming_{kind}.csv.gz", tmp_path)
    run_import(open_source_society.IMPORTER, SHARED / "courses" / "ossu_computer_science_README.md", tmp_path)
    for file in (tmp_path / "reference").glob("*.tsv.gz"):
        assert file.read_bytes() == (reference / file.name).read_bytes()
        for row in read_table(file, TABLES["courses"]):
            assert "\\" not in row[1]
            assert "*(" not in row[3]
            assert "BY SUBJECT" not in row[7]


def test_curriculum(tmp_path: Path) -> None:
    """A curriculum's courses are its tables' first links; its own pages are skipped with their line."""
    text = (
        "# Curriculum\n- [Join us](https://chat.example)\n### Core security\nCourses | Effort\n:-- | :--:\n"
        "[Cryptography (Specialization)](https://a.org/1) ([alternative](https://a.org/2)) | 5\n"
        "[Own page](coursepages/own.md) | 3\n"
    )
    file = write(tmp_path / "README.md", text)
    report, tables = imported(open_source_society.IMPORTER, file, tmp_path / "content")
    ((row,),) = tables.values()
    assert row[1:] == ["Cryptography", "https://a.org/1", "a.org", "en", "", "", "Security", "ossu-computer-science"]
    assert [(skip.line, "own.md" in skip.reason) for skip in report.skips] == [(7, True)]


def occupation(**changes: Any) -> dict[str, Any]:
    """A schema.org occupation with its pay in Leeds."""
    salary = {
        "@type": "MonetaryAmountDistribution", "currency": "GBP", "duration": "P1Y", "median": "55,000",
        "percentile10": 40000, "percentile25": 47000, "percentile75": 65000, "percentile90": 80000,
    }  # fmt: skip
    leeds = {"@type": "City", "name": "Leeds", "containedInPlace": {"@type": "Country", "name": "United Kingdom"}}
    whole = {
        "@type": "Occupation",
        "name": "Backend Engineers",
        "occupationLocation": [leeds],
        "estimatedSalary": [salary],
    }
    pay = {key: changes.pop(key) for key in list(changes) if key in salary}
    return {**whole, "estimatedSalary": [{**salary, **pay}], **changes}


def test_occupation(tmp_path: Path) -> None:
    """Pay becomes a row of the career's own code, the place by name and country, marked as an estimate."""
    file = write(tmp_path / "pay.json", json.dumps({"@context": "https://schema.org", "@graph": [occupation()]}))
    _, tables = imported(jsonld.IMPORTER, file, tmp_path / "content")
    ((name, (row,)),) = tables.items()
    assert name == "pay-schema-org-pay"
    assert row == ["backend-engineer", "geonames:2644688", "schema-org", "GBP", "year", "55000", "", "40000", "47000",
                   "65000", "80000", "", "", "1", ""]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"occupationLocation": {"@type": "City", "name": "Atlantis", "address": {"addressCountry": "GB"}}},
            "'Atlantis'",
        ),
        (
            {"occupationLocation": {"@type": "City", "name": "Springfield", "address": {"addressCountry": "US"}}},
            "which",
        ),
        (
            {"occupationLocation": {"@type": "City", "name": "Leeds", "address": {"addressCountry": "Ruritania"}}},
            "Ruri",
        ),
        ({"occupationLocation": {"@type": "City", "name": "Birmingham"}}, "name its country"),
        ({"occupationLocation": []}, "no occupationLocation"),
        ({"estimatedSalary": []}, "no estimatedSalary"),
        ({"name": ""}, "no name"),
        ({"duration": "P1W"}, "P1W"),
        ({"currency": "pounds"}, "POUNDS"),
        ({"median": 90_000}, "rising"),
        ({"percentile10": -5}, "above zero"),
    ],
)
def test_occupation_that_cannot_be_taken(tmp_path: Path, changes: dict[str, Any], reason: str) -> None:
    """A figure without a known place, period, currency or order is skipped with the reason, never guessed at."""
    entries = [occupation(**changes), occupation()]
    file = write(tmp_path / "pay.jsonld", json.dumps(entries, indent=1))
    report, tables = imported(jsonld.IMPORTER, file, tmp_path / "content")
    assert len(tables["pay-schema-org-pay"]) == 1
    (skip,) = report.skips
    assert reason in skip.reason


def test_page(tmp_path: Path) -> None:
    """Courses and books stand in the scripts of a saved page; one without its own address is skipped by its line."""
    course = {
        "@type": ["Course", "LearningResource"], "name": "SQL basics", "url": "https://a.org/sql",
        "provider": {"@type": "Organization", "name": "A School"}, "inLanguage": "English",
        "educationalLevel": "Beginner", "isAccessibleForFree": True, "keywords": "SQL, databases",
    }  # fmt: skip
    book = {"@type": "schema:Book", "name": "Databases", "@id": "https://a.org/book", "author": [{"name": "Ann"}],
            "offers": {"price": "12.50"}}  # fmt: skip
    nowhere = {"@type": "Book", "name": "Nowhere"}
    listed = {"@type": "ItemList", "itemListElement": [{"item": course}]}
    page = (
        "<html>\n<script>var x = {'@type': 'Course'};</script>\n"
        f'<script type="application/ld+json">\n{json.dumps(listed)}\n</script>\n'
        f'<script type="application/ld+json">{json.dumps([book])}</script>\n'
        f'<script type="application/ld+json">{json.dumps(nowhere)}</script>\n'
        '<script type="application/ld+json">{broken</script></html>\n'
    )
    report, tables = imported(jsonld.IMPORTER, write(tmp_path / "page.html", page), tmp_path / "content")
    assert tables["courses-schema-org-page"][0][1:] == [
        "SQL basics", "https://a.org/sql", "A School", "en", "beginner", "1", "SQL; databases", "schema-org",
    ]  # fmt: skip
    assert tables["books-schema-org-page"][0][1:7] == ["Databases", "https://a.org/book", "Ann", "en", "", "0"]
    assert [(skip.line, skip.reason.split(":")[0]) for skip in report.skips] == [(7, "Book 'Nowhere'"), (8, "no JSON")]


def test_places() -> None:
    """A name leads to the place that has by far the most people of that name in the country, or to none."""
    rows = [
        ["country:GB", "United Kingdom", "country", "GB", "", "66000000", ""],
        ["country:US", "United States", "country", "US", "", "330000000", ""],
        ["p:1", "Leeds", "city", "GB", "", "455000", ""],
        ["p:2", "Leeds", "city", "US", "", "12000", ""],
        ["p:3", "Paris", "city", "US", "", "25000", ""],
        ["p:4", "Paris", "city", "US", "", "10000", ""],
    ]
    places = KnownPlaces.of(rows, [["country:GB", "Great Britain"], ["p:1", "Leodis"]])
    assert places.find("Leeds", "GB") == ("p:1", "")
    assert places.find("Leodis", "great britain") == ("p:1", "")
    assert places.find("United Kingdom", "") == ("country:GB", "")
    assert places.find("GB", "") == ("country:GB", "")
    for name, country in (("Leeds", ""), ("Paris", "US"), ("Leeds", "Narnia"), ("Nowhere", "GB")):
        place, reason = places.find(name, country)
        assert not place
        assert reason
