"""The app's manifest, made from the declarations: `python -m adapters.slack.manifest > docs/slack-manifest.yaml`."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from typing import Any

from ruamel.yaml import YAML

from adapters.slack.declared import ASK_ANYTHING, LOOK_UP, slash_commands
from adapters.slack.limits import PROMPTS
from adapters.slack.scopes import EVENTS, SCOPES
from bot.answering.welcome import STARTERS
from bot.intent import Intent

_HEAD = """\
# Paste this at https://api.slack.com/apps → Create New App → From a manifest.
# Generated from the intents' declarations by `python -m adapters.slack.manifest`; a test keeps it current.
# As it stands it is for Socket Mode, which needs no public address. For HTTP (`careerbot serve`) see docs/slack.md.
"""
_ABOUT = (
    "Ask what a career is, what it pays and where, how to get in, and what to learn. Every figure names its source and "
    "date, and what isn’t known is said to be unknown. Answers to commands are private until you share them."
)
DESCRIPTION = 140
"""Characters of the short description that Slack takes; the long one needs at least 175."""


def manifest(intents: Iterable[Intent], address: str = "") -> dict[str, Any]:
    """The manifest as values.

    Args:
        intents: Whose commands there are.
        address: Public address of `careerbot serve`, "" for Socket Mode.
    """
    url = {"url": f"{address}/slack/events"} if address else {}
    request = {"request_url": f"{address}/slack/events"} if address else {}
    commands = [
        {"command": f"/{one.name}", **url, "description": one.help}
        | ({"usage_hint": one.hint} if one.hint else {})
        | {"should_escape": True}
        for one in slash_commands(intents)
    ]
    shortcuts = [
        {"name": "Look up this career question", "type": "message", "callback_id": LOOK_UP,
         "description": "Answers the question in a message, to you alone"},
        {"name": "Ask about a career", "type": "global", "callback_id": ASK_ANYTHING,
         "description": "Look up pay, ways in, courses and more"},
    ]  # fmt: skip
    prompts = [{"title": one.label, "message": one.says} for one in STARTERS[:PROMPTS]]
    redirect = {"redirect_urls": [f"{address}/slack/oauth_redirect"]} if address else {}
    return {
        "display_information": {
            "name": "Careerbot", "description": "Answers career questions, with figures that name their source",
            "long_description": _ABOUT, "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Careerbot", "always_online": True},
            "agent_view": {
                "agent_description": "Answers career questions, with figures that name their source",
                "suggested_prompts": prompts,
            },
            "shortcuts": shortcuts,
            "slash_commands": commands,
        },
        "oauth_config": redirect | {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": request | {"bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True} | request
            | ({"message_menu_options_url": f"{address}/slack/events"} if address else {}),
            "org_deploy_enabled": False,
            "socket_mode_enabled": not address,
            "token_rotation_enabled": bool(address),
        },
    }  # fmt: skip


def manifest_text(intents: Iterable[Intent], address: str = "") -> str:
    """The manifest as a YAML file."""
    yaml = YAML()
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(manifest(intents, address), stream)
    return _HEAD + stream.getvalue()


def main() -> None:
    """Print it; an address given as the only argument makes it one for HTTP."""
    from bot.intents import load_intents  # noqa: PLC0415

    address = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else ""
    sys.stdout.write(manifest_text(load_intents(), address))


if __name__ == "__main__":
    main()
