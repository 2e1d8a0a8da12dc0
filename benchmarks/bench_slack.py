"""Load on Slack: 200 signed events a second for a minute through the real app, each acked and answered once.

`python -m benchmarks.bench_slack [events a second] [seconds]`; the app, the local Slack and the sender share the
machine.
Prints the time from request to ack (p50, p99), how many were answered, and the processor time taken.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing as mp
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import aiohttp

from adapters.compose import open_bot
from adapters.settings import Settings, default_data_folder
from bot.community_memory import InMemoryCommunity
from tests import slack_payloads as p
from tests.slack_app import over_http
from tests.slack_server import SlackServer, event_request

QUESTIONS = (
    "What does a backend engineer earn in London?", "How do I become an electrician?", "salary nurse austin",
    "Compare plumber and electrician", "courses for data scientists", "skills for a chef", "what is a paralegal",
)  # fmt: skip
PEOPLE = 1_000
"""Each asks every five seconds, which is longer than the cooldown."""
FLOOR = 1.0
"""Seconds within which 99 of 100 acks must come."""


def _slack(pipe: Any) -> None:
    """The local Slack, in a process of its own; tells its address, then, when asked, which events were answered.

    It checks every fiftieth message against the schema, so that the load is the app's and not the checks'.
    """

    async def run() -> None:
        async with SlackServer(check_every=50).running() as slack:
            pipe.send(slack.url)
            loop = asyncio.get_running_loop()
            while await loop.run_in_executor(None, pipe.recv) != "end":
                pipe.send([(message["channel"], message.get("thread_ts")) for message in slack.sent])
            pipe.send(slack.violations)

    asyncio.run(run())


def _sender(url: str, rate: int, seconds: int, pipe: Any) -> None:
    """Sends events at an even rate, whatever the app does; tells the acks' times."""

    async def run() -> None:
        times: list[float] = []
        bad = Counter[int]()

        async def send(session: aiohttp.ClientSession, number: int) -> None:
            question = QUESTIONS[number % len(QUESTIONS)]
            inner = {"type": "app_mention", "user": f"U{number % PEOPLE}", "text": f"<@UBOT> {question}",
                     "ts": f"1700000001.{number:06d}", "channel": f"C{number % 400}"}  # fmt: skip
            body, headers = event_request(p.event(inner, event_id=f"Ev{number}"))
            started = time.perf_counter()
            async with session.post(f"{url}/slack/events", data=body, headers=headers) as answer:
                await answer.read()
                bad[answer.status] += 1
            times.append(time.perf_counter() - started)

        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            started = time.perf_counter()
            tasks = []
            for number in range(rate * seconds):
                if (ahead := started + number / rate - time.perf_counter()) > 0:
                    await asyncio.sleep(ahead)
                tasks.append(asyncio.create_task(send(session, number)))
            await asyncio.gather(*tasks)
        pipe.send((times, dict(bad)))

    asyncio.run(run())


async def bench(rate: int, seconds: int, data: Path) -> int:
    """Run it and print what came out; 0 if the floor was held and each event was answered exactly once."""
    context = mp.get_context("spawn")  # a fork would share the event loop's files
    here, there = context.Pipe()
    slack_process = context.Process(target=_slack, args=(there,), daemon=True)
    slack_process.start()
    loop = asyncio.get_running_loop()
    slack = SlackServer()
    slack.url = await loop.run_in_executor(None, here.recv)
    settings = Settings.model_construct(data=data, content=(), affiliate_links={}, locale="en-GB", default_country="")
    async with open_bot(settings) as bot, over_http(slack, bot, InMemoryCommunity()) as http:
        results, sending = context.Pipe()
        sender = context.Process(target=_sender, args=(http.url, rate, seconds, sending), daemon=True)
        cpu, started = time.process_time(), time.perf_counter()
        sender.start()
        times, statuses = await loop.run_in_executor(None, results.recv)
        acked = time.perf_counter() - started
        await http.app.state.running.answering.work.idle()
        done, used = time.perf_counter() - started, time.process_time() - cpu
        here.send("sent")
        sent = Counter(await loop.run_in_executor(None, here.recv))
    here.send("end")
    violations = await loop.run_in_executor(None, here.recv)
    times.sort()
    p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
    events = rate * seconds
    once = sum(count == 1 for count in sent.values())
    print(f"events: {events} at {rate}/s for {seconds} s; statuses {statuses}")
    print(f"ack: p50 {1000 * p50:.1f} ms, p99 {1000 * p99:.1f} ms, slowest {1000 * times[-1]:.1f} ms")
    print(f"answered exactly once: {once} of {events}; more than once: {sum(c > 1 for c in sent.values())}")
    print(f"all acked after {acked:.1f} s, all answered after {done:.1f} s; processor time of the app {used:.1f} s")
    print(f"refused by Slack: {len(violations)}")
    return 0 if p99 < FLOOR and once == events and not violations else 1


def main() -> int:
    """Run with the rate and length of the command line."""
    logging.basicConfig(level=logging.WARNING)
    given = [int(value) for value in sys.argv[1:3]]
    rate, seconds = [*given, *(200, 60)[len(given) :]]
    return asyncio.run(bench(rate, seconds, default_data_folder()))


if __name__ == "__main__":
    sys.exit(main())
