"""Faults of the network and of Discord: each question is answered once, or honestly given up and logged."""

from __future__ import annotations

import tests.discord_import  # noqa: F401 - before anything that imports discord.py

# isort: split

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.answering import MOST_AT_ONCE
from adapters.discord.manners import Cooldowns, Turn, Turns
from adapters.discord.settings import DiscordSettings
from bot.community_memory import InMemoryCommunity
from bot.core import CareerBot, Handled
from bot.message import IncomingMessage
from tests.discord_payloads import CHANNEL, DIRECT, GUILD, MEMBER, OWNER, command, guild, message, pressed, said
from tests.discord_running import Running, running
from tests.discord_server import DiscordServer, buttons, is_layout, is_private, texts

SALARY = {"career": "Data Engineer", "place": "Berlin"}
VIA = {"Via": "1.1 google"}


class Held(CareerBot):
    """A bot that thinks until it is let go, or that fails."""

    def __init__(self, bot: CareerBot) -> None:
        super().__init__(bot.understanding, bot.intents, bot.desk, bot.memory, bot.completion)
        self.go = asyncio.Event()
        self.error: Exception | None = None
        self.thinking = 0

    async def handle(self, message: IncomingMessage) -> Handled:
        """Answer after `go`."""
        self.thinking += 1
        await self.go.wait()
        self.thinking -= 1
        if self.error is not None:
            raise self.error
        return await super().handle(message)


async def eager() -> InMemoryCommunity:
    """A community that lets people ask as fast as they like."""
    community = InMemoryCommunity()
    for place in (f"discord:guild:{GUILD}", f"discord:user:{MEMBER}"):
        await community.change_settings(place, {"cooldown": 0}, by="test")
    return community


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses that discord.py makes between two tries last no time."""
    real = asyncio.sleep

    async def at_once(seconds: float, result: Any = None) -> Any:
        return await real(0 if seconds < 30 else seconds, result)

    monkeypatch.setattr("discord.webhook.async_.asyncio.sleep", at_once)


@pytest.fixture
async def it(bot: CareerBot, tmp_path: Path) -> AsyncIterator[Running]:
    """A connected client."""
    async with running(bot, tmp_path, community=await eager()) as it:
        yield it


async def works(it: Running) -> None:
    """The bot answers a question, once."""
    (answer,) = await it.server.use(command("salary", SALARY))
    assert "Berlin" in texts(answer)


@pytest.mark.parametrize("code", [1000, 1001, 1006, 4000, 4007, 4009])
async def test_a_closed_connection_is_resumed_and_missed_questions_are_answered(it: Running, code: int) -> None:
    """What was asked while the connection was down is answered after it is back, once."""
    gateway = it.server.gateway
    await gateway.close(code)
    payload = command("salary", SALARY)
    await gateway.dispatch("INTERACTION_CREATE", payload)
    (answer,) = await it.server.until(lambda: it.server.answers(payload))
    assert "Berlin" in texts(answer)
    assert gateway.log.count("resume") == 1
    assert gateway.log.count("identify") == 1


async def test_op_7_reconnects_and_resumes(it: Running) -> None:
    """Discord asks to reconnect: the session goes on elsewhere."""
    await it.server.gateway.order(7)
    await reached(it, "resume", 1)
    await works(it)


@pytest.mark.parametrize("resumable", [True, False])
async def test_op_9_resumes_or_identifies_anew(it: Running, resumable: bool) -> None:
    """An invalid session is resumed where Discord says so, else begun anew; then questions are answered."""
    await it.server.gateway.order(9, resumable)
    step = "resume" if resumable else "identify"
    wanted = 1 if resumable else 2
    await reached(it, step, wanted)
    await works(it)


async def reached(it: Running, step: str, times: int) -> None:
    """Wait until the gateway saw a step so often."""
    async with asyncio.timeout(10):
        while it.server.gateway.log.count(step) < times:
            await it.server.gateway.changed.wait()
            it.server.gateway.changed.clear()


@pytest.mark.parametrize("step", ["hello", "resume"])
async def test_a_connection_that_breaks_again_while_it_is_mended(it: Running, step: str) -> None:
    """The replacement of a broken connection breaks too: the next one works."""
    it.server.gateway.close_at = [(step, 1006)]
    await it.server.gateway.order(7)
    await reached(it, f"closed at {step}", 1)
    await works(it)


async def test_a_connection_that_breaks_before_its_servers_are_told_is_resumed(it: Running) -> None:
    """Closed right after READY: what was to follow comes with the resumed session, and questions are answered."""
    it.server.gateway.close_at = [("ready", 1006)]
    await it.server.gateway.order(9, False)
    await reached(it, "closed at ready", 1)
    await reached(it, "resume", 1)
    await works(it)


async def test_heartbeats_are_sent_as_often_as_asked_for(bot: CareerBot, tmp_path: Path) -> None:
    """HELLO says how often; the bot answers questions all the while."""
    server = DiscordServer()
    server.gateway.heartbeat = 40
    await server.start()
    async with running(bot, tmp_path, server=server, community=await eager()) as it:
        await reached(it, "heartbeat", 4)
        await works(it)
        await reached(it, "heartbeat", 6)


async def test_an_identification_that_breaks_is_made_again(it: Running) -> None:
    """The session is invalid, and the connection breaks as the new one begins: the third works."""
    it.server.gateway.close_at = [("identify", 1006)]
    await it.server.gateway.order(9, False)
    await reached(it, "closed at identify", 1)
    await reached(it, "identify", 3)
    await works(it)


async def test_a_connection_that_breaks_while_the_bot_thinks_changes_nothing(bot: CareerBot, tmp_path: Path) -> None:
    """Answers don't go over the connection that brings the questions: given once, before or after it is back."""
    held = Held(bot)
    async with running(held, tmp_path, community=await eager()) as it:
        payload = command("salary", SALARY)
        await it.server.gateway.dispatch("INTERACTION_CREATE", payload)
        await it.server.gateway.close(1006)
        await reached(it, "resume", 1)
        held.go.set()
        (answer,) = await it.server.until(lambda: it.server.answers(payload))
        assert "Berlin" in texts(answer)
        await works(it)
        assert len(it.server.answers(payload)) == 1


