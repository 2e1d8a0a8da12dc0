"""What may be asked next: each suggestion is a whole question that is understood without its conversation."""

from __future__ import annotations

from bot.answering.titles import in_sentence, many, one
from bot.desk import Desk
from bot.query import Choice
from bot.reply import Suggestion
from knowledge.models import Career

_ASKS = {
    "overview": ("What it is", "What is {one}?"),
    "salary": ("Pay", "What do {many} earn?"),
    "path": ("How to become one", "How do I become {one}?"),
    "skills": ("Skills needed", "What skills does {one} need?"),
    "responsibilities": ("Daily work", "What does {one} do all day?"),
    "outlook": ("Job outlook", "What is the job outlook for {many}?"),
    "courses": ("Courses", "Which courses are there for {many}?"),
    "education": ("Education needed", "What education does {one} need?"),
    "projects": ("Projects to practise on", "Which projects should a future {title} build?"),
    "challenges": ("The hard parts", "What are the challenges of being {one}?"),
    "personality": ("Is it for me?", "What personality suits {one}?"),
    "growth": ("Where it leads", "What comes after {title}?"),
    "similar": ("Similar careers", "Which careers are similar to {title}?"),
    "books": ("Books", "Which books are there for {many}?"),
    "personal_growth": ("What you gain as a person", "How will I grow as a person as {one}?"),
}
_FOLLOW_UPS = {
    "overview": ("salary", "responsibilities", "path", "skills"),
    "salary": ("outlook", "path", "similar", "skills"),
    "path": ("courses", "education", "skills", "salary"),
    "skills": ("courses", "path", "projects", "salary"),
    "responsibilities": ("challenges", "skills", "salary", "personality"),
    "outlook": ("salary", "growth", "path", "similar"),
    "courses": ("books", "path", "projects", "skills"),
    "books": ("courses", "projects", "path", "skills"),
    "education": ("path", "courses", "salary", "outlook"),
    "projects": ("courses", "skills", "path", "books"),
    "challenges": ("personality", "personal_growth", "similar", "salary"),
    "personality": ("challenges", "responsibilities", "similar", "path"),
    "growth": ("salary", "outlook", "similar", "skills"),
    "similar": ("overview", "salary", "skills", "path"),
    "personal_growth": ("challenges", "growth", "personality", "path"),
}


def ask(desk: Desk, intent: str, career: Career) -> Suggestion:
    """The suggestion that asks one intent of a career."""
    label, says = _ASKS[intent]
    return Suggestion(label=desk.say(label), says=fill(says, career))


def follow_ups(desk: Desk, intent: str, career: Career, most: int = 4) -> tuple[Suggestion, ...]:
    """The questions that people ask after this one."""
    return tuple(ask(desk, other, career) for other in _FOLLOW_UPS.get(intent, _FOLLOW_UPS["overview"])[:most])


def fill(template: str, career: Career) -> str:
    """A question about a career."""
    return template.format(one=one(career), many=many(career), title=in_sentence(career.title))


def readings(alternatives: tuple[Choice, ...]) -> tuple[Suggestion, ...]:
    """Other readings of a word that was taken one way, first in line."""
    return tuple(Suggestion(label=choice.label, says=choice.says) for choice in alternatives[:2])
