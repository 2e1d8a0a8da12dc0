"""ESCO: other titles of O*NET occupations, in English and in other languages.

Reads a folder with `occupations_en.csv`, the official crosswalk from O*NET (`crosswalk*.csv`) and, for other languages,
a table of titles (`*titles*.csv`: concept_uri, lang, order, label); each may be gzipped. Titles only: descriptions stay
out.

An ESCO occupation counts where the crosswalk calls it an exact match of one O*NET-SOC code, or, where it is no exact
match of any, a close match of one. Broader, narrower and ambiguous matches are left out. So is a title that several
ESCO occupations share, unless it is the preferred one of just one of them: "Lehrer" is no name for one kind of teacher.
A foreign title of one word counts only if it is the preferred one: "enfermera" (nurse) stands among the other titles of
phlebotomists, and nowhere else. A foreign title made of nothing but words of English titles ("network engineer", in
Dutch), or that means something else in English ("starter"), is left out as well: it would take a name away from whom
English speakers mean.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.importers.base import Importer, Progress, Report, SourceError, Tables, open_text, read_csv
from knowledge.importers.foreign_pay import the_file
from knowledge.models import Source

SOURCE = Source(
    id="esco-1.2.0",
    title="ESCO v1.2.0, with the ESCO–O*NET crosswalk",
    publisher="European Commission",
    url="https://esco.ec.europa.eu/en",
    licence="free re-use with acknowledgement",
    as_of="v1.2.0",
)
LANGUAGES = ("de", "es", "fr", "it", "nl", "pl", "pt")
_HEADER = "O*NET Id"
_CROSSWALK = (_HEADER, "ESCO or ISCO URI", "Type of Match")
_TITLES = ("concept_uri", "lang", "order", "label")
_MATCHES = ("exactMatch", "closeMatch")
_OCCUPATION = "/esco/occupation/"
_LEAST_LETTERS = 4
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_MEANING = frozenset(
    "babysit barbera berger boer butler cabrera calculator donna factor garde kaplan mayoral monaco ober pantomime"
    " pater photograph premier promoter ringer starter tata venter vigilante".split()
)
"""Foreign titles that English speakers read as something else: a word, a person or a place."""


@dataclass(frozen=True, slots=True)
class _Label:
    """A title of an ESCO occupation, as it stands in the file."""

    uri: str
    text: str
    preferred: bool


def read(path: Path, report: Report, progress: Progress) -> Tables:
    """Rows of the titles table, of the kinds "esco" (English) and "esco:<language>"."""
    folder = path if path.is_dir() else path.parent
    soc_of = _crosswalk(folder, report)
    progress("Reading ESCO", 1, 3)
    labels = {"en": list(_english(folder, report)), **_others(folder, report)}
    progress("Reading ESCO", 2, 3)
    english = {word for label in labels["en"] for word in _words(label.text)}
    tables = Tables()
    for language, found in labels.items():
        kind = "esco" if language == "en" else f"esco:{language}"
        for soc, text, preferred in _clear(found, soc_of):
            vague = not preferred and len(_words(text)) == 1
            if language == "en" or not (vague or _misleading(text, english)):
                tables.add("titles-esco", (soc, text, kind))
    progress("Reading ESCO", 3, 3)
    return tables


def _crosswalk(folder: Path, report: Report) -> dict[str, str]:
    """ESCO occupation → its O*NET-SOC code, where there is just one."""
    file = the_file(folder, "crosswalk*.csv*", IMPORTER.help)
    matches: dict[str, dict[str, set[str]]] = {}
    lines: dict[str, list[int]] = {}
    for line, soc, uri, match in _mappings(file):
        report.read += 1
        if match not in _MATCHES or _OCCUPATION not in uri:
            report.skip(file.name, line, f"{match or 'no match'} of an ESCO occupation or ISCO group")
            continue
        matches.setdefault(uri, {}).setdefault(match, set()).add(soc)
        lines.setdefault(uri, []).append(line)
    found: dict[str, str] = {}
    for uri, by_match in matches.items():
        codes = next(by_match[match] for match in _MATCHES if match in by_match)
        if len(codes) == 1:
            found[uri] = min(codes)
            continue
        for line in lines[uri]:
            report.skip(file.name, line, f"{uri.rpartition('/')[2]} matches {len(codes)} occupations alike")
    return found


def _mappings(file: Path) -> Iterator[tuple[int, str, str, str]]:
    """(line, O*NET-SOC code, URI, kind of match) below the lines that describe the crosswalk."""
    with open_text(file) as stream:
        reader = csv.reader(stream)
        try:
            header = next((row for row in reader if _HEADER in row), [])
            missing = [column for column in _CROSSWALK if column not in header]
            if missing:
                raise SourceError(
                    f"{file.name}: no line names the column {missing[0]!r}. Is it the official crosswalk?"
                )
            soc, uri, match = (header.index(column) for column in _CROSSWALK)
            for row in reader:
                if len(row) > max(soc, uri, match):
                    yield reader.line_num, row[soc].strip(), row[uri].strip(), row[match].strip()
        except (UnicodeDecodeError, csv.Error, EOFError) as error:
            raise SourceError(f"{file.name} can't be read as text: {error}. Is it complete?") from error


def _english(folder: Path, report: Report) -> Iterator[_Label]:
    file = the_file(folder, "occupations_en.csv*", IMPORTER.help)
    for line, row in read_csv(file, ("conceptUri", "preferredLabel", "altLabels")):
        report.read += 1
        if _OCCUPATION not in row["conceptUri"] or not row["preferredLabel"]:
            report.skip(file.name, line, "no occupation, or no title")
            continue
        yield _Label(row["conceptUri"], row["preferredLabel"], preferred=True)
        for text in row["altLabels"].splitlines():
            if text.strip():
                yield _Label(row["conceptUri"], text.strip(), preferred=False)


def _others(folder: Path, report: Report) -> dict[str, list[_Label]]:
    """Titles by language. "Koch/Köchin" is two; where the two stand for themselves too, those are enough."""
    found: dict[str, list[_Label]] = {language: [] for language in LANGUAGES}
    for file in sorted(folder.glob("*titles*.csv*")):
        for line, row in read_csv(file, _TITLES):
            report.read += 1
            if row["lang"] not in found or _OCCUPATION not in row["concept_uri"] or not row["label"]:
                report.skip(file.name, line, "another language, or no occupation's title")
                continue
            for text in (part.strip() for part in row["label"].split("/")):
                if len(text) >= _LEAST_LETTERS and not text.startswith("-") and not text.endswith("-"):
                    found[row["lang"]].append(_Label(row["concept_uri"], text, preferred=row["order"] == "0"))
    return found


def _clear(labels: Iterable[_Label], soc_of: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """(O*NET-SOC code, title, whether it is a preferred one) of the titles that mean one occupation."""
    meant: dict[str, dict[bool, set[str]]] = {}
    written: dict[str, str] = {}
    for label in labels:
        key = label.text.casefold()
        written.setdefault(key, label.text)
        # An ESCO occupation without a code is another meaning all the same.
        by_rank = meant.setdefault(key, {True: set(), False: set()})
        by_rank[label.preferred].add(soc_of.get(label.uri, label.uri))
    for key, by_rank in meant.items():
        targets = by_rank[True] or by_rank[False]
        target = next(iter(targets))
        if len(targets) == 1 and _OCCUPATION not in target:
            yield target, written[key], bool(by_rank[True])


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _misleading(text: str, english: set[str]) -> bool:
    words = _words(text)
    return not words or all(word in english for word in words) or text.casefold() in _OTHER_MEANING


IMPORTER = Importer(
    name="esco",
    help="Give the folder with ESCO's occupations_en.csv, the O*NET crosswalk and the table of titles by language.",
    sources=(SOURCE,),
    read=read,
)
