"""`careerbot discord` and `careerbot slack`: run the bot where people talk.

A platform's adapter offers `serve(settings)`, a coroutine that runs until the process is told to end. Its SDK is loaded
only when its command runs.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adapters.cli import failed, settings_for_command

if TYPE_CHECKING:
    from adapters.settings import Settings

Serve = Callable[["Settings"], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform's command.

    Attributes:
        name: The command, and the extra that installs its SDK.
        module: Where its `serve` stands.
        help: What it needs.
    """

    name: str
    module: str
    help: str


PLATFORMS = (
    Platform("discord", "adapters.discord.client", "Run the bot on Discord. Needs DISCORD_TOKEN."),
    Platform("slack", "adapters.slack.client", "Run the bot on Slack. Needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN."),
)


def serve_command(platform: Platform) -> Callable[[], None]:
    """The command that runs a platform."""

    def command() -> None:
        import asyncio  # noqa: PLC0415 - the platform handles signals itself, so not by `adapters.cli.run`

        settings = settings_for_command()
        asyncio.run(_serve(platform)(settings))

    return command


def _serve(platform: Platform) -> Serve:
    """The platform's `serve`; CommandError where its SDK isn't installed."""
    from importlib import import_module  # noqa: PLC0415

    try:
        serve: Serve = import_module(platform.module).serve
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("adapters"):
            raise failed(f"{platform.name} is not available in this version") from error
        raise failed(f"{error.name} is not installed; run: pip install 'careerbot[{platform.name}]'") from error
    return serve
