"""`careerbot knowledge`: build, check and look at the knowledge base, and import a source's new release."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli import ProgressBar, failed, run, say, settings_for_command
from adapters.errors import FAILED, CommandError

if TYPE_CHECKING:
    from adapters.settings import Settings
    from knowledge.importers.base import Importer, Progress, Report, Tables

KNOWLEDGE_HELP = """Build, check and look at the knowledge base; import sources.

\b
  careerbot knowledge build
  careerbot knowledge check
  careerbot knowledge show data-engineer
  careerbot knowledge import onet db_30_1_text.zip
"""
IMPORT_HELP = """Import a source's release from the file or folder it is published as.

Examples:

\b
  careerbot knowledge import                          lists the sources
  careerbot knowledge import onet db_31_0_text.zip
  careerbot knowledge import oews oews_2026.csv.gz --strict
  careerbot knowledge import page saved-career-page.txt

All of it is read before anything is written; then it tells what changed.
"""
_MOST_LINES = 20
PAGE = "page"

Strict = Annotated[bool, typer.Option("--strict", help="Import nothing if a single row is bad.")]
Into = Annotated[
    Path | None,
    typer.Option("--into", metavar="FOLDER", help="Content folder to write to (default: the packaged one)."),
]


def knowledge_app() -> typer.Typer:
    """The commands under `careerbot knowledge`."""
    app = typer.Typer(help=KNOWLEDGE_HELP, no_args_is_help=True, rich_markup_mode=None)
    app.command()(build)
    app.command()(check)
    app.command()(show)
    app.command("import", help=IMPORT_HELP)(import_source)
    return app


def build(force: Annotated[bool, typer.Option("--force", help="Build even if nothing has changed.")] = False) -> None:
    """Build the database and train the understanding, where they are missing or out of date."""
    settings = settings_for_command()
    from adapters.compose import build_knowledge, model_file, open_knowledge, train_understanding  # noqa: PLC0415

    async def train() -> bool:
        async with open_knowledge(settings) as knowledge:
            return await train_understanding(settings, knowledge, bar)

    with ProgressBar() as bar:
        report = build_knowledge(settings, bar, force=force)
        if force:
            model_file(settings).unlink(missing_ok=True)
        trained = run(train())
    _tell(report.problems, "left out")
    typer.echo(f"Knowledge {report.version} in {settings.data}: {'built' if report.built else 'up to date'}")
    if report.counts:
        typer.echo("  " + ", ".join(f"{count:,} {name}" for name, count in report.counts.items()))
    typer.echo(f"Understanding: {'trained' if trained else 'up to date'}")


def check() -> None:
    """Check all content files; tells each problem by file and line. Exit code 1 if there is one."""
    settings = settings_for_command()
    problems = _check(settings)
    here = f"{Path.cwd()}{os.sep}"
    for problem in problems:
        typer.echo(problem.removeprefix(here))
    if problems:
        say(f"careerbot: {len(problems):,} {'problem' if len(problems) == 1 else 'problems'}")
        raise typer.Exit(FAILED)
    typer.echo("The content is in order.")


def _check(settings: Settings) -> list[str]:
    """The problems that the checks find, one line each."""
    from adapters.compose import content_folders  # noqa: PLC0415
    from knowledge.check import check as check_content  # noqa: PLC0415

    return [str(defect) for defect in check_content(content_folders(settings))]


def show(slug: Annotated[str, typer.Argument(metavar="SLUG", help="A career's slug, e.g. data-engineer.")]) -> None:
    """Show what the knowledge base holds about a career."""
    settings = settings_for_command()
    from adapters.compose import build_knowledge, open_knowledge  # noqa: PLC0415
    from adapters.console.holdings import holdings, nearest_slugs  # noqa: PLC0415
    from adapters.console.render import render  # noqa: PLC0415
    from adapters.console.screen import open_screen  # noqa: PLC0415
    from knowledge.knowledge import UnknownIdentifier  # noqa: PLC0415

    async def look_up() -> None:
        async with open_knowledge(settings) as knowledge:
            try:
                reply = await holdings(knowledge, slug)
            except UnknownIdentifier as error:
                near = await nearest_slugs(knowledge, slug)
                hint = f" Did you mean {', '.join(near)}?" if near else ""
                raise CommandError(f"there is no career {slug!r}.{hint}") from error
            screen, look = open_screen()
            screen.show(render(reply, look))

    with ProgressBar() as bar:
        build_knowledge(settings, bar)
    run(look_up())


def import_source(
    source: Annotated[str | None, typer.Argument(metavar="SOURCE", help="Which source; none lists them.")] = None,
    path: Annotated[Path | None, typer.Argument(metavar="PATH", help="The file or folder of its release.")] = None,
    into: Into = None,
    strict: Strict = False,
) -> None:
    """See IMPORT_HELP."""
    from knowledge.importers import load_importers  # noqa: PLC0415

    importers = load_importers()
    if source is None:
        for name, importer in importers.items():
            typer.echo(f"{name}\n  {importer.help}")
        typer.echo(f"{PAGE}\n  Give the saved text of one career page.")
        return
    if path is None:
        raise CommandError(f"give the PATH too: careerbot knowledge import {source} PATH")
    if source != PAGE and source not in importers:
        raise CommandError(f"there is no source {source!r}; known are {', '.join([*importers, PAGE])}")
    from knowledge.build import CONTENT  # noqa: PLC0415
    from knowledge.importers.base import SourceError, run_import  # noqa: PLC0415

    content = into or CONTENT
    try:
        with ProgressBar() as bar:
            if source == PAGE:
                _tell_page(path, content)
                return
            importer = importers[source]
            report = run_import(refusing(importer) if strict else importer, path, content, bar)
    except SourceError as error:
        raise failed(str(error)) from error
    except OSError as error:
        raise failed(f"{error.filename or content}: {error.strerror}. Check the path and its permissions.") from error
    _tell([str(skip) for skip in report.skips], "skipped", report.skipped)
    typer.echo(f"Read {report.read:,} rows, kept {report.kept:,}, skipped {report.skipped:,}.")
    for change in report.changes or ["Nothing has changed."]:
        typer.echo(f"  {change}")
    if report.changes:
        typer.echo("Now run: careerbot knowledge build")


def _tell_page(path: Path, content: Path) -> None:
    """Import a career page's text and say what became of it; raises SourceError for a text that is none."""
    from knowledge.importers.page import import_page  # noqa: PLC0415

    report = import_page(path, content)
    for line in report.lines():
        typer.echo(line)
    if report.changed:
        typer.echo("Now run: careerbot knowledge build")


def refusing(importer: Importer) -> Importer:
    """The same importer, which refuses the whole release where it had to skip a row."""
    from knowledge.importers.base import SourceError  # noqa: PLC0415

    def read(path: Path, report: Report, progress: Progress) -> Tables:
        tables = importer.read(path, report, progress)
        if report.skipped:
            first = "; ".join(str(skip) for skip in report.skips[:3])
            raise SourceError(f"{report.skipped:,} bad rows, so nothing was imported (--strict): {first}")
        return tables

    return replace(importer, read=read)


def _tell(lines: list[str], what: str, total: int | None = None) -> None:
    """The first lines of a long list, and how many more there are."""
    count = len(lines) if total is None else total
    for line in lines[:_MOST_LINES]:
        say(f"{what}: {line}")
    if count > _MOST_LINES:
        say(f"… and {count - _MOST_LINES:,} more {what}")
