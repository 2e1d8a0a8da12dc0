"""Pay: what is published for a place, for the area around it, and what there is to offer where nothing is."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from knowledge.models import HOURS_A_YEAR, MONTHS_A_YEAR, Career, Pay, Place, RankedCareer
from knowledge.store import PAY_COLUMNS, Store

_CODES = "SELECT code FROM pay_codes WHERE slug = :slug"
_YEARLY = (
    "(coalesce(pay.median, pay.mean) * CASE pay.period"
    f" WHEN 'hour' THEN {HOURS_A_YEAR} WHEN 'month' THEN {MONTHS_A_YEAR} ELSE 1 END)"
)
"""`Pay.yearly` in SQL, to order by."""
_PAGE_FIRST = "pay.estimate = 0"

_ENOUGH_TO_RANK = 3
"""With fewer careers than this a place's own figures are no ranking, and the area around it is tried."""


class PayQuestions:
    """Questions about pay, over a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def at(self, slug: str, place: Place) -> list[Pay]:
        """Figures for the place; else for the nearest area within its state that has one (`asked` is then set)."""
        for area in (place.id, *(a for a in place.areas if not a.startswith("country:"))):
            rows = await self._store.rows(
                f"SELECT {PAY_COLUMNS} FROM pay WHERE place = :area AND code IN ({_CODES})"  # noqa: S608 - constants
                f" ORDER BY {_PAGE_FIRST}, pay.median IS NULL, pay.source",
                {"area": area, "slug": slug},
            )
            if rows:
                places = await self._store.places([area])
                asked = place if area != place.id else None
                return [self._store.pay(slug, row, places, asked) for row in rows]
        return []

    async def nearby(self, slug: str, place: Place, limit: int) -> list[Pay]:
        """The country's figure, then its cities with a figure, largest first; else other countries, largest first."""
        near = (
            "places.country = :country AND places.kind != 'state' AND pay.place != :place"
            " ORDER BY places.kind != 'country', places.kind != 'city', places.population DESC"
        )
        # What people reported stands behind a statistic of the same country.
        abroad = "places.kind = 'country' ORDER BY pay.sample IS NOT NULL, places.population DESC"
        return await self._offered(slug, place, limit, near) or await self._offered(slug, place, limit, abroad)

    async def _offered(self, slug: str, place: Place, limit: int, where: str) -> list[Pay]:
        """The first row of each place that fits."""
        rows = await self._store.rows(
            f"SELECT {PAY_COLUMNS} FROM pay JOIN places ON places.id = pay.place"  # noqa: S608 - constants
            f" WHERE code IN ({_CODES}) AND coalesce(pay.median, pay.mean) IS NOT NULL AND {where}",
            {"country": place.country, "slug": slug, "place": place.id},
        )
        first: dict[str, tuple[object, ...]] = {}
        for row in rows:
            first.setdefault(row[0], row)
        kept = list(first.values())[:limit]
        places = await self._store.places(str(row[0]) for row in kept)
        return [self._store.pay(slug, row, places) for row in kept]

    async def everywhere(self, slug: str, *, kinds: str = "", limit: int = -1, offset: int = 0) -> list[Pay]:
        """Figures, best known first: a page's cities in its order, countries, metro areas, states.

        `kinds` limits them to some kinds of place ("city country").
        """
        rows = await self._store.rows(
            f"SELECT {PAY_COLUMNS}, coalesce(page_order.position, 999) AS at, places.kind FROM pay"  # noqa: S608
            " JOIN places ON places.id = pay.place LEFT JOIN page_order ON page_order.slug = pay.code"
            f" AND page_order.place = pay.place WHERE code IN ({_CODES}) AND pay.median IS NOT NULL"
            " AND (:kinds = '' OR instr(:kinds, places.kind))"
            " ORDER BY at, CASE places.kind WHEN 'city' THEN 0 WHEN 'country' THEN 1 WHEN 'metro' THEN 2 ELSE 3 END,"
            " pay.place != 'country:US', pay.sample IS NOT NULL, pay.employment DESC, places.population DESC"
            " LIMIT :limit OFFSET :offset",
            {"slug": slug, "kinds": kinds, "limit": limit, "offset": offset},
        )
        places = await self._store.places(row[0] for row in rows)
        return [self._store.pay(slug, row, places) for row in rows]

    async def ranked(
        self, slug: str, *, kinds: Sequence[str], within: Place | None, without: Collection[str], ascending: bool,
        limit: int,
    ) -> list[Pay]:  # fmt: skip
        """The best (or worst) paying places of each currency; of a place's figures the page's, else a statistic's."""
        rows = await self._store.rows(
            f"SELECT {PAY_COLUMNS}, {_YEARLY}, places.kind, places.country, places.areas FROM pay"  # noqa: S608
            f" JOIN places ON places.id = pay.place WHERE code IN ({_CODES}) AND pay.median IS NOT NULL"
            " AND (:within = '' OR places.country = :country)"
            f" ORDER BY {_PAGE_FIRST}, pay.sample IS NOT NULL, {_YEARLY} {'ASC' if ascending else 'DESC'}",
            {"slug": slug, "within": within.id if within else "", "country": within.country if within else ""},
        )
        best: dict[str, tuple[float, list[object]]] = {}
        for row in rows:
            *columns, yearly, kind, country, areas = row
            around = {columns[0], f"country:{country}", *json.loads(areas)}
            if (kinds and kind not in kinds) or not around.isdisjoint(without):
                continue
            if within is None or (columns[0] != within.id and within.id in around):
                best.setdefault(str(columns[0]), (yearly, columns))
        taken: dict[object, int] = {}
        kept: list[list[object]] = []
        for _, columns in sorted(best.values(), key=lambda entry: entry[0], reverse=not ascending):
            taken[columns[2]] = taken.get(columns[2], 0) + 1
            if taken[columns[2]] <= limit:
                kept.append(columns)
        places = await self._store.places(str(columns[0]) for columns in kept)
        return [self._store.pay(slug, columns, places) for columns in kept]

    async def count(self, slug: str) -> int:
        """How many figures with a median there are for a career."""
        row = await self._store.row(
            f"SELECT count(*) FROM pay WHERE code IN ({_CODES}) AND median IS NOT NULL",  # noqa: S608 - constants
            {"slug": slug},
        )
        return int(row[0]) if row else 0

    async def rank_careers(
        self, place: Place, *, topic: str | None, at_least: float | None, at_most: float | None, zones: int | None,
        ascending: bool, limit: int,
    ) -> list[RankedCareer]:  # fmt: skip
        """Careers by median a year in a place, or in the nearest area around it that has figures."""
        found: list[tuple[str, list[tuple[object, ...]]]] = []
        for area in (place.id, *(a for a in place.areas if not a.startswith("country:"))):
            rows = await self._rank_rows(area, topic, at_least, at_most, zones, ascending=ascending, limit=limit * 6)
            found.append((area, rows))
            if len(rows) >= _ENOUGH_TO_RANK:
                break
        area, rows = max(found, key=lambda entry: min(len(entry[1]), _ENOUGH_TO_RANK))
        return await self._ranked(area, place, rows, limit) if rows else []

    async def _rank_rows(
        self, area: str, topic: str | None, at_least: float | None, at_most: float | None, zones: int | None,
        *, ascending: bool, limit: int,
    ) -> list[tuple[object, ...]]:  # fmt: skip
        order = "ASC" if ascending else "DESC"
        return await self._store.rows(
            f"SELECT {PAY_COLUMNS}, pay.code, careers.slug FROM pay"  # noqa: S608 - constants
            " JOIN pay_codes ON pay_codes.code = pay.code JOIN careers ON careers.slug = pay_codes.slug"
            f" WHERE pay.place = :area AND {_YEARLY} IS NOT NULL AND pay.sample IS NULL"
            " AND (:topic IS NULL OR EXISTS"
            " (SELECT 1 FROM career_topics t WHERE t.topic = :topic AND t.slug = careers.slug))"
            f" AND (:least IS NULL OR {_YEARLY} >= :least) AND (:most IS NULL OR {_YEARLY} <= :most)"
            " AND (:zones IS NULL OR (careers.job_zone <= :zones AND NOT EXISTS (SELECT 1 FROM education e WHERE"
            " e.slug = careers.slug AND (e.typical_entry LIKE '%degree%' OR e.typical_entry LIKE '%doctoral%'))))"
            f" ORDER BY {_YEARLY} {order}, careers.shares_figures, careers.depth = 'occupation', careers.slug"
            " LIMIT :limit",
            {"area": area, "topic": topic, "least": at_least, "most": at_most, "zones": zones, "limit": limit},
        )

    async def _ranked(self, area: str, place: Place, rows: list[tuple[object, ...]], limit: int) -> list[RankedCareer]:
        """One entry a figure: careers that share one are named in its reasons, not listed again."""
        places = await self._store.places([area])
        careers = await self._store.careers(str(row[-1]) for row in rows)
        by_code: dict[tuple[str, str], list[tuple[object, ...]]] = {}
        for row in rows:
            by_code.setdefault((str(row[-2]), str(row[1])), []).append(row)
        ranked: list[RankedCareer] = []
        listed: set[str] = set()
        for sharing in by_code.values():
            lead: Career = careers[str(sharing[0][-1])]
            if lead.slug in listed:
                continue
            listed.update(str(row[-1]) for row in sharing)
            others = tuple(careers[str(row[-1])].title for row in sharing[1:5])
            pay = self._store.pay(lead.slug, sharing[0], places, place if area != place.id else None)
            ranked.append(
                RankedCareer(career=lead, value=pay.yearly or 0.0, unit=pay.currency, reasons=others, pay=pay)
            )
            if len(ranked) == limit:
                break
        return ranked
