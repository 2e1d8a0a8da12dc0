"""What titles and headings are about: subjects, all the ways to name them, and finding them in a line of text.

A subject is something that can be learned: a skill of a career, a tool, a field. Its names come from `skills.tsv` (also
spotted in messages), `subjects.tsv` (known to the catalogue only), the careers' skills and O*NET's technologies.

A name may also be an everyday word. A *word* ("Presentation", "Lean") is meant in a title only where the heading above
it says so too or where the title says nothing else; a *name* that happens to be a word or letter ("Go", "R", "C") also
beside other subjects ("Data analysis in R"). Of overlapping names the longest wins, so that "SQL Server" is not SQL and
"Software architecture" says nothing of buildings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from knowledge.words import NEUTRAL, key_of, telling_words

MOST_WORDS = 6
"""The longest names that are looked for, in words."""

Ordinary = Literal["", "name", "word"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that can be learned.

    Attributes:
        name: As it is shown ("Kubernetes").
        names: Other names ("K8s").
        broader: Names of the subjects that it is a part of.
        ordinary: Whether its name is an everyday word too, and how ("word", "name", ""); its other names are not.
    """

    name: str
    names: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    ordinary: Ordinary = ""


@dataclass(frozen=True, slots=True)
class Find:
    """A subject found in a text: which, how many words name it, and whether only by an everyday word."""

    subject: int
    words: int
    ordinary: Ordinary


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text is about: the subjects that it names, and how many further words say something else."""

    finds: tuple[Find, ...]
    content: int
    neutral: int

    def means(self, find: Find, filed: Collection[int] = ()) -> bool:
        """Whether a subject found here is meant, given what the headings above name."""
        match find.ordinary:
            case "word":
                return find.subject in filed or find.words == self.content
            case "name":
                return find.subject in filed or self.unexplained == 0
        return True

    @property
    def unexplained(self) -> int:
        """Words that say something and belong to no subject that was found."""
        return self.content - sum(find.words for find in self.finds)


@dataclass(slots=True)
class Subjects:
    """All subjects by number, found in texts by any of their names."""

    all: list[Subject] = field(default_factory=list)
    _by_key: dict[str, tuple[int, Ordinary]] = field(default_factory=dict)
    _openers: dict[str, int] = field(default_factory=dict)

    def add(self, subject: Subject) -> int:
        """Take in a subject and return its number; names that mean another one already stay with that one."""
        key = key_of(subject.name)
        known = self._by_key.get(key)
        if known is not None and key_of(self.all[known[0]].name) == key:
            number = known[0]
        else:
            number = len(self.all)
            self.all.append(subject)
            self._enter(key, number, subject.ordinary)
        for name in subject.names:
            self._enter(key_of(name), number, "")
        return number

    def _enter(self, key: str, number: int, ordinary: Ordinary) -> None:
        size = key.count(" ") + 1
        if key and size <= MOST_WORDS:
            self._by_key.setdefault(key, (number, ordinary))
            opener = key.split(" ", 1)[0]
            self._openers[opener] = max(self._openers.get(opener, 0), size)

    def named(self, text: str) -> int | None:
        """The subject that a text as a whole is a name of."""
        found = self._by_key.get(key_of(text))
        return found[0] if found else None

    def keys(self) -> Iterable[tuple[str, int]]:
        """Every name's key with its subject's number."""
        return ((key, number) for key, (number, _) in self._by_key.items())

    def read(self, text: str) -> Reading:
        """The subjects named in a text, longest names first come, each once, and how much else the text says."""
        words = telling_words(text)
        finds: dict[int, Find] = {}
        content = neutral = at = 0
        while at < len(words):
            size, target = self._longest(words, at)
            if target is not None:
                number, ordinary = target
                content += size
                before = finds.get(number)
                finds[number] = Find(
                    number, size + (before.words if before else 0), "" if before and not before.ordinary else ordinary
                )
                at += size
                continue
            if words[at] in NEUTRAL or words[at].isdecimal():
                neutral += 1
            else:
                content += 1
            at += 1
        return Reading(tuple(finds.values()), content, neutral)

    def _longest(self, words: Sequence[str], at: int) -> tuple[int, tuple[int, Ordinary] | None]:
        for size in range(min(self._openers.get(words[at], 0), len(words) - at), 0, -1):
            target = self._by_key.get(" ".join(words[at : at + size]))
            if target is not None:
                return size, target
        return 0, None

    def broader(self) -> Mapping[int, tuple[int, ...]]:
        """The numbers of each subject's broader subjects, those that are known."""
        found = {}
        for number, subject in enumerate(self.all):
            wider = tuple(
                other for name in subject.broader if (other := self.named(name)) is not None and other != number
            )
            if wider:
                found[number] = wider
        return found
