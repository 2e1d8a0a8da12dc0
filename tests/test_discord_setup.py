"""Setting up and leaving: what the operator reads when something is wrong, the invite link, shards, signals."""

from __future__ import annotations

import tests.discord_import  # noqa: F401 - before anything that imports discord.py

# isort: split

import ast
import asyncio
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from discord import Interaction, Locale, Message, VoiceClient
from discord.app_commands import ContextMenu, TranslationContext, TranslationContextLocation, locale_str
from discord.gateway import ReconnectWebSocket

from adapters.discord import client as client_module
from adapters.discord.client import run
from adapters.discord.commands import LOOK_UP
from adapters.discord.localised import COMMANDS, SPOKEN, Localised, wordings
from adapters.discord.localised import language as bot_words
from adapters.discord.modals import Asking, LookingFor
from adapters.discord.screens import invite, permissions
from adapters.discord.settings import DiscordSettings, read_discord_settings
from adapters.errors import CommandError
from bot import language as bot_language
from bot.community_memory import InMemoryCommunity
from bot.core import CareerBot
from tests.discord_payloads import APPLICATION, command
from tests.discord_running import settings_for
from tests.discord_server import DiscordServer
from tests.discord_spec import message_problems

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("DISCORD_"):
            monkeypatch.delenv(name)


