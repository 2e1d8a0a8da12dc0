"""Importers of pay outside the United States, and of ESCO's titles: what is read, kept, left out and joined."""

from __future__ import annotations

import csv
import gzip
import json
import random
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook, load_workbook

from knowledge.build import CONTENT, build
from knowledge.content_files import ContentFiles, small_table
from knowledge.importers import load_importers
from knowledge.importers.base import Report, SourceError, Tables, run_import
from knowledge.importers.foreign_pay import JOINS, add_joins, read_joins
from knowledge.models import Source
from knowledge.tables import TABLES, read_table
from tests.raw_sources import DATA, EXPECTED, raw

SAMPLE = 1_000
NAMES = ("ashe", "mom", "jobbank", "rome", "aijobs", "esco")

ASHE = """year,measure,group,title,soc2020,jobs_thousand,median,mean,p10,p20,p25,p30,p40,p60,p70,p75,p80,p90
2024,annual_gross_gbp,All,Dental practitioners,2253,,,46935.0,,,,,,,,,,
2024,annual_gross_gbp,Full-Time,Dental practitioners,2253,,,72662.0,,,,,,,,,,
2024,annual_gross_gbp,All,Florists,5443,12.0,15000.0,15711.0,,,,,,,,,,
2024,annual_gross_gbp,Full-Time,Florists,5443,,,22500.0,,,,,,,,,,
2024,annual_gross_gbp,Full-Time,Chefs,5434,107.0,28338.0,29163.0,19203.0,22000.0,23100.0,,,,,33000.0,,40290.0
2024,annual_gross_gbp,All,Chefs,5434,144.0,25593.0,26000.0,,,,,,,,,,
2024,annual_gross_gbp,Male,Chefs,5434,90.0,29000.0,29000.0,,,,,,,,,,
2024,hourly_gross_gbp,Full-Time,Chefs,5434,107.0,13.5,14.0,,,,,,,,,,
2023,annual_gross_gbp,Full-Time,Chefs,5434,100.0,26000.0,27000.0,,,,,,,,,,
2024,annual_gross_gbp,Full-Time,Skilled trades,54,300.0,30000.0,30000.0,,,,,,,,,,
2024,annual_gross_gbp,Full-Time,Sports players,3431,,,,,,,,,,,,,
"""
JOBBANK = """noc,title,teer,wage_low,wage_median,wage_high,outlook,employment,job_openings,growth_by_year
31110,Dentists,1,32867.0,110000.0,228000.0,Balance,23000,9000,"[300, 300, 300, 300, 300, 300, 300, 300, 300, 300]"
21231,Software engineers and designers,1,72800.0,117499.0,190008.0,Balance,90000,45000,"[900,0,0,0,0,0,0,0,0,0]"
51122,Musicians and singers,1,32867.0,32867.0,74500.0,,,,"[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]"
00010,Legislators,0,32867.0,84000.0,184000.0,Balance,4700,4400,"[100, 100, 0, 0, 0, 0, 0, 0, 0, 0]"
00013,Senior managers,0,,,,,,,"[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]"
7,A group,0,1.0,2.0,3.0,,,,[]
"""
ROME = """title,category,code_rome,salaire_median_annuel,description
Dentiste,sante,J1103,89760,"Soigne.\nConseille."
Médecin généraliste,sante,J1102,73404,x
Médecin de famille,sante,J1102,73404,x
Juge,droit,K1904,32000,x
Juge d'instruction,droit,K1904,33000,x
Data analyst,support,M1419,,x
Sans code,support,,1000,x
"""
ESCO_EN = """conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,description
Occupation,http://data.europa.eu/esco/occupation/a,2261,dental practitioner,"dentist\ndental clinician",x
Occupation,http://data.europa.eu/esco/occupation/b,2310,dentistry lecturer,"lecturer\ndentistry teacher",x
Occupation,http://data.europa.eu/esco/occupation/c,2310,law lecturer,lecturer,x
Occupation,http://data.europa.eu/esco/occupation/d,2522,network engineer,,x
ISCOGroup,http://data.europa.eu/esco/isco/C2,2,Professionals,,x
"""
CROSSWALK = """Mapping project name,ESCO-O*NET Crosswalk,,,,,
O*NET Id,O*NET Title,O*NET Description,ESCO or ISCO URI,ESCO or ISCO Title,ESCO or ISCO Description,Type of Match
29-1021.00,Dentists,x,http://data.europa.eu/esco/occupation/a,dental practitioner,x,exactMatch
29-1022.00,Surgeons,x,http://data.europa.eu/esco/occupation/a,dental practitioner,x,closeMatch
25-1071.00,Health Teachers,x,http://data.europa.eu/esco/occupation/b,dentistry lecturer,x,closeMatch
25-1112.00,Law Teachers,x,http://data.europa.eu/esco/occupation/c,law lecturer,x,closeMatch
23-1011.00,Lawyers,x,http://data.europa.eu/esco/occupation/c,law lecturer,x,closeMatch
15-1241.00,Network Architects,x,http://data.europa.eu/esco/occupation/d,network engineer,x,broadMatch
29-1021.00,Dentists,x,http://data.europa.eu/esco/isco/C2261,Dentists,x,exactISCO
"""
ESCO_TITLES = """concept_uri,lang,order,label
http://data.europa.eu/esco/occupation/a,de,0,Zahnarzt/Zahnärztin
http://data.europa.eu/esco/occupation/a,de,1,Facharzt für Zahnheilkunde
http://data.europa.eu/esco/occupation/a,de,2,Arzt
http://data.europa.eu/esco/occupation/b,nl,0,dental clinician
http://data.europa.eu/esco/occupation/b,nl,1,docent tandheelkunde
http://data.europa.eu/esco/occupation/a,bg,0,зъболекар
http://data.europa.eu/esco/isco/C2261,de,0,Zahnärzte
"""


