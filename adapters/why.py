"""Why a message was understood as it was: which words matched what, the scores, the runner-up, what was inherited.

The explanation is a `Reply`, so that every platform can show it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot.core import Handled
from bot.features import MASKS, masked_words
from bot.query import Evidence, NotUnderstood, Query, Unclear
from bot.reply import Block, Bullet, Bullets, Chart, Fact, Facts, Heading, Note, Paragraph, Point, Reply, Table
from bot.understand import Understanding

_MOST_FEATURES = 6
_ALL_FEATURES = 1_000
_MOST_INTENTS = 4
_LOWEST_SHOWN = 0.005
"""Probability below which an intent isn't listed."""


def explanation(understanding: Understanding, handled: Handled, *, by_command: bool = False) -> Reply:
    """What the bot made of a message and why.

    Args:
        understanding: The one that read it.
        handled: The message and its answers.
        by_command: True where a command named the intent, so that nothing had to be weighed.
    """
    blocks: list[Block] = []
    for answer in handled.answers:
        reading = answer.reading
        match reading:
            case Query():
                blocks.append(Heading(text=f"Understood as: {reading.intent}"))
                blocks += [_facts(reading, by_command), *_evidence(reading.evidence)]
            case Unclear():
                blocks.append(Heading(text="Not clear: asked back"))
                blocks.append(Paragraph(text=reading.question))
                items = tuple(Bullet(text=choice.label) for choice in reading.choices)
                blocks += [Bullets(items=items)] if items else []
                blocks += _evidence(reading.evidence)
            case NotUnderstood():
                blocks.append(Heading(text="Not understood: declined"))
            case _:
                assert_never(reading)
        if by_command:
            blocks.append(Note(text="A command named the intent; its words were only looked up."))
        else:
            blocks += _wording(understanding, reading)
    if not blocks:
        blocks.append(Paragraph(text="There was nothing to answer in it."))
    return Reply(summary="How the message was understood.", blocks=tuple(blocks))


def _facts(query: Query, by_command: bool) -> Facts:
    items = [Fact(label="Question", value=query.text or "(the command alone)")]
    if not by_command:
        items.append(Fact(label="Confidence", value=_percent(query.confidence)))
        if query.runner_up:
            items.append(Fact(label="Runner-up", value=f"{query.runner_up}, {_percent(query.margin)} behind"))
    return Facts(items=(*items, *_slots(query)))


def _slots(query: Query) -> list[Fact]:
    """What went into the answer, named as the machine-readable answer names it."""
    values = (
        ("Careers", [f"{career.title} ({career.soc or career.slug})" for career in query.careers]),
        ("Places", [f"{place.name} ({place.kind}, {place.country})" for place in query.places]),
        ("Not in", [place.name for place in query.excluded_places]),
        ("Skills", [skill for skill in query.skills if skill not in query.interests]),
        ("Topics", list(query.topics)),
        ("Interests", list(query.interests)),
        ("Currency", [query.currency] if query.currency else []),
        ("Unknown places", list(query.unknown_places)),
    )
    return [Fact(label=label, value=", ".join(found)) for label, found in values if found]


def _evidence(evidence: Sequence[Evidence]) -> list[Block]:
    if not evidence:
        return [Paragraph(text="No name of a career, place or skill was found in it.")]
    rows = tuple(
        (e.words or "(the conversation)", f"{e.slot}: {e.matched}", "" if e.inherited else f"{e.score:.0f}")
        for e in evidence
    )
    return [Table(columns=("Words", "Taken for", "Match of 100"), rows=rows, right=(2,))]


def _wording(understanding: Understanding, reading: Query | Unclear | NotUnderstood) -> list[Block]:
    """What the words alone say, and which of them spoke for the intent that won."""
    spotted, _ = understanding.look_up(reading.text)
    if not spotted.tokens:
        return [Note(text="It holds no words to read.")]
    words = masked_words(spotted)
    classifier = understanding.classifier_of(reading.language)
    scores = classifier.scores(words)
    ranked = [pair for pair in scores.ranked[:_MOST_INTENTS] if pair[1] >= _LOWEST_SHOWN]
    points = tuple(Point(label=name, value=round(100 * p, 1), shown=_percent(p)) for name, p in ranked)
    blocks: list[Block] = [
        Heading(text="What the words alone say", level=2),
        Facts(items=(Fact(label="Read as", value=" ".join(_shown(word) for word in words)),)),
        Chart(title="Likeliest intents", points=points),
    ]
    intent = reading.intent if isinstance(reading, Query) else scores.best
    if intent in classifier.labels:
        weights: dict[str, float] = {}
        for name, weight in classifier.explain(words, intent, _ALL_FEATURES):
            text = feature_text(name, words)
            weights[text] = weights.get(text, 0.0) + weight
        heaviest = sorted(weights.items(), key=lambda pair: -pair[1])[:_MOST_FEATURES]
        told = tuple(Point(label=text, value=round(w, 2), shown=f"+{w:.2f}") for text, w in heaviest)
        if told:
            blocks.append(Chart(title=f"What spoke for {intent}", points=told))
    if isinstance(reading, Query) and scores.best != reading.intent:
        rule = "names alone and follow-ups are read by rule, from the conversation"
        blocks.append(Note(text=f"The words alone read as {scores.best}; {rule}."))
    return blocks


def feature_text(name: str, words: Sequence[str]) -> str:
    """A feature's name for people: "2 how xcareer" → "how ⟨career⟩"; pieces of a word are its spelling."""
    kind, space, rest = name.partition(" ")
    if kind in ("1", "2", "3", "s") and space:
        ends = {"<": "(start)", ">": "(end)"}
        return (" … " if kind == "s" else " ").join(ends.get(word, _shown(word)) for word in rest.split(" "))
    if kind == "n" and space:
        what, _, value = rest.partition(" ")
        return f"length: {value}" if what == "words" else f"{value} × {_shown(what)}"
    whole = next((word for word in words if name in f"_{word}_"), name.strip("_"))
    return f"spelling of “{whole}”"


def _shown(word: str) -> str:
    for slot, mask in MASKS.items():
        if word == mask:
            return f"⟨{slot}⟩"
    return word


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
