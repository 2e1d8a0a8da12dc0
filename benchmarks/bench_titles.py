"""Titles looked up among everything that the knowledge holds: as they are written, and with one typo each.

Run: python -m benchmarks.bench_titles [FOLDER]; the folder keeps what is built. The ratio of the two says what a typo
costs; wall-clock time is told beside the processor time, which other work on the machine changes less.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from adapters.compose import open_bot
from adapters.settings import Settings
from bot.core import CareerBot

SEED, TITLES = 11, 2_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def mistyped(title: str, chance: random.Random) -> str:
    """The title with one letter dropped, doubled, swapped with the next, or replaced; never the first of a word."""
    places = [at for at in range(1, len(title) - 1) if title[at - 1 : at + 2].isalpha()]
    if not places:
        return title
    at = chance.choice(places)
    before, letter, after = title[:at], title[at], title[at + 1 :]
    return chance.choice((
        before + after, before + letter + letter + after, before + after[0] + letter + after[1:],
        before + chance.choice(_LETTERS) + after,
    ))  # fmt: skip


def timed(look_up: Callable[[str], object], texts: Sequence[str]) -> tuple[list[float], list[float]]:
    """Wall-clock and processor milliseconds of each look-up, sorted; a first round warms up."""
    for text in texts[:200]:
        look_up(text)
    wall: list[float] = []
    processor: list[float] = []
    for text in texts:
        began, worked = time.perf_counter(), time.process_time()
        look_up(text)
        processor.append((time.process_time() - worked) * 1000)
        wall.append((time.perf_counter() - began) * 1000)
    return sorted(wall), sorted(processor)


def told(label: str, times: tuple[list[float], list[float]]) -> float:
    """Print one line; returns the median of the processor time."""
    parts = [f"p50 {part[len(part) // 2]:6.3f}  p99 {part[int(len(part) * 0.99)]:6.3f}" for part in times]
    print(f"  {label:<34} {parts[0]} ms   processor {parts[1]} ms")
    return times[1][len(times[1]) // 2]


def found(bot: CareerBot, texts: Sequence[str], wanted: Sequence[set[str]]) -> float:
    """Share of look-ups that give a career that bears the title."""
    hits = 0
    for text, slugs in zip(texts, wanted, strict=True):
        _, slots = bot.understanding.look_up(text)
        hits += bool({career.slug for career in slots.careers} & slugs)
    return hits / len(texts)


async def run(folder: Path) -> None:
    """Build and train in the folder, unless that was done, and measure."""
    settings = Settings.model_construct(
        data=folder, content=(), affiliate_links={}, locale="en-US", default_country=""
    )  # fmt: skip
    async with open_bot(settings) as bot:
        bearers: dict[str, set[str]] = {}
        names = await bot.desk.knowledge.names()
        for name in names:
            if name.kind == "career" and len(name.text) > 5 and not name.is_foreign:
                bearers.setdefault(name.text, set()).add(name.target)
        chance = random.Random(SEED)
        titles = chance.sample(sorted(bearers), TITLES)
        typos = [mistyped(title, chance) for title in titles]
        wanted = [bearers[title] for title in titles]
        print(f"{TITLES:,} of {len(bearers):,} titles, among {len(names):,} names")
        exact = told("look-up as written", timed(bot.understanding.look_up, titles))
        typo = told("look-up with a typo", timed(bot.understanding.look_up, typos))
        print(f"  a typo costs {typo / exact:.1f} times as much")
        told(
            "completion of half a title",
            timed(lambda text: bot.complete("career", text[: len(text) // 2]), titles[:300]),
        )
        told("completion with a typo", timed(lambda text: bot.complete("career", text), typos[:300]))
        print(f"  found as written {found(bot, titles, wanted):.1%}, with a typo {found(bot, typos, wanted):.1%}")


def main() -> None:
    """Measure over the folder's build, else over one of its own."""
    if len(sys.argv) > 1:
        asyncio.run(run(Path(sys.argv[1])))
        return
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder)))


if __name__ == "__main__":
    main()
