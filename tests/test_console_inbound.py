"""What is typed, and what stands in a file, becomes a message; answers become the agreed JSON."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from adapters.console.answering import ALONE, JsonTeller
from adapters.console.client import Chat
from adapters.console.inbound import Line, LineError, Request, UnknownCommand, incoming, read_lines, read_request, typed
from adapters.console.machine import answer_object, json_line
from adapters.console.prompt import Names
from adapters.why import explanation, feature_text
from bot.core import Answer, CareerBot, Handled
from bot.message import ConversationKey, IncomingMessage
from bot.query import Choice, Unclear
from bot.reply import Reply
from bot.wording import unclear

KEYS = [
    "text", "understood", "intent", "intents", "confidence", "careers", "places", "skills", "topics", "interests",
    "currency", "figures", "reply", "results", "choices", "evidence", "knowledge_version", "milliseconds",
]  # fmt: skip


def _message(text: str, thread: str = "") -> IncomingMessage:
    return IncomingMessage(text=text, conversation=ConversationKey(platform="console", thread=thread))


def test_a_line_is_a_message_and_a_command_is_a_request(bot: CareerBot) -> None:
    """Slash commands keep their options' text; a mistyped one names the nearest."""
    message = incoming("nurse pay", bot.intents, ALONE, "en-GB")
    assert isinstance(message, IncomingMessage)
    assert (message.text, message.locale, message.request) == ("nurse pay", "en-GB", None)
    command = incoming("/salary backend london", bot.intents, ALONE, "en-GB")
    assert isinstance(command, IncomingMessage)
    assert command.request is not None
    assert command.request.intent == "salary"
    assert incoming("/salery x", bot.intents, ALONE, "en") == UnknownCommand("salery", "salary")
    assert incoming("/shar", bot.intents, ALONE, "en", ["share"]) == UnknownCommand("shar", "share")
    assert incoming("/", bot.intents, ALONE, "en") == UnknownCommand("", "")
    assert incoming("/ x", bot.intents, ALONE, "en") == UnknownCommand("", "")


def test_lines_are_decoded_one_by_one() -> None:
    """A byte-order mark and Windows line ends go; one broken line harms no other; no newline is needed at the end."""
    stream = io.BytesIO(b"\xef\xbb\xbfone\r\n\n\xff two\nthree\xe2\x80\xa8still three")
    assert list(read_lines(stream)) == [
        Line(1, "one"), Line(2, ""), Line(3, "\ufffd two", repaired=True), Line(4, "three\u2028still three"),
    ]  # fmt: skip


def test_an_endless_line_is_cut_and_the_next_one_is_whole() -> None:
    """No line can fill the memory."""
    lines = list(read_lines(io.BytesIO(b"a" * 2_500_000 + b"\nnext\n")))
    assert [(line.number, len(line.text)) for line in lines] == [(1, 1_000_000), (2, 4)]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "Invalid JSON"),
        ('{"conversation": "a"}', "'text' is missing"),
        ('{"text": 3}', "text: "),
        ('{"text": "x", "conversation": 3}', "conversation: "),
        ('{"text": "x", "lang": "de"}', "unknown key 'lang'"),
        ('{"text": "\\ud800"}', "Invalid JSON"),
        ('{"text": "x"} trailing', "Invalid JSON"),
        ("{" * 5_000, "Invalid JSON"),
    ],
)
def test_a_broken_object_is_refused_with_its_reason(line: str, says: str) -> None:
    """Unknown keys and wrong types are told, not guessed at."""
    with pytest.raises(LineError, match=says):
        read_request(line)


def test_plain_text_and_objects_are_both_messages() -> None:
    """Only what starts with a brace is read as JSON."""
    assert read_request("what is a nurse") == Request(text="what is a nurse")
    assert read_request(' {"text": "x", "conversation": "c", "locale": "de"}') == Request(
        text="x", conversation="c", locale="de"
    )


def test_arguments_that_are_no_unicode_become_readable() -> None:
    """Bytes that the shell passed on as they were are replaced."""
    assert typed(os.fsdecode(b"nurse \xff")) == "nurse \ufffd"
    assert typed("naïve") == "naïve"


