"""What a command ends with when it can't do what it was asked: one clear line, never a traceback."""

from __future__ import annotations

BAD_USAGE = 2
"""Exit code for wrong usage, wrong settings and input that can't be read."""
FAILED = 1
"""Exit code for work that was tried and failed, or a floor that was missed."""


class PipeClosedError(Exception):
    """Whoever read the answers has seen enough: ends a command without a word. No OSError: that would be reported."""


class CommandError(Exception):
    """Ends a command: what was wrong, where, and what to do; `code` is its exit code."""

    def __init__(self, message: str, code: int = BAD_USAGE) -> None:
        super().__init__(message)
        self.code = code
