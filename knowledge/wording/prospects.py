"""Education, outlook and growth: what it takes to get in, whether there will be work, and where it leads."""

from __future__ import annotations

from knowledge.models import Outlook, Section
from knowledge.wording.entry import entry_clause, experience_clause, level_clause, no_credential, training_clause
from knowledge.wording.facts import Facts, Neighbour
from knowledge.wording.language import capital, join, pick, sentences, the

_FEW, _MANY = 1_000, 50_000
"""Openings a year below which a field is small, and from which it is among the largest."""


def education(facts: Facts) -> Section | None:
    """What is usual at entry, what comes on top, and what those asked said is required."""
    paragraph = sentences(_entry(facts), _required(facts))
    if not paragraph:
        return None
    sources = tuple(source.id for source in facts.education.sources) or (facts.source,)
    return Section(name="education", paragraphs=(paragraph,), generated_from=sources)


def _entry(facts: Facts) -> str:
    given = facts.education
    entry = entry_clause(given.typical_entry)
    extras = [
        text for text in (experience_clause(given.work_experience), training_clause(given.on_the_job_training)) if text
    ]
    if entry:
        on_top = f", and on top of it {join(extras)}" if extras else ""
        ways = [
            f"In the United States {entry} is the usual way in{on_top}.",
            f"Employers in the United States typically look for {entry}{on_top}.",
        ]
        if not facts.residual:
            ways.append(f"Most {facts.many} start with {entry}{on_top}; so the American statistics say.")
        return pick(facts.code, "entry", ways)
    if no_credential(given.typical_entry):
        learned = f" What it takes is {join(extras)}." if extras else ""
        return f"No certificate is asked for at entry in the United States.{learned}"
    zone = facts.career.job_zone
    texts = facts.phrases.all("zone", str(zone), "takes") if zone else []
    return f"{capital(facts.many)} need {pick(facts.code, 'zone', texts)}." if texts else ""


def _required(facts: Facts) -> str:
    shares = sorted(facts.education.shares, key=lambda share: -share.percent)
    told = [f"{level_clause(share.level)} ({share.percent:.0f}%)" for share in shares[:3] if share.percent >= 10]
    if not told:
        return ""
    if shares[0].percent >= 80:
        return f"Those asked what the job requires all but agree on {told[0]}."
    divided = (
        "Opinions differ on what the job requires: those asked named "
        if shares[0].percent < 50
        else ("Asked what the job requires, people named ")
    )
    return f"{divided}{join(told)}."


def outlook(facts: Facts) -> Section | None:
    """Growth against the average of all occupations, and how many openings come of it and why, in one country."""
    rows = [row for row in facts.outlook if row.growth_percent is not None][:1]
    if not rows:
        return None
    paragraphs = [_growth(facts, row) for row in rows]
    return Section(
        name="outlook", paragraphs=tuple(paragraphs), generated_from=tuple(dict.fromkeys(r.source.id for r in rows))
    )


def _growth(facts: Facts, row: Outlook) -> str:
    percent = row.growth_percent or 0.0
    where, years = the(row.place.name), f"between {row.first_year} and {row.last_year}"
    change = f"{abs(percent):.1f}%".replace(".0%", "%")
    moved = f"a {'rise' if percent > 0 else 'fall'} of {change}"
    course = f"{growth_words(percent)} {years}, {moved}" if percent else f"stay where it is {years}"
    if row.place.country != "US":
        # The bands are set against the average of the United States.
        course = f"{'grow' if percent > 0 else 'shrink'} by {change} {years}" if percent else course
    if row.note:
        text = f"In {where}, employment of {row.note.partition(' (')[0]} is projected to {course}."
    elif facts.career.shares_figures:
        group = f"Employment in the wider group that {facts.many} are counted in"
        text = f"{group} is projected, for {where}, to {course}."
    else:
        text = f"Employment of {facts.many} in {where} is projected to {course}."
    if not row.openings_per_year:
        return text
    openings = f"About {row.openings_per_year:,.0f} openings a year are expected"
    return sentences(text, f"{openings}{_why(row, percent)}.", _size(row, facts))


def _why(row: Outlook, percent: float) -> str:
    """How far openings replace people who leave: what growth alone doesn't account for."""
    if percent <= 0:
        return ", all of them to replace people who leave"
    if not row.employment or not row.openings_per_year:
        return ""
    new = row.employment * percent / 100 / max(row.last_year - row.first_year, 1)
    share = 1 - new / row.openings_per_year
    if share >= 0.95:
        return ", nearly all of them to replace people who leave"
    if share >= 0.75:
        return ", most of them to replace people who leave"
    return ", a good part of them in new jobs"


def _size(row: Outlook, facts: Facts) -> str:
    if not row.openings_per_year or facts.career.shares_figures or row.place.country != "US":
        return ""
    if row.openings_per_year < _FEW:
        return "It is a small field, in which openings have to be looked for."
    return "Few occupations offer as many." if row.openings_per_year >= _MANY else ""


def growth_words(percent: float) -> str:
    """The bands in which the Occupational Outlook Handbook describes ten years' change (all occupations: 3.1%)."""
    if percent >= 7:
        return "grow much faster than average"
    if percent >= 5:
        return "grow faster than average"
    if percent >= 2:
        return "grow about as fast as average"
    if percent >= 1:
        return "grow more slowly than average"
    return "hardly change" if percent > -1 else "decline"


def growth(facts: Facts) -> Section | None:
    """Steps up (more preparation, or charge of others) and sideways among related occupations."""
    zone = facts.career.job_zone or 0
    near = [n for n in facts.related if not n.many.startswith("other ") and "," not in n.many]
    led = _leads(Neighbour(facts.career, facts.many))
    up = [n for n in near if (_leads(n) and not led) or (n.career.job_zone or 0) > zone > 0]
    side = [n for n in near if n not in up and (n.career.job_zone or 0) >= zone][:3]
    parts = []
    if up:
        told = join([n.many for n in up[:3]])
        parts.append(
            pick(
                facts.code,
                "up",
                [
                    f"Steps up that build on the same knowledge lead to {told}.",
                    f"Those who want more responsibility or more study move towards {told}.",
                    f"The next rungs, with more preparation or people to lead, are {told}.",
                ],
            )
        )
    if side:
        told = join([n.many for n in side])
        opening = "Sideways, without starting over, the way is open to" if up else "Most moves are sideways, to"
        parts.append(f"{opening} {told}.")
    parts.append(_leadership(facts))
    text = sentences(*parts) if up or side else ""
    return Section(name="growth", paragraphs=(text,), generated_from=(facts.source,)) if text else None


def _leads(neighbour: Neighbour) -> bool:
    return neighbour.career.plural.startswith("First-Line Supervisors") or neighbour.career.soc.startswith("11-")


def _leadership(facts: Facts) -> str:
    values = dict(facts.values)
    recognition = values.get("Recognition")
    if recognition is None:
        return ""
    if recognition >= 5.5:
        ways = [
            "Prestige and promotion are among what the work offers.",
            "There is a ladder to climb, and standing to be gained on it.",
            "Recognition is among the strongest rewards, so good work can carry you upwards.",
        ]
        return pick(facts.code, "recognised", ways)
    if recognition < 2.5:
        ways = [
            "Promotion is rated low among what the work offers, so moving up often means moving on.",
            "Within the job itself there is little to climb.",
            "Few rungs lead upwards from here, by what is rated of its rewards.",
            "Chances of promotion are rated among its weaker sides.",
        ]
        return pick(facts.code, "passed over", ways)
    return ""
