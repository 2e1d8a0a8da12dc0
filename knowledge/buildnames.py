"""The names table: every spelling that the spotter may find, and how strongly it means its target."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.buildtongues import foreign_places, foreign_titles
from knowledge.content_files import ContentFiles, placed_rows, small_table
from knowledge.models import Career
from knowledge.profile import Profile
from knowledge.titles import plural, singular

TITLE, ALIAS, OCCUPATION, REPORTED, ALTERNATE, SHORT, ESCO, OTHERS = 100.0, 90.0, 80.0, 55.0, 50.0, 45.0, 40.0, 30.0
"""Weights of a career's names: a profile's title, its alias, an occupation's title, O*NET's other titles, ESCO's."""
TENTATIVE = 20.0
"""Weight of a title that is an ordinary word in nearly every message: it counts only where a job is asked for."""
EVERYDAY = 85.0
"""Weight of the names that people use every day (aliases.tsv): above official titles, below a profile's own names."""
SHARED = 84.0
"""Weight of short forms that several professions share (shared.tsv): just below a name that is one's own."""
CANONICAL = 1.001
"""A place's own name weighs a little more than its other names, so that it is the one that is shown."""
NICKNAME = 1_000_000_000.0
"""Weight of a hand-written name of a place, which decides; a place's own names weigh as much as it has people."""
_BRACKETED = re.compile(r"^(.*?)\s*\(([^()]+)\)\s*$")
_QUALIFIER = re.compile(r"^(.*?), (?:All Other|General|Except .*|Including .*)$")


def add_names(
    db: sqlite3.Connection, files: ContentFiles, profiles: Sequence[Profile], careers: Mapping[str, Career],
    problems: list[str],
) -> None:  # fmt: skip
    """Fill the names table; names of what isn't there are left out and told in `problems`, by file and line."""
    found: dict[tuple[str, str, str], float] = {}
    for kind, text, target, weight in (
        *_profiles(profiles, files),
        *_occupations(careers.values(), _not_careers(files)),
        *_titles(files, careers),
        *_everyday(files, careers, problems),
        *_shared(files, careers, problems),
        *_places(db, files, problems),
        *_skills(db, files),
        *_topics(files),
    ):
        if text:
            key = (kind, text, target)
            found[key] = max(found.get(key, 0.0), weight)
    languages: dict[tuple[str, str, str], set[str]] = {}
    own = _main_career(files, careers)
    for kind, (language, text, target, weight) in (
        *(("career", title) for title in foreign_titles(files, own, careers, _not_careers(files))),
        *(("place", place) for place in foreign_places(db, files)),
    ):
        key = (kind, text, target)
        languages.setdefault(key, {"en"} if key in found else set()).add(language)
        found[key] = max(found.get(key, 0.0), weight)
    db.executemany(
        "INSERT INTO names (kind, text, target, weight, languages) VALUES (?,?,?,?,?)",
        ((*key, weight, " ".join(sorted(languages.get(key, ())))) for key, weight in found.items()),
    )


def _profiles(profiles: Iterable[Profile], files: ContentFiles) -> Iterator[tuple[str, str, str, float]]:
    """A profile's title, plural and aliases; an alias that is another occupation's own title is left to that one."""
    taken: dict[str, str] = {}
    for row in files.rows("occupations"):
        for title in (row[2], row[3]):
            for variant in variants(title):
                taken.setdefault(variant.casefold(), row[0])
    for profile in profiles:
        facts = profile.facts
        for text in (facts.title, facts.plural, facts.slug.replace("-", " ")):
            yield "career", text, facts.slug, TITLE
        for alias in facts.aliases:
            if taken.get(alias.casefold(), facts.soc) == facts.soc:
                yield "career", alias, facts.slug, ALIAS


def _occupations(careers: Iterable[Career], ordinary: frozenset[str]) -> Iterator[tuple[str, str, str, float]]:
    for career in careers:
        if career.depth == "profile":
            continue
        rest = "All Other" in career.title
        for text in (career.title, career.plural):
            for variant in variants(text):
                if variant != text and _says_no_job(variant, ordinary):
                    continue
                # "Engineers, All Other" is no answer to "engineers".
                yield "career", variant, career.slug, OTHERS if rest and variant != text else OCCUPATION


def _titles(files: ContentFiles, careers: Mapping[str, Career]) -> Iterator[tuple[str, str, str, float]]:
    """Alternate titles go to the occupation itself, or to the profile that stands for it."""
    weights = {"reported": REPORTED, "alternate": ALTERNATE, "short": SHORT, "esco": ESCO}
    own, ordinary = _main_career(files, careers), _not_careers(files)
    for soc, title, kind in files.rows("titles"):
        if soc in own and kind in weights:
            for variant in variants(title):
                weight = TENTATIVE if _says_no_job(variant, ordinary) else weights[kind]
                yield "career", variant, own[soc], weight


def _everyday(
    files: ContentFiles, careers: Mapping[str, Career], problems: list[str]
) -> Iterator[tuple[str, str, str, float]]:
    """What people call a trade, in the singular and plural; it decides where official titles give several trades."""
    own = _main_career(files, careers)
    for where, (soc, names, *_) in placed_rows(files, "aliases.tsv"):
        if soc not in own:
            problems.append(f"{where}: no occupation has the code {soc!r}; its names are left out: {names}")
            continue
        for name in filter(None, names.split("|")):
            yield "career", name, own[soc], EVERYDAY
            yield "career", plural(name), own[soc], EVERYDAY


