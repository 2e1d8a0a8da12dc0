"""What a message was understood to ask."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from knowledge.models import Career, Place


class Understood(BaseModel):
    """A frozen value."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Understood):
    """Which words of the message were taken for what.

    Attributes:
        score: Similarity of the words to what they matched, 0 to 100 (100 = the same after normalisation).
        inherited: True where it came from the conversation and not from this message.
    """

    slot: str
    words: str
    matched: str
    score: float
    inherited: bool = False


class Filters(Understood):
    """Limits on rank and match: a yearly pay range (in `currency`, or the place's own), no degree needed.

    `direction`: "lowest" for worst paid, slowest growing; `measure`: what to rank by.
    """

    measure: Literal["pay", "growth", "openings", "preparation"] = "pay"
    direction: Literal["highest", "lowest"] = "highest"
    at_least: float | None = None
    at_most: float | None = None
    without_degree: bool = False
    free: bool | None = None
    level: str = ""
    language: str = ""


class Choice(Understood):
    """One reading offered when two are close; picking it is the same as saying `says`."""

    label: str
    says: str


class Query(Understood):
    """One question: its intent and slots, with what supports them.

    Attributes:
        text: The clause as typed.
        intent: Name of an intent.
        careers, places: What the message named or its conversation implied, in order of mention.
        excluded_places: Places that were negated ("not in London").
        skills: Skill or subject words ("SQL", "first aid"), canonical where known, else as typed.
        topics: Topic ids. interests: free words ("working with kids").
        currency: ISO 4217 code that amounts should be converted to.
        confidence: 0 to 1. margin: distance to the runner-up intent.
        alternatives: Other readings of a word that was taken one way (offered as suggestions).
        unknown_places: Words that stand where a place stands but are none that the knowledge knows.
        show_all: Everything was asked for, not the best known first. page: which page of it, from 1.
        discussed: The careers that the conversation set side by side, or asked the same of one after the other, before
            this question, which is about one of them. discussed_places: likewise.
        quiz: Answers so far where the message is a step of the interest quiz (`bot.quiz`).
        language: Code of the language that the message is clearly in, "" for English and where it isn't clear.
    """

    text: str
    intent: str
    careers: tuple[Career, ...] = ()
    places: tuple[Place, ...] = ()
    excluded_places: tuple[Place, ...] = ()
    skills: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    currency: str | None = None
    filters: Filters = Filters()
    confidence: float = 1.0
    margin: float = 1.0
    runner_up: str = ""
    evidence: tuple[Evidence, ...] = ()
    alternatives: tuple[Choice, ...] = ()
    unknown_places: tuple[str, ...] = ()
    show_all: bool = False
    page: int = 1
    discussed: tuple[Career, ...] = ()
    discussed_places: tuple[Place, ...] = ()
    quiz: str | None = None
    language: str = ""


class Unclear(Understood):
    """Two readings are close, or something needed is missing: the person picks."""

    text: str
    question: str
    choices: tuple[Choice, ...]
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    language: str = ""


class NotUnderstood(Understood):
    """Nothing that the bot knows: it says so."""

    text: str
    confidence: float = 0.0
    choices: tuple[Choice, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    language: str = ""


Reading = Query | Unclear | NotUnderstood
