"""Other languages than English: words that are names elsewhere, grammar of places, and labelled questions.

The labelled questions: languages.jsonl and languages-2.jsonl were tuned on, languages-3.jsonl was written after the
tuning and mended from once. docs/evaluation.md has what each scored when it was first seen.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.console.evaluate import replay
from adapters.evaluation_summary import summarise
from adapters.labelled import read_labelled
from bot.core import CareerBot
from bot.falsefriends import NOT_PLACES, NOT_TITLES
from bot.intent import capabilities
from bot.language import language
from bot.message import ConversationKey, IncomingMessage
from bot.normalise import fold
from bot.query import Query
from bot.reply import Sources
from bot.tongue import LANGUAGES

FOLDER = Path(__file__).parent / "evaluation"


@pytest.mark.parametrize(
    ("file", "least"), [("languages.jsonl", 0.97), ("languages-2.jsonl", 0.95), ("languages-3.jsonl", 0.88)]
)
async def test_questions_in_seven_languages_hold_their_floor(bot: CareerBot, file: str, least: float) -> None:
    """Most are right in everything; what is no career question is refused, all but one in twenty-one."""
    summary = summarise(await replay(bot, read_labelled(FOLDER / file), "en-US", None))
    print(f"{file}: {summary.joint:.1%} all right, {summary.refused:.1%} of out-of-scope refused")
    assert summary.joint >= least
    assert summary.refused >= 0.95


@pytest.mark.parametrize(
    ("text", "career"),
    [
        ("Hola, ¿cuánto gana un fontanero?", "plumber"),
        ("Solo quiero saber cuánto gana un médico", "physician"),
        ("Se gana bien siendo dentista?", "dentist"),
        ("Hallo, was verdient man dabei als Koch?", "chef"),
        ("Aus Interesse: was verdient ein Koch?", "chef"),
        ("Was verdient nun ein Koch?", "chef"),
        ("Viens, combien gagne un plombier ?", "plumber"),
        ("Perto de mim quanto ganha um enfermeiro", "registered-nurse"),
        ("quanto ganha um enfermeiro lá", "registered-nurse"),
        ("Donna medico quanto guadagna", "physician"),
        ("Tak, ile zarabia lekarz", "physician"),
        ("wat verdient een arts in deze landen", "physician"),
    ],
)
def test_ordinary_words_are_no_places_and_no_titles(bot: CareerBot, text: str, career: str) -> None:
    """A greeting or an adverb that somewhere is a town, or a title in another language, changes no question."""
    [reading] = bot.understanding.read(text)
    assert isinstance(reading, Query)
    assert (reading.intent, [found.slug for found in reading.careers], reading.places) == ("salary", [career], ())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("was verdient ein Koch in Zug", "Zug"), ("sueldo enfermera Lima", "Lima"),
        ("stipendio programmatore Milano", "Milan"), ("salaire infirmière à Nice", "Nice"),
    ],
)  # fmt: skip
def test_places_named_as_places_stay(bot: CareerBot, text: str, place: str) -> None:
    """A town that shares its name with a word is found after "in" with its capital, a city without."""
    [reading] = bot.understanding.read(text)
    assert isinstance(reading, Query)
    assert [found.name for found in reading.places] == [place]


@pytest.mark.parametrize(
    ("text", "career"),
    [
        ("quel est le salaire d'un directeur d'école ?", "education-administrator-kindergarten-through-secondary"),
        ("que fait un architecte d’intérieur", "interior-designer"),
        ("salaire d'une hôtesse d'accueil", "receptionist-and-information-clerk"),
        ("ile zarabia specjalista ds. marketingu", "marketing-manager"),
        ("wat doet een schoonmaker", "janitor-and-cleaner-except-maids-and-housekeeping-cleaners"),
    ],
)
def test_longer_titles_win_over_parts_of_them(bot: CareerBot, text: str, career: str) -> None:
    """Elided words and Polish "ds." belong to a title; no part of it is taken for another career."""
    [reading] = bot.understanding.read(text)
    assert isinstance(reading, Query)
    assert [found.slug for found in reading.careers] == [career]


def test_false_friends_are_written_as_they_are_looked_up() -> None:
    """Every language has its lists, folded."""
    for friends in (NOT_PLACES, NOT_TITLES):
        assert set(friends) == set(LANGUAGES)
        assert all(fold(word) == word for words in friends.values() for word in words)


@pytest.mark.parametrize(
    ("tag", "place", "said"),
    [
        ("de", "the United States", "Beruf in den USA"), ("de", "Switzerland", "Beruf in der Schweiz"),
        ("de", "Berlin", "Beruf in Berlin"), ("es", "the United Kingdom", "Beruf en el Reino Unido"),
        ("es", "Spain", "Beruf en España"), ("en-GB", "the United States", "Beruf in the United States"),
    ],
)  # fmt: skip
def test_a_country_after_in_has_its_article(tag: str, place: str, said: str) -> None:
    """It says "in den USA" and "en el Reino Unido": case and article as people say them; cities have none."""
    assert language(tag)("{title} in {place}", title="Beruf", place=place) == said


def test_spanish_and_changes_before_its_own_sound() -> None:
    """Before i, "y" is "e", and before o, "o" is "u"; "hie" keeps "y"."""
    say = language("es")
    assert say.join(["Python", "Illustrator"]) == "Python e Illustrator"
    assert say.join(["agua", "hielo"]) == "agua y hielo"
    assert say.join(["siete", "ocho"], "or") == "siete u ocho"


def test_languages_and_quotations_are_said_in_the_language() -> None:
    """A language is called by its name, never by its code; quotation marks are the language's own."""
    assert [language(tag).tongue("de") for tag in ("de", "es", "en-GB")] == ["Deutsch", "alemán", "German"]
    assert language("de").tongue("no such") == "no such"
    assert [language(tag).quoted("a") for tag in ("de", "es", "en-US")] == ["„a“", "«a»", "“a”"]


async def test_sources_are_labelled_in_the_language(bot: CareerBot) -> None:
    """The word before a source is part of the fixed wording."""
    for text, label in (
        ("Was ist ein Klempner?", "Quelle"),
        ("qué es un fontanero", "Fuente"),
        ("What is a plumber?", "Source"),
    ):
        handled = await bot.handle(
            IncomingMessage(text=text, locale="en-US", conversation=ConversationKey(platform="test", person=label))
        )
        blocks = [block for block in handled.answers[0].reply.blocks if isinstance(block, Sources)]
        assert [block.label for block in blocks] == [label]
        assert "label" not in blocks[0].model_dump()


@pytest.mark.parametrize("code", ["de", "es"])
def test_examples_in_the_help_are_understood(bot: CareerBot, code: str) -> None:
    """An example that the help shows in a language asks, in that language, for what it stands beside."""
    say = language(code)
    translated = [(one.name, say(one.example)) for one in capabilities(bot.intents) if say(one.example) != one.example]
    assert len(translated) >= 12
    for intent, text in translated:
        [reading] = bot.understanding.read(text)
        assert isinstance(reading, Query), text
        assert (reading.intent, reading.language) == (intent, code), text
