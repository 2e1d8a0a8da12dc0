"""The terminal shows every block at any width, without colour, and nothing that a string smuggles in."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.console.render import MEASURE, render, render_handled
from adapters.console.screen import Screen, look_of
from adapters.console.shapes import Look, share_of
from adapters.text import for_encoding, plain, shared, visible, web_address
from bot.core import Answer, Handled
from bot.query import Choice, NotUnderstood, Unclear
from bot.reply import (
    Block,
    Bullet,
    Bullets,
    Chart,
    Disclosure,
    Fact,
    Facts,
    Heading,
    Link,
    Links,
    Note,
    Paragraph,
    Point,
    Reply,
    SourceLine,
    Sources,
    Suggestion,
    Table,
)
from bot.wording import unclear

KINDS = get_args(get_args(Block)[0])
SAMPLES: dict[str, Any] = {
    "heading": Heading(text="Data Engineer in Zürich"),
    "paragraph": Paragraph(text="Data engineers build the pipes that data runs through, and mend them at night. " * 3),
    "facts": Facts(
        items=(Fact(label="Median", value="CHF 120,000 a year"), Fact(label="Usual way in", value="Bachelor’s degree"))
    ),
    "bullets": Bullets(
        items=(
            Bullet(lead="SQL", text="as fluently as prose, because it outlives every framework that wraps it"),
            Bullet(text="No lead here"),
            Bullet(lead="Ends with a stop.", text="So no colon follows."),
        ),
        ordered=True,
    ),
    "table": Table(
        columns=("Place", "Kind", "Median"),
        rows=(
            ("San Jose-Sunnyvale-Santa Clara, CA", "metropolitan area", "$216,740 a year"),
            ("São Paulo", "city", "R$ 150,000 a year"),
            ("東京", "city", "¥7,000,000 a year"),
        ),
        right=(2,),
        bars=(1.0, 0.5, 0.01),
    ),
    "chart": Chart(
        title="Growth by 2034",
        points=(
            Point(label="Data Engineer", value=15.8, shown="+15.8%"),
            Point(label="Typist", value=-7.9, shown="−7.9%"),
            Point(label="Piano tuner", value=0, shown="0%"),
        ),
    ),
    "links": Links(
        items=(
            Link(
                title="Figma 101", url="https://example.org/watch?v=" + "x" * 60, detail="free", reason="covers Figma",
                relevance=0.9,
            ),
            Link(title="A book", url="http://example.org/book"),
            Link(title="Not a web address", url="javascript:alert(1)", relevance=0),
        )
    ),
    "note": Note(text="Salaries are estimates before tax."),
    "disclosure": Disclosure(text="Some links earn us a commission."),
    "sources": Sources(
        items=(
            SourceLine(title="Employment and Wage Statistics, May 2025", publisher="BLS", as_of="May 2025"),
            SourceLine(title="Pages", publisher="Pages", as_of="2024", url="https://example.org/pages"),
        )
    ),
}  # fmt: skip


def shown(reply: Reply, width: int, look: Look | None = None) -> str:
    """What a pipe of a width gets."""
    stream = io.StringIO()
    screen = Screen(file=stream, width=width, color_system=None, force_terminal=False)
    screen.show(render(reply, look or Look()))
    return stream.getvalue()


def on_terminal(reply: Reply, width: int = 80) -> str:
    """What a colour terminal with clickable links gets."""
    stream = io.StringIO()
    screen = Screen(file=stream, width=width, color_system="truecolor", force_terminal=True)
    screen.show(render(reply, Look(links=True, addresses=False)))
    return stream.getvalue()


def test_every_kind_of_block_has_a_sample() -> None:
    """A new block gets a golden file before it is released."""
    assert set(SAMPLES) == {kind.model_fields["kind"].default for kind in KINDS}


@pytest.mark.parametrize("width", [60, 200])
@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_each_block_looks_as_agreed(kind: str, width: int, golden: Callable[[str, str], None]) -> None:
    """Without colour, in a pipe, at 60 and 200 columns."""
    golden(f"console/{kind}-{width}.txt", shown(Reply(summary="", blocks=(SAMPLES[kind],)), width))


@pytest.mark.parametrize("width", [60, 200])
def test_a_whole_answer_looks_as_agreed(width: int, golden: Callable[[str, str], None]) -> None:
    """Blank lines between blocks, small print together, suggestions numbered at the end."""
    suggestions = (
        Suggestion(label="Job outlook", says="What is the job outlook for data engineers?"),
        Suggestion(label="What can you do?", says="What can you do?"),
    )
    blocks = (*SAMPLES.values(), Heading(text="A part of it", level=2), Paragraph(text="Text of the part."))
    golden(f"console/answer-{width}.txt", shown(Reply(summary="", blocks=blocks, suggestions=suggestions), width))


def test_a_terminal_without_utf_8_gets_look_alikes(golden: Callable[[str, str], None]) -> None:
    """Bars, bullets, quotes and money signs have ASCII stand-ins; nothing can fail to be encoded."""
    text = shown(Reply(summary="", blocks=tuple(SAMPLES.values())), 80, Look(encoding="ascii"))
    golden("console/ascii-80.txt", text)
    assert text.isascii()


def test_a_narrow_terminal_lists_rows_and_cuts_no_number() -> None:
    """Where the table doesn't fit, its rows stand one below the other, complete."""
    text = shown(Reply(summary="", blocks=(SAMPLES["table"],)), 24)
    assert "Median: $216,740 a year" in " ".join(text.split())
    assert "¥7,000,000" in text
    assert max(len(line) for line in text.splitlines()) <= 24


