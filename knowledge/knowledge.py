"""The questions that one may ask of the knowledge base.

Handlers see this class and `knowledge.models`, never SQL. All methods are read-only and safe to call from
several tasks at once. An unknown slug or place id raises `UnknownIdentifier`: identifiers come from the spotter
or from earlier answers, so an unknown one is a bug and not a person's mistake.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from knowledge.models import (
    Career,
    EducationFacts,
    Name,
    Outlook,
    Pay,
    Place,
    RankedCareer,
    RankedPlace,
    RankedResource,
    Section,
    SkillOverlap,
    Source,
    Topic,
    Trait,
    WeightedSkill,
)


class UnknownIdentifier(LookupError):
    """Asked about a slug or id that this version of the knowledge base does not hold."""


class Knowledge:
    """A facade over one version of the knowledge database."""

    version: str

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open the database read-only; raises KnowledgeError (with what to do) if it is missing or broken."""
        raise NotImplementedError

    async def close(self) -> None:
        raise NotImplementedError

    async def names(self) -> list[Name]:
        """Everything the spotter looks for: career titles and aliases, places, skills, topics, currencies."""
        raise NotImplementedError

    # careers
    async def career(self, slug: str) -> Career:
        raise NotImplementedError

    async def careers(self, *, topic: str | None = None, depth: str | None = None) -> list[Career]:
        """All careers, or those of one topic; profiles first, then by title."""
        raise NotImplementedError

    async def topics(self) -> list[Topic]:
        raise NotImplementedError

    async def section(self, slug: str, name: str) -> Section | None:
        """A section of SECTIONS. An occupation without a profile gets one worded from its figures where the
        figures allow it (`generated_from` then names the sources), else None.
        """
        raise NotImplementedError

    async def skills(self, slug: str) -> list[WeightedSkill]:
        """The career's skills, most important first (a profile's own; else O*NET's, technologies included)."""
        raise NotImplementedError

    async def traits(self, slug: str) -> list[Trait]:
        raise NotImplementedError

    async def education(self, slug: str) -> EducationFacts:
        raise NotImplementedError

    async def outlook(self, slug: str) -> list[Outlook]:
        """Growth and openings, one row a source and country; empty where not published."""
        raise NotImplementedError

    # places
    async def place(self, place_id: str) -> Place:
        raise NotImplementedError

    # pay
    async def pay(self, slug: str, place_id: str) -> list[Pay]:
        """Figures for the place itself; if none, for the nearest area that contains it *within its metro area
        or state* (then `asked` is set, so that the answer can label it as the area's). A country's figure is
        never returned for a city: see `pay_nearby`. Empty where there is none. Best source first.
        """
        raise NotImplementedError

    async def pay_nearby(self, slug: str, place_id: str, limit: int = 5) -> list[Pay]:
        """What there is to offer when `pay` is empty: the country's figure, then cities of the same country by
        population.
        """
        raise NotImplementedError

    async def pay_everywhere(self, slug: str) -> list[Pay]:
        """All places with a figure, best known first: cities of a career page in the page's order, then
        countries, metro areas by employment, states.
        """
        raise NotImplementedError

    # computed
    async def similar(self, slug: str, limit: int = 8) -> list[tuple[Career, SkillOverlap]]:
        """Nearest careers by weighted skill overlap (rare skills count more), named relations added."""
        raise NotImplementedError

    async def overlap(self, slug: str, target: str) -> SkillOverlap:
        """How far the skills of `slug` carry into `target`; `missing` = what target needs and slug lacks."""
        raise NotImplementedError

    async def match(
        self,
        *,
        skills: Sequence[str] = (),
        interests: Sequence[str] = (),
        limit: int = 8,
        topic: str | None = None,
        without_degree: bool = False,
    ) -> list[RankedCareer]:
        """Careers whose weighted skills cover the given ones (value 0 to 1, reasons name the shared skills).
        `interests` are free words ("animals", "working with kids", "drawing"): they are matched against skills,
        topics and RIASEC keywords of the project's own.
        """
        raise NotImplementedError

    async def rank_careers(
        self,
        *,
        by: str,
        place_id: str | None = None,
        topic: str | None = None,
        at_least: float | None = None,
        at_most: float | None = None,
        without_degree: bool = False,
        ascending: bool = False,
        limit: int = 10,
    ) -> list[RankedCareer]:
        """By = "pay" (median a year in the place, United States where None), "growth" (percent), "openings",
        "preparation" (job zone, ascending = easiest to enter).
        """
        raise NotImplementedError

    async def rank_places(
        self,
        slug: str,
        *,
        within: str | None = None,
        kind: str | None = None,
        ascending: bool = False,
        limit: int = 10,
    ) -> list[RankedPlace]:
        """Places by the career's median; compared within one source and currency unless only a page's
        figures exist. `within` = a country or state id; `kind` = "city", "metro", "state", "country".
        """
        raise NotImplementedError

    # catalogue
    async def courses(
        self,
        *,
        career: str | None = None,
        topic: str | None = None,
        level: str | None = None,
        language: str | None = None,
        free: bool | None = None,
        limit: int = 5,
    ) -> list[RankedResource]:
        """Courses for a career (by its skills) or for free words of a topic or skill; most relevant first."""
        raise NotImplementedError

    async def books(
        self,
        *,
        career: str | None = None,
        topic: str | None = None,
        language: str | None = None,
        limit: int = 5,
    ) -> list[RankedResource]:
        raise NotImplementedError

    # provenance
    async def sources(self) -> list[Source]:
        raise NotImplementedError

    async def counts(self) -> dict[str, int]:
        """How much there is: careers, profiles, figures, places, courses, books."""
        raise NotImplementedError
