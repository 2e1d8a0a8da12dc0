"""Texts in one piece of memory: what comes out is what went in, and what isn't there isn't found."""

from __future__ import annotations

from bisect import bisect_left

import pytest

from bot.texts import SortedTexts, Texts, Vocabulary, pack, unpack


@pytest.mark.parametrize("texts", [[], ["one"], ["one", "", "krankenschwester", "médecin", "今日は"], ["", "x"]])
def test_packed_texts_come_out_as_they_went_in(texts: list[str]) -> None:
    """By number, by slice and as a list; also empty ones and those of other alphabets."""
    held = Texts(pack(texts))
    assert list(held) == held[:] == unpack(held.packed()) == texts
    assert len(held) == len(texts)
    with pytest.raises(IndexError):
        _ = held[len(texts)]


def test_a_vocabulary_finds_its_texts_and_no_others() -> None:
    """Each by its number, also where hashes meet; a text that isn't there has none."""
    texts = [f"word {number}" for number in range(5_000)] + ["médecin", ""]
    vocabulary = Vocabulary.of(texts)
    loaded = Vocabulary(Texts(vocabulary.texts.packed()), vocabulary.slots)
    assert [loaded.number(text) for text in texts] == list(range(len(texts)))
    assert loaded.numbers(["word 7", "word 5000", "médecin", "word"]) == [7, 5_000]
    assert Vocabulary.of([]).number("word") is None


@pytest.mark.parametrize("count", [0, 1, 15, 16, 17, 100])
def test_sorted_texts_are_found_where_they_stand(count: int) -> None:
    """Each where it is, others where they would be, however many there are."""
    texts = sorted(f"{number * 7919 % 1000:03} é" for number in range(count))
    held = SortedTexts(pack(texts))
    for wanted in [*texts, "", "5", "500", "999", "~", *(text[:2] for text in texts)]:
        assert held.place(wanted) == bisect_left(texts, wanted)
