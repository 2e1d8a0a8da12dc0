"""The front matter of one career, and of all careers together: identifiers, aliases, skills, salaries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from knowledge.checks.careers import CareerFile, front_matter_lines
from knowledge.checks.defect import Defect
from knowledge.checks.known import Known, currencies_of

FEWEST_SKILLS = 5


def check_facts(file: CareerFile, known: Known) -> Iterator[Defect]:
    """What is wrong in one career's front matter."""
    profile, facts = file.profile, file.profile.facts
    if facts.slug != file.path.stem:
        yield file.defect(
            profile.line("slug"), "slug", f"slug {facts.slug!r} differs from the file's name; make them the same"
        )
    yield from _identifiers(file, known)
    if len(facts.skills) < FEWEST_SKILLS:
        yield file.defect(
            profile.line("skills"),
            "skills-few",
            f"{len(facts.skills)} skills; give at least {FEWEST_SKILLS} with weights from 1 to 100",
        )
    for skill, weight in facts.skills.items():
        if not 1 <= weight <= 100:
            yield file.defect(
                profile.line(f"skills/{skill}", "skills"),
                "skill-weight",
                f"skill {skill!r} weighs {weight:g}; weights go from 1 to 100",
            )
    for name, section in profile.sections.items():
        for at, item in enumerate(section.items):
            for skill in item.skills:
                if skill not in facts.skills:
                    yield file.defect(
                        profile.line(f"{name}/{at}", name),
                        "skill-missing",
                        f"names the skill {skill!r}, which the front matter lacks; add it there or spell it the same",
                    )
    yield from _salaries(file, known)


def _identifiers(file: CareerFile, known: Known) -> Iterator[Defect]:
    profile, facts = file.profile, file.profile.facts
    for topic in facts.topics:
        if topic not in known.topics:
            yield file.defect(
                profile.line(f"topics/{topic}", "topics"),
                "topic-unknown",
                f"topic {topic!r} is not in topics.tsv; use an id from its first column",
            )
    if not facts.topics:
        yield file.defect(
            profile.line("topics"),
            "topic-unknown",
            "has no topic, so browsing never shows it; give at least one id of topics.tsv",
        )
    if facts.soc and facts.soc not in known.occupations:
        yield file.defect(
            profile.line("soc"),
            "soc-unknown",
            f"{facts.soc!r} is no O*NET-SOC code of the occupations table; look it up there",
        )
    for key, slugs in (("related", facts.related), ("next", facts.next)):
        for slug in slugs:
            line = profile.line(f"{key}/{slug}", key)
            if slug == facts.slug:
                yield file.defect(line, "self-related", f"{key} names the career itself; delete it")
            elif slug not in known.careers:
                yield file.defect(
                    line, "dangling", f"{key} names {slug!r}, and there is no such career; mend the slug or write it"
                )
    yield from _repetitions(file)


def _repetitions(file: CareerFile) -> Iterator[Defect]:
    profile, facts = file.profile, file.profile.facts
    for key, entries in (("topics", facts.topics), ("related", facts.related), ("next", facts.next)):
        for entry in _repeated(entries):
            yield file.defect(
                profile.line(f"{key}/{entry}", key), "repeated", f"{key} names {entry!r} twice; delete one"
            )
    for alias in _repeated([alias.casefold() for alias in facts.aliases]):
        spelled = [own for own in facts.aliases if own.casefold() == alias][-1]
        yield file.defect(
            profile.line(f"aliases/{spelled}", "aliases"),
            "alias-twice",
            f"alias {spelled!r} is given twice; delete one",
        )


def _repeated(entries: Iterable[str]) -> list[str]:
    return [entry for entry, count in Counter(entries).items() if count > 1]


def _salaries(file: CareerFile, known: Known) -> Iterator[Defect]:
    salaries = file.profile.facts.salaries
    if salaries is None:
        return
    where = front_matter_lines("\n".join(file.lines))
    if salaries.source not in known.sources:
        yield file.defect(
            where["salaries", "source"],
            "salary-source",
            f"source {salaries.source!r} is not in sources.tsv; add a row for it",
        )
    if not salaries.as_of.strip():
        yield file.defect(where["salaries", "as_of"], "salary-source", "as_of is empty; say what date they are for")
    seen: set[tuple[str, str]] = set()
    for at, figure in enumerate(salaries.figures):

        def line(key: str, at: int = at) -> int:
            return where.get(("salaries", "figures", at, key), where["salaries", "figures", at])

        if figure.currency not in known.currencies:
            yield file.defect(line("currency"), "salary-currency", f"{figure.currency!r} is no ISO 4217 currency code")
        elif (tender := currencies_of(figure.country)) and figure.currency not in tender:
            yield file.defect(
                line("currency"),
                "salary-country",
                f"{figure.place} in {figure.country} pays in {' or '.join(tender)}, not {figure.currency};"
                " check the country and the currency",
            )
        if known.cities.named(figure.country, figure.place) is None:
            yield file.defect(
                line("place"),
                "salary-place",
                f"no city {figure.place!r} in {figure.country} is in the places table; mend the spelling"
                " or the country",
            )
        if (figure.country, figure.place) in seen:
            yield file.defect(line("place"), "salary-twice", f"{figure.place} is given twice; delete one")
        seen.add((figure.country, figure.place))


def check_names(files: Sequence[CareerFile]) -> Iterator[Defect]:
    """Titles and aliases that mean two careers, and skills that two careers spell differently."""
    yield from _titles_and_aliases(files)
    spelled: dict[str, tuple[str, CareerFile]] = {}
    for file in files:
        for skill in file.profile.facts.skills:
            first, other = spelled.setdefault(folded_title(skill), (skill, file))
            if first != skill:
                yield file.defect(
                    file.profile.line(f"skills/{skill}", "skills"),
                    "skill-spelling",
                    f"skill {skill!r} is {first!r} in {other.path.name}; spell both the same, or they never match",
                )


def _titles_and_aliases(files: Sequence[CareerFile]) -> Iterator[Defect]:
    titles: dict[str, CareerFile] = {}
    for file in files:
        facts = file.profile.facts
        for key, title in (("title", facts.title), ("plural", facts.plural), ("slug", facts.slug)):
            other = titles.setdefault(folded_title(title), file)
            if other is not file:
                yield file.defect(
                    file.profile.line(key),
                    "title-clash",
                    f"{key} {title!r} already belongs to {other.profile.facts.slug!r}; give it another",
                )
    meant: dict[str, tuple[CareerFile, int]] = {}
    for file in files:
        for alias in file.profile.facts.aliases:
            line = file.profile.line(f"aliases/{alias}", "aliases")
            owner = titles.get(folded_title(alias), file)
            if owner is not file:
                yield file.defect(
                    line, "alias-title", f"alias {alias!r} is the title of {owner.profile.facts.slug!r}; delete it here"
                )
                continue
            other, other_line = meant.setdefault(folded_title(alias), (file, line))
            if other is not file:
                yield file.defect(
                    line,
                    "alias-clash",
                    f"alias {alias!r} also stands in {_place(other.path, other_line)}; leave it to one of them",
                )


def folded_title(text: str) -> str:
    """A name without case, hyphens and punctuation; "+" and "#" tell languages apart."""
    return re.sub(r"[^\w+#]+|_", " ", text.casefold()).strip()


def _place(path: Path, line: int) -> str:
    return f"{path.name}:{line}"
