"""What the knowledge base holds, in the field's words.

Everything here is immutable and checked by pydantic when it is made, so that a wrong row is found when the
database is built and not when somebody asks. No model knows of chat.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

PlaceKind = Literal["city", "metro", "state", "country"]
Measure = Literal["median", "mean", "p10", "p25", "p75", "p90", "growth", "openings", "employment", "share"]
Period = Literal["year", "hour", "month", "decade"]
SkillKind = Literal["skill", "knowledge", "technology", "activity", "ability"]
ResourceKind = Literal["course", "book"]
Depth = Literal["profile", "occupation"]

HOURS_A_YEAR, MONTHS_A_YEAR = 2_080, 12
"""2,080 = 40 hours in each of 52 weeks, as the Bureau of Labor Statistics annualises hourly wages."""

SECTIONS = (
    "overview",
    "responsibilities",
    "typical_day",
    "education",
    "skills",
    "outlook",
    "growth",
    "challenges",
    "personal_growth",
    "personality",
    "projects",
    "online_courses",
    "path",
    "conclusion",
)
"""The sections of a profile, in the order in which they stand in its file."""

SECTION_HEADINGS = {
    "overview": "Overview",
    "responsibilities": "Responsibilities",
    "typical_day": "A typical day",
    "education": "Education",
    "skills": "Skills",
    "outlook": "Outlook",
    "growth": "Growth",
    "challenges": "Challenges",
    "personal_growth": "Personal growth",
    "personality": "Personality",
    "projects": "Projects",
    "online_courses": "Online courses",
    "path": "Path",
    "conclusion": "Conclusion",
}


class Model(BaseModel):
    """A frozen value."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Model):
    """Where figures or facts come from.

    Attributes:
        id: Short stable key, e.g. "oews-2025".
        title: What the publication is called.
        publisher: Who publishes it.
        url: The publication's own address, or "" where none has been seen.
        licence: The licence under which it is used.
        as_of: The date the figures are for, as the source writes it ("May 2025", "2024").
        note: What a reader should know (estimates, provisional…).
    """

    id: str
    title: str
    publisher: str
    url: str = ""
    licence: str
    as_of: str
    note: str = ""


class Place(Model):
    """A city, metropolitan area, state or country.

    Attributes:
        id: "geonames:2643743", "us-metro:0010180", "us-state:CA", "country:GB".
        name: The name as shown.
        kind: What it is.
        country: ISO 3166-1 alpha-2.
        region: State or province code or name, "" where unknown.
        population: Inhabitants, 0 where unknown; of US states and areas an estimate from the number of jobs there.
        areas: Ids of the places that contain it, nearest first (metro, state, country).
    """

    id: str
    name: str
    kind: PlaceKind
    country: str
    region: str = ""
    population: int = 0
    areas: tuple[str, ...] = ()


class Career(Model):
    """A career that can be asked about: a hand-written profile, or an occupation known by its figures.

    Attributes:
        slug: Its identifier ("backend-engineer").
        title: Singular, title case.
        plural: Plural, title case.
        soc: O*NET-SOC 2019 code ("15-1252.00") that its figures come from, "" if none.
        soc_title: The official title of the code that official figures are published under.
        figures_code: That code, six digits: the career's own, or that of several occupations published as one.
        shares_figures: True where the career is finer than the code, so figures are for the wider group.
        depth: "profile" where people wrote its sections.
        topics: Topic ids it is browsed under.
        related, next: Slugs that a profile's author named.
        job_zone: O*NET job zone 1 (little preparation) to 5 (extensive), or None.
    """

    slug: str
    title: str
    plural: str
    soc: str = ""
    soc_title: str = ""
    figures_code: str = ""
    shares_figures: bool = False
    depth: Depth = "occupation"
    topics: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    job_zone: int | None = None


class Item(Model):
    """One entry of a list: an optional lead (shown bold), the text, and the skills it builds."""

    text: str
    lead: str = ""
    skills: tuple[str, ...] = ()


class Section(Model):
    """One section of a career, as paragraphs followed by list items (either may be empty).

    Attributes:
        generated_from: Ids of the sources it was worded from; empty where a person wrote it.
    """

    name: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    ordered: bool = False
    generated_from: tuple[str, ...] = ()


class WeightedSkill(Model):
    """A skill and how much a career depends on it: weight 1 to 100."""

    name: str
    weight: float = Field(ge=0, le=100)
    kind: SkillKind = "skill"


