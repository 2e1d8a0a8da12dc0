"""Every answer names the sources of all that it tells, also of what stands beside its main figures."""

from __future__ import annotations

from bot.core import CareerBot
from bot.message import ConversationKey, IncomingMessage
from bot.reply import Reply


async def _answer(bot: CareerBot, text: str) -> Reply:
    key = ConversationKey(platform="test", person=text)
    handled = await bot.handle(IncomingMessage(text=text, conversation=key))
    [reply] = [answer.reply for answer in handled.answers]
    return reply


def _sources(reply: Reply) -> set[str]:
    return {line.title for block in reply.blocks if block.kind == "sources" for line in block.items}


async def test_a_job_zone_names_its_source(bot: CareerBot) -> None:
    """Job zones are O*NET's, in the education of a career and where two are compared."""
    onet = bot.desk.knowledge.source_of_skills().title
    assert onet in _sources(await _answer(bot, "do i need a degree to be a data analyst"))
    assert onet in _sources(await _answer(bot, "nurse vs paramedic"))


async def test_no_degree_names_what_it_was_told_by(bot: CareerBot) -> None:
    """A ranking of what needs no degree names the sources of entry and preparation beside that of the pay."""
    knowledge = bot.desk.knowledge
    named = _sources(await _answer(bot, "best paid jobs in Austin without a degree"))
    assert {knowledge.source_of_skills().title, knowledge.source_of_outlook().title} < named


async def test_a_comparison_without_ratings_says_nothing_of_weights(bot: CareerBot) -> None:
    """Where nobody has rated the skills, the comparison isn't said to be computed from their weights."""
    paramedic = bot.understanding.directory.career("paramedic")
    assert not (await bot.desk.knowledge.overlap("registered-nurse", paramedic.slug)).compared
    text = " ".join(block.text for block in (await _answer(bot, "nurse vs paramedic")).blocks if block.kind == "note")
    assert "weight" not in text


async def test_a_change_says_whose_figures_its_pay_is(bot: CareerBot) -> None:
    """Pay of a wider official group is said to be the group's, in a change as in a salary."""
    reply = await _answer(bot, "from high school teacher to data analyst")
    told = " ".join(block.text for block in reply.blocks if block.kind == "note")
    group = bot.understanding.directory.career("data-analyst").soc_title
    assert f"“{group}”" in told
