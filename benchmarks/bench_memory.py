"""Resident memory of the real `careerbot serve` and `careerbot discord`, with everything loaded.

`python -m benchmarks.bench_memory [questions]` starts each as a process of its own, as an operator would: the built
knowledge, completion, the community database in SQLite, and the platform's SDK, against the tests' local servers.
Printed: RSS and PSS (shared pages divided among the processes that share them) once it answers, and after a thousand
questions about all careers; PSS needs Linux.
"""

from __future__ import annotations

import tests.discord_import  # noqa: F401 - before anything that imports discord.py

# isort: split

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

import aiohttp

from adapters.settings import default_data_folder
from benchmarks.bench_discord import Asking, event, titles_of
from tests import slack_payloads
from tests.discord_server import TOKEN as DISCORD_TOKEN
from tests.discord_server import DiscordServer
from tests.slack_server import BOT_TOKEN, SECRET, SlackServer, event_request

QUESTIONS = 1_000
SLACK_PORT = 20_000 + os.getpid() % 20_000
AT_ONCE = 20
_LIMIT = 250
"""MB that it is to stay under."""


class Process:
    """One of the commands, running over a copy of the built files."""

    def __init__(self, command: str, settings: Mapping[str, str], data: Path) -> None:
        self.command, self._settings, self._data = command, settings, data
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "DISCORD_"))}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "adapters", self.command,
            env=inherited | {"CAREERBOT_DATA": str(self._data), "CAREERBOT_LOG_LEVEL": "ERROR"} | self._settings,
        )  # fmt: skip
        return self

    async def __aexit__(self, *_error: object) -> None:
        assert self._process is not None
        with suppress(ProcessLookupError):
            self._process.terminate()
        await self._process.wait()

    def told(self, when: str) -> float:
        """Print what it holds now; its RSS in MB."""
        assert self._process is not None
        lines = Path(f"/proc/{self._process.pid}/smaps_rollup").read_text("ascii").splitlines()
        held = {line.split()[0].rstrip(":"): int(line.split()[1]) / 1024 for line in lines[1:]}
        print(f"{self.command:8} {when:24} RSS {held['Rss']:4.0f} MB   PSS {held['Pss']:4.0f} MB", flush=True)
        return held["Rss"]


async def until(true: Callable[[], bool], seconds: float = 120.0) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - another process is waited for
            await asyncio.sleep(0.05)


async def slack(data: Path, questions: int, asking: Asking) -> float:
    """`careerbot serve` for one workspace; its RSS after the questions."""
    async with SlackServer(check_every=50).running() as server:
        settings = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": server.url,
                    "PORT": str(SLACK_PORT)}  # fmt: skip
        async with Process("serve", settings, data) as process, aiohttp.ClientSession() as session:
            address = f"http://127.0.0.1:{SLACK_PORT}"
            await _listening(session, f"{address}/health")
            process.told("once it answers")
            for number in range(questions):
                one, other = asking.careers()
                text = (f"what does a {one} earn in {asking.place()}?", f"{one} vs {other}", f"courses for a {one}",
                        f"what is a {one}", f"how do I become a {one}")[number % 5]  # fmt: skip
                body, headers = event_request(
                    slack_payloads.mention(text, user=f"U{number % 500}", channel=f"C{number % 40}")
                )
                async with session.post(f"{address}/slack/events", data=body, headers=headers) as answer:
                    await answer.read()
                await until(lambda sent=number: len(server.sent) > sent - AT_ONCE)  # type: ignore[misc]
            await until(lambda: len(server.sent) >= questions)
            return process.told(f"after {questions} questions")


async def discord(data: Path, questions: int, asking: Asking) -> float:
    """`careerbot discord` with one shard; its RSS after the questions, presses and completions."""
    server = DiscordServer(validate=False)
    answered: set[str] = set()
    server.on_request = lambda request: answered.add(request.path.split("/")[2])
    await server.start()
    settings = {"DISCORD_TOKEN": DISCORD_TOKEN, "DISCORD_API_URL": server.api,
                "DISCORD_GATEWAY_URL": server.gateway.url}  # fmt: skip
    try:
        async with Process("discord", settings, data) as process:
            await until(lambda: bool(server.gateway.sessions))
            await asyncio.sleep(3)
            process.told("once it answers")
            sent: list[str] = []
            for number in range(questions):
                payload = event(number, asking, None)
                sent.append(payload["id"])
                await server.gateway.dispatch("INTERACTION_CREATE", payload)
                waiting = sent[:-AT_ONCE]
                await until(lambda before=waiting: answered.issuperset(before[-AT_ONCE:]))  # type: ignore[misc]
            await until(lambda: answered.issuperset(sent))
            return process.told(f"after {questions} questions")
    finally:
        await server.stop()


async def _listening(session: aiohttp.ClientSession, address: str) -> None:
    async with asyncio.timeout(120):
        while True:
            with suppress(aiohttp.ClientError):
                async with session.get(address) as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.1)


async def bench(built: Path, questions: int) -> int:
    """Measure both; 1 where one holds more than it should."""
    worst = 0.0
    for measure in (slack, discord):
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder)
            for name in ("knowledge.sqlite", "knowledge.hashes.json", "understanding.npz"):
                shutil.copy2(built / name, data / name)
            worst = max(worst, await measure(data, questions, Asking(titles_of(data))))
    return 0 if worst < _LIMIT else 1


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS
    sys.exit(asyncio.run(bench(default_data_folder(), asked)))
