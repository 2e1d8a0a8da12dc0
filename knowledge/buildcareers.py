"""The careers: profiles, occupations that no profile stands for, and the facts that each reads by its code."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from knowledge.content_files import ContentFiles, small_table
from knowledge.models import Career
from knowledge.profile import Profile, read_profile
from knowledge.titles import plural as plural_of


def read_profiles(files: ContentFiles) -> list[Profile]:
    """All profiles; raises ProfileError for the first that can't be read."""
    return [read_profile(path) for path in files.careers()]


def add_careers(db: sqlite3.Connection, files: ContentFiles, profiles: Sequence[Profile]) -> dict[str, Career]:
    """Fill `careers`, `sections`, `skills`: profiles, and the occupations that no profile stands for; by slug."""
    occupations = {row[0]: row for row in files.rows("occupations")}
    careers: dict[str, Career] = {}
    stood_for: set[str] = set()
    combined = combined_codes(files)
    readers = Counter(profile.facts.soc for profile in profiles)
    for profile in profiles:
        facts = profile.facts
        occupation = occupations.get(facts.soc)
        careers[facts.slug] = Career(
            slug=facts.slug, title=facts.title, plural=facts.plural, soc=facts.soc, depth="profile",
            topics=facts.topics, related=facts.related, next=facts.next,
            job_zone=int(occupation[4]) if occupation and occupation[4] else None,
            **_figures_of(facts.soc, facts.title, occupations, combined),
        )  # fmt: skip
        if occupation is not None and stands_for(facts.title, occupation[2], readers[facts.soc]):
            stood_for.add(facts.soc)
        db.executemany(
            "INSERT INTO sections VALUES (?,?,?)",
            [(facts.slug, name, section.model_dump_json()) for name, section in profile.sections.items()],
        )
        db.executemany(
            "INSERT OR REPLACE INTO skills VALUES (?,?,?,?)",
            [(facts.slug, name, "skill", weight) for name, weight in facts.skills.items()],
        )
    for soc, slug, title, plural, zone, topic_text in occupations.values():
        if slug in careers or soc in stood_for:
            continue
        careers[slug] = Career(
            slug=slug, title=title, plural=plural or plural_of(title), soc=soc, topics=tuple(topic_text.split()),
            job_zone=int(zone) if zone else None, **_figures_of(soc, title, occupations, combined),
        )  # fmt: skip
    for career in careers.values():
        db.execute(
            "INSERT INTO careers VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            (career.slug, career.title, career.plural, career.soc, career.soc_title, career.shares_figures,
             career.depth, json.dumps(career.topics), json.dumps(career.related), json.dumps(career.next),
             career.job_zone, career.figures_code),
        )  # fmt: skip
        db.executemany("INSERT OR IGNORE INTO career_topics VALUES (?,?)", [(t, career.slug) for t in career.topics])
    return careers


def combined_codes(files: ContentFiles) -> dict[str, tuple[str, str]]:
    """Six-digit code → the code and title that it is published under together with others (31-1121 → 31-1120)."""
    rows = small_table(files, "combined.tsv")
    return {member: (code, title) for code, title, members in rows for member in members.split()}


def _figures_of(
    soc: str, title: str, occupations: Mapping[str, Sequence[str]], combined: Mapping[str, tuple[str, str]]
) -> dict[str, Any]:
    """Under which official title a career's figures are published, and whether that is a wider group than itself.

    Statistics are published by the six-digit code: 15-1299.04 (penetration testers) is counted in 15-1299; or by a code
    that combines several.
    """
    if soc[:7] in combined:
        code, group = combined[soc[:7]]
        return {"soc_title": group, "shares_figures": True, "figures_code": code}
    counted = occupations.get(f"{soc[:7]}.00") or occupations.get(soc)
    if counted is None:
        return {}
    shares = title.casefold() != counted[2].casefold()
    return {"soc_title": counted[3], "shares_figures": shares, "figures_code": soc[:7]}


def stands_for(title: str, occupation: str, readers: int) -> bool:
    """Whether a profile is the occupation itself, so that the occupation's other titles lead to it.

    It is where the titles are the same, or where it is the only profile of that code and its title's words are all in
    the occupation's ("Welder" in "Welder, Cutter, Solderer, and Brazer").
    """
    if title.casefold() == occupation.casefold():
        return True
    official = set(re.findall(r"[a-z]+", occupation.casefold()))
    only_one = readers == 1 and "all other" not in occupation.casefold()
    return only_one and set(re.findall(r"[a-z]+", title.casefold())) <= official


def add_facts(db: sqlite3.Connection, files: ContentFiles, careers: dict[str, Career]) -> None:
    """Facts keyed by occupation code go to every career that reads that code."""
    by_soc: dict[str, list[str]] = {}
    for career in careers.values():
        if career.soc:
            by_soc.setdefault(career.soc, []).append(career.slug)
            by_soc.setdefault(career.soc[:7], []).append(career.slug)
            if career.figures_code not in ("", career.soc[:7]):
                by_soc.setdefault(career.figures_code, []).append(career.slug)
    main = {soc: next((s for s in slugs if not careers[s].shares_figures), slugs[0]) for soc, slugs in by_soc.items()}

    def spread(table: str) -> Iterator[tuple[str, list[str]]]:
        for row in files.rows(table):
            for slug in dict.fromkeys(by_soc.get(row[0], ())):
                yield slug, row[1:]

    db.executemany(
        "INSERT OR IGNORE INTO occupation_skills VALUES (?,?,?,?)",
        ((slug, name, kind, float(weight)) for slug, (name, kind, weight) in spread("occupation_skills")),
    )
    db.executemany("INSERT OR REPLACE INTO traits VALUES (?,?,?,?)",
                   ((slug, kind, name, float(value)) for slug, (kind, name, value) in spread("traits")))  # fmt: skip
    db.executemany(
        "INSERT OR IGNORE INTO education VALUES (?,?,?,?,?)", ((s, *rest) for s, rest in spread("education"))
    )
    db.executemany(
        "INSERT OR REPLACE INTO education_shares VALUES (?,?,?,?,?)",
        ((s, source, int(at), level, float(share)) for s, (source, at, level, share) in spread("education_shares")),
    )
    db.executemany(
        "INSERT OR IGNORE INTO related VALUES (?,?,?)",
        ((slug, main[other], int(rank)) for slug, (other, rank) in spread("related") if other in main),
    )
