"""Many texts in little memory: one piece of UTF-8, each decoded when it is asked for.

As a list of strings the names take four times as much: each string has a head of fifty bytes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import overload
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_SEPARATOR = "\n"
_BLOCK = 16
"""Every so many texts in order, one is kept as a string to find the others by."""
_REMEMBERED = 8192
"""Of so many it is remembered where they stand: most messages are made of the same words."""


class Texts(Sequence[str]):
    """Texts without line breaks, by number."""

    def __init__(self, packed: NDArray[np.generic]) -> None:
        """`packed`: as `pack` makes it."""
        self.data = packed.tobytes()
        ends = np.flatnonzero(np.frombuffer(self.data, np.uint8) == ord(_SEPARATOR)).astype(np.uint32)
        # Each ends before a separator, the last before the end.
        self.starts = array("I", [0])
        self.starts.frombytes((ends + np.uint32(1)).tobytes())
        if self.data:
            self.starts.append(len(self.data) + 1)

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        if at < 0:
            raise IndexError(at)
        starts = self.starts  # past the last it raises by itself
        return self.data[starts[at] : starts[at + 1] - 1].decode()

    def packed(self) -> NDArray[np.uint8]:
        """The texts as one array, for saving."""
        return np.frombuffer(self.data, np.uint8)


class SortedTexts(Texts):
    """Texts in their order, looked up by how they begin: a microsecond or two where it hasn't been asked lately."""

    def __init__(self, packed: NDArray[np.generic]) -> None:
        """`packed`: as `pack` makes it, from texts in order."""
        super().__init__(packed)
        self._firsts = [self[at] for at in range(0, len(self), _BLOCK)]
        self.place = lru_cache(_REMEMBERED)(self._place)

    def holds(self, text: str) -> bool:
        """Whether a text is among them."""
        at = self.place(text)
        return at < len(self) and self[at] == text

    def begins(self, text: str) -> bool:
        """Whether one of them begins so."""
        at = self.place(text)
        if at >= len(self):
            return False
        start = self.starts[at]
        return self.data.startswith(text.encode(), start, self.starts[at + 1] - 1)

    def _place(self, text: str) -> int:
        """Where a text stands, or would stand."""
        if not self._firsts:
            return 0
        first = max(0, bisect_right(self._firsts, text) - 1) * _BLOCK
        end = self.starts[min(first + _BLOCK, len(self))] - 1
        return first + bisect_left(self.data[self.starts[first] : end].decode().split(_SEPARATOR), text)


class Vocabulary:
    """Texts that are looked up by their letters: an open-addressed hash table over `Texts`, half a microsecond a look.

    A dictionary is faster, and takes six times the memory.
    """

    def __init__(self, texts: Texts, slots: NDArray[np.generic]) -> None:
        """`slots`: as `of` makes them."""
        self.texts = texts
        self._slots, self._last = array("i", slots.tobytes()), len(slots) - 1

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def slots(self) -> NDArray[np.int32]:
        """The hash table, for saving."""
        return np.frombuffer(self._slots, np.int32)

    def number(self, text: str) -> int | None:
        """The number of a text, None for one that isn't there."""
        found = self.numbers((text,))
        return found[0] if found else None

    def numbers(self, texts: Iterable[str]) -> list[int]:
        """The numbers of those texts that are there."""
        data, starts, slots, last = self.texts.data, self.texts.starts, self._slots, self._last
        found: list[int] = []
        for text in texts:
            wanted = text.encode()
            at = crc32(wanted) & last
            while (number := slots[at]) >= 0:
                if data[starts[number] : starts[number + 1] - 1] == wanted:
                    found.append(number)
                    break
                at = (at + 1) & last
        return found

    @classmethod
    def of(cls, texts: Iterable[str]) -> Vocabulary:
        """Texts without line breaks, numbered in their order."""
        held = Texts(pack(texts))
        size = 2
        while size < 1.5 * len(held):
            size *= 2
        slots = np.full(size, -1, np.int32)
        for number, text in enumerate(held):
            at = crc32(text.encode()) & (size - 1)
            while slots[at] >= 0:
                at = (at + 1) & (size - 1)
            slots[at] = number
        return cls(held, slots)


def pack(texts: Iterable[str]) -> NDArray[np.uint8]:
    """Texts without line breaks as one array."""
    return np.frombuffer(_SEPARATOR.join(texts).encode(), np.uint8)


def unpack(packed: NDArray[np.generic]) -> list[str]:
    """The inverse of `pack`, as strings: for texts that are looked up."""
    text = packed.tobytes().decode()
    return text.split(_SEPARATOR) if text else []