async def test_the_object_has_exactly_the_agreed_keys(bot: CareerBot) -> None:
    """Understood: intent, slots, figures and evidence of the message."""
    text = "what does a backend engineer earn in London?"
    found = answer_object(await bot.handle(_message(text)), text)
    assert list(found) == KEYS
    assert (found["text"], found["understood"], found["intent"], found["intents"]) == (text, True, "salary", ["salary"])
    assert found["careers"] == [{"slug": "backend-engineer", "title": "Backend Engineer", "soc": "15-1252.00"}]
    assert found["places"] == [{"name": "London", "country": "GB", "kind": "city"}]
    median = found["figures"][0]
    keys = ["career", "place", "measure", "amount", "currency", "period", "source", "as_of"]
    assert list(median) == keys
    assert (median["place"], median["measure"], median["currency"]) == ("London", "median", "GBP")
    assert list(found["reply"]) == ["text", "blocks", "links", "suggestions"]
    assert {"slot", "words", "matched", "score"} == set(found["evidence"][0])
    assert json.loads(json_line(found)) == found


@pytest.mark.parametrize(
    "text", ["what's the weather in London", "", "🙂!?", "\x00\x1b[31m", "a" * 10_000, "\u202enurse"]
)
async def test_not_understood_names_no_career_and_no_figure(bot: CareerBot, text: str) -> None:
    """Out of scope, empty, endless or unreadable: the answer says so and nothing else."""
    found = answer_object(await bot.handle(_message(text)), text)
    if text.endswith("nurse"):
        assert found["careers"][0]["slug"] == "registered-nurse"
        return
    assert (found["understood"], found["intent"], found["intents"]) == (False, "none", [])
    assert (found["careers"], found["figures"], found["results"]) == ([], [], [])
    assert found["reply"]["text"]


def _asked_back() -> Handled:
    choices = (Choice(label="Civil Engineer", says="salary of Civil Engineer"),)
    reading = Unclear(text="engineer salary", question="Which career do you mean?", choices=choices, confidence=0.5)
    return Handled("engineer salary", (Answer(reading, unclear(reading)),), 1.0, "v")


def test_close_readings_are_choices() -> None:
    """A message that was asked back is not understood; what it may have meant stands in the choices."""
    found = answer_object(_asked_back(), "engineer salary")
    assert list(found) == KEYS
    assert (found["understood"], found["intent"], found["careers"], found["figures"]) == (False, "none", [], [])
    assert found["choices"] == [{"label": "Civil Engineer", "says": "salary of Civil Engineer"}]


async def test_careers_that_an_answer_lists_are_results(bot: CareerBot) -> None:
    """What the message named and what the answer came up with are kept apart."""
    found = answer_object(await bot.handle(_message("i know python and sql, what could i do")), "x")
    assert found["careers"] == []
    assert {"slug", "title", "value", "unit"} == set(found["results"][0])


@given(st.text())
def test_a_json_line_is_one_line_however_it_is_split(text: str) -> None:
    """No character in it breaks a line or reorders what a terminal shows, and it says the same when read."""
    line = json_line({"text": text})
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"text": text}
    assert "\u202e" not in line
    assert json_line({"text": text}, "ascii").isascii()


async def test_messages_without_a_conversation_stand_alone(bot: CareerBot, capsys: pytest.CaptureFixture[str]) -> None:
    """Only messages of one conversation follow each other up, whatever stands between them."""
    teller = JsonTeller(bot, "en-US")
    for request in (
        Request(text="nurse pay in London", conversation="a"),
        Request(text="what is a plumber"),
        Request(text="and in Leeds?", conversation="a"),
        Request(text="and in Leeds?"),
    ):
        await teller.tell(request)
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [[career["slug"] for career in each["careers"]] for each in found] == [
        ["registered-nurse"], ["plumber"], ["registered-nurse"], [],
    ]  # fmt: skip


