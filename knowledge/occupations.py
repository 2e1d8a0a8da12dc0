"""Gathering what is known of an occupation from the database, in few queries: a section comes within milliseconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.models import Career, EducationFacts, Outlook
from knowledge.store import Store
from knowledge.wording.facts import Contrast, Facts, Group, Neighbour, Phrases, Program
from knowledge.wording.names import program_name, tool_name

_LISTS = (
    "SELECT 'duty', rank, duty, 0, 0 FROM activities WHERE slug = :slug"
    " UNION ALL SELECT 'tool', rank, name, 0, 0 FROM tools WHERE slug = :slug"
    " UNION ALL SELECT 'called', rank, title, 0, 0 FROM also_called WHERE slug = :slug"
    " UNION ALL SELECT 'many', 0, many, 0, 0 FROM spoken WHERE slug = :slug"
    " UNION ALL SELECT 'value', -extent, name, 0, 0 FROM work_values WHERE slug = :slug"
    " UNION ALL SELECT 'interest', -value, name, 0, 0 FROM traits WHERE slug = :slug AND kind = 'interest'"
    " UNION ALL SELECT iif(rank > 0, 'high ', 'low ') || kind, abs(rank), name, weight, average FROM contrasts"
    " WHERE slug = :slug ORDER BY 1, 2, 3"
)
"""All short lists in one query, since each query costs a change of threads."""
_RATINGS = (
    "SELECT o.kind, o.name, o.weight, r.rarity, t.category FROM occupation_skills o"
    " LEFT JOIN skill_rarity r ON r.name = o.name LEFT JOIN technologies t ON t.name = o.name"
    " WHERE o.slug = ? ORDER BY o.weight DESC, o.name"
)
_MOST_RARITY, _COMMON = 2.5, 1.2
"""Beyond this inverse document frequency a program tells no more, and below it (office software) next to nothing."""
_GENERIC = 0.5
_IN_DEMAND, _NOT_ASKED = 60.0, 0.6
"""Weight from which vacancies of the occupation itself ask for a program, and how much one of the others counts."""
_ORDINARY = frozenset({
    "Electronic mail software", "Video conferencing software", "Instant messaging software",
    "Internet browser software", "Operating system software", "Office suite software", "Word processing software",
    "Spreadsheet software", "Presentation software", "Calendar and scheduling software",
    "Network conferencing software", "Desktop communications software", "Internet directory services software",
    "Mobile messaging service software",
})  # fmt: skip
"""Kinds of software of which every office has some."""
_MAKERS = frozenset({
    "Development environment software", "Object or component oriented development software", "Program testing software",
    "Configuration management software", "Web platform development software", "Application server software",
    "Enterprise application integration software", "Transaction server software", "File versioning software",
    "Data base management system software", "Network monitoring software", "Operating system software",
    "Cloud-based management software", "Platform interconnectivity software",
    "Graphical user interface development software",
})  # fmt: skip
"""Kinds of software for those who make or run software; elsewhere a name is mostly a mistaken word of an advert."""
_MAKING, _EVERYWHERE = frozenset({"15", "17", "19"}), frozenset({"Python", "R", "SQL", "The MathWorks MATLAB", "SAS"})
_MISTAKEN = 0.3
_MOST_MEMBERS = 12
_TELLING_STYLE = 0.25
"""How far above the average (on the scale from −3 to 3) a work style tells of an occupation."""


class Occupations:
    """Reads the facts of occupations."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._phrases: Phrases | None = None

    async def duties(self, slug: str) -> list[str]:
        """What people in the career do, most typical first, in our words; empty where nothing is known."""
        rows = await self._store.rows("SELECT duty FROM activities WHERE slug = ? ORDER BY rank", (slug,))
        return [row[0] for row in rows]

    async def facts(
        self, career: Career, education: EducationFacts, outlook: Sequence[Outlook], related: Sequence[Career]
    ) -> Facts:
        """All facts of one occupation."""
        phrases = await self._all_phrases()
        lists: dict[str, list[tuple[float, str]]] = {}
        contrasts: dict[str, list[Contrast]] = {}
        for kind, rank, text, weight, average in await self._store.rows(_LISTS, {"slug": career.slug}):
            lists.setdefault(kind, []).append((rank, text))
            if " " in kind:
                contrasts.setdefault(kind, []).append(Contrast(kind.split(" ", 1)[1], text, weight, average))
        texts = {kind: tuple(text for _, text in rows) for kind, rows in lists.items()}
        high, low = _side(contrasts, "high "), _side(contrasts, "low ")
        ratings: dict[str, list[str]] = {}
        programs: list[Program] = []
        for kind, name, weight, rarity, category in await self._store.rows(_RATINGS, (career.slug,)):
            if kind == "technology":
                programs.append(_program(name, weight, rarity or _MOST_RARITY, category or "", phrases, career.soc[:2]))
            else:
                ratings.setdefault(kind, []).append(name)
        return Facts(
            career=career,
            many=next(iter(texts.get("many", ())), career.plural.lower()),
            phrases=phrases,
            source=self._store.meta.get("skills_source", ""),
            called=texts.get("called", ()),
            duties=texts.get("duty", ()),
            tools=tuple(dict.fromkeys(tool_name(tool) for tool in texts.get("tool", ()))),
            programs=tuple(sorted(programs, key=lambda program: (-program.telling, program.name))),
            ratings={kind: tuple(names) for kind, names in ratings.items()},
            high=high,
            low=low,
            interests=tuple((text, -rank) for rank, text in lists.get("interest", ())),
            values=tuple((text, -rank) for rank, text in lists.get("value", ())),
            styles=_styles(high.get("work_style", ())),
            education=education,
            outlook=tuple(outlook),
            related=await self._neighbours(related),
            group=Group() if ratings and "duty" in texts else await self._group(career, phrases),
        )

    async def _all_phrases(self) -> Phrases:
        if self._phrases is None:
            self._phrases = Phrases(
                await self._store.rows("SELECT kind, name, use, groups, text FROM phrases ORDER BY variant")
            )
        return self._phrases

    async def _neighbours(self, related: Sequence[Career]) -> tuple[Neighbour, ...]:
        marks = ",".join("?" * len(related))
        rows = await self._store.rows(
            f"SELECT slug, many FROM spoken WHERE slug IN ({marks})",  # noqa: S608 - only marks
            [career.slug for career in related],
        )
        said = dict(rows)
        return tuple(Neighbour(career, said.get(career.slug, career.plural.lower())) for career in related)

    async def _group(self, career: Career, phrases: Phrases) -> Group:
        """What stands around an occupation without ratings: its six-digit code's parts, else its minor group."""
        soc = career.soc
        noun = phrases.one("group", soc[:4], "noun") or phrases.one("group", soc[:2], "noun")
        rows = await self._store.rows(
            "SELECT c.slug, c.soc, s.many, c.plural FROM careers c JOIN spoken s ON s.slug = c.slug"
            " WHERE c.soc >= ? AND c.soc < ? AND c.slug <> ? AND c.depth = 'occupation' ORDER BY c.soc",
            (soc[:4], f"{soc[:4]}~", career.slug),
        )
        parts = [row for row in rows if row[1][:7] == soc[:7]]
        near = [row for row in rows if row[1][:6] == soc[:6] and "All Other" not in row[3]]
        members = [row for row in near or rows if "All Other" not in row[3]][:_MOST_MEMBERS]
        slugs = [row[0] for row in parts or members]
        return Group(
            noun=noun,
            members=tuple(row[2] for row in members),
            parts=tuple(row[2] for row in parts),
            duties=await self._shared("SELECT duty FROM activities", "duty", slugs),
            knowledge=await self._shared("SELECT name FROM occupation_skills", "name", slugs, "knowledge"),
            skills=await self._shared("SELECT name FROM occupation_skills", "name", slugs, "skill"),
        )

    async def _shared(self, select: str, column: str, slugs: Sequence[str], kind: str = "") -> tuple[str, ...]:
        """What at least two of some careers have in common, commonest first."""
        if not slugs:
            return ()
        marks = ",".join("?" * len(slugs))
        of_kind, order = (" AND kind = ?", f"sum(weight) DESC, {column}") if kind else ("", f"count(*) DESC, {column}")
        sql = (
            f"{select} WHERE slug IN ({marks}){of_kind} GROUP BY {column} HAVING count(*) >= 2 ORDER BY {order} LIMIT 6"
        )
        rows = await self._store.rows(sql, [*slugs, *([kind] if kind else [])])
        return tuple(row[0] for row in rows)


