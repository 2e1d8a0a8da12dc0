"""The terminal that answers are printed on: its width, its colours, and what it can show."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TextIO

from rich.console import Console, RenderableType

from adapters.console.shapes import Look

_NO_LINKS = ("Apple_Terminal",)
"""Terminals (TERM_PROGRAM) that show no clickable links."""
_MAYBE_LINKS = ("screen", "tmux", "linux", "dumb", "vt")
"""TERM prefixes where a link may not get through: addresses are printed as well."""


class Screen(Console):
    """A Rich console that reads no markup, and leaves a closed pipe to the command to end quietly."""

    def on_broken_pipe(self) -> None:
        """Pass it on; `adapters.__main__` ends the program silently."""
        raise BrokenPipeError

    def show(self, renderable: RenderableType) -> None:
        """Print something. Addresses may be wider than the screen; a pipe gets no spaces at the ends of lines."""
        if self.is_terminal:
            self.print(renderable, crop=False)
            return
        with self.capture() as captured:
            self.print(renderable, crop=False)
        self.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().split("\n")[:-1]))
        self.file.flush()


def open_screen(stream: TextIO | None = None) -> tuple[Screen, Look]:
    """A screen on a stream (standard output), and what it can show."""
    file = stream if stream is not None else sys.stdout
    reconfigure = getattr(file, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    screen = Screen(file=file, highlight=False, markup=False, emoji=False)
    return screen, look_of(screen.is_terminal, file.encoding or "utf-8", os.environ)


def look_of(terminal: bool, encoding: str, environment: Mapping[str, str]) -> Look:
    """What can be shown: in a pipe, plain text with addresses; on a terminal, clickable titles."""
    if not terminal or environment.get("TERM", "") in ("", "dumb"):
        return Look(encoding=encoding)
    unsure = environment.get("TERM_PROGRAM", "") in _NO_LINKS or environment["TERM"].startswith(_MAYBE_LINKS)
    return Look(encoding=encoding, links=True, addresses=unsure)
