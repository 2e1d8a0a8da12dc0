"""Frames of sentences that say what is asked more surely than their words do: the rules, one by one."""

from __future__ import annotations

import pytest

from bot.core import CareerBot
from bot.query import Query


def asked(bot: CareerBot, text: str) -> Query:
    """The one question that a message is read as."""
    (reading,) = bot.understanding.read(text)
    assert isinstance(reading, Query), text
    return reading


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Truckers, what did nobody warn you about before your first winter over the road?", "truck-driver"),
        ("Zookeepers of Reddit, walk us through a shift from gate to gate", "animal-caretaker"),
    ],
)
def test_people_of_a_trade_are_asked_about_it(bot: CareerBot, text: str, slug: str) -> None:
    """Who calls people of a trade and asks them something asks about their trade."""
    assert [career.slug for career in asked(bot, text).careers] == [slug]


def test_what_one_wants_to_learn_is_a_course(bot: CareerBot) -> None:
    """A wish to learn something asks for courses on it, as the forum's initials do; how to be one asks for the way."""
    assert asked(bot, "IWTL how to pick apart a chess opening").intent == "courses"
    assert asked(bot, "IWTL how to be a bartender").intent == "path"


def test_a_message_may_be_sure_where_its_parts_are_not(bot: CareerBot) -> None:
    """A question that leans on the sentence before it is read with it."""
    query = asked(bot, "Lorry driver for six years now. What's the usual next rung?")
    assert (query.intent, [career.slug for career in query.careers]) == ("growth", ["truck-driver"])


def test_a_country_around_two_cities_is_no_third_place(bot: CareerBot) -> None:
    """The country that two named cities lie in only says where they are."""
    query = asked(bot, "Moving to New Zealand: are carpenters better paid in Auckland or Wellington?")
    assert [place.name for place in query.places] == ["Auckland", "Wellington"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("do you have to be extroverted to be in sales", []),
        ("elctrician vs plumer who earns mor", []),
        ("nurse pay in the us", ["United States"]),
        ("nurse pay in leeds", ["Leeds"]),
    ],
)
def test_everyday_words_are_no_places(bot: CareerBot, text: str, places: list[str]) -> None:
    """Sales are no town of Salé, "mor" is more and not Moers, and "the us" is a country."""
    assert [place.name for place in asked(bot, text).places] == places
