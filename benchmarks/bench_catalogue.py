"""The catalogue: how good its ranking is beside plain BM25, and how fast it is, packaged and at full scale.

Run: python -m benchmarks.bench_catalogue [--full [--courses 50000 --books 100000]]

Full scale are the catalogue files in ../shared/data where they are there, filled up with generated entries (seeded: the
same on every machine); beside it a tenth of that. Both are imported and built the way an operator would do it.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import gzip
import random
import tempfile
import time
from collections.abc import Awaitable, Iterator, Sequence
from pathlib import Path

from benchmarks.ranking_quality import Ranking, bm25_skills, bm25_title, judgements, ours, quality
from knowledge.build import CONTENT, build
from knowledge.importers import catalogue
from knowledge.importers.base import run_import
from knowledge.knowledge import Knowledge

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
_FILES = {
    "courses": ("udemy_2017_3678", "coursera_2025_991", "uiuc_summer_winter_unique", "awesome_courses"),
    "books": ("goodreads_urls_by_genre_2023",),
}
_PATTERNS = (
    "{a}", "Learn {a}", "Introduction to {a}", "{a} for beginners", "{a} with {b}", "Advanced {a}",
    "{a} and {b} in practice", "The complete {a} course", "{a}: from {b} to {c}", "Mastering {a}", "{x} {a}",
    "A history of {x}", "The {x} of {y}", "{x} and {y}", "Practical {a} for {x}", "{a} {x} handbook", "{x} in the {y}",
    "Hands-on {a}: {b}, {c} and more",
)  # fmt: skip
_WORDS = (
    "river winter garden letters empire night stories women music memory kitchen house ocean silence travel school "
    "village history light children theory culture nature society art poems war peace mountain language"
).split()


def main() -> None:
    """Print all figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--full", action="store_true", help="also import, build and search at full scale (2 minutes)")
    options.add_argument("--courses", type=int, default=50_000)
    options.add_argument("--books", type=int, default=100_000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "packaged.db"
        build([CONTENT], database)
        asyncio.run(_quality(database))
        asyncio.run(_speed(database, "packaged"))
        for share in (10, 1) if given.full else ():
            own = Path(folder) / f"content-{share}"
            _import(own, given.courses // share, given.books // share, Path(folder))
            began = time.perf_counter()
            database = Path(folder) / f"scale-{share}.db"
            build([CONTENT, own], database)
            print(f"  build of everything: {time.perf_counter() - began:.1f} s, {database.stat().st_size >> 20} MiB")
            asyncio.run(_speed(database, f"{given.courses // share:,} courses, {given.books // share:,} books"))


async def _quality(database: Path) -> None:
    judged = judgements()
    knowledge = await Knowledge.open(database)
    try:
        print(f"nDCG@10 over {len({career for career, _ in judged})} careers by hand-made judgement")
        rankings: dict[str, Ranking] = {"ours": ours, "BM25 over title": bm25_title, "BM25 over skills": bm25_skills}
        for kind in ("course", "book"):
            for name, ranking in rankings.items():
                found = await quality(knowledge, ranking, kind, judged)
                print(f"  {kind}s  {name:<17} {found.ndcg:.3f}  (of no use: {found.useless} of {found.shown} shown)")
    finally:
        await knowledge.close()


async def _speed(database: Path, name: str) -> None:
    knowledge = await Knowledge.open(database)
    try:
        counts = await knowledge.counts()
        print(f"{name}: {counts['resources']:,} resources")
        careers = [career.slug for career in await knowledge.careers()]
        profiles = [career.slug for career in await knowledge.careers(depth="profile")]
        skills = sorted({name.target for name in await knowledge.names() if name.kind == "skill"})
        chance = random.Random(7)
        pairs = [f"{chance.choice(skills)} {chance.choice(skills)}" for _ in range(200)]
        words = [f"{chance.choice(_WORDS)} {chance.choice(_WORDS)}" for _ in range(100)] + list(_WORDS)
        await _timed("career, profiles", [knowledge.courses(career=slug, limit=6) for slug in profiles * 2])
        await _timed("career, all", [knowledge.books(career=slug, limit=6) for slug in careers])
        await _timed("career, free and beginner",
                     [knowledge.courses(career=s, free=True, level="beginner", limit=6) for s in profiles])  # fmt: skip
        await _timed("skill", [knowledge.courses(topic=skill, limit=6) for skill in chance.sample(skills, 800)])
        await _timed("two skills", [knowledge.books(topic=pair, limit=6) for pair in pairs])
        await _timed("other words", [knowledge.books(topic=word, limit=6) for word in words])
    finally:
        await knowledge.close()


async def _timed(name: str, questions: Sequence[Awaitable[object]]) -> None:
    """Wall-clock time, and processor time, which other work on the machine doesn't change."""
    wall: list[float] = []
    processor: list[float] = []
    for question in questions:
        began, worked = time.perf_counter(), time.process_time()
        await question
        processor.append((time.process_time() - worked) * 1000)
        wall.append((time.perf_counter() - began) * 1000)
    figures = [f"p50 {_part(times, 0.5):6.2f}  p99 {_part(times, 0.99):6.2f}" for times in (wall, processor)]
    print(f"  {name:<26} {figures[0]} ms   processor {figures[1]} ms")


def _part(times: Sequence[float], part: float) -> float:
    return sorted(times)[int(len(times) * part)]


def _import(content: Path, courses: int, books: int, folder: Path) -> None:
    began = time.perf_counter()
    kept = 0
    for kind, wanted in (("courses", courses), ("books", books)):
        files = [file for name in _FILES[kind] if (file := DATA / kind / f"{name}.csv.gz").exists()]
        real = 0
        for file in files if wanted >= 20_000 else ():
            real += run_import(catalogue.IMPORTER, file, content).kept
        generated = folder / f"generated_{kind}_{wanted}.csv.gz"
        with gzip.open(generated, "wt", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["title", "url", "author", "language", "level", "is_free", "topics"])
            writer.writerows(_entries(kind, max(0, wanted - real)))
        kept += real + run_import(catalogue.IMPORTER, generated, content).kept
    print(f"import of {kept:,} entries: {time.perf_counter() - began:.1f} s")


def _entries(kind: str, count: int) -> Iterator[Sequence[str]]:
    """Made-up entries on real subjects, few of which have most of the entries (as 1 / rank)."""
    chance = random.Random(f"{kind} {count}")
    subjects = [line.split("\t")[0] for name in ("skills.tsv", "subjects.tsv")
                for line in (CONTENT / name).read_text("utf-8").splitlines()[1:]]  # fmt: skip
    chance.shuffle(subjects)
    weights = [1 / (rank + 1) for rank in range(len(subjects))]
    picks = chance.choices(subjects, weights, k=count * 3)
    for number in range(count):
        a, b, c = picks[number * 3 : number * 3 + 3]
        x, y = chance.choice(_WORDS), chance.choice(_WORDS)
        title = chance.choice(_PATTERNS).format(a=a, b=b, c=c, x=x, y=y)
        language = chance.choices(("en", "es", "de", "fr", "pt"), (80, 8, 5, 4, 3))[0]
        level = chance.choice(("Beginner", "Intermediate", "Advanced", "All levels", ""))
        topics = chance.choice((a, b, "", "Business", f"{a}; {x}"))
        yield title, f"https://catalogue.example/{kind}/{number}", f"Provider {number % 300}", language, level, \
            chance.choice(("true", "false", "")), topics  # fmt: skip


if __name__ == "__main__":
    main()
