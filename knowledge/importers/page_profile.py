"""A page as a profile's file: new, or an existing file with nothing but its salaries (or the page's sections) changed.

Everything else of an existing file keeps its bytes: the salaries block is cut out and put in as lines.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from knowledge.importers.base import SourceError
from knowledge.models import SECTION_HEADINGS, SECTIONS, Section
from knowledge.profile import FENCE, FrontMatter, Profile, ProfileError, Salaries, parse_profile

_WIDTH = 4096
_TOP_KEY = re.compile(r"[^\s#-]")


def new_profile(facts: FrontMatter, sections: Mapping[str, Section]) -> str:
    """The text of a new profile."""
    head = CommentedMap(
        slug=facts.slug, title=facts.title, plural=facts.plural, aliases=_flow(facts.aliases),
        topics=_flow(facts.topics), soc=facts.soc, related=_flow(facts.related), next=_flow(facts.next),
        skills=CommentedMap({name: int(weight) for name, weight in facts.skills.items()}),
    )  # fmt: skip
    if not facts.soc:
        head["soc"] = DoubleQuotedScalarString("")
    block = salaries_block(facts.salaries) if facts.salaries else ""
    body = "\n".join(section_text(sections[name]) for name in SECTIONS if name in sections)
    return f"{FENCE}\n{_yaml(head)}{block}{FENCE}\n" + (f"\n{body}" if body else "")


def salaries_block(salaries: Salaries) -> str:
    """The lines of the front matter's `salaries`, one line a city."""
    figures = CommentedSeq()
    for figure in salaries.figures:
        amount = int(figure.median) if figure.median.is_integer() else figure.median
        entry = CommentedMap(place=figure.place, country=figure.country, currency=figure.currency, median=amount)
        if figure.note:
            entry["note"] = figure.note
        entry.fa.set_flow_style()
        figures.append(entry)
    block = CommentedMap(source=salaries.source, as_of=DoubleQuotedScalarString(salaries.as_of),
                         estimate=salaries.estimate, figures=figures)  # fmt: skip
    return _yaml(CommentedMap(salaries=block))


def with_salaries(text: str, salaries: Salaries, path: Path) -> str:
    """A profile's text with these salaries in place of its own; SourceError if that would change anything else."""
    lines = text.splitlines(keepends=True)
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE)
    start = next((number for number in range(1, end) if re.match(r"salaries\s*:", lines[number])), end)
    after = next((number for number in range(start + 1, end) if _TOP_KEY.match(lines[number])), end)
    changed = "".join([*lines[:start], salaries_block(salaries), *lines[max(start, after) :]])
    before, now = parsed(text, path), parsed(changed, path)
    if now.facts != before.facts.model_copy(update={"salaries": salaries}) or now.sections != before.sections:
        raise SourceError(f"{path}: its salaries can't be replaced without touching other keys. Write them as a block.")
    return changed


def with_sections(text: str, sections: Mapping[str, Section], path: Path) -> str:
    """A profile's text with some sections replaced, and those that it lacks put in where they belong."""
    lines = text.splitlines(keepends=True)
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE) + 1
    chunks: list[list[str]] = [[]]
    for line in lines[end:]:
        if re.match(r"##\s", line):
            chunks.append([])
        chunks[-1].append(line)
    own: dict[str, str] = {}
    for name, chunk in zip(parsed(text, path).order, chunks[1:], strict=True):
        own[name] = own.get(name, "") + "".join(chunk).rstrip("\n") + "\n"
    own.update({name: section_text(section) for name, section in sections.items()})
    ordered = [name for name in SECTIONS if name in own] + [name for name in own if name not in SECTIONS]
    head = "".join([*lines[:end], *chunks[0]]).rstrip("\n") + "\n\n"
    return head + "\n".join(own[name] for name in ordered)


def section_text(section: Section) -> str:
    """A section as Markdown lines that read back as the same section."""
    paragraphs = "\n\n".join(section.paragraphs)
    items = "\n".join(f"- {item.text}" for item in section.items)
    body = "\n\n".join(part for part in (paragraphs, items) if part)
    return f"## {SECTION_HEADINGS[section.name]}\n{body}\n"


def parsed(text: str, path: Path) -> Profile:
    """The profile; SourceError where it can't be read."""
    try:
        return parse_profile(text, path)
    except ProfileError as error:
        raise SourceError(f"{error}. Mend the profile first, then import the page again.") from error


def _flow(entries: Sequence[str]) -> CommentedSeq:
    sequence = CommentedSeq(entries)
    sequence.fa.set_flow_style()
    return sequence


def _yaml(data: CommentedMap) -> str:
    writer = YAML()
    writer.width = _WIDTH
    writer.indent(mapping=2, sequence=4, offset=2)
    text = io.StringIO()
    writer.dump(data, text)
    return text.getvalue()