async def test_more_questions_than_can_be_worked_on_wait_their_turn(bot: CareerBot, tmp_path: Path) -> None:
    """Only so many are worked on at once; those that wait are announced in time, and every one is answered once."""
    held = Held(bot)
    many = MOST_AT_ONCE * 3
    async with running(held, tmp_path, community=await eager(), defer_after=0.01) as it:
        payloads = [command("salary", SALARY) for _ in range(many)]
        for payload in payloads:
            await it.server.gateway.dispatch("INTERACTION_CREATE", payload)
        await it.server.until(lambda: all(it.server.answers(payload) for payload in payloads))
        assert held.thinking == MOST_AT_ONCE
        held.go.set()
        await it.server.until(lambda: all(len(it.server.answers(payload)) == 2 for payload in payloads))
        for payload in payloads:
            announced, answer = it.server.answers(payload)
            assert announced.body["type"] == 5
            assert "Berlin" in texts(answer)


async def test_a_resume_that_is_refused_begins_anew(it: Running) -> None:
    """Op 9 to a RESUME: the client identifies again."""
    it.server.gateway.invalidate = True
    await it.server.gateway.close(4000)
    await reached(it, "identify", 2)
    await works(it)


async def test_a_rate_limit_is_waited_for(it: Running) -> None:
    """429 with `Via`: the same answer is sent again after the pause, and arrives once."""
    body = {"message": "slow", "retry_after": 0.01, "global": False}
    it.server.fault("POST", "callback$", 429, body, times=2, **VIA)
    payload = command("salary", SALARY)
    (answer,) = await it.server.use(payload)
    assert answer.status == 200
    assert [one.status for one in it.server.requests if payload["token"] in one.path] == [429, 429, 200]


