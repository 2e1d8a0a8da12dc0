"""Understanding and answering: time a message, messages a second, start-up and memory.

The messages are those of tests/evaluation/development.jsonl. Ratios within one run say more than milliseconds: the
stages are printed as shares of the whole.
"""

from __future__ import annotations

import asyncio
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from adapters.compose import build_knowledge, database_file, model_file, open_knowledge, train_understanding
from adapters.settings import Settings
from bot.assemble import assemble
from bot.core import CareerBot
from bot.features import masked_words
from bot.message import ConversationKey, IncomingMessage
from bot.normalise import clean, tokenise
from bot.spotting import spot
from knowledge.knowledge import Knowledge

QUESTIONS = Path(__file__).resolve().parents[1] / "tests" / "evaluation" / "development.jsonl"


def questions() -> list[str]:
    """The texts of the development questions."""
    lines = QUESTIONS.read_text("utf-8").splitlines()
    return [turn["text"] for line in lines for turn in json.loads(line)["turns"]]


def timed(function: Callable[[str], object], texts: Sequence[str], rounds: int = 3) -> list[float]:
    """Milliseconds of each call, sorted; the first round warms up and isn't counted."""
    times: list[float] = []
    for turn in range(rounds + 1):
        for text in texts:
            started = time.perf_counter()
            function(text)
            if turn:
                times.append((time.perf_counter() - started) * 1000)
    return sorted(times)


def told(label: str, times: Sequence[float]) -> None:
    """One line of figures."""
    p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"{label:34} p50 {p50:7.3f} ms   p99 {p99:7.3f} ms   {1000 / statistics.mean(times):8.0f} a second")


def understanding(bot: CareerBot, texts: Sequence[str]) -> None:
    """The pipeline and its stages."""
    gazetteer, classifier = bot.understanding.gazetteer, bot.understanding.classifier
    spotted = {text: spot(gazetteer, tokenise(clean(text))) for text in texts}
    told("understanding, whole", timed(bot.understanding.read, texts))
    told("  normalise", timed(lambda text: tokenise(clean(text)), texts))
    told("  spot names", timed(lambda text: spot(gazetteer, tokenise(clean(text))), texts))
    told("  score intents", timed(lambda text: classifier.scores(masked_words(spotted[text])), texts))


async def answering(bot: CareerBot, texts: Sequence[str]) -> None:
    """From message to replies, in one conversation each."""
    times: list[float] = []
    for turn in range(2):
        for number, text in enumerate(texts):
            key = ConversationKey(platform="bench", person=f"{turn}-{number}")
            started = time.perf_counter()
            await bot.handle(IncomingMessage(text=text, conversation=key))
            if turn:
                times.append((time.perf_counter() - started) * 1000)
    told("answering, whole", sorted(times))


async def run() -> None:
    """Build in a temporary folder and measure."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_construct(data=Path(folder), content=())
        started = time.perf_counter()
        build_knowledge(settings)
        print(f"building the knowledge database    {time.perf_counter() - started:7.1f} s")
        size = database_file(settings).stat().st_size / 1e6
        started = time.perf_counter()
        async with open_knowledge(settings) as knowledge:
            await train_understanding(settings, knowledge)
        print(f"indexing names and training        {time.perf_counter() - started:7.1f} s")
        print(f"database {size:.0f} MB, model {model_file(settings).stat().st_size / 1e6:.0f} MB")
        first_answer(folder)
        knowledge = await Knowledge.open(database_file(settings))
        started = time.perf_counter()
        bot = await assemble(knowledge, database_file(settings), model_file(settings))
        print(f"loading index and weights          {(time.perf_counter() - started) * 1000:7.0f} ms")
        texts = questions()
        understanding(bot, texts)
        await answering(bot, texts)
        bot.understanding.directory.close()
        await knowledge.close()
        print(f"peak memory of this process        {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f} MB"
              " (training included)")  # fmt: skip


def first_answer(folder: str) -> None:
    """From starting the process to its first answer, and the memory of a process that only answers."""
    code = (
        "import sys; from adapters.__main__ import main\n"
        "sys.argv = ['careerbot', 'ask', 'what does a dental hygienist earn in Denver?']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print('MEMORY', int(peak.split()[1]) // 1024, file=sys.stderr)"
    )
    times = []
    memory = "?"
    for _ in range(5):
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=False,
            env={"CAREERBOT_DATA": folder, "PATH": "/usr/bin:/bin"},
        )
        times.append(time.perf_counter() - started)
        memory = next((line.split()[1] for line in done.stderr.splitlines() if line.startswith("MEMORY")), memory)
    print(
        f"process start to first answer      {min(times):7.2f} s (best of 5; median {statistics.median(times):.2f} s)"
    )
    print(f"memory of an answering process     {memory:>7} MB")


if __name__ == "__main__":
    asyncio.run(run())
