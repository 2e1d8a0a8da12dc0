"""Slack gets every block within its limits, and nothing that a string smuggles in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from adapters.slack.charts import chart_of, clipped
from adapters.slack.controls import Carried, carried, controls
from adapters.slack.elements import image
from adapters.slack.pack import Message
from adapters.slack.render import render, view_blocks
from adapters.slack.text import link, mrkdwn, pieces, short
from adapters.slack.views import modal
from bot.core import Answer
from bot.query import Evidence, NotUnderstood, Query
from bot.reply import (
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
from tests.slack_blocks import problems, view_problems, walk
from tests.test_console_render import KINDS, SAMPLES

EVIL = [
    "<!channel>", "<@U1>", "<https://evil.example|nice>", "*bold*", "_it_", "~no~", "`code`", "```", ":smile:",
    "& < >", "> quote", "@here", "#general", "\u202e", "\x00", "javascript:alert(1)", "https://a.b/c|d>e",
]  # fmt: skip


def written(messages: list[Message]) -> str:
    """Messages as a golden file holds them."""
    found = [{"text": message.text, "blocks": message.blocks} for message in messages]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def test_every_kind_of_block_has_a_sample() -> None:
    """A new block gets a golden file before it is released."""
    assert set(SAMPLES) == {kind.model_fields["kind"].default for kind in KINDS}


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_each_block_looks_as_agreed(kind: str, golden: Callable[[str, str], None]) -> None:
    """As Slack shows it best, and in the plainer form for workspaces that refuse tables and charts."""
    messages = render(Reply(summary="What it says.", blocks=(SAMPLES[kind],)))
    golden(f"slack/{kind}.json", written(messages))
    if any(message.native for message in messages):
        golden(f"slack/{kind}-plainer.json", written([one for m in messages for one in m.plainer()]))
    if any(message.newest for message in messages):
        golden(f"slack/{kind}-pictured.json", written([one for m in messages for one in m.pictured(drawn(m))]))


def drawn(message: Message) -> list[dict[str, Any] | None]:
    """An image block for everything that can be drawn."""
    return [image(f"F0000000{at}", "It says all of it.") for at, _ in enumerate(message.drawable)]


texts = st.one_of(
    st.text(max_size=60), st.sampled_from(EVIL), st.sampled_from(EVIL).map(lambda one: f"salary {one} in London"),
    st.integers(1, 6000).map(lambda n: "word " * (n // 5)), st.integers(1, 6000).map(lambda n: "x" * n),
    st.integers(1, 5000).map(lambda n: "年収" * (n // 2)), st.just("&" * 2_900),
)  # fmt: skip
numbers = st.floats(allow_nan=True, allow_infinity=True)
urls = st.one_of(texts, st.just("https://example.org/a?b=c&d=<e>|f"), st.just("https://example.org/" + "x" * 4000))


def many(of: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[tuple[Any, ...]]:
    """A tuple, often short, sometimes long by repetition."""
    few = st.lists(of, max_size=4).map(tuple)
    return st.one_of(few, st.tuples(st.lists(of, min_size=1, max_size=3), st.integers(1, most)).map(
        lambda pair: tuple((pair[0] * pair[1])[:most])))  # fmt: skip


blocks = st.one_of(
    st.builds(Heading, text=texts, level=st.sampled_from([1, 2])),
    st.builds(Paragraph, text=texts), st.builds(Note, text=texts), st.builds(Disclosure, text=texts),
    st.builds(Facts, items=many(st.builds(Fact, label=texts, value=texts), 30)),
    st.builds(Bullets, items=many(st.builds(Bullet, text=texts, lead=texts), 120), ordered=st.booleans()),
    st.builds(Table, columns=many(texts, 25), rows=many(many(texts, 25), 250), right=st.just((1,)),
              bars=many(numbers, 9)),
    st.builds(Chart, title=texts, points=many(st.builds(Point, label=texts, value=numbers, shown=texts), 40)),
    st.builds(Links, items=many(st.builds(Link, title=texts, url=urls, detail=texts, reason=texts,
                                          relevance=st.one_of(st.none(), numbers)), 30)),
    st.builds(Sources, items=many(st.builds(SourceLine, title=texts, publisher=texts, as_of=texts, url=urls), 30)),
)  # fmt: skip
replies = st.builds(
    Reply, summary=texts, blocks=st.lists(blocks, max_size=5).map(tuple),
    suggestions=many(st.builds(Suggestion, label=texts, says=texts), 7),
)  # fmt: skip


@settings(max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(replies, st.booleans(), st.booleans(), texts)
def test_no_reply_breaks_a_limit_or_smuggles_anything(reply: Reply, private: bool, understood: bool, text: str) -> None:
    """Whatever a reply holds: no message, in any of its forms, is one that Slack refuses, or mentions or formats."""
    reading = Query(text=text, intent="path") if understood else NotUnderstood(text=text)
    evidence = tuple(Evidence(slot="career", words=text, matched=text, score=90.0) for _ in range(9))
    carries = Carried(text=text, intent="path", evidence=evidence)
    buttons = controls(Answer(reading, reply), carries, private=private, feedback=True)
    messages = render(reply, buttons)
    assert messages
    forms = [*messages, *(one for m in messages for one in m.plainer())]
    forms += [one for m in messages for one in [*m.pictured(drawn(m)), *m.pictured([])]]
    for message in forms:
        found = problems(message.blocks)
        assert found == []
        assert 0 < len(message.text) <= 4_000
        harmless(message)
    in_modal = controls(Answer(reading, reply), carries, private=private, feedback=True, view=True)
    found = view_problems(modal("Careerbot", view_blocks(reply, in_modal)))
    assert found == []


def harmless(message: Message) -> None:
    """No mention, and no link but to the web, in anything that Slack reads as markup."""
    marked = [one["text"] for one in walk(list(message.blocks)) if one.get("type") == "mrkdwn"]
    for text in [message.text, *marked]:
        assert "<!" not in text
        assert "<@" not in text
        assert "<#" not in text
        assert "`" not in text
        for part in text.split("<")[1:]:
            assert part.startswith("http"), text
    assert all(one["emoji"] is False for one in walk(list(message.blocks)) if one.get("type") == "plain_text")


@given(texts, st.integers(20, 400))
def test_pieces_lose_no_word(text: str, limit: int) -> None:
    """Pieces hold every word that fits, whole and in order, and none is longer than the limit."""
    found = pieces(text, limit)
    assert all(len(piece) <= limit for piece in found)
    if all(len(word) <= limit for word in text.split(" ")):
        assert " ".join(found).split() == text.split()


def test_a_figure_is_never_cut() -> None:
    """Long text is split before a number, not within it."""
    assert pieces("Median £95,000 a year", 14) == ["Median £95,000", "a year"]
    assert short("Median £95,000 a year", 16) == "Median £95,000 …"


def test_markup_is_taken_away() -> None:
    """Mentions, links, formatting and emoji codes are shown as they were typed, or as good as."""
    assert mrkdwn("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"
    assert "*" not in mrkdwn("*bold*")
    assert ":smile:" not in mrkdwn(":smile:")
    assert link("javascript:alert(1)", "x") == "x"
    assert link("https://a.b/?x=1&y=2", "a|b") == "<https://a.b/?x=1&amp;y=2|a|b>"


def test_long_tables_go_on_in_the_next_message() -> None:
    """250 rows arrive complete, each message with its header row, at most one table each."""
    rows = tuple((f"Place {n}", f"${n},000") for n in range(250))
    messages = render(Reply(summary="s", blocks=(Table(columns=("Place", "Pay"), rows=rows, right=(1,)),)))
    tables = [block for message in messages for block in message.blocks if block["type"] == "data_table"]
    assert sum(len(table["rows"]) - 1 for table in tables) + _lines(messages) == 250
    assert all(table["rows"][0][0]["text"] == "Place" for table in tables)


PAY = Table(
    columns=("#", "Career", "Median pay"), right=(2,), bars=(1.0, 0.6667, 0.3333),
    rows=(("1", "Surgeon", "$300,000 a year"), ("2", "Pediatric Nurse Practitioner", "$200,000 a year"),
          ("3", "Electrician (construction)", "$100,000 a year")),
)  # fmt: skip


def test_bars_become_a_chart_of_the_figures() -> None:
    """A table with bars gets a chart of what its cells say, in their unit, and the table loses the bars."""
    (message,) = render(Reply(summary="s", blocks=(Heading(text="Best paid"), PAY)))
    chart, table = message.blocks[1:]
    assert chart["title"] == "Median pay ($ a year)"
    assert chart["chart"]["axis_config"] == {"categories": ["Surgeon", "Pediatric Nurse…", "Electrician"]}
    assert [one["value"] for one in chart["chart"]["series"][0]["data"]] == [300_000, 200_000, 100_000]
    assert table["type"] == "table"
    assert len(table["rows"][0]) == 3


@pytest.mark.parametrize(
    ("cells", "bars", "values", "title"),
    [
        (("95.000 €", "47.500,50 €", "9,5 €"), (1, 0.5, 0), [95_000, 47_500.5, 9.5], "Pay (€)"),
        (("+8.2%", "−4.1%", "0%"), (1, 0.5, 0), [8.2, -4.1, 0], "Pay (%)"),
        (("$97,550", "£40,737", "CA$90,002"), (1, 0.53, 0.67), [100, 53, 67], "Pay (largest = 100)"),
        (("$100", "$50", "$25"), (1, 0.9, 0.8), [100, 90, 80], "Pay (largest = 100)"),
        (("2 to 3", "unknown", "4"), (1, 0.5, 0.2), [100, 50, 20], "Pay (largest = 100)"),
    ],
)
def test_a_chart_states_no_figure_that_the_bars_deny(
    cells: tuple[str, ...], bars: tuple[float, ...], values: list[float], title: str
) -> None:
    """Figures are read out of cells only in one unit and where the bars agree; else the bars themselves are shown."""
    rows = tuple(zip("ABC", cells, strict=True))
    charted = chart_of(Table(columns=("Place", "Pay"), rows=rows, right=(1,), bars=bars))
    assert charted is not None
    assert [point.value for point in charted.chart.points] == values
    assert [point.shown for point in charted.chart.points] == list(cells)
    assert charted.chart.title == title


def test_a_chart_is_called_by_what_it_measures() -> None:
    """A column that says only the rest of the unit ("a year") joins it; a chart of two columns of names has both."""
    rows = (("Nurse", "London", "£40,000"), ("Nurse", "Leeds", "£30,000"), ("Cook", "Leeds", "£20,000"))
    charted = chart_of(Table(columns=("Career", "Place", "a year"), rows=rows, right=(2,), bars=(1, 0.75, 0.5)))
    assert charted is not None
    assert charted.chart.title == "£ a year"
    assert [point.label for point in charted.chart.points] == ["Nurse · London", "Nurse · Leeds", "Cook · Leeds"]


def test_no_chart_where_it_would_mislead() -> None:
    """Two rows, over 20 rows, labels that look alike when shortened, and tables without bars stay tables."""
    for rows in (PAY.rows[:2], PAY.rows * 7, (("1", "A" * 30, "$3"), ("2", "A" * 31, "$2"), ("3", "B", "$1"))):
        bars = tuple(1 / (at + 1) for at in range(len(rows)))
        assert chart_of(PAY.model_copy(update={"rows": rows, "bars": bars})) is None
    assert chart_of(PAY.model_copy(update={"bars": ()})) is None


def test_chart_labels_end_where_words_do() -> None:
    """Places and titles are shortened to the 20 characters that Slack takes."""
    assert clipped("New York-Newark-Jersey City, NY-NJ (metropolitan area)") == "New York-Newark…"
    assert clipped("London (city)") == "London"
    assert clipped("a quarter earn less than") == "a quarter earn less…"
    assert clipped("Krankenpflegefachfrauenverband") == "Krankenpflegefachfr…"
    assert all(len(clipped("x" * n)) <= 20 for n in range(40))


def test_long_tables_are_paged_and_sorted_by_their_figures() -> None:
    """More than ten rows make a `data_table`: ranks and amounts are numbers that show as they are written."""
    rows = tuple((str(n), f"Place {n}", f"£{n},000") for n in range(1, 26))
    table = Table(columns=("#", "Place", "Pay"), rows=rows, right=(2,), bars=tuple(n / 25 for n in range(1, 26)))
    (message,) = render(Reply(summary="s", blocks=(Heading(text="Pay in 25 places"), table)))
    block = message.blocks[1]
    assert (block["type"], block["caption"], block["row_header_column_index"]) == ("data_table", "Pay in 25 places", 1)
    assert block["rows"][3] == [
        {"type": "raw_number", "value": 3, "text": "3"}, {"type": "raw_text", "text": "Place 3"},
        {"type": "raw_number", "value": 3_000, "text": "£3,000"},
    ]  # fmt: skip
    mixed = table.model_copy(update={"rows": tuple((a, b, f"{'$' * (int(a) % 2)}{c}") for a, b, c in rows)})
    (message,) = render(Reply(summary="s", blocks=(mixed,)))
    assert message.blocks[0]["rows"][25][2] == {"type": "raw_number", "value": 100, "text": "$£25,000"}


def _lines(messages: list[Message]) -> int:
    """Rows that stand in fixed-width text."""
    texts = [one["elements"][0]["text"] for m in messages for one in walk(list(m.blocks))
             if one.get("type") == "rich_text_preformatted"]  # fmt: skip
    return sum(line.startswith("Place ") and "$" in line for text in texts for line in text.splitlines())


def test_what_buttons_carry_survives_and_fits() -> None:
    """A button's value is read back as it was; a value of another version is no error."""
    carries = Carried(text="and in Berlin?", intent="salary", careers=("nurse",), confidence=0.9, runner_up="growth")
    assert carried(carries.value()) == carries
    assert carried('{"newer": 1}') == Carried()
    assert carried("") == Carried()
    assert len(Carried(text="x" * 9_000).value()) <= 2_000


def test_the_local_slack_knows_what_slack_refuses() -> None:
    """The checks of these tests aren't blind: each of these is a problem."""
    text = {"type": "plain_text", "text": "x" * 3_001}
    button = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "x"}}
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
    assert problems([{"type": "section", "text": text}])
    assert problems([{"type": "actions", "elements": [button, button]}])
    assert problems([{"type": "divider"}] * 51)
    assert problems([table, table])
    assert problems([{"type": "section", "text": text | {"text": "x" * 2_900}}] * 5)
    assert problems([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}])
    assert problems([{"type": "actions", "elements": []}])
