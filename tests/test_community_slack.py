"""Plans, weekly reminders, the miss queue, insights and settings on Slack: the real app over real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from adapters.compose import editions
from adapters.reminders import LATER
from adapters.settings import Settings
from adapters.slack.manners import AT_ONCE, LEASE, Work
from adapters.slack.nudges import Nudger
from adapters.slack.oauth import Installations
from adapters.store.opening import address
from bot.community import Saved
from bot.community_leaving import AGAIN_AFTER, forget_community
from bot.community_members import WEEK
from bot.community_memory import InMemoryCommunity
from bot.core import CareerBot
from bot.intents import load_intents
from bot.memory import InMemory
from tests import slack_payloads as p
from tests.communities import Clock, betrays, everything_logged, locked, sql_community
from tests.slack_app import Http, over_http, settings_for
from tests.slack_blocks import shown, walk
from tests.slack_server import BOT_TOKEN, SlackServer

Json = dict[str, Any]
TEAM, MIA, CURATOR = "slack:T01", "slack:user:T01:U1", "U9"
PLAN = Saved(kind="path", ident="plumber", title="Plumber", steps=3, done=(1,))


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    """A local Slack that nobody may have sent anything refusable by the end."""
    async with SlackServer().running() as server:
        server.groups["S0CURATORS"] = [CURATOR]
        yield server
        assert not server.violations


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until told."""
    return Clock()


@pytest.fixture
async def community(clock: Clock) -> InMemoryCommunity:
    """A community with a curating group that lets texts be kept; nobody has to wait."""
    store = InMemoryCommunity(clock=clock)
    await store.change_settings(TEAM, {"cooldown": 0, "keep_texts": True, "curators": ["S0CURATORS"]}, by="test")
    return store


@pytest.fixture
async def app(slack: SlackServer, bot: CareerBot, community: InMemoryCommunity) -> AsyncIterator[Http]:
    """The app over HTTP."""
    async with over_http(slack, bot, community) as transport:
        yield transport


def nudger_of(app: Http) -> Nudger:
    """The app's sender of reminders."""
    nudger: Nudger = app.app.state.running.nudger
    return nudger


async def settled(app: Http) -> None:
    """Wait until nothing is under way."""
    await app.app.state.running.answering.work.idle()


def element(blocks: Any, action: str) -> Json:
    """The button, menu or input with an action id that begins so."""
    return next(one for one in walk(blocks) if str(one.get("action_id", "")).startswith(action))


async def run(app: Http, slack: SlackServer, name: str, text: str = "", user: str = "U1") -> Json:
    """Use a command and wait for what it sends."""
    before = len(slack.sent)
    await app.command(p.command(name, text, slack.response_url(), user=user))
    return (await slack.messages(before + 1))[-1]


async def press(app: Http, slack: SlackServer, action: Json, user: str = "U1") -> Json:
    """Press something and wait for what comes of it."""
    before = len(slack.sent)
    await app.interaction(p.pressed(action, slack.response_url(), user=user))
    return (await slack.messages(before + 1))[-1]


def choice(menu: Json, option: Json) -> Json:
    """A choice as Slack sends it."""
    return {"type": menu["type"], "action_id": menu["action_id"], "selected_option": option}


# plans and the weekly reminder


async def test_a_course_is_saved_and_steps_have_their_words(
    app: Http, slack: SlackServer, community: InMemoryCommunity
) -> None:
    """The menu under an answer offers a course; Home shows each plan's steps by name."""
    await app.event(p.mention("How do I become a data engineer?"))
    (answer,) = await slack.messages()
    menu = element(answer["blocks"], "more")
    for option in menu["options"]:
        await app.interaction(p.pressed(choice(menu, option), slack.response_url()))
    (opened,) = await slack.called("views.open")
    offered = element(opened.args["view"]["blocks"], "course")["options"]
    values = {"course": {"course": {"selected_option": offered[0]}}}
    payload = p.submission("save_course", values)
    payload["view"]["private_metadata"] = opened.args["view"]["private_metadata"]
    said = await app.interaction(payload)
    assert "Saved" in shown(said["view"]["blocks"])
    await settled(app)
    assert {one.kind for one in await community.saved(MIA)} == {"career", "path", "course"}
    await app.event(p.event({"type": "app_home_opened", "user": "U1", "channel": "DU1", "tab": "home"}))
    (published,) = await slack.called("views.publish")
    written = shown(published.args["view"]["blocks"])
    assert "How to become a data engineer" in written
    assert "1. " in written


