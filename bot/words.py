"""The words of all names, of the questions and of ordinary English: what a misspelt word may have been meant for.

A deletion neighbourhood (Garbe's symmetric delete, on the first eight letters) finds the few known words within one or
two edits of an unknown one; `bot.gazetteer` decides between them.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Container, Iterable, Mapping
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from knowledge.models import Name

PREFIX = 8
CAREER, PLACE, SUBJECT, WORDING, FOREIGN, WELL_KNOWN, ORDINARY = 1, 2, 4, 8, 16, 32, 64
"""Bits of a word: part of a title, of a place's name, of a skill or topic; used in questions; part of a foreign title;
part of the name of a country, a state or a large city; ordinary English and nothing else."""
_BIT_OF_KIND = {"career": CAREER, "place": PLACE}
_DOUBLED = 9
"""A word that is used twice as often is so much likelier: five hundred times is as likely as an everyday title."""
_LARGE_PLACE = 300_000
_WELL_KNOWN_TITLE = 80.0
_SHORTEST_LOOKALIKE, _MOST_LOOKALIKES = 5, 4
_SHORTEST_SLIP, _LEAST_OF_ITS_OWN = 6, 60.0
_DOUBLED_LETTER = re.compile(r"(.)\1")


def word_table(
    names: Iterable[tuple[Name, str]], wording: Mapping[str, int], english: Iterable[str], most: int
) -> tuple[dict[str, int], dict[str, int]]:
    """Bits of each word, and how likely it is meant.

    That is 0 to 100: titles by weight, places by how many live there, the questions' wording by how often it is used.

    Args:
        names: All names, each with its stems joined by spaces; those of more than `most` words are left out.
        wording: Stems that questions use, with how often.
        english: Stems of ordinary words.
        most: Words of the longest name that is looked up.
    """
    bits: dict[str, int] = {}
    strength: dict[str, int] = {}
    for name, spaced in names:
        if spaced.count(" ") >= most:
            continue
        foreign = name.is_foreign and name.kind == "career"
        bit = FOREIGN if foreign else _BIT_OF_KIND.get(name.kind, SUBJECT)
        if name.kind == "place" and name.weight >= _LARGE_PLACE and not name.is_foreign:
            bit |= WELL_KNOWN
        likely = {"career": int(name.weight), "place": _fame(name.weight)}.get(name.kind, 0)
        for word in spaced.split():
            bits[word] = bits.get(word, 0) | bit
            strength[word] = max(strength.get(word, 0), likely)
    for word, count in wording.items():
        bits[word] = bits.get(word, 0) | WORDING
        strength[word] = max(strength.get(word, 0), int(min(90.0, _DOUBLED * math.log2(count))))
    for word in english:
        bits.setdefault(word, ORDINARY)
    return bits, strength


def allowed_edits(length: int) -> int:
    """How many edits a word of this length may be away: none below 4 letters, 1 below 7, else 2."""
    if length < 4:
        return 0
    return 1 if length < 7 else 2


def deletes(word: str, edits: int) -> set[str]:
    """The word's prefix and everything left of it after up to `edits` deletions."""
    found = {word[:PREFIX]}
    layer = found
    for _ in range(edits):
        layer = {entry[:i] + entry[i + 1 :] for entry in layer for i in range(len(entry))}
        found = found | layer
    return found


def _fame(population: float) -> int:
    """How likely a place is meant, on the scale of titles' weights: a million people 50, ten million 75."""
    return int(min(90.0, max(0.0, (math.log10(max(population, 1.0)) - 4) * 25)))


def lookalikes(rare: Iterable[str], domain: dict[str, int], strength: dict[str, int]) -> dict[str, tuple[str, ...]]:
    """Ordinary words that are one edit away from a word of a well-known title or place."""
    words = sorted(
        word
        for word, bits in domain.items()
        if len(word) >= _SHORTEST_LOOKALIKE
        and word.isalpha()
        and ((bits & CAREER and strength.get(word, 0) >= _WELL_KNOWN_TITLE) or bits & WELL_KNOWN)
    )
    near: dict[str, list[str]] = {}
    for word in words:
        for left in _one_letter_less(word):
            near.setdefault(left, []).append(word)
    found: dict[str, tuple[str, ...]] = {}
    for word in rare:
        if len(word) < _SHORTEST_LOOKALIKE or not word.isalpha():
            continue
        close = {candidate for left in _one_letter_less(word) for candidate in near.get(left, ())}
        # A slip seldom hits the first letter: a "drain fitter" fits no trains.
        same = [candidate for candidate in close if candidate[0] == word[0]]
        if meant := sorted(candidate for candidate in same if OSA.distance(word, candidate, score_cutoff=1) == 1):
            found[word] = tuple(meant[:_MOST_LOOKALIKES])
    return found


def slips(names: Iterable[Name], ordinary: Container[str]) -> frozenset[str]:
    """Titles of one word that are an everyday one with a letter doubled, and no word otherwise: "plumbber", "plumbeer".

    Lists of alternate titles hold such; whoever types them means the everyday title.

    Args:
        names: All names.
        ordinary: Stems of English words, rare ones as well.
    """
    titles: dict[str, float] = {}
    for name in names:
        if name.kind == "career" and not name.is_foreign and (text := name.text.lower()).isalpha():
            titles[text] = max(titles.get(text, 0.0), name.weight)
    everyday = {_DOUBLED_LETTER.sub(r"\1", text) for text, weight in titles.items() if weight >= _WELL_KNOWN_TITLE}
    return frozenset(
        text
        for text, weight in titles.items()
        if weight < _LEAST_OF_ITS_OWN
        and len(text) >= _SHORTEST_SLIP
        and text not in ordinary
        and (once := _DOUBLED_LETTER.sub(r"\1", text)) != text
        and once in everyday
    )


def _one_letter_less(word: str) -> set[str]:
    """The word and what is left of it without one of its letters: two words one edit apart share one of these."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def neighbourhood(words: list[str]) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Hashes of what is left of each word after deletions, ascending, and the number of the word of each."""
    hashes, owners = io.BytesIO(), io.BytesIO()
    for number, word in enumerate(words):
        edits = allowed_edits(len(word) + 1)
        if not edits or not word.isalpha():
            continue
        # A word one letter longer than this one may look for it with two edits, so index as if it were longer.
        found = np.fromiter((crc32(entry.encode()) for entry in deletes(word, edits)), np.uint32)
        hashes.write(found.tobytes())
        owners.write(np.full(len(found), number, np.int32).tobytes())
    hash_array = np.frombuffer(hashes.getvalue(), np.uint32)
    owner_array = np.frombuffer(owners.getvalue(), np.int32)
    order = np.argsort(hash_array, kind="stable")
    return hash_array[order], owner_array[order]
