"""The steps in, and a word at the end: whom it is for and whom not."""

from __future__ import annotations

from knowledge.models import Item, Section
from knowledge.wording.entry import entry_clause, experience_clause, no_credential, training_clause
from knowledge.wording.facts import Facts
from knowledge.wording.language import capital, join, pick, sentences
from knowledge.wording.overview import leading_duty
from knowledge.wording.person import lacks, likes, persons

_WORTH_NAMING = 76.0
"""How telling of the occupation a program has to be (`Program.telling`) to be named."""


def path(facts: Facts) -> Section | None:
    """The steps in, as far as facts tell them."""
    steps = [*_try_step(facts), *_learn_steps(facts), *_qualify_steps(facts), *_last_steps(facts)]
    if len(steps) < 2:
        return None
    sources = tuple(dict.fromkeys([facts.source, *(source.id for source in facts.education.sources)]))
    return Section(name="path", items=tuple(steps), ordered=True, generated_from=sources)


def _try_step(facts: Facts) -> list[Item]:
    duty = leading_duty(facts)
    if not duty:
        return []
    ways = [
        (
            "See the work first",
            f"Before you spend money on training, find {facts.many} who let you see how they {duty}.",
        ),
        ("Look over a shoulder", f"If they let you, watch {facts.many} {duty}."),
        (
            "Ask those who do it",
            f"Ask {facts.many} how they {duty}, and which part of it they would rather do without.",
        ),
    ]
    lead, text = pick(facts.code, "first", ways)
    return [Item(lead=lead, text=text)]


def _learn_steps(facts: Facts) -> list[Item]:
    names = facts.above("knowledge") or list(facts.ratings.get("knowledge", ()))
    subjects = facts.nouns("knowledge", min(len(names), 3))
    if not subjects:
        return []
    texts = [
        f"Get a grounding in {join(subjects)}, the subjects that count here.",
        f"Begin with {join(subjects)}; they carry most weight in the work.",
    ]
    if len(subjects) == 1:
        texts = [f"Get a grounding in {subjects[0]}, which counts for more here than elsewhere."]
    return [Item(lead="Learn the subjects", text=pick(facts.code, "subjects", texts), skills=tuple(names[:3]))]


def _qualify_steps(facts: Facts) -> list[Item]:
    given = facts.education
    entry = entry_clause(given.typical_entry)
    if entry:
        leads = (
            ("Take the degree", "Get the degree", "Study")
            if "degree" in entry
            else ("Finish your schooling", "Qualify")
        )
        ways = [
            f"{capital(entry)} is what employers in the United States typically ask for.",
            f"In the United States that means {entry}, as a rule.",
            f"American employers usually want {entry}.",
        ]
        return [Item(lead=pick(facts.code, "qualify", leads), text=pick(facts.code, "asked", ways))]
    if no_credential(given.typical_entry):
        ways = [
            "No certificate is asked for at entry in the United States.",
            "American statistics name no certificate that you would need.",
            "There is no paper to earn first, if the American statistics are to go by.",
        ]
        return [
            Item(lead=pick(facts.code, "apply", ["Apply", "Just ask", "Start"]), text=pick(facts.code, "free", ways))
        ]
    if facts.career.job_zone and (texts := facts.phrases.all("zone", str(facts.career.job_zone), "takes")):
        return [Item(lead="Know what it takes", text=f"Count on {pick(facts.code, 'zone', texts)}.")]
    return []


def _last_steps(facts: Facts) -> list[Item]:
    steps = []
    programs = [program.name for program in facts.programs if program.telling >= _WORTH_NAMING][:3]
    tools = [tool for tool in facts.tools if "," not in tool][:3]
    if programs and not (len(programs) == 1 and len(tools) > 1):
        text = f"{join(programs)} {'is' if len(programs) == 1 else 'are'} among the programs in use."
        steps.append(Item(lead="Practise the programs", text=text, skills=tuple(programs)))
    elif len(tools) > 1:
        ways = [f"Learn to use {join(tools)} safely and well.", f"Get used to {join(tools)}."]
        steps.append(Item(lead="Handle the tools", text=pick(facts.code, "handle", ways)))
    if experience := experience_clause(facts.education.work_experience):
        steps.append(Item(lead="Collect experience", text=f"{capital(experience)} is usual before entry."))
    if training := training_clause(facts.education.on_the_job_training):
        ways = [
            f"Once hired, expect {training}.",
            f"After that comes {training}.",
            f"The rest is learned at work: count on {training}.",
        ]
        if "training on the job" not in training:
            ways = ways[:2]
        steps.append(
            Item(
                lead=pick(facts.code, "trained", ["Train on the job", "Learn the ropes"]),
                text=pick(facts.code, "then", ways),
            )
        )
    return steps


def conclusion(facts: Facts) -> Section | None:
    """Whom it is for and whom not, in a sentence or two."""
    told, missing, style = likes(facts, "end"), lacks(facts), persons(facts, 1)
    if not told:
        return None
    who = f"who like {join(told)}" + (f", and who {style[0]}" if style else "")
    closing = ""
    if missing:
        ways = [
            f"Whoever needs {missing} will be happier elsewhere.",
            f"If you are after {missing}, look elsewhere.",
            f"Come for anything but {missing}.",
        ]
        closing = pick(facts.code, "elsewhere", ways)
    text = pick(
        facts.code,
        "end",
        [
            f"{capital(facts.many)} are, at their best, people {who}.",
            f"This is work worth a closer look for people {who}.",
            f"It is work for people {who}.",
        ],
    )
    return Section(name="conclusion", paragraphs=(sentences(text, closing),), generated_from=(facts.source,))
