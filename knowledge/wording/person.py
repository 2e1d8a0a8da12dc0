"""The person: who feels at home, what is hard, and what one grows by."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.models import Item, Section
from knowledge.wording.facts import Facts
from knowledge.wording.language import capital, distinct, join, pick, sentences, the

_STRONG, _WEAK = 5.0, 3.0
"""Extent of a work value (1 to 7) from which it is a strength of the work, and below which it is a want."""
_NEAR = 1.5
_MOST_CHALLENGES, _MOST_GROWTH = 5, 4


def personality(facts: Facts) -> Section | None:
    """Who tends to be at home: leading interests, distinguishing work styles, and what the work gives least."""
    paragraph = sentences(_interests(facts), _styles(facts), _wants(facts), _least(facts))
    return Section(name="personality", paragraphs=(paragraph,), generated_from=(facts.source,)) if paragraph else None


def likes(facts: Facts, salt: str) -> list[str]:
    """What the leading interests are, in our words: the first, and the second where it is nearly as strong."""
    if not facts.interests:
        return []
    strongest = facts.interests[0][1]
    lead = [name for name, value in facts.interests[:2] if value >= strongest - _NEAR]
    return [pick(facts.code, salt, texts) for name in lead if (texts := facts.phrases.all("interest", name, "likes"))]


def lacks(facts: Facts) -> str:
    """What the weakest interest would look for, "" where none is weak."""
    if not facts.interests or facts.interests[-1][1] > 2.5:
        return ""
    return next(iter(facts.said("interest", [facts.interests[-1][0]], "lacks")), "")


def persons(facts: Facts, count: int) -> list[str]:
    """What the people do whom the work styles describe: "keep a clear head under pressure"."""
    return facts.said("work_style", facts.styles, "person")[:count]


def _interests(facts: Facts) -> str:
    told = likes(facts, "likes")
    if not told:
        return ""
    return pick(
        facts.code,
        "at home",
        [
            f"The work suits people who like {join(told)}.",
            f"Those who like {join(told)} will feel at home.",
            f"It draws people who like {join(told)}.",
        ],
    )


def _styles(facts: Facts) -> str:
    told = persons(facts, 3)
    if not told:
        return ""
    return pick(
        facts.code,
        "styles",
        [
            f"It goes best with those who {join(told)}.",
            f"What tells good ones from the rest is that they {join(told)}.",
            f"More than elsewhere it takes people who {join(told)}.",
        ],
    )


def _wants(facts: Facts) -> str:
    strong = [facts.phrases.noun("work_value", name) for name, extent in facts.values if extent >= _STRONG][:2]
    if not strong:
        return ""
    reward = "Its strongest rewards are" if len(strong) > 1 else "Its strongest reward is"
    ways = [f"What it has to offer most is {join(strong)}.", f"{reward} {join(strong)}."]
    return pick(facts.code, "wants", ways)


def _least(facts: Facts) -> str:
    missing = lacks(facts)
    if not missing:
        return ""
    return pick(
        facts.code,
        "least",
        [
            f"For anyone looking for {missing} it has least.",
            f"Of {missing} there is next to none.",
            f"It is no place to look for {missing}.",
        ],
    )


def challenges(facts: Facts) -> Section | None:
    """What the ratings and projections say is hard: the styles, abilities and values that stand out, and the market."""
    market = _market(facts)
    texts = distinct(_hardships(facts, market))[:_MOST_CHALLENGES]
    if len(texts) < 2:
        return None
    lead = pick(
        facts.code,
        "hard",
        [
            "No diary tells this; it follows from what the work is rated to demand more than other work.",
            "These follow from what is rated higher or lower here than in other occupations.",
            "What its ratings point to, set beside those of other occupations:",
            "Where the ratings stand out from those of other work, the difficulties are these:",
        ],
    )
    projected = [row.source.id for row in facts.outlook] if market in texts and market else []
    sources = tuple(dict.fromkeys([facts.source, *projected]))
    items = tuple(Item(text=text) for text in texts)
    return Section(name="challenges", paragraphs=(lead,), items=items, generated_from=sources)


def _hardships(facts: Facts, market: str) -> Iterator[str]:
    styles = facts.said("work_style", facts.styles, "hard")
    abilities = facts.said("ability", facts.above("ability"), "hard")
    yield from styles[:1]
    yield from abilities[:2]
    yield _weakness(facts)
    yield from styles[1:2]
    yield market
    yield from styles[2:3]
    yield from abilities[2:3]


def _weakness(facts: Facts) -> str:
    if not facts.values or facts.values[-1][1] >= _WEAK:
        return ""
    return next(iter(facts.said("work_value", [facts.values[-1][0]], "lacks")), "")


def _market(facts: Facts) -> str:
    for row in facts.outlook:
        if row.growth_percent is not None and row.growth_percent <= -3 and not facts.career.shares_figures:
            fall = f"{abs(row.growth_percent):.0f}% by {row.last_year}"
            return f"Fewer will be needed: employment in {the(row.place.name)} is projected to fall by {fall}."
    if facts.career.job_zone == 5:
        return "It takes long to get there: preparation is rated in the highest of five zones."
    return ""


def personal_growth(facts: Facts) -> Section | None:
    """What one may take away: from the skills and styles that stand out and the needs that the work answers."""
    skills = facts.said("skill", facts.above("skill"), "grows")
    styles = facts.said("work_style", facts.styles, "grows")
    gives = facts.said("work_value", [name for name, extent in facts.values[:1] if extent >= _STRONG], "gives")
    texts = distinct([*skills[:2], *styles[:2], *gives, *skills[2:3]])[:_MOST_GROWTH]
    if len(texts) < 2:
        return None
    lead = pick(
        facts.code,
        "grows",
        [
            "What the work trains most is what a person can take away from it.",
            "Ratings say what the work asks of people, and what is asked every day grows.",
            "Read from the skills, habits and rewards that stand out in its ratings:",
            f"What {facts.many} use more than others is also what they gain in:",
        ],
    )
    items = tuple(Item(text=capital(text)) for text in texts)
    return Section(name="personal_growth", paragraphs=(lead,), items=items, generated_from=(facts.source,))
