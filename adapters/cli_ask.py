"""`careerbot ask` and `careerbot why`: one question, or a file of them, answered for people or for machines."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from adapters.cli import ProgressBar, run, say, settings_for_command
from adapters.errors import BAD_USAGE, CommandError

if TYPE_CHECKING:
    from adapters.console.answering import Teller
    from adapters.settings import Settings
    from bot.community_overlay import Overlay
    from bot.core import CareerBot

ASK_HELP = """Ask one question, or answer a file of them.

Examples:

\b
  careerbot ask what does a data engineer earn in Berlin
  careerbot ask "/compare nurse and paramedic"
  careerbot ask --json "how do I become an electrician?"
  careerbot ask --json --file questions.txt > answers.jsonl
  echo "nurse pay in Leeds" | careerbot ask --file -

A file holds one message a line: plain text, or an object such as
{"text": "and in Rome?", "conversation": "c1", "locale": "en-GB"}.
Messages of one conversation follow each other up; all others stand alone.

Exit code: 0 answered (also when a message was not understood), 2 wrong usage
or a line that can't be read.
"""
WHY_HELP = """Explain how a message is understood: which words matched what, the scores, the runner-up.

Examples:

\b
  careerbot why backend pay in berlin
  careerbot why "is my nursery open on Sunday?"
"""

Words = Annotated[list[str] | None, typer.Argument(metavar="TEXT", help="The message; quotes are optional.")]


def ask(
    words: Words = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a message, for other programs.")
    ] = False,
    file: Annotated[
        str | None,
        typer.Option("--file", "-f", metavar="FILE", help='Read messages from FILE, "-" for standard input.'),
    ] = None,
) -> None:
    """See ASK_HELP."""
    if file is not None and words:
        raise CommandError("give either a TEXT or --file, not both")
    if file is None and not words:
        raise CommandError('nothing to ask; try: careerbot ask "what does a data engineer earn?"')
    if file is not None:
        with opened(file) as stream:
            code = run(_answer_file(stream, file, as_json))
        raise typer.Exit(code)
    run(_answer_one(" ".join(words or ()), as_json))


def why(words: Annotated[list[str], typer.Argument(metavar="TEXT", help="The message to explain.")]) -> None:
    """See WHY_HELP."""
    run(_explain(" ".join(words)))


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """A file's bytes, standard input for "-"; raises CommandError where it can't be read."""
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = open(file, "rb")  # noqa: SIM115, PTH123 - closed below; a pattern error must not hide in the body
    except OSError as error:
        raise CommandError(f"{file}: can't be read ({error.strerror}); check the path") from error
    with stream:
        yield stream


@asynccontextmanager
async def ready_bot(settings: Settings) -> AsyncIterator[CareerBot]:
    """A bot for one command, built first where needed, with a progress bar on standard error.

    Curators' decisions that hold everywhere hold here too, where there is a community database.
    """
    from adapters.compose import open_bot  # noqa: PLC0415 - after the settings, so that a wrong one is told at once

    with ProgressBar() as bar:
        async with _decisions(settings) as overlay, open_bot(settings, bar, overlay=overlay) as bot:
            bar.close()
            yield bot


@asynccontextmanager
async def _decisions(settings: Settings) -> AsyncIterator[Overlay | None]:
    if settings.database_url is None and not (settings.data / "community.sqlite").exists():
        yield None
        return
    try:
        from adapters.store.following import decided  # noqa: PLC0415 - most have none, and needn't wait for SQLAlchemy
    except ModuleNotFoundError:
        yield None
        return
    url = settings.database_url.get_secret_value() if settings.database_url else None
    async with decided(url, settings.data) as overlay:
        yield overlay


def _teller(bot: CareerBot, settings: Settings, *, as_json: bool, echo: bool) -> Teller:
    """The one that prints JSON lines, or the one that prints for people."""
    if as_json:
        from adapters.console.answering import JsonTeller  # noqa: PLC0415

        return JsonTeller(bot, settings.locale)
    from adapters.console.printing import PrintingTeller  # noqa: PLC0415 - machines don't need Rich

    return PrintingTeller(bot, settings.locale, echo=echo)


async def _answer_one(text: str, as_json: bool) -> None:
    settings = settings_for_command()
    from adapters.console.inbound import Request, typed  # noqa: PLC0415

    async with ready_bot(settings) as bot:
        await _teller(bot, settings, as_json=as_json, echo=False).tell(Request(text=typed(text)))


async def _answer_file(stream: BinaryIO, name: str, as_json: bool) -> int:
    """Answer each line; the exit code says whether one couldn't be read."""
    settings = settings_for_command()
    from adapters.console.inbound import LineError, read_lines, read_request  # noqa: PLC0415

    shown = "standard input" if name == "-" else name
    code = 0
    async with ready_bot(settings) as bot:
        teller = _teller(bot, settings, as_json=as_json, echo=True)
        for line in read_lines(stream):
            if line.repaired:
                say(f"careerbot: {shown}:{line.number}: is not all UTF-8; what could not be read became “\ufffd”")
            try:
                await teller.tell(read_request(line.text))
            except LineError as error:
                say(f"careerbot: {shown}:{line.number}: {error}")
                code = BAD_USAGE
    return code


async def _explain(text: str) -> None:
    settings = settings_for_command()
    from adapters.console.inbound import typed  # noqa: PLC0415
    from adapters.console.printing import PrintingTeller  # noqa: PLC0415

    async with ready_bot(settings) as bot:
        await PrintingTeller(bot, settings.locale, echo=False).explain(typed(text))
