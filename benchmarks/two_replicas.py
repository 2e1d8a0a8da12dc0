"""Two real `careerbot serve` processes on one PostgreSQL: events once each, decisions and settings seen by both.

    python -m benchmarks.two_replicas --postgresql postgresql+asyncpg://postgres@127.0.0.1:54329/postgres

Both processes answer signed events of a local Slack; a third of the events is delivered twice, to either. Then
`careerbot misses` decides something while they run, and the seconds are measured until each of them understands it;
the same for a setting. A database of its own is made for it on that server and dropped at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
import uuid
from collections import Counter
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import aiohttp
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.settings import default_data_folder
from adapters.store.community import open_community
from tests import slack_payloads as p
from tests.slack_server import BOT_TOKEN, SECRET, SlackServer, event_request

PORTS = (3101, 3102)
TEAM, PERSON = "slack:T01", "U77"
QUESTION = "what does a quibblesmith earn in London"
WITHIN = 5.0
"""Seconds within which both must have seen a decision or a setting."""


async def started(slack: SlackServer, database: str, port: int) -> asyncio.subprocess.Process:
    """A replica that answers on a port."""
    environment = {
        **os.environ, "DATABASE_URL": database, "HOST": "127.0.0.1", "PORT": str(port), "SLACK_API_URL": slack.url,
        "SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_CLIENT_ID": "", "SLACK_CLIENT_SECRET": "",
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "adapters", "serve", env=environment)
    async with aiohttp.ClientSession() as session:
        for _ in range(600):
            with suppress(aiohttp.ClientError):
                async with session.get(f"http://127.0.0.1:{port}/health") as answer:
                    if answer.status == 200:
                        return process
            await asyncio.sleep(0.2)
    raise RuntimeError(f"no replica answers on port {port}")


async def deliver(session: aiohttp.ClientSession, port: int, payload: dict[str, object]) -> None:
    """One delivery to one replica."""
    body, headers = event_request(payload)
    async with session.post(f"http://127.0.0.1:{port}/slack/events", data=body, headers=headers) as answer:
        if answer.status != 200:
            raise RuntimeError(f"port {port} answered {answer.status}")


async def once_each(slack: SlackServer, session: aiohttp.ClientSession, events: int) -> tuple[int, Counter[int]]:
    """Deliver events, a third of them twice, to either replica; how many were answered, and how often each."""
    choose = random.Random(7)
    payloads = [p.mention("salary nurse austin", user=f"U{n}", channel=f"C{n}") for n in range(events)]
    deliveries = payloads + choose.sample(payloads, events // 3)
    choose.shuffle(deliveries)
    queue = iter(deliveries)

    async def worker() -> None:
        for payload in queue:
            await deliver(session, choose.choice(PORTS), payload)

    await asyncio.gather(*(worker() for _ in range(8)))
    with suppress(TimeoutError):  # as long as answers go on coming
        while (before := len({one["channel"] for one in slack.sent})) < events:
            await slack.until(lambda count=before: len({one["channel"] for one in slack.sent}) > count)
    await asyncio.sleep(3)  # a second answer to an event would come now
    often = Counter(one["channel"] for one in slack.sent)
    return len(often), Counter(often.values())


async def seconds_until(slack: SlackServer, session: aiohttp.ClientSession, port: int, wanted: str) -> float:
    """Seconds until a replica's answer to the question holds some words."""
    began = time.perf_counter()
    while time.perf_counter() - began < 4 * WITHIN:
        channel = f"C{uuid.uuid4().hex[:8]}"
        await deliver(session, port, p.mention(QUESTION, user=f"U{uuid.uuid4().hex[:8]}", channel=channel))
        await slack.until(lambda at=channel: any(one["channel"] == at for one in slack.sent))
        found = [one for one in slack.sent if one["channel"] == channel]
        if wanted in str(found[0]):
            return time.perf_counter() - began
        await asyncio.sleep(0.1)
    return float("inf")


async def decided(database: str, *arguments: str) -> None:
    """`careerbot misses …` as a curator types it."""
    environment = {**os.environ, "DATABASE_URL": database}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "adapters", "misses", *arguments, env=environment
    )
    if await process.wait():
        raise RuntimeError(f"careerbot misses {' '.join(arguments)} failed")


async def run(slack: SlackServer, database: str, events: int) -> bool:
    """All of it; whether it came out right."""
    processes = [await started(slack, database, port) for port in PORTS]
    try:
        async with aiohttp.ClientSession() as session:
            answered, often = await once_each(slack, session, events)
            twice = sum(count for times, count in often.items() if times > 1)
            print(
                f"{events:,} events, a third delivered twice, to either: {answered:,} answered, {twice} more than once"
            )
            await decided(database, "alias", "quibblesmith", "plumber")
            alias = [await seconds_until(slack, session, port, "Plumber") for port in PORTS]
            async with open_community(database, Path(tempfile.gettempdir())) as store:
                await store.change_settings(TEAM, {"language": "de"}, by="benchmark")
            language = [await seconds_until(slack, session, port, "Vereinigtes") for port in PORTS]
        for name, times in (("an alias of the command line", alias), ("a setting", language)):
            print(f"{name} is in force on both after {', '.join(f'{one:.1f} s' for one in times)}")
        return answered == events and not twice and max(*alias, *language) <= WITHIN
    finally:
        for process in processes:
            process.terminate()
        print(f"told to end, they end with {[await process.wait() for process in processes]}")


async def main() -> int:
    """Run and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgresql", metavar="URL", required=True)
    parser.add_argument("--events", type=int, default=600)
    options = parser.parse_args()
    server, name = make_url(options.postgresql), f"careerbot_{uuid.uuid4().hex[:12]}"
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with AsyncExitStack() as stack:
        stack.push_async_callback(engine.dispose)
        async with engine.connect() as connection:
            await connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            slack = await stack.enter_async_context(SlackServer(check_every=50).running())
            good = await run(slack, server.set(database=name).render_as_string(hide_password=False), options.events)
        finally:
            async with engine.connect() as connection:
                await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    print(f"data in {os.environ.get('CAREERBOT_DATA', default_data_folder())}, load {os.getloadavg()[0]:.1f}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
