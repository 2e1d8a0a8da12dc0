"""Checking the content: everything that would make an answer wrong, empty, unsourced or worthless, by file and line.

Pure: it reads the content folders and returns what is wrong; it builds and changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from knowledge.buildcareers import stands_for
from knowledge.checks.careers import CareerFile, read_career
from knowledge.checks.defect import Defect, Kind
from knowledge.checks.facts import check_facts, check_names
from knowledge.checks.known import Known
from knowledge.checks.lists import check_lists, read_lists
from knowledge.checks.prose import check_characters, check_prose
from knowledge.checks.sameness import check_sameness
from knowledge.checks.sections import check_sections
from knowledge.checks.tables import BROKEN, Reference, check_tables
from knowledge.cities import Cities
from knowledge.content_files import ContentFiles

__all__ = ["Defect", "Kind", "check"]


def check(folders: Sequence[Path]) -> list[Defect]:
    """All defects of some content folders (the packaged one first), by path and line; [] where the content is good."""
    found = [Defect(folder, 1, "unreadable", "is no folder; give a content folder")
             for folder in folders if not folder.is_dir()]  # fmt: skip
    files = ContentFiles(tuple(folder for folder in folders if folder.is_dir()))
    rows, defects = read_lists(files)
    found += defects
    sources = frozenset(row.cells["id"] for row in rows["sources.tsv"])
    topics = frozenset(row.cells["id"] for row in rows["topics.tsv"])
    reference, defects = check_tables(files, sources, topics, (row.cells["id"] for row in rows["regions.tsv"]))
    found += defects

    careers: list[CareerFile] = []
    for path in files.careers():
        file, defects = read_career(path)
        found += defects
        if file is not None:
            careers.append(file)
    known = Known(
        sources=sources,
        topics=topics,
        occupations=reference.occupations,
        places=frozenset(reference.places),
        careers=_slugs(files, careers, reference),
        skills=frozenset(reference.skills).union(*(file.profile.facts.skills for file in careers)),
        urls=frozenset(reference.urls),
        cities=_cities(files),
    )
    found += check_lists(rows, known.topics, known.skills, known.places, known.occupations, known.careers)
    for path in (*files.careers(), *(path for folder in files.folders for path in sorted(folder.glob("*.tsv")))):
        found += check_characters(path)
    for file in careers:
        found += check_facts(file, known)
        found += check_sections(file)
        found += check_prose(file, known.urls)
    found += check_names(careers)
    found += check_sameness(careers)
    return sorted(set(found))


def _slugs(files: ContentFiles, careers: Sequence[CareerFile], reference: Reference) -> frozenset[str]:
    """The slugs that the build will know: profiles, and the occupations that no profile stands for."""
    slugs = {path.stem for path in files.careers()} | {file.profile.facts.slug for file in careers}
    readers: dict[str, list[str]] = {}
    for file in careers:
        readers.setdefault(file.profile.facts.soc, []).append(file.profile.facts.title)
    for soc, (slug, title) in reference.occupations.items():
        mine = readers.get(soc, [])
        if not any(stands_for(career, title, len(mine)) for career in mine):
            slugs.add(slug)
    return frozenset(slugs)


def _cities(files: ContentFiles) -> Cities:
    """The cities, or none where a places table is broken, which has been told already."""
    try:
        return Cities.read(files)
    except (ValueError, *BROKEN):
        return Cities({}, {})
