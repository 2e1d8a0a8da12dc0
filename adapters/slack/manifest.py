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
from adapters.slack.workflow import step_declared
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
WORKFLOWS = "--workflows"
DESCRIPTION = 140
"""Characters of the short description that Slack takes; the long one needs at least 175."""


def manifest(intents: Iterable[Intent], address: str = "", *, workflows: bool = False) -> dict[str, Any]:
    """The manifest as values.

    Args:
        intents: Whose commands there are.
        address: Public address of `careerbot serve`, "" for Socket Mode.
        workflows: With the step for Workflow Builder, which Slack gives to paid workspaces alone.
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
    events = sorted([*EVENTS, "function_executed"] if workflows else EVENTS)
    steps = {"functions": step_declared()} if workflows else {}
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
            "event_subscriptions": request | {"bot_events": events},
            "interactivity": {"is_enabled": True} | request
            | ({"message_menu_options_url": f"{address}/slack/events"} if address else {}),
            "org_deploy_enabled": workflows,
            **({"function_runtime": "remote"} if workflows else {}),
            "socket_mode_enabled": not address,
            "token_rotation_enabled": bool(address),
        },
    } | steps  # fmt: skip


def manifest_text(intents: Iterable[Intent], address: str = "", *, workflows: bool = False) -> str:
    """The manifest as a YAML file."""
    yaml = YAML()
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(manifest(intents, address, workflows=workflows), stream)
    return _HEAD + stream.getvalue()


def main() -> None:
    """Print it; an address makes it one for HTTP, `--workflows` adds the step for Workflow Builder."""
    from bot.intents import load_intents  # noqa: PLC0415

    given = sys.argv[1:]
    address = next((one.rstrip("/") for one in given if not one.startswith("-")), "")
    sys.stdout.write(manifest_text(load_intents(), address, workflows=WORKFLOWS in given))


if __name__ == "__main__":
    main()
