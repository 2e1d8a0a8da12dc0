"""`careerbot discord`, `slack`, `serve` and `doctor`: run the bot where people talk; see what is wrong with the set-up.

A platform's adapter offers a coroutine `(bot, community, settings) -> exit code` that runs until the process is told to
end. Its SDK is loaded only when its command runs.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from adapters.cli import ProgressBar, failed, settings_for_command
from adapters.errors import CommandError

if TYPE_CHECKING:
    from adapters.settings import Settings
    from bot.community import Community
    from bot.core import CareerBot

Serve = Callable[["CareerBot", "Community", "Settings"], Awaitable[int]]
Ready = Callable[["Settings"], int]


@dataclass(frozen=True, slots=True)
class Platform:
    """A command that serves.

    Attributes:
        name: The command. extra: What installs its SDK.
        module, function: Where its coroutine stands.
        help: What it needs.
        ready: The function of the module that says on standard error what the settings lack, before anything is built
            or opened; it gives the exit code, 0 where nothing does. "" = the coroutine says it itself.
    """

    name: str
    extra: str
    module: str
    function: str
    help: str
    ready: str = ""


PLATFORMS = (
    Platform(
        "discord", "discord", "adapters.discord.client", "run",
        "Run the bot on Discord. Needs DISCORD_TOKEN; docs/discord.md.", "ready",
    ),
    Platform(
        "slack", "slack", "adapters.slack.client", "run_socket",
        "Run the bot on Slack by Socket Mode. Needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN; docs/slack.md.",
    ),
    Platform(
        "serve", "slack", "adapters.slack.http", "serve",
        "Serve Slack over HTTP on HOST and PORT. Needs SLACK_SIGNING_SECRET and a token or client; docs/slack.md.",
    ),
)  # fmt: skip


def serve_command(platform: Platform) -> Callable[[], None]:
    """The command that runs a platform."""

    def command() -> None:
        import asyncio  # noqa: PLC0415 - the platform handles signals itself, so not by `adapters.cli.run`

        settings = settings_for_command()
        ready, serve = _functions(platform)
        code = ready(settings) or asyncio.run(_served(serve, settings))
        if code:
            raise typer.Exit(code)

    return command


def _functions(platform: Platform) -> tuple[Ready, Serve]:
    """What tells what is missing, and the coroutine; CommandError where the platform's SDK isn't installed."""
    from importlib import import_module  # noqa: PLC0415

    try:
        module = import_module(platform.module)
    except ModuleNotFoundError as error:
        raise failed(f"{error.name} is not installed; run: pip install 'careerbot[{platform.extra}]'") from error
    return getattr(module, platform.ready) if platform.ready else lambda _: 0, getattr(module, platform.function)


async def _served(serve: Serve, settings: Settings) -> int:
    """Open the bot over the community database, follow the curators' decisions, and serve."""
    from adapters.compose import open_bot  # noqa: PLC0415
    from adapters.memory import settle  # noqa: PLC0415
    from adapters.store.community import open_community  # noqa: PLC0415
    from adapters.store.following import following  # noqa: PLC0415
    from adapters.store.opening import StoreError  # noqa: PLC0415
    from bot.community_overlay import Overlay  # noqa: PLC0415

    url = settings.database_url.get_secret_value() if settings.database_url else None
    overlay = Overlay()
    bar = ProgressBar()
    try:
        async with (
            open_community(url, settings.data, keep_house=True) as community,
            following(community, overlay),
            open_bot(settings, bar, community, overlay) as bot,
        ):
            bar.close()
            bot.completion.warm()
            settle()
            return await serve(bot, community, settings)
    except StoreError as error:
        raise CommandError(str(error)) from error


def doctor() -> None:
    """Look at the settings of Slack and say what is wrong with tokens, scopes, signing secret and clock."""
    import asyncio  # noqa: PLC0415

    from adapters.slack.doctor import doctor as examine  # noqa: PLC0415

    findings = asyncio.run(examine(settings_for_command()))
    for finding in findings:
        typer.echo(f"{'ok   ' if finding.ok else 'wrong'} {finding.what}")
        if finding.advice and not finding.ok:
            typer.echo(f"      {finding.advice}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)
