"""Understanding as a whole: no text breaks it, none yields a career out of thin air, and its rules hold one by one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.context import Context
from bot.core import CareerBot
from bot.message import ConversationKey, IncomingMessage
from bot.query import NotUnderstood, Query

WORDS = st.sampled_from(
    "what does a nurse earn in london paris the cook pilot episode and or vs salary courses books not without degree "
    "backend enginer data scientis berlin reading nice mobile bath @everyone <!channel> **bold** ]( 100k £ $ 50,000 ? "
    "! … 😀 \u202e \u0000 \ud83d {career} {place} how do i become from to -> teacher designer job career".split(" ")
)


def test_gibberish_in_a_conversation_is_no_question_about_it(bot: CareerBot) -> None:
    """Words that nobody knows are declined, whatever the conversation is about."""
    (asked,) = bot.understanding.read("what do nurses earn in Ohio")
    assert isinstance(asked, Query)
    (reading,) = bot.understanding.read("qwxz plmk vvvt", Context(query=asked))
    assert isinstance(reading, NotUnderstood)


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=30).map(" ".join)))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_understanding(bot: CareerBot, text: str) -> None:
    """Whatever is typed, reading it raises nothing and names no career without words that stand for it."""
    for reading in bot.understanding.read(text):
        if isinstance(reading, Query):
            assert all(any(e.slot == "career" and e.words for e in reading.evidence) for _ in reading.careers)


@pytest.mark.parametrize(
    "text", ["", " ", "?!?", "…", "🎉", "\u202e\u202d", "\x00\x07", "a" * 10_000, "nurse " * 2_000]
)
async def test_bad_input_gets_a_short_answer(bot: CareerBot, text: str) -> None:
    """Nothing, noise, or far too much is answered in a sentence or two, once."""
    handled = await bot.handle(IncomingMessage(text=text, conversation=ConversationKey(platform="test")))
    assert len(handled.answers) == 1
    assert not handled.understood
    assert 10 < len(handled.answers[0].reply.summary) < 300


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("plumber pay in Reading", ["Reading"]),
        ("i am reading about plumber pay", []),
        ("nurse salary in Nice", ["Nice"]),
        ("nice, what do nurses earn?", []),
        ("nurse salary in Portland, Maine", ["Portland"]),
        ("UX designer salary SF", ["San Francisco"]),
        ("dentist pay in the UK", ["United Kingdom"]),
        ("which us state pays welders best", []),
    ],
)
def test_places_that_are_also_words(bot: CareerBot, text: str, places: list[str]) -> None:
    """A word that is also a place is one only where a place is wanted and something says so."""
    [reading] = bot.understanding.read(text)
    assert isinstance(reading, Query)
    assert [place.name for place in reading.places] == places


def test_portland_maine_is_the_one_in_maine(bot: CareerBot) -> None:
    """What is said after a place decides between places that share its name."""
    [reading] = bot.understanding.read("nurse salary in Portland, Maine")
    assert isinstance(reading, Query)
    assert [place.region for place in reading.places] == ["ME"]
    [reading] = bot.understanding.read("nurse salary in Portland")
    assert isinstance(reading, Query)
    assert [place.region for place in reading.places] == ["OR"]


@pytest.mark.parametrize(
    "text",
    [
        "can you cook dinner",
        "the pilot episode was great",
        "is my nursery open",
        "mind the gap",
        "guard boss fight tips",
        "book me a table for two",
        "my accountant hasn't answered",
        "who is the lead singer",
    ],
)
def test_words_that_are_also_careers_answer_nothing(bot: CareerBot, text: str) -> None:
    """A word that happens to be a job is not a question about it."""
    for reading in bot.understanding.read(text):
        assert isinstance(reading, NotUnderstood) or not getattr(reading, "careers", ()), reading


def test_negated_places_are_left_out(bot: CareerBot) -> None:
    """The words "not in London" name a place to leave out, not one to answer for."""
    [reading] = bot.understanding.read("what do backend engineers earn, not in London")
    assert isinstance(reading, Query)
    assert [place.name for place in reading.excluded_places] == ["London"]
    assert reading.places == ()


def test_a_new_question_inherits_nothing(bot: CareerBot) -> None:
    """A topic switch starts afresh: no place of the question before."""
    [first] = bot.understanding.read("plumber pay in Leeds")
    assert isinstance(first, Query)
    [second] = bot.understanding.read("what does a florist do all day", Context(query=first))
    assert isinstance(second, Query)
    assert (second.intent, second.places) == ("responsibilities", ())


def test_invisible_characters_change_nothing(bot: CareerBot) -> None:
    """Control, bidi and zero-width characters are no part of a question."""
    plain, dirty = "what does a nurse earn in Leeds", "what\u200b does a nu\u202erse earn\x07 in Leeds"
    assert unicodedata.category("\u202e") == "Cf"
    [one], [two] = bot.understanding.read(plain), bot.understanding.read(dirty)
    assert isinstance(one, Query)
    assert isinstance(two, Query)
    assert (one.intent, one.careers, one.places) == (two.intent, two.careers, two.places)


@pytest.mark.parametrize(
    ("text", "intents", "slugs"),
    [
        ("salary and job growth for physician assistants in Ohio", ["salary", "outlook"], ["physician-assistant"]),
        ("skills and education for a plumber", ["skills", "education"], ["plumber"]),
        ("what pays more, welding or plumbing", ["compare"], ["welder", "plumber"]),
        ("Forget nurses, I want the duties of a paralegal", ["responsibilities"], ["paralegal"]),
        ("auto mechnaic pya in detriot", ["salary"], ["automotive-service-technician-and-mechanic"]),
        ("waht does a custommer succes manger do all day", ["responsibilities"], ["customer-success-manager"]),
        ("data analist or bussiness analist, whats the diference", ["compare"], ["data-analyst", "business-analyst"]),
    ],
)
def test_what_hurried_people_write(bot: CareerBot, text: str, intents: list[str], slugs: list[str]) -> None:
    """Two questions in one breath, trades told by what is done, names taken back, and slips of the finger are read."""
    found = [reading for reading in bot.understanding.read(text) if isinstance(reading, Query)]
    assert [query.intent for query in found] == intents
    assert all([career.slug for career in query.careers] == slugs for query in found)


@pytest.mark.parametrize(
    ("turns", "intent", "slugs", "places"),
    [
        (["lawyer or paralegal", "what does the second one earn"], "salary", ["paralegal"], []),
        (["lawyer or paralegal", "which of them earns less"], "compare", ["lawyer", "paralegal"], []),
        (["plasterer pay in Leeds", "not plasterer, plumber"], "salary", ["plumber"], ["Leeds"]),
        (["what does a nurse earn in Ohio", "compared to a paramedic?"], "compare", ["registered-nurse", "paramedic"],
         ["Ohio"]),
        (["what does a plumber earn in London", "compared with Leeds?"], "compare", ["plumber"], ["London", "Leeds"]),
        (["salary of a dentist in Spain", "no wait, Portugal"], "salary", ["dentist"], ["Portugal"]),
        (["highest paying jobs in Texas", "without a degree"], "rank", [], ["Texas"]),
        (["i'm a chef, how do I become a nurse", "how much would I make then?"], "salary", ["registered-nurse"], []),
    ],
)  # fmt: skip
def test_what_follows_up(bot: CareerBot, turns: list[str], intent: str, slugs: list[str], places: list[str]) -> None:
    """Ordinals, "which of them", "compared to", things taken back and limits are read against the question before."""
    context = Context()
    for text in turns:
        readings = [reading for reading in bot.understanding.read(text, context) if isinstance(reading, Query)]
        assert readings, text
        context = Context(query=readings[-1])
    query = readings[-1]
    assert (query.intent, [c.slug for c in query.careers], [p.name for p in query.places]) == (intent, slugs, places)
