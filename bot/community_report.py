"""Insights as an answer that every platform can show."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.community_insight import Insights, Ranked
from bot.reply import Block, Bullet, Bullets, Heading, Note, Paragraph, Reply, Table

_COLUMNS = ("Week of", "Asked", "Answered", "Asked back", "Missed", "Failed", "👍", "👎", "Median", "95 %")


def insights_reply(found: Insights, title: Callable[[str], str] = str) -> Reply:
    """What was asked, week by week, and what for most; nobody's name.

    Args:
        found: The figures.
        title: A career's title from its slug.
    """
    if not found.weeks:
        text = "Nothing was asked in these weeks, or the database can’t be read just now."
        return Reply(summary=text, blocks=(Heading(text="Insights"), Paragraph(text=text)))
    asked, answered = (sum(getattr(week, name) for week in found.weeks) for name in ("questions", "answered"))
    share = f"{answered / asked:.1%}" if asked else "0%"
    questions = "1 question" if asked == 1 else f"{asked:,} questions"
    weeks = "1 week" if len(found.weeks) == 1 else f"{len(found.weeks)} weeks"
    summary = f"{questions} in {weeks}, {share} answered."
    rows = tuple(
        (
            week.week, f"{week.questions:,}", f"{week.answered_share:.1%}", f"{week.asked_back:,}",
            f"{week.not_understood:,}", f"{week.failed:,}", f"{week.up:,}", f"{week.down:,}",
            f"≤ {week.median_ms:,} ms", f"≤ {week.most_ms:,} ms",
        )
        for week in found.weeks
    )  # fmt: skip
    blocks: list[Block] = [
        Heading(text="Insights"), Paragraph(text=summary),
        Table(columns=_COLUMNS, rows=rows, right=tuple(range(1, len(_COLUMNS)))),
    ]  # fmt: skip
    careers = [one.model_copy(update={"name": title(one.name)}) for one in found.careers]
    for heading, ranked in (("Careers", careers), ("Places", found.places), ("Intents", found.intents)):
        blocks += _ranking(heading, ranked)
    blocks.append(Note(text="Counts by week (from Monday, UTC); who asked what isn’t kept in them."))
    return Reply(summary=summary, blocks=tuple(blocks))


def _ranking(heading: str, ranked: Sequence[Ranked]) -> list[Block]:
    if not ranked:
        return []
    items = tuple(Bullet(lead=one.name, text=f"{one.count:,}") for one in ranked)
    return [Heading(text=f"{heading} asked for most", level=2), Bullets(items=items, ordered=True)]
