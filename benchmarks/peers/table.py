"""The tables and what follows from them, for the terminal and for docs/benchmarks.md."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.scoring import Judge, Row

BEGIN, END = "<!-- peers: begin (written by `python -m benchmarks.peers --write`) -->", "<!-- peers: end -->"
OWN = "Careerbot"
AIM = 10.0
"""As many times as fast Careerbot is meant to be."""
ACCURACY = ("All right", "Behind", "Intent", "Wrong career", "Declined", "All right, development")
SPEED = ("p50 ms", "p99 ms", "Messages a second", "Its p50 ÷ ours", "Ours: as accurate, 10× as fast", "Build s",
         "Memory MB", "Measured")  # fmt: skip


@dataclass(frozen=True)
class Table:
    """All systems' figures.

    Attributes:
        rows: Label → figures, or why there are none.
        judging: The questions.
        load: Load average when the run began.
    """

    rows: Mapping[str, Row | str]
    judging: Judge
    load: float

    @property
    def own(self) -> Row | None:
        """Careerbot's figures."""
        found = self.rows.get(OWN)
        return found if isinstance(found, Row) else None

    @property
    def measured(self) -> dict[str, Row]:
        """The systems that have figures."""
        return {label: found for label, found in self.rows.items() if isinstance(found, Row)}

    def plain(self) -> str:
        """For the terminal: columns of text."""
        parts = [self.circumstances(), *(_columns(lines) for lines in (self._accuracy(), self._speed()))]
        return "\n\n".join([*parts, *self._missing(), self.verdict()])

    def markdown(self) -> str:
        """For the page: two Markdown tables."""
        parts = [self.circumstances(), *(_markdown(lines) for lines in (self._accuracy(), self._speed()))]
        return "\n\n".join([*parts, *self._missing(), self.verdict()])

    def circumstances(self) -> str:
        """Where, when and on how much it was measured."""
        heldout, (first, second) = len(self.judging.heldout), self.judging.halves()
        today = dt.datetime.now(dt.UTC).date().isoformat()
        return (
            f"Scored {today}, each row measured as its last column says; {machine()}; load {self.load:.1f} when"
            f" started and {os.getloadavg()[0]:.1f} at the end."
            f" {heldout} held-out questions, thresholds set on {len(first) + len(second)} development questions; for"
            f" the last column of accuracy set on {len(first)} of those, with {len(second)} others scored. Times"
            " are of all questions, each asked once."
        )

    def verdict(self) -> str:
        """Whether the aims are met, and by how much, or not."""
        own, others = self.own, {label: row for label, row in self.measured.items() if label != OWN}
        if not own or not others:
            return ""
        best = max(others, key=lambda label: others[label].heldout.joint)
        ahead = own.heldout.joint - others[best].heldout.joint
        first = (
            f"Ahead of all {len(others)} in accuracy on held-out questions: by {100 * ahead:.1f} points of {best}, the"
            " next best."
            if ahead > 0
            else f"Not ahead of all in accuracy: {best} is {-100 * ahead:.1f} points ahead."
        )
        slow = [label for label, row in others.items() if row.p50 < AIM * own.p50]
        told = (f"{label} ({_times(others[label], own)})" for label in slow)
        second = f"Ten times as fast as {len(others) - len(slow)} of {len(others)}"
        return f"{first} {second}{'; not as ' + ', '.join(told) if slow else ''} (in brackets: its p50 ÷ ours)."

    def _accuracy(self) -> list[tuple[str, ...]]:
        own, lines = self.own, [("System", *ACCURACY)]
        for label, row in self.measured.items():
            score = row.heldout
            behind = f"{100 * (own.heldout.joint - score.joint):.1f}" if own and row is not own else ""
            named = label if row.asked == 1 else f"{label} (one question of {row.asked})"
            shares = (f"{share:.1%}" for share in (score.intent, score.wrong, score.declined, row.development.joint))
            lines.append((named, f"{score.joint:.1%}", behind, *shares))
        return lines

    def _speed(self) -> list[tuple[str, ...]]:
        own, lines = self.own, [("System", *SPEED)]
        for label, row in self.measured.items():
            met = _met(row, own) if own and row is not own else ""
            lines.append((
                label, f"{row.p50:.2f}", f"{row.p99:.2f}", f"{row.rate:,.0f}", _times(row, own) if own else "?", met,
                f"{row.build:.0f}", f"{row.memory:.0f}", f"{row.measured}, load {row.load:.1f}",
            ))  # fmt: skip
        return lines

    def _missing(self) -> list[str]:
        return [f"{label}: no figures; {why}." for label, why in self.rows.items() if isinstance(why, str)]


def _times(row: Row, own: Row) -> str:
    ratio = row.p50 / own.p50
    return f"{ratio:.0f}×" if ratio >= AIM else f"{ratio:.1f}×"


def _met(row: Row, own: Row) -> str:
    """Whether Careerbot is as accurate or more, and ten times as fast."""
    accurate, fast = own.heldout.joint >= row.heldout.joint, row.p50 >= AIM * own.p50
    return "yes" if accurate and fast else ("more accurate only" if accurate else ("faster only" if fast else "no"))


def _columns(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    shown = []
    for line in lines:
        figures = (cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))
        shown.append("  ".join([line[0].ljust(widths[0]), *figures]))
    return "\n".join(shown)


def _markdown(lines: Sequence[Sequence[str]]) -> str:
    rows = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join([rows[0], "|---|" + "---:|" * (len(lines[0]) - 1), *rows[1:]])


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
