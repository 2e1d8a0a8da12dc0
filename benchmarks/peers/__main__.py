"""`python -m benchmarks.peers`: build every system, ask all the same questions, print one table.

    --write          also put the table into docs/benchmarks.md
    --only KEY …     these systems alone (careerbot, linear-svc, …); --list tells the keys
    --again          score the answers that are kept from the last run; run only what has none

Environments, the built knowledge and the answers are kept in the user's cache folder (CAREERBOT_PEERS overrides where).
A system that can't be installed or fails says why in its row.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from adapters.compose import build_knowledge, database_file
from adapters.labelled import read_labelled
from adapters.settings import Settings
from benchmarks.peers.install import NotInstalledError, python_for
from benchmarks.peers.material import gather, needs
from benchmarks.peers.registry import PEERS, Peer
from benchmarks.peers.scoring import Judge, Row, row
from benchmarks.peers.table import cells, circumstances, markdown, plain, write

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ROOT / "tests" / "evaluation" / "development.jsonl"
PAGE = ROOT / "docs" / "benchmarks.md"
LONGEST = 1800


def main() -> int:
    """Run what the command line asks for."""
    asked = arguments()
    if asked.list:
        print("\n".join(f"{peer.key:24} {peer.label}" for peer in PEERS))
        return 0
    load = os.getloadavg()[0]
    cache = Path(os.environ.get("CAREERBOT_PEERS") or user_cache_path("careerbot-peers"))
    cache.mkdir(parents=True, exist_ok=True)
    settings = Settings.model_construct(data=cache / "data", content=())
    build_knowledge(settings)
    conversations = read_labelled(asked.questions)
    asyncio.run(gather(database_file(settings), conversations)).save(cache / "material.json")
    judging = Judge(conversations, needs(), codes(database_file(settings)))
    rows = {peer: measured(peer, cache, judging, again=asked.again) for peer in PEERS if chosen(peer, asked.only)}
    own = next((found for peer, found in rows.items() if peer.module == "careerbot" and isinstance(found, Row)), None)
    lines = [cells(peer.label, found, own) for peer, found in rows.items()]
    first, second = judging.halves()
    about = circumstances((len(first), len(second)), load)
    print(f"\n{about}\n\n{plain(lines)}")
    if asked.write:
        write(PAGE, f"{about}\n\n{markdown(lines)}")
    return 0


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.relative_to(ROOT)}")
    parser.add_argument("--only", nargs="+", default=[], metavar="KEY", help="these systems alone")
    parser.add_argument("--again", action="store_true", help="score the answers kept from the last run")
    parser.add_argument("--list", action="store_true", help="list the systems' keys")
    parser.add_argument("--questions", type=Path, default=QUESTIONS, metavar="FILE", help="other labelled questions")
    return parser.parse_args()


def chosen(peer: Peer, only: list[str]) -> bool:
    """Whether the command line asks for it."""
    return not only or peer.key in only


def codes(database: Path) -> dict[str, str]:
    """Slug → O*NET-SOC code of every career."""
    connection = sqlite3.connect(database)
    found: Mapping[str, str] = dict(connection.execute("SELECT slug, soc FROM careers"))
    connection.close()
    return dict(found)


def measured(peer: Peer, cache: Path, judging: Judge, *, again: bool) -> Row | str:
    """One system's figures, or why there are none."""
    try:
        result = answers(peer, cache, len(judging.conversations), again=again)
    except NotInstalledError as reason:
        return str(reason)
    return row(result, judging, own_decisions=peer.module == "careerbot")


def answers(peer: Peer, cache: Path, questions: int, *, again: bool) -> dict[str, Any]:
    """Its answers: the kept ones, or of a process run now; raises NotInstalledError with the reason."""
    path = cache / f"{peer.key}.json"
    if again and path.exists():
        kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if len(kept["found"]) == questions:
            return kept
    path.unlink(missing_ok=True)
    print(f"{peer.label} … (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)
    command = [python_for(peer, cache), "-m", "benchmarks.peers.worker", peer.module, peer.variant]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "CAREERBOT_PEERS": str(cache)}
    log = cache / f"{peer.key}.log"
    with log.open("wb") as output:
        try:
            done = subprocess.run(
                [*command, str(cache / "material.json"), str(path)],
                check=False, cwd=cache, env=environment, stdout=output, stderr=output, timeout=LONGEST,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise NotInstalledError(f"not done within {LONGEST // 60} minutes") from error
    if done.returncode or not path.exists():
        lines = log.read_text("utf-8", "replace").strip().splitlines() or [f"ended with code {done.returncode}"]
        raise NotInstalledError(f"failed: {lines[-1][:200]} (see {log})")
    stored: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return stored


if __name__ == "__main__":
    sys.exit(main())
