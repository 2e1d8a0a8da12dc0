"""What Discord is sent: each block as it looks, and no reply whatever that breaks a limit or smuggles anything in."""

from __future__ import annotations

import tests.discord_import  # noqa: F401 - before anything that imports discord.py

# isort: split

import json
import re
from collections.abc import Callable
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.charts import LONGEST_ALT, Picture, alt_text, bars_of
from adapters.discord.layout import files, layout
from adapters.discord.markup import columns, escaped, safe_url, shortened, wrapped
from adapters.discord.pieces import pieces_of
from adapters.discord.render import Card, Controls, cards, paged, plain_pages, repeatable
from adapters.discord.state import custom_id, packed, unpacked
from adapters.discord.tables import WIDEST, table_lines
from adapters.text import visible
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
from tests.discord_spec import file_problems, message_problems, problems, walk

KINDS = get_args(get_args(Block)[0])
OWNER = 123456789012345678
SAMPLES: dict[str, Any] = {
    "heading": Heading(text="Data Engineer in Zürich"),
    "paragraph": Paragraph(text="Data engineers build the pipes that data runs through, and mend them at night. " * 3),
    "facts": Facts(items=(Fact(label="Median", value="CHF 120,000 a year"), Fact(label="Way in", value="a degree"))),
    "bullets": Bullets(
        items=(
            Bullet(lead="SQL", text="as fluently as prose"),
            Bullet(text="No lead here"),
            Bullet(lead="A stop.", text="So."),
        ),
        ordered=True,
    ),
    "table": Table(
        columns=("Place", "Median"),
        rows=(("Zürich", "CHF 120,000"), ("東京", "¥7,000,000"), ("São Paulo", "R$ 150,000")),
        right=(1,),
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
                title="Figma 101", url="https://example.org/figma", detail="free", reason="covers Figma", relevance=0.9
            ),
            Link(title="A *bold* [claim](https://evil.example)", url="javascript:alert(1)", relevance=0.0),
        )
    ),
    "note": Note(text="An estimate."),
    "disclosure": Disclosure(text="Links may earn a commission."),
    "sources": Sources(items=(SourceLine(title="OEWS", publisher="BLS", as_of="2024-05", url="https://bls.gov/oes"),)),
}


def payload(card: Card) -> dict[str, Any]:
    """The message as discord.py would send it."""
    attached = [file.to_dict(number) for number, file in enumerate(files(card))]
    shown = {"flags": 1 << 15, "components": layout(card).to_components(), "allowed_mentions": {"parse": []}}
    return shown | {"attachments": attached} if attached else shown


def pictured(replies: list[Reply]) -> dict[Any, Picture]:
    """A picture for what can have one, with the longest alternative text there is."""
    blocks = [block for reply in replies for block in reply.blocks if isinstance(block, Chart | Table)]
    drawn = [block for block in blocks if (bars := bars_of(block)) and len(alt_text(bars)) <= LONGEST_ALT][:5]
    return {block: Picture(b"png", "figure " * 140, f"chart-{number}.png") for number, block in enumerate(drawn)}


def test_every_kind_of_block_has_a_sample() -> None:
    """A new block needs a picture of what it looks like."""
    assert {kind.model_fields["kind"].default for kind in KINDS} == set(SAMPLES)


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_golden_block(kind: str, golden: Callable[[str, str], None]) -> None:
    """Each block's payload, byte for byte."""
    (card,) = cards([Reply(summary="", blocks=(SAMPLES[kind],))], Controls(owner=OWNER))
    golden(f"discord/{kind}.json", json.dumps(payload(card), ensure_ascii=False, indent=1) + "\n")


def test_golden_answer(golden: Callable[[str, str], None]) -> None:
    """A whole answer with all that stands under it, as a layout and as plain text."""
    reply = Reply(
        summary="",
        blocks=tuple(SAMPLES.values()),
        suggestions=(Suggestion(label="In Berlin", says="What does a data engineer earn in Berlin?"),),
    )
    card = cards([reply], Controls(owner=OWNER, question="/salary Data Engineer", share=True, feedback=True))[0]
    golden("discord/answer.json", json.dumps(payload(card), ensure_ascii=False, indent=1) + "\n")
    golden("discord/answer.txt", "\n=====\n".join(plain_pages(card)) + "\n")


