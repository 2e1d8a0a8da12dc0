"""Completion while somebody types: what it offers is what looking at every name would offer."""

from __future__ import annotations

import pytest

from bot.core import CareerBot
from bot.normalise import fold


def strongest_by_looking(bot: CareerBot, kind: str, typed: str, *, inside: bool) -> list[str]:
    """Targets of the names that begin so, or that have a later word that begins so; strongest first."""
    names: dict[str, tuple[float, str, str]] = {}
    for shown, target in bot.understanding.gazetteer.entries(kind):
        key = fold(shown)
        if key not in names or names[key][0] < target.weight:
            names[key] = (target.weight, shown, target.id)
    found = [one for key, one in names.items() if (f" {typed}" in key if inside else key.startswith(typed))]
    found.sort(key=lambda one: (-one[0], len(one[1]), one[1]))
    return list(dict.fromkeys(target for _, _, target in found))


@pytest.mark.parametrize("kind", ["career", "place", "skill", "topic"])
@pytest.mark.parametrize("typed", ["s", "c", "data", "new y", "é", "zqx"])
def test_the_strongest_of_all_names_that_begin_so_come_first(bot: CareerBot, kind: str, typed: str) -> None:
    """However many names begin so: none is left out because the alphabet puts it late."""
    wanted = strongest_by_looking(bot, kind, fold(typed), inside=False)[:25]
    offered = bot.complete(kind, typed, 25)
    assert len(offered) >= len(wanted)
    target_of = {shown: target.id for shown, target in bot.understanding.gazetteer.entries(kind)}
    assert [target_of[name] for name in offered[: len(wanted)]] == wanted


@pytest.mark.parametrize("typed", ["engin", "nurse", "supervisors of food prep", "manager"])
def test_names_with_a_later_word_that_begins_so_follow(bot: CareerBot, typed: str) -> None:
    """Also where what was typed is longer than the letters by which words are sorted."""
    first = strongest_by_looking(bot, "career", typed, inside=False)
    later = strongest_by_looking(bot, "career", typed, inside=True)
    wanted = list(dict.fromkeys([*first, *later]))
    offered = bot.complete("career", typed, 500)
    target_of = {shown: target.id for shown, target in bot.understanding.gazetteer.entries("career")}
    assert [target_of[name] for name in offered[: len(wanted)]] == wanted[:500]


@pytest.mark.parametrize(("kind", "typed", "wanted"), [
    ("career", "electrcian", "Electrician"), ("career", "registred nur", "Registered Nurse"),
    ("place", "Berln", "Berlin"),
])  # fmt: skip
def test_typos_are_mended(bot: CareerBot, kind: str, typed: str, wanted: str) -> None:
    """A mistyped word finds the name."""
    assert wanted in bot.complete(kind, typed, 25)


def test_a_kind_without_names_offers_nothing(bot: CareerBot) -> None:
    """An option that can't be completed is no error."""
    assert bot.complete("currency", "", 25) == bot.complete("currency", "eu", 25) == []
