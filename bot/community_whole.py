"""All of the community database: what an adapter that offers everything needs of it."""

from __future__ import annotations

from typing import Protocol

from bot.community import Community
from bot.community_curation import Curating
from bot.community_members import Nudging


class WholeCommunity(Community, Curating, Nudging, Protocol):
    """Settings, conversations and saved things, the miss loop, and the weekly reminder."""
