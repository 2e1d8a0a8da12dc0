"""What goes wrong between Slack and the app: redeliveries, replicas, restarts, faults of Slack and of the database."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.answering import TOO_LATE
from adapters.slack.manners import AT_ONCE
from adapters.store.community import SqlCommunity
from bot.community import CommunitySettings
from bot.community_leaving import AGAIN_AFTER
from bot.community_memory import InMemoryCommunity
from bot.core import CareerBot
from tests import slack_payloads as p
from tests.communities import SQL, Clock, database, sql_community
from tests.slack_app import Http, Transport, eventually, over_http, over_socket
from tests.slack_blocks import shown
from tests.slack_server import Failure, SlackServer, event_request

Json = dict[str, Any]
WITHIN = 3.0
"""Seconds within which Slack wants an ack."""


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    """A local Slack that nobody may have sent anything refusable by the end."""
    async with SlackServer().running() as server:
        yield server
        assert not server.violations


@pytest.fixture
def community() -> InMemoryCommunity:
    """An empty community database."""
    return InMemoryCommunity()


@pytest.fixture(params=["socket", "http"])
async def app(
    request: pytest.FixtureRequest, slack: SlackServer, bot: CareerBot, community: InMemoryCommunity
) -> AsyncIterator[Transport]:
    """The app over each transport in turn."""
    how = over_socket if request.param == "socket" else over_http
    async with how(slack, bot, community) as transport:
        yield transport


@pytest.fixture
async def http(slack: SlackServer, bot: CareerBot, community: InMemoryCommunity) -> AsyncIterator[Http]:
    """The app over HTTP."""
    async with over_http(slack, bot, community) as transport:
        yield transport


async def idle(http: Http) -> None:
    """Wait until nothing is under way."""
    await http.app.state.running.answering.work.idle()


# Delivered again


@pytest.mark.parametrize("kind", SQL)
async def test_a_redelivery_is_answered_once_on_any_replica_after_any_time(
    kind: str, slack: SlackServer, bot: CareerBot, tmp_path: Path
) -> None:
    """At once, 368 s and ten minutes later, to the same replica, another one, and one that was started anew."""
    clock = Clock()
    asked = p.mention("What is a nurse?", event_id="Ev-once")
    async with database(kind, tmp_path) as url:
        async with (
            sql_community(url, clock) as mine,
            sql_community(url, clock) as other,
            over_http(slack, bot, mine) as one,
            over_http(slack, bot, other) as two,
        ):
            await one.event(asked)
            await slack.messages()
            await idle(one)
            await asyncio.gather(one.event(asked), two.event(asked))
            for seconds in (368, 232):
                clock.pass_by(seconds)
                await asyncio.gather(one.event(asked), two.event(asked))
            await asyncio.gather(idle(one), idle(two))
        clock.pass_by(60)
        async with sql_community(url, clock) as again, over_http(slack, bot, again) as restarted:
            await restarted.event(asked)
            await idle(restarted)
    assert len(slack.sent) == 1


@pytest.mark.parametrize("kind", SQL)
async def test_a_retry_whose_first_attempt_died_with_its_replica_is_answered(
    kind: str, slack: SlackServer, bot: CareerBot, tmp_path: Path
) -> None:
    """A replica claimed the event and died: the retry waits until the claim is over, then answers, once."""
    clock = Clock()
    asked = p.mention("What is a nurse?", event_id="Ev-died")
    async with database(kind, tmp_path) as url, sql_community(url, clock) as dead, sql_community(url, clock) as alive:
        assert await dead.begin("slack:T01:Ev-died") == "new"
        async with over_http(slack, bot, alive) as http:

            async def pass_by(seconds: float) -> None:
                clock.pass_by(seconds)

            http.app.state.running.answering.work.sleep = pass_by
            await http.event(asked)
            await slack.messages()
            await idle(http)
            await http.event(asked)
            await idle(http)
    assert len(slack.sent) == 1


async def test_an_ack_that_got_lost_brings_no_second_answer(
    slack: SlackServer, bot: CareerBot, community: InMemoryCommunity
) -> None:
    """The socket closes after the answer but before Slack saw the ack: what it delivers on the next one is known."""
    async with over_socket(slack, bot, community, ping_every=0.2) as socket:
        asked = p.mention("What is a plumber?", user="U2")
        await slack.envelope("events_api", asked, ack=False)
        await slack.messages()
        await slack.cut()
        await slack.connected(2)
        await socket.event(asked)
        await socket.event(p.mention("What is an electrician?", user="U3"))
        assert len(await slack.messages(2)) == 2


async def test_a_revoked_token_ends_nothing(app: Transport, slack: SlackServer) -> None:
    """Slack refusing the token leaves the app running; the next question is answered."""
    slack.fail("chat.postMessage", "token_revoked")
    await app.event(p.mention("What is a nurse?", user="U1"))
    await slack.called("chat.postMessage!")
    await app.event(p.mention("What is a plumber?", user="U2"))
    assert len(await slack.messages()) == 1


async def test_deliveries_are_answered_once(slack: SlackServer, bot: CareerBot, community: InMemoryCommunity) -> None:
    """The same event again, at once, later, and on another replica with the same database: one answer."""
    asked = p.mention("What is a nurse?", event_id="Ev-once")
    async with over_http(slack, bot, community) as one, over_http(slack, bot, community) as other:
        await asyncio.gather(one.event(asked), one.event(asked), other.event(asked))
        await slack.messages()
        await one.event(asked)
        await other.event(asked)
        await other.event(p.mention("What is a plumber?", user="U2"))
        messages = await slack.messages(2)
    assert len(messages) == 2


async def test_a_retry_whose_first_attempt_died_is_answered(http: Http, slack: SlackServer) -> None:
    """An attempt that failed isn't finished: when its claim is over, the redelivery is answered."""
    waited = asyncio.Event()
    work = http.app.state.running.answering.work

    async def lease_over(_seconds: float) -> None:
        waited.set()

    work.sleep, work._lease = lease_over, 0.0
    slack.fail("chat.postMessage", "internal_error")
    asked = p.mention("What is a nurse?")
    await http.event(asked)
    await slack.called("chat.postMessage!")
    await work.idle()
    await http.event(asked)
    assert len(await slack.messages()) == 1


