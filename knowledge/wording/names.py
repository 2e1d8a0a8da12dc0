"""Names of tools and programs as they are said: the release writes "Structured query language SQL"."""

from __future__ import annotations

import re

_ABBREVIATION = re.compile(r"^[A-Z][A-Z0-9]{1,5}$")
_INNER = re.compile(r"[A-Z].*[A-Z]|\d")
_NAMED = frozenset(
    "Doppler Geiger Bunsen Allen Phillips Petri Erlenmeyer Wood's Braille Kelly Foley Vernier Teflon Bourdon Kjeldahl"
    " Rockwell Brinell Snellen Hoyer Jacob's".split()
)


_PROGRAMS = frozenset(
    "Salesforce Blackboard Ansible Yardi Workday Alteryx Procore Shopify Informatica Perforce Compris Tanium"
    " Wonderware"
    " Gaussian Fleetware Moodle Canvas Terraform Kubernetes Docker Jenkins Splunk Oracle Slack Zoom".split()
)
"""Programs whose single name looks like an ordinary word."""


def tool_name(name: str) -> str:
    """A tool in the plural, lower case, without the abbreviation that repeats it: "All terrain vehicles ATV"."""
    words = name.split()
    kept = [word for at, word in enumerate(words) if not (at and _repeats(word, words[:at], least=1))]
    return " ".join(word if _INNER.search(word) or word in _NAMED else word[:1].lower() + word[1:] for word in kept)


def program_name(name: str) -> str:
    """A program as people call it: "Structured query language SQL" → "SQL", "ESRI ArcGIS software" → "ESRI ArcGIS"."""
    words = name.split()
    for at, word in enumerate(words):
        if at and _repeats(word, words[:at]):
            if at == len(words) - 1:
                return word
            words = [*words[:at], *words[at + 1 :]]
            break
    words = _without_vendor(words)
    text = " ".join(words)
    generic = not any(word[:1].isupper() or _INNER.search(word) for word in words[1:])
    text = text.replace("omputer aided", "omputer-aided")
    if generic and words[-1] == "software" and len(words) > 1 and words[0] not in _PROGRAMS:
        return text.removesuffix(" software") if _INNER.search(words[0]) else text[:1].lower() + text[1:]
    return text.removesuffix(" software")


def _without_vendor(words: list[str]) -> list[str]:
    """What stands before a name's second mention goes: "Acclaim Legal Acclaim DepoManage" → "Acclaim DepoManage"."""
    for at in range(len(words) - 1, 0, -1):
        if words[at] in words[:at]:
            return words[at:]
    return words


def _repeats(word: str, before: list[str], least: int = 2) -> bool:
    """Whether a word abbreviates at least so many words before it: all its letters stand in them in order."""
    if not _ABBREVIATION.match(word) or len(before) < least:
        return False
    if least > 1 and len(before) < len(word) - 2:
        return False
    letters = iter("".join(before).upper())
    return all(letter in letters for letter in word)
