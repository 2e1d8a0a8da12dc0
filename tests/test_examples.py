"""What the intents declare about themselves holds: examples route to them with their slots, counter-examples don't."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.asking import ASKS
from bot.core import CareerBot
from bot.intents import load_intents
from bot.query import NotUnderstood, Query, Unclear

INTENTS = load_intents()
EXAMPLES = [(intent.name, example) for intent in INTENTS for example in intent.examples]
COUNTER_EXAMPLES = [(intent.name, text) for intent in INTENTS for text in intent.counter_examples]
TYPOS = {"the": "teh", "what": "waht", "salary": "salery", "career": "carreer", "become": "becom", "which": "wich"}


@pytest.mark.parametrize(("intent", "example"), EXAMPLES, ids=lambda value: getattr(value, "text", value))
def test_an_example_routes_to_its_intent_with_its_slots(bot: CareerBot, intent: str, example) -> None:
    """Each declared example is understood as its intent, with exactly its careers and places and its skills."""
    queries = [reading for reading in bot.understanding.read(example.text) if isinstance(reading, Query)]
    assert [query.intent for query in queries] == [intent]
    assert {career.slug for career in queries[0].careers} == set(example.careers)
    assert {place.name for place in queries[0].places} == set(example.places)
    assert {skill.casefold() for skill in example.skills} <= {skill.casefold() for skill in queries[0].skills}


@pytest.mark.parametrize("change", ["shouted", "polite", "mistyped", "unpunctuated"])
def test_manner_does_not_change_the_meaning(bot: CareerBot, change: str) -> None:
    """Shouted, polite, mistyped or unpunctuated, at least nineteen in twenty examples mean the same."""
    wrong = []
    for intent, example in EXAMPLES:
        text = changed(example.text, change)
        readings = bot.understanding.read(text)
        right = [r for r in readings if isinstance(r, Query) and r.intent == intent]
        if not right or {career.slug for career in right[0].careers} != set(example.careers):
            wrong.append((intent, text, [getattr(r, "intent", type(r).__name__) for r in readings]))
    assert len(wrong) <= len(EXAMPLES) // 20, wrong


def changed(text: str, change: str) -> str:
    """The text in another manner."""
    match change:
        case "shouted":
            return text.upper()
        case "polite":
            return f"Hello, {text[0].lower()}{text[1:].rstrip('?')} please?"
        case "mistyped":
            return " ".join(TYPOS.get(word, word) for word in text.split(" "))
        case _:
            return text.replace("?", "").replace(",", "").replace("'", "")


@pytest.mark.parametrize(("intent", "text"), COUNTER_EXAMPLES)
def test_a_counter_example_is_something_else(bot: CareerBot, intent: str, text: str) -> None:
    """No declared counter-example is read as the intent that it warns of."""
    for reading in bot.understanding.read(text):
        assert isinstance(reading, (NotUnderstood, Unclear)) or reading.intent != intent


def test_no_example_belongs_to_two_intents() -> None:
    """The same words are nobody's example twice."""
    counts = Counter(example.text.casefold().strip(" ?.!") for _, example in EXAMPLES)
    assert [text for text, count in counts.items() if count > 1] == []


def test_every_intent_declares_what_others_are_made_from() -> None:
    """Help, commands, docs and training come from the declaration, so none of its parts may be empty."""
    for intent in INTENTS:
        assert len(intent.phrases) >= 10, intent.name
        assert len(intent.examples) >= 4, intent.name
        assert len(intent.counter_examples) >= 3, intent.name
        assert intent.help
        assert not intent.help.endswith(".")


def test_every_intent_of_careers_can_be_asked_back() -> None:
    """Whatever takes a career has plain words to offer it by, where the career or the intent is uncertain."""
    assert [intent.name for intent in INTENTS if intent.careers[1] and intent.name not in ASKS] == []


def test_all_intents_of_the_contract_are_there() -> None:
    """The 24 intents of the machine-readable answer, "none" being the bot's own."""
    names = {
        "overview", "responsibilities", "education", "skills", "outlook", "growth", "challenges", "personal_growth",
        "personality", "projects", "courses", "books", "salary", "path", "compare", "rank", "browse", "match",
        "transition", "similar", "greeting", "thanks", "help", "sources",
    }  # fmt: skip
    assert {intent.name for intent in INTENTS} == names
