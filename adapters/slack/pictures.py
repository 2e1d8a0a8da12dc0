"""Charts as pictures, for workspaces that haven't Slack's own charts yet. Awaits Slack."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.charts import Charts
from adapters.slack.elements import Json, image
from adapters.slack.pack import Drawable

log = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]


class Pictures:
    """Draws charts and uploads them.

    Args:
        charts: Draws them; None = nothing is drawn.
        sleep: Waits some seconds.
    """

    def __init__(self, charts: Charts | None = None, sleep: Sleep = asyncio.sleep) -> None:
        self._charts, self.wait = charts, sleep

    async def upload(self, client: AsyncWebClient, drawable: Sequence[Drawable]) -> list[Json | None]:
        """An image block for each, None for what can't be drawn or uploaded.

        What is uploaded is the bot's own until a message shows it: nobody is told of a file, and no channel is named.
        """
        return [await self._uploaded(client, one) for one in drawable]

    async def _uploaded(self, client: AsyncWebClient, wanted: Drawable) -> Json | None:
        picture = await self._charts.picture(wanted.block, wanted.title) if self._charts else None
        if picture is None:
            return None
        try:
            answer = await client.files_upload_v2(
                content=picture.png, filename=picture.name, title=wanted.title, alt_txt=picture.alt
            )
            return image(str(answer["files"][0]["id"]), picture.alt)
        except (SlackClientError, aiohttp.ClientError, TimeoutError, LookupError) as error:
            log.warning("a chart couldn’t be uploaded (%s)", type(error).__name__)
            return None
