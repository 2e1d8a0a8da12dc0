"""Commands made from the intents' declarations, with completion, and sent to Discord only when they changed."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from hashlib import sha256
from inspect import Parameter, Signature
from pathlib import Path
from typing import Any

from discord import HTTPException, Interaction, Message
from discord.app_commands import (
    AppCommandContext,
    AppCommandError,
    AppInstallationType,
    Choice,
    Command,
    CommandNotFound,
    CommandTree,
    ContextMenu,
    autocomplete,
    describe,
    locale_str,
    rename,
)

from adapters.discord.admin import Admin
from adapters.discord.answering import Answers
from adapters.discord.completing import KINDS, Completing
from adapters.discord.delivery import say
from adapters.discord.inbound import cleaned
from adapters.discord.layout import notice
from adapters.discord.limits import LONGEST_DESCRIPTION, MOST_COMMAND_OPTIONS
from adapters.discord.localised import language
from adapters.discord.markup import shortened
from bot.intent import Intent, Option
from bot.message import StructuredRequest

log = logging.getLogger(__name__)

INSTALLS = AppInstallationType(guild=True, user=True)
"""The bot can be added to a server, or by a person for use anywhere."""
CONTEXTS = AppCommandContext(guild=True, dm_channel=True, private_channel=True)
LOOK_UP = "Look up this career question"
"""The command in a message's context menu; Discord allows 32 characters."""
QUIZ = "Start the interest quiz"
_LONGEST_TYPED = 1_000
Complete = Callable[[Interaction[Any], str], Coroutine[Any, Any, list[Choice[str]]]]


class Tree(CommandTree[Any]):
    """The commands; a fault in one is never answered with silence."""

    async def on_error(self, interaction: Interaction[Any], error: AppCommandError, /) -> None:
        """Log it and tell the person."""
        if isinstance(error, CommandNotFound):
            text = "That command has changed since Discord last heard of it. Please try again in a minute."
            log.warning("a command was used that no longer exists: %s", error.name)
        else:
            text = "Something went wrong on my side. Please try again; the operator has been told."
            log.error("a command failed", exc_info=error)
        await say(interaction, notice(language(interaction.locale.value)(text)))


def add_commands(tree: CommandTree[Any], answers: Answers, completing: Completing, admin: Admin) -> None:
    """All commands: the intents', the platform's own, and the message context menu."""
    for intent in sorted(answers.bot.intents, key=lambda intent: intent.order):
        if intent.command is not None:
            tree.add_command(intent_command(intent, answers, completing))
    for command in (_ask(answers), _quiz(answers), _look_up(answers), admin.settings_command(), admin.mydata_command()):
        command.allowed_installs, command.allowed_contexts = INSTALLS, CONTEXTS
        tree.add_command(command)


def intent_command(intent: Intent, answers: Answers, completing: Completing) -> Command[Any, ..., None]:
    """The slash command of an intent: its options arrive as slots and stay slots."""
    if intent.command is None:
        raise ValueError(f"{intent.name} declares no command")
    declared = intent.command.options[:MOST_COMMAND_OPTIONS]

    async def callback(interaction: Interaction[Any], **options: str | None) -> None:
        given = {option.name: (options.get(_safe(option)) or "").strip() for option in declared}
        options = {name: value[:_LONGEST_TYPED] for name, value in given.items() if value}
        await answers.respond(interaction, StructuredRequest(intent=intent.name, options=options))

    _declare(callback, declared, completing)
    return _command(intent.command.name, intent.command.help, callback)


def _declare(callback: Callable[..., Awaitable[None]], options: Sequence[Option], completing: Completing) -> None:
    """Give a callback the signature, descriptions and completion of the declared options."""
    parameters = [Parameter("interaction", Parameter.POSITIONAL_OR_KEYWORD, annotation=Interaction)]
    for option in sorted(options, key=lambda option: not option.required):
        default: dict[str, Any] = {} if option.required else {"default": None}
        annotation = str if option.required else str | None
        kind = Parameter.POSITIONAL_OR_KEYWORD
        parameters.append(Parameter(_safe(option), kind, annotation=annotation, **default))
    callback.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    if options:
        describe(**{_safe(option): locale_str(_described(option)) for option in options})(callback)
        rename(**{_safe(option): locale_str(option.name) for option in options})(callback)
        completed = {_safe(one): completion(completing, one) for one in options if one.kind in KINDS}
        if completed:
            autocomplete(**completed)(callback)


def _safe(option: Option) -> str:
    """A name that Python allows for a parameter: "from" is none."""
    return f"option_{option.name}"


def _described(option: Option) -> str:
    return shortened(option.help, LONGEST_DESCRIPTION)


def completion(completing: Completing, option: Option) -> Complete:
    """Completes an option."""

    async def complete(_interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
        return completing.choices(option, typed)

    return complete


def _command(name: str, help_line: str, callback: Any) -> Command[Any, ..., None]:
    return Command(
        name=locale_str(name), description=locale_str(shortened(help_line, LONGEST_DESCRIPTION)), callback=callback,
        allowed_installs=INSTALLS, allowed_contexts=CONTEXTS,
    )  # fmt: skip


def _ask(answers: Answers) -> Command[Any, ..., None]:
    option = Option("question", "text", "In your own words: What does a nurse earn in Leeds?", required=True)

    async def callback(interaction: Interaction[Any], **options: str) -> None:
        await answers.respond(interaction, options[_safe(option)])

    _declare(callback, (option,), Completing(answers.bot))
    return _command("ask", "Ask anything about careers", callback)


def _quiz(answers: Answers) -> Command[Any, ..., None]:
    async def callback(interaction: Interaction[Any]) -> None:
        await answers.respond(interaction, QUIZ)

    return _command("quiz", "Eighteen short questions: careers that fit your interests", callback)


def _look_up(answers: Answers) -> ContextMenu:
    async def callback(interaction: Interaction[Any], message: Message) -> None:
        # Somebody else's message: only the person who looks it up sees the answer, unless they share it.
        await answers.respond(interaction, cleaned(message.content), private=True)

    return ContextMenu(name=locale_str(LOOK_UP), callback=callback)


async def sync_if_changed(tree: CommandTree[Any], remembered: Path) -> bool:
    """Send the commands to Discord if they aren't what was sent last; True if they were sent.

    Args:
        tree: The commands; their translations count too.
        remembered: The file that keeps the digest of what was sent last.
    """
    translator = tree.translator
    commands = tree.get_commands()
    definition = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in commands
    ]
    wanted = sha256(json.dumps(definition, sort_keys=True).encode()).hexdigest()
    if _remembered(remembered) == wanted:
        return False
    try:
        await tree.sync()
    except HTTPException:
        log.exception("Discord didn't take the commands; those it has stay in use until the next start")
        return False
    _remember(remembered, wanted)
    return True


def _remembered(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _remember(path: Path, digest: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(digest, "utf-8")
    except OSError as error:
        log.warning("%s can't be written (%s): the commands are sent again at the next start", path, error)
