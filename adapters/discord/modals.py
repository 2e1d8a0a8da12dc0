"""What is typed into: what was looked for, and a question. Submissions are told by `custom_id`, after restarts too."""

from __future__ import annotations

from typing import Any, ClassVar

from discord import TextStyle, ui

from adapters.discord.limits import LONGEST_CUSTOM_ID, LONGEST_TITLE
from adapters.discord.localised import Spoken
from adapters.discord.markup import shortened

COMMENT = "comment"
"""The `custom_id` of the text input."""


class LookingFor(ui.Modal):
    """Asks what was looked for. Its submission is handled by `custom_id`, so that it may come after a restart."""

    MARK: ClassVar[str] = "1m:"

    def __init__(self, state: str, words: Spoken) -> None:
        """The modal for an answer to the question of `state`."""
        super().__init__(
            title=shortened(words("What were you looking for?"), LONGEST_TITLE),
            custom_id=(self.MARK + state)[:LONGEST_CUSTOM_ID], timeout=900,
        )  # fmt: skip
        self.add_item(
            ui.Label(
                text=words("In your own words"),
                description=words("A curator reads it, to make the next answer better."),
                component=ui.TextInput(custom_id=COMMENT, style=TextStyle.paragraph, required=False, max_length=1_000),
            )
        )


class Asking(ui.Modal):
    """Asks for a question; handled by `custom_id`, as `LookingFor` is."""

    MARK: ClassVar[str] = "1k"

    def __init__(self, words: Spoken) -> None:
        """The modal."""
        super().__init__(title=words("Ask about a career"), custom_id=self.MARK, timeout=900)
        box: ui.TextInput[Any] = ui.TextInput(custom_id=COMMENT, style=TextStyle.paragraph, max_length=1_000)
        self.add_item(ui.Label(text=words("Your question"), component=box))
