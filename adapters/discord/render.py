"""Answers as pages that Discord takes: at most so many components and characters each. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from adapters.charts import Drawn
from adapters.discord.limits import (
    LONGEST_CUSTOM_ID,
    LONGEST_LABEL,
    LONGEST_OPTION,
    LONGEST_PLACEHOLDER,
    MOST_BUTTONS,
    MOST_COMPONENTS,
    MOST_CONTENT,
    MOST_OPTIONS,
    MOST_TEXT,
)
from adapters.discord.localised import language
from adapters.discord.markup import shortened
from adapters.discord.pieces import Image, LinkRow, Piece, Rule, Text, pieces_of
from adapters.discord.state import custom_id, is_digest, packed, unpacked
from bot.reply import Reply, Suggestion

CONTROLS = 1 + (1 + MOST_BUTTONS) + (1 + MOST_BUTTONS) + (1 + 3)
"""Components kept free on each page: the container, and rows of suggestions, of feedback and for turning pages."""
ROOM = MOST_COMPONENTS - CONTROLS
"""Components for the answer itself."""
ROOM_TEXT = MOST_TEXT - 200
"""Characters for the answer itself; the rest is for who shared it and which page it is."""

Page = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """A button or an option of a select menu."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Offer:
    """The next questions: buttons in one row, or a select menu where there are more than fit."""

    buttons: tuple[Button, ...] = ()
    menu: tuple[Button, ...] = ()
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class Controls:
    """What stands under an answer.

    Attributes:
        owner: Id of the person who asked.
        question: What asks for the same answer again, "" where nothing does.
        share: The answer is private and may be posted to the channel.
        feedback: Thumbs are shown.
        thread: The answer stands in a channel where a thread can be opened.
        locale: What buttons and the word for a source are written in, "" = English.
        save: Slug of the career that the answer is about, "" where there isn't one to save.
    """

    owner: int
    question: str = ""
    share: bool = False
    feedback: bool = False
    thread: bool = False
    locale: str = ""
    save: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One message to Discord: a page of an answer and what stands under it.

    Attributes:
        page, pages: Which page of how many, from 1.
    """

    content: Page
    controls: Controls
    offer: Offer = Offer()
    page: int = 1
    pages: int = 1

    @property
    def images(self) -> tuple[Image, ...]:
        """The pictures of the page."""
        return tuple(piece for piece in self.content if isinstance(piece, Image))

    def without_images(self) -> Card:
        """The same page with its pictures as text; it fits as well."""
        return replace(self, content=tuple(one for piece in self.content for one in as_text(piece)))


def as_text(piece: Piece) -> tuple[Piece, ...]:
    """A picture as its text, anything else as it is."""
    return piece.text if isinstance(piece, Image) else (piece,)


def cards(replies: Sequence[Reply], controls: Controls, drawn: Drawn | None = None) -> tuple[Card, ...]:
    """All pages of the answers of one message; each offers the same next questions.

    What stands on which page doesn't depend on whether pictures were drawn.
    """
    pages = paged(pieces_of(replies, drawn, controls.locale))
    suggestions = [suggestion for reply in replies for suggestion in reply.suggestions]
    offer = offered(suggestions, controls.owner, controls.locale)
    return tuple(Card(page, controls, offer, number, len(pages)) for number, page in enumerate(pages, 1))


def paged(pieces: Sequence[Piece]) -> list[Page]:
    """Pieces on as few pages as they fit on; no page ends with a heading or with a rule."""
    pages: list[list[Piece]] = [[]]
    for piece in pieces:
        page = pages[-1]
        if page and not _fits([*page, piece]):
            carried = _heads(page)
            if len(carried) < len(page) and _fits([*carried, piece]):
                del page[len(page) - len(carried) :]
            else:
                carried = []
            pages.append([one for one in carried if not isinstance(one, Rule) or one is not carried[0]])
            page = pages[-1]
        if page or not isinstance(piece, Rule):
            page.append(piece)
    return [tuple(_without_last_rule(page)) for page in pages if page]


def _heads(page: list[Piece]) -> list[Piece]:
    """The headings and rules at a page's end, which belong to what follows."""
    at = len(page)
    while at and (isinstance(page[at - 1], Rule) or (isinstance(one := page[at - 1], Text) and one.opens)):
        at -= 1
    return page[at:]


def _without_last_rule(page: list[Piece]) -> list[Piece]:
    return page[:-1] if len(page) > 1 and isinstance(page[-1], Rule) else page


def _fits(pieces: Sequence[Piece]) -> bool:
    shown = [one for piece in pieces for one in as_text(piece)]
    components = sum(3 if isinstance(piece, LinkRow) else 1 for piece in shown)
    characters = sum(len(piece.markdown) for piece in shown if isinstance(piece, Text | LinkRow))
    return components <= ROOM and characters <= ROOM_TEXT


def offered(suggestions: Sequence[Suggestion], owner: int, locale: str = "") -> Offer:
    """Each question once; labels are cut between words, the question that is asked never is."""
    asked = list(dict.fromkeys(s.says for s in suggestions if s.says.strip()))
    labels = {s.says: s.label for s in reversed(suggestions)}
    if len(asked) <= MOST_BUTTONS:
        buttons = (Button(_label(labels[says], says, LONGEST_LABEL), custom_id("a", says, owner)) for says in asked)
        return Offer(buttons=tuple({button.state: button for button in buttons}.values()))
    options = (
        Button(_label(labels[says], says, LONGEST_OPTION), packed(says, LONGEST_OPTION))
        for says in asked[:MOST_OPTIONS]
    )
    return Offer(
        menu=tuple({option.state: option for option in options}.values()),
        placeholder=shortened(language(locale)("Ask next …"), LONGEST_PLACEHOLDER),
    )


def _label(label: str, says: str, longest: int) -> str:
    return shortened(label, longest) or shortened(says, longest) or "…"


def repeatable(question: str, owner: int) -> bool:
    """Whether a question fits into a button's state, so that its answer can be had again."""
    state = packed(question, LONGEST_CUSTOM_ID - len(custom_id("p999", "", owner)))
    return bool(question) and not is_digest(state) and unpacked(state) == question


def plain_pages(card: Card) -> list[str]:
    """The same page as plain messages, for where layouts aren't taken: text only, nothing dropped."""
    lines: list[str] = []
    for piece in card.without_images().content:
        match piece:
            case Text():
                lines.append(piece.markdown)
            case LinkRow():
                lines.append(f"{piece.markdown}\n<{piece.url}>")
            case Rule():
                lines.append("")
    pages: list[str] = []
    for line in lines:
        if pages and len(pages[-1]) + 1 + len(line) <= MOST_CONTENT:
            pages[-1] += f"\n{line}"
        else:
            pages.append(line)
    return [page.strip() or "…" for page in pages]