def test_golden_picture(golden: Callable[[str, str], None]) -> None:
    """A chart that was drawn stands in a gallery with its alternative text, and is attached under its name."""
    reply = Reply(summary="", blocks=(SAMPLES["heading"], SAMPLES["table"], SAMPLES["note"]))
    drawn = {SAMPLES["table"]: Picture(b"png", "Data Engineer: Zürich: CHF 120,000.", "chart-0.png")}
    (card,) = cards([reply], Controls(owner=OWNER), drawn)
    golden("discord/picture.json", json.dumps(payload(card), ensure_ascii=False, indent=1) + "\n")


def test_more_suggestions_than_fit_into_a_row_become_a_menu() -> None:
    """Five are buttons, six a select menu with the whole question as value."""
    many = [Suggestion(label=f"Career {number}", says=f"What is career {number}?") for number in range(6)]
    (few,) = cards([Reply(summary="", blocks=(SAMPLES["note"],), suggestions=tuple(many[:5]))], Controls(owner=OWNER))
    (more,) = cards([Reply(summary="", blocks=(SAMPLES["note"],), suggestions=tuple(many))], Controls(owner=OWNER))
    assert len(few.offer.buttons) == 5
    assert not few.offer.menu
    assert [unpacked(option.state) for option in more.offer.menu] == [one.says for one in many]


NASTY = st.sampled_from(
    [
        "@everyone",
        "@here",
        "<@123>",
        "<@&5>",
        "<#9>",
        "</salary:1>",
        "<t:0:R>",
        "<:x:1>",
        "**b**",
        "__u__",
        "~~s~~",
        "||s||",
        "`c`",
        "```",
        "[a](https://evil.example)",
        "https://evil.example/x",
        "HTTP://evil.example",
        "discord.gg/abc",
        "# h",
        "-# s",
        "> q",
        "1. l",
        "- l",
        "\\",
        "\n# h",
        "\u202e",
        "\u200b",
        "mailto:a@b.example",
        "👩‍👩‍👧 🇩🇪 👍🏽",
        "مرحبا بالعالم",
        "\u2067שלום\u2069",
        "15,8 % 120 000 €",
        "£95,000",
        "CHF 120 000",
        "<https://evil.example>",
    ]
)
WORDS = st.lists(st.one_of(NASTY, st.text(max_size=12), st.text("ab é東", max_size=400)), max_size=6).map(" ".join)
LONG = st.one_of(
    WORDS, st.integers(1, 600).map(lambda n: "lorem ipsum dolor. " * n), st.integers(1, 5000).map(lambda n: "x" * n)
)
URL = st.one_of(
    st.just("https://example.org/a_(b)?q=1"), WORDS, st.integers(1, 1500).map(lambda n: "https://e.org/" + "a" * n)
)
NUMBER = st.floats(allow_nan=True, allow_infinity=True)
TABLES = st.integers(0, 6).flatmap(
    lambda width: st.builds(
        Table,
        columns=st.tuples(*[WORDS] * width),
        rows=st.lists(st.lists(LONG, max_size=7).map(tuple), max_size=60).map(tuple),
        right=st.lists(st.integers(0, 6), max_size=3).map(tuple),
        bars=st.lists(NUMBER, max_size=60).map(tuple),
    )
)


def many(inner: st.SearchStrategy[Any], most: int = 40) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=most).map(tuple)


