"""The command `careerbot`: which commands there are. Each loads what it needs when it runs: starting is quick."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from adapters.cli import finish
from adapters.cli_ask import ASK_HELP, WHY_HELP, ask, why
from adapters.cli_chat import CHAT_HELP, chat
from adapters.cli_db import INSIGHTS_HELP, db_app, insights, misses_app
from adapters.cli_evaluate import EVALUATE_HELP, evaluate
from adapters.cli_knowledge import knowledge_app
from adapters.cli_platforms import PLATFORMS, doctor, serve_command
from adapters.errors import CommandError

MAIN_HELP = """Answers career questions: what a career is, what it pays, how to get in. Every figure names its source.

Start here:

\b
  careerbot chat                                      talk in the terminal
  careerbot ask what does a nurse earn in Leeds       one question
  careerbot ask --json "jobs like a librarian"        one question, for other programs
  careerbot why backend pay in berlin                 how a question is understood

The first start builds the knowledge base, which takes about a minute. Settings come
from the environment and a file .env: see docs/settings.md.
"""


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415

        typer.echo(f"careerbot {version('careerbot')}")
        raise typer.Exit


def _options(
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options of the command itself."""


def command_line() -> typer.Typer:
    """The commands, put together."""
    app = typer.Typer(
        name="careerbot", help=MAIN_HELP, no_args_is_help=True, add_completion=False, rich_markup_mode=None,
        pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]},
    )  # fmt: skip
    app.callback(help=MAIN_HELP)(_options)
    app.command(help=CHAT_HELP)(chat)
    app.command(help=ASK_HELP)(ask)
    app.command(help=WHY_HELP)(why)
    app.add_typer(knowledge_app(), name="knowledge")
    app.command(help=EVALUATE_HELP)(evaluate)
    for platform in PLATFORMS:
        app.command(platform.name, help=platform.help)(serve_command(platform))
    app.command()(doctor)
    app.add_typer(db_app(), name="db")
    app.add_typer(misses_app(), name="misses")
    app.command(help=INSIGHTS_HELP)(insights)
    return app


def main() -> int:
    """The installed command; returns its exit code."""
    return finish(_run)


def _run() -> int:
    try:
        command_line()(prog_name="careerbot")
    except SystemExit as end:
        if isinstance(end.code, str):
            raise CommandError(end.code) from end
        return end.code or 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
