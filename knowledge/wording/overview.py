"""What kind of work it is: what people do, what it asks for beyond the ordinary, and what stands next to it."""

from __future__ import annotations

from knowledge.models import Section
from knowledge.titles import plural
from knowledge.wording.entry import entry_clause
from knowledge.wording.facts import Facts
from knowledge.wording.language import capital, double, join, pick, sentences, stems, varied


def overview(facts: Facts) -> Section:
    """Never empty: an occupation without duties is told by what belongs to it and by its neighbours."""
    if not facts.duties:
        return _unlisted(facts)
    first = sentences(_doing(facts), _titles(facts))
    second = sentences(_demands(facts), _preparation(facts), _neighbours(facts))
    return Section(name="overview", paragraphs=tuple(p for p in (first, second) if p), generated_from=(facts.source,))


def leading_duty(facts: Facts) -> str:
    """The duty that says best what the job is: of the most typical, the one that names what the title names."""
    title = stems(facts.many)
    return next((duty for duty in facts.duties[:4] if title & stems(duty)), next(iter(facts.duties), ""))


def _doing(facts: Facts) -> str:
    lead = leading_duty(facts)
    if not lead:
        return ""
    verbs = {lead.split()[0]}
    others: list[str] = []
    for duty in varied([lead, *facts.duties])[1:]:
        verb = duty.split()[0]
        if verb not in verbs and "," not in duty and len(others) < 2:
            verbs.add(verb)
            others.append(duty)
    many = capital(facts.many)
    if len(others) < 2:
        return sentences(f"{many} {lead}.", f"They also {others[0]}." if others else "")
    two, three = others
    choices = [f"{many} {lead}. They also {join([two, three])}."]
    if "," not in lead:
        choices += [f"{many} {join([lead, two, three])}.", f"{many} {lead}; besides, they {join([two, three])}."]
        if not any(double(duty) for duty in (lead, two, three)):
            choices.append(f"It is the job of {facts.many} to {lead}, to {two} and to {three}.")
    return pick(facts.code, "doing", choices)


def _titles(facts: Facts) -> str:
    said = set(facts.many.split())
    forms = [(title, set(plural(title).split())) for title in facts.called]
    titles = varied([title for title, words in forms if not words >= said and not words <= said], 0.6)[:3]
    if not titles:
        return ""
    names = join(titles, "or")
    return pick(
        facts.code,
        "titles",
        [
            f"Adverts may say {names}.",
            f"Job titles in use include {join(titles)}.",
            f"You may also meet them as {join([plural(title) for title in titles], 'or')}.",
        ],
    )


def _demands(facts: Facts) -> str:
    subjects = facts.nouns("knowledge", 2)
    above = [*_above(facts, "skill"), *_above(facts, "ability"), *_above(facts, "activity")]
    knowledge, telling = join(subjects), join(varied(above, 0.4)[:3])
    choices: list[str] = []
    if len(subjects) > 1 and telling:
        choices = [
            f"More than in most jobs it comes down to {telling}; the subjects behind it are {knowledge}.",
            f"{capital(knowledge)} are the subjects behind the work, and more than elsewhere it takes {telling}.",
        ]
        if len(above) > 1 and not any(double(subject) for subject in subjects):
            choices += [
                f"The work calls for knowledge of {knowledge}, and {telling} count for more than in most jobs.",
                f"To do it well takes knowledge of {knowledge} and, more than elsewhere, {telling}.",
            ]
    elif subjects and telling:
        choices = [f"The subject behind the work is {knowledge}, and more than elsewhere it takes {telling}."]
    elif len(subjects) > 1:
        choices = [f"The subjects behind the work are {knowledge}."]
    lows = facts.lows("activity", 2)
    little = capital(f"{join(lows, 'or')} hardly comes into it.") if lows else ""
    return sentences(pick(facts.code, "demands", choices) if choices else "", little)


def _above(facts: Facts, kind: str) -> list[str]:
    return [facts.phrases.noun(kind, contrast.name) for contrast in facts.high.get(kind, ())[:2]]


def _preparation(facts: Facts) -> str:
    if not facts.career.job_zone:
        return ""
    texts = facts.phrases.all("zone", str(facts.career.job_zone), "takes")
    return f"It takes {pick(facts.code, 'zone', texts)}." if texts else ""


def _neighbours(facts: Facts) -> str:
    near = [n.many for n in facts.related[:8] if "," not in n.many and not n.many.startswith("other ")][:3]
    if not near:
        return ""
    return pick(
        facts.code,
        "neighbours",
        [
            f"Close relatives are {join(near)}.",
            f"Nearest to it stand {join(near)}.",
            f"Next door work {join(near)}.",
        ],
    )


def _unlisted(facts: Facts) -> Section:
    """A group of leftovers, or an occupation whose duties nobody has listed."""
    many, group = facts.many, facts.group
    titles = [plural(title) for title in facts.called[:5]]
    if facts.residual:
        base = many.removeprefix("other ")
        ways = [
            f"{capital(base)} whose work has no code of its own are gathered here.",
            f"This is what remains of {base} when all the kinds with a code of their own are taken away.",
            f"Many {base} have a code of their own; this group holds the rest.",
        ]
        opening = pick(facts.code, "residual", ways)
        examples = f"Among them are {join(titles)}." if titles else ""
    else:
        opening = f"{capital(many)} are counted among the {group.noun}." if group.noun else ""
        examples = f"Those who answer to the name include {join(titles)}." if titles else ""
    first = sentences(opening, examples, _beside(facts))
    entry = entry_clause(facts.education.typical_entry)
    needs = f"To get in, {entry} is usual." if entry else ""
    if facts.ratings:
        rated = (
            f"Ratings here are averages over the specialities. {_demands(facts)}" if group.parts else _demands(facts)
        )
    else:
        rated = "Nobody has rated what the work itself demands."
    second = sentences(rated, needs)
    return Section(name="overview", paragraphs=tuple(p for p in (first, second) if p), generated_from=_sources(facts))


def _beside(facts: Facts) -> str:
    """The specialities of a group, or the occupations beside it and what they share."""
    group = facts.group
    if group.parts:
        parts = [name for name in group.parts if "," not in name][:5]
        verb = (
            "Its speciality with a code of its own is"
            if len(parts) == 1
            else "Specialities with a code of their own are"
        )
        return f"{verb} {join(parts)}." if parts else ""
    near = [name for name in group.members if "," not in name][:4]
    shared = [duty for duty in group.duties if not double(duty)][:2]
    beside = f"Beside them in the classification stand {join(near)}." if near else ""
    common = f"What these share: they {join(shared)}." if len(shared) > 1 and near else ""
    return sentences(beside, common)


def _sources(facts: Facts) -> tuple[str, ...]:
    return tuple(dict.fromkeys([facts.source, *(source.id for source in facts.education.sources)]))
