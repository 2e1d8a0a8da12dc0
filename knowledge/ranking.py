"""Ordering careers by a figure other than pay."""

from __future__ import annotations

from knowledge.matching import MOST_ZONE_WITHOUT_DEGREE
from knowledge.models import RankedCareer
from knowledge.store import Store

_ORDERS = {
    "growth": ("outlook.growth_percent", "percent"),
    "openings": ("outlook.openings_per_year", "openings a year"),
    "preparation": ("careers.job_zone", "job zone"),
}


async def rank_by_figures(
    store: Store, by: str, *, topic: str | None, without_degree: bool, ascending: bool, limit: int
) -> list[RankedCareer]:
    """Careers by projected growth, by openings or by preparation; careers that share a figure are listed once."""
    column, unit = _ORDERS[by]
    order = "ASC" if ascending else "DESC"
    rows = await store.rows(
        f"SELECT careers.slug, {column}, careers.figures_code FROM careers"  # noqa: S608 - our own names
        " LEFT JOIN outlook ON outlook.slug = careers.slug AND outlook.place = 'country:US'"
        f" WHERE {column} IS NOT NULL AND (:topic IS NULL OR careers.slug IN"
        " (SELECT slug FROM career_topics WHERE topic = :topic))"
        " AND (:zones IS NULL OR (careers.job_zone <= :zones AND NOT EXISTS (SELECT 1 FROM education e WHERE"
        " e.slug = careers.slug AND (e.typical_entry LIKE '%degree%' OR e.typical_entry LIKE '%doctoral%'))))"
        f" ORDER BY {column} {order}, careers.shares_figures, careers.depth = 'occupation', careers.slug LIMIT :limit",
        {"topic": topic, "zones": MOST_ZONE_WITHOUT_DEGREE if without_degree else None, "limit": limit * 8},
    )
    careers = await store.careers(row[0] for row in rows)
    ranked: dict[str, RankedCareer] = {}
    for slug, value, code in rows:
        key = code if by != "preparation" else slug
        if key in ranked:
            first = ranked[key]
            ranked[key] = first.model_copy(update={"reasons": (*first.reasons, careers[slug].title)[:4]})
        else:
            ranked[key] = RankedCareer(career=careers[slug], value=value, unit=unit)
    return list(ranked.values())[:limit]
