"""The O*NET importer on a small release written by hand: what it keeps, what it ranks first, what it leaves out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.importers.base import Report, SourceError, run_import
from knowledge.importers.onet import IMPORTER
from knowledge.tables import TABLES, read_table

BAKER, ROOFER, PAINTER, OTHERS = "51-3011.00", "47-2181.00", "47-2141.00", "47-4099.00"
SECRET = "Mix flour, water and salt in the trough before the first light of the day."
DEFINITION = "Mix and bake ingredients to produce breads, rolls and other baked goods."


def tsv(*rows: str) -> str:
    """Lines with columns split by |, as a tab-separated file."""
    return "".join("\t".join(cell.strip() for cell in row.split("|")) + "\n" for row in rows)


def ratings(*rows: str) -> str:
    """A file of ratings: "code | element | importance" each."""
    header = "O*NET-SOC Code | Element ID | Element Name | Scale ID | Data Value"
    lines = [f"{code} | 1 | {name} | IM | {value}" for code, name, value in (row.split("|") for row in rows)]
    return tsv(header, *lines, *(line.replace("| IM |", "| LV |") for line in lines))


FILES = {
    "Occupation Data.txt": tsv(
        "O*NET-SOC Code | Title | Description",
        f"{BAKER} | Bakers | {DEFINITION}",
        f"{ROOFER} | Roofers | Cover roofs with shingles.",
        f"{PAINTER} | Painters, Construction and Maintenance | Paint walls.",
        f"{OTHERS} | Construction and Related Workers, All Other | All others.",
    ),
    "Job Zones.txt": tsv("O*NET-SOC Code | Job Zone", f"{BAKER} | 2", f"{ROOFER} | 2"),
    "Sample of Reported Titles.txt": tsv(
        "O*NET-SOC Code | Reported Job Title | Shown in My Next Move",
        f"{BAKER} | Bread Baker | Y",
        f"{BAKER} | Night Person | N",
        f"{BAKER} | Bakers | Y",
    ),
    "Alternate Titles.txt": tsv(
        "O*NET-SOC Code | Alternate Title | Short Title | Source(s)",
        f"{OTHERS} | Well Digger | n/a | 04",
        f"{OTHERS} | Shared Title | n/a | 04",
        f"{ROOFER} | Shared Title | n/a | 04",
        f"{ROOFER} | Slater | n/a | 04",
    ),
    "Technology Skills.txt": tsv(
        "O*NET-SOC Code | Example | Commodity Code | Commodity Title | Hot Technology | In Demand",
        f"{BAKER} | Recipe calculator | 1 | Spreadsheet software | N | N",
        f"{BAKER} | Microsoft Excel | 1 | Spreadsheet software | Y | Y",
    ),
    "Skills.txt": ratings(
        f"{BAKER}|Monitoring|3.0", f"{ROOFER}|Monitoring|3.0", f"{PAINTER}|Monitoring|3.0",
        f"{BAKER}|Repairing|1.0", f"{ROOFER}|Repairing|4.6", f"{PAINTER}|Repairing|1.0",
    ),
    "Knowledge.txt": ratings(
        f"{BAKER}|Food Production|5.0", f"{ROOFER}|Food Production|1.0", f"{ROOFER}|Mechanical|4.0",
    ),
    "Work Activities.txt": ratings(f"{BAKER}|Handling and Moving Objects|4.5", f"{ROOFER}|Getting Information|4.0"),
    "Abilities.txt": ratings(f"{BAKER}|Static Strength|3.5", f"{ROOFER}|Static Strength|4.5"),
    "Interests.txt": tsv(
        "O*NET-SOC Code | Element Name | Scale ID | Data Value",
        f"{BAKER} | Realistic | OI | 6.2",
        f"{BAKER} | First | IH | 1",
    ),
    "Work Styles.txt": tsv(
        "O*NET-SOC Code | Element Name | Scale ID | Data Value",
        f"{BAKER} | Dependability | WI | 2.5",
        f"{BAKER} | Dependability | DR | 1.0",
        f"{BAKER} | Innovation | WI | 0.2",
        f"{BAKER} | Innovation | DR | 9.0",
    ),
    "Work Values.txt": tsv(
        "O*NET-SOC Code | Element Name | Scale ID | Data Value",
        f"{BAKER} | Independence | EX | 3.33",
        f"{BAKER} | First Work Value High-Point | VH | 3",
    ),
    "Education, Training, and Experience Categories.txt": tsv(
        "Element ID | Scale ID | Category | Category Description",
        "2.D.1 | RL | 2 | High School Diploma - or the equivalent",
    ),
    "Education, Training, and Experience.txt": tsv(
        "O*NET-SOC Code | Scale ID | Category | Data Value", f"{BAKER} | RL | 2 | 61.5", f"{BAKER} | RL | 3 | 0"
    ),
    "Related Occupations.txt": tsv(
        "O*NET-SOC Code | Related O*NET-SOC Code | Relatedness Tier | Index",
        f"{ROOFER} | {PAINTER} | Primary-Short | 1",
        f"{ROOFER} | 99-9999.00 | Primary-Short | 2",
    ),
    "Tools Used.txt": tsv(
        "O*NET-SOC Code | Example | Commodity Code | Commodity Title",
        f"{BAKER} | Dough mixers | 48101500 | Mixer",
        f"{BAKER} | Planetary mixers | 48101500 | Mixer",
        f"{BAKER} | Oven gloves | 46181504 | Gloves",
        f"{ROOFER} | Oven gloves | 46181504 | Gloves",
        f"{PAINTER} | Oven gloves | 46181504 | Gloves",
        f"{BAKER} | Desktop computers | 43211507 | Desktop computer",
        f"{BAKER} | Very long name of a tool | 48101600 | Oven",
    ),
    "Content Model Reference.txt": tsv(
        "Element ID | Element Name | Description", "4.A.3 | Handling and Moving Objects | x"
    ),
    "DWA Reference.txt": tsv(
        "Element ID | IWA ID | DWA ID | DWA Title",
        "4.A.3 | I01 | D1 | Mix ingredients.",
        "4.A.3 | I02 | D2 | Clean equipment.",
        "4.A.3 | I03 | D3 | Decorate cakes.",
    ),
    "Task Statements.txt": tsv(
        "O*NET-SOC Code | Task ID | Task | Task Type",
        f"{BAKER} | 1 | {SECRET} | Core",
        f"{BAKER} | 2 | Mix the second dough of the morning. | Core",
        f"{BAKER} | 3 | Clean up. | Core",
        f"{BAKER} | 4 | Put icing on things. | Supplemental",
        f"{ROOFER} | 5 | Clean tools. | Core",
    ),
    "Tasks to DWAs.txt": tsv(
        "O*NET-SOC Code | Task ID | DWA ID",
        f"{BAKER} | 1 | D1", f"{BAKER} | 2 | D1", f"{BAKER} | 3 | D2", f"{BAKER} | 4 | D3", f"{ROOFER} | 5 | D2",
    ),
}  # fmt: skip


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """The release as a folder; a test may change its files before importing."""
    folder = tmp_path / "db" / "text"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    return tmp_path / "db"


def imported(path: Path, content: Path) -> dict[str, list[list[str]]]:
    """The rows of all tables after an import."""
    run_import(IMPORTER, path, content)
    return {
        found.name.split(".")[0]: list(read_table(found, TABLES[found.name.split(".")[0]]))
        for found in (content / "reference").glob("*.tsv.gz")
    }


def rated(tables: dict[str, list[list[str]]], soc: str) -> dict[str, tuple[str, str]]:
    """Of an occupation, element → (kind, weight), without its technologies."""
    rows = [row for row in tables["occupation_skills"] if row[0] == soc and row[2] != "technology"]
    return {name: (kind, weight) for _, name, kind, weight in rows}


def test_importance_becomes_a_weight_of_each_kind(release: Path, tmp_path: Path) -> None:
    """Importance 1 to 5 is a weight of 0 to 100, told by kind; what weighs nothing is left out, levels are not read."""
    assert rated(imported(release, tmp_path / "out"), BAKER) == {
        "Monitoring": ("skill", "50"),
        "Food Production": ("knowledge", "100"),
        "Handling and Moving Objects": ("activity", "87.5"),
        "Static Strength": ("ability", "62.5"),
    }


def test_a_missing_file_is_read_from_beside_the_release(release: Path, tmp_path: Path) -> None:
    """Ratings that the release lacks come from the CSV files beside it; a code without any takes its group's."""
    (release / "text" / "Abilities.txt").unlink()
    (release / "text" / "Skills.txt").unlink()
    (release / "ratings_30_1.csv").write_text(
        "onet_soc_code,domain,element_id,element_name,importance,level\n"
        f"{BAKER},ability,1,Stamina,4.0,3\n{BAKER},knowledge,1,Physics,4.0,3\n99-9999.00,ability,1,Stamina,4.0,3\n",
        "utf-8",
    )
    (release / "skills_activities_30_1_soc6.csv").write_text(
        f"soc6,title,domain,element_id,element_name,importance\n{OTHERS[:7]},Others,skill,1,Speaking,3.4\n", "utf-8"
    )
    tables = imported(release, tmp_path / "out")
    assert rated(tables, BAKER)["Stamina"] == ("ability", "75")
    assert "Physics" not in rated(tables, BAKER), "the release's own file of knowledge comes first"
    assert rated(tables, OTHERS) == {"Speaking": ("skill", "60")}