async def test_a_reminder_comes_weekly_and_ends_by_its_button(
    app: Http, slack: SlackServer, community: InMemoryCommunity, clock: Clock
) -> None:
    """Off until wanted; a direct message with the next step and a way out, which works."""
    await community.save(MIA, PLAN)
    clock.pass_by(WEEK)
    assert await nudger_of(app).look() == 0
    await app.interaction(p.pressed_at_home({"type": "button", "action_id": "home:remind", "value": "on"}))
    await slack.called("views.publish")
    clock.pass_by(WEEK)
    before = len(slack.sent)
    assert await nudger_of(app).look() == 1
    assert await nudger_of(app).look() == 0
    message = slack.sent[before]
    assert message["channel"] == "DU1"
    written = shown(message["blocks"])
    assert "How to become a plumber" in written
    assert "Next:" in written
    assert "write “stop reminders”" in written
    button = element(message["blocks"], "nudge:stop")
    stop = {key: button[key] for key in ("type", "action_id", "value")}
    await app.interaction(p.pressed(stop, slack.response_url(), channel="DU1"))
    assert "won’t remind you" in (await slack.messages(before + 2))[-1]["text"]
    clock.pass_by(WEEK)
    assert await nudger_of(app).look() == 0


async def test_a_reminder_ends_by_a_word(app: Http, slack: SlackServer, community: InMemoryCommunity) -> None:
    """“Stop reminders” in a direct message; without a reminder it is a message like any other."""
    await community.nudge(MIA, wanted=True)
    await app.event(p.direct("stop reminders"))
    (message,) = await slack.messages()
    assert "won’t remind you" in message["text"]
    assert not await community.nudged(MIA)
    await app.event(p.direct("stop reminders"))
    assert "won’t remind you" not in (await slack.messages(2))[-1]["text"]


@pytest.mark.parametrize(
    ("error", "on", "again"),
    [("cannot_dm_bot", False, 0), ("user_disabled", False, 0), ("internal_error", True, 1), ("token_revoked", True, 0)],
)
async def test_a_reminder_that_slack_refuses(
    app: Http, slack: SlackServer, community: InMemoryCommunity, clock: Clock, caplog: pytest.LogCaptureFixture,
    error: str, on: bool, again: int,
) -> None:  # fmt: skip
    """Closed direct messages turn it off; a passing fault is tried again in an hour; a lost token waits a week."""
    await community.save(MIA, PLAN)
    await community.nudge(MIA, wanted=True)
    clock.pass_by(WEEK)
    slack.fail("conversations.open", error)
    assert await nudger_of(app).look() == 1
    assert not slack.sent
    assert await community.nudged(MIA) is on
    clock.pass_by(LATER)
    assert await nudger_of(app).look() == again
    assert "lumber" not in caplog.text


async def test_two_processes_send_each_reminder_once(
    slack: SlackServer, bot: CareerBot, clock: Clock, tmp_path: Path
) -> None:
    """40 people, two processes on one database that look at the same time, again and again: one message each."""
    from adapters.slack.client import web_client  # noqa: PLC0415

    settings = settings_for(slack)
    url = address(None, tmp_path)
    async with sql_community(url, clock) as one, sql_community(url, clock) as two:
        for number in range(40):
            await one.save(f"slack:user:T01:U{number}", PLAN)
            await one.nudge(f"slack:user:T01:U{number}", wanted=True)
        clock.pass_by(WEEK)
        both = [
            Nudger(web_client(settings, None), Installations.single(BOT_TOKEN), store, bot)
            for store in (one, two)
        ]  # fmt: skip
        for _ in range(2):
            await asyncio.gather(*(nudger.look() for nudger in both))
    assert len(slack.sent) == 40
    assert len({message["channel"] for message in slack.sent}) == 40


async def test_a_workspace_without_the_app_gets_none(slack: SlackServer, bot: CareerBot, clock: Clock) -> None:
    """Its installation is gone: nothing is sent, nothing fails, the others go on."""
    from adapters.slack.client import web_client  # noqa: PLC0415

    community = InMemoryCommunity(clock=clock)
    await community.save(MIA, PLAN)
    await community.nudge(MIA, wanted=True)
    clock.pass_by(WEEK)
    slack.tokens.clear()
    client = web_client(settings_for(slack), None)
    nudger = Nudger(client, Installations.single(BOT_TOKEN), community, bot)
    assert await nudger.look() == 1
    assert not slack.sent