async def test_no_token_is_one_screen(bot: CareerBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says where the token comes from and where it goes, in less than a terminal's 24 lines."""
    server = DiscordServer()
    await server.start()
    settings = settings_for(server, tmp_path).model_copy(update={"discord_token": None})
    assert await run(bot, InMemoryCommunity(), settings) == 2
    told = capsys.readouterr().err
    assert "DISCORD_TOKEN=" in told
    assert len(told.splitlines()) < 24
    assert not server.requests
    await server.stop()
    assert not server.problems, server.problems


def test_a_missing_token_is_told_before_anything_is_built(tmp_path: Path) -> None:
    """The very first start takes minutes to build the knowledge: nobody waits for that to be told of a token."""
    paths = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "CAREERBOT_DATA": str(tmp_path / "data")}
    for token in ({}, {"DISCORD_TOKEN": "  "}):
        done = subprocess.run(
            [sys.executable, "-m", "adapters", "discord"],
            cwd=tmp_path,
            env=paths | token,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        assert done.stderr.startswith("Careerbot has no Discord token.")
        assert not (tmp_path / "data").exists()


async def test_a_refused_token_is_one_screen(
    bot: CareerBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Discord says 401: the screen tells what to do, and never shows the token."""
    server = DiscordServer()
    await server.start()
    code = await run(bot, InMemoryCommunity(), settings_for(server, tmp_path, token="wrong.token.here"))
    told = capsys.readouterr().err
    assert code == 2
    assert "refused the token" in told
    assert "wrong.token" not in told
    assert len(told.splitlines()) < 24
    await server.stop()
    assert not server.problems, server.problems


@pytest.mark.parametrize(("close", "said"), [
    (4004, "refused the token"), (4014, "Message Content Intent"),
    (4011, "DISCORD_SHARD_COUNT"), (4010, "DISCORD_SHARD_IDS"),
])  # fmt: skip
async def test_what_the_gateway_refuses_is_one_screen(
    bot: CareerBot, tmp_path: Path, capsys: pytest.CaptureFixture[str], close: int, said: str
) -> None:
    """A bad token or intent or shard ends the process with what to do about it."""
    server = DiscordServer()
    await server.start()
    server.gateway.refuse = close
    assert await run(bot, InMemoryCommunity(), settings_for(server, tmp_path)) == 2
    assert said in capsys.readouterr().err
    await server.stop()
    assert not server.problems, server.problems


async def test_an_unreachable_discord_is_said(
    bot: CareerBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing listens at the address: what to check, and exit code 1."""
    server = DiscordServer()
    await server.start()
    settings = settings_for(server, tmp_path)
    await server.stop()
    assert not server.problems, server.problems
    assert await run(bot, InMemoryCommunity(), settings) == 1
    assert "can't be reached" in capsys.readouterr().err


async def test_the_whole_way_to_the_first_answer_and_an_orderly_end(
    bot: CareerBot, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """`run` prints the invite link, answers, and ends with 0 on SIGTERM; nothing is warned of that nobody can mend."""
    monkeypatch.setattr(VoiceClient, "warn_nacl", True)
    server = DiscordServer()
    await server.start()
    process = asyncio.create_task(run(bot, InMemoryCommunity(), settings_for(server, tmp_path)))
    async with asyncio.timeout(10):
        while "identify" not in server.gateway.log:
            server.gateway.changed.clear()
            await server.gateway.changed.wait()
    await server.use(command("salary", {"career": "Data Engineer", "place": "Berlin"}))
    os.kill(os.getpid(), signal.SIGTERM)
    assert await asyncio.wait_for(process, 10) == 0
    assert invite(APPLICATION) in capsys.readouterr().err
    assert "voice" not in caplog.text
    await server.stop()
    assert not server.problems, server.problems


async def test_a_connection_that_breaks_twice_starts_anew(
    bot: CareerBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """discord.py raises ReconnectWebSocket out of `connect` in one rare case: the bot comes back by itself."""
    runs = []

    async def once_broken(*_: object) -> int:
        runs.append(1)
        if len(runs) == 1:
            raise ReconnectWebSocket(0)
        return 0

    monkeypatch.setattr(client_module, "_one_run", once_broken)
    server = DiscordServer()
    await server.start()
    assert await run(bot, InMemoryCommunity(), settings_for(server, tmp_path)) == 0
    assert len(runs) == 2
    await server.stop()
    assert not server.problems, server.problems


def test_the_invite_link_asks_for_exactly_what_is_needed() -> None:
    """Six permissions, two scopes; nothing that administers anything."""
    query = parse_qs(urlsplit(invite(APPLICATION)).query)
    assert query["client_id"] == [str(APPLICATION)]
    assert set(query["scope"][0].split()) == {"bot", "applications.commands"}
    assert int(query["permissions"][0]) == permissions().value
    assert {name for name, granted in permissions() if granted} == {  # "read_messages" is View Channel
        "read_messages", "send_messages", "send_messages_in_threads", "read_message_history", "create_public_threads",
        "attach_files",
    }  # fmt: skip


@pytest.mark.parametrize(("count", "ids", "shards"), [("4", "0-1", (0, 1)), ("4", "0,2-3", (0, 2, 3)), ("2", "", ())])
def test_shards_are_read(monkeypatch: pytest.MonkeyPatch, count: str, ids: str, shards: tuple[int, ...]) -> None:
    """Ranges and lists of this process's shards."""
    monkeypatch.setenv("DISCORD_SHARD_COUNT", count)
    monkeypatch.setenv("DISCORD_SHARD_IDS", ids)
    assert read_discord_settings() == DiscordSettings(shard_count=int(count), shard_ids=shards)


@pytest.mark.parametrize(("name", "value", "said"), [
    ("DISCORD_SHARD_IDS", "one", "0-3"), ("DISCORD_SHARD_IDS", "0", "needs DISCORD_SHARD_COUNT"),
    ("DISCORD_SHARD_COUNT", "none", "DISCORD_SHARD_COUNT"),
    ("DISCORD_MESSAGE_CONTENT", "maybe", "DISCORD_MESSAGE_CONTENT"),
])  # fmt: skip
def test_bad_settings_are_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    """Which setting, and what it may be."""
    monkeypatch.setenv(name, value)
    with pytest.raises(CommandError, match=said):
        read_discord_settings()


def test_translations_are_complete_and_allowed() -> None:
    """Each wording has all languages; none is longer than Discord takes."""
    for table in (COMMANDS, SPOKEN):
        for english, said in wordings(table).items():
            assert set(said) == {"de", "fr", "es", "pt"}, english
            blanks = set(re.findall(r"{\w+}", english))
            assert all(set(re.findall(r"{\w+}", text)) == blanks for text in said.values()), english
            assert table == SPOKEN or all(len(text) <= 100 for text in said.values()), english


def test_every_wording_of_buttons_and_notices_is_translated_and_one_that_is_said() -> None:
    """The table holds all that is said to people in their language, and nothing that is no longer said."""
    paths = [*COMMANDS.parent.glob("*.py"), ROOT / "bot" / "community_plans.py"]
    trees = [ast.parse(path.read_text("utf-8")) for path in paths]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert [english for english in wordings(SPOKEN) if english not in texts] == []
    german = bot_language.language("de")
    said = [literal for node in nodes if isinstance(node, ast.Call) for literal in spoken(node)]
    assert len(said) > 40
    assert [text for text in said if text not in wordings(SPOKEN) and german(text) == text] == []


def spoken(call: ast.Call) -> list[str]:
    """The texts that a call says in a person's language: `words("…")`, `language(…)("…")`, `_words(press)("…")`."""
    called = call.func.func if isinstance(call.func, ast.Call) else call.func
    if not isinstance(called, ast.Name) or called.id not in ("words", "_words", "say", "say_it", "language"):
        return []
    first = call.args[0] if call.args else None
    chosen = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    return [one.value for one in chosen if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value]


@pytest.mark.parametrize("locale", ["en-GB", "de", "fr", "es-ES", "pt-BR"])
def test_modals_fit_in_every_language(locale: str) -> None:
    """Titles, labels and descriptions of what is typed into are as short as Discord wants them."""
    for modal in (LookingFor("=/salary Data Engineer", bot_words(locale)), Asking(bot_words(locale))):
        sent = modal.to_dict()
        assert list(message_problems(sent, modal=True)) == []
        assert not sent["title"].endswith("…")


async def test_a_name_that_discord_would_refuse_is_not_sent() -> None:
    """A translated name must be one lower-case word; English needs none."""
    translator = Localised()
    name = TranslationContext(TranslationContextLocation.command_name, data=None)
    assert await translator.translate(locale_str("salary"), Locale.german, name) == "gehalt"
    assert await translator.translate(locale_str("salary"), Locale.british_english, name) is None
    assert await translator.translate(locale_str("What you can ask"), Locale.german, name) is None
    assert await translator.translate(locale_str("nothing like that"), Locale.german, name) is None


async def test_the_entry_of_a_messages_menu_is_translated_with_its_spaces() -> None:
    """It is no command that is typed: capitals and spaces are allowed there."""

    async def nothing(_interaction: Interaction, _message: Message) -> None: ...

    menu = TranslationContext(TranslationContextLocation.command_name, ContextMenu(name=LOOK_UP, callback=nothing))
    for locale in (Locale.german, Locale.french, Locale.spain_spanish, Locale.brazil_portuguese):
        said = await Localised().translate(locale_str(LOOK_UP), locale, menu)
        assert said
        assert len(said) <= 32
