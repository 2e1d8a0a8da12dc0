"""`python -m benchmarks.peers`: build every system, ask all the same questions, print one table.

    --write          also put the tables into docs/benchmarks.md
    --only KEY …     run these systems alone (careerbot, linear-svc, …); --list tells the keys. With --write the others'
                     rows come from their kept answers
    --kept           run nothing: the tables of the answers that are kept
    --again          score the answers that are kept from the last run; run only what has none

The questions are the first messages of the development and of the held-out conversations. Nothing is printed of either
but totals. Rasa takes an hour, so it runs only when it is asked for (--only rasa_diet).

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
from benchmarks.peers.system import fingerprint
from benchmarks.peers.table import Table, write

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ROOT / "tests" / "evaluation"
PAGE = ROOT / "docs" / "benchmarks.md"


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
    development, heldout = (read_labelled(QUESTIONS / f"{name}.jsonl") for name in ("development", "heldout"))
    conversations = [*development, *heldout]
    asyncio.run(gather(database_file(settings), conversations)).save(cache / "material.json")
    judging = Judge(conversations, len(development), needs(), codes(database_file(settings)))
    rows = {peer: measured(peer, cache, judging, asked) for peer in PEERS if asked.write or chosen(peer, asked.only)}
    table = Table({peer.label: found for peer, found in rows.items()}, judging, load)
    print(f"\n{table.plain()}")
    if asked.write:
        write(PAGE, table.markdown())
    return 0


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.relative_to(ROOT)}")
    keys = [peer.key for peer in PEERS]
    parser.add_argument("--only", nargs="+", default=[], metavar="KEY", choices=keys, help="these systems alone")
    parser.add_argument("--again", action="store_true", help="score the answers kept from the last run")
    parser.add_argument("--kept", action="store_true", help="run nothing, score the kept answers")
    parser.add_argument("--list", action="store_true", help="list the systems' keys")
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


def measured(peer: Peer, cache: Path, judging: Judge, asked: argparse.Namespace) -> Row | str:
    """One system's figures, or why there are none."""
    again = asked.kept or asked.again or not chosen(peer, asked.only) or (peer.on_demand and peer.key not in asked.only)
    try:
        texts = [one.turns[0].text for one in judging.conversations]
        result = answers(peer, cache, texts, again=again, runs=not (asked.kept or (peer.on_demand and again)))
    except NotInstalledError as reason:
        return str(reason)
    return row(result, judging, own_decisions=peer.module == "careerbot")


def answers(peer: Peer, cache: Path, questions: list[str], *, again: bool, runs: bool) -> dict[str, Any]:
    """Its answers: the kept ones (`again`), or of a process run now (`runs`); NotInstalledError says why not."""
    path = cache / f"{peer.key}.json"
    if again and path.exists():
        kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if kept.get("questions") == fingerprint(questions):
            return kept
    if not runs:
        raise NotInstalledError(f"it hasn't answered these questions here yet; --only {peer.key} runs it")
    print(f"{peer.label} … (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)
    command = [python_for(peer, cache), "-m", "benchmarks.peers.worker", peer.module, peer.variant]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "CAREERBOT_PEERS": str(cache)}
    log, fresh = cache / f"{peer.key}.log", cache / f"{peer.key}.{os.getpid()}.json"
    with log.open("wb") as output:
        try:
            done = subprocess.run(
                [*command, str(cache / "material.json"), str(fresh), str(peer.every)],
                check=False, cwd=cache, env=environment, stdout=output, stderr=output, timeout=peer.minutes * 60,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise NotInstalledError(f"not done within {peer.minutes} minutes") from error
    if done.returncode or not fresh.exists():
        lines = log.read_text("utf-8", "replace").strip().splitlines() or [f"ended with code {done.returncode}"]
        raise NotInstalledError(f"failed: {lines[-1][:200]} (see {log.name} in the cache folder)")
    fresh.replace(path)  # only now: a run that fails leaves the last one's answers
    stored: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return stored


if __name__ == "__main__":
    sys.exit(main())
