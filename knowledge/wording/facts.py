"""What is known of an occupation that nobody has written up: all that its sections are worded from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from knowledge.models import Career, EducationFacts, Outlook
from knowledge.wording.language import pick, varied


class Phrases:
    """Our words for what occupations are rated on, in variants."""

    def __init__(self, rows: Iterable[tuple[str, str, str, str, str]]) -> None:
        self._texts: dict[tuple[str, str, str, str], list[str]] = {}
        for kind, name, use, groups, text in rows:
            for group in groups.split() or [""]:
                self._texts.setdefault((kind, name, use, group), []).append(text)

    def all(self, kind: str, name: str, use: str, group: str = "") -> list[str]:
        """All variants: those for a major group of the classification where there are any, else those for all."""
        return self._texts.get((kind, name, use, group)) or self._texts.get((kind, name, use, ""), [])

    def one(self, kind: str, name: str, use: str, group: str = "") -> str:
        """The first variant, or ""."""
        return next(iter(self.all(kind, name, use, group)), "")

    def noun(self, kind: str, name: str, group: str = "") -> str:
        """What a rated element is called in a sentence; the official name in lower case where we have none."""
        return self.one(kind, name, "noun", group) or name.lower()


@dataclass(frozen=True, slots=True)
class Contrast:
    """Something rated far above or below what is usual.

    Attributes:
        kind: "skill", "knowledge", "activity", "ability" or "work_style".
        name: The official element.
        weight, average: This occupation's rating and all occupations' (0 to 100; work styles −3 to 3).
    """

    kind: str
    name: str
    weight: float
    average: float


@dataclass(frozen=True, slots=True)
class Program:
    """A program that vacancies name: its name, what it is for ("spreadsheets"), how telling it is of the occupation."""

    name: str
    purpose: str
    telling: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A related career and how it is called in a sentence, in the plural."""

    career: Career
    many: str


@dataclass(frozen=True, slots=True)
class Group:
    """The occupations around one that has no ratings of its own.

    Attributes:
        noun: What the major group is called ("production occupations").
        members: Neighbours in the classification, in the plural.
        parts: Specialities that share its six-digit code.
        duties: Duties that several of them share, commonest first.
        knowledge, skills: Official elements that they are rated highest on.
    """

    noun: str = ""
    members: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one occupation, the most important of each kind first.

    Attributes:
        many: How its people are called in a sentence: "crane and tower operators".
        source: Id of the source of ratings, duties, tools and traits.
        called: Titles in use, in the singular.
        duties: Verbs first, no capital: "move loads with cranes".
        tools: Tools, machines and instruments.
        programs: Software, most telling first.
        ratings: Kind → official elements by weight.
        high, low: Kind → what is rated far above or below the average, farthest first.
        interests, values: (official name, rating), highest first.
        styles: Work styles that set it apart, most distinctive first.
    """

    career: Career
    many: str
    phrases: Phrases
    source: str
    called: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    programs: tuple[Program, ...] = ()
    ratings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    high: Mapping[str, tuple[Contrast, ...]] = field(default_factory=dict)
    low: Mapping[str, tuple[Contrast, ...]] = field(default_factory=dict)
    interests: tuple[tuple[str, float], ...] = ()
    values: tuple[tuple[str, float], ...] = ()
    styles: tuple[str, ...] = ()
    education: EducationFacts = field(default_factory=EducationFacts)
    outlook: tuple[Outlook, ...] = ()
    related: tuple[Neighbour, ...] = ()
    group: Group = Group()

    @property
    def code(self) -> str:
        """What our choice between formulations depends on."""
        return self.career.soc or self.career.slug

    @property
    def major(self) -> str:
        """The major group of the classification: "53" for transport."""
        return self.career.soc[:2]

    @property
    def residual(self) -> bool:
        """Whether it is a group of all that has no code of its own ("Engineers, All Other")."""
        return "All Other" in self.career.plural

    def said(self, kind: str, names: Iterable[str], use: str) -> list[str]:
        """What we say of elements for a use, in this occupation's variants; those that we say nothing of left out."""
        texts = ((name, self.phrases.all(kind, name, use, self.major)) for name in names)
        return list(dict.fromkeys(pick(self.code, f"{use} {name}", found) for name, found in texts if found))

    def above(self, kind: str) -> list[str]:
        """The official elements of a kind that are rated far above the average, farthest first."""
        return [contrast.name for contrast in self.high.get(kind, ())]

    def nouns(self, kind: str, count: int, *, telling: bool = True) -> list[str]:
        """Our words for the leading elements of a kind: those far above the average first, then the heaviest."""
        above = self.above(kind) if telling else []
        names = dict.fromkeys([*above, *self.ratings.get(kind, ())])
        return varied([self.phrases.noun(kind, name, self.major) for name in list(names)[: count + 2]])[:count]

    def lows(self, kind: str, count: int) -> list[str]:
        """Our words for what matters much less than usual."""
        names = [contrast.name for contrast in self.low.get(kind, ())]
        return varied([self.phrases.one(kind, name, "rare") or self.phrases.noun(kind, name) for name in names], 0.4)[
            :count
        ]
