"""What the operator reads: the invite link at the start, and one screen for each thing that only they can mend."""

from __future__ import annotations

from discord import Client, Permissions
from discord.utils import oauth_url

_PORTAL = "https://discord.com/developers/applications"

NO_TOKEN = f"""Careerbot has no Discord token.

  1. Open {_PORTAL} and choose your application, or "New Application".
  2. Page "Bot": press "Reset Token", then "Copy".
  3. Write this line into the file .env beside where you start Careerbot (keep it secret):

       DISCORD_TOKEN=<what you copied>

  4. Start again: careerbot discord

docs/discord.md has each step in full.
"""

BAD_TOKEN = f"""Discord refused the token: it is mistyped, was reset, or belongs to another environment.

  1. Open {_PORTAL}, your application, page "Bot".
  2. Press "Reset Token", then "Copy": a token is shown only once.
  3. Put it into .env as DISCORD_TOKEN=<token>, without quotes, spaces or the word "Bot".

The token is neither the application id nor the public key nor the client secret.
"""


def permissions() -> Permissions:
    """Exactly what the bot needs in a server: to see, read and write in channels and threads, open threads, attach."""
    return Permissions(
        view_channel=True, send_messages=True, send_messages_in_threads=True, read_message_history=True,
        create_public_threads=True, attach_files=True,
    )  # fmt: skip


def invite(application: int) -> str:
    """The link that adds the bot to a server, with exactly the permissions it needs."""
    return oauth_url(application, permissions=permissions(), scopes=("bot", "applications.commands"))


def welcome(client: Client) -> str:
    """Who the bot is and how it is added."""
    if client.user is None or client.application_id is None:
        return ""
    return (
        f"Careerbot is {client.user} on Discord.\n"
        f"Add it to a server:   {invite(client.application_id)}\n"
        f"Add it for yourself:  {invite_person(client.application_id)}\n"
        "Ctrl+C ends it; answers under way are finished first.\n"
    )


def invite_person(application: int) -> str:
    """The link that adds the bot for one person, to be used anywhere."""
    return (
        f"https://discord.com/oauth2/authorize?client_id={application}&scope=applications.commands&integration_type=1"
    )


def no_intent(application: int | None) -> str:
    """The message-content intent was asked for and isn't granted."""
    return f"""Discord refused the Message Content Intent, which DISCORD_MESSAGE_CONTENT=1 asks for.

  Either turn it on: {_PORTAL}/{application or ""}, page "Bot",
  "Privileged Gateway Intents", "Message Content Intent", "Save Changes".
  Or take DISCORD_MESSAGE_CONTENT out of .env: commands, mentions, direct messages
  and buttons need no privileged intent; only listening to whole channels does.
"""


def refused(code: int) -> str:
    """The gateway closed for a reason that trying again doesn't mend."""
    reasons = {
        4010: "DISCORD_SHARD_IDS names a shard that DISCORD_SHARD_COUNT doesn't have. Mend the two settings.",
        4011: "the bot is in so many servers that it needs more shards. Raise DISCORD_SHARD_COUNT or take it out.",
        4012: "this version of discord.py is too old for Discord's gateway. Update Careerbot.",
        4013: "the intents asked for don't exist. Update Careerbot.",
    }
    return f"Discord closed the connection ({code}): {reasons.get(code, 'it said no more than that.')}\n"


def unreachable(error: Exception) -> str:
    """Discord couldn't be reached, or failed itself."""
    return (
        f"Discord can't be reached: {error}\n"
        "Check the network, DISCORD_API_URL if it is set, and https://discordstatus.com; then start again.\n"
    )
