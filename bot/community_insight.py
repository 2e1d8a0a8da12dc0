"""What is asked, week by week, without anybody's name: counts are kept, never who asked.

A question becomes a handful of counts (its outcome, intent, careers, places and a class of response times). Counts of a
week and community add up, so that a million questions are as many rows as there are different things asked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.community import Asked, Kept, Opinion

_CLASSES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 60_000)
"""Upper bounds of the classes of response times, milliseconds."""
_MOST_NAMES = 10
_LONGEST_NAME = 120


class Tally(Kept):
    """How often something happened in a week of a community.

    Attributes:
        week: Its Monday, "2026-11-23".
        kind: "outcome", "intent", "career", "place", "verdict" or "milliseconds".
        name: Which outcome, intent and so on; for milliseconds the class's upper bound.
    """

    week: str
    community: str
    kind: str
    name: str
    count: int = 1


class Ranked(Kept):
    """Something and how often it was asked for."""

    name: str
    count: int


class Week(Kept):
    """One week in figures.

    Attributes:
        week: Its Monday.
        answered_share: Answered questions among all, 0 to 1.
        median_ms, most_ms: The median and the 95th percentile of response times were at most so many milliseconds.
    """

    week: str
    questions: int
    answered: int
    asked_back: int
    not_understood: int
    failed: int
    answered_share: float
    up: int
    down: int
    median_ms: int
    most_ms: int


class Insights(Kept):
    """What a community asked: figures by week, newest first, and what was asked for most in all of them."""

    community: str
    weeks: tuple[Week, ...] = ()
    careers: tuple[Ranked, ...] = ()
    places: tuple[Ranked, ...] = ()
    intents: tuple[Ranked, ...] = ()


def week_of(seconds: float) -> str:
    """The Monday of the week (UTC) that a time in seconds since 1970 falls in."""
    day = datetime.fromtimestamp(seconds, UTC).date()
    return (day - timedelta(days=day.weekday())).isoformat()


def tallies_of(asked: Asked, seconds: float) -> list[Tally]:
    """The counts that a question adds, in a fixed order (so that two writers never wait for each other in a ring)."""
    bound = _CLASSES[min(bisect_left(_CLASSES, asked.milliseconds), len(_CLASSES) - 1)]
    found = {("outcome", asked.outcome), ("milliseconds", str(bound))}
    if asked.intent:
        found.add(("intent", asked.intent))
    found |= {("career", name) for name in asked.careers[:_MOST_NAMES]}
    found |= {("place", name) for name in asked.places[:_MOST_NAMES]}
    week = week_of(seconds)
    return [
        Tally(week=week, community=asked.community, kind=kind, name=name[:_LONGEST_NAME])
        for kind, name in sorted(found)
    ]


def tally_of(opinion: Opinion, seconds: float) -> Tally:
    """The count that an opinion adds."""
    return Tally(week=week_of(seconds), community=opinion.community, kind="verdict", name=opinion.verdict)


def insights_from(community: str, tallies: Iterable[Tally], top: int = 10) -> Insights:
    """The insights that some counts give."""
    weeks: dict[str, Counter[tuple[str, str]]] = {}
    totals: Counter[tuple[str, str]] = Counter()
    for tally in tallies:
        weeks.setdefault(tally.week, Counter())[tally.kind, tally.name] += tally.count
        totals[tally.kind, tally.name] += tally.count

    def most(kind: str) -> tuple[Ranked, ...]:
        named = [(name, count) for (of, name), count in totals.items() if of == kind]
        named.sort(key=lambda pair: (-pair[1], pair[0]))
        return tuple(Ranked(name=name, count=count) for name, count in named[:top])

    return Insights(
        community=community, weeks=tuple(_week(week, weeks[week]) for week in sorted(weeks, reverse=True)),
        careers=most("career"), places=most("place"), intents=most("intent"),
    )  # fmt: skip


def _week(week: str, counts: Counter[tuple[str, str]]) -> Week:
    def of(outcome: str) -> int:
        return counts["outcome", outcome]

    questions = sum(count for (kind, _), count in counts.items() if kind == "outcome")
    times = sorted((int(name), count) for (kind, name), count in counts.items() if kind == "milliseconds")
    return Week(
        week=week, questions=questions, answered=of("answered"), asked_back=of("asked back"),
        not_understood=of("not understood"), failed=of("failed"),
        answered_share=round(of("answered") / questions, 4) if questions else 0.0,
        up=counts["verdict", "up"], down=counts["verdict", "down"],
        median_ms=_percentile(times, 0.5), most_ms=_percentile(times, 0.95),
    )  # fmt: skip


def _percentile(times: list[tuple[int, int]], share: float) -> int:
    """Upper bound of the class that the percentile falls in."""
    wanted, seen = share * sum(count for _, count in times), 0
    for bound, count in times:
        seen += count
        if seen >= wanted:
            return bound
    return 0