DRAWABLE = st.builds(
    lambda rows, bars: Table(columns=("", ""), rows=tuple(rows), right=(1,), bars=tuple(bars[: len(rows)])),
    st.lists(st.tuples(st.one_of(NASTY, st.text("ab *_", max_size=80)), NASTY), min_size=3, max_size=12),
    st.lists(st.floats(0.01, 1), min_size=12, max_size=12),
)
BLOCKS = st.one_of(
    DRAWABLE,
    st.builds(Heading, text=LONG, level=st.sampled_from([1, 2])),
    st.builds(Paragraph, text=LONG),
    st.builds(Note, text=LONG),
    st.builds(Disclosure, text=LONG),
    TABLES,
    st.builds(Facts, items=many(st.builds(Fact, label=LONG, value=LONG))),
    st.builds(Bullets, items=many(st.builds(Bullet, text=LONG, lead=WORDS)), ordered=st.booleans()),
    st.builds(Chart, title=LONG, points=many(st.builds(Point, label=WORDS, value=NUMBER, shown=WORDS))),
    st.builds(
        Links,
        items=many(st.builds(Link, title=LONG, url=URL, detail=LONG, reason=WORDS, relevance=st.none() | NUMBER), 20),
    ),
    st.builds(Sources, items=many(st.builds(SourceLine, title=LONG, publisher=WORDS, as_of=WORDS, url=URL), 10)),
)
REPLIES = st.builds(
    Reply,
    summary=st.just(""),
    blocks=st.lists(BLOCKS, max_size=12).map(tuple),
    suggestions=st.lists(st.builds(Suggestion, label=LONG, says=LONG), max_size=30).map(tuple),
)
CONTROLS = st.builds(
    Controls,
    owner=st.integers(1, 2**64 - 1),
    question=st.just("/salary Data Engineer, Berlin") | st.just(""),
    share=st.booleans(),
    feedback=st.booleans(),
    thread=st.booleans(),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(REPLIES, min_size=1, max_size=2), CONTROLS)
def test_no_reply_breaks_a_limit_or_smuggles_anything(replies: list[Reply], controls: Controls) -> None:
    """Every page is a message that Discord takes, and nothing in it pings, links elsewhere or marks up.

    With pictures and without them the same stands on each page.
    """
    bare, shown = cards(replies, controls), cards(replies, controls, pictured(replies))
    assert [card.without_images() for card in shown] == list(bare)
    for card in dict.fromkeys((*bare, *shown)):
        sent = payload(card)
        assert list(message_problems(sent)) == []
        assert list(file_problems(sent, {file.filename: b"" for file in files(card)})) == []
        for one in walk(sent["components"]):
            assert_harmless(one.get("content", ""))
            assert len(one.get("custom_id") or "") <= 100
            assert len(one.get("label") or "") <= 80
            assert not one.get("url") or one["url"].lower().startswith(("https://", "http://"))
            for option in one.get("options") or []:
                assert len(option["label"]) <= 100
                assert len(option["value"]) <= 100
        assert all(0 < len(page) <= 2000 for page in plain_pages(card))


def assert_harmless(content: str) -> None:
    """No mention, no address but in our own masked form, no heading of somebody else's."""
    unescaped = re.sub(r"\\.", "", content)
    unescaped = re.sub(r"```\n.*?\n```", "", unescaped, flags=re.DOTALL)
    own = re.sub(r"\]\(<https?://[^<>\s]*>\)", "]", unescaped, flags=re.IGNORECASE)
    assert "@everyone" not in content
    assert "@here" not in content
    assert not re.search(r"<[@#/:a-z]", own)
    assert "://" not in re.sub("[a-z]\u200b://", "", own, flags=re.IGNORECASE)
    assert "discord.gg" not in own.lower()
    assert "||" not in own
    assert content.count("```") % 2 == 0


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(REPLIES)
def test_pages_are_what_discord_documents(reply: Reply) -> None:
    """The first page of any reply passes Discord's own schema, where it is at hand."""
    card = cards([reply], Controls(owner=OWNER, question="x", share=True, feedback=True, thread=True))[0]
    assert list(problems("POST", "/channels/1/messages", payload(card))) == []


@settings(max_examples=100, deadline=None)
@given(LONG, st.integers(20, 700))
def test_text_is_cut_between_words_only(text: str, longest: int) -> None:
    """Parts are within the limit and hold the same words; only a word that is longer than a part is cut."""
    parts = wrapped(text, longest)
    assert all(0 < len(part) <= longest for part in parts)
    words = visible(text).split()
    assert "".join(parts).replace(" ", "") == "".join(words)
    if all(len(word) <= longest for word in words):
        assert " ".join(parts).split() == words


