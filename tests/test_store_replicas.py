"""Several replicas on one database: each event once, each job once, settings and decisions seen by all."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.store.community import SqlCommunity
from adapters.store.following import Follower, decided
from bot.community import Asked, CommunitySettings, Saved
from bot.community_curation import CurationError, NewCuration
from bot.community_members import WEEK, Retention
from bot.community_overlay import Overlay
from bot.context import Context
from bot.message import ConversationKey
from bot.query import Query
from tests.communities import ADA, BOB, GUILD, SQL, Clock, database, sql_community

EVENTS = 5_000


@pytest.fixture
def clock() -> Clock:
    """The replicas' clock."""
    return Clock()


@pytest.fixture(params=SQL)
async def replicas(
    request: pytest.FixtureRequest, tmp_path: Path, clock: Clock
) -> AsyncIterator[tuple[SqlCommunity, SqlCommunity]]:
    """Two stores with connections of their own on one database."""
    few = Retention(conversations=3)
    async with (
        database(request.param, tmp_path) as url,
        sql_community(url, clock, retention=few) as one,
        sql_community(url, clock, retention=few) as two,
    ):
        yield one, two


async def test_each_event_is_answered_exactly_once(replicas: tuple[SqlCommunity, SqlCommunity]) -> None:
    """5,000 events, a third delivered twice, to either replica, 20 at a time."""
    choose = random.Random(5)
    deliveries = [f"event {number}" for number in range(EVENTS)]
    deliveries += choose.sample(deliveries, EVENTS // 3)
    choose.shuffle(deliveries)
    answered: Counter[str] = Counter()
    queue = iter(deliveries)

    async def worker() -> None:
        for event in queue:
            replica = choose.choice(replicas)
            if await replica.begin(event) == "new":
                answered[event] += 1
                assert await replica.finish(event)

    await asyncio.gather(*(worker() for _ in range(20)))
    assert len(answered) == EVENTS
    assert set(answered.values()) == {1}


async def test_a_lapsed_claim_goes_to_one_of_those_who_wait(
    replicas: tuple[SqlCommunity, SqlCommunity], clock: Clock
) -> None:
    """Its replica died; of ten that ask at once one gets it."""
    assert await replicas[0].begin("e", lease=60) == "new"
    clock.pass_by(60)
    states = await asyncio.gather(*(replicas[n % 2].begin("e", lease=60) for n in range(10)))
    assert sorted(states) == ["new"] + ["running"] * 9


async def test_what_one_replica_changes_the_other_sees_within_five_seconds(
    replicas: tuple[SqlCommunity, SqlCommunity], clock: Clock
) -> None:
    """Settings, conversations, decisions."""
    one, two = replicas
    assert await two.settings(GUILD) == CommunitySettings()
    await one.change_settings(GUILD, {"country": "GB"}, by=BOB)
    clock.pass_by(4.9)
    assert (await two.settings(GUILD)).country == "GB"
    key = ConversationKey(platform="discord", person=ADA)
    await one.remember(key, Context(query=Query(text="", intent="salary")))
    assert (await two.recall(key)).query is not None
    before = await two.revision()
    await one.curate(NewCuration(action="alias", text="x", key="x", target="plumber"))
    assert await two.revision() == before + 1


async def test_of_two_curators_at_once_one_decides(replicas: tuple[SqlCommunity, SqlCommunity]) -> None:
    """The other is told what the first decided."""
    alias = NewCuration(action="alias", text="monkey", key="monkey", target="plumber")
    other = alias.model_copy(update={"target": "nurse", "community": GUILD})
    found = await asyncio.gather(
        *(replicas[n % 2].curate(other if n % 2 else alias) for n in range(8)), return_exceptions=True
    )
    assert len(await replicas[0].curations()) == 1
    assert sum(isinstance(one, CurationError) for one in found) == 7


async def test_counts_of_all_replicas_add_up(replicas: tuple[SqlCommunity, SqlCommunity]) -> None:
    """Nothing is lost between two that count the same at once."""
    asked = Asked(community=GUILD, person=ADA, platform="x", outcome="answered", careers=("b", "a"), places=("c",))
    backwards = asked.model_copy(update={"careers": ("a", "b")})
    await asyncio.gather(*(replicas[n % 2].asked(asked if n % 3 else backwards) for n in range(200)))
    assert (await replicas[0].insights(GUILD)).weeks[0].questions == 200
    assert [entry.count for entry in (await replicas[0].insights(GUILD)).careers] == [200, 200]


async def test_a_job_is_done_by_one_replica_each_time(
    replicas: tuple[SqlCommunity, SqlCommunity], clock: Clock
) -> None:
    """Of many that ask at once at most one gets it, and then nobody for the interval."""
    for _ in range(3):
        taken = await asyncio.gather(*(replicas[n % 2].housekeeping.take("job", 3_600) for n in range(10)))
        assert sum(taken) == 1
        assert not await replicas[0].housekeeping.take("job", 3_600)
        assert await replicas[1].housekeeping.take(f"other {clock.now}", 3_600)
        clock.pass_by(3_600)


async def test_reminders_are_claimed_once(replicas: tuple[SqlCommunity, SqlCommunity], clock: Clock) -> None:
    """50 people, both replicas at once: each person is reminded by one."""
    for number in range(50):
        await replicas[0].save(f"discord:user:{number}", Saved(kind="path", ident="x", title="x", steps=2))
        await replicas[0].nudge(f"discord:user:{number}", wanted=True)
    clock.pass_by(WEEK)
    claims = await asyncio.gather(*(replicas[n % 2].due_nudges("discord", limit=20) for n in range(8)))
    people = [nudge.person for claim in claims for nudge in claim]
    people += [nudge.person for nudge in await replicas[0].due_nudges("discord")]
    assert sorted(people) == sorted(f"discord:user:{number}" for number in range(50))


async def test_the_purge_forgets_what_has_been_kept_long_enough(
    replicas: tuple[SqlCommunity, SqlCommunity], clock: Clock
) -> None:
    """By table; what is younger stays; the oldest conversations beyond the bound go."""
    one, two = replicas
    await one.change_settings(GUILD, {"keep_texts": True}, by=BOB)
    await one.asked(Asked(community=GUILD, person=ADA, platform="x", text="old", outcome="not understood"))
    await one.finish("old")
    await one.begin("old claim")
    clock.pass_by(3_599)
    assert await one.housekeeping.purge_if_due() is not None
    assert await one.begin("old") == "done"
    clock.pass_by(200 * 86_400)
    for number in range(5):
        await one.remember(ConversationKey(platform="x", person=str(number)), Context(asked_back=True))
        clock.pass_by(1)
    await one.finish("new")
    counts = await two.housekeeping.purge_if_due()
    assert counts == {"conversations": 2, "misses": 1, "audit": 0, "events": 2, "tallies": 0}
    assert await one.misses() == []
    assert await one.begin("new") == "done"
    assert [(await one.recall(ConversationKey(platform="x", person=str(n)))).asked_back for n in range(5)] == [
        False, False, True, True, True,
    ]  # fmt: skip
    assert await one.housekeeping.purge_if_due() is None
    clock.pass_by(800 * 86_400)
    counts = await two.housekeeping.purge_if_due()
    assert counts is not None
    assert (counts["audit"], counts["tallies"]) == (1, 2)


async def test_decisions_of_one_replica_are_in_force_on_the_other(replicas: tuple[SqlCommunity, SqlCommunity]) -> None:
    """At the next look (every two seconds), also their undoing; a store that is away leaves them in force."""
    one, two = replicas
    overlay = Overlay()
    follower = Follower(two, overlay)
    assert await follower.refresh()
    assert not await follower.refresh()
    meaning = NewCuration(action="meaning", text="how rich", key="howrich", says="Salary of Plumber")
    kept = await one.curate(meaning)
    assert overlay.says("how rich?") is None
    assert await follower.refresh()
    assert overlay.says("how rich?") == "Salary of Plumber"
    two.database.shut()
    await one.undo(kept.ident, by=BOB)
    assert not await follower.refresh()
    assert overlay.says("how rich?") == "Salary of Plumber"
    other = Follower(one, overlay)
    assert await other.refresh()
    assert overlay.says("how rich?") is None


@pytest.mark.parametrize("kind", SQL)
async def test_decisions_hold_in_a_command_that_only_asks(kind: str, tmp_path: Path, clock: Clock) -> None:
    """`careerbot ask` and `chat` read what is in force everywhere, and change nothing in the database."""
    async with database(kind, tmp_path) as url:
        async with sql_community(url, clock) as store:
            await store.curate(NewCuration(action="meaning", text="how rich", key="howrich", says="Salary of Plumber"))
        async with decided(url.render_as_string(hide_password=False), tmp_path) as overlay:
            assert overlay.says("how rich?") == "Salary of Plumber"


@pytest.mark.parametrize("url", [None, "postgresql://u:geheim@127.0.0.1:1/db", "mysql://u:geheim@h/db"])
async def test_a_command_that_asks_needs_no_community_database(
    url: str | None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Missing, away or wrong: there are no decisions, no fault, no new file and no password in the log."""
    async with decided(url, tmp_path / "none") as overlay:
        assert overlay.says("how rich?") is None
    assert not (tmp_path / "none").exists()
    assert "geheim" not in caplog.text
