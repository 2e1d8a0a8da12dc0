"""Installations and states of this process only: for trying OAuth out without a database, and for tests."""

from __future__ import annotations

import time
from secrets import token_urlsafe

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

STATE_LIVES = 600
"""Seconds within which somebody who started to install the app must come back."""


class InMemoryInstallations(AsyncInstallationStore):
    """Installations of this process only: for trying OAuth out, and for tests."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Installation] = {}
        self._bots: dict[tuple[str, str], Bot] = {}

    async def async_save(self, installation: Installation) -> None:
        """Keep an installation and its bot."""
        key = (installation.enterprise_id or "", installation.team_id or "")
        self._found[key] = installation
        self._bots[key] = installation.to_bot()

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep a bot with renewed tokens."""
        self._bots[bot.enterprise_id or "", bot.team_id or ""] = bot

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot of a workspace."""
        return self._bots.get((enterprise_id or "", "" if is_enterprise_install else team_id or ""))

    async def async_find_installation(
        self, *, enterprise_id: str | None, team_id: str | None,
        user_id: str | None = None,  # noqa: ARG002 - the store's contract
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:  # fmt: skip
        """The latest installation in a workspace."""
        return self._found.get((enterprise_id or "", "" if is_enterprise_install else team_id or ""))

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget a workspace's bot."""
        self._bots.pop((enterprise_id or "", team_id or ""), None)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None,
        user_id: str | None = None,  # noqa: ARG002 - the store's contract
    ) -> None:  # fmt: skip
        """Forget an installation."""
        self._found.pop((enterprise_id or "", team_id or ""), None)


class InMemoryStates(AsyncOAuthStateStore):
    """States of this process only."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    async def async_issue(self, *_args: object, **_kwargs: object) -> str:
        """A new state."""
        now = time.monotonic()
        self._until = {state: until for state, until in self._until.items() if until > now}
        state = token_urlsafe(24)
        self._until[state] = now + STATE_LIVES
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether it is a state that was issued, not too long ago, and not used yet."""
        return self._until.pop(state, 0.0) > time.monotonic()