def _shared(
    files: ContentFiles, careers: Mapping[str, Career], problems: list[str]
) -> Iterator[tuple[str, str, str, float]]:
    """Short forms that several professions share; alone they are asked back (`bot.lexicon.GENERIC`)."""
    for where, (name, slugs, *_) in placed_rows(files, "shared.tsv"):
        for slug in filter(None, slugs.split("|")):
            if slug in careers:
                yield "career", name, slug, SHARED
                yield "career", plural(name), slug, SHARED
            else:
                problems.append(f"{where}: no career has the slug {slug!r}; {name!r} doesn't lead to it")


def _main_career(files: ContentFiles, careers: Mapping[str, Career]) -> dict[str, str]:
    """Which career a code's names lead to, by code: the occupation itself, else the profile nearest to its title."""
    official = {row[0]: set(re.findall(r"\w+", row[2].casefold())) for row in files.rows("occupations")}
    best: dict[str, tuple[tuple[bool, float], str]] = {}
    for career in careers.values():
        if not career.soc:
            continue
        words = set(re.findall(r"\w+", career.title.casefold()))
        wanted = official.get(career.soc, set())
        rank = (career.depth == "occupation", len(words & wanted) / len(words | wanted))
        if career.soc not in best or rank > best[career.soc][0]:
            best[career.soc] = (rank, career.slug)
    return {soc: slug for soc, (_, slug) in best.items()}


def _not_careers(files: ContentFiles) -> frozenset[str]:
    return frozenset(row[0].casefold() for row in small_table(files, "not_careers.tsv"))


def _says_no_job(name: str, ordinary: frozenset[str]) -> bool:
    """Whether the name is a single word that means something else in nearly every message ("guide", "water")."""
    return " " not in name and not ordinary.isdisjoint((name.casefold(), singular(name).casefold()))


def variants(title: str) -> list[str]:
    """The ways to say an official title: "CEO (Chief Executive Officer)" is both, "Judges and Clerks" are two."""
    if match := _BRACKETED.match(title):
        inside = match.group(2)
        # "Dentist (General)" is no second name; "Chief Executive Officer (CEO)" is.
        return [title.replace("(", "").replace(")", ""), match.group(1), *([inside] if len(inside) > 2 else [])]
    found = [title]
    if match := _QUALIFIER.match(title):
        found.append(match.group(1))
    head, comma, modifier = title.partition(", ")
    if comma and " " not in head and modifier and " and " not in modifier and "," not in modifier:
        found.append(f"{modifier} {head}")
    parts = re.split(r" and | or |/", head if comma else title)
    if len(parts) == 2 and all(len(part.split()) <= 2 for part in parts) and not comma:
        last = parts[1].split()
        alone = re.compile(r"(?:ists?|ers?|ors?|ians?|ants?|ents?|fs)$")
        found += [
            part for part in parts if len(part.split()) == len(last) or (part.split()[1:] == [] and alone.search(part))
        ]
    return found


def _places(db: sqlite3.Connection, files: ContentFiles, problems: list[str]) -> Iterator[tuple[str, str, str, float]]:
    people = dict(db.execute("SELECT id, population FROM places"))
    for place, name, kind in db.execute("SELECT id, name, kind FROM places").fetchall():
        if kind == "metro":
            cities, _, _ = name.rpartition(", ")
            first = re.split(r"[-–/]", cities)[0]
            for text in (name, f"{cities or name} metro area", f"{first} metro", f"{first} area", f"greater {first}"):
                yield "place", text, place, float(people[place])
            continue
        yield "place", name, place, people[place] * CANONICAL
    for place, name in files.rows("place_names"):
        if place in people and not (len(name) < 4 and name.isupper()):
            # "MAC" is Macao's code and nobody's name for it; codes that people use stand in places.tsv.
            yield "place", name, place, float(people[place])
    for where, row in placed_rows(files, "places.tsv"):
        if row[1] not in people:
            problems.append(f"{where}: no place has the id {row[1]!r}; its name is left out: {row[0]}")
            continue
        # What people call a place outweighs the towns that happen to bear the name.
        yield "place", row[0], row[1], NICKNAME
    for ident, _, _, aliases in small_table(files, "regions.tsv"):
        for alias in filter(None, aliases.split("|")):
            yield "place", alias, ident, NICKNAME


def _skills(db: sqlite3.Connection, files: ContentFiles) -> Iterator[tuple[str, str, str, float]]:
    for row in small_table(files, "skills.tsv"):
        yield "skill", row[0], row[0], 90.0
        for alias in row[1].split("|"):
            yield "skill", alias.strip(), row[0], 80.0
    for (name,) in db.execute("SELECT DISTINCT name FROM skills").fetchall():
        yield "skill", name, name, 70.0
    for name, count in db.execute(
        "SELECT name, count(*) FROM occupation_skills WHERE kind = 'technology' GROUP BY name HAVING count(*) >= 2"
    ).fetchall():
        yield "skill", name, name, min(50.0, 20.0 + count)


def _topics(files: ContentFiles) -> Iterator[tuple[str, str, str, float]]:
    for row in small_table(files, "topics.tsv"):
        yield "topic", row[1], row[0], 60.0
        for alias in row[2].split("|"):
            yield "topic", alias.strip(), row[0], 60.0