def _ashe(folder: Path) -> Path:
    (folder / "ashe_table14.csv").write_text(ASHE, "utf-8")
    return folder


def _jobbank(folder: Path) -> Path:
    (folder / "ca_noc2021.csv").write_text(JOBBANK, "utf-8")
    return folder


def _rome(folder: Path) -> Path:
    with gzip.open(folder / "occupations_fr.csv.gz", "wt", encoding="utf-8") as stream:
        stream.write(ROME)
    return folder


def _mom(folder: Path) -> Path:
    book = Workbook()
    contents = book.active
    assert contents is not None
    contents.append([None, None, "Table", None, 4, "All Industries"])
    for name, industry, median in (("T4.1", "MANUFACTURING", 9_000), ("T4", "ALL  INDUSTRIES", 5_163)):
        sheet = book.create_sheet(name)
        sheet.append([f"TABLE  {name[1:]}"])
        sheet.append(["MEDIAN, 25TH AND 75TH PERCENTILES OF MONTHLY BASIC AND GROSS  WAGES"])
        sheet.append([f"IN {industry},  JUNE  2024"])
        sheet.append([])
        sheet.append([None, "SSOC 2020", "Occupation", "Basic Wage", None, None, "Gross Wage"])
        sheet.append(["Reset", None, None, *(["25th Percentile ($)", "Median  ($)", "75th Percentile ($)"] * 2)])
        sheet.append([])
        sheet.append([1, 2, "PROFESSIONALS"])
        sheet.append([2, 22611, "General dental practitioner", 4_500, 5_000, 6_000, 4_600, median, 6_800])
        sheet.append([3, 26310, "Economist", "s", "s", "s", "s", "s", "s"])
        sheet.append([4, "2611X", "Lawyer", 1, 2, 3, 1, 2, 3])
    book.save(folder / "wages 2024.xlsx")
    return folder