class Trait(Model):
    """A RIASEC interest (1 to 7) or a work style (−3 to 3), as O*NET rates it."""

    kind: Literal["interest", "work_style"]
    name: str
    value: float


class Pay(Model):
    """What one source says that a career pays in one place; each amount is a gross figure per period.

    Attributes:
        asked: The place that was asked for, where `place` is an area that contains it.
        sample: Number of reports or jobs behind it, where the source tells.
        estimate: True where the source calls its figures estimates.
        note: e.g. "top-coded: at least this much" or "the page writes a bare $, read as Canadian dollars".
    """

    career: str
    place: Place
    asked: Place | None = None
    currency: str
    period: Period = "year"
    median: float | None = None
    mean: float | None = None
    p10: float | None = None
    p25: float | None = None
    p75: float | None = None
    p90: float | None = None
    employment: int | None = None
    sample: int | None = None
    estimate: bool = False
    note: str = ""
    source: Source

    @property
    def amount(self) -> float | None:
        """The figure that stands for the row: its median, else its mean."""
        return self.median if self.median is not None else self.mean

    @property
    def yearly(self) -> float | None:
        """That figure a year, for ordering: hourly × 2,080, monthly × 12."""
        if self.amount is None:
            return None
        return self.amount * {"hour": HOURS_A_YEAR, "month": MONTHS_A_YEAR}.get(self.period, 1)


class Outlook(Model):
    """Projected growth of the occupation, percent over the decade, and openings a year (persons).

    `note` says whose projection it is, where the source counts occupations otherwise.
    """

    growth_percent: float | None = None
    openings_per_year: float | None = None
    employment: float | None = None
    place: Place
    first_year: int
    last_year: int
    source: Source
    note: str = ""


class EducationShare(Model):
    """Share (percent, 0 to 100) of workers or of required-education answers at one level."""

    level: str
    percent: float
    source: Source


class EducationFacts(Model):
    """What an occupation asks for by official statistics; fields are "" or empty where not published."""

    typical_entry: str = ""
    work_experience: str = ""
    on_the_job_training: str = ""
    job_zone: int | None = None
    shares: tuple[EducationShare, ...] = ()
    sources: tuple[Source, ...] = ()


class Topic(Model):
    """A field of work or a subject to browse by."""

    id: str
    title: str
    careers: int = 0


class Resource(Model):
    """A course or a book of the catalogue; `url` is an address that stood in the imported source."""

    id: str
    kind: ResourceKind
    title: str
    url: str
    provider: str = ""
    language: str = "en"
    level: str = ""
    free: bool | None = None
    topics: tuple[str, ...] = ()
    source: str = ""


class RankedResource(Model):
    """A resource with its relevance (0 to 1) and the reason that can be told.

    Attributes:
        covers: The career's skills that it teaches, most important first; for a subject, what else its title names.
        out_of: How many of the career's most important skills it was held against; 0 where that can't be told.
        whole_field: Whether it is about the career's field as a whole ("data engineering").
    """

    resource: Resource
    relevance: float = Field(ge=0, le=1)
    covers: tuple[str, ...] = ()
    out_of: int = 0
    whole_field: bool = False


class SkillOverlap(Model):
    """How far one career's skills carry into another.

    `score` is the weighted Jaccard (Ruzicka) similarity: the sum over skills of the smaller weight divided
    by the sum of the larger one; 0 (nothing shared) to 1 (the same). `compared` is False where nobody has rated one
    of the two, so that the rest says nothing.
    """

    score: float
    compared: bool = True
    shared: tuple[WeightedSkill, ...] = ()
    missing: tuple[WeightedSkill, ...] = ()


class RankedCareer(Model):
    """A career with what it was ranked by, and why."""

    career: Career
    value: float
    unit: str = ""
    reasons: tuple[str, ...] = ()
    pay: Pay | None = None


NameKind = Literal["career", "place", "skill", "topic", "currency"]


class Name(Model):
    """One spelling by which something is known: what the spotter looks for.

    Attributes:
        target: Slug, place id, skill name, topic id or currency code.
        weight: Larger wins where a spelling has several targets (population for places, 100 for a profile's
            title, 90 for its alias, 80 for an occupation's title, 50 for an alternate title…).
        languages: Codes of the languages that a career's title belongs to, joined by spaces; "" = English alone.
    """

    text: str
    kind: NameKind
    target: str
    weight: float
    languages: str = ""

    @property
    def is_foreign(self) -> bool:
        """Whether it is a title in other languages than English."""
        return bool(self.languages) and "en" not in self.languages.split()
