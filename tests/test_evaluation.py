"""Labelled questions are scored as their contract says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from adapters.console.evaluate import failure_text, replay, report, summary_object
from adapters.evaluation import FoundCareer, Outcome, Verdict, judge
from adapters.evaluation_summary import below_floor, summarise
from adapters.labelled import Conversation, LabelError, read_labelled
from bot.core import CareerBot

BACKEND = FoundCareer("backend-engineer", "15-1252.00")
ANDROID = FoundCareer("android-developer", "15-1252.00")
NURSE = FoundCareer("registered-nurse", "29-1141.00")
SAMPLE = Path(__file__).resolve().parents[2] / "shared" / "evaluation" / "sample.jsonl"


def _verdict(expect: Mapping[str, object], outcome: Outcome, style: str = "plain") -> Verdict:
    line = {"id": "t", "style": style, "turns": [{"text": "a message", "expect": expect}]}
    conversation = Conversation.model_validate_json(json.dumps(line))
    return judge(conversation, conversation.turns[0], outcome)


@pytest.mark.parametrize(
    ("expected", "found", "right"),
    [
        ([["backend-engineer", "15-1252"]], (BACKEND,), True),
        ([["15-1252"]], (BACKEND,), True),
        ([["15-1252.01"]], (BACKEND,), False),
        ([["15-1252"]], (), False),
        ([["15-1252"]], (BACKEND, NURSE), False),
        ([["15-1252"], ["15-1252"]], (BACKEND, ANDROID), True),
        ([["15-1252", "29-1141"], ["15-1252"]], (BACKEND, NURSE), True),
        ([["15-1252"], ["15-1252"]], (BACKEND,), False),
        ([], (), True),
        ([], (BACKEND,), False),
        (None, (BACKEND,), True),
    ],
)
def test_careers_must_be_exactly_those_expected(
    expected: list[list[str]] | None, found: tuple[FoundCareer, ...], right: bool
) -> None:
    """As many as the lists, each fitting a list of its own by slug or code prefix; unchecked where left out."""
    expect = {"intent": ["salary"], **({} if expected is None else {"careers": expected})}
    assert _verdict(expect, Outcome(("salary",), found)).careers is right


def test_places_are_compared_by_name_without_case_or_accents() -> None:
    """Typing "sao paulo" finds São Paulo; a further place is wrong."""
    expect = {"intent": ["salary"], "places": [["Sao Paulo", "SP"]]}
    assert _verdict(expect, Outcome(("salary",), places=("São Paulo",))).right
    assert not _verdict(expect, Outcome(("salary",), places=("São Paulo", "Rome"))).right
    assert not _verdict(expect, Outcome(("salary",))).right


def test_each_skill_list_needs_one_skill_that_contains_a_name() -> None:
    """Further skills do no harm."""
    expect = {"intent": ["match"], "skills": [["guitar", "music"], ["kids"]]}
    assert _verdict(expect, Outcome(("match",), skills=("playing guitar", "Kids", "being around"))).right
    assert not _verdict(expect, Outcome(("match",), skills=("playing guitar",))).right


def test_out_of_scope_must_be_declined() -> None:
    """Understood as anything is wrong; about a career, it is a wrong career as well."""
    expect = {"intent": ["none"]}
    assert _verdict(expect, Outcome(())).right
    answered = _verdict(expect, Outcome(("salary",), (NURSE,)))
    assert not answered.right
    assert answered.wrong_career


def test_the_first_intent_counts_except_for_messages_with_several_questions() -> None:
    """A plain message must be taken for one of its intents; of a "multi" message any question may come first."""
    both = Outcome(("skills", "books"))
    assert not _verdict({"intent": ["books"]}, both).intent
    assert _verdict({"intent": ["books"]}, both, "multi").intent
    assert _verdict({"intent": ["skills", "books"]}, both, "multi").intent
    assert not _verdict({"intent": ["salary"]}, both, "multi").intent


def test_a_wrong_career_is_one_that_nobody_asked_for() -> None:
    """Too few careers are no wrong career; a declined message has none."""
    expect = {"intent": ["salary"], "careers": [["29-1141"]]}
    assert _verdict(expect, Outcome(("salary",), (BACKEND,))).wrong_career
    assert not _verdict(expect, Outcome(("salary",))).wrong_career
    assert not _verdict(expect, Outcome(())).wrong_career


def _verdicts() -> list[Verdict]:
    wanted = {"intent": ["salary"], "careers": [["29-1141"]]}
    return [
        _verdict(wanted, Outcome(("salary",), (NURSE,), confidence=1.0, milliseconds=1)),
        _verdict(wanted, Outcome(("salary",), (BACKEND,), confidence=0.95, milliseconds=9), "typo"),
        _verdict(wanted, Outcome(("outlook",), (NURSE,), confidence=0.55, milliseconds=2), "typo"),
        _verdict({"intent": ["none"]}, Outcome(())),
        _verdict({"intent": ["none"]}, Outcome(("salary",), confidence=0.42)),
    ]


def test_the_summary_counts_what_it_says() -> None:
    """Shares, groups, confusions and bins of five turns, by hand."""
    summary = summarise(_verdicts())
    assert (summary.turns, summary.outside, summary.answered) == (5, 2, 4)
    assert summary.joint == pytest.approx(2 / 5)
    assert summary.intent == pytest.approx(3 / 5)
    assert summary.careers == pytest.approx(2 / 3)
    assert summary.refused == pytest.approx(1 / 2)
    assert summary.right_career == pytest.approx(3 / 4)
    assert summary.confusions == (("none", "salary", 1), ("salary", "outlook", 1))
    assert [(b.low, b.turns, b.right) for b in summary.bins] == [(0.4, 1, 0.0), (0.5, 1, 0.0), (0.9, 2, 0.5)]
    assert [(g.name, g.turns, g.right) for g in summary.styles] == [
        ("plain", 3, pytest.approx(2 / 3)),
        ("typo", 2, 0.0),
    ]
    assert summary.slowest_milliseconds == 9
    assert len(summary.failures) == 3


def test_floors_are_held_and_unknown_ones_told() -> None:
    """A missed floor is named with both values; a misspelt one must not pass unnoticed."""
    summary = summarise(_verdicts())
    assert below_floor(summary, {"joint": 0.4, "styles.plain": 0.6}) == []
    assert below_floor(summary, {"joint": 0.5}) == ["joint is 0.400, below its floor of 0.500"]
    with pytest.raises(LabelError, match="'jiont' is no measure"):
        below_floor(summary, {"jiont": 0.5})


def test_the_report_and_the_object_tell_the_same() -> None:
    """Failures stand in both only where asked for."""
    summary = summarise(_verdicts())
    assert "failures" not in summary_object(summary, failures=False)
    assert len(summary_object(summary, failures=True)["failures"]) == 3
    assert "Failures" not in str(report(summary, failures=False).blocks)
    assert "Failures" in str(report(summary, failures=True).blocks)
    assert failure_text(summary.failures[0]) == (
        "“a message”; careers [backend-engineer] instead of [29-1141] (95% sure)"
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "2: Invalid JSON"),
        ('{"id": "a", "style": "plain", "turns": []}', "2: turns"),
        (
            '{"id": "a", "style": "plain", "turns": [{"text": "x", "expect": {"intent": []}}]}',
            "2: turns.0.expect.intent",
        ),
        (
            '{"id": "a", "style": "plain", "turns": [{"text": "x", "expect": {"intent": ["none"], "carers": []}}]}',
            "carers",
        ),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    """File and line, and which key is wrong."""
    path = tmp_path / "labels.jsonl"
    good = '{"id": "a", "style": "plain", "turns": [{"text": "x", "expect": {"intent": ["none"]}}]}'
    path.write_text(f"{good}\n{line}\n", "utf-8")
    with pytest.raises(LabelError, match=r"labels\.jsonl:2") as caught:
        read_labelled(path)
    assert says in str(caught.value)


def test_missing_and_empty_files_are_told(tmp_path: Path) -> None:
    """Neither counts as a passed evaluation."""
    with pytest.raises(LabelError, match="can't be read"):
        read_labelled(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(LabelError, match="no labelled questions"):
        read_labelled(tmp_path / "empty.jsonl")


async def test_conversations_are_replayed_in_order_and_apart(bot: CareerBot) -> None:
    """A follow-up sees its own conversation and no other."""
    asked = {"intent": ["salary"], "careers": [["29-1141"]]}
    again = {"text": "and in Leeds?", "expect": {**asked, "places": [["Leeds"]]}}
    first = {"id": "a", "style": "followup", "turns": [{"text": "nurse pay in London?", "expect": asked}, again]}
    other = {"text": "and in Leeds?", "expect": {"intent": ["none"]}}
    second = {"id": "b", "style": "followup", "turns": [other]}
    conversations = [Conversation.model_validate(conversation) for conversation in (first, second)]
    verdicts = await replay(bot, conversations, "en-US", None)
    assert [verdict.right for verdict in verdicts] == [True, True, True]


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample of labelled questions is not beside the checkout")
async def test_the_sample_file_has_the_contract_s_format(bot: CareerBot) -> None:
    """Every line of the sample is read, and the bot understands most of it."""
    conversations = read_labelled(SAMPLE)
    summary = summarise(await replay(bot, conversations, "en-US", None))
    assert summary.joint > 0.7
