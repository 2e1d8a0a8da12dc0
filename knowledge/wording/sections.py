"""Which module words which section."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from knowledge.models import Section
from knowledge.wording import overview, person, prospects, steps, ways_in, work
from knowledge.wording.facts import Facts

WRITERS: Mapping[str, Callable[[Facts], Section | None]] = MappingProxyType(
    {
        "overview": overview.overview,
        "responsibilities": work.responsibilities,
        "typical_day": work.typical_day,
        "education": prospects.education,
        "skills": work.skills,
        "outlook": prospects.outlook,
        "growth": prospects.growth,
        "challenges": person.challenges,
        "personal_growth": person.personal_growth,
        "personality": person.personality,
        "projects": ways_in.projects,
        "online_courses": ways_in.online_courses,
        "path": steps.path,
        "conclusion": steps.conclusion,
    }
)


def word(name: str, facts: Facts) -> Section | None:
    """A section of models.SECTIONS worded from facts; None where there are too few, or for another name."""
    writer = WRITERS.get(name)
    return writer(facts) if writer else None