def test_lines_stay_readable_on_a_wide_terminal() -> None:
    """No line of text is wider than people read well, addresses apart."""
    text = shown(Reply(summary="", blocks=tuple(SAMPLES.values())), 200)
    assert max(len(line) for line in text.splitlines() if "http" not in line) <= MEASURE


def test_links_are_clickable_on_a_terminal_and_printed_in_a_pipe() -> None:
    """Titles carry the address on a terminal; a pipe gets it on a line of its own, unbroken."""
    reply = Reply(summary="", blocks=(SAMPLES["links"],))
    address = SAMPLES["links"].items[0].url
    assert f";{address}\x1b\\" in on_terminal(reply)
    assert address in shown(reply, 40).split()
    assert "javascript" not in on_terminal(reply) + shown(reply, 80)


def test_addresses_are_printed_where_links_may_not_work() -> None:
    """Inside tmux or on the Linux console the address is printed beside the link; in a plain terminal it isn't."""
    assert look_of(True, "utf-8", {"TERM": "xterm-256color"}) == Look("utf-8", links=True, addresses=False)
    assert look_of(True, "utf-8", {"TERM": "tmux-256color"}) == Look("utf-8", links=True, addresses=True)
    assert look_of(True, "utf-8", {"TERM": "xterm", "TERM_PROGRAM": "Apple_Terminal"}).addresses
    assert look_of(False, "utf-8", {"TERM": "xterm"}) == Look("utf-8")
    assert look_of(True, "ascii", {"TERM": "dumb"}) == Look("ascii")


def test_markup_in_a_string_is_shown_as_it_is() -> None:
    """Square brackets, emoji codes and backslashes mean nothing to the renderer."""
    text = "[bold red]x[/] [link=https://evil.example]y[/link] :smile: \\[z]"
    blocks = (Heading(text=text), Paragraph(text=text), Bullets(items=(Bullet(lead=text, text=text),)))
    out = " ".join(shown(Reply(summary="", blocks=blocks), 100).split())
    assert out.count("[bold red]x[/] [link=https://evil.example]y[/link] :smile: \\[z]") >= 3


def test_an_unclear_message_lists_its_choices_once() -> None:
    """The numbered list is what is picked from; it isn't repeated as suggestions."""
    choices = tuple(Choice(label=name, says=f"salary of {name}") for name in ("Nurse", "Midwife"))
    text = shown(unclear(Unclear(text="x", question="Which career do you mean?", choices=choices)), 80)
    assert text.count("Nurse") == 1
    assert "1. Nurse" in text


def test_suggestions_are_numbered_through_all_answers() -> None:
    """The numbers are those that the bot understands when they are typed."""
    reply = Reply(
        summary="One.", blocks=(), suggestions=(Suggestion(label="a", says="A?"), Suggestion(label="b", says="B?"))
    )
    reading = NotUnderstood(text="x")
    handled = Handled("x", (Answer(reading, reply), Answer(reading, reply)), 1.0, "v")
    stream = io.StringIO()
    Screen(file=stream, width=80).show(render_handled(handled, Look()))
    assert re.findall(r"^ (\d)  (\w)", stream.getvalue(), re.MULTILINE) == [
        ("1", "a"),
        ("2", "b"),
        ("3", "a"),
        ("4", "b"),
    ]
    assert shared(handled) == "One.\nOne."


