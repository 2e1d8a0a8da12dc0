"""Settings from the environment and `.env`, read once where the program is put together.

Every setting is described in `.env.example` and docs/settings.md. An empty value is the same as none.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from adapters.errors import CommandError

_CHECKOUT = Path(__file__).resolve().parents[1]
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ENV_FILE = ".env"

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]


def default_data_folder() -> Path:
    """`.careerbot` beside pyproject.toml in a source checkout, else the user's data folder of the platform."""
    if (_CHECKOUT / "pyproject.toml").exists():
        return _CHECKOUT / ".careerbot"
    return user_data_path("careerbot", appauthor=False)


class Settings(BaseSettings):
    """All settings.

    Attributes:
        content: Folders with content of one's own, read after the packaged content; a later one wins.
        data: Folder for what is built (database, model) and the terminal's history.
        locale: BCP 47 tag for those whose platform tells none ("en-GB").
        default_country: ISO 3166 code of the country meant where a place's name leaves it open, "" for none.
        affiliate_links: Host → link template with {url}; empty = links stay as they are.
        log_level: How much is logged to standard error.
        discord_token, discord_api_url, discord_gateway_url: The Discord bot; without a token there is none.
        slack_bot_token, slack_app_token: One workspace over Socket Mode.
        slack_signing_secret, slack_client_id, slack_client_secret: Many workspaces over HTTP with OAuth.
        host, port: Where the HTTP server listens.
        database_url: The community database, None for SQLite in the data folder.
    """

    model_config = SettingsConfigDict(
        env_file=_ENV_FILE, env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True,
        validate_by_name=True, validate_by_alias=True, hide_input_in_errors=True,
    )  # fmt: skip

    content: Annotated[tuple[Path, ...], NoDecode] = Field((), validation_alias="CAREERBOT_CONTENT")
    data: Path = Field(default_factory=default_data_folder, validation_alias="CAREERBOT_DATA")
    locale: str = Field("en-US", validation_alias="CAREERBOT_LOCALE")
    default_country: str = Field("", validation_alias="CAREERBOT_DEFAULT_COUNTRY")
    affiliate_links: Annotated[dict[str, str], NoDecode] = Field({}, validation_alias="CAREERBOT_AFFILIATE_LINKS")
    log_level: LogLevel = Field("WARNING", validation_alias="CAREERBOT_LOG_LEVEL")

    discord_token: SecretStr | None = Field(None, validation_alias="DISCORD_TOKEN")
    discord_api_url: str = Field("https://discord.com/api/v10", validation_alias="DISCORD_API_URL")
    discord_gateway_url: str | None = Field(None, validation_alias="DISCORD_GATEWAY_URL")
    slack_bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    slack_client_id: str | None = Field(None, validation_alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(None, validation_alias="SLACK_CLIENT_SECRET")
    slack_api_url: str = Field("https://slack.com/api/", validation_alias="SLACK_API_URL")
    host: str = Field("127.0.0.1", validation_alias="HOST")
    port: int = Field(3000, validation_alias="PORT", ge=1, le=65535)
    database_url: SecretStr | None = Field(None, validation_alias="DATABASE_URL")

    @field_validator("content", mode="before")
    @classmethod
    def _folders(cls, value: Any) -> Any:
        folders = value.split(os.pathsep) if isinstance(value, str) else value
        paths = [Path(folder).expanduser() for folder in folders if str(folder).strip()]
        for path in paths:
            if not path.is_dir():
                raise ValueError(f"{path} is no folder; separate several with {os.pathsep!r}")
        return tuple(paths)

    @field_validator("data")
    @classmethod
    def _home(cls, value: Path) -> Path:
        folder = value.expanduser()
        if folder.exists() and not folder.is_dir():
            raise ValueError(f"{folder} is a file; give a folder")
        return folder

    @field_validator("locale")
    @classmethod
    def _tag(cls, value: str) -> str:
        tag = value.partition(".")[0].replace("_", "-")
        if not _LOCALE.fullmatch(tag):
            raise ValueError("is no language tag; write for example en-GB")
        return tag

    @field_validator("default_country")
    @classmethod
    def _country(cls, value: str) -> str:
        code = value.strip().upper()
        if code == "UK":
            raise ValueError("the United Kingdom's code is GB")
        if code and not re.fullmatch(r"[A-Z]{2}", code):
            raise ValueError("is no country code; write two letters, for example GB")
        return code

    @field_validator("affiliate_links", mode="before")
    @classmethod
    def _templates(cls, value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError as error:
                raise ValueError(f'is no JSON ({error}); write {{"host": "https://… {{url}}"}}') from error
        if not isinstance(value, dict):
            raise ValueError('must be a JSON object: {"host": "https://… {url}"}')  # noqa: TRY004 - pydantic's kind
        for host, template in value.items():
            if not isinstance(template, str) or not template.startswith("https://") or "{url}" not in template:
                raise ValueError(f"the template for {host!r} must start with https:// and contain {{url}}")
        return {str(host).lower().removeprefix("www."): template for host, template in value.items()}

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: Any) -> Any:
        return value.strip().upper() if isinstance(value, str) else value

    @field_validator("discord_api_url", "slack_api_url")
    @classmethod
    def _web(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must start with https:// or http://")
        return value

    @field_validator("discord_gateway_url")
    @classmethod
    def _socket(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("ws://", "wss://")):
            raise ValueError("must start with wss:// or ws://")
        return value


def read_settings() -> Settings:
    """The settings; raises CommandError naming each wrong one on its own line, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        raise CommandError("\n".join(_problem(entry["loc"], entry["msg"]) for entry in error.errors())) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{_ENV_FILE}: is not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise CommandError(f"{_ENV_FILE}: can't be read ({error.strerror}); check its permissions") from error


def _problem(loc: tuple[int | str, ...], message: str) -> str:
    return f"{loc[0] if loc else 'settings'}: {message.removeprefix('Value error, ')}"
