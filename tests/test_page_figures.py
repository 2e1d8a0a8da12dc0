"""The twelve city figures of the career page are answered to the digit, however they are asked for."""

from __future__ import annotations

import pytest

from bot.core import CareerBot
from bot.message import ConversationKey, IncomingMessage

FIGURES = {
    "New York": (214_000, "USD", "$214,000"), "San Francisco": (172_000, "USD", "$172,000"),
    "Austin": (149_000, "USD", "$149,000"), "Toronto": (119_000, "CAD", "$119,000"),
    "London": (95_000, "GBP", "£95,000"),
    "Paris": (64_500, "EUR", "€64,500"), "Berlin": (92_000, "EUR", "€92,000"), "Tel Aviv": (442_000, "ILS", "₪442,000"),
    "Beijing": (410_000, "CNY", "¥410,000"), "Shanghai": (488_000, "CNY", "¥488,000"),
    "Bengaluru": (2_034_000, "INR", "₹2,034,000"), "Delhi": (2_200_000, "INR", "₹2,200,000"),
}  # fmt: skip
WORDINGS = (
    "what does a backend engineer earn in {city}?",
    "backend pay {city}",
    "How much do back-end developers make in {city}",
    "{city}: salary of a backend dev",
    "i'm moving to {city} next year. what could i earn there as a backend engineer?",
    "BACKEND ENGINEER SALARY {city}",
    "wht do bakend enginers ern in {city}",
    "Kindly state the median remuneration of a back-end software engineer in {city}.",
    "going rate for server-side developers in {city} pls",
    "is the money good for backend engineers in {city}",
)


@pytest.mark.parametrize("city", FIGURES)
async def test_a_city_figure_is_exact_in_ten_wordings(bot: CareerBot, city: str) -> None:
    """Each of the page's medians is answered exactly, in local currency, in each of ten wordings."""
    amount, currency, shown = FIGURES[city]
    for number, wording in enumerate(WORDINGS):
        text = wording.format(city=city)
        handled = await bot.handle(
            IncomingMessage(text=text, conversation=ConversationKey(platform="t", person=f"{number}"))
        )
        figures = [figure for answer in handled.answers for figure in answer.reply.figures]
        medians = [(figure.amount, figure.currency) for figure in figures if figure.source == "opencourser"]
        assert medians == [(amount, currency)], text
        assert shown in handled.answers[0].reply.summary, text


async def test_toronto_says_that_the_page_does_not_name_its_dollar(bot: CareerBot) -> None:
    """The page writes a bare $ for Toronto: it is read as the city's own dollar, and the answer says so."""
    handled = await bot.handle(IncomingMessage(text="backend engineer salary in Toronto"))
    notes = " ".join(block.text for block in handled.answers[0].reply.blocks if block.kind == "note")
    assert "bare $" in notes
