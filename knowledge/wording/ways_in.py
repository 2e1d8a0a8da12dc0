"""What to try by oneself, and what courses can and can't teach."""

from __future__ import annotations

from knowledge.models import Item, Section
from knowledge.wording.facts import Facts
from knowledge.wording.language import join, pick, sentences
from knowledge.wording.overview import leading_duty

_MOST_PROJECTS = 4
_TELLING = 100.0
"""From here on a program tells so much of the occupation that it is worth learning by itself."""


def projects(facts: Facts) -> Section | None:
    """What one may try out: exercises in the subjects that stand out, and the programs that vacancies name."""
    items: list[Item] = []
    for name in facts.above("knowledge")[:3]:
        texts = facts.phrases.all("knowledge", name, "try", facts.major)
        if texts:
            lead, _, text = pick(facts.code, f"try {name}", texts).partition(": ")
            items.append(Item(lead=lead, text=text, skills=(name,)))
    items += _program_items(facts)
    items += _duty_items(facts)
    if len(items) < 2:
        return None
    sources = (facts.source,)
    return Section(name="projects", items=tuple(items[:_MOST_PROJECTS]), generated_from=sources)


def _program_items(facts: Facts) -> list[Item]:
    telling = [program for program in facts.programs if program.telling >= _TELLING][:2]
    if not telling:
        return []
    first = telling[0]
    purpose = f" for {first.purpose}" if first.purpose else ""
    ways = [
        f"Vacancies name it{purpose}; redo one small, real piece of work in it and keep the result to show.",
        f"It is used{purpose}: follow its own tutorial first, then do a task of yours without one.",
        f"Used{purpose}. Set yourself a task that would take an hour by hand, and find out how it is done there.",
        f"Learn it{purpose} as one learns a language: a little every day, on a task that matters to you.",
    ]
    return [Item(lead=f"Get to know {first.name}", text=pick(facts.code, "program", ways), skills=(first.name,))]


def _duty_items(facts: Facts) -> list[Item]:
    duty = leading_duty(facts)
    if not duty:
        return []
    ways = [
        f"Ask {facts.many} to let you watch them {duty}, and write down every step that you had not expected.",
        f"Watch {facts.many} {duty}; then list what you would have done differently, and ask why they did not.",
    ]
    return [Item(lead="See it done", text=pick(facts.code, "watch", ways))]


def online_courses(facts: Facts) -> Section | None:
    """Which subjects courses can teach, and what the ratings say has to be learned by hand or with people."""
    names = facts.above("knowledge") or list(facts.ratings.get("knowledge", ()))
    subjects = facts.said("knowledge", names, "course")[:3]
    if not subjects:
        return None
    programs = [program.name for program in facts.programs if program.telling >= _TELLING][:2]
    opening = pick(
        facts.code,
        "courses",
        [
            f"Look for courses in {join([subjects[0], *(f'in {subject}' for subject in subjects[1:])])}.",
            f"What can be learned at a screen is {join(subjects)}.",
            f"Courses help with {join(subjects)}.",
        ],
    )
    tools = f"For {join(programs)} there is practice with the program itself." if programs else ""
    limits = facts.said("activity", facts.above("activity"), "limit")[:2]
    closing = ""
    if limits:
        ways = [f"What no course can give you is {join(limits)}.", f"No screen teaches {join(limits)}."]
        closing = pick(facts.code, "limits", ways)
    return Section(
        name="online_courses", paragraphs=(sentences(opening, tools, closing),), generated_from=(facts.source,)
    )