async def test_a_token_that_isnt_known_now_holds_up_an_hour(slack: SlackServer, bot: CareerBot, clock: Clock) -> None:
    """Slack can't say who the bot is: nothing is sent, no reminder is lost; then it is asked once for all of them."""
    from adapters.slack.client import web_client  # noqa: PLC0415

    community = InMemoryCommunity(clock=clock)
    for person in (MIA, f"{MIA}0"):
        await community.save(person, PLAN)
        await community.nudge(person, wanted=True)
    clock.pass_by(WEEK)
    slack.fail("auth.test", "internal_error", times=4)
    client = web_client(settings_for(slack), None)
    nudger = Nudger(client, Installations.single(BOT_TOKEN), community, bot)
    assert await nudger.look() == 2
    assert not slack.sent
    clock.pass_by(LATER)
    assert await nudger.look() == 2
    assert {message["channel"] for message in slack.sent} == {"DU1", "DU10"}
    assert len(slack.made("auth.test")) == 1


async def test_plans_and_the_queue_go_on_with_new_knowledge(
    slack: SlackServer, data_folder: Path, clock: Clock, community: InMemoryCommunity
) -> None:
    """A running bot changes to newly built knowledge and closes the old: Home, reminders and the queue use the new."""
    settings = Settings.model_construct(data=data_folder, content=(), affiliate_links={}, locale="en-GB",
                                        default_country="")  # fmt: skip
    source = editions(settings)
    first = await source.load()
    bot = CareerBot(first.understanding, load_intents(), first.desk, InMemory(), first.completion)
    async with over_http(slack, bot, community) as app:
        await bot.change(await source.load())
        await community.save(MIA, PLAN)
        await app.event(p.event({"type": "app_home_opened", "user": "U1", "channel": "DU1", "tab": "home"}))
        (published,) = await slack.called("views.publish")
        assert "1. " in shown(published.args["view"]["blocks"])
        await community.nudge(MIA, wanted=True)
        clock.pass_by(WEEK)
        assert await nudger_of(app).look() == 1
        assert "Next:" in shown(slack.sent[-1]["blocks"])
        await app.event(p.mention("what do code monkeys earn"))
        await slack.messages(2)
        await settled(app)
        queue = await run(app, slack, "misses", user=CURATOR)
        assert "code monkeys" in shown(queue["blocks"])
    await bot.close()


# the miss queue


async def test_a_curator_settles_a_miss_in_two_clicks_and_undoes_it(
    app: Http, slack: SlackServer, community: InMemoryCommunity
) -> None:
    """A member of the curating group picks and confirms; whoever isn't one is told so, at each step."""
    await app.event(p.mention("engineer pay"))
    (asked,) = await slack.messages()
    pick = element(asked["blocks"], "ask:0")
    chosen = {key: pick[key] for key in ("type", "action_id", "value")}
    stamp = asked["thread_ts"]
    await app.interaction(p.pressed(chosen, slack.response_url(), message_ts=stamp, thread_ts=stamp))
    await slack.messages(2)
    await settled(app)
    [group] = await community.misses(TEAM)
    assert (group.text, group.kinds) == ("engineer pay", ("picked",))
    refused = await run(app, slack, "misses")
    assert "administrators" in refused["text"]
    queue = await run(app, slack, "misses", user=CURATOR)
    menu = element(queue["blocks"], "miss:pick")
    assert menu["confirm"]["confirm"]["text"] == "Keep it"
    assert pick["text"]["text"] in menu["options"][0]["text"]["text"]
    no = await press(app, slack, choice(menu, menu["options"][0]))
    assert "administrators" in no["text"]
    kept = await press(app, slack, choice(menu, menu["options"][0]), CURATOR)
    assert "engineer pay" in shown(kept["blocks"])
    [decision] = await community.curations(TEAM)
    assert (decision.action, decision.by) == ("meaning", f"slack:user:T01:{CURATOR}")
    late = await press(app, slack, choice(menu, menu["options"][0]), CURATOR)
    assert "settled already" in late["text"]
    button = element(kept["blocks"], "miss:undo")
    undo = {key: button[key] for key in ("type", "action_id", "value")}
    undone = await press(app, slack, undo, CURATOR)
    assert "Undone" in undone["text"]
    assert await community.curations(TEAM) == []
    assert len(await community.misses(TEAM)) == 1


