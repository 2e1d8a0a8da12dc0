"""When a workspace takes the app away: its tokens and everything kept for it are deleted."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from adapters.slack.answering import Answering
from adapters.slack.inbound import team_of
from adapters.slack.oauth import Installations
from bot.community_leaving import forget_community

Body = dict[str, Any]


def listen_to_leaving(app: AsyncApp, answering: Answering, installations: Installations) -> None:
    """Register what happens at `app_uninstalled` and `tokens_revoked`."""

    async def uninstalled(body: Body, context: AsyncBoltContext) -> None:
        await installations.forget(context.enterprise_id, context.team_id)
        team = team_of(body)
        answering.people.forget(team)
        await forget_community(answering.community, f"slack:{team}")

    async def revoked(event: Body, context: AsyncBoltContext) -> None:
        # Only a revoked bot token ends the installation; what people saved stays, for when it is installed again.
        if (event.get("tokens") or {}).get("bot"):
            await installations.forget(context.enterprise_id, context.team_id)

    app.event("app_uninstalled")(uninstalled)
    app.event("tokens_revoked")(revoked)
