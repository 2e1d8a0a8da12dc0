"""Questions in seven languages other than English are understood, and answered in the fixed wording of two of them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.context import Context
from bot.core import CareerBot, Handled
from bot.language import language
from bot.message import ConversationKey, IncomingMessage
from bot.prepare import TRAINING
from bot.query import Query
from bot.training import LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "bot" / "locale"
PLACEHOLDER = re.compile(r"\{\w+\}")

QUESTIONS = [
    ("de", "Was verdient ein Krankenpfleger in Berlin?", "salary", "registered-nurse", "Berlin"),
    ("de", "Gehalt einer Anwältin in München", "salary", "lawyer", "Munich"),
    ("de", "Was verdienen Lehrer in der Schweiz?", "salary", "high-school-teacher", "Switzerland"),
    ("de", "Baecker Gehalt", "salary", "baker", ""),
    ("de", "Was ist ein Klempner?", "overview", "plumber", ""),
    ("de", "Was macht eine Hebamme eigentlich?", "overview", "midwife", ""),
    ("de", "Was muss ein Koch können?", "skills", "chef", ""),
    ("de", "Welche Fähigkeiten braucht eine Architektin", "skills", "architect", ""),
    ("de", "Wie werde ich Elektriker?", "path", "electrician", ""),
    ("de", "Ich möchte Polizistin werden", "path", "police-officer", ""),
    ("de", "Kurse für Webentwickler", "courses", "web-developer", ""),
    ("de", "Welche Weiterbildungen gibt es für Buchhalter?", "courses", "accountant", ""),
    ("es", "¿Cuánto gana un enfermero en Madrid?", "salary", "registered-nurse", "Madrid"),
    ("es", "sueldo de una camionera en Barcelona", "salary", "truck-driver", "Barcelona"),
    ("es", "cuánto ganan los profesores en México", "salary", "high-school-teacher", "Mexico"),
    ("es", "cuanto cobra un abogado en Londres", "salary", "lawyer", "London"),
    ("es", "¿Qué es un fontanero?", "overview", "plumber", ""),
    ("es", "a qué se dedica una bibliotecaria", "overview", "librarian", ""),
    ("es", "¿Qué habilidades necesita una diseñadora gráfica?", "skills", "graphic-designer", ""),
    ("es", "qué debe saber un cocinero", "skills", "chef", ""),
    ("es", "¿Cómo puedo ser bombero?", "path", "firefighter", ""),
    ("es", "quiero ser veterinaria", "path", "veterinarian", ""),
    ("es", "qué cursos hay para programadores", "courses", "software-developer", ""),
    ("es", "¿Hay cursos gratis para analistas de datos?", "courses", "data-analyst", ""),
    ("fr", "Combien gagne un ingénieur logiciel à Lyon ?", "salary", "software-developer", "Lyon"),
    ("fr", "salaire d'une infirmière", "salary", "registered-nurse", ""),
    ("fr", "combien gagnent les avocats en Suisse", "salary", "lawyer", "Switzerland"),
    ("fr", "C'est quoi un plombier ?", "overview", "plumber", ""),
    ("fr", "que fait une bibliothécaire", "overview", "librarian", ""),
    ("fr", "quelles compétences faut-il pour être graphiste", "skills", "graphic-designer", ""),
    ("fr", "que doit savoir un cuisinier", "skills", "chef", ""),
    ("fr", "Comment devenir électricienne ?", "path", "electrician", ""),
    ("fr", "je veux devenir pompier", "path", "firefighter", ""),
    ("fr", "formations pour comptables", "courses", "accountant", ""),
    ("fr", "cours pour développeurs web", "courses", "web-developer", ""),
    ("fr", "quel est le salaire d'un architecte à Bruxelles", "salary", "architect", "Brussels"),
    ("pt", "Quanto ganha um enfermeiro em Lisboa?", "salary", "registered-nurse", "Lisbon"),
    ("pt", "salário de advogado em Londres", "salary", "lawyer", "London"),
    ("pt", "quanto ganham os professores no Brasil", "salary", "high-school-teacher", "Brazil"),
    ("pt", "O que faz um engenheiro civil?", "overview", "civil-engineer", ""),
    ("pt", "o que é um canalizador", "overview", "plumber", ""),
    ("pt", "que competências precisa um cozinheiro", "skills", "chef", ""),
    ("pt", "o que deve saber uma arquiteta", "skills", "architect", ""),
    ("pt", "Como ser bombeiro?", "path", "firefighter", ""),
    ("pt", "quero ser veterinária", "path", "veterinarian", ""),
    ("pt", "cursos para programadores", "courses", "software-developer", ""),
    ("pt", "que cursos há para contabilistas", "courses", "accountant", ""),
    ("pt", "qual é o salário de uma jornalista", "salary", "journalist", ""),
    ("it", "Quanto guadagna un infermiere a Milano?", "salary", "registered-nurse", "Milan"),
    ("it", "stipendio di un avvocato a Londra", "salary", "lawyer", "London"),
    ("it", "quanto guadagnano gli psicologi in Italia", "salary", "psychologist", "Italy"),
    ("it", "Cosa fa un idraulico?", "overview", "plumber", ""),
    ("it", "cos'è un attuario", "overview", "actuary", ""),
    ("it", "quali competenze servono a un architetto", "skills", "architect", ""),
    ("it", "cosa deve sapere una cuoca", "skills", "chef", ""),
    ("it", "Come si diventa elettricista?", "path", "electrician", ""),
    ("it", "voglio fare il vigile del fuoco", "path", "firefighter", ""),
    ("it", "corsi per programmatori", "courses", "software-developer", ""),
    ("it", "che corsi ci sono per contabili?", "courses", "accountant", ""),
    ("it", "stipendio di un'infermiera", "salary", "registered-nurse", ""),
    ("nl", "Wat verdient een kok in Amsterdam?", "salary", "chef", "Amsterdam"),
    ("nl", "salaris van een advocaat in Londen", "salary", "lawyer", "London"),
    ("nl", "hoeveel verdienen leraren in België", "salary", "high-school-teacher", "Belgium"),
    ("nl", "Wat doet een arts?", "overview", "physician", ""),
    ("nl", "wat is een loodgieter", "overview", "plumber", ""),
    ("nl", "welke vaardigheden heeft een verpleegkundige nodig", "skills", "registered-nurse", ""),
    ("nl", "wat moet een timmerman kunnen", "skills", "carpenter", ""),
    ("nl", "Hoe word ik brandweerman?", "path", "firefighter", ""),
    ("nl", "ik wil dierenarts worden", "path", "veterinarian", ""),
    ("nl", "cursussen voor programmeurs", "courses", "software-developer", ""),
    ("nl", "welke cursussen zijn er voor boekhouders?", "courses", "accountant", ""),
    ("nl", "loon tandarts", "salary", "dentist", ""),
    ("pl", "Ile zarabia pielęgniarka w Warszawie?", "salary", "registered-nurse", "Warsaw"),
    ("pl", "zarobki nauczycieli w Krakowie", "salary", "high-school-teacher", "Kraków"),
    ("pl", "ile zarabia kierowca ciężarówki w Niemczech", "salary", "truck-driver", "Germany"),
    ("pl", "Kim jest inżynier danych?", "overview", "data-engineer", ""),
    ("pl", "co robi hydraulik", "overview", "plumber", ""),
    ("pl", "jakie umiejętności powinien mieć architekt", "skills", "architect", ""),
    ("pl", "co musi umieć kucharz", "skills", "chef", ""),
    ("pl", "Jak zostać elektrykiem?", "path", "electrician", ""),
    ("pl", "chcę zostać strażakiem", "path", "firefighter", ""),
    ("pl", "kursy dla programistów", "courses", "software-developer", ""),
    ("pl", "jakie są kursy dla analityków danych", "courses", "data-analyst", ""),
    ("pl", "ile zarabia lekarz", "salary", "physician", ""),
]

ENGLISH = [
    "what does a nurse earn in Los Angeles",
    "salary of a Krankenpfleger in Berlin",
    "ingénieur logiciel pay in São Paulo",
    "how do I become an electricista in Buenos Aires?",
    "software engineer Rio de Janeiro salary",
    "what is an au pair",
    "chef de partie pay in Nice",
    "jobs in Den Haag for data engineers",
    "is a sommelier a real job",
    "maître d' salary in Baden-Baden",
    "what does a Dachdecker do",
    "pay of plumbers in La Paz, El Paso and Las Vegas",
    "I like arts and crafts",
    "nurse", "pilot", "chef", "arts", "paris?", "and in Madrid?", "data scientist München",
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "intent", "career", "place"), QUESTIONS, ids=lambda value: str(value)[:40])
def test_a_question_in_another_language_is_understood(
    bot: CareerBot, code: str, text: str, intent: str, career: str, place: str
) -> None:
    """Intent, career and place come out as from the same question in English."""
    [reading] = bot.understanding.read(text)
    assert isinstance(reading, Query)
    assert reading.language == code
    assert reading.intent == intent
    assert [found.slug for found in reading.careers] == [career] or career in reading.careers[0].slug
    assert [found.name for found in reading.places] == ([place] if place else [])


@pytest.mark.parametrize("text", ENGLISH)
def test_foreign_names_make_no_english_message_foreign(bot: CareerBot, text: str) -> None:
    """Titles and places of other languages, or words that English shares, change the language of no English message."""
    assert [reading.language for reading in bot.understanding.read(text)] == [""]


@pytest.mark.parametrize(
    "text",
    [
        "wie ist das Wetter in Hamburg", "mein Chef ist doof", "qué hora es en Madrid", "el cocinero no me contesta",
        "quel temps fait-il à Paris", "il mio dentista è in ferie", "que horas são", "hoe laat is het",
        "która jest godzina", "wer wird Weltmeister",
    ],
)  # fmt: skip
def test_other_things_in_other_languages_are_declined(bot: CareerBot, text: str) -> None:
    """What isn't about careers is no career question in any language."""
    assert not any(isinstance(reading, Query) and reading.careers for reading in bot.understanding.read(text))


