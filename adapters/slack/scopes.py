"""What the app asks Slack for, and what each is for. The manifest, OAuth and `careerbot doctor` read it here."""

from __future__ import annotations

SCOPES: dict[str, str] = {
    "app_mentions:read": "answer where the bot is mentioned",
    "assistant:write": "suggested prompts, status and titles in the agent view",
    "chat:write": "send answers",
    "commands": "slash commands and shortcuts",
    "files:write": "send somebody their data as a file",
    "im:history": "read direct messages to the bot",
    "im:write": "open a direct message to send somebody their data",
    "usergroups:read": "whether somebody is in a user group that curates",
    "users:read": "the person’s language, and who administers the workspace",
}
EVENTS = ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked")
