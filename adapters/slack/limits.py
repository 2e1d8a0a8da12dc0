"""Slack's limits, as its documentation stated them in mid-2026 (docs.slack.dev/reference/block-kit and methods)."""

from __future__ import annotations

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_CHARACTERS = 12_000
"""All strings of a message's blocks together; near 13,200 Slack answers `msg_blocks_too_long`."""
VIEW_CHARACTERS = 30_000
"""A view's JSON may be 250 kB; this leaves room for the markup around the strings."""
SECTION = 3_000
FIELDS = 10
FIELD = 2_000
HEADER = 150
CONTEXT_ELEMENTS = 10
CONTEXT_TEXT = 2_000
ACTIONS = 25
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
OPTIONS = 100
OPTION_TEXT = 75
OPTION_VALUE = 150
OVERFLOW_OPTIONS = 5
LINK = 3_000
TEXT = 3_500
"""Top-level `text`: Slack shortens beyond 4,000."""
TABLE_ROWS = 100
"""With the header; a `data_table` may have more, but each must have a `table` that can stand in for it."""
TABLE_COLUMNS = 20
TABLE_CHARACTERS = 10_000
TABLES_A_MESSAGE = 1
"""Of both kinds together; a second table block in one message was refused (`only_one_table_allowed`)."""
CHARTS_A_MESSAGE = 2
CHART_TITLE = 50
CHART_POINTS = 20
CHART_LABEL = 20
DATA_TABLE_PAGE = 10
ALT_TEXT = 2_000
PROMPTS = 4
RESPONSE_URL_USES = 5
"""So often a response_url may be used, within 30 minutes."""