def _aijobs(folder: Path) -> Path:
    columns = ("work_year", "experience_level", "employment_type", "job_title", "salary", "salary_currency",
               "salary_in_usd", "employee_residence", "remote_ratio", "company_location", "company_size")  # fmt: skip

    def row(
        title: str, salary: object, *, year: str = "2024", kind: str = "FT", currency: str = "GBP"
    ) -> tuple[str, ...]:
        return (year, "SE", kind, title, str(salary), currency, "1", "GB", "0", "GB", "M")

    rows = [row("BI Developer", 40_000 + n * 1_000, year="2025" if n % 2 else "2024") for n in range(12)]
    rows += [row("Business Intelligence Developer", 60_000 + n * 1_000) for n in range(9)]
    rows += [
        row("BI Developer", 90_000, currency="USD"),
        row("BI Developer", 20_000, kind="PT"),
        row("BI Developer", 20_000, year="2023"),
        row("Data Scientist", 50_000),
        row("Data Scientist", "n/a"),
    ]
    with (folder / "salaries.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([columns, *rows])
    return folder


def _esco(folder: Path) -> Path:
    (folder / "occupations_en.csv").write_text(ESCO_EN, "utf-8")
    (folder / "crosswalk_onet.csv").write_text(CROSSWALK, "utf-8")
    (folder / "esco_titles.csv").write_text(ESCO_TITLES, "utf-8")
    return folder


SMALL: dict[str, Callable[[Path], Path]] = {
    "ashe": _ashe, "mom": _mom, "jobbank": _jobbank, "rome": _rome, "aijobs": _aijobs, "esco": _esco,
}  # fmt: skip


def _imported(name: str, source: Path, content: Path) -> tuple[Report, dict[str, list[list[str]]]]:
    report = run_import(load_importers()[name], source, content)
    files = sorted((content / "reference").glob("*.tsv.gz"))
    stem = {path: path.name.removesuffix(".tsv.gz") for path in files}
    return report, {stem[path]: list(read_table(path, TABLES[stem[path].split("-")[0]])) for path in files}


@pytest.fixture
def small(tmp_path: Path) -> Callable[[str], tuple[Report, dict[str, list[list[str]]]]]:
    """Imports a source from its small file."""

    def run(name: str) -> tuple[Report, dict[str, list[list[str]]]]:
        folder = tmp_path / name
        folder.mkdir()
        return _imported(name, SMALL[name](folder), tmp_path / "content")

    return run


def _skips(report: Report) -> list[str]:
    return [str(skip) for skip in report.skips]


def test_ashe_takes_full_time_employees_of_the_newest_year(small):
    """Full-time annual pay counts; all employees where only they have a median; a mean alone is no median."""
    report, tables = small("ashe")
    rows = {row[0]: row for row in tables["pay-ashe-2024"]}
    assert set(rows) == {"uk:2253", "uk:5434", "uk:5443"}
    assert rows["uk:5434"][1:13] == [
        "country:GB", "ashe-2024", "GBP", "year", "28338", "29163", "19203", "23100", "33000", "40290", "107000", "",
    ]  # fmt: skip
    assert rows["uk:5434"][14] == "“Chefs” (SOC 2020 5434), full-time employees"
    assert rows["uk:5443"][5:7] == ["15000", "15711"]
    assert rows["uk:5443"][14].endswith("all employees, part-time included")
    assert rows["uk:2253"][5:7] == ["", "72662"]
    assert (report.read, report.kept, report.skipped) == (11, 3, 8)
    assert "ashe_table14.csv:8: a part of the employees" in _skips(report)
    assert "ashe_table14.csv:9: hourly pay" in _skips(report)
    assert "ashe_table14.csv:10: an earlier year" in _skips(report)
    assert "ashe_table14.csv:11: a group of occupations" in _skips(report)
    assert "ashe_table14.csv:12: nothing published" in _skips(report)


def test_mom_reads_only_the_table_of_all_industries(small):
    """Gross monthly wages of table 4; what is suppressed or has no code is left out, with its row."""
    report, tables = small("mom")
    assert [row[:11] for row in tables["pay-mom-2024"]] == [
        ["sg:22611", "country:SG", "mom-2024", "SGD", "month", "5163", "", "", "4600", "6800", ""]
    ]
    assert tables["pay-mom-2024"][0][14] == "“General dental practitioner” (SSOC 2020 22611), full-time residents"
    assert _skips(report) == [
        "wages 2024.xlsx:8: a group of occupations",
        "wages 2024.xlsx:10: no median published",
        "wages 2024.xlsx:11: '2611X' is no five-digit SSOC code with a title",
    ]
    assert (report.read, report.kept) == (4, 1)


def test_jobbank_keeps_percentiles_and_leaves_out_floors(small):
    """Low and high are p10 and p90; a median that is only a floor is none; growth from 10,000 people up."""
    report, tables = small("jobbank")
    rows = {row[0]: row for row in tables["pay-jobbank-2025"]}
    assert set(rows) == {"ca:00010", "ca:21231", "ca:31110"}
    assert rows["ca:31110"][1:11] == [
        "country:CA", "jobbank-2025", "CAD", "year", "110000", "", "32867", "", "", "228000",
    ]  # fmt: skip
    assert rows["ca:31110"][14] == "“Dentists” (NOC 2021 31110)"
    assert rows["ca:21231"][14].endswith("hourly wage × 2,080 hours")
    assert {tuple(row) for row in tables["outlook-jobbank"]} == {
        ("ca:31110", "country:CA", "13", "900", "23000", "2023", "2033", "cops-2024-33", "“Dentists” (NOC 2021 31110)"),
        (
            "ca:21231",
            "country:CA",
            "1",
            "4500",
            "90000",
            "2023",
            "2033",
            "cops-2024-33",
            "“Software engineers and designers” (NOC 2021 21231)",
        ),
        ("ca:00010", "country:CA", "", "440", "4700", "2023", "2033", "cops-2024-33", "“Legislators” (NOC 2021 00010)"),
    }
    assert _skips(report) == [
        "ca_noc2021.csv:4: low wage and median are one floor",
        "ca_noc2021.csv:6: no wage published",
        "ca_noc2021.csv:7: '7' is no five-digit NOC code, or stands there twice",
    ]


def test_rome_keeps_an_average_and_no_median(small):
    """The column called median is an average; codes given twice count once, and not at all where they differ."""
    report, tables = small("rome")
    rows = {row[0]: row for row in tables["pay-rome-2026"]}
    assert set(rows) == {"fr:J1102", "fr:J1103"}
    assert rows["fr:J1103"][1:7] == ["country:FR", "rome-2026", "EUR", "year", "", "89760"]
    assert "not a median" in rows["fr:J1103"][14]
    assert _skips(report) == [
        "occupations_fr.csv.gz:8: no pay published",
        "occupations_fr.csv.gz:9: '' is no ROME code",
        "occupations_fr.csv.gz:5: J1102 stands there twice",
        "occupations_fr.csv.gz:6: K1904 stands there with different amounts",
        "occupations_fr.csv.gz:7: K1904 stands there with different amounts",
    ]


def test_aijobs_pools_titles_of_one_meaning_in_the_countrys_currency(small):
    """21 salaries in pounds make a row; other currencies, part-time, older years and small groups make none."""
    report, tables = small("aijobs")
    [row] = tables["pay-salaries-aijobs-2025"]
    values = [40_000 + n * 1_000 for n in range(12)] + [60_000 + n * 1_000 for n in range(9)]
    assert row[:5] == ["aijobs:business-intelligence-developer", "country:GB", "salaries-aijobs-2025", "GBP", "year"]
    percentiles = [round(float(np.percentile(values, p))) for p in (10, 25, 75, 90)]
    middle = [int(np.median(values)), round(float(np.mean(values)))]
    assert [int(cell) for cell in row[5:11]] == middle + percentiles
    assert row[12] == "21"
    assert _skips(report) == [
        "salaries.csv:23: paid in another currency than the country's",
        "salaries.csv:24: not full-time",
        "salaries.csv:25: an earlier year",
        "salaries.csv:27: no salary",
        "salaries.csv:26: fewer than 20 salaries for Data Scientist in GB",
    ]
    assert ["business-intelligence-developer", row[0]] in tables["pay_codes-salaries-aijobs-2025"]


def test_esco_titles_are_taken_where_they_mean_one_occupation(small):
    """Exact before close matches, no ambiguous ones; shared, vague and English-looking titles are left out."""
    report, tables = small("esco")
    assert {tuple(row) for row in tables["titles-esco"]} == {
        ("29-1021.00", "dental practitioner", "esco"), ("29-1021.00", "dentist", "esco"),
        ("29-1021.00", "dental clinician", "esco"), ("25-1071.00", "dentistry lecturer", "esco"),
        ("25-1071.00", "dentistry teacher", "esco"), ("29-1021.00", "Zahnarzt", "esco:de"),
        ("29-1021.00", "Zahnärztin", "esco:de"), ("29-1021.00", "Facharzt für Zahnheilkunde", "esco:de"),
        ("25-1071.00", "docent tandheelkunde", "esco:nl"),
    }  # fmt: skip
    skips = _skips(report)
    assert "crosswalk_onet.csv:6: c matches 2 occupations alike" in skips
    assert "crosswalk_onet.csv:8: broadMatch of an ESCO occupation or ISCO group" in skips
    assert "crosswalk_onet.csv:9: exactISCO of an ESCO occupation or ISCO group" in skips
    assert "esco_titles.csv:7: another language, or no occupation's title" in skips
    assert report.read == report.kept + report.skipped


@pytest.mark.parametrize("name", NAMES)
def test_a_second_import_changes_nothing(name, small, tmp_path):
    """The same file gives the same bytes, and the import says that nothing changed."""
    first, _ = small(name)
    assert first.changes
    reference = tmp_path / "content" / "reference"
    before = {path.name: path.read_bytes() for path in reference.iterdir()}
    again = run_import(load_importers()[name], tmp_path / name, tmp_path / "content")
    assert again.changes == []
    assert {path.name: path.read_bytes() for path in reference.iterdir()} == before


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("ashe", "soc2020", "soc2030", "soc2020"),
        ("jobbank", "wage_median", "median_wage", "wage_median"),
        ("rome", "salaire_median_annuel", "salaire", "salaire_median_annuel"),
        ("aijobs", "salary_currency", "currency", "salary_currency"),
        ("esco", "preferredLabel", "label_en", "preferredLabel"),
    ],
)
def test_another_header_is_refused_by_name(name, old, new, expected, tmp_path):
    """A layout that changed says which column is missing in which file, and nothing is written."""
    folder = tmp_path / "in"
    folder.mkdir()
    SMALL[name](folder)
    for path in folder.iterdir():
        zipped = path.suffix == ".gz"
        text = gzip.decompress(path.read_bytes()).decode() if zipped else path.read_text("utf-8")
        changed = text.replace(old, new, 1).encode()
        path.write_bytes(gzip.compress(changed) if zipped else changed)
    with pytest.raises(SourceError, match=rf":1: column '{expected}' is missing"):
        run_import(load_importers()[name], folder, tmp_path / "content")
    assert not list((tmp_path / "content").rglob("*.tsv.gz"))


