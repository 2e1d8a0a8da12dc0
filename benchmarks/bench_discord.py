"""Load on Discord: interactions at a steady rate through the real discord.py client, over real sockets.

A local Discord (the test suite's) runs in a process of its own and sends commands, free questions, completions and
presses; the client in this process answers them. Printed: how many were lost, and the time from the event to the first
response, as Discord sees it.

    python -m benchmarks.bench_discord                    200 a second for 60 s
    python -m benchmarks.bench_discord --seconds 10 --rate 50
    python -m benchmarks.bench_discord --memory           without a community database

As `careerbot discord` does, it keeps conversations, counts and claims on events in a community database (SQLite, in a
folder of its own).
"""

from __future__ import annotations

import tests.discord_import  # noqa: F401 - before anything that imports discord.py

# isort: split

import argparse
import asyncio
import json
import logging
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from itertools import accumulate
from pathlib import Path
from typing import Any

from adapters.compose import open_bot
from adapters.settings import Settings, default_data_folder
from adapters.store.community import open_community
from bot.community import CommunitySettings
from bot.community_memory import InMemoryCommunity
from bot.community_whole import WholeCommunity
from bot.core import CareerBot
from tests.discord_payloads import GUILD, channel, command, completing, pressed
from tests.discord_running import running
from tests.discord_server import DiscordServer, Request, buttons

ROOT = Path(__file__).resolve().parents[1]
PEOPLE, CHANNELS = 500, 40
SEED = 5
KNOWN = 3
"""The n-th most popular career is asked for in proportion to 1 / (n + KNOWN): some often, each now and then."""
PLACES = (
    "Berlin", "London", "Texas", "Austin", "United States", "Paris", "Toronto", "California", "New York", "Singapore",
    "United Kingdom", "Canada", "Chicago", "Seattle", "Manchester", "Florida", "Ohio", "France", "Boston", "Leeds",
)  # fmt: skip
QUESTIONS = (
    "what does a {career} earn in {place}?", "how do i become a {career}", "{career} vs {other}",
    "skills of a {career}", "jobs like a {career}", "what is a {career}",
)  # fmt: skip
TYPED = ("data eng", "nur", "softw", "electri", "teach", "acc", "plumb", "desig", "lawy", "chef")
SETTLE = 10.0
"""Seconds that late answers get."""


class Freely(InMemoryCommunity):
    """A community without cooldowns."""

    async def settings(self, community: str, channel: str = "") -> CommunitySettings:  # noqa: ARG002
        """The same everywhere."""
        return CommunitySettings(cooldown=0)


class Asking:
    """Who asks what: all careers and twenty places, the popular ones more often. The same in every run."""

    def __init__(self, titles: Sequence[str]) -> None:
        self._random = random.Random(SEED)
        self._titles = list(titles)
        self._random.shuffle(self._titles)
        self._weights = list(accumulate(1 / (rank + KNOWN) for rank in range(len(self._titles))))

    def careers(self) -> tuple[str, str]:
        """Two careers."""
        one, two = self._random.choices(self._titles, cum_weights=self._weights, k=2)
        return one, two

    def place(self) -> str:
        """A place."""
        return self._random.choice(PLACES)


