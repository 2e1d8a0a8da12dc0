"""Sections for occupations that nobody has written up, worded from their figures.

Every sentence is made of facts (ratings, shares, projections), so each section can name its sources. Official
definitions and task statements are never used.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.models import Career, EducationFacts, Item, Outlook, Section, Trait, WeightedSkill

_ZONES = {
    1: "little or no preparation: most people learn it on the job in days or weeks",
    2: "some preparation: usually a school certificate and some months of training",
    3: "medium preparation: vocational training, an apprenticeship or an associate's degree, or a year or two on the job",
    4: "considerable preparation: usually a bachelor's degree and several years of related experience",
    5: "extensive preparation: usually a graduate degree and years of experience",
}
_INTERESTS = {
    "Realistic": ("practical, hands-on work with things, tools or machines", "get restless when the work is all talk"),
    "Investigative": (
        "finding out how things work and thinking problems through",
        "dislike work without a question in it",
    ),
    "Artistic": ("making something of one's own and working without fixed patterns", "wilt under rigid procedures"),
    "Social": ("teaching, helping and looking after people", "would rather deal with things than with people"),
    "Enterprising": ("persuading, deciding and taking charge", "shy away from selling an idea or carrying a risk"),
    "Conventional": ("order, records and clear procedures", "find routine and exactness dull"),
}


def join(words: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def top(skills: Sequence[WeightedSkill], kind: str, count: int) -> list[str]:
    """The names of the most important skills of a kind, in lower case unless they are names."""
    found = [skill.name for skill in skills if skill.kind == kind][:count]
    return found if kind == "technology" else [name.lower() for name in found]


def overview(career: Career, skills: Sequence[WeightedSkill], related: Sequence[Career]) -> Section | None:
    """What kind of work it is, by what it asks for most and what lies next to it."""
    knowledge, abilities = top(skills, "knowledge", 3), top(skills, "skill", 3)
    if not knowledge and not abilities:
        return _by_relation(career, related)
    parts = []
    if knowledge:
        parts.append(f"{career.plural} work above all with {join(knowledge)}.")
    if abilities:
        parts.append(f"What the work leans on most is {join(abilities)}.")
    if career.job_zone:
        parts.append(f"It takes {_ZONES[career.job_zone]}.")
    if related:
        parts.append(f"Its nearest neighbours are {join([other.plural for other in related[:3]])}.")
    return _section("overview", parts, "onet-30.1")


def _by_relation(career: Career, related: Sequence[Career]) -> Section | None:
    if not related:
        return None
    names = join([other.plural for other in related[:4]])
    return _section("overview", [f"{career.plural} are an occupation near {names}."], "onet-30.1")


def skills_section(career: Career, skills: Sequence[WeightedSkill]) -> Section | None:
    """Which skills matter most and which tools are named most in vacancies."""
    if not skills:
        return None
    parts = []
    if abilities := top(skills, "skill", 4):
        parts.append(f"Rated most important for {career.plural}: {join(abilities)}.")
    if knowledge := top(skills, "knowledge", 4):
        parts.append(f"The subjects to know are {join(knowledge)}.")
    if tools := top(skills, "technology", 6):
        parts.append(f"Tools of the job include {join(tools)}.")
    return _section("skills", parts, "onet-30.1")


def education(career: Career, facts: EducationFacts) -> Section | None:
    """What is typically needed at entry, and what people in the job say is required."""
    parts = []
    if facts.typical_entry:
        parts.append(f"Typically needed at entry in the United States: {_lower(facts.typical_entry)}.")
    if facts.work_experience:
        parts.append(f"Work experience in a related occupation: {facts.work_experience.lower()}.")
    if facts.on_the_job_training:
        parts.append(f"Training on the job: {facts.on_the_job_training.lower()}.")
    if career.job_zone and not parts:
        parts.append(f"{career.plural} need {_ZONES[career.job_zone]}.")
    items = [
        Item(text=f"{share.percent:.0f}% say that the job requires it", lead=share.level)
        for share in sorted(facts.shares, key=lambda share: -share.percent)[:4]
        if share.percent >= 5
    ]
    if not parts and not items:
        return None
    sources = tuple(source.id for source in facts.sources) or ("onet-30.1",)
    return Section(
        name="education", paragraphs=(" ".join(parts),) if parts else (), items=tuple(items), generated_from=sources
    )


def outlook(career: Career, rows: Sequence[Outlook]) -> Section | None:
    """Growth in words and numbers."""
    parts = []
    for row in rows:
        if row.growth_percent is None:
            continue
        parts.append(
            f"Employment is projected to {growth_words(row.growth_percent)} from {row.first_year} to {row.last_year}"
            f" in the United States ({row.growth_percent:+.1f}%)."
        )
        if row.openings_per_year:
            parts.append(
                f"About {row.openings_per_year:,.0f} openings a year are expected, most of them to replace people who leave."
            )
    return _section("outlook", parts, rows[0].source.id) if parts else None


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


def personality(career: Career, traits: Sequence[Trait]) -> Section | None:
    """Who tends to be at home in it: leading interests and the work styles that set it apart."""
    interests = sorted((t for t in traits if t.kind == "interest"), key=lambda t: -t.value)
    styles = [t.name.lower() for t in sorted((t for t in traits if t.kind == "work_style"), key=lambda t: -t.value)[:4]]
    parts = []
    if interests:
        lead = [t for t in interests[:2] if t.value >= interests[0].value - 1.5]
        likes = join([_INTERESTS[t.name][0] for t in lead if t.name in _INTERESTS])
        parts.append(f"{career.plural} tend to be people who like {likes} ({join([t.name for t in lead])} interests).")
        weakest = interests[-1].name
        if weakest in _INTERESTS and interests[-1].value <= 2.5:
            parts.append(f"It offers least to those looking for {_INTERESTS[weakest][0]}.")
    if styles:
        parts.append(f"The traits that set the work apart are {join(styles)}.")
    return _section("personality", parts, "onet-30.1") if parts else None


def growth(career: Career, related: Sequence[Career]) -> Section | None:
    """Where it may lead: related occupations that need as much preparation or more."""
    zone = career.job_zone or 0
    upward = [other for other in related if (other.job_zone or 0) >= zone][:5]
    if not upward:
        return None
    text = f"Related occupations that ask for as much preparation or more, and so are the usual next steps: {join([c.title for c in upward])}."
    return _section("growth", [text], "onet-30.1")


def responsibilities(career: Career, skills: Sequence[WeightedSkill]) -> Section | None:
    """What the work consists of, told by what it is rated to use most."""
    knowledge, abilities = top(skills, "knowledge", 3), top(skills, "skill", 5)
    tools = top(skills, "technology", 4)
    if not abilities:
        return None
    items = [Item(text=f"applying {name} to what the day brings", lead="") for name in knowledge]
    items += [Item(text=f"{name}, rated among the most important activities of the job") for name in abilities[:3]]
    if tools:
        items.append(Item(text=f"working with {join(tools)}"))
    lead = f"There is no written description of a day for {career.plural} yet; by official ratings the work consists most of:"
    return Section(name="responsibilities", paragraphs=(lead,), items=tuple(items), generated_from=("onet-30.1",))


def path(career: Career, facts: EducationFacts, skills: Sequence[WeightedSkill]) -> Section | None:
    """Steps in, as far as the figures tell them."""
    steps = []
    if knowledge := top(skills, "knowledge", 3):
        steps.append(Item(lead="Learn the subjects", text=f"{join(knowledge)} carry most weight in this occupation."))
    if facts.typical_entry and "no formal" not in facts.typical_entry.lower():
        steps.append(
            Item(
                lead="Get the qualification",
                text=f"{_article(facts.typical_entry)} is what employers in the United States typically ask for.",
            )
        )
    elif career.job_zone:
        steps.append(Item(lead="Know what it takes", text=f"The occupation asks for {_ZONES[career.job_zone]}."))
    if tools := top(skills, "technology", 4):
        steps.append(Item(lead="Practise the tools", text=f"{join(tools)} are among the most used."))
    if facts.work_experience:
        steps.append(
            Item(
                lead="Collect experience",
                text=f"{facts.work_experience} in a related occupation is usual before entry.",
            )
        )
    if facts.on_the_job_training:
        steps.append(Item(lead="Train on the job", text=f"Expect {facts.on_the_job_training.lower()} once hired."))
    if not steps:
        return None
    return Section(name="path", items=tuple(steps), ordered=True, generated_from=("onet-30.1", "ep-2024-34"))


def _article(text: str) -> str:
    lower = _lower(text)
    return f"{'An' if lower[:1] in 'aeiou' else 'A'} {lower}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _section(name: str, parts: Sequence[str], *sources: str) -> Section:
    return Section(name=name, paragraphs=(" ".join(parts),), generated_from=sources)