def test_another_crosswalk_is_refused_by_name(tmp_path):
    """The crosswalk's header stands below a preamble; without it the error names the file and the column."""
    _esco(tmp_path)
    (tmp_path / "crosswalk_onet.csv").write_text(CROSSWALK.replace("Type of Match", "Match"), "utf-8")
    with pytest.raises(SourceError, match=r"crosswalk_onet\.csv: no line names the column 'Type of Match'"):
        run_import(load_importers()["esco"], tmp_path, tmp_path / "content")


def test_another_workbook_is_refused_by_name(tmp_path):
    """A workbook of another layout, month or kind is refused with what was expected, and where."""
    importer = load_importers()["mom"]
    path = _mom(tmp_path) / "wages 2024.xlsx"
    book = load_workbook(path)
    book["T4"]["H6"] = "Mean ($)"
    book.save(path)
    with pytest.raises(SourceError, match="sheet T4, row 5: expected the columns SSOC 2020, Occupation, Gross Wage"):
        run_import(importer, path, tmp_path / "content")
    book["T4"]["A3"] = "IN ALL INDUSTRIES, JUNE 2025"
    book.save(path)
    with pytest.raises(SourceError, match="holds figures of June 2025, this importer cites June 2024"):
        run_import(importer, path, tmp_path / "content")
    del book["T4"]
    book.save(path)
    with pytest.raises(SourceError, match="has no table of wages in all industries"):
        run_import(importer, path, tmp_path / "content")
    path.write_text("no workbook", "utf-8")
    with pytest.raises(SourceError, match="can't be read as an Excel workbook"):
        run_import(importer, path, tmp_path / "content")


