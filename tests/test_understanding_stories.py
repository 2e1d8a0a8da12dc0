"""Which career a message asks about, and what a question means after the one before: the rules, one by one."""

from __future__ import annotations

import pytest

from bot.context import Context
from bot.core import CareerBot
from bot.message import ConversationKey, IncomingMessage
from bot.query import Query, Unclear


def asked(bot: CareerBot, *turns: str) -> Query:
    """The question that the last turn is read as, after the turns before it."""
    context, found = Context(), None
    for text in turns:
        readings = [reading for reading in bot.understanding.read(text, context) if isinstance(reading, Query)]
        assert readings, text
        found = readings[-1]
        context = Context(query=found)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "intent", "slugs"),
    [
        ("My mum is a nurse, dad a plumber. Is there a future in being a travel agent?", "outlook", ["travel-agent"]),
        ("My cousin teaches. Do midwives need a nursing degree?", "education", ["midwife"]),
        ("Dad's a baker. Electrician or welder, which pays more?", "compare", ["electrician", "welder"]),
        ("Ten years as an accountant. What jobs are there in forestry?", "browse", []),
        ("Said my doctor: move more. How do I become a gardener?", "path", ["landscaping-and-groundskeeping-worker"]),
    ],
)  # fmt: skip
def test_people_of_a_story_are_nobodys_question(bot: CareerBot, text: str, intent: str, slugs: list[str]) -> None:
    """A story names many trades; only those that the question names, or sets side by side, are asked about."""
    query = asked(bot, text)
    assert (query.intent, [career.slug for career in query.careers]) == (intent, slugs)


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("what does an rn earn in Ohio", ["registered-nurse"]),
        ("what does a waitress earn rn", ["waiter-and-waitress"]),
        ("what pays well? drop em", []),
        ("drain fitter", []),
        ("courses on thatching", []),
        ("how stressful is bookkeeping at year end?", ["bookkeeping-accounting-and-auditing-clerk"]),
        ("for doing landscaping, which skills do I need?", ["landscaping-and-groundskeeping-worker"]),
        ("PA vs NP, which is less stress", ["physician-assistant", "nurse-practitioner"]),
        ("mining engineer vs petroleum", ["mining-and-geological-engineer-including-mining-safety-engineers",
                                          "petroleum-engineer"]),
    ],
)  # fmt: skip
def test_short_forms_and_trades_are_read_by_what_stands_around_them(
    bot: CareerBot, text: str, slugs: list[str]
) -> None:
    """The letters "rn" may be now, a trade stands for who does it, a head that is left out is taken from beside it."""
    named = {career.slug for reading in bot.understanding.read(text) for career in getattr(reading, "careers", ())}
    assert named == set(slugs)


def test_a_short_form_that_professions_share_is_asked_back(bot: CareerBot) -> None:
    """A PM manages products or projects: alone it isn't taken for one of them."""
    [reading] = bot.understanding.read("what does a PM earn")
    assert isinstance(reading, Unclear)
    assert {"Product Manager", "Project Manager"} <= {choice.label for choice in reading.choices}


def test_a_comparison_without_its_other_side_is_asked_back(bot: CareerBot) -> None:
    """With one side only there is nothing to compare; what is near is offered."""
    [reading] = bot.understanding.read("compare a nurse with a wizzlefisher")
    assert isinstance(reading, Unclear)
    assert all(choice.label.startswith("Compare Registered Nurse and") for choice in reading.choices)


@pytest.mark.parametrize(
    ("turns", "intent", "slugs", "places"),
    [
        (["what is an actuary", "could an accountant move into that?"], "transition", ["accountant", "actuary"], []),
        (["what is an actuary", "from that to economist?"], "transition", ["actuary", "economist"], []),
        (["pharmacy technician pay", "how do I go from technician to pharmacist"], "transition",
         ["pharmacy-technician", "pharmacist"], []),
        (["how stressful is it being a lawyer", "and a paralegal?", "which of them earns less"], "compare",
         ["lawyer", "paralegal"], []),
        (["what do bakers earn in Naples?", "and in Bologna?", "which of the two cities pays better?"], "compare",
         ["baker"], ["Naples", "Bologna"]),
        (["what does an actuary do", "more than accountants?"], "compare", ["actuary", "accountant"], []),
        (["nurse pay in Ohio", "so Texas or Florida then"], "compare", ["registered-nurse"], ["Texas", "Florida"]),
        (["physicist or chemist?", "what about the physicist one, is it stressful"], "challenges", ["physicist"], []),
        (["welder or plumber?", "safer one?"], "compare", ["welder", "plumber"], []),
        (["plumber pay in Leeds", "electrician, same question"], "salary", ["electrician"], ["Leeds"]),
    ],
)  # fmt: skip
def test_what_goes_on(bot: CareerBot, turns: list[str], intent: str, slugs: list[str], places: list[str]) -> None:
    """Changes, comparisons and choices take up what was talked about, one after the other or side by side."""
    query = asked(bot, *turns)
    assert query.intent == intent
    assert ([c.slug for c in query.careers], [p.name for p in query.places]) == (slugs, places)