@pytest.mark.usefixtures("no_waiting")
async def test_a_server_error_is_tried_again(it: Running) -> None:
    """500 and 502: tried again, answered once."""
    it.server.fault("POST", "callback$", 500)
    it.server.fault("POST", "callback$", 502)
    payload = command("salary", SALARY)
    await it.server.use(payload)
    assert [one.status for one in it.server.requests if payload["token"] in one.path] == [500, 502, 200]


@pytest.mark.parametrize(("status", "more"), [(429, VIA), (500, {}), (502, {})])
@pytest.mark.usefixtures("no_waiting")
async def test_the_reply_to_a_mention_is_tried_again(it: Running, status: int, more: dict[str, str]) -> None:
    """A rate limit or a fault of Discord's on a message in a channel: it arrives, once."""
    body = {"message": "slow", "retry_after": 0.01, "global": status == 429}
    path = rf"/channels/{CHANNEL}/messages"
    it.server.fault("POST", f"{path}$", status, body, times=2, **more)
    await it.server.gateway.dispatch("MESSAGE_CREATE", said("what is a plumber", mentions=True))
    await it.server.until(lambda: len(it.server.sent(path)) == 3)
    await works(it)
    assert [one.status for one in it.server.sent(path)] == [status, status, 200]


@pytest.mark.parametrize(("status", "more"), [(429, VIA), (500, {})])
@pytest.mark.usefixtures("no_waiting")
async def test_an_announced_answer_is_tried_again(
    bot: CareerBot, tmp_path: Path, status: int, more: dict[str, str]
) -> None:
    """An answer that was announced, and that Discord doesn't take at first, is sent again until it stands, once."""
    held = Held(bot)
    async with running(held, tmp_path, community=await eager(), defer_after=0.01) as it:
        payload = command("salary", SALARY)
        await it.server.use(payload)
        body = {"message": "slow", "retry_after": 0.01, "global": False}
        it.server.fault("POST", rf"/webhooks/\d+/{payload['token']}$", status, body, times=2, **more)
        held.go.set()
        _, answer = await it.server.use(payload, 2)
        assert "Berlin" in texts(answer)
        followed = [one.status for one in it.server.requests if one.path.startswith("/webhooks/")]
        assert followed == [status, status, 200]


@pytest.mark.usefixtures("no_waiting")
async def test_a_server_that_stays_broken_is_given_up_and_logged(it: Running, caplog: pytest.LogCaptureFixture) -> None:
    """Five 500s: nothing more is tried, the log says so, and the next question is answered."""
    it.server.fault("POST", "callback$", 500, times=5)
    payload = command("salary", SALARY)
    await it.server.gateway.dispatch("INTERACTION_CREATE", payload)
    await it.server.until(lambda: sum(payload["token"] in one.path for one in it.server.requests) == 5)
    await works(it)
    assert "gave up on interaction" in caplog.text


async def test_an_unknown_interaction_is_given_up_and_logged(it: Running, caplog: pytest.LogCaptureFixture) -> None:
    """10062: the three seconds are over. One try, one line in the log."""
    it.server.fault("POST", "callback$", 404, {"message": "Unknown interaction", "code": 10062})
    payload = command("salary", SALARY)
    await it.server.gateway.dispatch("INTERACTION_CREATE", payload)
    await it.server.until(lambda: [one for one in it.server.requests if payload["token"] in one.path])
    await works(it)
    assert sum(payload["token"] in one.path for one in it.server.requests) == 1
    assert "no longer takes an answer" in caplog.text


async def test_the_same_interaction_twice_is_answered_once(it: Running) -> None:
    """A redelivered event changes nothing, in one process and among several."""
    payload = command("salary", SALARY)
    for _ in range(3):
        await it.server.gateway.dispatch("INTERACTION_CREATE", payload)
    await works(it)
    assert await it.client.work.finish(5)
    assert sum(payload["token"] in one.path for one in it.server.requests) == 1
    text = said("what is a plumber", mentions=True)
    it.client.work.accepting = True
    await it.server.gateway.dispatch("MESSAGE_CREATE", text)
    await it.server.say(text)
    await works(it)
    assert len(it.server.sent(rf"/channels/{CHANNEL}/messages")) == 1


