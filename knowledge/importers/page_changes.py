"""What a page changes: the text of a new profile, or of one that exists, and the report of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.checks.facts import folded_title
from knowledge.content_files import ContentFiles
from knowledge.importers.base import Skip
from knowledge.importers.page_profile import new_profile, with_salaries, with_sections
from knowledge.models import SECTION_HEADINGS, SECTIONS, Section
from knowledge.profile import FrontMatter, Profile, Salaries
from knowledge.titles import plural

EVEN_WEIGHT = 50
"""Weight of each skill of a new profile, until a curator weighs them."""


@dataclass(slots=True)
class PageReport:
    """What an import did.

    Attributes:
        path: The profile's file.
        created: True where there was no such career before.
        changes: What is different now; empty where nothing changed.
        left_out: Lines of the page that were not taken, with the reason.
        notes: What an operator should know.
        to_fill: What a curator should add.
    """

    path: Path
    slug: str
    title: str
    created: bool = False
    changes: list[str] = field(default_factory=list)
    left_out: tuple[Skip, ...] = ()
    notes: list[str] = field(default_factory=list)
    to_fill: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether the file was written."""
        return bool(self.changes)

    def lines(self) -> list[str]:
        """The report for people, a line an entry."""
        return [
            f"{self.title} → {self.path}",
            *(self.changes or ["nothing changed"]),
            *(f"note: {note}" for note in self.notes),
            *(f"to fill in: {gap}" for gap in self.to_fill),
            *(f"left out: {skip}" for skip in self.left_out),
        ]


def created(
    report: PageReport,
    skills: Sequence[str],
    soc: str,
    salaries: Salaries | None,
    sections: Mapping[str, Section],
    files: ContentFiles,
) -> str:
    """The text of a new profile; tells in the report what a curator should add."""
    head, dash, rest = report.title.partition(" - ")
    weights = dict.fromkeys(skills, float(EVEN_WEIGHT))
    facts = FrontMatter(
        slug=report.slug,
        title=report.title,
        plural=f"{plural(head)}{dash}{rest}",
        soc=soc,
        skills=weights,
        salaries=salaries,
    )
    report.created = True
    figures = len(salaries.figures) if salaries else 0
    report.changes.append(f"new profile with {len(sections)} sections, {len(weights)} skills and {figures} salaries")
    report.to_fill += [
        "topics: ids of topics.tsv",
        "aliases: what else people call it",
        "related and next: slugs of careers near it and after it",
        f"plural: {facts.plural!r} was derived from the title",
        f"skills: all weigh {EVEN_WEIGHT}; give each its weight from 1 to 100, and name those that the page lacks",
    ]
    if not soc:
        near = _codes(report.title, files)
        report.to_fill.append(f"soc: the O*NET-SOC code its figures come from{f', perhaps {near}' if near else ''}")
    missing = [SECTION_HEADINGS[name] for name in SECTIONS if name not in sections]
    if missing:
        report.to_fill.append(f"sections: {', '.join(missing)}")
    return new_profile(facts, sections)


def _codes(title: str, files: ContentFiles) -> str:
    """Codes of the occupations that bear the title, officially or among their other titles."""
    forms = {folded_title(form) for form in _forms(title)}
    forms |= {folded_title(plural(form)) for form in _forms(title)}
    found = [
        row[0] for row in files.rows("occupations") if folded_title(row[2]) in forms or folded_title(row[3]) in forms
    ]
    found += [row[0] for row in files.rows("titles") if folded_title(row[1]) in forms]
    return " or ".join(list(dict.fromkeys(found))[:3])


def slug_of(title: str, profiles: Sequence[Profile]) -> str | None:
    """The career that bears the title or has it among its aliases; "Software Engineer - Backend" also turned round."""
    names: dict[str, str] = {}
    for profile in profiles:
        facts = profile.facts
        for name in (facts.title, facts.plural, facts.slug, *facts.aliases):
            names.setdefault(folded_title(name), facts.slug)
    return next((names[key] for form in _forms(title) if (key := folded_title(form)) in names), None)


def _forms(title: str) -> list[str]:
    head, dash, field_of_work = title.partition(" - ")
    if not dash:
        return [title]
    return [title, f"{field_of_work} {head}", f"{field_of_work} {head.split()[-1]}"]


def updated(
    report: PageReport,
    page: Mapping[str, Section],
    base: Profile,
    salaries: Salaries | None,
    sections: Mapping[str, Section],
) -> str:
    """The text of a profile that exists, with what the page changes.

    Args:
        report: Told what is different, and what stays out.
        page: All sections of the page.
        base: The profile as it is.
        salaries: The page's figures.
        sections: The sections that may replace the profile's own.
    """
    text = base.path.read_text("utf-8")
    old = base.facts.salaries
    if salaries is not None:
        salaries = _with_own_words(salaries, old)
        if salaries != old:
            text = with_salaries(text, salaries, base.path)
            report.changes += _differences(old, salaries)
    replaced = {name: section for name, section in sections.items() if base.sections.get(name) != section}
    if replaced and (new := with_sections(text, replaced, base.path)) != text:
        text = new
        report.changes.append(f"sections replaced: {', '.join(SECTION_HEADINGS[name] for name in replaced)}")
    if not sections:
        kept = [name for name in page if name in base.sections]
        report.notes.append(f"{base.path.name} exists, so only its salaries are brought up to date;"
                            f" {len(kept)} sections of the page stay out")  # fmt: skip
    if report.changes and base.path != report.path:
        report.notes.append(f"copied from {base.path}; this copy now stands in its place")
    return text


def _with_own_words(salaries: Salaries, old: Salaries | None) -> Salaries:
    """The page's figures, each with the note that a curator has written for the same figure."""
    notes = {(f.place, f.country, f.currency, f.median): f.note for f in (old.figures if old else ())}
    figures = [
        figure.model_copy(update={"note": notes.get((figure.place, figure.country, figure.currency, figure.median),
                                                    figure.note)})
        for figure in salaries.figures
    ]  # fmt: skip
    return salaries.model_copy(update={"figures": tuple(figures)})


def _differences(old: Salaries | None, new: Salaries) -> list[str]:
    if old is None:
        return [f"salaries: {len(new.figures)} cities, all new"]
    found = [
        f"salaries: {what} {before} → {after}"
        for what, before, after in (("source", old.source, new.source), ("as of", old.as_of, new.as_of))
        if before != after
    ]
    had = {(figure.country, figure.place): figure for figure in old.figures}
    has = {(figure.country, figure.place): figure for figure in new.figures}
    for key, figure in has.items():
        now = f"{figure.currency} {figure.median:,.0f}"
        if key not in had:
            found.append(f"salaries: {figure.place} {now}, new")
        elif (before := had[key]) != figure:
            found.append(f"salaries: {figure.place} {before.currency} {before.median:,.0f} → {now}")
    found += [f"salaries: {place} is gone" for country, place in had if (country, place) not in has]
    return found or ["salaries: the order of the cities, or whether they are estimates"]
