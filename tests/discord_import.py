"""Imports discord.py once, without the warning that one of its imports gives on Python 3.11 and 3.12 (audioop)."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord

__all__ = ["discord"]
