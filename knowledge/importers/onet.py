"""O*NET: all occupations, their titles, skills, technologies, interests, work styles, education and relations.

Reads the official text release (zip or folder). Where a release has no "Skills.txt" and "Knowledge.txt", importance
ratings are read from `ratings_*.csv(.gz)` beside it. Facts only: definitions and task statements stay out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge.importers.base import Importer, Progress, Report, SourceError, Tables, number, read_csv, read_member
from knowledge.models import Source
from knowledge.titles import slugify, singular

SOURCE = Source(
    id="onet-30.1",
    title="O*NET 30.1 Database",
    publisher="U.S. Department of Labor, Employment and Training Administration",
    licence="CC BY 4.0",
    as_of="December 2025",
)
_MOST_TECHNOLOGIES = 40
_MOST_RATINGS = 24
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
    known = _occupations(path, report, tables)
    steps = (_titles, _technologies, _ratings, _traits, _education, _related)
    for done, step in enumerate(steps):
        progress("Reading O*NET", done, len(steps))
        step(path, report, tables, known)
    progress("Reading O*NET", len(steps), len(steps))
    return tables


def _member(path: Path, name: str, report: Report, known: set[str], *columns: str) -> Iterator[dict[str, str]]:
    for line, row in read_member(path, name, ("O*NET-SOC Code", *columns)):
        report.read += 1
        if row["O*NET-SOC Code"] not in known:
            report.skip(name, line, f"unknown occupation {row['O*NET-SOC Code']!r}")
            continue
        yield row


def _occupations(path: Path, report: Report, tables: Tables) -> set[str]:
    zones = {
        row["O*NET-SOC Code"]: row["Job Zone"]
        for _, row in read_member(path, "Job Zones.txt", ("O*NET-SOC Code", "Job Zone"))
    }
    known: set[str] = set()
    slugs: set[str] = set()
    for line, row in read_member(path, "Occupation Data.txt", ("O*NET-SOC Code", "Title")):
        report.read += 1
        soc, plural = row["O*NET-SOC Code"], row["Title"]
        if not soc or not plural or soc in known:
            report.skip("Occupation Data.txt", line, "no code or title, or a code given twice")
            continue
        title = singular(plural)
        slug = slugify(title)
        if slug in slugs:
            slug = f"{slug}-{soc[-5:].replace('.', '')}"
        slugs.add(slug)
        known.add(soc)
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
        for row in _member(path, name, report, known, column):
            for title, as_kind in ((row[column], kind), (row.get("Short Title", ""), "short")):
                key = (row["O*NET-SOC Code"], title.casefold())
                if title and title != "n/a" and key not in seen:
                    seen.add(key)
                    tables.add("titles", (row["O*NET-SOC Code"], title, as_kind))


def _technologies(path: Path, report: Report, tables: Tables, known: set[str]) -> None:
    by_soc: dict[str, list[tuple[int, str]]] = {}
    for row in _member(path, "Technology Skills.txt", report, known, "Example", "Hot Technology", "In Demand"):
        weight = 30 + 25 * (row["Hot Technology"] == "Y") + 30 * (row["In Demand"] == "Y")
        by_soc.setdefault(row["O*NET-SOC Code"], []).append((weight, row["Example"]))
    for soc, found in by_soc.items():
        kept = sorted(set(found), key=lambda entry: (-entry[0], entry[1]))[:_MOST_TECHNOLOGIES]
        for weight, name in kept:
            tables.add("occupation_skills", (soc, name, "technology", weight))


def _ratings(path: Path, report: Report, tables: Tables, known: set[str]) -> None:
    """Importance 1 to 5 becomes a weight of 1 to 100: 25 × (importance − 1)."""
    by_soc: dict[str, list[tuple[float, str, str]]] = {}
    for soc, kind, name, importance in _importances(path, report, known):
        weight = round(25 * (importance - 1), 1)
        if weight >= 1:
            by_soc.setdefault(soc, []).append((weight, name, kind))
    for soc, found in by_soc.items():
        for weight, name, kind in sorted(found, key=lambda entry: (-entry[0], entry[1]))[:_MOST_RATINGS]:
            tables.add("occupation_skills", (soc, name, kind, weight))


def _importances(path: Path, report: Report, known: set[str]) -> Iterator[tuple[str, str, str, float]]:
    beside = sorted(path.parent.glob("ratings_*.csv*")) if not path.is_dir() else sorted(path.glob("ratings_*.csv*"))
    columns = ("Element Name", "Scale ID", "Data Value")
    try:
        for name, kind in (("Skills.txt", "skill"), ("Knowledge.txt", "knowledge")):
            for row in _member(path, name, report, known, *columns):
                value = number(row["Data Value"])
                if row["Scale ID"] == "IM" and value is not None:
                    yield row["O*NET-SOC Code"], kind, row["Element Name"], value
    except SourceError:
        if not beside:
            raise
        for line, row in read_csv(beside[-1], ("onet_soc_code", "domain", "element_name", "importance")):
            report.read += 1
            value = number(row["importance"])
            if row["onet_soc_code"] not in known or value is None:
                report.skip(beside[-1].name, line, "unknown occupation or no rating")
            elif row["domain"] in ("skill", "knowledge"):
                yield row["onet_soc_code"], row["domain"], row["element_name"], value


def _traits(path: Path, report: Report, tables: Tables, known: set[str]) -> None:
    for row in _member(path, "Interests.txt", report, known, "Element Name", "Scale ID", "Data Value"):
        if row["Scale ID"] == "OI":
            tables.add("traits", (row["O*NET-SOC Code"], "interest", row["Element Name"], number(row["Data Value"])))
    for row in _member(path, "Work Styles.txt", report, known, "Element Name", "Scale ID", "Data Value"):
        value = number(row["Data Value"])
        if row["Scale ID"] == "WI" and value is not None and value >= 1.0:
            tables.add("traits", (row["O*NET-SOC Code"], "work_style", row["Element Name"], value))


def _education(path: Path, report: Report, tables: Tables, known: set[str]) -> None:
    levels = {
        row["Category"]: row["Category Description"]
        for _, row in read_member(path, "Education, Training, and Experience Categories.txt", ("Scale ID", "Category"))
        if row["Scale ID"] == "RL"
    }
    name = "Education, Training, and Experience.txt"
    for row in _member(path, name, report, known, "Scale ID", "Category", "Data Value"):
        share = number(row["Data Value"])
        if row["Scale ID"] == "RL" and share:
            level = levels.get(row["Category"], row["Category"]).split(" (")[0].split(" - ")[0]
            tables.add("education_shares", (row["O*NET-SOC Code"], SOURCE.id, int(row["Category"]), level, share))


def _related(path: Path, report: Report, tables: Tables, known: set[str]) -> None:
    for row in _member(path, "Related Occupations.txt", report, known, "Related O*NET-SOC Code", "Index"):
        if int(row["Index"]) <= 10 and row["Related O*NET-SOC Code"] in known:
            tables.add("related", (row["O*NET-SOC Code"], row["Related O*NET-SOC Code"], int(row["Index"])))


IMPORTER = Importer(
    name="onet",
    help="Give the O*NET database's text release: the zip (db_30_1_text.zip) or its unpacked folder.",
    sources=(SOURCE,),
    read=read,
)