def test_a_share_is_a_share() -> None:
    """Bars survive nonsense: no maximum, infinities, not-a-number."""
    assert share_of(1, 2) == 0.5
    assert share_of(-3, 2) == -1
    assert [share_of(1, 0), share_of(float("nan"), 1), share_of(1, float("inf"))] == [0, 0, 0]


def test_invisible_characters_go_and_letters_stay() -> None:
    """Controls, bidi overrides and zero-width characters vanish; any script, accents and emoji stay."""
    assert visible("a\x1b[31mb\u202ec\u200bd\te\n f") == "a [31mbcd e f"
    assert visible("Zürich 東京 القاهرة 🙂") == "Zürich 東京 القاهرة 🙂"
    assert for_encoding("São “£9” → x…", "ascii") == 'Sao "GBP 9" -> x...'
    assert web_address("HTTPS://a.org/\x07b c") == "HTTPS://a.org/bc"
    assert web_address("file:///etc/passwd") == ""


NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\x07\x08\x1b\x7f\x9b\u202e\u2066\u200f\u200b\ufeff\u2028\u2029\r\n\t[]\\;/:"),
    ),
    max_size=30,
)
STRINGS = st.one_of(NASTY, st.sampled_from(["\x1b[2J", "\x1b]8;;http://x\x1b\\", "[red]x", "https://a.org/\x1b\\\x07"]))
NUMBERS = st.floats(allow_nan=True, allow_infinity=True)


def _tables() -> st.SearchStrategy[Table]:
    rows = st.lists(st.lists(STRINGS, max_size=4).map(tuple), max_size=3).map(tuple)
    return st.builds(
        Table, columns=st.lists(STRINGS, max_size=3).map(tuple), rows=rows,
        right=st.lists(st.integers(-1, 4), max_size=3).map(tuple), bars=st.lists(NUMBERS, max_size=3).map(tuple),
    )  # fmt: skip


def _tuples(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=3).map(tuple)


LINKS = st.builds(
    Link, title=STRINGS, url=STRINGS, detail=STRINGS, reason=STRINGS, relevance=st.one_of(st.none(), NUMBERS)
)
BLOCKS = st.one_of(
    st.builds(Heading, text=STRINGS, level=st.sampled_from([1, 2])),
    st.builds(Paragraph, text=STRINGS),
    st.builds(Facts, items=_tuples(st.builds(Fact, label=STRINGS, value=STRINGS))),
    st.builds(Bullets, items=_tuples(st.builds(Bullet, text=STRINGS, lead=STRINGS)), ordered=st.booleans()),
    _tables(),
    st.builds(Chart, title=STRINGS, points=_tuples(st.builds(Point, label=STRINGS, value=NUMBERS, shown=STRINGS))),
    st.builds(Links, items=_tuples(LINKS)),
    st.builds(Note, text=STRINGS),
    st.builds(Disclosure, text=STRINGS),
    st.builds(
        Sources,
        items=_tuples(st.builds(SourceLine, title=STRINGS, publisher=STRINGS, as_of=STRINGS, url=STRINGS)),
    ),
)
REPLIES = st.builds(
    Reply, summary=STRINGS, blocks=_tuples(BLOCKS),
    suggestions=_tuples(st.builds(Suggestion, label=STRINGS, says=STRINGS)),
)  # fmt: skip
OWN_SEQUENCES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;(?:id=\d+;https?://[!-~\u00a1-\U0010ffff]*|;)\x1b\\", re.IGNORECASE)


def _harmful(text: str) -> set[str]:
    return {character for character in text if unicodedata.category(character)[0] == "C" and character != "\n"}


@settings(max_examples=150, deadline=None)
@given(REPLIES, st.sampled_from([20, 60, 200]))
def test_no_reply_renders_a_control_character_from_its_strings(reply: Reply, width: int) -> None:
    """In a pipe there is none at all; on a terminal only the renderer's own colours and links. Nothing raises."""
    assert not _harmful(shown(reply, width))
    assert not _harmful(OWN_SEQUENCES.sub("", on_terminal(reply, width)))
    assert shown(reply, width, Look(encoding="ascii")).isascii()
    assert not _harmful(plain(reply))
