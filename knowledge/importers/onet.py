"""O*NET: all occupations, their titles, ratings, duties, tools, interests, styles, values, education and relations.

Reads the official text release (zip or folder). Where a release lacks files of ratings, they are read from CSV files
beside it (see `onet_ratings`). Facts only: definitions and task statements stay out.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from knowledge.importers.base import Importer, Progress, Report, Tables, number, read_member
from knowledge.importers.onet_duties import add_duties, add_titles, add_tools
from knowledge.importers.onet_files import CODE, file_names, rows_of
from knowledge.importers.onet_ratings import add_ratings, read_ratings
from knowledge.models import Source
from knowledge.titles import singular, slugify

SOURCE = Source(
    id="onet-30.1",
    title="O*NET 30.1 Database",
    publisher="U.S. Department of Labor, Employment and Training Administration",
    licence="CC BY 4.0",
    as_of="December 2025",
)
_MOST_TECHNOLOGIES = 40
_MOST_STYLES = 5
_TOPICS = {
    "11": "management", "13": "business finance", "15": "software data", "17": "engineering", "19": "science research",
    "21": "social", "23": "law", "25": "education", "27": "design media", "29": "healthcare", "31": "healthcare",
    "33": "public-safety", "35": "food", "37": "trades", "39": "personal-services", "41": "sales", "43": "office",
    "45": "agriculture", "47": "construction trades", "49": "trades", "51": "production", "53": "transport",
    "55": "military",
}  # fmt: skip
"""SOC major group → topics it is browsed under."""
_FINER_TOPICS = {
    "11-2": "marketing", "11-3021": "software", "11-3031": "finance", "11-3121": "hr", "11-3071": "logistics",
    "11-9111": "healthcare", "11-9041": "engineering", "13-1071": "hr", "13-1081": "logistics", "13-1082": "product",
    "13-1161": "marketing", "13-2": "finance", "13-1": "business", "15-1212": "security", "15-1254": "web",
    "15-1255": "web design", "15-1221": "ai", "15-1241": "infrastructure", "15-1244": "infrastructure",
    "15-1242": "data", "15-1243": "data", "15-205": "data", "17-2061": "hardware", "27-3": "media", "27-1": "design",
    "27-2": "media", "25-4": "research education", "25-9": "education", "53-3": "transport", "53-7": "logistics",
    "19-3": "social research", "19-303": "healthcare", "43-5": "logistics", "43-3": "finance", "43-41": "office",
}  # fmt: skip


def read(path: Path, report: Report, progress: Progress) -> Tables:
    """All O*NET tables; raises SourceError for another layout."""
    tables = Tables()
    titles = _occupations(path, report, tables)
    known = set(titles)
    optional = {"Work Values.txt": _values, "Tools Used.txt": add_tools}
    present = file_names(path)
    steps = [_titles, _technologies, _traits, _education, _related]
    steps += [step for name, step in optional.items() if name in present]
    for done, step in enumerate(steps):
        progress("Reading O*NET", done, len(steps) + 1)
        step(path, report, tables, known)
    ratings = read_ratings(path, report, known)
    add_ratings(tables, ratings)
    add_duties(path, report, tables, titles, ratings)
    add_titles(path, report, tables, titles)
    progress("Reading O*NET", len(steps) + 1, len(steps) + 1)
    return tables


def _occupations(path: Path, report: Report, tables: Tables) -> dict[str, str]:
    zones = {row[CODE]: row["Job Zone"] for _, row in read_member(path, "Job Zones.txt", (CODE, "Job Zone"))}
    known: dict[str, str] = {}
    slugs: set[str] = set()
    for line, row in read_member(path, "Occupation Data.txt", (CODE, "Title")):
        report.read += 1
        soc, plural = row[CODE], row["Title"]
        if not soc or not plural or soc in known:
            report.skip("Occupation Data.txt", line, "no code or title, or a code given twice")
            continue
        title = singular(plural)
        slug = slugify(title)
        if slug in slugs:
            slug = f"{slug}-{soc[-5:].replace('.', '')}"
        slugs.add(slug)
        known[soc] = plural
        tables.add("occupations", (soc, slug, title, plural, zones.get(soc, ""), _topics_of(soc)))
    return known


def _topics_of(soc: str) -> str:
    finer = [topics for prefix, topics in _FINER_TOPICS.items() if soc.startswith(prefix)]
    return finer[-1] if finer else _TOPICS.get(soc[:2], "")


def _titles(path: Path, report: Report, tables: Tables, known: set[str]) -> None:
    seen: set[tuple[str, str]] = set()
    members = (
        ("Sample of Reported Titles.txt", "Reported Job Title", "reported"),
        ("Alternate Titles.txt", "Alternate Title", "alternate"),
    )
    for name, column, kind in members:
        for row in rows_of(path, name, report, known, column):
            for title, as_kind in ((row[column], kind), (row.get("Short Title", ""), "short")):
                key = (row[CODE], title.casefold())
                if title and title != "n/a" and key not in seen:
                    seen.add(key)
                    tables.add("titles", (row[CODE], title, as_kind))


def _technologies(path: Path, report: Report, tables: Tables, known: set[str]) -> None:
    by_soc: dict[str, list[tuple[int, str]]] = {}
    categories: dict[str, Counter[str]] = {}
    columns = ("Example", "Commodity Title", "Hot Technology", "In Demand")
    for row in rows_of(path, "Technology Skills.txt", report, known, *columns):
        weight = 30 + 25 * (row["Hot Technology"] == "Y") + 30 * (row["In Demand"] == "Y")
        by_soc.setdefault(row[CODE], []).append((weight, row["Example"]))
        categories.setdefault(row["Example"], Counter())[row["Commodity Title"]] += 1
    used: set[str] = set()
    for soc, found in by_soc.items():
        kept = sorted(set(found), key=lambda entry: (-entry[0], entry[1]))[:_MOST_TECHNOLOGIES]
        for weight, name in kept:
            tables.add("occupation_skills", (soc, name, "technology", weight))
            used.add(name)
    for name in used:
        category = min(categories[name], key=lambda title: (-categories[name][title], title))
        tables.add("technologies", (name, category))


def _traits(path: Path, report: Report, tables: Tables, known: set[str]) -> None:
    for row in rows_of(path, "Interests.txt", report, known, "Element Name", "Scale ID", "Data Value"):
        if row["Scale ID"] == "OI":
            tables.add("traits", (row[CODE], "interest", row["Element Name"], number(row["Data Value"])))
    styles: dict[str, list[float]] = {}
    ranks: dict[tuple[str, str], int] = {}
    values: dict[tuple[str, str], float] = {}
    for row in rows_of(path, "Work Styles.txt", report, known, "Element Name", "Scale ID", "Data Value"):
        value = number(row["Data Value"])
        if value is None:
            continue
        style = (row[CODE], row["Element Name"])
        if row["Scale ID"] == "WI":
            values[style] = value
            styles.setdefault(row["Element Name"], []).append(value)
            if value >= 1.0:
                tables.add("traits", (row[CODE], "work_style", row["Element Name"], value))
        elif row["Scale ID"] == "DR" and 1 <= value <= _MOST_STYLES:
            ranks[style] = int(value)
    for (soc, name), rank in ranks.items():
        if (soc, name) in values:
            average = round(sum(styles[name]) / len(styles[name]), 2)
            tables.add("contrasts", (soc, "work_style", name, rank, values[soc, name], average))


def _values(path: Path, report: Report, tables: Tables, known: set[str]) -> None:
    for row in rows_of(path, "Work Values.txt", report, known, "Element Name", "Scale ID", "Data Value"):
        extent = number(row["Data Value"])
        if row["Scale ID"] == "EX" and extent is not None:
            tables.add("work_values", (row[CODE], row["Element Name"], extent))


def _education(path: Path, report: Report, tables: Tables, known: set[str]) -> None:
    levels = {
        row["Category"]: row["Category Description"]
        for _, row in read_member(path, "Education, Training, and Experience Categories.txt", ("Scale ID", "Category"))
        if row["Scale ID"] == "RL"
    }
    name = "Education, Training, and Experience.txt"
    for row in rows_of(path, name, report, known, "Scale ID", "Category", "Data Value"):
        share = number(row["Data Value"])
        if row["Scale ID"] == "RL" and share:
            level = levels.get(row["Category"], row["Category"]).split(" (")[0].split(" - ")[0]
            tables.add("education_shares", (row[CODE], SOURCE.id, int(row["Category"]), level, share))


def _related(path: Path, report: Report, tables: Tables, known: set[str]) -> None:
    for row in rows_of(path, "Related Occupations.txt", report, known, "Related O*NET-SOC Code", "Index"):
        if int(row["Index"]) <= 10 and row["Related O*NET-SOC Code"] in known:
            tables.add("related", (row[CODE], row["Related O*NET-SOC Code"], int(row["Index"])))


IMPORTER = Importer(
    name="onet",
    help="Give the O*NET database's text release: the zip (db_30_1_text.zip) or its unpacked folder.",
    sources=(SOURCE,),
    read=read,
)
