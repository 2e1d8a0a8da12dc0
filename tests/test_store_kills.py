"""A process killed in the middle of its work loses nothing that it had acknowledged."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kill_store import run


def test_what_was_acknowledged_outlives_kill_9(tmp_path: Path) -> None:
    """Five kills at random moments of mixed operations; `python -m benchmarks.kill_store` does fifty."""
    done, wrong = run(tmp_path, kills=5, operations=400, seed=3, longest=0.02)
    assert wrong == []
    assert done > 0
