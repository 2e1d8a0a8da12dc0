"""When a workspace takes the app away: its tokens and everything kept for it are deleted."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from adapters.slack.answering import Answering
from adapters.slack.inbound import team_of
from adapters.slack.oauth import Installations

log = logging.getLogger(__name__)

AGAIN_AFTER = (5.0, 30.0, 120.0)
"""Seconds after which a deletion is tried again where the database can't be reached: Slack says it once."""

Body = dict[str, Any]


def listen_to_leaving(app: AsyncApp, answering: Answering, installations: Installations) -> None:
    """Register what happens at `app_uninstalled` and `tokens_revoked`."""

    async def uninstalled(body: Body, context: AsyncBoltContext) -> None:
        team = team_of(body)
        answering.people.forget(team)

        async def delete() -> None:
            await installations.forget(context.enterprise_id, context.team_id)
            count = await answering.community.delete_community(f"slack:{team}")
            for pause in AGAIN_AFTER if count < 0 else ():
                await answering.work.sleep(pause)
                if (count := await answering.community.delete_community(f"slack:{team}")) >= 0:
                    break
            if count < 0:
                log.error(
                    "workspace %s took the app away, but its records couldn’t be deleted: they are kept yet", team
                )
                return
            log.info("workspace %s took the app away; %s records deleted", team, count)

        answering.work.start(f"slack:{team}:{body.get('event_id')}", delete)

    async def revoked(event: Body, context: AsyncBoltContext) -> None:
        # Only a revoked bot token ends the installation; what people saved stays, for when it is installed again.
        if (event.get("tokens") or {}).get("bot"):
            await installations.forget(context.enterprise_id, context.team_id)

    app.event("app_uninstalled")(uninstalled)
    app.event("tokens_revoked")(revoked)