@pytest.mark.parametrize(("name", "old", "new"), [("ashe", "\n2024,", "\n2025,"), ("aijobs", "\n2025,", "\n2026,")])
def test_a_new_edition_is_not_imported_under_an_old_date(name, old, new, tmp_path):
    """Figures of another year than the source entry cites are refused: a date would be false."""
    folder = SMALL[name](tmp_path)
    [path] = folder.glob("*.csv")
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(old.encode(), new.encode()))
    with pytest.raises(SourceError, match="holds figures of 202"):
        run_import(load_importers()[name], folder, tmp_path / "content")


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_folder_says_what_to_give(name, tmp_path):
    """A folder without the file is refused with the importer's own help."""
    with pytest.raises(SourceError, match="holds no"):
        run_import(load_importers()[name], tmp_path, tmp_path / "content")


SOURCE = Source(id="s-1", title="S", publisher="P", licence="L", as_of="2024")


def _joins(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "joins.tsv"
    path.write_text("source\tcode\tcareer\tnote\n" + "\n".join(lines) + "\n", "utf-8")
    return path


def test_a_join_needs_a_published_code(tmp_path):
    """A code without a row joins nothing; a slug then reads nothing, rather than its occupation's code."""
    path = _joins(
        tmp_path,
        "uk\t1\t29-1021.00\tn",
        "uk\t2\t29-1022.00\tn",
        "uk\t3\tdentist\tn",
        "uk\t-\tnurse\tn",
        "sg\t1\tchef\tn",
    )
    tables = Tables()
    add_joins(tables, SOURCE, "uk", {"1"}, path)
    assert tables.rows == {"pay_codes-s-1": [("29-1021.00", "uk:1"), ("dentist", "uk:"), ("nurse", "uk:")]}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("uk\t1\tdentist", r"joins\.tsv:3: a join needs"),
        ("uk\t2\t29-1021.00\tn", r"joins\.tsv:3: 29-1021\.00 reads two codes of 'uk'"),
        ("sg\t-\t29-1021.00\tn", r"joins\.tsv:3: only a slug can be rejected"),
    ],
)
def test_a_broken_join_is_told_with_its_line(line, message, tmp_path):
    """Every mistake in the hand-made table is told with file, line and what to do."""
    path = _joins(tmp_path, "uk\t1\t29-1021.00\tn", line)
    with pytest.raises(SourceError, match=message):
        list(read_joins(path))


