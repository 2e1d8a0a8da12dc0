"""Run every benchmark of this folder, one after the other, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
LONG = {"bench_discord", "bench_slack"}
"""Load tests of a minute each; --quick leaves them out."""


def main() -> int:
    """Run the named benchmarks, or all of them; returns the number that failed."""
    names = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    found = sorted(path.stem for path in HERE.glob("bench_*.py"))
    chosen = names or [name for name in found if "--quick" not in sys.argv or name not in LONG]
    failed = 0
    for name in chosen:
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
        print(f"\n== {name} (load {load:.1f} on {os.cpu_count()} cores)", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
