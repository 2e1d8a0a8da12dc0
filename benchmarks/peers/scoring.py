"""From what a system found to what it would have answered, and how right that is.

Careerbot decides for itself. For the others three thresholds decide (on the intent, on careers and on places, each on
the system's own scale), together with what the intents declare: an intent that takes no career gets none, and one that
needs a career is declined where none is found. The thresholds are those that give the best joint score on development
questions: on all of them for the held-out questions, on one half of them for the other half.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from adapters.evaluation import FoundCareer, Outcome, Verdict, judge
from adapters.labelled import Conversation
from benchmarks.peers.system import NONE, Found

SEED = 20
_STEPS, _ROUNDS = 40, 2


@dataclass(frozen=True)
class Limits:
    """Least scores for answering with an intent, a career, a place."""

    intent: float = float("-inf")
    career: float = float("-inf")
    place: float = float("-inf")


@dataclass(frozen=True)
class Judge:
    """What it takes to judge.

    Attributes:
        conversations: The labelled questions: first those of development, then the held-out ones.
        tuned: So many of them are development questions.
        needs: Intent → (least, most) careers.
        codes: Slug → O*NET-SOC code.
    """

    conversations: Sequence[Conversation]
    tuned: int
    needs: Mapping[str, tuple[int, int]]
    codes: Mapping[str, str]

    @property
    def heldout(self) -> list[int]:
        """Numbers of the held-out questions."""
        return list(range(self.tuned, len(self.conversations)))

    def halves(self) -> tuple[list[int], list[int]]:
        """Numbers of the development questions to calibrate on and to report, drawn with a fixed seed."""
        numbers = list(range(self.tuned))
        random.Random(SEED).shuffle(numbers)
        middle = len(numbers) // 2
        return sorted(numbers[:middle]), sorted(numbers[middle:])

    def verdicts(self, found: Mapping[int, Found], numbers: Iterable[int], limits: Limits | None) -> list[Verdict]:
        """Judge the answers with these numbers; without limits they are taken as they are."""
        judged = []
        for number in numbers:
            answer = found[number] if limits is None else decided(found[number], limits, self.needs)
            careers = tuple(FoundCareer(slug, self.codes[slug]) for slug, _ in answer.careers)
            outcome = Outcome(tuple(answer.intents), careers, tuple(name for name, _ in answer.places))
            conversation = self.conversations[number]
            judged.append(judge(conversation, conversation.turns[0], outcome))
        return judged

    def calibrated(self, found: Mapping[int, Found], numbers: Sequence[int]) -> Limits:
        """The limits with the best joint score on these questions, found one at a time, twice round."""
        scales = {
            "intent": [found[number].score for number in numbers],
            "career": [score for number in numbers for _, score in found[number].careers],
            "place": [score for number in numbers for _, score in found[number].places],
        }
        best, most = Limits(), -1.0
        for _ in range(_ROUNDS):
            for name, scores in scales.items():
                for limit in steps(scores):
                    tried = replace(best, **{name: limit})
                    score = share(joint(v) for v in self.verdicts(found, numbers, tried))
                    if score > most:
                        best, most = tried, score
        return best


def steps(scores: Sequence[float]) -> list[float]:
    """Limits to try: none, quantiles of the scores, and one above them all."""
    ordered = sorted(set(scores))
    if len(ordered) < 2:
        return [float("-inf")]
    return [float("-inf"), *(ordered[at * (len(ordered) - 1) // _STEPS] for at in range(_STEPS + 1)), float("inf")]


def decided(found: Found, limits: Limits, needs: Mapping[str, tuple[int, int]]) -> Found:
    """What is answered under the limits; empty intents = declined."""
    declined = Found([])
    if not found.intents or found.intents[0] == NONE or found.score < limits.intent:
        return declined
    least, most = needs[found.intents[0]]
    careers = [career for career in found.careers if career[1] >= limits.career][:most]
    if len(careers) < min(least, 1):
        return declined
    places = [place for place in found.places if place[1] >= limits.place]
    return replace(found, careers=careers, places=places)


def joint(verdict: Verdict) -> bool:
    """Intent, careers and places right, or rightly declined; skills aren't asked of the peers."""
    return verdict.intent and verdict.careers and verdict.places


def share(items: Iterable[Any]) -> float:
    """Share of true items; NaN of none."""
    listed = [bool(item) for item in items]
    return sum(listed) / len(listed) if listed else float("nan")


@dataclass(frozen=True)
class Score:
    """Shares from 0 to 1 on one set of questions.

    Attributes:
        intent: Right intent, or rightly declined.
        joint: That, and careers and places right.
        wrong: Of everything answered, answers that name a wrong career.
        declined: Out-of-scope questions that got no answer.
    """

    intent: float
    joint: float
    wrong: float
    declined: float


@dataclass(frozen=True)
class Row:
    """One system's figures.

    Attributes:
        heldout, development: Scores; the second of the half that thresholds weren't set on.
        p50, p99: Milliseconds a message, over all questions that it was asked.
        rate: Messages a second.
        build: Seconds from the material to ready.
        memory: Megabytes.
        asked: Of how many questions it was asked one ("every third").
        measured: ISO date.
        load: Load average of the machine when it began.
    """

    heldout: Score
    development: Score
    p50: float
    p99: float
    rate: float
    build: float
    memory: float
    asked: int
    measured: str
    load: float


def row(result: Mapping[str, Any], judging: Judge, *, own_decisions: bool) -> Row:
    """Score one system's result file; a question that it wasn't asked counts nowhere."""
    found = {number: Found(**answer) for number, answer in enumerate(result["found"]) if answer}
    first, second = ([number for number in half if number in found] for half in judging.halves())
    heldout = [number for number in judging.heldout if number in found]
    times = sorted(answer.milliseconds or 0.0 for answer in found.values())

    def score(calibrating: Sequence[int], reported: Sequence[int]) -> Score:
        limits = None if own_decisions else judging.calibrated(found, calibrating)
        return scored(judging.verdicts(found, reported, limits))

    return Row(
        heldout=score([*first, *second], heldout),
        development=score(first, second),
        p50=times[len(times) // 2],
        p99=times[int(len(times) * 0.99)],
        rate=1000 * len(times) / sum(times),
        build=result["build_seconds"],
        memory=result["megabytes"],
        asked=round(len(result["found"]) / len(found)),
        measured=result["measured"],
        load=result["load"],
    )


def scored(verdicts: Sequence[Verdict]) -> Score:
    """The shares."""
    answered = [verdict for verdict in verdicts if verdict.answered]
    outside = [verdict for verdict in verdicts if verdict.expect.intent == [NONE]]
    return Score(
        intent=share(v.intent for v in verdicts),
        joint=share(joint(v) for v in verdicts),
        wrong=share(v.wrong_career for v in answered),
        declined=share(not v.answered for v in outside),
    )
