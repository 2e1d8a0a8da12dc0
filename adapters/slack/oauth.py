"""Which workspaces have installed the app, and with which tokens."""

from __future__ import annotations

from dataclasses import dataclass

from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.scopes import SCOPES
from adapters.slack.workspaces import ManyWorkspaces, SingleWorkspace
from bot.community import Community

STATE_LIVES = 600
"""Seconds within which somebody who started to install the app must come back."""


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
        self._oauth = oauth
        self._many: ManyWorkspaces | None = None
        self._single = SingleWorkspace(token)

    @classmethod
    def single(cls, token: str) -> Installations:
        """One workspace."""
        return cls(token=token)

    async def authorize(self, client: AsyncWebClient, community: Community) -> AsyncAuthorize:
        """How the token of a request's workspace is found, without asking Slack before a request is acked.

        Args:
            client: Asks Slack who the bot is in a single workspace, now; renews tokens that expire.
            community: Where replicas agree on which of them renews a token.
        """
        if self._oauth is None:
            await self._single.prepare(client)
            return self._single
        if self._many is None:
            self._many = ManyWorkspaces(
                self._oauth.store, client, community, self._oauth.client_id, self._oauth.client_secret
            )
        return self._many

    @property
    def renewing(self) -> bool:
        """Whether a token is being renewed here."""
        return self._many is not None and self._many.renewing

    async def close(self) -> None:
        """Finish what is being renewed."""
        if self._many is not None:
            await self._many.close()

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
            self._many.forget(enterprise, team)
        if self._oauth is not None:
            await self._oauth.store.async_delete_all(enterprise_id=enterprise, team_id=team)