async def test_a_curator_says_it_in_words(app: Http, slack: SlackServer, community: InMemoryCommunity) -> None:
    """The modal brings the unknown name; what can't stand is told beside its field."""
    await app.event(p.mention("what do code monkeys earn"))
    await slack.messages()
    await settled(app)
    queue = await run(app, slack, "misses", user=CURATOR)
    button = element(queue["blocks"], "miss:words")
    words = {key: button[key] for key in ("type", "action_id", "value")}
    await app.interaction(p.pressed(words, slack.response_url(), user=CURATOR))
    (opened,) = await slack.called("views.open")
    view = opened.args["view"]
    assert element(view["blocks"], "name")["initial_value"] == "code monkeys"

    def filled(career: str, user: str = CURATOR) -> Json:
        values = {"careers": {"careers": {"value": career}}, "name": {"name": {"value": "code monkeys"}}}
        payload = p.submission("miss_words", values, user=user)
        payload["view"]["private_metadata"] = view["private_metadata"]
        return payload

    assert "no career" in (await app.interaction(filled("zzqx of nowhere")))["errors"]["careers"]
    await app.interaction(filled("Plumber", "U1"))
    refused = (await slack.called("views.update"))[-1]
    assert "administrators" in shown(refused.args["view"]["blocks"])
    assert await community.curations(TEAM) == []
    said = await app.interaction(filled("Plumber"))
    assert "Checking" in shown(said["view"]["blocks"])
    kept = (await slack.called("views.update", 2))[-1]
    assert "now means plumber" in shown(kept.args["view"]["blocks"])
    [decision] = await community.curations(TEAM)
    assert (decision.text, decision.target) == ("code monkeys", "plumber")
    assert "Nothing is waiting" in (await run(app, slack, "misses", user=CURATOR))["text"]


async def test_insights_are_for_curators_and_name_nobody(app: Http, slack: SlackServer) -> None:
    """By week, with careers' titles; whoever may not curate is told so."""
    await app.event(p.mention("What does a backend engineer earn in London?"))
    await slack.messages()
    await settled(app)
    assert "administrators" in (await run(app, slack, "insights"))["text"]
    told = await run(app, slack, "insights", "4", user=CURATOR)
    written = str(told["blocks"])
    for part in ("100.0%", "Backend Engineer", "London", "salary"):
        assert part in written
    assert "U1" not in written.replace("U1F", "")


# settings


async def test_settings_of_a_channel_and_who_changed_what(
    app: Http, slack: SlackServer, community: InMemoryCommunity
) -> None:
    """Everybody sees them; curators change them for the workspace or for the channel; changes are written down."""
    seen = await run(app, slack, "settings")
    assert "cooldown" in shown(seen["blocks"])
    assert "S0CURATORS" not in shown(seen["blocks"])
    await app.command(p.command("settings", "", slack.response_url(), user=CURATOR))
    (opened,) = await slack.called("views.open")
    view = opened.args["view"]
    assert "listening" in str(element(view["blocks"], "switches"))
    values: Json = {
        "where": {"where": {"selected_option": {"value": "channel"}}},
        "switches": {"switches": {"selected_options": [{"value": v} for v in ("private", "feedback", "keep_texts",
                                                                            "listening")]}},
        "language": {"language": {"value": ""}}, "country": {"country": {"value": "de"}},
        "currency": {"currency": {"value": "eur"}}, "cooldown": {"cooldown": {"value": "0"}},
        "people": {"people": {"selected_users": ["U5"]}}, "groups": {"groups": {"value": "S0CURATORS"}},
    }  # fmt: skip
    payload = p.submission("settings_view", values, user=CURATOR)
    payload["view"]["private_metadata"] = view["private_metadata"]
    assert "Saving" in shown((await app.interaction(payload))["view"]["blocks"])
    saved = (await slack.called("views.update"))[-1]
    assert "Saved." in shown(saved.args["view"]["blocks"])
    channel = "slack:channel:T01:C1"
    here, wide = await community.settings(TEAM, channel), await community.settings(TEAM)
    assert (here.country, here.currency, here.listening, here.curators) == ("DE", "EUR", True, ("U5", "S0CURATORS"))
    assert (wide.country, wide.listening, wide.curators) == ("", False, ("S0CURATORS",))
    await community.change_settings(TEAM, {"feedback": False}, by="test")
    assert not (await community.settings(TEAM, channel)).feedback
    history = await run(app, slack, "settings", "history", user=CURATOR)
    assert "country: – → DE" in shown(history["blocks"])
    assert CURATOR in shown(history["blocks"])
    values["currency"]["currency"]["value"] = "€"
    assert "currency" in (await app.interaction(payload))["errors"]
    values["currency"]["currency"]["value"] = "usd"
    payload["user"]["id"], payload["trigger_id"] = "U1", "another"
    await app.interaction(payload)
    refused = (await slack.called("views.update", 2))[-1]
    assert "administrators" in shown(refused.args["view"]["blocks"])
    assert (await community.settings(TEAM, channel)).currency == "EUR"