def _side(contrasts: Mapping[str, Sequence[Contrast]], side: str) -> dict[str, tuple[Contrast, ...]]:
    """The contrasts of one side, by kind, farthest first."""
    return {kind.removeprefix(side): tuple(found) for kind, found in contrasts.items() if kind.startswith(side)}


def _styles(contrasts: Sequence[Contrast]) -> tuple[str, ...]:
    """Work styles by rank, those that are hardly stronger than elsewhere last: nearly all work asks for reliability."""
    return tuple(c.name for c in sorted(contrasts, key=lambda c: c.weight < c.average + _TELLING_STYLE))


def _program(name: str, weight: float, rarity: float, category: str, phrases: Phrases, major: str) -> Program:
    shown = program_name(name)
    asked = weight if weight >= _IN_DEMAND else weight * _NOT_ASKED
    telling = asked * min(rarity, _MOST_RARITY) if rarity >= _COMMON else asked * rarity / 10
    if shown.endswith("software") or shown[:1].islower() or category in _ORDINARY:
        telling *= _GENERIC
    if category in _MAKERS and major not in _MAKING and name not in _EVERYWHERE:
        telling *= _MISTAKEN
    purpose = phrases.one("program", name, "noun") or phrases.one("category", category, "noun")
    return Program(name=shown, purpose=purpose, telling=telling)
