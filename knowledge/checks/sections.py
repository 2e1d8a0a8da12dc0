"""The sections of one career: all there, once, in order, and long enough to say something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.checks.careers import CareerFile
from knowledge.checks.defect import Defect
from knowledge.models import SECTION_HEADINGS, SECTIONS, Section

LEAST = {
    "overview": (40, 0), "responsibilities": (40, 5), "typical_day": (35, 0), "education": (40, 0), "skills": (25, 0),
    "outlook": (30, 0), "growth": (30, 0), "challenges": (30, 3), "personal_growth": (22, 3), "personality": (30, 0),
    "projects": (40, 3), "online_courses": (25, 0), "path": (55, 4), "conclusion": (10, 0),
}  # fmt: skip
"""Least words and list entries of each section: six tenths of the shortest that stood in the content when measured."""
_OTHER_HEADING = re.compile(r"^\s*(?:#{3,}\s*\S|#{2,}[^#\s])")


def check_sections(file: CareerFile) -> Iterator[Defect]:
    """What is wrong with the sections as such."""
    headings = file.headings()
    order = [name for _, name in headings if name in SECTIONS]
    seen: set[str] = set()
    for line, name in headings:
        shown = SECTION_HEADINGS.get(name, name)
        if name not in SECTIONS:
            yield file.defect(
                line, "section-unknown", f"heading {name!r} is none of: {', '.join(SECTION_HEADINGS.values())}"
            )
        elif name in seen:
            yield file.defect(line, "section-twice", f"section {shown!r} stands twice; join them")
        seen.add(name)
    yield from _loose_text(file, headings)
    once = list(dict.fromkeys(order))
    for have, want in zip(once, [name for name in SECTIONS if name in seen], strict=True):
        if have != want:
            yield file.defect(
                file.profile.line(have),
                "section-order",
                f"section {SECTION_HEADINGS[have]!r} stands where {SECTION_HEADINGS[want]!r} belongs",
            )
            break
    for position, name in enumerate(SECTIONS):
        if name not in seen:
            after = (file.profile.lines[later] for later in SECTIONS[position + 1 :] if later in seen)
            yield file.defect(
                min(after, default=len(file.lines)),
                "section-missing",
                f"section {SECTION_HEADINGS[name]!r} is missing; add '## {SECTION_HEADINGS[name]}' here",
            )
        else:
            yield from _length(file, file.profile.sections[name])


def _loose_text(file: CareerFile, headings: Sequence[tuple[int, str]]) -> Iterator[Defect]:
    """Headings of another shape, and text that stands under no heading."""
    for line, text in file.text():
        if _OTHER_HEADING.match(text):
            yield file.defect(
                line, "section-unknown", f"{text.strip()[:40]!r}: headings are '## ' and one of the known sections"
            )
    first = headings[0][0] if headings else len(file.lines) + 1
    for line, text in file.text():
        if line < first and text.strip() and not text.startswith("# "):
            yield file.defect(
                line, "section-unknown", "text before the first heading is never shown; put it under '## Overview'"
            )
            break


def _length(file: CareerFile, section: Section) -> Iterator[Defect]:
    words = sum(len(text.split()) for text in section.paragraphs)
    words += sum(len(f"{item.lead} {item.text}".split()) for item in section.items)
    least_words, least_items = LEAST[section.name]
    line, shown = file.profile.line(section.name), SECTION_HEADINGS[section.name]
    if not words:
        yield file.defect(line, "section-empty", f"section {shown!r} is empty; write it")
    elif words < least_words:
        yield file.defect(line, "section-short", f"section {shown!r} has {words} words; write at least {least_words}")
    elif len(section.items) < least_items:
        yield file.defect(
            line,
            "section-short",
            f"section {shown!r} has {len(section.items)} list entries; give at least {least_items}",
        )
