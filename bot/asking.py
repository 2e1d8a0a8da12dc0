"""Asking back: the choices that are offered when a message names no career, or can be read in two ways."""

from __future__ import annotations

from collections.abc import Sequence

from bot.clauses import SOCIAL, Clause
from bot.query import Choice, Unclear
from bot.training import NONE
from knowledge.directory import Directory
from knowledge.models import Career

ASKS = {
    "overview": "What is the career", "responsibilities": "What are the duties of", "education": "Education needed for",
    "skills": "Skills needed for", "outlook": "Job outlook for", "growth": "Career growth of",
    "challenges": "Challenges of", "personal_growth": "Personal growth as", "personality": "Personality fit for",
    "projects": "Practice projects for", "courses": "Courses for", "books": "Books for", "salary": "Salary of",
    "path": "How to become", "compare": "Compare", "rank": "Ranking of", "browse": "List careers in",
    "match": "What careers match", "transition": "Changing career from", "similar": "Careers similar to",
}  # fmt: skip
"""Plain words for each intent: they read as a label and are understood when typed."""
_MOST = 4


def which_career(text: str, clause: Clause, intent: str, directory: Directory, slugs: Sequence[str] = ()) -> Unclear:
    """Asks for the career: of several with the same short name, or of any."""
    generic = clause.slots.generic
    found = [target.id for target in generic.of_kind("career")] if generic is not None else list(slugs)
    where = "".join(f" in {place.name}" for place in clause.slots.places[:1])
    choices = tuple(
        Choice(label=career.title, says=f"{ASKS.get(intent, 'What is the career')} {career.title}{where}")
        for career in (directory.career(slug) for slug in found[:_MOST])
    )
    return Unclear(
        text=text, question="Which career do you mean?", choices=choices, confidence=clause.scores.confidence,
        evidence=tuple(clause.slots.evidence),
    )  # fmt: skip


def compared_with(text: str, clause: Clause, career: Career, directory: Directory) -> Unclear:
    """Asks what a career is compared with: the other one is missing, or nothing that the knowledge has a name for."""
    others = [directory.career(slug) for slug in career.related[:_MOST]]
    asks = [f"{ASKS['compare']} {career.title} and {other.title}" for other in others]
    return Unclear(
        text=text, question="And which other career?", choices=tuple(Choice(label=ask, says=ask) for ask in asks),
        confidence=clause.scores.confidence, evidence=tuple(clause.slots.evidence),
    )  # fmt: skip


def which_intent(text: str, clause: Clause) -> Unclear:
    """Asks which of the likeliest intents is meant."""
    careers = " and ".join(career.title for career in clause.slots.careers)
    where = "".join(f" in {place.name}" for place in clause.slots.places[:1])
    names = [name for name, _ in clause.scores.ranked[:4] if name not in (NONE, *SOCIAL)][:3]
    asks = [f"{ASKS.get(name, name)} {careers}{where}".strip() for name in names]
    return Unclear(
        text=text, question="Did you mean …?", choices=tuple(Choice(label=ask, says=ask) for ask in asks),
        confidence=clause.scores.confidence, evidence=tuple(clause.slots.evidence),
    )  # fmt: skip
