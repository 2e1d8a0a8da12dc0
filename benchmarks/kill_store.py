"""kill -9 at random moments of mixed operations: does the community database lose what it acknowledged?

    python -m benchmarks.kill_store                 50 kills, each within 2,000 operations
    python -m benchmarks.kill_store --kills 5 --seed 7

A child works on the database and says each operation that was acknowledged. After a random number of them, and a
random moment more, it is killed; the database is opened and compared with what it said. A child that came to its end
before the signal isn't counted as killed, and another one takes its place. Also tests/test_store_kills.py, in small.
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


def killed(
    folder: Path, prefix: str, operations: int, seed: int, after: int, moment: float
) -> tuple[bool, list[tuple[str, str]]]:
    """Let a child work and kill it.

    Args:
        folder: Where the database is.
        prefix: What its names begin with.
        operations: So many would it do.
        seed: Which ones.
        after: So many acknowledged operations until the signal.
        moment: Seconds more until the signal.

    Returns:
        Whether the signal ended it, and what it had acknowledged.
    """
    arguments = ["child", str(folder), prefix, str(operations), str(seed)]
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.kill_store", *arguments], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        if process.stdout.readline() != b"ready\n":
            raise RuntimeError(f"the child of kill {prefix} could not open the database")
        lines = [process.stdout.readline().decode() for _ in range(after)]
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.read().decode().splitlines(keepends=True)
        code = process.wait()
    if code not in (0, -signal.SIGKILL):
        raise RuntimeError(f"the child of kill {prefix} ended by itself with {code}")
    whole = [line.strip().partition(" ") for line in lines if line.endswith("\n")]
    return code != 0, [(kind, name) for kind, _, name in whole]


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
    """Kill so many times on one database.

    Args:
        folder: Where the database is.
        kills: How many children are killed.
        operations: So many would each child do; it is killed within them.
        seed: Of the random choices.
        longest: Seconds at most between the operation after which a child is to be killed and the signal.

    Returns:
        How many operations were acknowledged, and what went wrong.
    """
    choose = random.Random(seed)
    everything: list[tuple[str, str]] = []
    wrong: list[str] = []
    done = attempt = 0
    while done < kills:
        attempt += 1
        if attempt > 3 * kills:
            raise RuntimeError("too many children came to their end before the signal")
        prefix, of = f"k{seed}-{attempt}", choose.randrange(2**31)
        after, moment = choose.randrange(operations * 9 // 10), choose.uniform(0, longest)
        was_killed, said = killed(folder, prefix, operations, of, after, moment)
        done += was_killed
        everything += said
        # All of it was compared before: what the last child did is what can be new. At the end all is compared again.
        wrong += asyncio.run(compare(folder, everything if done == kills else said))
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
    parser.add_argument(
        "--longest", type=float, default=0.02, help="seconds between an operation and the kill, at most"
    )
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
