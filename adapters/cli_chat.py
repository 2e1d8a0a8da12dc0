"""`careerbot chat`: talk in the terminal."""

from __future__ import annotations

import sys

from adapters.cli import run, settings_for_command
from adapters.cli_ask import ready_bot

CHAT_HELP = """Talk in the terminal.

Ask in your own words, or with commands such as /salary backend london.
Type the number of a suggestion to ask it, Tab to complete a career or a place.
/share gives the last answer as a message to quote, /why explains it, /help
tells what can be asked, /quit (or Ctrl-D) ends.

Lines from a pipe are answered one by one:

\b
  printf 'nurse pay in Leeds\\nand in York?\\n' | careerbot chat
"""


def chat() -> None:
    """See CHAT_HELP."""
    run(_chat())


async def _chat() -> None:
    from adapters.settings import read_settings  # noqa: PLC0415

    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    log = read_settings().data / "careerbot.log" if interactive else None
    settings = settings_for_command(log)
    async with ready_bot(settings) as bot:
        from adapters.console.client import Chat  # noqa: PLC0415 - after the bot: a wrong setting is told at once

        talk = Chat(bot, settings.locale)
        if interactive:
            await talk.at_prompt(settings.data / "history")
        else:
            await talk.from_pipe(sys.stdin.buffer)
