"""Understanding may not get worse: labelled questions that nobody wrote beside the phrases, each file with its floor.

The held-out questions are scored here and nowhere else, and only their totals are printed.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adapters.console.evaluate import replay
from adapters.evaluation_summary import below_floor, summarise
from adapters.labelled import read_labelled
from bot.core import CareerBot

FOLDER = Path(__file__).parent / "evaluation"


@pytest.mark.parametrize(
    ("questions", "floor"),
    [
        ("development.jsonl", "floor.json"),
        ("development-2.jsonl", "floor.json"),
        ("development-3.jsonl", "floor-harder.json"),
        ("development-4.jsonl", "floor-harder.json"),
        ("development-5.jsonl", "floor-harder.json"),
        ("development-6.jsonl", "floor-hardest.json"),
        ("heldout.jsonl", "floor-heldout.json"),
        ("heldout-2.jsonl", "floor-heldout.json"),
        ("heldout-3.jsonl", "floor-heldout.json"),
        ("heldout-4.jsonl", "floor-heldout.json"),
    ],
)
async def test_understanding_holds_its_floor(bot: CareerBot, questions: str, floor: str) -> None:
    """What is right in everything, refused out of scope and answered about the right career stays above the floor."""
    summary = summarise(await replay(bot, read_labelled(FOLDER / questions), "en-US", None))
    print(f"{questions}: {summary.joint:.1%} all right, {summary.refused:.1%} of out-of-scope refused")
    assert below_floor(summary, json.loads((FOLDER / floor).read_text("utf-8"))) == []
