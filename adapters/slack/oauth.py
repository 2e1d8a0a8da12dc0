"""Which workspaces have installed the app, and with which tokens."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from secrets import token_urlsafe

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize, AsyncInstallationStoreAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.scopes import SCOPES

log = logging.getLogger(__name__)

STATE_LIVES = 600
"""Seconds within which somebody who started to install the app must come back."""


class SingleWorkspace(AsyncAuthorize):
    """One workspace by its token, which is checked once."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._result: AuthorizeResult | None = None

    async def __call__(self, *, context: AsyncBoltContext, **_whose: str | None) -> AuthorizeResult | None:
        """Who the bot is there; None where Slack doesn't take the token."""
        if self._result is None:
            try:
                answer = await context.client.auth_test(token=self._token)
            except SlackApiError as error:
                log.warning("Slack doesn’t take the bot token: %s", error.response["error"])
                return None
            self._result = AuthorizeResult.from_auth_test_response(auth_test_response=answer, bot_token=self._token)
        return self._result


@dataclass(frozen=True, slots=True)
class OAuthApp:
    """The app's credentials and stores for installing it in many workspaces."""

    client_id: str
    client_secret: str
    store: AsyncInstallationStore
    states: AsyncOAuthStateStore
    authorization_url: str


class Installations:
    """One workspace with a token of its own, or many that install the app by OAuth."""

    def __init__(self, *, token: str = "", oauth: OAuthApp | None = None) -> None:
        self._token, self._oauth = token, oauth
        self._many: AsyncInstallationStoreAuthorize | None = None
        self._single = SingleWorkspace(token) if token else None

    @classmethod
    def single(cls, token: str) -> Installations:
        """One workspace."""
        return cls(token=token)

    def authorize(self, client: AsyncWebClient) -> AsyncAuthorize:
        """How the token of a request's workspace is found; rotated in time where it expires."""
        if self._oauth is None:
            return self._single or SingleWorkspace(self._token)
        if self._many is None:
            self._many = AsyncInstallationStoreAuthorize(
                logger=log, installation_store=self._oauth.store, client_id=self._oauth.client_id,
                client_secret=self._oauth.client_secret, client=client, bot_only=True, cache_enabled=True,
            )  # fmt: skip
        return self._many

    def flow(self, client: AsyncWebClient) -> AsyncOAuthFlow | None:
        """Installing by OAuth; None for a single workspace."""
        if self._oauth is None:
            return None
        settings = AsyncOAuthSettings(
            client_id=self._oauth.client_id, client_secret=self._oauth.client_secret, scopes=list(SCOPES),
            user_scopes=[], installation_store=self._oauth.store, state_store=self._oauth.states,
            installation_store_bot_only=True, state_expiration_seconds=STATE_LIVES,
            authorization_url=self._oauth.authorization_url,
        )  # fmt: skip
        return AsyncOAuthFlow(client=client, settings=settings)

    async def forget(self, enterprise: str | None, team: str | None) -> None:
        """Delete the tokens of a workspace that took the app away."""
        if self._many is not None:
            self._many.authorize_result_cache.clear()
        if self._oauth is not None:
            await self._oauth.store.async_delete_all(enterprise_id=enterprise, team_id=team)


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