def test_every_join_and_source_is_known():
    """Each join is of a career there is; each importer's sources stand in sources.tsv with the same words."""
    files = ContentFiles((CONTENT,))
    careers = {row[0] for row in files.rows("occupations")} | {row[1] for row in files.rows("occupations")}
    careers |= {path.stem for path in files.careers()}
    assert [career for _, _, career in read_joins(JOINS) if career not in careers] == []
    told = {row[0]: row for row in small_table(files, "sources.tsv")}
    for name in NAMES:
        for source in load_importers()[name].sources:
            expected = [
                source.id,
                source.title,
                source.publisher,
                source.url,
                source.licence,
                source.as_of,
                source.note,
            ]
            assert told[source.id][:7] == expected


FOLDERS = {
    "ashe": "uk_ons", "mom": "sg_mom", "jobbank": "ca_jobbank", "rome": "fr_rome", "aijobs": "aijobs", "esco": "esco",
}  # fmt: skip


def _real(name: str, tmp_path: Path) -> dict[str, list[list[str]]]:
    folder = DATA / FOLDERS[name]
    if not folder.is_dir():
        pytest.skip(f"the data of {name} is not here: {folder}")
    return _imported(name, folder, tmp_path)[1]


@pytest.mark.filterwarnings("ignore:Cannot parse header or footer:UserWarning")
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_rows_equal_the_raw_file(name, tmp_path):
    """1,000 rows by chance (or all) are what the raw file says, read by other code; none is missing or invented."""
    tables = _real(name, tmp_path)
    [file] = [file for file in tables if file.startswith("pay-")]
    key = (lambda row: f"{row[0]} {row[1][-2:]}") if name == "aijobs" else (lambda row: row[0])
    written = {key(row): row[5:13] for row in tables[file]}
    expected = dict(EXPECTED[name]())
    assert written.keys() == expected.keys()
    sample = random.Random(14).sample(sorted(expected), min(SAMPLE, len(expected)))
    assert [written[code] for code in sample] == [expected[code] for code in sample]
    print(f"{name}: {len(sample)} of {len(expected)} rows compared")


