"""Payloads as Slack sends them, as far as the app reads them."""

from __future__ import annotations

from itertools import count
from typing import Any

from tests.slack_server import BOT_TOKEN, TEAM

Json = dict[str, Any]
_numbers = count(1)


def stamp() -> str:
    """A message's timestamp; each its own."""
    return f"1700000001.{next(_numbers):06d}"


def event(inner: Json, *, event_id: str = "", team: str = TEAM) -> Json:
    """The envelope of an event."""
    return {
        "type": "event_callback", "team_id": team, "api_app_id": "A01", "event": inner,
        "event_id": event_id or f"Ev{next(_numbers)}", "event_time": 1_700_000_000,
        "authorizations": [{"team_id": team, "user_id": "UBOT", "is_bot": True}],
    }  # fmt: skip


def mention(text: str, user: str = "U1", channel: str = "C1", thread: str = "", **how: Any) -> Json:
    """A mention of the bot in a channel."""
    inner = {"type": "app_mention", "user": user, "text": f"<@UBOT> {text}", "ts": stamp(), "channel": channel}
    return event(inner | ({"thread_ts": thread} if thread else {}), **how)


def direct(text: str, user: str = "U1", thread: str = "", **more: Any) -> Json:
    """A direct message to the bot."""
    inner = {"type": "message", "channel_type": "im", "user": user, "text": text, "ts": stamp(), "channel": f"D{user}"}
    return event(inner | ({"thread_ts": thread} if thread else {}) | more)


def command(name: str, text: str, url: str, user: str = "U1", channel: str = "C1") -> Json:
    """A slash command."""
    return {
        "command": f"/{name}", "text": text, "team_id": TEAM, "channel_id": channel, "user_id": user,
        "trigger_id": f"t{next(_numbers)}", "response_url": url, "api_app_id": "A01",
    }  # fmt: skip


def pressed(action: Json, url: str, user: str = "U1", channel: str = "C1", **container: Any) -> Json:
    """A pressed button (or chosen option) of a message."""
    inside = {"type": "message", "channel_id": channel, "message_ts": "1700000000.000001", "is_ephemeral": False}
    return {
        "type": "block_actions", "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}, "api_app_id": "A01",
        "container": inside | container, "channel": {"id": channel}, "trigger_id": f"t{next(_numbers)}",
        "response_url": url, "actions": [{"action_ts": "1", "block_id": "b"} | action],
    }  # fmt: skip


def pressed_at_home(action: Json, user: str = "U1", kind: str = "home", view: str = "V1") -> Json:
    """A pressed button of the Home tab or a modal."""
    return {
        "type": "block_actions", "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}, "api_app_id": "A01",
        "container": {"type": "view", "view_id": view}, "view": {"id": view, "type": kind, "state": {"values": {}}},
        "trigger_id": f"t{next(_numbers)}", "actions": [{"action_ts": "1", "block_id": "b"} | action],
    }  # fmt: skip


def submission(callback: str, values: Json, user: str = "U1") -> Json:
    """A modal that was filled in."""
    return {
        "type": "view_submission", "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}, "api_app_id": "A01",
        "trigger_id": f"t{next(_numbers)}",
        "view": {"id": "V7", "type": "modal", "callback_id": callback, "hash": "h", "state": {"values": values}},
    }  # fmt: skip


def typing(action_id: str, value: str) -> Json:
    """What Slack asks while somebody types in a select that completes."""
    return {
        "type": "block_suggestion", "team": {"id": TEAM}, "user": {"id": "U1"}, "api_app_id": "A01",
        "action_id": action_id, "block_id": "b", "value": value, "container": {"type": "view", "view_id": "V1"},
        "view": {"id": "V1", "type": "modal"},
    }  # fmt: skip


def shortcut(callback: str, message: Json | None = None, url: str = "") -> Json:
    """A shortcut, of a message where one is given."""
    found = {
        "type": "message_action" if message else "shortcut", "callback_id": callback, "team": {"id": TEAM},
        "user": {"id": "U1", "team_id": TEAM}, "trigger_id": f"t{next(_numbers)}", "api_app_id": "A01",
    }  # fmt: skip
    if message:
        found |= {"message": message, "channel": {"id": "C1"}, "response_url": url}
    return found


def step(question: str, execution: str = "") -> Json:
    """A workflow that has come to the step."""
    inner = {
        "type": "function_executed", "function": {"callback_id": "answer_question"}, "inputs": {"question": question},
        "function_execution_id": execution or f"Fx{next(_numbers)}", "workflow_execution_id": "Wx1",
        "bot_access_token": BOT_TOKEN,
    }  # fmt: skip
    return event(inner)
