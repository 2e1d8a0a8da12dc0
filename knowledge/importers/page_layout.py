"""The layout of a career page's plain text: title, sections, salary rows, and what belongs to the site and not to it.

A page is copied from a browser, so it carries the site's own lines along: a disclosure above the title, "Read more"
and the overview once more, the short salary table before the whole one, sharing links, a footer. Each line that is left
out is told with its number and the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.importers.base import Skip
from knowledge.models import Item, Section
from knowledge.untrusted import plain_text

SECTION_OF = {
    "overview": "overview", "about": "overview", "description": "overview",
    "responsibilities and duties": "responsibilities", "responsibilities": "responsibilities",
    "duties": "responsibilities", "a typical day": "typical_day", "typical day": "typical_day",
    "day-to-day work": "typical_day", "education and training": "education", "education": "education",
    "skills": "skills", "skills and knowledge": "skills", "career outlook": "outlook", "job outlook": "outlook",
    "outlook": "outlook", "career growth": "growth", "growth": "growth", "career advancement": "growth",
    "challenges": "challenges", "personal growth opportunities": "personal_growth",
    "personal growth": "personal_growth", "personality traits and interests": "personality",
    "personality traits": "personality", "personality": "personality",
    "self-guided projects": "projects", "projects": "projects", "online courses": "online_courses",
    "conclusion": "conclusion",
}  # fmt: skip
"""Headings that pages use, in lower case with "and" for "&", and our section for each."""
FEWEST_SECTIONS = 3
"""So many known headings make a text with a title a career page."""
_ZONES = {
    "share": "share", "reading list": "books", "our mission": "footer", "about us": "footer",
    "affiliate disclosure": "footer",
}  # fmt: skip
_SALARIES = re.compile(r"^salaries for\s+(.+)$", re.IGNORECASE)
_PATH = re.compile(r"^path to\s+(.+)$", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[•·▪◦‣*–-]|\d{1,2}[.)])\s+(.*)$")
_STRAY = re.compile(r"(?:^|\s+)[\"“”]\s+[\"“”]\s*$")
_DISCLOSURE = re.compile(r"\bwe\b.{0,20}\bearn\b.{0,40}\bcommissions?\b", re.IGNORECASE)
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_ROW = re.compile(
    r"^(?P<city>.*?[^\s:])??[\s:]*(?<![\w])(?P<amount>-?(?:[^\d\s-]{1,4}\s?)?-?\d[\d.,\s’']*[kK]?(?:\s?[^\d\s.,]{1,3})?)$"
)
_HEADING = re.compile(r"^[A-Z][\w'’-]*(?: (?:[A-Z][\w'’-]*|and|or|of|the|for|in|&)){0,5}$")
_HEADERS = ("city", "location", "place")
_MEASURES = ("median", "average", "mean", "typical", "entry", "senior", "salary", "minimum", "maximum")
_LONGEST_TITLE = 100
_NO_BOOKS = re.compile(r"\b(?:haven[’']t|have not|no|none|not)\b", re.IGNORECASE)
_SITE_TEXT = "text of the site, not of the career"


@dataclass(frozen=True, slots=True)
class SalaryRow:
    """A row of the salary table as the page writes it."""

    line: int
    city: str
    amount: str


@dataclass(slots=True)
class Layout:
    """What stands in a page, in its own words.

    Attributes:
        measure: The heading of the figures, lower case ("median"), "" where the table has none.
        courses, books: Titles listed under the path and the reading list.
        year: The last year of the copyright line, "" without one.
    """

    title: str = ""
    sections: dict[str, Section] = field(default_factory=dict)
    rows: list[SalaryRow] = field(default_factory=list)
    measure: str = ""
    courses: list[str] = field(default_factory=list)
    books: list[str] = field(default_factory=list)
    year: str = ""
    left_out: list[Skip] = field(default_factory=list)


def read_layout(text: str, file: str) -> Layout:
    """Sort a page's lines; `file` names it in the left-out list. A text that is no page gives an empty layout."""
    reader = _Reader(file)
    for number, raw in enumerate(text.split("\n"), 1):
        reader.take(number, plain_text(raw))
    return reader.close()


@dataclass(slots=True)
class _Block:
    """A paragraph or list entry that is being read."""

    line: int
    text: str
    bullet: bool