def test_canadian_projections_equal_the_raw_file(tmp_path):
    """Openings a year are a tenth of those over ten years (none below zero), growth is the sum of the changes."""
    written = {row[0]: row for row in _real("jobbank", tmp_path)["outlook-jobbank"]}
    rows = [row for row in raw(next((DATA / "ca_jobbank").glob("*.csv"))) if row["employment"]]
    for row in rows:
        now, growth = int(row["employment"]), sum(json.loads(row["growth_by_year"]))
        _, place, percent, openings, employment, *_ = written[f"ca:{row['noc']}"]
        assert (place, int(employment)) == ("country:CA", now)
        expected = int(row["job_openings"]) // 10
        assert openings == (str(expected) if expected >= 0 else "")
        assert percent == ("" if now < 10_000 else f"{round(growth / now * 100, 1):g}")
    assert len(written) == len(rows)
    print(f"outlook: {len(rows)} of {len(rows)} rows compared")


def test_esco_titles_equal_the_raw_files(tmp_path):
    """1,000 titles by chance are labels of an ESCO occupation that the crosswalk matches to just that code."""
    titles = [tuple(row) for row in _real("esco", tmp_path)["titles-esco"]]
    with gzip.open(next((DATA / "esco").glob("crosswalk*.gz")), "rt", encoding="utf-8-sig", newline="") as stream:
        mapped = [row for row in csv.reader(stream) if "/esco/occupation/" in row[3]]
    matches: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in mapped:
        matches[row[3]][row[6]].add(row[0])
    labels: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in raw(DATA / "esco" / "occupations_en.csv.gz"):
        for label in (row["preferredLabel"], *row["altLabels"].split("\n")):
            labels["esco", " ".join(label.split())].add(row["conceptUri"])
    for row in raw(DATA / "esco" / "esco_titles_from_melo.csv.gz"):
        for part in row["label"].split("/"):
            labels[f"esco:{row['lang']}", " ".join(part.split())].add(row["concept_uri"])
    sample = random.Random(14).sample(titles, SAMPLE)
    for soc, title, kind in sample:
        sets = (matches[uri]["exactMatch"] or matches[uri]["closeMatch"] for uri in labels[kind, title])
        assert {soc} in list(sets), (soc, title, kind)
    print(f"esco: {len(sample)} of {len(titles)} rows compared")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the packaged content."""
    path = tmp_path_factory.mktemp("built") / "knowledge.db"
    build([CONTENT], path)
    return path


PAY = (
    "SELECT p.code, p.currency, p.period, p.median, p.mean FROM pay p JOIN pay_codes c ON c.code = p.code"
    " WHERE c.slug = ? AND p.place = ? AND p.source = ?"
)


@pytest.mark.parametrize(
    ("slug", "place", "source", "row"),
    [
        ("dentist", "GB", "ashe-2024", ("uk:2253", "GBP", "year", None, 72662.0)),
        ("dentist", "CA", "jobbank-2025", ("ca:31110", "CAD", "year", 110000.0, None)),
        ("dentist", "SG", "mom-2024", ("sg:22611", "SGD", "month", 5163.0, None)),
        ("dentist", "FR", "rome-2026", ("fr:J1103", "EUR", "year", None, 89760.0)),
        ("registered-nurse", "GB", "ashe-2024", ("uk:2237", "GBP", "year", 40737.0, 41648.0)),
        ("registered-nurse", "CA", "jobbank-2025", ("ca:31301", "CAD", "year", 90002.0, None)),
        ("backend-engineer", "GB", "ashe-2024", ("uk:2134", "GBP", "year", 54669.0, 63363.0)),
        ("embedded-engineer", "SG", "mom-2024", ("sg:21526", "SGD", "month", 8085.0, None)),
        ("physician", "GB", "ashe-2024", ("uk:2211", "GBP", "year", 48288.0, 55006.0)),
        ("electrician", "SG", "mom-2024", ("sg:74110", "SGD", "month", 3000.0, None)),
        ("chef", "CA", "jobbank-2025", ("ca:62200", "CAD", "year", 47840.0, None)),
        ("pilot", "FR", "rome-2026", ("fr:N2102", "EUR", "year", None, 105540.0)),
        ("data-scientist", "GB", "salaries-aijobs-2025", ("aijobs:data-scientist", "GBP", "year", 55000.0, 60068.0)),
    ],
)
def test_a_career_reads_the_pay_of_its_own_group(database, slug, place, source, row):
    """A dozen careers in four countries read the group that holds them: a slug's own code before its occupation's."""
    with closing(sqlite3.connect(database)) as db:
        assert db.execute(PAY, (slug, f"country:{place}", source)).fetchall() == [row]


@pytest.mark.parametrize("slug", ["customer-success-manager", "ux-researcher", "operations-manager"])
def test_a_rejected_join_gives_no_figure(database, slug):
    """Where no group fits a profile, it reads nothing, though the occupation that it belongs to does."""
    with closing(sqlite3.connect(database)) as db:
        found = db.execute(
            "SELECT p.place FROM pay p JOIN pay_codes c ON c.code = p.code WHERE c.slug = ? AND p.place IN"
            " ('country:GB', 'country:SG', 'country:CA', 'country:FR')", (slug,),
        ).fetchall()  # fmt: skip
    assert found == []


def test_a_career_reads_one_row_a_source_and_place(database):
    """Two codes of one source for one career would be two answers to one question."""
    with closing(sqlite3.connect(database)) as db:
        twice = db.execute(
            "SELECT c.slug, p.place, p.source FROM pay p JOIN pay_codes c ON c.code = p.code"
            " GROUP BY 1, 2, 3 HAVING count(*) > 1"
        ).fetchall()
    assert twice == []
