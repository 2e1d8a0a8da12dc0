"""What people in an occupation do, and what weighs most in their day."""

from __future__ import annotations

from knowledge.models import Item, Section
from knowledge.wording.facts import Facts
from knowledge.wording.language import capital, distinct, join, pick, sentences, varied
from knowledge.wording.overview import leading_duty

_MOST_DUTIES = 8
_MOST_TOOLS = 4
_WORTH_NAMING = 76.0
"""How telling of the occupation a program has to be (`Program.telling`) to be named."""


def responsibilities(facts: Facts) -> Section:
    """Duties as a list, then the tools; those of its neighbours, or the reason why there are none."""
    lead = leading_duty(facts)
    duties = [lead, *(duty for duty in varied([lead, *facts.duties])[1:])] if lead else []
    items = [Item(text=f"{capital(duty)}.") for duty in duties[:_MOST_DUTIES]]
    paragraphs: tuple[str, ...] = ()
    if not items:
        paragraphs, items = _borrowed(facts)
    tools = [tool for tool in facts.tools if "," not in tool][:_MOST_TOOLS]
    if items and len(tools) > 1:
        items.append(Item(text=pick(facts.code, "tools", _WITH).format(tools=join(tools))))
    return Section(name="responsibilities", paragraphs=paragraphs, items=tuple(items), generated_from=(facts.source,))


def _borrowed(facts: Facts) -> tuple[tuple[str, ...], list[Item]]:
    """What several specialities or neighbours do, said to be theirs."""
    group = facts.group
    shared = varied(group.duties)
    none = f"Nobody has listed the duties of {facts.many} as such."
    if len(shared) >= 3:
        whose = "the specialities among them" if group.parts else "the occupations around them"
        return (f"{none} What {whose} have in common:",), [Item(text=f"{capital(duty)}.") for duty in shared]
    near = [name for name in group.parts or group.members if "," not in name][:4]
    return (sentences(none, f"Closest to them are those of {join(near)}." if near else ""),), []


_WITH = ("Work with {tools}.", "Handle {tools}.", "Know your way around {tools}.")


def typical_day(facts: Facts) -> Section | None:
    """Which activities carry the day by their ratings, which of them are unusual, and what comes in between."""
    leading = facts.nouns("activity", 3, telling=False)
    if len(leading) < 3:
        return None
    lows = facts.lows("activity", 4)[2:]
    opening = pick(
        facts.code,
        "day",
        [
            f"Three things carry the day: {join(leading)}.",
            f"Nothing weighs more in the day than {join(leading)}.",
            f"{capital(join(leading))} come first, whatever else the day brings.",
            f"The day turns on {join(leading)}.",
        ],
    )
    contrast = _unusual(facts, leading)
    little = f"There is little {join(lows, 'or')}." if lows else ""
    rest = [duty for duty in varied(facts.duties)[_MOST_DUTIES:] if "," not in duty][:2]
    between = f"In between there is more to do: {join(rest)}." if len(rest) > 1 else ""
    paragraph = sentences(opening, contrast, little, between)
    return Section(name="typical_day", paragraphs=(paragraph,), generated_from=(facts.source,))


def _unusual(facts: Facts, told: list[str]) -> str:
    """The activity that is farthest above the average, with both figures."""
    above = facts.high.get("activity", ())[:1]
    if not above:
        return ""
    name = facts.phrases.noun("activity", above[0].name)
    figures = f"{above[0].weight:.0f} out of 100, where the average occupation stands at {above[0].average:.0f}"
    if name in told:
        choices = [
            f"For {name} the importance is rated {figures}.",
            f"{capital(name)} is rated {figures}.",
        ]
    else:
        choices = [
            f"What marks it off from other work is {name}: its importance is rated {figures}.",
            f"Far more than elsewhere there is {name}, rated {figures}.",
        ]
    return pick(facts.code, "unusual", choices)


def skills(facts: Facts) -> Section | None:
    """What sets the occupation's skills apart, with figures, the subjects to know and the programs to handle."""
    if not facts.ratings:
        return _shared_skills(facts)
    paragraphs = [sentences(_apart(facts), _senses(facts)), sentences(_subjects(facts), _programs(facts))]
    found = tuple(paragraph for paragraph in paragraphs if paragraph)
    return Section(name="skills", paragraphs=found, generated_from=(facts.source,)) if found else None


def _apart(facts: Facts) -> str:
    above = facts.high.get("skill", ())
    if not above:
        usual = facts.nouns("skill", 3)
        return f"No skill stands out here: {join(usual)} matter most, as in much other work." if usual else ""
    first = above[0]
    name = facts.phrases.noun("skill", first.name)
    others = [facts.phrases.noun("skill", contrast.name) for contrast in above[1:4]]
    figures = f"{first.weight:.0f} out of 100 against {first.average:.0f} in the average occupation"
    followed = (
        pick(facts.code, "others", [f", followed by {join(others)}", f"; {join(others)} come next"]) if others else ""
    )
    if len(others) == 1:
        followed = f", followed by {others[0]}"
    return pick(
        facts.code,
        "apart",
        [
            f"What sets {facts.many} apart is {name}, rated {figures}{followed}.",
            f"The skill that tells them from others is {name} ({figures}){followed}.",
            f"Start with {name}: it is rated {figures}{followed}.",
        ],
    )


def _senses(facts: Facts) -> str:
    """Abilities of body and senses or of the mind that are far above the average."""
    names = facts.nouns("ability", 3) if facts.high.get("ability") else []
    if len(names) < 2:
        return ""
    return pick(
        facts.code,
        "senses",
        [
            f"By nature or by practice they need {join(names)}.",
            f"It helps to be born with, or to train, {join(names)}.",
            f"Behind it all stand {join(names)}.",
        ],
    )


def _subjects(facts: Facts) -> str:
    subjects = facts.nouns("knowledge", 4)
    return f"The subjects to know are {join(subjects)}." if len(subjects) > 1 else ""


def _programs(facts: Facts) -> str:
    programs = [program for program in facts.programs if program.telling >= _WORTH_NAMING][:4]
    if len(programs) < 2:
        return ""
    purposes = distinct(program.purpose for program in programs)
    if len(programs) >= 3 and len(purposes) == len(programs):
        told = [f"{program.name} for {program.purpose}" for program in programs[:3]]
        return f"Programs in use include {join(told)}."
    return f"Programs in use include {join([program.name for program in programs])}."


def _shared_skills(facts: Facts) -> Section | None:
    knowledge = [facts.phrases.noun("knowledge", name, facts.major) for name in facts.group.knowledge[:3]]
    names = [facts.phrases.noun("skill", name) for name in facts.group.skills[:4]]
    if len(knowledge) < 2 or len(names) < 2:
        return None
    whose = "The specialities among them" if facts.group.parts else "The occupations around them"
    text = sentences(
        f"{capital(facts.many)} have no ratings of their own.",
        f"{whose} are rated highest on {join(names)}, and the subjects that count there are {join(knowledge)}.",
    )
    return Section(name="skills", paragraphs=(text,), generated_from=(facts.source,))
