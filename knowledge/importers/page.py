"""A career page's plain text becomes a profile, or brings an existing profile's salaries up to date.

A page is copied from the site and saved as UTF-8 text. Titles and figures are facts; the sentences are the site's own,
so they go only into an operator's content folder, never into the packaged one, and the report says so. A profile that
exists is somebody's work: only its salaries change unless the operator asks for more.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from knowledge.build import CONTENT
from knowledge.buildcareers import read_profiles
from knowledge.cities import Cities
from knowledge.content_files import ContentFiles, small_table
from knowledge.importers.base import Skip, SourceError, open_text
from knowledge.importers.page_changes import PageReport, created, slug_of, updated
from knowledge.importers.page_layout import FEWEST_SECTIONS, Layout, read_layout
from knowledge.importers.page_pay import PageSalary, read_salaries
from knowledge.importers.page_profile import parsed
from knowledge.models import SECTIONS, Section
from knowledge.profile import ProfileError, Salaries, SalaryFigure
from knowledge.titles import slugify

__all__ = ["Page", "PageReport", "PageSalary", "import_page", "read_page"]

SOURCE = "opencourser"
_LARGEST = 2_000_000
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HTML = re.compile(r"<(?:!doctype|html|head|body|div)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What a career page says.

    Attributes:
        sections: By our section names, in our order; "overview" is among them where the page has one.
        salaries: Medians a year in the page's order, each city once.
        courses, books: Titles under the page's path and reading list, which carry no address in plain text.
        year: Year of the page's copyright line, "" without one.
        left_out: Lines that belong to the site, repeat others or can't be read, with the reason.
        notes: What was read into the text ("Bengalaru is read as Bengaluru").
    """

    title: str
    sections: Mapping[str, Section]
    salaries: tuple[PageSalary, ...] = ()
    courses: tuple[str, ...] = ()
    books: tuple[str, ...] = ()
    year: str = ""
    left_out: tuple[Skip, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def overview(self) -> tuple[str, ...]:
        """The paragraphs under the title."""
        section = self.sections.get("overview")
        return section.paragraphs if section else ()

    @property
    def skills(self) -> tuple[str, ...]:
        """The entries of the page's list of skills."""
        section = self.sections.get("skills")
        return tuple(item.text.rstrip(".;,") for item in section.items) if section else ()


def read_page(text: str, path: Path | str, cities: Cities | None = None) -> Page:
    """Read a career page's plain text.

    Args:
        text: The page as copied from a browser.
        path: The file it stands in, for messages.
        cities: Where to look cities up; the packaged places where left out.

    Raises:
        SourceError: the text is no career page.
    """
    if _HTML.search(text[:2000]):
        raise SourceError(f"{path} is HTML. Open the page, select all, copy, and save it as plain text (UTF-8).")
    file = Path(path).name
    layout = read_layout(text, file)
    if not layout.title:
        raise SourceError(
            f"{path} is no career page: it needs a title and at least {FEWEST_SECTIONS} headings such as 'Skills',"
            " 'Career Outlook' or 'Challenges', or a table 'Salaries for …'. Save the whole page as plain text."
        )
    found = cities or Cities.read(ContentFiles((CONTENT,)))
    salaries, skips, notes = _salaries(layout, found, file)
    return Page(
        title=layout.title,
        sections={name: layout.sections[name] for name in SECTIONS if _says(layout.sections.get(name))},
        salaries=tuple(salaries),
        courses=tuple(layout.courses),
        books=tuple(layout.books),
        year=layout.year,
        left_out=tuple(sorted([*layout.left_out, *skips], key=lambda skip: skip.line)),
        notes=tuple(notes),
    )


def _says(section: Section | None) -> bool:
    return section is not None and bool(section.paragraphs or section.items)


def _salaries(layout: Layout, cities: Cities, file: str) -> tuple[list[PageSalary], list[Skip], list[str]]:
    if layout.rows and layout.measure != "median":
        reason = f"the table's figures are headed {layout.measure!r}; profiles hold medians only"
        return [], [Skip(file, row.line, reason) for row in layout.rows], []
    return read_salaries(layout.rows, cities, file)


def import_page(
    path: Path,
    folder: Path,
    *,
    soc: str = "",
    slug: str | None = None,
    source: str = SOURCE,
    as_of: str = "",
    replace: bool = False,
    packaged: Path = CONTENT,
) -> PageReport:
    """Write or update `careers/<slug>.md` in a content folder from a page; importing it twice changes nothing.

    Args:
        path: The page's plain text.
        folder: The content folder to write to.
        soc: O*NET-SOC code for a new profile.
        slug: The career it is; found by its title and aliases where left out.
        source: Id of the figures' source in sources.tsv.
        as_of: The date the figures are for; the page's copyright year where left out.
        replace: Also put the page's sections in place of an existing profile's.
        packaged: The content that comes with the project.

    Raises:
        SourceError: the page, the slug, the code or the source is wrong; nothing has been written.
    """
    files = ContentFiles((packaged, folder) if packaged.resolve() != folder.resolve() else (packaged,))
    try:
        profiles = read_profiles(files)
        page = read_page(_text(path), path, Cities.read(files))
        rows = {row[0]: row for row in small_table(files, "sources.tsv")}
        _known_code(files, soc)
    except ProfileError as error:
        raise SourceError(f"{error}. Mend this profile first, then import the page again.") from error
    except ValueError as error:
        raise SourceError(str(error)) from error
    known = slug or slug_of(page.title, profiles)
    name = known or slugify(_words(page.title))
    if not _SLUG.fullmatch(name):
        raise SourceError(
            f"{name!r} is no slug. Give one: lower-case words joined by hyphens, such as backend-engineer."
        )
    report = PageReport(folder / "careers" / f"{name}.md", name, page.title, left_out=page.left_out)
    report.notes += page.notes
    salaries = _of_source(page, source, as_of, rows)
    here = {profile.path.stem: profile for profile in profiles}
    base = here.get(name)
    sections = page.sections if len(files.folders) > 1 else {}
    if base is None:
        text = created(report, page.skills, soc, salaries, sections, files)
    else:
        text = updated(report, page.sections, base, salaries, sections if replace else {})
    _tell_lists(report, page)
    if sections and (base is None or replace):
        report.notes.append(f"the sections are the page's own sentences (origin: {path.name}); publish them only if"
                            " you may")  # fmt: skip
    elif base is None or replace:
        report.notes.append("the packaged content takes facts only, so the page's sentences stay out; write your own")
    if report.changes:
        parsed(text, report.path)
        _write(report.path, text)
    return report


def _text(path: Path) -> str:
    if not path.is_file():
        raise SourceError(f"{path} is no file. Give the plain text of one career page.")
    if path.stat().st_size > _LARGEST:
        raise SourceError(f"{path} has over {_LARGEST:,} bytes, more than any career page. Is it the right file?")
    try:
        with open_text(path) as stream:
            return stream.read().replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise SourceError(f"{path} is not UTF-8 text. Save the page as plain text (UTF-8).") from error


def _known_code(files: ContentFiles, soc: str) -> None:
    if soc and soc not in {row[0] for row in files.rows("occupations")}:
        raise SourceError(
            f"{soc!r} is no O*NET-SOC code of the occupations table, such as 15-1252.00. Look it up there."
        )


def _of_source(page: Page, source: str, as_of: str, rows: Mapping[str, Sequence[str]]) -> Salaries | None:
    if not page.salaries:
        return None
    if source not in rows:
        raise SourceError(f"source {source!r} is not in sources.tsv. Add a row for it (id, title, publisher, url,"
                          " licence, as_of, note), then import again.")  # fmt: skip
    date = as_of or page.year or rows[source][5]
    if not date:
        raise SourceError("The page doesn't say which year its figures are for. Give it as as_of, such as 2024.")
    figures = [
        SalaryFigure(place=s.place, country=s.country, median=s.amount, currency=s.currency, note=s.note)
        for s in page.salaries
    ]
    return Salaries(source=source, as_of=date, estimate=True, figures=tuple(figures))


def _words(title: str) -> str:
    return title.replace("&", " and ").replace("+", " plus ").replace("#", " sharp ")


def _tell_lists(report: PageReport, page: Page) -> None:
    for what, titles in (("courses", page.courses), ("books", page.books)):
        if titles:
            report.notes.append(f"the page lists {len(titles)} {what} without addresses, which stay out:"
                                f" {'; '.join(titles[:5])}{'…' if len(titles) > 5 else ''}")  # fmt: skip
        else:
            report.notes.append(f"the page lists no {what}")


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text, "utf-8", newline="\n")
        temporary.replace(path)
    except OSError as error:
        raise SourceError(
            f"{path} can't be written: {error.strerror or error}. Check the folder's permissions."
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