def test_no_ratings_at_all_say_what_is_missing(release: Path, tmp_path: Path) -> None:
    """Where neither the file nor a stand-in is there, the error names the file, and nothing is written."""
    (release / "text" / "Abilities.txt").unlink()
    with pytest.raises(SourceError, match=r"Abilities\.txt"):
        run_import(IMPORTER, release, tmp_path / "out")
    assert not (tmp_path / "out" / "reference").exists()


def test_contrasts_are_what_stands_out(release: Path, tmp_path: Path) -> None:
    """What is far above the average of all ranks 1, 2…; what is far below −1, −2…; what all rate alike is neither."""
    rows = imported(release, tmp_path / "out")["contrasts"]
    assert [ROOFER, "skill", "Repairing", "1", "90", "30"] in rows
    assert [BAKER, "knowledge", "Food Production", "1", "100", "50"] in rows
    assert [ROOFER, "knowledge", "Food Production", "-1", "0", "50"] in rows
    assert not [row for row in rows if row[2] == "Monitoring"]
    styles = [row for row in rows if row[1] == "work_style"]
    assert styles == [[BAKER, "work_style", "Dependability", "1", "2.5", "2.5"]]


def test_titles_that_say_what_belongs_to_it(release: Path, tmp_path: Path) -> None:
    """Titles shown to the public, without the occupation's own; where none is, titles that no other occupation has."""
    rows = imported(release, tmp_path / "out")["also_called"]
    assert rows == [[ROOFER, "Slater", "1"], [OTHERS, "Well Digger", "1"], [BAKER, "Bread Baker", "1"]]


