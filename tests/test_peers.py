"""The comparison with other systems: what is counted, and what the tables say of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.labelled import Conversation
from benchmarks.peers.scoring import Judge, Row, Score, row
from benchmarks.peers.table import BEGIN, END, Table, write

SCORE = Score(intent=0.9, joint=0.9, wrong=0.02, declined=0.97)
OURS = Row(SCORE, SCORE, p50=0.5, p99=2.0, rate=1500, build=60, memory=180, asked=1, measured="2026-11-27", load=1.0)


def conversation(number: int, intent: str) -> Conversation:
    expect = {"intent": [intent], "careers": []}
    turn = {"text": f"question {number}", "expect": expect}
    return Conversation.model_validate({"id": str(number), "style": "plain", "turns": [turn]})


def judge(intents: str, tuned: int) -> Judge:
    names = {"g": "greeting", "n": "none"}
    conversations = [conversation(number, names[letter]) for number, letter in enumerate(intents)]
    return Judge(conversations, tuned, {"greeting": (0, 0)}, {})


def answer(intent: str, score: float = 1.0) -> dict[str, object]:
    return {"intents": [intent], "score": score, "careers": [], "places": [], "milliseconds": 1.0}


def test_thresholds_come_from_development_and_scores_from_the_held_out() -> None:
    """A threshold that parts the development questions is applied to the held-out ones."""
    sure, unsure = answer("greeting", 0.9), answer("greeting", 0.1)
    found = [sure, unsure] * 10 + [sure, unsure, sure]
    result = {"found": found, "build_seconds": 1.0, "megabytes": 1.0, "measured": "2026-11-27", "load": 0.0}
    told = row(result, judge("gn" * 10 + "gng", tuned=20), own_decisions=False)
    assert (told.heldout.joint, told.heldout.declined) == (1.0, 1.0)
    assert told.asked == 1


def test_a_question_that_was_not_asked_counts_nowhere() -> None:
    """A slow system that is asked every second question is scored on those alone."""
    found = [answer("greeting") if number % 2 == 0 else None for number in range(24)]
    result = {"found": found, "build_seconds": 1.0, "megabytes": 1.0, "measured": "2026-11-27", "load": 0.0}
    told = row(result, judge("gn" * 12, tuned=20), own_decisions=True)
    assert (told.asked, told.heldout.joint) == (2, 1.0)


@pytest.mark.parametrize(
    ("joint", "p50", "met", "said"),
    [
        (0.80, 6.0, "yes", "Ahead of all 1 in accuracy"),
        (0.80, 1.0, "more accurate only", "not as Peer (2.0×)"),
        (0.95, 6.0, "faster only", "Not ahead of all in accuracy: Peer is 5.0 points ahead"),
        (0.95, 0.1, "no", "not as Peer (0.2×)"),
    ],
)
def test_the_verdict_is_what_the_figures_say(joint: float, p50: float, met: str, said: str) -> None:
    """Missed aims are named as plainly as met ones."""
    peer = replace(OURS, heldout=replace(SCORE, joint=joint), p50=p50)
    table = Table({"Careerbot": OURS, "Peer": peer, "Other": "didn't install"}, judge("gn", tuned=1), 0.5)
    for text in (table.plain(), table.markdown()):
        assert met in text
        assert said in text
        assert "Other: no figures; didn't install." in text


def test_the_tables_replace_what_stands_between_the_markers(tmp_path: Path) -> None:
    """Text around them stays; a page without markers is refused."""
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    write(page, "new")
    assert page.read_text("utf-8") == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"
    page.write_text("nothing", "utf-8")
    with pytest.raises(ValueError, match="lacks the lines"):
        write(page, "new")
