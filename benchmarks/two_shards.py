"""Two real `careerbot discord` processes, a shard each, on one PostgreSQL: every interaction is answered once.

    python -m benchmarks.two_shards --postgresql postgresql+asyncpg://postgres@127.0.0.1:54329/empty

A local Discord sends interactions to one shard or the other, and each third one to both. What it prints says how
often each was answered, and with what exit code the processes ended when they were told to.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections import Counter

from tests.discord_payloads import channel, command
from tests.discord_server import TOKEN, DiscordServer, Session

STARTED = 120.0
PAUSE = 0.03
"""Seconds between two interactions: some thirty a second, which two processes bear easily."""
SETTLED = 10.0
"""Seconds after the last interaction until answers are counted."""


async def started(server: DiscordServer, database: str, shard: int) -> asyncio.subprocess.Process:
    """A process with one of two shards."""
    environment = {
        **os.environ, "DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": server.api, "DISCORD_GATEWAY_URL": server.gateway.url,
        "DISCORD_SHARD_COUNT": "2", "DISCORD_SHARD_IDS": str(shard), "DATABASE_URL": database,
    }  # fmt: skip
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "adapters", "discord", env=environment)


async def ask(server: DiscordServer, shards: list[Session], interactions: int) -> list[str]:
    """Send interactions in turn to the shards, each third to both; their ids."""
    sent: list[str] = []
    for number in range(interactions):
        asked = command(
            "salary", {"career": "Plumber", "place": "London"}, who=7 * 10**17 + number,
            at=channel(8 * 10**17 + number),
        )  # fmt: skip
        sent.append(asked["id"])
        for shard in shards if number % 3 == 0 else shards[number % 2 : number % 2 + 1]:
            await server.gateway.send(shard, "INTERACTION_CREATE", asked)
        await asyncio.sleep(PAUSE)
    return sent


async def run(database: str, interactions: int) -> int:
    """Print the counts; exit code 1 if one interaction wasn't answered exactly once."""
    server = DiscordServer(validate=False)
    await server.start()
    processes = [await started(server, database, shard) for shard in (0, 1)]
    try:
        async with asyncio.timeout(STARTED):
            while len(server.gateway.sessions) < len(processes):  # noqa: ASYNC110 - nothing else tells
                await asyncio.sleep(PAUSE)
        await asyncio.sleep(PAUSE * 100)
        sent = await ask(server, list(server.gateway.sessions.values()), interactions)
        await asyncio.sleep(SETTLED)
    finally:
        for process in processes:
            process.terminate()
        codes = [await process.wait() for process in processes]
    answered = Counter(one.path.split("/")[2] for one in server.requests if one.path.startswith("/interactions/"))
    await server.stop()
    often = Counter(answered[ident] for ident in sent)
    print(f"shards {[one['shard'] for one in server.gateway.identified]}, load {os.getloadavg()[0]:.1f}")
    print(f"{len(sent)} interactions, a third delivered twice; answered so often: {dict(sorted(often.items()))}")
    print(f"exit codes {codes}")
    return 0 if set(often) == {1} else 1


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgresql", required=True, metavar="URL", help="an empty database that both share")
    parser.add_argument("--interactions", type=int, default=600)
    given = parser.parse_args()
    return asyncio.run(run(given.postgresql, given.interactions))


if __name__ == "__main__":
    sys.exit(main())
