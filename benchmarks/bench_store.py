"""What the community database adds to an answer, and how much it takes.

    python -m benchmarks.bench_store                  SQLite in a temporary folder
    python -m benchmarks.bench_store --postgresql URL an empty PostgreSQL database
    python -m benchmarks.bench_store --seconds 10
    python -m benchmarks.bench_store --answers        whole answers of the built bot, with and without it, in turn

An answer claims its event, reads settings, recalls and keeps the conversation, counts the question and finishes the
event. Before that, 5,000 conversations are put in, so that nothing is measured on an empty file. The machine's load is
printed, since the figures depend on it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import statistics
import tempfile
import time
from pathlib import Path

from adapters.compose import open_bot
from adapters.settings import read_settings
from adapters.store.community import SqlCommunity, open_community
from bot.community import Asked
from bot.context import Context
from bot.core import CareerBot
from bot.message import ConversationKey, IncomingMessage
from bot.query import Choice, Query
from knowledge.models import Career, Place

GUILD = "discord:guild:1"
_BEFORE = 5_000
_CONTEXT = Context(
    query=Query(
        text="what does a nurse earn in leeds", intent="salary",
        careers=(Career(slug="registered-nurse", title="Registered Nurse", plural="Registered Nurses",
                        soc="29-1141.00", soc_title="Registered Nurses", depth="profile",
                        topics=("health",), related=("paramedic", "midwife")),),
        places=(Place(id="gb-leeds", name="Leeds", kind="city", country="GB", population=500_000, areas=("gb",)),),
    ),
    choices=tuple(Choice(label=f"Choice {n}", says=f"What does a nurse do, part {n}?") for n in range(4)),
)  # fmt: skip


async def answer(store: SqlCommunity, number: int) -> tuple[float, float]:
    """Everything that one answer asks of the store; (milliseconds before the answer is sent, all milliseconds)."""
    started = time.perf_counter()
    person = f"discord:user:{number % 5_000}"
    key = ConversationKey(platform="discord", place=GUILD, thread="discord:channel:1", person=person)
    event = f"discord:message:{number}:{started}"
    await store.begin(event)
    await store.settings(GUILD, "discord:channel:1")
    await store.recall(key)
    await store.remember(key, _CONTEXT)
    sent = time.perf_counter()
    await store.asked(
        Asked(community=GUILD, channel="discord:channel:1", person=person, platform="discord", outcome="answered",
              intent="salary", careers=("registered-nurse",), places=("Leeds",), milliseconds=3.0)
    )  # fmt: skip
    await store.finish(event)
    return (sent - started) * 1000, (time.perf_counter() - started) * 1000


async def fill(store: SqlCommunity) -> None:
    """Conversations and events of a busy day."""
    keys = (
        ConversationKey(platform="discord", place=GUILD, thread=f"discord:channel:{n}", person=f"discord:user:{n}")
        for n in range(_BEFORE)
    )
    for key in keys:
        await store.remember(key, _CONTEXT)


async def measure(store: SqlCommunity, seconds: float) -> None:
    """One after the other, then many at once."""
    await fill(store)
    for number in range(200):
        await answer(store, number)
    times: list[tuple[float, float]] = []
    worked = time.process_time()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        times.append(await answer(store, len(times)))
    worked = (time.process_time() - worked) / len(times) * 1000
    before, whole = (sorted(column) for column in zip(*times, strict=True))
    for name, values in (("before the answer is sent", before), ("in all", whole)):
        print(f"added {name}: median {statistics.median(values):.2f} ms, p95 {values[int(len(values) * 0.95)]:.2f} ms")
    print(f"processor time {worked:.2f} ms an answer, over {len(times):,} answers")
    done = 0

    async def worker(first: int) -> None:
        nonlocal done
        number = first
        while time.perf_counter() < until:
            await answer(store, number)
            number += 1
            done += 1

    until = time.perf_counter() + seconds
    await asyncio.gather(*(worker(n * 1_000_000) for n in range(16)))
    print(f"16 at once: {done / seconds:,.0f} answers a second in one process")


async def beside_answers(store: SqlCommunity, seconds: float) -> None:
    """The same questions answered with the community database and without, in turn, so that the load is the same."""
    settings = read_settings()
    async with open_bot(settings) as bot:
        questions = [example.text for intent in bot.intents for example in intent.examples]
        stored = CareerBot(bot.understanding, bot.intents, bot.desk, store, bot.completion)
        bare: list[float] = []
        sent: list[float] = []
        kept: list[float] = []
        until = time.perf_counter() + seconds
        number = 0
        while time.perf_counter() < until or number < 2 * len(questions):
            text, person = questions[number % len(questions)], f"discord:user:{number}"
            key = ConversationKey(platform="discord", place=GUILD, thread="discord:channel:1", person=person)
            message = IncomingMessage(text=text, conversation=key, community=GUILD)
            started = time.perf_counter()
            await bot.handle(message)
            bare.append((time.perf_counter() - started) * 1000)
            started = time.perf_counter()
            event = f"discord:message:{started}"
            await store.begin(event)
            await store.settings(GUILD, "discord:channel:1")
            handled = await stored.handle(message)
            sent.append((time.perf_counter() - started) * 1000)
            careers = tuple(career.slug for query in handled.queries for career in query.careers)
            asked = Asked(
                community=GUILD, channel="discord:channel:1", person=person, platform="discord", outcome="answered",
                intent=next(iter(handled.intents), ""), careers=careers, milliseconds=handled.milliseconds,
            )  # fmt: skip
            await store.asked(asked)
            await store.finish(event)
            kept.append((time.perf_counter() - started) * 1000)
            number += 1
    first = len(questions)
    print(f"answers without it: median {statistics.median(bare[first:]):.2f} ms, over {number - first:,} pairs")
    for name, with_it in (("before the answer is sent", sent), ("in all", kept)):
        added = statistics.median(b - a for a, b in zip(bare[first:], with_it[first:], strict=True))
        print(f"with it, {name}: median {statistics.median(with_it[first:]):.2f} ms; median added {added:.2f} ms")


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgresql", metavar="URL")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--answers", action="store_true")
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {', '.join(f'{x:.2f}' for x in os.getloadavg())}")
    with tempfile.TemporaryDirectory() as folder:
        async with open_community(options.postgresql, Path(folder)) as store:
            print("PostgreSQL" if options.postgresql else "SQLite")
            await (beside_answers if options.answers else measure)(store, options.seconds)
    print(f"load afterwards {', '.join(f'{x:.2f}' for x in os.getloadavg())}")


if __name__ == "__main__":
    asyncio.run(main())