def test_values_and_kinds_of_software(release: Path, tmp_path: Path) -> None:
    """Extents of work values are kept without their high-points; every kept program has its kind."""
    tables = imported(release, tmp_path / "out")
    assert tables["work_values"] == [[BAKER, "Independence", "3.33"]]
    assert ["Microsoft Excel", "Spreadsheet software"] in tables["technologies"]
    assert [BAKER, "Microsoft Excel", "technology", "85"] in tables["occupation_skills"]


def test_statements_and_definitions_stay_out(release: Path, tmp_path: Path) -> None:
    """Nothing written holds a task statement or a definition."""
    for table, rows in imported(release, tmp_path / "out").items():
        text = "\n".join("\t".join(row) for row in rows)
        assert SECRET not in text, table
        assert DEFINITION not in text, table


def test_rows_of_unknown_occupations_are_reported(release: Path, tmp_path: Path) -> None:
    """A row of a code that the release doesn't list is left out and reported with its file and line."""
    path = release / "text" / "Work Values.txt"
    path.write_text(path.read_text("utf-8") + tsv("99-9999.00 | Support | EX | 5"), "utf-8")
    report = run_import(IMPORTER, release, tmp_path / "out")
    assert [str(skip) for skip in report.skips] == ["Work Values.txt:4: unknown occupation '99-9999.00'"]


def test_a_zip_is_read_like_a_folder_and_twice_changes_nothing(release: Path, tmp_path: Path) -> None:
    """The same release gives the same files from a zip, and importing it again changes nothing."""
    run_import(IMPORTER, release, tmp_path / "out")
    archive = shutil.make_archive(str(tmp_path / "db_text"), "zip", release)
    assert run_import(IMPORTER, Path(archive), tmp_path / "out").changes == []


def test_optional_files_may_be_absent(release: Path, tmp_path: Path) -> None:
    """A release without tools and work values is imported without them."""
    for name in ("Tools Used.txt", "Work Values.txt"):
        (release / "text" / name).unlink()
    tables = imported(release, tmp_path / "out")
    assert "tools" not in tables
    assert "work_values" not in tables


def test_what_is_no_release_is_refused(tmp_path: Path) -> None:
    """A file that is no zip is refused in words, not with a traceback of zipfile."""
    path = tmp_path / "release.zip"
    path.write_text("not a zip", "utf-8")
    with pytest.raises(SourceError, match="neither a folder nor a zip"):
        IMPORTER.read(path, Report(), lambda *_: None)
