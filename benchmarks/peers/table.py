"""The table, for the terminal and for docs/benchmarks.md."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.scoring import Row

BEGIN, END = "<!-- peers: begin (written by `python -m benchmarks.peers --write`) -->", "<!-- peers: end -->"
COLUMNS = (
    "System", "Intent right or declined", "All right", "Wrong career, of answered", "Out of scope declined", "p50 ms",
    "p99 ms", "Messages a second", "p50 ÷ Careerbot's", "Build s", "Memory MB",
)  # fmt: skip


def cells(label: str, row: Row | str, own: Row | None) -> tuple[str, ...]:
    """One line of the table; a reason instead of figures for a system that couldn't be measured."""
    if isinstance(row, str):
        return (label, row, *[""] * (len(COLUMNS) - 2))
    ratio = f"{row.p50 / own.p50:.1f}×" if own else "?"
    return (
        label, f"{row.intent:.1%}", f"{row.joint:.1%}", f"{row.wrong:.1%}", f"{row.declined:.1%}", f"{row.p50:.2f}",
        f"{row.p99:.2f}", f"{row.rate:,.0f}", ratio, f"{row.build:.0f}", f"{row.memory:.0f}",
    )  # fmt: skip


def plain(lines: Sequence[Sequence[str]]) -> str:
    """Columns of text, numbered headings above; reasons run on."""
    short = ("System", "intent", "joint", "wrong", "oos", "p50", "p99", "per s", "ratio", "build", "MB")
    widths = [max(len(row[at]) for row in [short, *(r for r in lines if r[2])]) for at in range(len(short))]
    widths[0] = max(len(row[0]) for row in [short, *lines])
    shown = []
    for row in [short, *lines]:
        if row[2]:
            figures = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
            shown.append("  ".join([row[0].ljust(widths[0]), *figures]))
        else:
            shown.append(f"{row[0].ljust(widths[0])}  {row[1]}")
    return "\n".join(shown)


def markdown(lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table; figures stand to the right."""
    rows = ["| " + " | ".join(COLUMNS) + " |", "|---|" + "---:|" * (len(COLUMNS) - 1)]
    return "\n".join([*rows, *("| " + " | ".join(row) + " |" for row in lines)])


def circumstances(sizes: tuple[int, int], load: float) -> str:
    """Where, when and on how much it was measured."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return (
        f"{today}; {machine()}; load {load:.1f} when started and {os.getloadavg()[0]:.1f} at the end. {sizes[0]} "
        f"questions to calibrate on, {sizes[1]} other ones reported; times of all {sum(sizes)}, each asked once."
    )


def machine() -> str:
    """Processor, cores, Python."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def write(path: Path, text: str) -> None:
    """Put the text between the markers; raises ValueError where the file lacks them."""
    old = path.read_text("utf-8")
    before, begin, rest = old.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path}: lacks the lines {BEGIN!r} and {END!r}")
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", "utf-8")