async def test_a_first_response_whose_connection_broke_is_sent_again(it: Running) -> None:
    """The connection closed before the answer's answer came: one more try is harmless, Discord takes only one."""
    it.server.fault("POST", "callback$", None)
    payload = command("salary", SALARY)
    (answer,) = await it.server.use(payload)
    assert answer.status == 200


async def test_a_slow_answer_is_announced_in_time_and_then_given(bot: CareerBot, tmp_path: Path) -> None:
    """What takes long is deferred, as privately as the answer will be; then it comes, once."""
    held = Held(bot)
    async with running(held, tmp_path, community=await eager(), defer_after=0.01) as it:
        payload = command("salary", SALARY)
        (deferred,) = await it.server.use(payload)
        assert deferred.body == {"type": 5, "data": {"flags": 64}}
        held.go.set()
        _, answer = await it.server.use(payload, 2)
        assert "Berlin" in texts(answer)
        assert is_private(answer)
        heard = said("what is a plumber", mentions=True)
        held.go.clear()
        await it.server.gateway.dispatch("MESSAGE_CREATE", heard)
        await it.server.until(lambda: it.server.sent(rf"/channels/{CHANNEL}/typing"))
        held.go.set()
        await it.server.until(lambda: it.server.sent(rf"/channels/{CHANNEL}/messages"))


async def test_an_answer_that_takes_more_than_three_seconds_is_announced_and_given(
    bot: CareerBot, tmp_path: Path
) -> None:
    """With the settings of every day: Discord hears of it within three seconds, the answer comes after them, once."""
    held = Held(bot)
    async with running(held, tmp_path, community=await eager()) as it:
        payload, asked = command("salary", SALARY), time.monotonic()
        (announced,) = await it.server.use(payload)
        assert announced.body["type"] == 5
        assert time.monotonic() - asked < 3
        await asyncio.sleep(3.2 - (time.monotonic() - asked))
        assert len(it.server.answers(payload)) == 1
        held.go.set()
        _, answer = await it.server.use(payload, 2)
        assert "Berlin" in texts(answer)
        await works(it)
        assert len(it.server.answers(payload)) == 2


