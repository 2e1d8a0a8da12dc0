"""Load on Slack: 200 signed events a second for a minute through the real app, each acked and answered once.

`python -m benchmarks.bench_slack [events a second] [seconds]`; the app (one process, its community database in SQLite
as with `careerbot serve`), the local Slack and the sender (a process each) share the machine.
Prints the time from request to ack and to answer (p50, p99), how many were answered, and the processor time taken.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing as mp
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import aiohttp

from adapters.compose import open_bot
from adapters.settings import Settings, default_data_folder
from adapters.store.community import open_community
from tests import slack_payloads as p
from tests.slack_app import over_http
from tests.slack_server import SENT, SlackServer, event_request

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
                posts = [call for call in slack.calls if call.method in SENT]
                pipe.send([(call.args.get("thread_ts"), call.at) for call in posts])
            pipe.send(slack.violations)

    asyncio.run(run())


def _sender(url: str, rate: int, seconds: int, pipe: Any) -> None:
    """Sends events at an even rate, whatever the app does; tells the acks' times."""

    async def run() -> None:
        times: list[float] = []
        began: dict[str, float] = {}
        bad = Counter[int]()

        async def send(session: aiohttp.ClientSession, number: int) -> None:
            question = QUESTIONS[number % len(QUESTIONS)]
            inner = {"type": "app_mention", "user": f"U{number % PEOPLE}", "text": f"<@UBOT> {question}",
                     "ts": f"1700000001.{number:06d}", "channel": f"C{number % 400}"}  # fmt: skip
            body, headers = event_request(p.event(inner, event_id=f"Ev{number}"))
            started = began[str(inner["ts"])] = time.perf_counter()
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
        pipe.send((times, began, dict(bad)))

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
    with tempfile.TemporaryDirectory() as folder:
        async with (
            open_community(None, Path(folder)) as community,
            open_bot(settings, memory=community) as bot,
            over_http(slack, bot, community) as http,
        ):
            results, sending = context.Pipe()
            sender = context.Process(target=_sender, args=(http.url, rate, seconds, sending), daemon=True)
            cpu, started = time.process_time(), time.perf_counter()
            sender.start()
            times, began, statuses = await loop.run_in_executor(None, results.recv)
            acked = time.perf_counter() - started
            await http.app.state.running.answering.work.idle()
            done, used = time.perf_counter() - started, time.process_time() - cpu
            here.send("sent")
            posts = await loop.run_in_executor(None, here.recv)
    here.send("end")
    violations = await loop.run_in_executor(None, here.recv)
    sent = Counter(thread for thread, _ in posts)
    waited = sorted(at - began[thread] for thread, at in posts)
    times.sort()
    p99 = times[int(len(times) * 0.99)]
    events = rate * seconds
    once = sum(count == 1 for count in sent.values())
    print(f"events: {events} at {rate}/s for {seconds} s; statuses {statuses}")
    print(
        f"ack: p50 {1000 * times[len(times) // 2]:.1f} ms, p99 {1000 * p99:.1f} ms, slowest {1000 * times[-1]:.1f} ms"
    )
    if waited:
        print(f"answer: p50 {waited[len(waited) // 2]:.2f} s, p99 {waited[int(len(waited) * 0.99)]:.2f} s after asking")
    print(f"answered exactly once: {once} of {events}; more than once: {sum(c > 1 for c in sent.values())}")
    print(f"all acked after {acked:.1f} s, all answered after {done:.1f} s; load {os.getloadavg()[0]:.1f}")
    print(f"processor time of the app {used:.1f} s, {1000 * used / events:.1f} ms an event")
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
