"""Discord's limits, as documented for API v10 (https://discord.com/developers/docs) in mid-2026.

Sources: "Components Reference" (components, text, buttons, selects), "Application Commands" (commands, options,
choices),
"Receiving and Responding" (three seconds, fifteen minutes), "Message Resource" (content).
"""

from __future__ import annotations

MOST_COMPONENTS = 40
"""Components of one message, nested ones counted."""
MOST_TEXT = 4_000
"""Characters of all text displays of one message."""
MOST_CONTENT = 2_000
"""Characters of a plain message."""
MOST_BUTTONS = 5
"""Buttons in one action row."""
LONGEST_LABEL = 80
"""Characters on a button."""
LONGEST_CUSTOM_ID = 100
"""Characters of state that a button carries."""
LONGEST_LINK = 512
"""Characters of a link button's address."""
MOST_OPTIONS = 25
"""Options of one select menu, and choices of one autocompletion."""
LONGEST_OPTION = 100
"""Characters of an option's label, value and description, and of an autocompletion's name and value."""
LONGEST_PLACEHOLDER = 150
"""Characters of a select menu's placeholder."""
LONGEST_DESCRIPTION = 100
"""Characters of a command's or option's description."""
MOST_COMMAND_OPTIONS = 25
LONGEST_NAME = 32
"""Characters of a command's or option's name."""
LONGEST_TITLE = 45
"""Characters of a modal's title."""
DEFER_AFTER = 0.4
"""Seconds after which the bot says that it is working on it. An interaction must get its first response within three; a
person wants to see within half of one that something happens."""
