"""kill -9 at random moments of mixed operations: does the community database lose what it acknowledged?

    python -m benchmarks.kill_store                 50 kills, up to 2,000 operations each
    python -m benchmarks.kill_store --kills 5 --seed 7

A child works on the database and says each operation that was acknowledged; it is killed at a random moment, and the
database is opened and compared with what it said. Also tests/test_store_kills.py, in small.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from adapters.store.community import SqlCommunity, open_community
from bot.community import Asked, Saved
from bot.community_curation import NewCuration
from bot.context import Context
from bot.message import ConversationKey
from bot.query import Choice

GUILD = "discord:guild:1"
KINDS = ("save", "unsave", "finish", "miss", "remember", "decide")


async def operate(store: SqlCommunity, kind: str, name: str) -> bool:
    """One operation; whether it was acknowledged."""
    person = f"discord:user:{name}"
    match kind:
        case "save" | "unsave":
            kept = await store.save(person, Saved(kind="path", ident=name, title=name, steps=3, done=(1,)))
            return kept and (kind == "save" or await store.unsave(person, "path", name))
        case "finish":
            return await store.begin(name) == "new" and await store.finish(name)
        case "miss":
            return await store.asked(
                Asked(community=GUILD, person=person, platform="discord", text=name, outcome="not understood")
            )
        case "remember":
            context = Context(choices=(Choice(label=name, says=name * 20),))
            return await store.remember(ConversationKey(platform="discord", person=person), context)
        case _:
            await store.curate(NewCuration(action="alias", text=name, key=name, target="plumber"))
            return True


async def child(folder: Path, prefix: str, operations: int, seed: int) -> None:
    """Work, and say what was acknowledged."""
    choose = random.Random(seed)
    async with open_community(None, folder) as store:
        await store.change_settings(GUILD, {"keep_texts": True}, by="")
        os.write(1, b"ready\n")
        for number in range(operations):
            kind, name = choose.choice(KINDS), f"{prefix}-{number}"
            if await operate(store, kind, name):
                os.write(1, f"{kind} {name}\n".encode())


def killed(folder: Path, prefix: str, operations: int, seed: int, after: float) -> list[tuple[str, str]]:
    """Let a child work and kill it after some seconds of work; what it had acknowledged."""
    arguments = ["child", str(folder), prefix, str(operations), str(seed)]
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.kill_store", *arguments], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        if process.stdout.readline() != b"ready\n":
            raise RuntimeError(f"the child of kill {prefix} could not open the database")
        time.sleep(after)
        if process.poll() not in (None, 0):
            raise RuntimeError(f"the child of kill {prefix} ended by itself")
        process.send_signal(signal.SIGKILL)
        lines = process.stdout.read().decode().splitlines(keepends=True)
    return [(kind, name) for kind, _, name in (line.strip().partition(" ") for line in lines if line.endswith("\n"))]


async def compare(folder: Path, acknowledged: Iterable[tuple[str, str]]) -> list[str]:
    """What is wrong with the database; [] if it is as it was acknowledged."""
    wrong: list[str] = []
    counts = dict.fromkeys(KINDS, 0)
    async with open_community(None, folder) as store:
        for kind, name in acknowledged:
            counts[kind] += 1
            person = f"discord:user:{name}"
            match kind:
                case "save" | "unsave":
                    found = [(one.ident, one.done) for one in await store.saved(person)]
                    good = found == ([(name, (1,))] if kind == "save" else [])
                case "finish":
                    good = await store.begin(name) == "done"
                case "remember":
                    context = await store.recall(ConversationKey(platform="discord", person=person))
                    good = [choice.label for choice in context.choices] == [name]
                case _:
                    good = True
            if not good:
                wrong.append(f"lost: {kind} {name}")
        decisions, revision = await store.curations(), await store.revision()
    # Two statements, one transaction: neither is ever seen without the other.
    with closing(sqlite3.connect(folder / "community.sqlite")) as file:
        misses = file.execute("SELECT count(*) FROM misses").fetchone()[0]
        counted = file.execute(
            "SELECT coalesce(sum(count), 0) FROM tallies WHERE kind = 'outcome' AND name = 'not understood'"
        ).fetchone()[0]
        names = {name for (name,) in file.execute("SELECT text FROM misses")}
        if (state := file.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            wrong.append(f"integrity: {state}")
        if file.execute("PRAGMA foreign_key_check").fetchall():
            wrong.append("a reference leads nowhere")
    if misses != counted:
        wrong.append(f"half-done: {misses} misses, {counted} counted")
    if revision != len(decisions):
        wrong.append(f"half-done: {len(decisions)} decisions, revision {revision}")
    wrong += [f"lost: {kind} {name}" for kind, name in acknowledged if kind == "miss" and name not in names]
    texts = {decision.text for decision in decisions}
    wrong += [f"lost: {kind} {name}" for kind, name in acknowledged if kind == "decide" and name not in texts]
    return wrong


def run(folder: Path, kills: int, operations: int, seed: int, longest: float) -> tuple[int, list[str]]:
    """Kill so many times on one database; (operations acknowledged, what went wrong)."""
    choose = random.Random(seed)
    everything: list[tuple[str, str]] = []
    wrong: list[str] = []
    for kill in range(kills):
        after = choose.uniform(0, longest)
        everything += killed(folder, f"k{seed}-{kill}", operations, choose.randrange(2**31), after)
        # All of it was compared before: what the last child did is what can be new.
        wrong += asyncio.run(compare(folder, everything if kill == kills - 1 else everything[-operations:]))
    return len(everything), wrong


def main() -> int:
    """Kill and tell."""
    if sys.argv[1:2] == ["child"]:
        folder, prefix, operations, seed = sys.argv[2:]
        asyncio.run(child(Path(folder), prefix, int(operations), int(seed)))
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--operations", type=int, default=2_000)
    parser.add_argument("--longest", type=float, default=3.0, help="seconds of work until the kill, at most")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done, wrong = run(Path(folder), options.kills, options.operations, options.seed, options.longest)
    print(f"{options.kills} kills, {done:,} operations acknowledged, {len(wrong)} lost or half-done")
    for line in wrong[:20]:
        print(f"  {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
