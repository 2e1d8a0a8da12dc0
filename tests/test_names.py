"""The names that people use every day, and the words that are nobody's job: what the names table makes of them."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest

from bot.normalise import key_of
from knowledge.build import CONTENT, build
from knowledge.buildnames import ALIAS, TENTATIVE
from knowledge.content_files import ContentFiles, small_table

FILES = ContentFiles((CONTENT,))
Targets = Mapping[str, list[tuple[float, str, str]]]
"""Careers by name, heaviest first, as (weight, slug, code); names are keyed as messages are looked up."""


def everyday() -> Iterator[tuple[str, str]]:
    """Every (code, name) of aliases.tsv."""
    for soc, names in small_table(FILES, "aliases.tsv"):
        for name in names.split("|"):
            yield soc, name


@pytest.fixture(scope="module")
def targets(tmp_path_factory: pytest.TempPathFactory) -> Targets:
    """The career names of a database built from the packaged content."""
    database = tmp_path_factory.mktemp("names") / "knowledge.db"
    build([CONTENT], database)
    found: dict[str, set[tuple[float, str, str]]] = defaultdict(set)
    with closing(sqlite3.connect(database)) as connection:
        for text, weight, slug, soc in connection.execute(
            "SELECT text, weight, slug, soc FROM names JOIN careers ON slug = target WHERE kind = 'career'"
            " AND (languages = '' OR languages LIKE '%en%')"
        ):
            found[key_of(text)[1]].add((weight, slug, soc))
    return {key: sorted(careers, reverse=True) for key, careers in found.items()}


def test_everyday_codes_exist() -> None:
    """Every row names an occupation of O*NET, and each occupation has one row."""
    codes = [row[0] for row in small_table(FILES, "aliases.tsv")]
    assert not set(codes) - {row[0] for row in FILES.rows("occupations")}
    assert not [code for code, count in Counter(codes).items() if count > 1]


def test_everyday_names_are_given_once() -> None:
    """A name stands under one code only, else it would decide nothing; none is empty or padded."""
    keys: dict[str, list[str]] = defaultdict(list)
    for soc, name in everyday():
        assert name == " ".join(name.split()), f"{soc}: {name!r}"
        keys[key_of(name)[1]].append(f"{name} ({soc})")
    assert not [names for names in keys.values() if len(names) > 1]


def test_everyday_names_do_not_take_a_profile_s_name(targets: Targets) -> None:
    """What a hand-written profile is called is left to that profile, unless it is the same occupation."""
    taken = [
        f"{name} ({soc}) is {slug} ({other})"
        for soc, name in everyday()
        for weight, slug, other in targets[key_of(name)[1]]
        if weight >= ALIAS and other != soc
    ]
    assert not taken


def test_everyday_names_decide(targets: Targets) -> None:
    """However many occupations O*NET attaches a name to, the heaviest is the one that aliases.tsv says."""
    wrong = [
        f"{name} ({soc}) leads to {targets[key_of(name)[1]][0]}"
        for soc, name in everyday()
        if targets[key_of(name)[1]][0][2] != soc
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("says", "slug"),
    [
        ("notary", "office-and-administrative-support-worker-all-other"),
        ("priests", "clergy"),
        ("film director", "producer-and-director"),
        ("watchmaker", "watch-and-clock-repairer"),
        ("bin men", "refuse-and-recyclable-material-collector"),
        ("lollipop ladies", "crossing-guard-and-flagger"),
        ("firewoman", "firefighter"),
        ("vet tech", "veterinary-technologist-and-technician"),
        ("postie", "postal-service-mail-carrier"),
        ("forklift driver", "industrial-truck-and-tractor-operator"),
        ("train driver", "locomotive-engineer"),
        ("lorry driver", "truck-driver"),
        ("gas engineer", "plumber"),
        ("quantity surveyor", "cost-estimator"),
        ("fishermen", "fishing-and-hunting-worker"),
        ("mechanic", "automotive-service-technician-and-mechanic"),
        ("lecturer", "postsecondary-teacher-all-other"),
        ("python developer", "software-developer"),
    ],
)
def test_everyday_names_resolve(targets: Targets, says: str, slug: str) -> None:
    """People's words, singular and plural, British and American, lead to the occupation they mean."""
    assert targets[key_of(says)[1]][0][1] == slug


def test_names_of_a_shared_code_lead_to_the_nearest_title(targets: Targets) -> None:
    """Where several profiles share a code and none is the occupation, its names go to the one titled most like it."""
    assert targets[key_of("Data Analytic Scientist")[1]][0][1] == "data-scientist"


def test_ordinary_words_are_no_careers(targets: Targets) -> None:
    """A word of not_careers.tsv hardly names a career, though an official list of titles has it ("guide", "water")."""
    words = [word for (word,) in small_table(FILES, "not_careers.tsv") if len(word) > 3]  # "SAC" is a job
    assert not [word for word in words if any(weight > TENTATIVE for weight, _, _ in targets.get(key_of(word)[1], ()))]


def test_jobs_are_not_ordinary_words() -> None:
    """No everyday name is also listed as a word that is no career."""
    ordinary = {key_of(word)[1] for (word,) in small_table(FILES, "not_careers.tsv")}
    assert not [name for _, name in everyday() if key_of(name)[1] in ordinary]
