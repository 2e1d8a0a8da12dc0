"""The miss loop's contract: what wasn't understood, and what curators make of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal, Protocol

from pydantic import Field

from bot.community import Asked, Kept, Opinion
from bot.community_insight import Insights

MissKind = Literal["not understood", "thumb down", "picked"]
Action = Literal["alias", "meaning", "dismissal"]
LONGEST_TEXT = 500
"""Letters of a question or comment that are kept."""


class Miss(Kept):
    """Something that was missed once. Who asked it stays in the store.

    Attributes:
        text: As typed, "" where texts aren't kept.
        comment: What was looked for, in the person's own words.
        intent, careers: As it was understood; for "picked" what the person then chose.
    """

    ident: int
    at: datetime
    community: str
    kind: MissKind
    text: str = ""
    comment: str = ""
    intent: str = ""
    careers: tuple[str, ...] = ()


class MissGroup(Kept):
    """Misses that are alike.

    Attributes:
        ident: The newest miss's number; curators name the group by it.
        text: The newest wording. wordings: a few different ones, commonest first.
        misses: The numbers of all of them.
        suggested: (intent, careers) that people picked most for it, if any did.
    """

    ident: int
    text: str
    count: int
    newest: datetime
    kinds: tuple[MissKind, ...]
    wordings: tuple[str, ...]
    comments: tuple[str, ...] = ()
    misses: tuple[int, ...]
    suggested: tuple[str, tuple[str, ...]] | None = None


class NewCuration(Kept):
    """What a curator decided, checked against the knowledge by `bot.community_curating`.

    Attributes:
        action: "alias": `text` is another name of career `target`. "meaning": the question `text` means `says`.
            "dismissal": nothing is to be done.
        community: Where it holds, "" = everywhere.
        text: The name or question; key: its stems written together, as names are looked up.
        intent, careers: What a meaning says, for the evaluation case.
        by: Who decided.
    """

    action: Action
    community: str = ""
    text: str = Field(default="", max_length=LONGEST_TEXT)
    key: str = ""
    target: str = ""
    says: str = ""
    intent: str = ""
    careers: tuple[str, ...] = ()
    by: str = ""


class Curation(NewCuration):
    """A decision that was kept; `undone` when it was taken back."""

    ident: int
    at: datetime
    undone: datetime | None = None
    undone_by: str = ""


class CurationError(ValueError):
    """A decision that can't stand: says why, and what it clashes with."""


class Curating(Protocol):
    """The part of the community database that curators and the understanding use.

    For a store that can't be reached, lists are empty, `revision` is -1 and decisions raise CurationError.
    """

    async def misses(self, community: str | None = None, *, limit: int = 50) -> list[MissGroup]:
        """Open misses, grouped by likeness, newest and most frequent first; None = of all communities."""

    async def curate(self, curation: NewCuration, misses: Sequence[int] = ()) -> Curation:
        """Keep a decision and close the misses it settles (of its community, if it has one).

        Raises:
            CurationError: another decision in force already gives the same words another meaning there.
        """

    async def undo(self, ident: int, *, by: str, community: str | None = None) -> Curation:
        """Take a decision back and open its misses again; CurationError if there is none in force (there)."""

    async def curations(self, community: str | None = None) -> list[Curation]:
        """All decisions in force, oldest first; None = of all communities."""

    async def revision(self) -> int:
        """Grows with every decision and every undoing."""

    async def insights(self, community: str | None = None, *, weeks: int = 12) -> Insights:
        """What was asked in the last weeks, without people; None = in all communities together."""


def miss_of(asked: Asked, *, keep_texts: bool) -> tuple[MissKind, str] | None:
    """The kind and text of the miss that a question is, if it is one; without its text it tells a curator nothing."""
    if not keep_texts:
        return None
    if asked.picked_for and asked.outcome == "answered":
        return "picked", tidy(asked.picked_for)
    missed = asked.outcome == "not understood" or (asked.outcome == "asked back" and not asked.offered)
    return ("not understood", tidy(asked.text)) if missed and asked.text.strip() else None


def thumb_down(opinion: Opinion, *, keep_texts: bool) -> tuple[str, str] | None:
    """The text and comment that a thumb down leaves; None for a thumb up."""
    return (tidy(opinion.text) if keep_texts else "", tidy(opinion.comment)) if opinion.verdict == "down" else None


def tidy(text: str) -> str:
    """A text as it is kept: of bounded length, without what databases refuse (NUL, half surrogate pairs)."""
    return text[:LONGEST_TEXT].replace("\x00", "").encode("utf-8", "replace").decode().strip()


def clash(new: NewCuration, others: Iterable[Curation]) -> CurationError | None:
    """The error if a decision in force gives the same words another meaning where the new one would hold."""
    if new.action == "dismissal":
        return None
    for other in others:
        overlapping = not new.community or not other.community or new.community == other.community
        if other.action == new.action and other.key == new.key and other.undone is None and overlapping:
            means = other.target or other.says
            return CurationError(f"{new.text!r} already means {means!r} (decision {other.ident}); undo that first.")
    return None
