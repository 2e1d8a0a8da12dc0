"""Curators' decisions: checked against the knowledge, in force at once, taken back without a trace."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.labelled import read_labelled
from adapters.store.exporting import ExportError, as_diff, case_of, changed_files
from bot.community_curating import Curator
from bot.community_curation import Curation, CurationError, NewCuration
from bot.community_overlay import Overlay
from bot.core import CareerBot
from bot.query import Query
from bot.understand import Understanding
from knowledge.models import Career
from knowledge.profile import read_profile
from tests.communities import GUILD, OTHER

NAME = "quux wrangler"


def _kept(new: NewCuration, ident: int = 1) -> Curation:
    return Curation(**new.model_dump(), ident=ident, at=datetime(2026, 11, 26, tzinfo=UTC))


def _reads(bot: CareerBot, overlay: Overlay, text: str, community: str = "") -> tuple[str, list[str]]:
    """The intent and careers of a text, read with the overlay."""
    beneath = bot.understanding
    laid = overlay.gazetteer(beneath.gazetteer, community)
    understanding = Understanding(laid, beneath.classifier, beneath.directory, bot.intents)
    [reading] = understanding.read(overlay.says(text, community) or text)
    if not isinstance(reading, Query):
        return type(reading).__name__, []
    return reading.intent, [career.slug for career in reading.careers]


@pytest.mark.parametrize(
    ("name", "career", "says"),
    [
        ("plumber", "registered-nurse", "already means the career"),
        ("Leeds", "registered-nurse", "already means the place Leeds"),
        ("registered nurse", "registered-nurse", "already; nothing to do"),
        ("engineer", "registered-nurse", "too many questions"),
        ("what is the", "registered-nurse", "too many questions"),
        ("love", "registered-nurse", "ordinary word"),
        (" \x00?! ", "registered-nurse", "has letters"),
        ("x" * 61, "registered-nurse", "at most 60"),
        (NAME, "registerd-nurse", "no career 'registerd-nurse'. Did you mean registered-nurse"),
    ],
)
def test_an_alias_that_cant_stand_is_refused_with_the_reason(bot: CareerBot, name: str, career: str, says: str) -> None:
    """It clashes with a name, is no name, or its career doesn't exist."""
    with pytest.raises(CurationError) as raised:
        Curator(bot.understanding).alias(name, career)
    assert says in str(raised.value)


def test_an_alias_is_in_force_at_once_and_gone_when_undone(bot: CareerBot) -> None:
    """In any spelling that built names are found in; without it the words mean nothing."""
    overlay = Overlay()
    text = f"what does a {NAME} earn in Leeds?"
    assert "plumber" not in _reads(bot, overlay, text)[1]
    overlay.replace([_kept(Curator(bot.understanding).alias(NAME, "plumber"))])
    for spelling in (NAME, "QuuxWrangler", "Quux-Wranglers"):
        assert _reads(bot, overlay, f"what does a {spelling} earn in Leeds?") == ("salary", ["plumber"])
    overlay.replace([])
    assert "plumber" not in _reads(bot, overlay, text)[1]
    assert overlay.gazetteer(bot.understanding.gazetteer) is bot.understanding.gazetteer


def test_a_communitys_alias_is_its_own(bot: CareerBot) -> None:
    """Other communities don't see it; the operator's hold everywhere, also beside a community's own."""
    curator, overlay = Curator(bot.understanding), Overlay()
    own = curator.alias(NAME, "plumber", community=GUILD)
    overlay.replace([_kept(own), _kept(curator.alias("zorp tamer", "registered-nurse"), 2)])
    assert _reads(bot, overlay, f"salary of {NAME}", GUILD) == ("salary", ["plumber"])
    for community in ("", OTHER):
        assert "plumber" not in _reads(bot, overlay, f"salary of {NAME}", community)[1]
    for community in ("", OTHER, GUILD):
        assert _reads(bot, overlay, "salary of a zorp tamer", community) == ("salary", ["registered-nurse"])


def test_a_meaning_lets_a_question_be_read_as_another(bot: CareerBot) -> None:
    """In any case and punctuation; in its community alone."""
    overlay, text = Overlay(), "how rich do the folks with the wrenches get"
    new = Curator(bot.understanding).meaning(text, "salary", ["plumber"], community=GUILD)
    assert (new.intent, new.careers) == ("salary", ("plumber",))
    overlay.replace([_kept(new)])
    assert _reads(bot, overlay, "How rich do the folks with the wrenches get?!", GUILD) == ("salary", ["plumber"])
    assert _reads(bot, overlay, text, OTHER) != ("salary", ["plumber"])