async def test_a_fault_of_our_own_ends_in_an_apology(
    bot: CareerBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The person gets a word, the operator the traceback, and the log not what was typed."""
    held = Held(bot)
    held.go.set()
    held.error = RuntimeError("broken")
    async with running(held, tmp_path, community=await eager()) as it:
        (apology,) = await it.server.use(command("ask", {"question": "my secret question"}))
        assert "went wrong" in texts(apology)
        assert is_private(apology)
        answer = await it.server.say(said("my secret question", mentions=True))
        assert "went wrong" in texts(answer)
    assert "broken" in caplog.text
    assert "secret" not in caplog.text


async def test_a_command_that_no_longer_exists_gets_a_word(it: Running) -> None:
    """Discord knew an older version: the person is told to try again."""
    (told,) = await it.server.use(command("fortune"))
    assert "has changed" in texts(told)


async def test_a_layout_that_is_refused_is_sent_as_plain_text(it: Running) -> None:
    """400: the same content as text, without embeds, to interactions and to messages."""
    refused = {"message": "Invalid Form Body", "code": 50035, "errors": {}}
    it.server.fault("POST", "callback$", 400, refused)
    (answer,) = await it.server.use(command("salary", SALARY))
    assert not is_layout(answer)
    assert "Berlin" in texts(answer)
    assert answer.body["data"]["flags"] & 4
    it.server.fault("POST", rf"channels/{CHANNEL}/messages$", 400, refused)
    before = len(it.server.sent(rf"/channels/{CHANNEL}/messages"))
    await it.server.gateway.dispatch("MESSAGE_CREATE", said("what is a plumber", mentions=True))
    sent = await it.server.until(lambda: it.server.sent(rf"/channels/{CHANNEL}/messages")[before + 1 :])
    assert "lumber" in texts(sent[-1])
    assert not is_layout(sent[-1])


async def test_a_channel_without_permission_is_answered_in_private_and_the_owner_told(it: Running) -> None:
    """No send: the person gets the answer in a direct message, the guild's owner learns which permissions lack."""
    denied = {"message": "Missing Permissions", "code": 50013}
    it.server.fault("POST", rf"channels/{CHANNEL}/messages$", 403, denied, times=4)
    for _ in range(2):
        await it.server.gateway.dispatch("MESSAGE_CREATE", said("what is a plumber", mentions=True))
    person, owner = (f"/channels/{DIRECT + who % 1000}/messages" for who in (MEMBER, OWNER))
    assert person == owner  # ids end in zeros: tell them apart by text
    await it.server.until(lambda: len(it.server.sent(person)) >= 5)
    shown = [texts(one) for one in it.server.sent(person)]
    assert sum("may not write in #careers, so here" in text for text in shown) == 2
    assert sum("Read Message History" in text for text in shown) == 1


async def test_a_person_who_cant_be_written_to_either_is_logged_and_the_owner_told(
    it: Running, caplog: pytest.LogCaptureFixture
) -> None:
    """No send, and closed direct messages: nothing more can be done for the person, but somebody learns of it."""
    denied = {"message": "Cannot send messages to this user", "code": 50007}
    it.server.fault("POST", rf"channels/{CHANNEL}/messages$", 403, denied, times=4)
    it.server.fault("POST", rf"channels/{DIRECT}/messages$", 403, denied)
    await it.server.gateway.dispatch("MESSAGE_CREATE", said("what is a plumber", mentions=True))
    sent = await it.server.until(lambda: it.server.sent(rf"/channels/{DIRECT}/messages")[1:])
    assert "Read Message History" in texts(sent[0])
    assert "takes no messages" in caplog.text
    assert "plumber" not in caplog.text


async def test_a_flooded_channel_is_slowed_down_for_all(bot: CareerBot, tmp_path: Path) -> None:
    """Thirty questions of as many people in ten seconds are answered, the next person is told kindly to wait."""
    async with running(bot, tmp_path, cooldowns=Cooldowns(lambda: 0.0)) as it:
        for number in range(30):
            (answer,) = await it.server.use(command("career", {"career": "Plumber"}, who=MEMBER + 1 + number))
            assert "One moment" not in texts(answer)
        (notice,) = await it.server.use(command("career", {"career": "Plumber"}, who=MEMBER))
        assert "One moment" in texts(notice)
        assert is_private(notice)


async def test_a_reply_without_message_history_becomes_a_plain_message(it: Running) -> None:
    """No permission to read what is replied to: the answer stands beside it."""
    denied = {"message": "Cannot reply without permission to read message history", "code": 160002}
    it.server.fault("POST", rf"channels/{CHANNEL}/messages$", 400, denied)
    await it.server.gateway.dispatch("MESSAGE_CREATE", said("what is a plumber", mentions=True))
    await it.server.until(lambda: len(it.server.sent(rf"/channels/{CHANNEL}/messages")) == 2)
    answer = it.server.sent(rf"/channels/{CHANNEL}/messages")[-1]
    assert "message_reference" not in answer.body


async def test_a_thread_that_may_not_be_opened_is_said(it: Running) -> None:
    """The permission's name is in the notice."""
    answer = await it.server.say(said("what is a plumber", mentions=True))
    shown = it.server.shown(answer) | {"guild_id": str(GUILD), "channel_id": str(CHANNEL)}
    it.server.fault("POST", "threads$", 403, {"message": "Missing Permissions", "code": 50013})
    (told,) = await it.server.use(pressed(buttons(shown)["Go on in a thread"], shown))
    assert "Create Public Threads" in texts(told)


async def test_who_asks_too_fast_is_told_kindly_and_privately(bot: CareerBot, tmp_path: Path) -> None:
    """Within the cooldown a second question gets a private notice; after it, an answer; others aren't kept waiting."""
    now = [0.0]
    async with running(bot, tmp_path, cooldowns=Cooldowns(lambda: now[0])) as it:
        await works(it)
        (notice,) = await it.server.use(command("salary", SALARY))
        assert "One moment" in texts(notice)
        assert is_private(notice)
        (other,) = await it.server.use(command("salary", SALARY, who=OWNER))
        assert "Berlin" in texts(other)
        await it.server.gateway.dispatch("MESSAGE_CREATE", said("what is a plumber", mentions=True))
        told = await it.server.until(lambda: it.server.sent(rf"/channels/{DIRECT}/messages"))
        assert "One moment" in texts(told[0])
        assert not it.server.sent(rf"/channels/{CHANNEL}/messages")
        now[0] += 2.5
        await works(it)


async def test_who_waits_is_called_newest_first_and_nobody_waits_for_ever() -> None:
    """The newest that isn't announced has the shortest time; every fourth turn is for the longest announced."""
    turns, order = Turns(1), list[str]()
    places = {name: Turn() for name in "abcdefgh"}

    async def ask(name: str) -> None:
        async with turns.take(places[name]):
            order.append(name)

    async with turns.take(Turn()):
        asked = [asyncio.ensure_future(ask(name)) for name in places]
        await asyncio.sleep(0)
        places["a"].announced = places["b"].announced = True
        asked[7].cancel()
        await asyncio.wait({asked[7]})
    await asyncio.gather(*asked, return_exceptions=True)
    assert order == [*"gfea", *"dcb"]
    async with turns.take(Turn()):
        assert order


def test_a_channel_has_a_cooldown_of_its_own() -> None:
    """Many people together can't flood a channel; another channel and later questions are free."""
    now = [0.0]
    cooldowns = Cooldowns(lambda: now[0])
    waits = [cooldowns.wait(f"person {number}", "channel", 1) for number in range(31)]
    assert waits[:30] == [0.0] * 30
    assert 0 < waits[30] <= 10
    assert cooldowns.wait("person 40", "other", 1) == 0.0
    now[0] += 10
    assert cooldowns.wait("person 30", "channel", 1) == 0.0
    assert cooldowns.wait("person 30", "channel", 0) == 0.0


async def test_leaving_finishes_what_was_accepted(bot: CareerBot, tmp_path: Path) -> None:
    """A question under way is answered before the client closes; a new one gets a word in place of silence."""
    held = Held(bot)
    async with running(held, tmp_path, community=await eager(), defer_after=0.01) as it:
        payload = command("salary", SALARY)
        await it.server.use(payload)
        leaving = asyncio.create_task(it.client.leave(10))
        await asyncio.sleep(0)
        assert not it.client.work.accepting
        (late,) = await it.server.use(command("salary", SALARY))
        assert "restarted" in texts(late)
        assert not it.client.is_closed()
        held.go.set()
        await leaving
        assert len(it.server.answers(payload)) == 2
        assert it.client.is_closed()


async def test_shards_are_split_over_processes(bot: CareerBot, tmp_path: Path) -> None:
    """This process identifies the shards of its settings, of as many as there are in all."""
    own = DiscordSettings(shard_count=4, shard_ids=(1, 3))
    async with running(bot, tmp_path, own=own) as it:
        assert [one["shard"] for one in it.server.gateway.identified] == [[1, 4], [3, 4]]
        assert it.server.gateway.identified[0]["intents"] == (1 << 0) | (1 << 9) | (1 << 12)


async def test_a_server_that_removed_the_bot_is_forgotten(it: Running) -> None:
    """Its settings are gone with everything else that was kept of it."""
    await it.community.change_settings(f"discord:guild:{GUILD}", {"country": "GB"}, by="test")
    await it.server.gateway.dispatch("GUILD_DELETE", {"id": str(GUILD)})
    await it.server.say(message("what is a plumber", at=DIRECT))
    assert (await it.community.settings(f"discord:guild:{GUILD}")).country == ""
    await it.server.gateway.dispatch("GUILD_CREATE", guild())
