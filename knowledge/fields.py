"""What the work of a job title is called: its field, as courses and books name it."""

from __future__ import annotations

_WORK = {
    "engineer": "engineering", "developer": "development", "designer": "design", "analyst": "analysis",
    "scientist": "science", "manager": "management", "administrator": "administration", "architect": "architecture",
    "tester": "testing", "editor": "editing", "writer": "writing", "researcher": "research",
    "programmer": "programming", "accountant": "accounting", "economist": "economics", "statistician": "statistics",
    "biostatistician": "biostatistics", "physicist": "physics", "chemist": "chemistry", "photographer": "photography",
    "translator": "translation", "journalist": "journalism", "teacher": "teaching", "nurse": "nursing",
    "welder": "welding", "plumber": "plumbing", "carpenter": "carpentry", "pharmacist": "pharmacology",
    "lawyer": "law", "marketer": "marketing", "mathematician": "mathematics", "astronomer": "astronomy",
    "geographer": "geography", "technician": "technology", "trainer": "training", "advocate": "advocacy",
    "electrician": "electrical wiring", "actuary": "actuarial science",
}  # fmt: skip


def fields_of(title: str) -> list[str]:
    """What the work of a job title is called: "Data Engineer" → "data engineering", "data"; [] where that is unknown.

    The first is the field; the second is the title without its last word, which is the field of "Scrum Master".
    """
    before, _, last = title.casefold().rpartition(" ")
    work = _WORK.get(last) or (f"{last[:-3]}y" if last.endswith("ologist") else "")
    found = [f"{before} {work}".strip()] if work else []
    return [*found, before] if before else found