def test_foreign_words_that_english_has_too_are_titles_in_their_language_only(bot: CareerBot) -> None:
    """Dutch "arts" is a doctor in Dutch, and nothing of the kind in English."""
    [dutch] = bot.understanding.read("wat verdient een arts in Utrecht")
    assert isinstance(dutch, Query)
    assert [career.slug for career in dutch.careers] == ["physician"]
    for reading in bot.understanding.read("courses on arts and crafts"):
        assert getattr(reading, "careers", ()) == ()


async def say(bot: CareerBot, text: str, locale: str = "en-US", person: str = "") -> Handled:
    key = ConversationKey(platform="test", person=person)
    return await bot.handle(IncomingMessage(text=text, locale=locale, conversation=key))


@pytest.mark.parametrize(("code", "sources"), [("de", "Alle Gehälter"), ("es", "Ver todos los sueldos")])
async def test_the_reply_is_in_the_language_of_the_message(bot: CareerBot, code: str, sources: str) -> None:
    """Whatever the person's locale, a German question gets German wording, a Spanish one Spanish."""
    texts = {"de": "Was verdient eine Krankenschwester?", "es": "¿Cuánto gana una enfermera?"}
    handled = await say(bot, texts[code])
    labels = " ".join(suggestion.label for suggestion in handled.answers[0].reply.suggestions)
    assert sources in labels


