"""Build one system, ask it everything once, and write down what it answered and what that took.

    python -m benchmarks.peers.worker MODULE VARIANT MATERIAL.json RESULT.json

Runs in the peer's own environment. Every question is asked once, after other messages have warmed the system up: some
systems remember whole messages, so a second pass would time their memory.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path

from benchmarks.peers.system import Material, System


def main() -> None:
    """See the module."""
    module, variant, material_file, result_file = sys.argv[1:5]
    material = Material.load(Path(material_file))
    questions, warming = material.questions, material.warming
    started = time.perf_counter()
    system: System = importlib.import_module(f"benchmarks.peers.{module}").build(material, variant)
    built = time.perf_counter() - started
    del material
    for text in warming:
        system.answer(text)
    gc.collect()
    gc.freeze()
    found = []
    for text in questions:
        started = time.perf_counter()
        answer = system.answer(text)
        if answer.milliseconds is None:
            answer = replace(answer, milliseconds=(time.perf_counter() - started) * 1000)
        found.append(asdict(answer))
    memory = system.megabytes()
    result = {"build_seconds": built, "megabytes": resident() if memory is None else memory, "found": found}
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
