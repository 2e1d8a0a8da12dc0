"""Settings that only this adapter has; where Discord is and the token stand with the others in `adapters.settings`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from adapters.errors import CommandError


class DiscordSettings(BaseSettings):
    """How this process takes part in a large bot.

    Attributes:
        message_content: Ask for the privileged message-content intent, which listening to whole channels needs.
        shard_count: Shards in all, None = as many as Discord recommends.
        shard_ids: The shards of this process ("0-3" or "0,1,2"), empty = all of them.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True,
        validate_by_name=True, validate_by_alias=True,
    )  # fmt: skip

    message_content: bool = Field(default=False, validation_alias="DISCORD_MESSAGE_CONTENT")
    shard_count: int | None = Field(default=None, ge=1, validation_alias="DISCORD_SHARD_COUNT")
    shard_ids: Annotated[tuple[int, ...], NoDecode] = Field(default=(), validation_alias="DISCORD_SHARD_IDS")

    @field_validator("shard_ids", mode="before")
    @classmethod
    def _ranges(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            ends = [[int(end) for end in part.split("-")] for part in value.split(",")]
            return tuple(number for end in ends for number in range(end[0], end[-1] + 1))
        except ValueError:
            raise ValueError("write the shards of this process as 0-3 or 0,1,2") from None

    @model_validator(mode="after")
    def _known(self) -> DiscordSettings:
        if self.shard_ids and self.shard_count is None:
            raise ValueError("DISCORD_SHARD_IDS needs DISCORD_SHARD_COUNT, the number of shards in all")
        if any(not 0 <= number < (self.shard_count or 0) for number in self.shard_ids):
            raise ValueError(f"DISCORD_SHARD_IDS must lie between 0 and {(self.shard_count or 1) - 1}")
        return self


def read_discord_settings() -> DiscordSettings:
    """The settings; raises CommandError that names what is wrong."""
    try:
        return DiscordSettings()
    except ValidationError as error:
        problems = (f"{'.'.join(map(str, e['loc']))}: {e['msg'].removeprefix('Value error, ')}" for e in error.errors())
        raise CommandError("\n".join(problem.removeprefix(": ") for problem in problems)) from error
