"""Replaying labelled conversations through the bot, and reporting how it did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from adapters.console.inbound import PLATFORM
from adapters.evaluation import FoundCareer, Outcome, Verdict, judge
from adapters.evaluation_summary import Group, Summary
from adapters.labelled import Conversation
from bot.core import CareerBot, Handled
from bot.message import ConversationKey, IncomingMessage
from bot.reply import Block, Bullet, Bullets, Fact, Facts, Heading, Reply, Table

_MOST_CONFUSIONS = 15


async def replay(
    bot: CareerBot, conversations: Sequence[Conversation], locale: str, progress: Callable[[str, int, int], None] | None
) -> list[Verdict]:
    """Say every message of every conversation to the bot, and judge what it made of each."""
    verdicts: list[Verdict] = []
    for number, conversation in enumerate(conversations):
        if progress is not None and number % 20 == 0:
            progress("Asking", number, len(conversations))
        key = ConversationKey(platform=PLATFORM, place="evaluation", thread=str(number))
        for turn in conversation.turns:
            handled = await bot.handle(IncomingMessage(text=turn.text, conversation=key, locale=locale))
            verdicts.append(judge(conversation, turn, outcome_of(handled)))
    return verdicts


def outcome_of(handled: Handled) -> Outcome:
    """What the machine-readable answer would say of a message, as far as it is judged."""
    queries = handled.queries
    careers = {c.slug: FoundCareer(c.slug, c.soc) for query in queries for c in query.careers}
    places = {(p.name, p.country, p.kind): p.name for query in queries for p in query.places}
    return Outcome(
        intents=handled.intents, careers=tuple(careers.values()), places=tuple(places.values()),
        skills=tuple(dict.fromkeys(skill for query in queries for skill in query.skills)),
        confidence=queries[0].confidence if queries else 0.0, milliseconds=handled.milliseconds,
    )  # fmt: skip


def report(summary: Summary, *, failures: bool) -> Reply:
    """The figures as tables, and the failures where asked for."""
    blocks: list[Block] = [
        Heading(text=f"{summary.turns:,} messages, {summary.joint:.1%} all right"),
        Facts(items=_figures(summary)),
        Heading(text="By intent", level=2),
        _groups("Intent", summary.intents),
        Heading(text="By style", level=2),
        _groups("Style", summary.styles),
    ]
    if summary.confusions:
        rows = tuple((wanted, got, str(count)) for wanted, got, count in summary.confusions[:_MOST_CONFUSIONS])
        blocks += [
            Heading(text="Confused", level=2),
            Table(columns=("Should be", "Taken for", "Times"), rows=rows, right=(2,)),
        ]
    if summary.bins:
        blocks += [Heading(text="Confidence of answers against how many were right", level=2), _calibration(summary)]
    if failures and summary.failures:
        items = tuple(Bullet(lead=f"{v.id} {v.style}", text=failure_text(v)) for v in summary.failures)
        blocks += [Heading(text="Failures", level=2), Bullets(items=items)]
    return Reply(summary=f"{summary.joint:.1%} of {summary.turns} messages all right.", blocks=tuple(blocks))


def _figures(summary: Summary) -> tuple[Fact, ...]:
    shares = (
        ("Intent right", summary.intent),
        ("Careers right", summary.careers),
        ("Places right", summary.places),
        ("Skills right", summary.skills),
        (f"Declined, of {summary.outside:,} out of scope", summary.refused),
        (f"Wrong career, of {summary.answered:,} answered", 1 - summary.right_career),
        ("Several questions, all answered", summary.both),
        ("Calibration error", summary.calibration_error),
    )
    facts = [Fact(label=label, value=f"{share:.1%}") for label, share in shares]
    times = f"{summary.median_milliseconds:.1f} ms median, {summary.slowest_milliseconds:.1f} ms slowest"
    return (*facts, Fact(label="Time", value=times))


def _groups(title: str, groups: Sequence[Group]) -> Table:
    rows = tuple((group.name, str(group.turns), f"{group.intent:.1%}", f"{group.right:.1%}") for group in groups)
    columns = (title, "Messages", "Intent", "All right")
    return Table(columns=columns, rows=rows, right=(1, 2, 3), bars=tuple(group.right for group in groups))


def _calibration(summary: Summary) -> Table:
    rows = tuple(
        (f"{b.low:.0%} to {b.high:.0%}", str(b.turns), f"{b.confidence:.1%}", f"{b.right:.1%}") for b in summary.bins
    )
    columns = ("Confidence", "Answers", "Mean", "Right")
    return Table(columns=columns, rows=rows, right=(1, 2, 3), bars=tuple(b.right for b in summary.bins))


def failure_text(verdict: Verdict) -> str:
    """One failure in a line: the message, what was wanted, what was found."""
    outcome, expect = verdict.outcome, verdict.expect
    parts = [f"“{verdict.text}”"]
    if not verdict.intent:
        parts.append(f"intent {outcome.intent} instead of {' or '.join(expect.intent)}")
    if not verdict.careers:
        parts.append(f"careers {_listed([c.slug for c in outcome.careers])} instead of {_wanted(expect.careers)}")
    if not verdict.places:
        parts.append(f"places {_listed(outcome.places)} instead of {_wanted(expect.places)}")
    if not verdict.skills:
        parts.append(f"skills {_listed(outcome.skills)} instead of {_wanted(expect.skills)}")
    return f"{'; '.join(parts)} ({outcome.confidence:.0%} sure)"


def _listed(names: Sequence[str]) -> str:
    return f"[{', '.join(names)}]"


def _wanted(lists: Sequence[Sequence[str]] | None) -> str:
    return _listed(["/".join(names) for names in lists or ()])


def summary_object(summary: Summary, *, failures: bool) -> dict[str, Any]:
    """The figures for machines; failures only where asked for."""
    found = asdict(summary)
    del found["failures"]
    if failures:
        found["failures"] = [
            {"id": v.id, "style": v.style, "text": v.text, "expect": v.expect.model_dump(), "found": asdict(v.outcome)}
            for v in summary.failures
        ]
    return found