async def test_forged_and_old_requests_are_refused(http: Http, slack: SlackServer) -> None:
    """A wrong signature, a signature from 6 minutes ago, none at all: 401, and nothing is answered."""
    asked = p.mention("What is a nurse?")
    assert (await http.post(*event_request(asked, secret="other")))[0] == 401
    assert (await http.post(*event_request(asked, at=time.time() - 360)))[0] == 401
    assert (await http.post(event_request(asked)[0], {"Content-Type": "application/json"}))[0] == 401
    body, headers = event_request(asked)
    assert (await http.post(body, headers))[0] == 200
    assert (await http.post(body, headers))[0] == 200  # replayed inside the window: acked, not answered again
    await http.event(p.mention("What is a plumber?", user="U2"))
    assert len(await slack.messages(2)) == 2


async def test_the_socket_comes_back(slack: SlackServer, bot: CareerBot, community: InMemoryCommunity) -> None:
    """After a refresh, and after a socket that closes in the middle of an envelope, the next event is answered once."""
    async with over_socket(slack, bot, community, ping_every=0.2) as socket:
        await slack.refresh()
        await slack.connected(2)
        await socket.event(p.mention("What is a nurse?", user="U1"))
        asked = p.mention("What is a plumber?", user="U2")
        await slack.envelope("events_api", asked, ack=False)
        await slack.cut()
        await slack.connected(3)
        await socket.event(asked)
        await socket.event(p.mention("What is an electrician?", user="U3"))
        messages = await slack.messages(3)
    assert len(messages) == 3


# Acks


class Stuck(InMemoryCommunity):
    """A database that doesn't answer."""

    async def settings(self, community: str, channel: str = "") -> CommunitySettings:
        """Never."""
        await asyncio.Event().wait()
        return await super().settings(community, channel)


async def test_acks_come_in_time_whatever_slack_does(app: Transport, slack: SlackServer) -> None:
    """Slack's own methods hang: everything is acked within 3 seconds, and answered when they are there again."""
    slack.hold("chat.postMessage", "users.info", "views.open", "assistant.threads.setStatus")
    async with asyncio.timeout(WITHIN):
        await app.event(p.mention("What is a nurse?"))
        await app.event(p.direct("What is a plumber?", user="U2"))
        await app.command(p.command("salary", "nurse", slack.response_url(), user="U3"))
        await app.interaction(p.shortcut("ask_anything"))
        await app.interaction(p.typing("complete:career", "nur"))
    slack.let_go()
    assert len(await slack.messages(3)) == 3


async def test_acks_come_in_time_whatever_the_database_does(slack: SlackServer, bot: CareerBot) -> None:
    """The community database hangs: everything is acked within 3 seconds all the same."""
    async with over_http(slack, bot, Stuck()) as http:
        async with asyncio.timeout(WITHIN):
            await http.event(p.mention("What is a nurse?"))
            await http.command(p.command("salary", "nurse", slack.response_url(), user="U3"))
            values: Json = {"cooldown": {"cooldown": {"value": "5"}}}
            await http.interaction(p.submission("settings_view", values))
        for task in http.app.state.running.answering.work._tasks:
            task.cancel()


async def test_slack_not_knowing_the_bot_yet_loses_nothing(
    slack: SlackServer, bot: CareerBot, community: InMemoryCommunity
) -> None:
    """Slack can't say at the start who the bot is: an event isn't acked until it can, so Slack delivers it again."""
    slack.fail("auth.test", "internal_error", times=2)
    async with over_http(slack, bot, community) as http:
        asked = p.mention("What is a nurse?")
        assert (await http.post(*event_request(asked)))[0] >= 500
        await http.event(asked)
        assert len(await slack.messages()) == 1


# Slack's faults


async def test_the_time_that_slack_names_is_waited(app: Transport, slack: SlackServer) -> None:
    """A 429 with Retry-After: 1 is tried again, not earlier."""
    slack.fail("chat.postMessage", status=429, **{"Retry-After": "1"})
    await app.event(p.mention("What is a nurse?"))
    await slack.messages()
    (refused,), (taken,) = slack.made("chat.postMessage!"), slack.made("chat.postMessage")
    assert taken.at - refused.at >= 1.0