async def test_the_first_one_of_a_list_is_the_first_that_was_listed(bot: CareerBot) -> None:
    """After a list, "the first one" is its first career; "which of those pay best" orders the list anew."""

    async def say(text: str) -> tuple[Query, list[str]]:
        handled = await bot.handle(
            IncomingMessage(text=text, conversation=ConversationKey(platform="test", person="lists"))
        )
        reading = handled.answers[0].reading
        assert isinstance(reading, Query)
        return reading, [result.slug for result in handled.answers[0].reply.results]

    _, listed = await say("what jobs are there in security")
    first, _ = await say("what does the first one do")
    assert [career.slug for career in first.careers] == listed[:1]
    await say("what jobs are there in security")
    again, _ = await say("which of those pay best")
    assert (again.intent, again.careers) == ("rank", ())


def test_a_career_may_be_dropped_from_a_comparison(bot: CareerBot) -> None:
    """Who drops one of several goes on about the others, alone or with a question."""
    query = asked(bot, "compare architect and civil engineer", "and interior designer?", "drop the engineer")
    assert [career.slug for career in query.careers] == ["architect", "interior-designer"]
    query = asked(bot, "dentist, lawyer or nurse", "forget the dentist. which of the other two pays more")
    assert (query.intent, [c.slug for c in query.careers]) == ("compare", ["lawyer", "registered-nurse"])


def test_a_place_joins_those_that_a_career_is_compared_in(bot: CareerBot) -> None:
    """After one career in two places, one more place stands beside them."""
    query = asked(bot, "truck driver salary", "texas vs california", "and florida")
    assert (query.intent, [place.name for place in query.places]) == ("compare", ["Texas", "California", "Florida"])


def test_a_remark_on_an_answer_asks_nothing(bot: CareerBot) -> None:
    """Saying "wow, that's bad" after an answer is talk."""
    context = Context(query=asked(bot, "what do vet nurses earn"))
    assert not [r for r in bot.understanding.read("wow thats bad", context) if isinstance(r, Query)]


def test_what_it_is_like_to_be_something_asks_for_its_days(bot: CareerBot) -> None:
    """Asking "what's it like being X" asks about X; a junior developer is no marine engineer."""
    assert asked(bot, "what's it like being a flight attendant").intent == "responsibilities"
    (reading,) = bot.understanding.read("how's the market for junior devs")
    assert isinstance(reading, Unclear)


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("moving from sales into customer success", ["sales-representative", "customer-success-manager"]),
        ("how hard is it to go from accounting into data science", ["accountant", "data-scientist"]),
        ("switch to bookkeeping from nursing", ["registered-nurse", "bookkeeping-accounting-and-auditing-clerk"]),
    ],
)
def test_a_change_goes_from_what_one_leaves(bot: CareerBot, text: str, slugs: list[str]) -> None:
    """The first career of a change is the one that is left, whichever is named first or told by its trade."""
    query = asked(bot, text)
    assert (query.intent, [career.slug for career in query.careers]) == ("transition", slugs)


def test_not_here_but_there(bot: CareerBot) -> None:
    """A place that stands against one that is taken away is asked about."""
    query = asked(bot, "salary of a nurse not in London but in Bristol")
    assert ([p.name for p in query.places], [p.name for p in query.excluded_places]) == (["Bristol"], ["London"])
    assert not asked(bot, "pay for nurses anywhere but London").places


def test_who_only_tells_of_a_trade_is_not_asked_about(bot: CareerBot) -> None:
    """The teacher who says something of welding is no subject; welding is."""
    query = asked(bot, "The careers teacher told me welding is dead because of robots. Is she right?")
    assert (query.intent, [career.slug for career in query.careers]) == ("outlook", ["welder"])


def test_one_more_is_added_to_a_comparison(bot: CareerBot) -> None:
    """Asking to add a career or a place sets it beside the others; a bare place after a word of talk goes on."""
    query = asked(bot, "Compare plumber and electrician please", "Could you add carpenter?")
    assert (query.intent, [c.slug for c in query.careers]) == ("compare", ["plumber", "electrician", "carpenter"])
    query = asked(bot, "actuary pay in Madrid vs Lisbon", "Frankfurt as well please")
    assert [place.name for place in query.places] == ["Madrid", "Lisbon", "Frankfurt am Main"]
    query = asked(bot, "Lawyers in Lagos, what are they paid?", "oh ok. Abuja?")
    assert (query.intent, [place.name for place in query.places]) == ("salary", ["Abuja"])
