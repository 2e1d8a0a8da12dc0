"""Where Discord is reached: the one place that sets discord.py's addresses, which it keeps on its classes."""

from __future__ import annotations

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.settings import Settings


def reach(settings: Settings) -> None:
    """Point discord.py at the addresses of the settings (a proxy, a local server), if they name any."""
    Route.BASE = settings.discord_api_url.rstrip("/")
    if settings.discord_gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord_gateway_url)
