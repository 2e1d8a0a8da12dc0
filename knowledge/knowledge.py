"""The questions that one may ask of the knowledge base.

Handlers see this class and `knowledge.models`, never SQL. All methods are read-only and safe to call from several
tasks at once. An unknown slug or place id raises `UnknownIdentifier`: identifiers come from the spotter or from earlier
answers, so an unknown one is a bug and not a person's mistake.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Self

from knowledge.interests import Interests
from knowledge.matching import Matching
from knowledge.models import (
    Career,
    EducationFacts,
    EducationShare,
    Name,
    Outlook,
    Pay,
    Place,
    RankedCareer,
    RankedResource,
    Section,
    SkillOverlap,
    Source,
    Topic,
    Trait,
    WeightedSkill,
)
from knowledge.occupations import Occupations
from knowledge.overlap import ALONE, Vector, compare
from knowledge.pay import PayQuestions
from knowledge.ranking import rank_by_figures
from knowledge.rates import CentralBankRates
from knowledge.search import Catalogue, Wanted
from knowledge.store import CAREER_COLUMNS, KnowledgeError, Store, career_of
from knowledge.wording import word

__all__ = ["Knowledge", "KnowledgeError", "UnknownIdentifier"]

UNITED_STATES = "country:US"
_MOST_OVERLAPS = 300
"""Overlaps of two careers that are kept, some 20 kB each: computing one takes half a millisecond."""


class UnknownIdentifier(LookupError):
    """Asked about a slug or id that this version of the knowledge base does not hold."""


class Knowledge:
    """A facade over one version of the knowledge database."""

    def __init__(self, store: Store, interests: Interests) -> None:
        self._store = store
        self._pay = PayQuestions(store)
        self._catalogue = Catalogue(store)
        self._matching = Matching(store, interests)
        self._occupations = Occupations(store)
        self._overlaps: dict[tuple[str, str], SkillOverlap] = {}
        self.version = store.meta.get("version", "")

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open the database read-only; raises KnowledgeError (with what to do) if it is missing or broken."""
        store = await Store.open(path)
        rows = await store.rows("SELECT words, skills, topics, letters FROM interests")
        return cls(store, Interests(rows))

    async def close(self) -> None:
        """Let go of the database."""
        await self._store.close()

    async def names(self) -> list[Name]:
        """Everything the spotter looks for: career titles and aliases, places, skills, topics."""
        rows = await self._store.rows("SELECT kind, text, target, weight, languages FROM names")
        return [
            Name.model_construct(kind=kind, text=text, target=target, weight=weight, languages=languages)
            for kind, text, target, weight, languages in rows
        ]

    # careers

    async def career(self, slug: str) -> Career:
        """A career by its slug."""
        found = await self._store.careers([slug])
        if slug not in found:
            raise UnknownIdentifier(f"no career {slug!r} in knowledge {self.version}")
        return found[slug]

    async def careers(self, *, topic: str | None = None, depth: str | None = None) -> list[Career]:
        """All careers, or those of one topic; profiles first, then by title."""
        rows = await self._store.rows(
            f"SELECT {CAREER_COLUMNS} FROM careers WHERE (:depth IS NULL OR depth = :depth)"  # noqa: S608 - our own names
            " AND (:topic IS NULL OR slug IN"
            " (SELECT slug FROM career_topics WHERE topic = :topic)) ORDER BY depth = 'occupation', title",
            {"topic": topic, "depth": depth},
        )
        return [career_of(row) for row in rows]

    async def topics(self) -> list[Topic]:
        """The topics that have careers, most careers first."""
        rows = await self._store.rows(
            "SELECT topics.id, topics.title, count(*) FROM topics JOIN career_topics ON topic = topics.id"
            " GROUP BY topics.id ORDER BY count(*) DESC, topics.title"
        )
        return [Topic(id=row[0], title=row[1], careers=row[2]) for row in rows]

    async def section(self, slug: str, name: str) -> Section | None:
        """A section of models.SECTIONS: as a person wrote it, else worded from figures, else None."""
        row = await self._store.row("SELECT body FROM sections WHERE slug = ? AND name = ?", (slug, name))
        if row is not None:
            return Section.model_validate_json(row[0])
        career = await self.career(slug)
        if career.depth == "profile":
            return None
        return await self._worded(career, name)

    async def _worded(self, career: Career, name: str) -> Section | None:
        slug = career.slug
        facts = await self._occupations.facts(
            career, await self.education(slug), await self.outlook(slug), await self.related(slug)
        )
        return word(name, facts)

    async def activities(self, slug: str) -> list[str]:
        """What people in the career do, most typical first ("move loads with cranes"); empty where not known."""
        return await self._occupations.duties(slug)

    async def skills(self, slug: str) -> list[WeightedSkill]:
        """The career's skills, most important first (a profile's own; else O*NET's, technologies included)."""
        for table in ("skills", "occupation_skills"):
            rows = await self._store.rows(
                f"SELECT name, weight, kind FROM {table} WHERE slug = ? AND kind NOT IN ('activity', 'ability')"  # noqa: S608
                " ORDER BY weight DESC, name",
                (slug,),
            )
            if rows:
                return [WeightedSkill.model_construct(name=row[0], weight=row[1], kind=row[2]) for row in rows]
        return []

    async def technologies(self, slug: str, limit: int = 10) -> list[str]:
        """Tools that the official occupation's vacancies name most, best first."""
        rows = await self._store.rows(
            "SELECT name FROM occupation_skills WHERE slug = ? AND kind = 'technology'"
            " ORDER BY weight DESC, name LIMIT ?",
            (slug, limit),
        )
        return [row[0] for row in rows]

    async def related(self, slug: str) -> list[Career]:
        """Careers that its author or O*NET names as related, nearest first."""
        career = await self.career(slug)
        rows = await self._store.rows("SELECT other FROM related WHERE slug = ? ORDER BY rank", (slug,))
        found = await self._store.careers([*career.related, *(row[0] for row in rows)])
        return [other for other in found.values() if other.slug != slug]

    async def traits(self, slug: str) -> list[Trait]:
        """RIASEC interests and distinguishing work styles."""
        rows = await self._store.rows(
            "SELECT kind, name, value FROM traits WHERE slug = ? ORDER BY value DESC", (slug,)
        )
        return [Trait(kind=row[0], name=row[1], value=row[2]) for row in rows]

    async def education(self, slug: str) -> EducationFacts:
        """Typical entry education, experience and training, and shares of required education."""
        career = await self.career(slug)
        row = await self._store.row(
            "SELECT typical_entry, work_experience, on_the_job_training, source FROM education WHERE slug = ?", (slug,)
        )
        shares = tuple(
            EducationShare(level=level, percent=percent, source=self._store.sources[source])
            for level, percent, source in await self._store.rows(
                "SELECT level, percent, source FROM education_shares WHERE slug = ? ORDER BY position", (slug,)
            )
        )
        ids = dict.fromkeys([*([row[3]] if row else []), *(share.source.id for share in shares)])
        return EducationFacts(
            typical_entry=row[0] if row else "",
            work_experience=row[1] if row else "",
            on_the_job_training=row[2] if row else "",
            job_zone=career.job_zone,
            shares=shares,
            sources=tuple(self._store.sources[ident] for ident in ids),
        )

    async def outlook(self, slug: str) -> list[Outlook]:
        """Growth and openings, one row a source and country, the United States first; empty where not published."""
        rows = await self._store.rows(
            "SELECT growth_percent, openings_per_year, employment, place, first_year, last_year, source, note"
            " FROM outlook WHERE slug = ? ORDER BY place != 'country:US', place, source",
            (slug,),
        )
        places = await self._store.places(row[3] for row in rows)
        return [
            Outlook(
                growth_percent=row[0], openings_per_year=row[1], employment=row[2], place=places[row[3]],
                first_year=row[4], last_year=row[5], source=self._store.sources[row[6]], note=row[7],
            )
            for row in rows
        ]  # fmt: skip

    # places and pay

    async def place(self, place_id: str) -> Place:
        """A place by its id."""
        found = await self._store.places([place_id])
        if place_id not in found:
            raise UnknownIdentifier(f"no place {place_id!r} in knowledge {self.version}")
        return found[place_id]

    async def pay(self, slug: str, place_id: str) -> list[Pay]:
        """Figures for the place itself; if none, for the nearest area that contains it within its state.

        Then `asked` is set, so that the answer can label the figure as the area's. A country's figure is never returned
        for a city: see `pay_nearby`. Empty where there is none.
        """
        return await self._pay.at(slug, await self.place(place_id))

    async def pay_nearby(self, slug: str, place_id: str, limit: int = 5) -> list[Pay]:
        """What there is to offer when `pay` is empty: the country's figure, then its cities, largest first.

        Where the country has none, other countries' figures.
        """
        return await self._pay.nearby(slug, await self.place(place_id), limit)

    async def pay_everywhere(self, slug: str, *, kinds: str = "", limit: int = -1, offset: int = 0) -> list[Pay]:
        """Places with a median, best known first: a career page's cities, countries, metro areas, states.

        `kinds` limits them to some kinds of place ("city country"); `limit` and `offset` cut a page out of them.
        """
        return await self._pay.everywhere(slug, kinds=kinds, limit=limit, offset=offset)

    async def pay_ranked(
        self, slug: str, *, kinds: Sequence[str] = (), within: Place | None = None, without: Collection[str] = (),
        ascending: bool = False, limit: int = 10,
    ) -> list[Pay]:  # fmt: skip
        """Where a career pays most (or least): the first `limit` places of each currency, one figure a place.

        `kinds` limits them to some kinds of place, `within` to a state or country, `without` leaves out what lies in
        the places of these ids.
        """
        return await self._pay.ranked(
            slug, kinds=kinds, within=within, without=without, ascending=ascending, limit=limit
        )

    async def pay_count(self, slug: str) -> int:
        """How many places with a median there are."""
        return await self._pay.count(slug)

    # computed

    async def similar(self, slug: str, limit: int = 8) -> list[tuple[Career, SkillOverlap]]:
        """Nearest careers by weighted skill overlap (rare skills count more), most alike first."""
        career = await self.career(slug)
        rows = await self._store.rows("SELECT other FROM similar WHERE slug = ? ORDER BY rank", (slug,))
        found = await self._store.careers(row[0] for row in rows)
        kept = [c for c in found.values() if not (c.soc == career.soc and c.depth == "occupation")][:limit]
        near = [(other, await self.overlap(slug, other.slug)) for other in kept]
        return sorted(near, key=lambda pair: -pair[1].score)

    async def overlap(self, slug: str, target: str) -> SkillOverlap:
        """How far the skills of `slug` carry into `target`; `missing` = what target needs and slug lacks.

        Profiles are compared by the skills that they name; others by what their official occupations are rated on,
        since a profile's own words say nothing about a career that has none.
        """
        found = self._overlaps.get((slug, target))
        if found is None:
            found = await self._overlap(slug, target)
            if len(self._overlaps) >= _MOST_OVERLAPS:
                del self._overlaps[next(iter(self._overlaps))]
            self._overlaps[slug, target] = found
        return found

    async def _overlap(self, slug: str, target: str) -> SkillOverlap:
        one, other = await self.career(slug), await self.career(target)
        if one.depth == other.depth == "profile":
            return compare(await self._vector(slug), await self._vector(target))
        own, theirs = await self._ratings(slug), await self._ratings(target)
        return compare(own, theirs) if own and theirs else SkillOverlap(score=0.0, compared=False)

    async def _ratings(self, slug: str) -> Vector:
        rows = await self._store.rows(
            "SELECT o.name, o.weight, r.rarity, o.kind FROM occupation_skills o JOIN skill_rarity r ON r.name = o.name"
            " WHERE slug = ? AND o.kind != 'technology'",
            (slug,),
        )
        return {name: (weight * ALONE[kind], rarity) for name, weight, rarity, kind in rows if kind in ALONE}

    async def _vector(self, slug: str) -> Vector:
        rows = await self._store.rows(
            "SELECT c.name, c.weight, r.rarity FROM career_skills c JOIN skill_rarity r ON r.name = c.name"
            " WHERE slug = ?",
            (slug,),
        )
        return {name: (weight, rarity) for name, weight, rarity in rows}

    async def match(
        self, *, skills: Sequence[str] = (), interests: Sequence[str] = (), limit: int = 8, topic: str | None = None,
        without_degree: bool = False,
    ) -> list[RankedCareer]:  # fmt: skip
        """Careers whose skills, topics and interests fit the given ones; value 0 to 1, reasons name what fits.

        `interests` are free words ("animals", "working with kids"), read by the table of `knowledge.interests`.
        """
        return await self._matching.rank(skills, interests, limit=limit, topic=topic, without_degree=without_degree)

    async def match_interests(self, letters: Mapping[str, float], limit: int = 8) -> list[RankedCareer]:
        """Careers whose rated RIASEC interests are most like a person's (letter → score); value 0 to 1."""
        return await self._matching.by_interests(letters, limit=limit)

    async def rank_careers(
        self, *, by: str, place_id: str | None = None, topic: str | None = None, at_least: float | None = None,
        at_most: float | None = None, without_degree: bool = False, ascending: bool = False, limit: int = 10,
    ) -> list[RankedCareer]:  # fmt: skip
        """Careers in order of a figure.

        by = "pay" (median a year in the place, United States where None), "growth" (percent), "openings" (a year),
        "preparation" (job zone). `without_degree` keeps those whose typical entry needs none (job zone 3 or less).
        """
        if by == "pay":
            place = await self.place(place_id or UNITED_STATES)
            return await self._pay.rank_careers(
                place, topic=topic, at_least=at_least, at_most=at_most, zones=3 if without_degree else None,
                ascending=ascending, limit=limit,
            )  # fmt: skip
        return await rank_by_figures(
            self._store, by, topic=topic, without_degree=without_degree, ascending=ascending, limit=limit
        )

    # catalogue

    async def courses(
        self, *, career: str | None = None, topic: str | None = None, level: str | None = None,
        language: str | None = None, free: bool | None = None, limit: int = 5,
    ) -> list[RankedResource]:  # fmt: skip
        """Courses for a career (by its skills) or for free words of a topic or skill; most relevant first."""
        return await self._resources("course", career, topic, level, language, free, limit)

    async def courses_on(self, skill: str, limit: int = 5) -> list[RankedResource]:
        """Courses on a skill by its name; none where the catalogue knows no such subject ("processing information")."""
        return await self._catalogue.for_words(skill, Wanted("course", "en"), limit, only_subjects=True)

    async def books(
        self, *, career: str | None = None, topic: str | None = None, language: str | None = None, limit: int = 5
    ) -> list[RankedResource]:
        """Books, in the same way."""
        return await self._resources("book", career, topic, None, language, None, limit)

    async def _resources(
        self, kind: str, career: str | None, topic: str | None, level: str | None, language: str | None,
        free: bool | None, limit: int,
    ) -> list[RankedResource]:  # fmt: skip
        wanted = Wanted(kind, language or "en", level or "", free)
        if topic:
            return await self._catalogue.for_words(topic, wanted, limit)
        return await self._catalogue.for_career(career, wanted, limit) if career else []

    async def rates(self) -> CentralBankRates:
        """Exchange rates as they were when the database was built."""
        rows = await self._store.rows("SELECT currency, per_euro, day FROM rates")
        return CentralBankRates({row[0]: (row[1], date.fromisoformat(row[2])) for row in rows})

    # provenance

    async def sources(self) -> list[Source]:
        """All sources, by title."""
        return sorted(self._store.sources.values(), key=lambda source: source.title)

    def source(self, ident: str) -> Source:
        """One source by its id."""
        return self._store.sources[ident]

    def source_of_skills(self) -> Source:
        """The source of skills' ratings, technologies, interests and work styles."""
        return self._store.sources[self._store.meta["skills_source"]]

    def source_of_outlook(self) -> Source:
        """The source of the United States' projections."""
        return self._store.sources[self._store.meta["outlook_source"]]

    async def counts(self) -> dict[str, int]:
        """How much there is: careers, profiles, places, pay rows, resources."""
        return {k.removeprefix("count:"): int(v) for k, v in self._store.meta.items() if k.startswith("count:")}
