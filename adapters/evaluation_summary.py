"""All judged answers in figures: shares, groups, confusions, calibration, and the floors that they must hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from adapters.evaluation import MULTI, NONE, Verdict
from adapters.labelled import LabelError

BINS = 10


@dataclass(frozen=True, slots=True)
class Group:
    """The turns of one intent or style."""

    name: str
    turns: int
    intent: float
    right: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of similar confidence: how sure the bot was on average, and how often it was right."""

    low: float
    high: float
    turns: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Summary:
    """All that is reported.

    Attributes:
        turns: Messages judged; `outside` of them are out of scope, `answered` got an answer.
        joint: Share of turns where all that is checked is right.
        intent, careers, places, skills: Share where that part is right, among those that check it.
        refused: Share of out-of-scope turns that were declined.
        right_career: Share of answered turns without a wrong career (1 − the wrong-career rate).
        both: Share of multi turns with several listed intents where all of them were answered.
        calibration_error: Mean distance between confidence and accuracy over the bins, weighted by turns.
    """

    turns: int
    outside: int
    answered: int
    joint: float
    intent: float
    careers: float
    places: float
    skills: float
    refused: float
    right_career: float
    both: float
    calibration_error: float
    median_milliseconds: float
    slowest_milliseconds: float
    intents: tuple[Group, ...]
    styles: tuple[Group, ...]
    confusions: tuple[tuple[str, str, int], ...]
    bins: tuple[Bin, ...]
    failures: tuple[Verdict, ...] = field(repr=False)


def summarise(verdicts: Sequence[Verdict]) -> Summary:
    """The figures of all judged turns (at least one)."""
    outside = [v for v in verdicts if v.expect.intent == [NONE]]
    answered = [v for v in verdicts if v.answered]
    pairs = [v for v in verdicts if v.style == MULTI and len(v.expect.intent) > 1]
    bins = _bins(answered)
    times = sorted(v.outcome.milliseconds for v in verdicts)
    confusions = Counter((v.expect.intent[0], v.outcome.intent) for v in verdicts if not v.intent)
    return Summary(
        turns=len(verdicts), outside=len(outside), answered=len(answered),
        joint=_share(v.right for v in verdicts), intent=_share(v.intent for v in verdicts),
        careers=_share(v.careers for v in verdicts if v.expect.careers is not None),
        places=_share(v.places for v in verdicts if v.expect.places is not None),
        skills=_share(v.skills for v in verdicts if v.expect.skills is not None),
        refused=_share(not v.answered for v in outside), right_career=_share(not v.wrong_career for v in answered),
        both=_share(set(v.expect.intent) <= set(v.outcome.intents) for v in pairs),
        calibration_error=sum(b.turns * abs(b.confidence - b.right) for b in bins) / max(len(answered), 1),
        median_milliseconds=times[len(times) // 2], slowest_milliseconds=times[-1],
        intents=_groups(verdicts, lambda v: v.expect.intent[0]), styles=_groups(verdicts, lambda v: v.style),
        confusions=tuple((a, b, n) for (a, b), n in sorted(confusions.items(), key=lambda e: (-e[1], e[0]))),
        bins=bins, failures=tuple(v for v in verdicts if not v.right),
    )  # fmt: skip


def _share(values: Iterable[bool]) -> float:
    """Share of true values; 1 where there are none, so that nothing unchecked counts as a fault."""
    taken = list(values)
    return sum(taken) / len(taken) if taken else 1.0


def _groups(verdicts: Sequence[Verdict], key: Callable[[Verdict], str]) -> tuple[Group, ...]:
    of_key: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        of_key.setdefault(key(verdict), []).append(verdict)
    return tuple(
        Group(name, len(group), _share(v.intent for v in group), _share(v.right for v in group))
        for name, group in sorted(of_key.items())
    )


def _bins(answered: Sequence[Verdict]) -> tuple[Bin, ...]:
    of_bin: dict[int, list[Verdict]] = {}
    for verdict in answered:
        of_bin.setdefault(min(int(verdict.outcome.confidence * BINS), BINS - 1), []).append(verdict)
    return tuple(
        Bin(
            number / BINS, (number + 1) / BINS, len(group), sum(v.outcome.confidence for v in group) / len(group),
            _share(v.right for v in group),
        )
        for number, group in sorted(of_bin.items())
    )  # fmt: skip


FLOORS = ("joint", "intent", "careers", "places", "skills", "refused", "right_career", "both")
"""What a floor file may hold, beside "intents.<name>" and "styles.<name>" for one group's joint accuracy."""


def below_floor(summary: Summary, floor: dict[str, float]) -> list[str]:
    """What is below its least value, in words; raises LabelError for a name that is no measure."""
    groups = {f"intents.{group.name}": group.right for group in summary.intents}
    groups |= {f"styles.{group.name}": group.right for group in summary.styles}
    missed: list[str] = []
    for name, least in floor.items():
        if name in FLOORS:
            value = float(getattr(summary, name))
        elif name in groups:
            value = groups[name]
        else:
            raise LabelError(f"{name!r} is no measure; known are {', '.join(FLOORS)}, intents.<name>, styles.<name>")
        if value < least:
            missed.append(f"{name} is {value:.3f}, below its floor of {least:.3f}")
    return missed