def event(number: int, asking: Asking, shown: dict[str, Any] | None) -> dict[str, Any]:
    """The number-th interaction: of ten, four commands, two questions, three completions and a press."""
    (career, other), place = asking.careers(), asking.place()
    who = {"who": 7 * 10**17 + number % PEOPLE, "at": channel(8 * 10**17 + number % CHANNELS)}
    match number % 10:
        case 0 | 1:
            return command("salary", {"career": career, "place": place}, **who)
        case 2:
            return command("career", {"career": career}, **who)
        case 3:
            return command("compare", {"careers": f"{career}, {other}"}, **who)
        case 4 | 5:
            text = QUESTIONS[number // 10 % len(QUESTIONS)].format(career=career, other=other, place=place)
            return command("ask", {"question": text}, **who)
        case 6 if shown is not None:
            state = next(state for state in buttons(shown).values() if state.startswith("1a:"))
            return pressed(state, shown, **who)
        case _:
            typed = TYPED[number // 10 % len(TYPED)] if number % 10 == 7 else career[: 2 + number % 7]
            return completing("salary", "career", typed, **who)


def titles_of(data: Path) -> list[str]:
    """The titles of all careers of the built knowledge."""
    connection = sqlite3.connect(f"{(data / 'knowledge.sqlite').resolve().as_uri()}?mode=ro", uri=True)
    with closing(connection):
        return [row[0] for row in connection.execute("SELECT title FROM careers ORDER BY slug")]


async def drive(port: int, rate: int, seconds: int, titles: Sequence[str]) -> None:
    """The local Discord's side: send, time, and print the outcome as JSON."""
    server = DiscordServer(validate=False)
    sent: dict[str, float] = {}
    took: dict[str, float] = {}
    kinds: dict[str, str] = {}
    refused: Counter[int] = Counter()

    def note(request: Request) -> None:
        if request.path.startswith("/interactions/"):
            ident = request.path.split("/")[2]
            if not 200 <= request.status < 300:
                refused[request.status] += 1
            elif ident in sent and ident not in took:
                took[ident] = time.perf_counter() - sent[ident]

    server.on_request = note
    await server.start(port)
    while not server.gateway.sessions:  # noqa: ASYNC110 - once, at the start
        await asyncio.sleep(0.05)
    asking = Asking(titles)
    (first,) = await server.use(command("salary", {"career": "Data Engineer", "place": PLACES[0]}))
    shown = server.shown(first)
    began, worked = time.perf_counter(), time.process_time()
    for number in range(rate * seconds):
        wait = began + number / rate - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        payload = event(number, asking, shown)
        sent[payload["id"]] = time.perf_counter()
        kinds[payload["id"]] = "completion" if payload["type"] == 4 else "question"
        await server.gateway.dispatch("INTERACTION_CREATE", payload)
    spent = time.perf_counter() - began
    end = time.perf_counter() + SETTLE
    while len(took) < len(sent) and time.perf_counter() < end:  # noqa: ASYNC110 - once, at the end
        await asyncio.sleep(0.05)
    by_kind = {kind: quantiles([t for i, t in took.items() if kinds[i] == kind]) for kind in ("question", "completion")}
    outcome = {"sent": len(sent), "lost": len(sent) - len(took), "rate": round(len(sent) / spent, 1),
               "all": quantiles(list(took.values())), "refused": dict(refused), "pictures": len(server.pictures),
               "driver": round((time.process_time() - worked) / spent, 2), **by_kind}  # fmt: skip
    sys.stdout.write(json.dumps(outcome) + "\n")
    sys.stdout.flush()
    await server.stop()


def quantiles(seconds: list[float]) -> dict[str, float]:
    """p50, p99 and the longest, in milliseconds."""
    ordered = sorted(seconds) or [0.0]
    at = {"p50": len(ordered) // 2, "p99": min(len(ordered) - 1, len(ordered) * 99 // 100), "longest": -1}
    return {name: round(1000 * ordered[index], 1) for name, index in at.items()}


def typing(bot: CareerBot, titles: Sequence[str]) -> dict[str, float]:
    """What one completion takes, each of them new: beginnings of titles, and the same with a letter missing."""
    chosen = random.Random(SEED).sample(titles, 400)
    typed = [title[:length] for title in chosen for length in (1, 2, 3, 5, 8, 13)]
    typed += [title[:4] + title[5:10] for title in chosen]
    took = []
    for text in dict.fromkeys(typed):
        started = time.thread_time()
        bot.complete("career", text, 25)
        took.append(time.thread_time() - started)
    return quantiles(took)


@asynccontextmanager
async def community_of(folder: Path, *, database: bool) -> AsyncIterator[WholeCommunity]:
    """A community without cooldowns: in SQLite as the real bot has it, or in this process."""
    if not database:
        yield Freely()
        return
    async with open_community(None, folder, keep_house=False) as community:
        await community.change_settings(f"discord:guild:{GUILD}", {"cooldown": 0}, by="benchmark")
        yield community


async def measure(data: Path, rate: int, seconds: int, *, database: bool = True) -> dict[str, Any]:
    """Both sides: what `drive` found, and what the machine was doing."""
    settings = Settings.model_construct(data=data, content=(), affiliate_links={}, locale="en-US", default_country="")
    port = 20_000 + os.getpid() % 20_000
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        async with (
            community_of(Path(folder), database=database) as community,
            open_bot(settings, memory=community if database else None) as bot,
        ):
            bot.completion.warm()
            completion = typing(bot, titles_of(data))
            driver = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "benchmarks.bench_discord", "--drive", str(port), "--rate", str(rate),
                "--seconds", str(seconds), "--data", str(data), stdout=asyncio.subprocess.PIPE, cwd=ROOT,
            )  # fmt: skip
            server = _Elsewhere(port)
            await server.listening()
            async with running(bot, Path(folder), server=server, community=community, stop=False):  # type: ignore[arg-type]
                started = time.process_time()
                assert driver.stdout is not None
                line = await driver.stdout.readline()
                spent = time.process_time() - started
            await driver.wait()
    outcome: dict[str, Any] = json.loads(line)
    outcome["completion work"] = completion
    return outcome | {"cpu": round(spent / seconds, 2), "load": (before, os.getloadavg()[0]), "cores": os.cpu_count()}


class _Elsewhere:
    """The local Discord of the other process, as `running` needs it."""

    problems: tuple[str, ...] = ()

    def __init__(self, port: int) -> None:
        self._port = port
        self.api = f"http://127.0.0.1:{port}/api/v10"
        self.gateway = self
        self.url = f"ws://127.0.0.1:{port}/gateway/"

    async def listening(self) -> None:
        """Wait until it listens."""
        for _ in range(1_200):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self._port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return
        raise TimeoutError("the local Discord didn't start")


def report(outcome: dict[str, Any], seconds: int) -> str:
    """The outcome in three lines."""
    one, two, work = outcome["question"], outcome["completion"], outcome["completion work"]
    return (
        f"Discord: {outcome['sent']} interactions in {seconds} s ({outcome['rate']} a second), lost {outcome['lost']}, "
        f"refused {sum(outcome['refused'].values())}\n"
        f"  first response: p50 {outcome['all']['p50']} ms, p99 {outcome['all']['p99']} ms, longest "
        f"{outcome['all']['longest']} ms (questions p99 {one['p99']} ms, completions p99 {two['p99']} ms)\n"
        f"  client used {outcome['cpu']} of {outcome['cores']} cores, the local Discord {outcome['driver']}; "
        f"{outcome['pictures']} different pictures; load average before and after: "
        f"{outcome['load'][0]:.1f}, {outcome['load'][1]:.1f}\n"
        f"  one completion's own work: p50 {work['p50']} ms, p99 {work['p99']} ms, longest {work['longest']} ms\n"
    )


def main(arguments: list[str] | None = None) -> int:
    """Run it; 1 where something was lost."""
    parser = argparse.ArgumentParser(description="Load on Discord.")
    parser.add_argument("--rate", type=int, default=200, help="interactions a second")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--data", type=Path, default=default_data_folder(), help="folder with the built knowledge")
    parser.add_argument("--memory", action="store_true", help="without a community database")
    parser.add_argument("--drive", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    if given.drive:
        asyncio.run(drive(given.drive, given.rate, given.seconds, titles_of(given.data)))
        return 0
    outcome = asyncio.run(measure(given.data, given.rate, given.seconds, database=not given.memory))
    sys.stdout.write(report(outcome, given.seconds))
    return 1 if outcome["lost"] else 0


if __name__ == "__main__":
    sys.exit(main())
