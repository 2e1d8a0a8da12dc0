"""Detailed work activities as duties in plain British English.

A label such as "Resolve customer complaints or problems" is official shorthand. `content/duties.tsv` holds what we say
instead; a label that it lacks (a later release's) is put into our spelling by rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_SPELLING = (
    ("analyz", "analys"), ("color", "colour"), ("fiber", "fibre"), ("mold", "mould"), ("tires", "tyres"),
    ("labor ", "labour "), ("counseling", "counselling"), ("jewelry", "jewellery"), ("maneuver", "manoeuvre"),
    ("behavior", "behaviour"), ("center", "centre"), ("paneling", "panelling"), ("licenses", "licences"),
    ("organiz", "organis"), ("steriliz", "sterilis"), ("customiz", "customis"), ("specializ", "specialis"),
    ("authoriz", "authoris"), ("summariz", "summaris"), ("minimiz", "minimis"), ("immuniz", "immunis"),
    ("standardiz", "standardis"), ("computeriz", "computeris"), ("anesthe", "anaesthe"), ("archeolog", "archaeolog"),
    ("modeling", "modelling"), ("fulfillment", "fulfilment"), ("programs", "programmes"), ("inventories", "stocks"),
)  # fmt: skip
_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r", (and|or) ", r" \1 "),
        (r"\b(software|computer) programmes\b", r"\1 programs"),
        (r"\bindividuals\b", "people"),
        (r"\bpersonnel\b", "staff"),
        (r"\bpatrons\b", "guests"),
        (r"^advise others (?:on|about|regarding)\b", "advise on"),
        (r"^collaborate with\b", "work with"),
        (r"^confer with\b", "talk with"),
        (r"^assist\b", "help"),
        (r"\bregarding\b", "about"),
        (r"\bto determine (?:if|whether)\b", "to see whether"),
        (r"\bfoods\b", "food"),
    )
)


def duty(label: str, own: Mapping[str, str]) -> str:
    """A label as a duty: "Confer with managers" → "talk with managers" (no capital, no full stop).

    Args:
        label: The official label.
        own: Label → what we say.
    """
    if written := own.get(label):
        return written
    text = label[:1].lower() + label[1:].rstrip(". ")
    for american, british in _SPELLING:
        text = text.replace(american, british)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
