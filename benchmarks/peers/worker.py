"""Build one system, ask it everything once, and write down what it answered and what that took.

    python -m benchmarks.peers.worker MODULE VARIANT MATERIAL.json RESULT.json EVERY

EVERY = 3 asks every third question only, for systems that would take too long.

Runs in the peer's own environment. Every question is asked once, after other messages have warmed the system up: some
systems remember whole messages, so a second pass would time their memory.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from benchmarks.peers.system import Material, System, fingerprint


def main() -> None:
    """See the module."""
    module, variant, material_file, result_file, every = sys.argv[1:6]
    material = Material.load(Path(material_file))
    questions, warming = material.questions, material.warming
    load, today = os.getloadavg()[0], time.strftime("%Y-%m-%d", time.gmtime())
    started = time.perf_counter()
    system: System = importlib.import_module(f"benchmarks.peers.{module}").build(material, variant)
    built = time.perf_counter() - started
    del material
    for text in warming:
        system.answer(text)
    gc.collect()
    gc.freeze()
    found: list[dict[str, Any] | None] = []
    for number, text in enumerate(questions):
        if number % int(every):
            found.append(None)
            continue
        started = time.perf_counter()
        answer = system.answer(text)
        if answer.milliseconds is None:
            answer = replace(answer, milliseconds=(time.perf_counter() - started) * 1000)
        found.append(asdict(answer))
    memory = system.megabytes()
    result = {
        "build_seconds": built, "megabytes": resident() if memory is None else memory, "measured": today, "load": load,
        "questions": fingerprint(questions), "found": found,
    }  # fmt: skip
    Path(result_file).write_text(json.dumps(result), "utf-8")


def resident() -> float:
    """Resident memory of this process in MB, after giving back what building left over; NaN off Linux."""
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
    except OSError:
        return float("nan")


if __name__ == "__main__":
    main()
