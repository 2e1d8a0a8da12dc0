"""`careerbot evaluate`: how well labelled questions are understood."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli import ProgressBar, run, say, settings_for_command
from adapters.errors import FAILED, CommandError

if TYPE_CHECKING:
    from adapters.evaluation_summary import Summary
    from adapters.labelled import Conversation

EVALUATE_HELP = """Replay labelled questions and report how well they are understood.

Examples:

\b
  careerbot evaluate tests/evaluation/*.jsonl
  careerbot evaluate questions.jsonl --failures
  careerbot evaluate questions.jsonl --json --floor tests/evaluation/floor.json

A floor file holds least values: {"joint": 0.85, "refused": 0.9,
"right_career": 0.97, "intents.salary": 0.9, "styles.typo": 0.8}.
Exit code 1 if one is missed. Lines are described in docs/evaluation.md.
"""


def evaluate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Labelled questions, one conversation a line.")],
    failures: Annotated[bool, typer.Option("--failures", help="List what went wrong, message by message.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    floor: Annotated[Path | None, typer.Option("--floor", metavar="FILE", help="Least values; exit 1 below.")] = None,
) -> None:
    """See EVALUATE_HELP."""
    from adapters.evaluation_summary import below_floor  # noqa: PLC0415
    from adapters.labelled import LabelError, read_labelled  # noqa: PLC0415

    try:
        conversations = [conversation for file in files for conversation in read_labelled(file)]
        least = _floor(floor) if floor is not None else {}
        summary = run(_replay(conversations))
        missed = below_floor(summary, least)
    except LabelError as error:
        raise CommandError(str(error)) from error
    if as_json:
        from adapters.console.evaluate import summary_object  # noqa: PLC0415
        from adapters.console.machine import json_line  # noqa: PLC0415

        sys.stdout.write(json_line(summary_object(summary, failures=failures)) + "\n")
    else:
        from adapters.console.evaluate import report  # noqa: PLC0415
        from adapters.console.render import render  # noqa: PLC0415
        from adapters.console.screen import open_screen  # noqa: PLC0415

        screen, look = open_screen()
        screen.show(render(report(summary, failures=failures), look))
    for line in missed:
        say(f"careerbot: {line}")
    if missed:
        raise typer.Exit(FAILED)


def _floor(path: Path) -> dict[str, float]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: can't be read as JSON ({error})") from error
    if not isinstance(values, dict) or not all(type(value) in (int, float) for value in values.values()):
        raise CommandError(f'{path}: must be an object of numbers, for example {{"joint": 0.85}}')
    return {str(name): float(value) for name, value in values.items()}


async def _replay(conversations: list[Conversation]) -> Summary:
    settings = settings_for_command()
    from adapters.compose import open_bot  # noqa: PLC0415
    from adapters.console.evaluate import replay  # noqa: PLC0415
    from adapters.evaluation_summary import summarise  # noqa: PLC0415

    with ProgressBar() as bar:
        async with open_bot(settings, bar) as bot:
            verdicts = await replay(bot, conversations, settings.locale, bar if sys.stderr.isatty() else None)
    return summarise(verdicts)