async def test_slacks_own_faults_are_tried_again(app: Transport, slack: SlackServer) -> None:
    """Two 500s for a message: the third attempt is taken, and there is one answer."""
    slack.fail("chat.postMessage", status=500, times=2)
    await app.event(p.mention("What is a nurse?"))
    assert len(await slack.messages()) == 1
    assert len(slack.made("chat.postMessage!")) == 2


async def test_an_event_that_slack_took_no_answer_to_can_be_answered_later(http: Http, slack: SlackServer) -> None:
    """500s without end: the event isn't finished, so the redelivery is answered; meanwhile others are."""
    slack.fail("chat.postMessage", status=500, times=3)
    asked = p.mention("What is a nurse?")
    await http.event(asked)
    await idle(http)
    assert not slack.sent
    await http.event(p.mention("What is a plumber?", user="U2"))
    await slack.messages()
    work = http.app.state.running.answering.work
    work._lease = 0.0

    async def at_once(_seconds: float) -> None:
        """The claim is over."""

    work.sleep = at_once
    http.app.state.running.answering.community._events._events.clear()
    await http.event(asked)
    assert len(await slack.messages(2)) == 2


@pytest.mark.parametrize("error", TOO_LATE)
async def test_an_answer_too_late_for_its_modal_comes_as_a_direct_message(
    app: Transport, slack: SlackServer, error: str
) -> None:
    """A trigger is good for three seconds, a modal until it is closed: the answer isn't lost with it."""
    slack.fail("views.open", error)
    search = {"type": "plain_text_input", "action_id": "home:search", "value": "What does a nurse earn in London?"}
    await app.interaction(p.pressed_at_home(search))
    (message,) = await slack.messages()
    assert (message["method"], message["channel"]) == ("chat.postMessage", "DU1")
    assert "London" in shown(message["blocks"])


async def test_a_response_url_that_is_used_up_is_replaced(app: Transport, slack: SlackServer) -> None:
    """Where Slack takes nothing at a response_url any more, the private answer comes by the Web API."""
    slack.failures["response_url"].append(Failure("used_url", 404))
    await app.command(p.command("salary", "nurse london", slack.response_url()))
    (message,) = await slack.messages()
    assert (message["method"], message["user"]) == ("chat.postEphemeral", "U1")


# A workspace that leaves


class Away(InMemoryCommunity):
    """A database that can't be reached for the first two deletions."""

    tries = 0

    async def delete_community(self, community: str) -> int:
        """See Community.delete_community."""
        self.tries += 1
        return -1 if self.tries < 3 else await super().delete_community(community)


async def test_a_deletion_is_tried_until_the_database_is_there(slack: SlackServer, bot: CareerBot) -> None:
    """Slack says once that the app was uninstalled; with the database away, its records are deleted later."""
    community, waited = Away(), []
    await community.change_settings("slack:T01", {"country": "GB"}, by="test")
    async with over_http(slack, bot, community) as http:

        async def wait(seconds: float) -> None:
            waited.append(seconds)

        http.app.state.running.answering.work.sleep = wait
        await http.event(p.event({"type": "app_uninstalled"}))

        async def gone() -> bool:
            return (await community.settings("slack:T01")).country == ""

        await eventually(gone)
    assert waited == [AGAIN_AFTER, AGAIN_AFTER]


async def test_deletions_that_wait_hold_up_nothing(slack: SlackServer, bot: CareerBot) -> None:
    """The database is away for good: as many workspaces as are worked on at once leave, and questions are answered.

    The end of the process waits neither for them nor for one that finds the database away just then.
    """
    community, waiting = Away(), asyncio.Semaphore(0)
    community.tries = -1_000

    async def wait(_seconds: float) -> None:
        waiting.release()
        await asyncio.Event().wait()

    async with over_http(slack, bot, community) as http:
        work = http.app.state.running.answering.work
        work.sleep = wait
        for number in range(AT_ONCE):
            await http.event(p.event({"type": "app_uninstalled"}, team=f"T1{number}"))
        for _ in range(AT_ONCE):
            await waiting.acquire()
        await http.event(p.mention("What is a nurse?"))
        assert len(await slack.messages()) == 1
        await http.event(p.event({"type": "app_uninstalled"}, team="T20"))
        await work.close()
    assert community.tries == -1_000 + AT_ONCE + 1


async def test_the_database_away_altogether_takes_no_answers(
    slack: SlackServer, bot: CareerBot, tmp_path: Path
) -> None:
    """Without a community database questions are answered, once each."""
    async with database("sqlite", tmp_path) as url:
        store = SqlCommunity(url.set(database=str(tmp_path / "missing" / "none.sqlite")))
        async with over_http(slack, bot, store) as http:
            asked = p.mention("What is a nurse?")
            await http.event(asked)
            await slack.messages()
            await http.event(asked)
            await idle(http)
        await store.close()
    assert len(slack.sent) == 1