async def test_a_conversation_goes_on_in_its_language(bot: CareerBot) -> None:
    """Bare names and picked suggestions tell no language: the conversation's stays."""
    first = await say(bot, "Was verdient ein Elektriker in Hamburg?", person="a")
    assert first.queries[0].language == "de"
    second = await say(bot, "und in Köln?", person="a")
    assert [place.name for place in second.queries[0].places] == ["Köln"]
    pick = second.answers[-1].reply.suggestions[0]
    third = await say(bot, pick.says, person="a")
    assert third.answers[0].reading.language == "de"
    english = await say(bot, "what does a plumber do?", person="a")
    assert english.answers[0].reading.language == ""


async def test_an_english_message_of_a_german_is_answered_in_german(bot: CareerBot) -> None:
    """The locale decides where the words don't speak for another of the seven languages."""
    handled = await say(bot, "what skills does a plumber need?", "de-DE")
    assert handled.answers[0].reply.blocks[0].text == "Fähigkeiten für „plumbers“"  # type: ignore[union-attr]


async def test_english_text_is_marked_once(bot: CareerBot) -> None:
    """The knowledge's own text stays English, and a reply in another language says so."""
    for text, note in (
        ("Was ist ein Klempner?", "Beschreibungen und Titel sind auf Englisch."),
        ("¿Qué es un fontanero?", "Las descripciones y los títulos están en inglés."),
        ("What is a plumber?", ""),
    ):
        blocks = (await say(bot, text)).answers[0].reply.blocks
        marks = [
            block.text for block in blocks if block.kind == "note" and ("glis" in block.text or "glés" in block.text)
        ]
        assert marks == ([note] if note else [])