def test_figures_and_links_are_never_cut() -> None:
    """An amount stays with its currency and its thousands, an address is whole or absent."""
    text = "The median is CHF 120 000 a year and R$ 95,000 elsewhere. " * 30
    for longest in range(40, 90):
        parts = wrapped(text, longest)
        assert sum("CHF 120 000" in part for part in parts) > 0
        assert "".join(parts).count("CHF 120 000") == sum(part.count("CHF 120 000") for part in parts) == 30
        assert sum(part.count("R$ 95,000") for part in parts) == 30
    assert safe_url("https://e.org/" + "a" * 2000) == ""
    assert safe_url("https://e.org/a b)>c") == "https://e.org/ab%29%3Ec"
    assert safe_url("javascript:alert(1)") == safe_url("https://") == safe_url("") == ""


def test_long_lists_go_on_on_further_pages_with_nothing_lost() -> None:
    """Every item stands on exactly one page, headings stay with what follows them."""
    items = tuple(Bullet(lead=f"Item {number}", text="word " * 30) for number in range(90))
    blocks = (Heading(text="All"), Bullets(items=items), Heading(text="End", level=2), Paragraph(text="Fin."))
    shown = cards([Reply(summary="", blocks=blocks)], Controls(owner=OWNER, question="/browse"))
    assert len(shown) > 1
    texts = ["\n".join(one.get("content", "") for one in walk(payload(card)["components"])) for card in shown]
    for number in range(90):
        assert sum(f"**Item {number}**" in text for text in texts) == 1
    assert "Fin." in texts[-1]
    assert "### End" in texts[-1]
    assert not texts[-2].rstrip().endswith("End")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120), st.integers(17, 100))
def test_a_button_knows_its_question(text: str, room: int) -> None:
    """What is packed fits, and gives the text again unless only its digest fits."""
    state = packed(text, room)
    assert len(state) <= room
    if unpacked(state) is not None:
        assert unpacked(state) == text
    assert unpacked("~\u4e00x") is None
    assert unpacked("~") is None
    assert unpacked("?") is None


def test_usual_questions_fit_into_a_button_whole() -> None:
    """Even long titles and places are packed and not only digested; surrogates don't break it."""
    says = (
        "What does a First-Line Supervisor of Transportation and Material-Moving Machine and Vehicle Operators earn in "
        "Minneapolis-St. Paul-Bloomington, MN-WI?"
    )
    assert len(custom_id("a", says, 2**63)) <= 100
    assert repeatable(says, 2**63)
    assert not repeatable("", 1)
    assert unpacked(packed("\ud800" * 200, 17)) == "?" * 200


def test_wide_tables_wrap_their_text_and_keep_their_figures_and_bars() -> None:
    """Long place names go on in a second line of their cell; only a table that can't fit becomes a list of records."""
    places = ("New York-Newark-Jersey City, NY-NJ (metropolitan area)", "United States")
    table = Table(
        columns=("Place", "Median"),
        rows=tuple((place, "US$131,540 a year") for place in places),
        right=(1,),
        bars=(0.5, 1.0),
    )
    (block,) = table_lines(table)
    lines = block.splitlines()
    assert max(map(columns, lines)) <= WIDEST
    assert sum("US$131,540 a year" in line and "▇" in line for line in lines) == 2
    assert "Newark" in block
    narrow = Table(columns=("A", "B", "C"), rows=(("x" * 30, "y" * 30, "z" * 30),))
    assert not table_lines(narrow)[0].startswith("```")


def test_columns_align_for_wide_letters() -> None:
    """Chinese and Japanese letters take two columns, combining marks none."""
    assert columns("東京") == 4
    assert columns("e\u0301") == 1
    assert shortened("one two three", 9) == "one two…"
    assert escaped("# not a heading") == "\\# not a heading"


def test_pages_never_end_with_a_heading() -> None:
    """A heading that no longer fits with what follows goes to the next page with it."""
    blocks = []
    for number in range(60):
        blocks += [Heading(text=f"Part {number}", level=2), Paragraph(text="word " * 60)]
    for page in paged(pieces_of([Reply(summary="", blocks=tuple(blocks))]))[:-1]:
        assert not getattr(page[-1], "opens", False)