@dataclass(slots=True)
class _Reader:
    """Takes a page line by line; `zone` is the part of the page it is in: a section's name, or a part of the site."""

    file: str
    zone: str = "top"
    layout: Layout = field(default_factory=Layout)
    blocks: dict[str, list[_Block]] = field(default_factory=dict)
    title_line: int = 0
    named: list[str] = field(default_factory=list)
    open_block: bool = False
    pending: tuple[int, str] | None = None
    seen: dict[str, int] = field(default_factory=dict)

    def take(self, number: int, text: str) -> None:
        """One more line."""
        if not text:
            self.open_block = False
            return
        if (stray := _STRAY.search(text)) is not None:
            self._skip(number, "stray quotation marks")
            text = text[: stray.start()].rstrip()
            if not text:
                return
        if self._heading(number, text):
            self.open_block = False
        elif _COPYRIGHT.match(text):
            self.layout.year = max(re.findall(r"\b(?:19|20)\d\d\b", text), default="")
            self._skip(number, "the site's copyright line")
        elif _DISCLOSURE.search(text):
            self._skip(number, "the site's affiliate disclosure")
        else:
            self._text(number, text)

    def _skip(self, number: int, reason: str) -> None:
        self.layout.left_out.append(Skip(self.file, number, reason))

    def _heading(self, number: int, text: str) -> bool:
        folded = text.casefold().replace("&", "and").rstrip(":").strip()
        if folded == "read more":
            self._skip(number, "the text of a link")
        elif match := _SALARIES.match(text):
            self.zone, self.layout.title = "salaries", self.layout.title or match.group(1)
            self.named.append(match.group(1))
        elif match := _PATH.match(text):
            self.zone = "path"
            self.named.append(match.group(1))
        elif self.zone == "salaries" and not (folded in _ZONES or folded in SECTION_OF):
            return False
        elif folded in SECTION_OF and self.zone != "footer":
            self.zone = SECTION_OF[folded]
            self.blocks.setdefault(self.zone, [])
        elif folded in _ZONES:
            self.zone = _ZONES[folded]
            if self.zone in ("share", "footer"):
                self._skip(number, _SITE_TEXT)
        else:
            return False
        self._drop_pending()
        return True

    def _text(self, number: int, text: str) -> None:
        match self.zone:
            case "top" if len(text) > _LONGEST_TITLE:
                self._skip(number, "text above the title")
            case "top":
                self.layout.title, self.title_line, self.zone = text, number, "overview"
            case "salaries":
                self._salary(number, text)
            case "share" | "footer":
                self._skip(number, _SITE_TEXT)
            case "path":
                if text.casefold().startswith("sorted from"):
                    self.zone = "courses"
                self._skip(number, "introduces the list of courses")
            case "courses":
                self.layout.courses.append(text)
            case "books":
                self._book(number, text)
            case _:
                self._prose(number, text)

    def _book(self, number: int, text: str) -> None:
        if _NO_BOOKS.search(text) and "book" in text.casefold():
            self._skip(number, "says that the reading list is empty")
        else:
            self.layout.books.append(text)

    def _salary(self, number: int, text: str) -> None:
        folded = text.casefold()
        if folded in _HEADERS:
            if self.layout.rows:
                self._skip(number, "the salary table starts again")
            self._drop_pending()
        elif folded in _MEASURES:
            if self.layout.measure and self.layout.rows:
                self._skip(number, "the salary table starts again")
            self.layout.measure = self.layout.measure or folded
        elif folded.startswith("see all"):
            self._skip(number, "the text of a link")
        elif match := _ROW.match(text):
            city = match.group("city") or (self.pending[1] if self.pending else "")
            if match.group("city"):
                self._drop_pending()
            self.pending = None
            if city:
                self.layout.rows.append(SalaryRow(number, city, match.group("amount").strip()))
            else:
                self._skip(number, f"the amount {text} stands under no city")
        elif text.endswith(".") or len(text.split()) > 6:
            self._drop_pending()
            self._skip(number, "the site's note under the salary table; the figures are marked as estimates")
        else:
            self._drop_pending()
            self.pending = (number, text)

    def _drop_pending(self) -> None:
        if self.pending is not None:
            self._skip(self.pending[0], f"{self.pending[1]!r} has no amount after it")
            self.pending = None

    def _prose(self, number: int, text: str) -> None:
        found = self.blocks.setdefault(self.zone, [])
        bullet = _BULLET.match(text)
        if bullet is not None:
            found.append(_Block(number, bullet.group(1), bullet=True))
        elif self.open_block and found:
            found[-1].text += f" {text}"
        else:
            found.append(_Block(number, text, bullet=False))
        self.open_block = True

    def close(self) -> Layout:
        """The finished layout."""
        self._drop_pending()
        layout = self.layout
        known = [name for name in self.blocks if name != "overview"]
        if not layout.title or (len(known) < FEWEST_SECTIONS and not layout.rows):
            return Layout(left_out=layout.left_out)
        self._settle_title()
        for name, blocks in self.blocks.items():
            kept = [block for block in self._ours(blocks) if not self._told_before(block)]
            layout.sections[name] = Section(
                name=name,
                paragraphs=tuple(text for block in kept if not block.bullet and (text := _inert(block.text))),
                items=tuple(Item(text=text) for block in kept if block.bullet and (text := _inert(block.text))),
            )
        layout.left_out.sort(key=lambda skip: skip.line)
        return layout

    def _settle_title(self) -> None:
        """A page names its career again above salaries and path; a first line that differs is the site's."""
        if self.named and self.layout.title not in self.named:
            self._skip(self.title_line, _SITE_TEXT)
            self.layout.title = self.named[0]
            overview = self.blocks.get("overview", [])
            self.blocks["overview"] = [block for block in overview if block.text not in self.named]

    def _ours(self, blocks: list[_Block]) -> Iterator[_Block]:
        """The blocks up to a heading that is none of ours; what stands under it is left out."""
        heading = ""
        for position, block in enumerate(blocks):
            if not block.bullet and position + 1 < len(blocks) and _HEADING.match(block.text):
                heading = block.text
            if heading:
                self._skip(block.line, f"under the heading {heading!r}, which is no section of a profile")
            else:
                yield block

    def _told_before(self, block: _Block) -> bool:
        """Whether a paragraph repeats one above; short list entries may ("Working with a team")."""
        if block.bullet:
            return False
        line = self.seen.setdefault(block.text.casefold(), block.line)
        if line != block.line:
            self._skip(block.line, f"repeats line {line}")
        return line != block.line


def _inert(text: str) -> str:
    """Somebody else's line without what our own format would read: list and heading marks at its head, braces."""
    return re.sub(r"^(?:(?:[#>*+|-]+|\d{1,2}[.)])(?:\s+|$))+", "", text).translate({123: "(", 125: ")"})