async def test_a_language_without_a_catalogue_falls_back_to_english(bot: CareerBot) -> None:
    """A Polish question is answered about the right career, in English wording and with Polish numbers."""
    handled = await say(bot, "Co musi umieć hydraulik?")
    assert handled.answers[0].reply.blocks[0].text == "Skills for plumbers"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("tag", "money", "percent"),
    [
        ("de-DE", "95.000 £", "16 %"), ("es-ES", "95.000 GBP", "16 %"), ("fr-FR", "95 000 £GB", "16 %"),
        ("pl-PL", "95 000 GBP", "16%"), ("en-GB", "£95,000", "16%"),
    ],
)  # fmt: skip
def test_amounts_are_written_as_people_there_do(tag: str, money: str, percent: str) -> None:
    """Separators and the place of the currency follow the Unicode CLDR (spaces there may be of any width)."""
    say_so = language(tag)
    assert re.sub(r"\s", " ", say_so.money(95_000, "GBP")) == money
    assert re.sub(r"\s", " ", say_so.percent(15.8)) == percent


def test_a_percentage_shows_no_more_digits_than_asked() -> None:
    """Tenths from -50% to 150% show one digit at most, whatever its fraction in binary; 0 has no sign."""
    say = language("en-US")
    tenths = [number / 10 for number in range(-500, 1_501)]
    assert [say.percent(value, 1) for value in tenths] == [f"{value:g}%" for value in tenths]
    assert (say.percent(-0.04, 1), say.percent(1_200)) == ("0%", "1,200%")


def test_countries_are_called_as_people_there_call_them() -> None:
    """A country inside a translated sentence is in that language, without the English article."""
    assert language("es").place("the United States") == "Estados Unidos"
    assert language("de").place("Switzerland") == "Schweiz"
    assert language("en-GB").place("the United States") == "the United States"


@pytest.mark.parametrize("code", ["de", "es"])
def test_a_complete_catalogue_says_everything(code: str) -> None:
    """Every text of the template is translated, none is marked as doubtful, and the placeholders are the same."""
    with (LOCALE / "careerbot.pot").open("rb") as stream:
        wanted = {message.id for message in read_po(stream) if message.id}
    with (LOCALE / code / "LC_MESSAGES" / "careerbot.po").open("rb") as stream:
        messages = {str(message.id): message for message in read_po(stream, locale=code) if message.id}
    assert wanted - set(messages) == set()
    for text in wanted:
        message = messages[str(text)]
        assert message.string, text
        assert not message.fuzzy, text
        assert sorted(PLACEHOLDER.findall(str(text))) == sorted(PLACEHOLDER.findall(str(message.string))), text


def test_the_template_holds_what_the_code_says() -> None:
    """`scripts/messages.py` was run after the last change of wording."""
    code = "import messages; print('\\n'.join(m.id for m in messages.template() if m.id))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "scripts", capture_output=True, text=True, check=True
    )
    with (LOCALE / "careerbot.pot").open("rb") as stream:
        written = {message.id for message in read_po(stream) if message.id}
    assert set(done.stdout.splitlines()) == written, "run `python scripts/messages.py` and translate what is new"


def test_training_messages_are_there_for_all_seven() -> None:
    """Each language has its file of hand-written messages, several hundred lines or so."""
    files = {path.stem: path.read_text("utf-8").count("\n") for path in (TRAINING / LANGUAGES).glob("*.tsv")}
    assert set(files) == {"de", "es", "fr", "it", "nl", "pl", "pt"}
    assert min(files.values()) > 200


def test_what_a_conversation_was_in_decides_where_words_do_not(bot: CareerBot) -> None:
    """A title that many languages share is read in the conversation's language."""
    [reading] = bot.understanding.read("Pilot?", Context(language="de"))
    assert reading.language == "de"
    [reading] = bot.understanding.read("Pilot?")
    assert reading.language == ""