async def test_a_chat_from_a_pipe_answers_shares_and_explains(
    bot: CareerBot, capsys: pytest.CaptureFixture[str]
) -> None:
    """A suggestion's number asks it, /share quotes, /why explains, /quit ends, the rest is not read."""
    lines = b"/share\nwhat is a plumber\n/share\n/why\n1\n/salry x\n/quit\nwhat is a nurse\n"
    await Chat(bot, "en-US").from_pipe(io.BytesIO(lines))
    out = capsys.readouterr().out
    assert "Nothing has been answered yet" in out
    assert "Plumber: " in out
    assert "Understood as: overview" in out
    assert "What plumbers earn" in out
    assert "There is no command /salry. Did you mean /salary?" in out
    assert "nurse" not in out


def _text(reply: Reply) -> str:
    return json.dumps([block.model_dump() for block in reply.blocks], ensure_ascii=False)


async def test_an_explanation_shows_words_scores_runner_up_and_what_was_inherited(bot: CareerBot) -> None:
    """Each reading is explained: answered, followed up, given by a command, asked back, declined."""

    async def why(text: str, thread: str = "") -> str:
        return _text(explanation(bot.understanding, await bot.handle(_message(text, thread))))

    first = await why("backend pay in berlin", "a")
    assert all(part in first for part in ("salary", "Runner-up", "career: Backend Engineer", "place: Berlin"))
    assert "(the conversation)" in await why("and in Rome?", "a")
    assert "asked back" in _text(explanation(bot.understanding, _asked_back()))
    assert "declined" in await why("weather in london", "c")
    assert "no words" in await why("?!", "d")
    command = incoming("/salary nurse", bot.intents, ALONE, "en")
    assert isinstance(command, IncomingMessage)
    text = _text(explanation(bot.understanding, await bot.handle(command), by_command=True))
    assert "A command named the intent" in text


def test_features_are_told_in_words() -> None:
    """Nobody has to know how the classifier names them."""
    words = ["how", "much", "do", "xcareer", "earn"]
    assert feature_text("2 do xcareer", words) == "do ⟨career⟩"
    assert feature_text("2 < how", words) == "(start) how"
    assert feature_text("_ear", words) == "spelling of “earn”"
    assert feature_text("n xcareer 1", words) == "1 × ⟨career⟩"
    assert feature_text("n words short", words) == "length: short"


@pytest.mark.parametrize(
    ("typed_so_far", "expected"),
    [
        ("/sal", "/salary"),
        ("/sha", "/share"),
        ("/salary data eng", "Data Engineer"),
        ("/salary nurse in new yor", "New York"),
        ("what do nurses earn in new yor", "New York"),
        ("what is a data sci", "Data Scientist"),
    ],
)
def test_the_prompt_completes_commands_careers_and_places(bot: CareerBot, typed_so_far: str, expected: str) -> None:
    """The last words are completed, as many as begin a name."""
    names = Names(bot, {"share": "quote it"})
    event = CompleteEvent(completion_requested=True)
    found = list(names.get_completions(Document(typed_so_far), event))
    assert expected in [completion.text for completion in found]


def test_free_text_is_completed_only_on_request(bot: CareerBot) -> None:
    """No menu pops up while somebody writes a sentence."""
    assert list(Names(bot, {}).get_completions(Document("what is a data sci"), CompleteEvent(text_inserted=True))) == []


def test_history_that_cannot_be_kept_is_no_reason_to_fail(bot: CareerBot, tmp_path: Path) -> None:
    """Where the file can't be written, the prompt remembers in memory."""
    from prompt_toolkit.application import create_app_session  # noqa: PLC0415
    from prompt_toolkit.input import create_pipe_input  # noqa: PLC0415
    from prompt_toolkit.output import DummyOutput  # noqa: PLC0415

    from adapters.console.prompt import open_prompt  # noqa: PLC0415

    blocked = tmp_path / "file"
    blocked.touch()
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        session = open_prompt(bot, blocked / "history", {})
        keys.send_text("nurse pay\n")
        assert session.prompt("> ") == "nurse pay"
