"""What the commands share: settings, logging, the progress bar, the event loop, and how they end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from adapters.errors import FAILED, CommandError, PipeClosedError

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from adapters.settings import Settings

_Result = TypeVar("_Result")
TALKATIVE = {
    "aiohttp": "INFO", "aiosqlite": "INFO", "asyncpg": "INFO", "discord": "INFO", "slack_bolt": "INFO",
    "slack_sdk": "INFO", "sqlalchemy": "WARNING",
}  # fmt: skip
"""Loggers of libraries that write down message texts → the least level at which they don't."""


def settings_for_command(log_file: Path | None = None) -> Settings:
    """The settings, with logging set up after them; raises CommandError for a wrong one.

    Args:
        log_file: Where to log instead of standard error (made when something is logged).
    """
    from adapters.settings import read_settings  # noqa: PLC0415 - `careerbot --version` needs none

    settings = read_settings()
    set_up_logging(settings.log_level, log_file)
    return settings


def set_up_logging(level: str, file: Path | None = None) -> None:
    """Log to standard error, or to a file that is made at the first line."""
    import logging  # noqa: PLC0415

    handler: logging.Handler = logging.StreamHandler()
    if file is not None:
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            handler = logging.FileHandler(file, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    keep_libraries_quiet()


def keep_libraries_quiet() -> None:
    """Keep from the log what libraries write down whole: requests and statements, with what people typed."""
    import logging  # noqa: PLC0415

    wanted = logging.getLogger().level
    for name, least in TALKATIVE.items():
        logging.getLogger(name).setLevel(max(getattr(logging, least), wanted))


def run(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Run a command's asynchronous part to its end; Ctrl-C ends it at once, also while it waits for a line."""
    import asyncio  # noqa: PLC0415 - only commands that do something need it
    import signal  # noqa: PLC0415

    async def interruptible() -> _Result:
        # asyncio would only cancel the task at the first Ctrl-C, and a blocking read would go on.
        if callable(signal.getsignal(signal.SIGINT)):
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return await work

    try:
        return asyncio.run(interruptible())
    except BrokenPipeError as error:
        raise PipeClosedError from error


def say(text: str) -> None:
    """A line for the person on standard error, where it doesn't mix with the answers."""
    from adapters.text import for_encoding, visible  # noqa: PLC0415

    for line in text.splitlines():
        sys.stderr.write(for_encoding(visible(line), sys.stderr.encoding or "utf-8") + "\n")
    sys.stderr.flush()


def finish(main: Callable[[], int | None]) -> int:
    """Run a command line to its exit code: errors become one line each, a closed pipe and Ctrl-C end quietly."""
    try:
        code = main() or 0
        sys.stdout.flush()
    except CommandError as error:
        for line in str(error).splitlines():
            say(f"careerbot: {line}")
        return error.code
    except (BrokenPipeError, PipeClosedError):
        # Nothing may be written to the pipe when the interpreter ends.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - a fault of the program's own is told in one line too
        return _own_fault(error)
    return code


def _own_fault(error: Exception) -> int:
    import logging  # noqa: PLC0415

    if logging.getLogger().isEnabledFor(logging.DEBUG):
        logging.getLogger(__name__).debug("an error of the program's own", exc_info=error)
    else:
        say(f"careerbot: an error of its own: {type(error).__name__}: {error}")
        say("Set CAREERBOT_LOG_LEVEL=DEBUG for the details, and please report it.")
    return FAILED


class ProgressBar:
    """Tells on standard error what takes long: a bar on a terminal, a line each step elsewhere.

    Nothing is shown, and Rich isn't loaded, before the first step.
    """

    def __init__(self) -> None:
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None
        self._what = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        self.close()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Step `done` of `total` of something."""
        if not sys.stderr.isatty():
            if what != self._what:
                say(f"{what} …")
            self._what = what
            return
        if self._bar is None:
            self._bar = _rich_bar()
            self._bar.start()
        if self._task is None or what != self._what:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._task = self._bar.add_task(what, total=total or None)
        self._what = what
        self._bar.update(self._task, completed=done, total=total or None)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = self._task = None


def _rich_bar() -> RichProgress:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(24), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def failed(message: str) -> CommandError:
    """An error for work that was tried and failed."""
    return CommandError(message, FAILED)
