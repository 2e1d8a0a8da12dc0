"""Settings come from the environment and `.env`; a wrong one is told in one line that names it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from adapters.errors import BAD_USAGE, CommandError
from adapters.settings import Settings, default_data_folder, read_settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of whoever runs the tests, and no `.env` of theirs."""
    names = {str(field.validation_alias) for field in Settings.model_fields.values()}
    for name in os.environ.keys() & names:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_it_is_local_and_no_platform_is_configured() -> None:
    """Defaults need no account anywhere, listen on this machine only, and stay in the checkout."""
    settings = read_settings()
    assert settings.discord_token is None
    assert settings.slack_bot_token is None
    assert settings.database_url is None
    assert (settings.host, settings.port) == ("127.0.0.1", 3000)
    assert settings.discord_api_url == "https://discord.com/api/v10"
    assert settings.data == default_data_folder() == Path(__file__).resolve().parents[1] / ".careerbot"
    assert (settings.locale, settings.default_country, settings.content) == ("en-US", "", ())


def test_environment_and_env_file_are_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`.env` in the working folder holds settings; the environment overrides it; foreign keys are left alone."""
    Path(".env").write_text("CAREERBOT_LOCALE=de_DE\nPORT=8080\nSOMETHING_ELSE=1\nDISCORD_TOKEN=\n", "utf-8")
    monkeypatch.setenv("PORT", "9090")
    settings = read_settings()
    assert (settings.locale, settings.port, settings.discord_token) == ("de-DE", 9090, None)


def test_content_is_a_path_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Folders are separated as in PATH."""
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    monkeypatch.setenv("CAREERBOT_CONTENT", f"{first}{os.pathsep}{second}")
    assert read_settings().content == (first, second)


def test_affiliate_links_are_a_json_object_by_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hosts are compared without "www." and in lower case."""
    monkeypatch.setenv("CAREERBOT_AFFILIATE_LINKS", '{"WWW.Example.org": "https://go.example/?to={url}"}')
    assert read_settings().affiliate_links == {"example.org": "https://go.example/?to={url}"}


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("CAREERBOT_CONTENT", "/no/such/folder", "/no/such/folder is no folder"),
        ("CAREERBOT_LOCALE", "not a tag!", "en-GB"),
        ("CAREERBOT_DEFAULT_COUNTRY", "UK", "GB"),
        ("CAREERBOT_DEFAULT_COUNTRY", "England", "two letters"),
        ("CAREERBOT_AFFILIATE_LINKS", "{oops", "no JSON"),
        ("CAREERBOT_AFFILIATE_LINKS", '["a"]', "JSON object"),
        ("CAREERBOT_AFFILIATE_LINKS", '{"a.org": "http://no"}', "{url}"),
        ("CAREERBOT_LOG_LEVEL", "loud", "WARNING"),
        ("PORT", "eighty", "integer"),
        ("PORT", "70000", "65535"),
        ("DISCORD_API_URL", "discord.com", "https://"),
        ("DISCORD_GATEWAY_URL", "https://x", "wss://"),
        ("SLACK_API_URL", "slack", "https://"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_its_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    """The message is one line, names the variable, and says what to write; its exit code is that of bad usage."""
    monkeypatch.setenv(name, value)
    with pytest.raises(CommandError) as caught:
        read_settings()
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(f"{name}: ")
    assert says in message
    assert caught.value.code == BAD_USAGE


def test_data_must_not_be_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file where the data folder should be is told at once, not when the database is built."""
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("CAREERBOT_DATA", str(file))
    with pytest.raises(CommandError, match=r"CAREERBOT_DATA: .* is a file"):
        read_settings()


def test_an_env_file_that_is_no_text_is_told() -> None:
    """A broken `.env` is named, without a traceback."""
    Path(".env").write_bytes(b"CAREERBOT_LOCALE=\xff\xfe\n")
    with pytest.raises(CommandError, match="UTF-8"):
        read_settings()


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither printing the settings nor an error about them shows a token or a password."""
    for name in ("DISCORD_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL"):
        monkeypatch.setenv(name, f"hush-{name}")
    settings = read_settings()
    assert "hush" not in f"{settings!r}{settings}"
    assert isinstance(settings.discord_token, SecretStr)
    monkeypatch.setenv("PORT", "hush-port")
    with pytest.raises(CommandError) as caught:
        read_settings()
    assert "hush" not in str(caught.value)


def test_settings_do_not_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are read once; nothing can change them afterwards."""
    with pytest.raises(ValidationError):
        read_settings().port = 1  # type: ignore[misc]