async def test_a_group_whose_members_slack_doesnt_tell_lets_nobody_in(app: Http, slack: SlackServer) -> None:
    """And it is asked again the next time."""
    slack.fail("usergroups.users.list", "missing_scope")
    assert "administrators" in (await run(app, slack, "misses", user=CURATOR))["text"]
    assert "Nothing is waiting" in (await run(app, slack, "misses", user=CURATOR))["text"]


# privacy


async def test_what_cant_be_deleted_or_read_now_is_said(
    app: Http, slack: SlackServer, community: InMemoryCommunity, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is away: no number, no claim; what to do instead."""

    async def nothing(*_: object) -> int:
        return -1

    async def error(*_: object) -> dict[str, object]:
        return {"error": "The community database can't be read just now. Try again in a minute."}

    monkeypatch.setattr(community, "delete", nothing)
    monkeypatch.setattr(community, "export", error)
    told = await press(app, slack, {"type": "button", "action_id": "home:delete", "value": "delete"})
    assert "nothing was deleted" in told["text"]
    assert "try again" in told["text"]
    assert "-1" not in str(told)
    told = await press(app, slack, {"type": "button", "action_id": "home:export", "value": "export"})
    assert "can't be read" in told["text"]
    await settled(app)
    assert not slack.made("files.completeUploadExternal")


async def test_a_workspace_that_left_is_deleted_as_soon_as_the_database_is_back() -> None:
    """It is tried again until it is done; the log says what is still to be deleted."""
    answers, slept = [-1, -1, 7], []

    class Away(InMemoryCommunity):
        async def delete_community(self, community: str) -> int:
            assert community == TEAM
            return answers.pop(0)

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    assert await forget_community(Away(), TEAM, sleep=sleep) == 7
    assert slept == [AGAIN_AFTER, AGAIN_AFTER]


async def test_no_words_of_anybody_reach_the_log(
    slack: SlackServer, bot: CareerBot, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Questions, commands and names that were typed: at no level, from no part, also where the store is locked."""
    secret = "zanzibarquux"
    async with sql_community(address(None, tmp_path), clock, busy=0.05) as store:
        await store.change_settings(TEAM, {"cooldown": 0, "keep_texts": True}, by="test")
        with everything_logged(caplog):
            async with over_http(slack, bot, store) as app:
                await _say_everything(app, slack, secret)
                with locked(tmp_path):
                    await _say_everything(app, slack, secret)
    assert "adapters.store" in str({one.name for one in caplog.records})
    assert betrays(caplog, secret) == []


async def _say_everything(app: Http, slack: SlackServer, secret: str) -> None:
    before = len(slack.sent)
    await app.event(p.mention(f"what does a {secret} earn in Leeds"))
    await app.event(p.direct(secret))
    await app.command(p.command("salary", secret, slack.response_url()))
    await slack.messages(before + 3)
    await settled(app)


# each event once


async def test_an_event_that_waits_longer_than_its_lease_is_answered_once(clock: Clock) -> None:
    """It was delivered to a busy replica and to a free one: whoever has room first answers it, and nobody else."""
    community, busy, answered = InMemoryCommunity(clock=clock), asyncio.Event(), []

    async def sleep(seconds: float) -> None:
        clock.pass_by(seconds)

    async def block() -> None:
        await busy.wait()

    async def answer() -> None:
        answered.append(clock.now)

    first, second = Work(community, sleep=sleep), Work(community, sleep=sleep)
    for number in range(AT_ONCE):
        first.start(f"before {number}", block)
    first.start("twice", answer)
    await asyncio.sleep(0)
    second.start("twice", answer)
    await second.idle()
    clock.pass_by(LEASE)
    busy.set()
    await first.idle()
    assert len(answered) == 1


async def test_an_event_whose_attempt_died_is_answered_by_the_one_who_waited(clock: Clock) -> None:
    """Claimed by a process that is gone: after the lease the other delivery is answered."""
    community, answered = InMemoryCommunity(clock=clock), []

    async def sleep(seconds: float) -> None:
        clock.pass_by(seconds)

    async def answer() -> None:
        answered.append(clock.now)

    assert await community.begin("e", lease=LEASE) == "new"
    work = Work(community, sleep=sleep)
    work.start("e", answer)
    await work.close()
    work.start("e", answer)
    await work.idle()
    assert len(answered) == 1
