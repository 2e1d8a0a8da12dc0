"""What is about other things than work, in words that fit anything: the rules, one by one."""

from __future__ import annotations

import pytest

from bot.core import CareerBot
from bot.query import Query


@pytest.mark.parametrize(
    "text",
    [
        "My card is frozen since Monday, what can I do?",
        "The parcel never came and the shop doesn't answer. Can you help me?",
        "My landlord is an electrician and keeps my deposit. What can I do?",
    ],
)
def test_a_closing_question_that_fits_anything_is_about_what_stands_before_it(bot: CareerBot, text: str) -> None:
    """Asking for help or for choices after a trouble that is no matter of work is declined."""
    assert not [reading for reading in bot.understanding.read(text) if isinstance(reading, Query)]


@pytest.mark.parametrize(
    "text", ["I love baking and I'm good with people. What can I do?", "Hated school, love engines. What can I do?"]
)
def test_the_same_closing_question_after_ones_likings_is_answered(bot: CareerBot, text: str) -> None:
    """Likings before "what can I do" make it a match."""
    (reading,) = bot.understanding.read(text)
    assert isinstance(reading, Query)
    assert reading.intent == "match"


@pytest.mark.parametrize("word", ["reverted", "stitched", "rectified", "purified", "magnifies"])
def test_a_form_of_a_verb_is_no_misspelt_title(bot: CareerBot, word: str) -> None:
    """Inflected English words aren't repaired into the people who do it, or into others that look alike."""
    spotted, _ = bot.understanding.look_up(f"how long until it is {word}")
    assert not [span for span in spotted.spans if span.kind == "career"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("What training is asked of somebody who fits carpets?", "carpet-installer"),
        ("People who keep bees full time, what does a year of work look like?",
         "farmer-rancher-and-other-agricultural-manager"),
        ("Repairing clocks for a living: will that be around much longer?", "watch-and-clock-repairer"),
        ("Teaching kindergarten changed my sister. What does it do for a person?",
         "kindergarten-teacher-except-special-education"),
        ("what does someone who cuts hair earn", "hairdresser-hairstylist-and-cosmetologist"),
    ],
)  # fmt: skip
def test_a_trade_may_be_told_by_what_is_done_to_what(bot: CareerBot, text: str, slug: str) -> None:
    """A verb and its object stand for the title made of both; "much longer" is no place."""
    (reading,) = bot.understanding.read(text)
    assert isinstance(reading, Query)
    assert ([career.slug for career in reading.careers], reading.places) == ([slug], ())
