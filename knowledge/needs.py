"""What each career needs to learn, in the catalogue's subjects: its skills, its field, or what its figures tell."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.fields import fields_of
from knowledge.models import Career
from knowledge.profile import Profile
from knowledge.search import MOST_SKILLS
from knowledge.subjects import Subject, Subjects
from knowledge.teaching import rarity

FIELD_OF_TITLE = 100.0
FIELD_OF_ALIAS = 85.0
"""Weights, beside those of skills (1 to 100), of a career's whole field, as its title or an alias names it."""
_MOST_TECHNOLOGIES = 14
_MOST_KNOWLEDGE = 3
_LEAST_RARE = 0.2
"""What half of all occupations need says nothing of one (knowledge.teaching.rarity)."""
_TECHNICAL = ("15", "17", "19", "27")
"""SOC major groups: computing and mathematics, engineering, sciences, design and media."""

_Need = tuple[str, int, float, str, int, int]


def career_needs(
    subjects: Subjects, profiles: Sequence[Profile], careers: Mapping[str, Career], db: sqlite3.Connection
) -> list[tuple[str, int, float, str, int, int]]:
    """Rows of `career_subjects`: slug, subject, weight, name, whether it is one of the skills, whether the field."""
    found: dict[tuple[str, int], tuple[float, str, int, int]] = {}
    for slug, subject, weight, name, counted, field in (
        *_of_profiles(subjects, profiles),
        *_of_occupations(subjects, careers.values(), db),
    ):
        before = found.get((slug, subject), (0.0, name, 0, 0))
        found[slug, subject] = (max(weight, before[0]), before[1], counted or before[2], field or before[3])
    return [(slug, subject, *values) for (slug, subject), values in found.items()]


def _of_profiles(subjects: Subjects, profiles: Sequence[Profile]) -> Iterator[_Need]:
    for profile in profiles:
        facts = profile.facts
        for name, weight in sorted(facts.skills.items(), key=lambda item: (-item[1], item[0]))[:MOST_SKILLS]:
            subject = subjects.named(name)
            if subject is not None:
                yield facts.slug, subject, weight, name, 1, 0
        for title, weight in ((facts.title, FIELD_OF_TITLE), *((alias, FIELD_OF_ALIAS) for alias in facts.aliases)):
            for subject, name in _fields(subjects, title, from_title=title == facts.title):
                yield facts.slug, subject, weight, name, 0, 1


def _of_occupations(subjects: Subjects, careers: Iterable[Career], db: sqlite3.Connection) -> Iterator[_Need]:
    for slug, name, weight in _telling(db):
        for subject in _named_in(subjects, name):
            yield slug, subject, weight, subjects.all[subject].name, 0, 0
    for career in careers:
        if career.depth == "occupation":
            for subject, name in _fields(subjects, career.title, from_title=True):
                yield career.slug, subject, FIELD_OF_TITLE, name, 0, 1


def _fields(subjects: Subjects, title: str, *, from_title: bool) -> list[tuple[int, str]]:
    """The fields that a job title names; one of two words or more becomes a subject if it was none."""
    names = fields_of(title)
    if from_title:
        for name in names[:1]:
            if subjects.named(name) is None and " " in name:
                subjects.add(Subject(name))
    else:
        names = [name for name in [title.casefold(), *names[:1]] if " " in name]
    return [(subject, name) for name in names if (subject := subjects.named(name)) is not None]


def _telling(db: sqlite3.Connection) -> Iterator[tuple[str, str, float]]:
    """The technologies and fields of knowledge that tell an unwritten occupation from others, with their weight.

    Vacancies name software for every occupation; only of a technical one does it say what to learn. A field of
    knowledge counts where it is among the three that an occupation needs most.
    """
    having = dict(db.execute("SELECT name, count(*) FROM occupation_skills GROUP BY name"))
    careers = db.execute("SELECT count(DISTINCT slug) FROM occupation_skills").fetchone()[0]
    for slug, soc in db.execute(
        "SELECT slug, soc FROM careers WHERE slug NOT IN (SELECT slug FROM skills) ORDER BY slug"
    ):
        entries: list[tuple[float, str]] = []
        for kind, least, most in (("technology", 50.0, _MOST_TECHNOLOGIES), ("knowledge", 60.0, _MOST_KNOWLEDGE)):
            if kind == "technology" and soc[:2] not in _TECHNICAL:
                continue
            top = db.execute(
                "SELECT weight, name FROM occupation_skills WHERE slug = ? AND kind = ? ORDER BY weight DESC, name",
                (slug, kind),
            ).fetchall()
            for weight, name in top if kind == "technology" else top[:most]:
                telling = rarity(careers, having[name])
                if weight >= least and telling >= _LEAST_RARE:
                    entries.append((round(weight * (1 + telling) / 2, 1), name))
        for weight, name in sorted(entries, key=lambda entry: (-entry[0], entry[1]))[:_MOST_TECHNOLOGIES]:
            yield slug, name, weight


def _named_in(subjects: Subjects, name: str) -> list[int]:
    """The subject that an O*NET name is, or else those that it is made of ("Structured query language SQL")."""
    whole = subjects.named(name.removesuffix(" software"))
    if whole is not None:
        return [whole]
    reading = subjects.read(name)
    return [find.subject for find in reading.finds if reading.unexplained <= 1 and not find.ordinary]
