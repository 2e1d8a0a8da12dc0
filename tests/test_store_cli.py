"""careerbot db, misses and insights, as they are typed."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.store.community import open_community
from bot.community import Asked, Saved
from bot.community_curation import NewCuration
from knowledge.build import build
from tests.communities import ADA, BOB, GUILD
from tests.worlds import packed_world

_MAIN = """
import sys, typer
from adapters.cli import finish
from adapters.cli_db import INSIGHTS_HELP, db_app, insights, misses_app
app = typer.Typer()
app.add_typer(db_app(), name="db")
app.add_typer(misses_app(), name="misses")
app.command(help=INSIGHTS_HELP)(insights)
def main():
    try:
        app()
    except SystemExit as end:
        return end.code
sys.exit(finish(main))
"""


def careerbot(*arguments: str, data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CAREERBOT", "DATABASE"))}
    environment |= {"CAREERBOT_DATA": str(data), "PYTHONPATH": str(Path(__file__).parents[1]), **more}
    return subprocess.run(
        [sys.executable, "-c", _MAIN, *arguments], env=environment, capture_output=True, text=True, timeout=120,
        cwd=data, check=False,
    )  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with the small invented knowledge base and a community that missed something."""
    build((packed_world(tmp_path / "world"),), tmp_path / "knowledge.sqlite")

    async def fill() -> None:
        async with open_community(None, tmp_path) as store:
            await store.change_settings(GUILD, {"keep_texts": True}, by=BOB)
            for text in ("what does a quux wrangler earn", "what does a Quux Wrangler earn?\x1b[31m"):
                await store.asked(Asked(community=GUILD, person=ADA, platform="discord", text=text,
                                        outcome="not understood"))  # fmt: skip
            await store.save(ADA, Saved(kind="career", ident="plumber", title="Plumber"))

    asyncio.run(fill())
    return tmp_path


async def _decide(data: Path, misses: list[int]) -> None:
    """What `careerbot misses alias` does once the alias is checked (tests/test_community_curating.py)."""
    alias = NewCuration(action="alias", text="quux wrangler", key="quuxwrangler", target="plumber", by="operator")
    async with open_community(None, data) as store:
        await store.curate(alias, misses)


def test_the_miss_loop_from_the_command_line(data: Path) -> None:
    """A miss is seen, gets a decision, becomes a test case and a change to the content; then it is undone."""
    listed = careerbot("misses", "list", data=data)
    assert listed.returncode == 0, listed.stderr
    assert "2 ×" in listed.stdout
    assert "\x1b" not in listed.stdout
    [group] = json.loads(careerbot("misses", "list", "--json", data=data).stdout)
    asyncio.run(_decide(data, group["misses"]))
    assert careerbot("misses", "list", data=data).stdout == "Nothing is waiting.\n"
    cases = data / "cases.jsonl"
    assert careerbot("misses", "case", "1", str(cases), data=data).returncode == 0
    assert careerbot("misses", "case", "1", str(cases), data=data).returncode == 2
    assert json.loads(cases.read_text("utf-8"))["turns"][0]["text"] == "quux wrangler"
    exported = careerbot("misses", "export", data=data)
    assert exported.returncode == 0, exported.stderr
    assert "+aliases: [" in exported.stdout
    assert "quux wrangler]" in exported.stdout
    assert "quux wrangler" in careerbot("misses", "decisions", data=data).stdout
    assert careerbot("misses", "undo", "1", data=data).stdout == "Undone: alias quux wrangler\n"
    assert "2 ×" in careerbot("misses", "list", data=data).stdout


def test_a_persons_data_from_the_command_line(data: Path) -> None:
    """Exported as JSON; deleted only when that is confirmed; insights name nobody."""
    assert json.loads(careerbot("db", "export", ADA, data=data).stdout)["saved"][0]["ident"] == "plumber"
    refused = careerbot("db", "delete", ADA, data=data)
    assert (refused.returncode, "--yes" in refused.stderr) == (2, True)
    assert careerbot("db", "delete", ADA, "--yes", data=data).stdout == "Deleted records: 3.\n"
    assert json.loads(careerbot("db", "export", ADA, data=data).stdout)["saved"] == []
    shown = careerbot("insights", data=data)
    assert "not understood" in shown.stdout
    assert ADA not in shown.stdout
    assert careerbot("db", "upgrade", data=data).stdout == "The community database is of version 0001.\n"
    assert careerbot("db", "purge", data=data).stdout.startswith("Forgotten: ")


@pytest.mark.parametrize("url", ["mysql://u:geheim@h/db", "postgresql://u:geheim@127.0.0.1:1/db"])
def test_a_database_that_cant_be_used_is_one_clear_line(tmp_path: Path, url: str) -> None:
    """No traceback, and the password is nowhere."""
    done = careerbot("misses", "list", data=tmp_path, DATABASE_URL=url)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "geheim" not in done.stderr
    assert done.stdout == ""