@pytest.mark.parametrize(
    ("text", "intent", "careers", "says"),
    [
        ("x y", "wages", ["plumber"], "no intent 'wages'"),
        ("x y", "compare", ["plumber"], "no question that is understood"),
        ("x y", "salary", ["plumbr"], "no career 'plumbr'"),
        ("salary of a plumber", "salary", ["plumber"], "already; nothing to do"),
        ("?", "salary", ["plumber"], "Give the question"),
    ],
)
def test_a_meaning_that_cant_stand_is_refused_with_the_reason(
    bot: CareerBot, text: str, intent: str, careers: list[str], says: str
) -> None:
    """No such intent or career, not enough of them, or understood so already."""
    with pytest.raises(CurationError) as raised:
        Curator(bot.understanding).meaning(text, intent, careers)
    assert says in str(raised.value)


def test_a_decision_becomes_a_labelled_question(bot: CareerBot, tmp_path: Path) -> None:
    """In the form that careerbot evaluate reads."""
    curator, file = Curator(bot.understanding), tmp_path / "curated.jsonl"
    meaning = curator.meaning("how rich do wrench folks get", "salary", ["plumber"])
    file.write_text(case_of(_kept(meaning, 1)) + case_of(_kept(curator.alias(NAME, "plumber"), 2)), "utf-8")
    first, second = read_labelled(file)
    assert (first.turns[0].expect.intent, first.turns[0].expect.careers) == (["salary"], [["plumber"]])
    assert (second.id, second.turns[0].text, second.turns[0].expect.intent) == ("curated-2", NAME, ["overview"])
    with pytest.raises(CurationError, match="nothing to test"):
        case_of(_kept(NewCuration(action="dismissal")))


# export


def _career(slug: str, soc: str) -> Career:
    title = slug.replace("-", " ").title()
    return Career(slug=slug, title=title, plural=title + "s", soc=soc, soc_title=title, depth="profile")


CAREERS = {"plumber": _career("plumber", "47-2152.00"), "actuary": _career("actuary", "15-2011.00")}


def _alias(text: str, target: str) -> Curation:
    return _kept(NewCuration(action="alias", text=text, key=text, target=target))


@pytest.mark.parametrize("name", ["pipe fixer", "No", "a: b, [c]", 'the "pipe" one', "# hash", "007", "café owner"])
@pytest.mark.parametrize("line", ["aliases: [gas fitter, x y]\n", "aliases: []\n", ""])
def test_an_exported_alias_is_read_back_from_the_career_file(tmp_path: Path, name: str, line: str) -> None:
    """Whatever its characters, beside the ones there are; nothing else of the file changes; twice is once."""
    content = Path(__file__).parent / "world" / "careers" / "plumber.md"
    text = "".join(kept for kept in content.read_text("utf-8").splitlines(keepends=True) if "aliases:" not in kept)
    path = tmp_path / "careers" / "plumber.md"
    path.parent.mkdir()
    at = text.index("plural:")
    path.write_text(text[:at] + line + text[at:], "utf-8")
    before = read_profile(path).facts
    texts = changed_files([_alias(name, "plumber")], CAREERS, [tmp_path], tmp_path)
    assert as_diff(texts).count("\n+") == 2
    path.write_text(texts[path], "utf-8")
    after = read_profile(path).facts
    assert after.aliases == (*before.aliases, name)
    assert after.model_copy(update={"aliases": before.aliases}) == before
    assert changed_files([_alias(name, "plumber")], CAREERS, [tmp_path], tmp_path) == {}


def test_a_career_without_a_file_gets_its_alias_in_the_table(tmp_path: Path) -> None:
    """Beside the names of its occupation, or on a new row; two at once are both there."""
    table = tmp_path / "aliases.tsv"
    found = [_alias("risk wizard", "actuary"), _alias("pipe fixer", "plumber"), _alias("odds maker", "actuary")]
    texts = changed_files(found, CAREERS, [tmp_path], tmp_path)
    assert texts[table] == "soc\tnames\n15-2011.00\trisk wizard|odds maker\n47-2152.00\tpipe fixer\n"
    table.write_text(texts[table], "utf-8")
    assert changed_files(found, CAREERS, [tmp_path], tmp_path) == {}
    table.write_text("wrong\n", "utf-8")
    with pytest.raises(ExportError, match="columns"):
        changed_files(found, CAREERS, [tmp_path], tmp_path)


def test_a_file_in_another_form_is_left_alone_and_told(tmp_path: Path) -> None:
    """The curator gets a word, not a broken file."""
    path = tmp_path / "careers" / "plumber.md"
    path.parent.mkdir()
    path.write_text("---\nslug: plumber\naliases:\n  - gas fitter\n---\n", "utf-8")
    with pytest.raises(ExportError, match="as one line"):
        changed_files([_alias("x y", "plumber")], CAREERS, [tmp_path], tmp_path)


def test_a_case_is_one_line_of_json() -> None:
    """Also where the question holds quotes and line ends."""
    meaning = NewCuration(
        action="meaning", text='so "x"\ny', key="soxy", says="s", intent="salary", careers=("plumber",)
    )
    line = case_of(_kept(meaning))
    assert line.count("\n") == 1
    assert json.loads(line)["turns"][0]["text"] == 'so "x"\ny'
