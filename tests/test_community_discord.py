"""Plans, weekly reminders, the miss queue, insights and settings on Discord: the real client over real sockets."""

from __future__ import annotations

import tests.discord_import  # noqa: F401 - before anything that imports discord.py

# isort: split

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from adapters.compose import editions
from adapters.discord.nudges import Nudger
from adapters.reminders import EVERY, LATER
from adapters.settings import Settings
from adapters.store.opening import address
from bot.community import Saved
from bot.community_members import WEEK
from bot.community_memory import InMemoryCommunity
from bot.core import CareerBot
from bot.intents import load_intents
from bot.memory import InMemory
from tests.communities import Clock, betrays, everything_logged, locked, sql_community
from tests.discord_payloads import CURATORS, DIRECT, GUILD, MEMBER, OWNER, command, message, pressed, submitted
from tests.discord_running import Running, running
from tests.discord_server import Request, buttons, is_private, texts
from tests.discord_spec import walk

COMMUNITY, PERSON = f"discord:guild:{GUILD}", f"discord:user:{MEMBER}"
PLAN = Saved(kind="path", ident="plumber", title="Plumber", steps=3, done=(1,))
DMS = rf"/channels/{DIRECT + MEMBER % 1000}/messages"


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until told."""
    return Clock()


@pytest.fixture
async def it(bot: CareerBot, tmp_path: Path, clock: Clock) -> AsyncIterator[Running]:
    """A connected client over a community with curators that lets texts be kept; nobody has to wait."""
    community = InMemoryCommunity(clock=clock)
    wide = {"cooldown": 0, "keep_texts": True, "curators": [f"discord:role:{CURATORS}"]}
    await community.change_settings(COMMUNITY, wide, by="test")
    await community.change_settings(PERSON, {"cooldown": 0}, by="test")
    async with running(bot, tmp_path, community=community) as it:
        yield it


def options(request: Request) -> list[dict[str, Any]]:
    """The options of the menus of a message."""
    components = request.body.get("data", request.body)["components"]
    return [option for one in walk(components) if one["type"] == 3 for option in one["options"]]


def menu(shown: dict[str, Any]) -> str:
    """The menu of a message."""
    return next(one["custom_id"] for one in walk(shown["components"]) if one["type"] == 3)


# plans


async def test_a_career_its_path_and_a_course_are_saved_from_under_an_answer(it: Running) -> None:
    """“Save …” asks what; the plan's steps are ticked off; what is ticked off stays when it is saved again."""
    (answer,) = await it.server.use(command("path", {"career": "Data Engineer"}))
    save = buttons(it.server.shown(answer))["Save …"]
    (offer,) = await it.server.use(pressed(save, it.server.shown(answer)))
    assert is_private(offer)
    offered = {option["value"]: option["label"] for option in options(offer)}
    assert offered["p:data-engineer"] == "How to become a data engineer"
    course = next(value for value in offered if value.startswith("o:"))
    shown = it.server.shown(offer)
    (board,) = await it.server.use(pressed(menu(shown), shown, ["a:data-engineer", "p:data-engineer", course]))
    assert "Saved." in texts(board)
    saved = {one.kind: one for one in await it.community.saved(PERSON)}
    assert set(saved) == {"career", "path", "course"}
    steps = saved["path"].steps
    assert steps > 1
    (detail,) = await it.server.use(pressed("1f", it.server.shown(board), ["p:data-engineer"]))
    assert f"0 of {steps} steps done" in texts(detail)
    (ticked,) = await it.server.use(pressed("1g:p:data-engineer", it.server.shown(detail), ["1", "2"]))
    assert f"2 of {steps} steps done" in texts(ticked)
    assert [option["value"] for option in options(ticked) if option.get("default")] == ["1", "2"]
    await it.server.use(pressed(menu(shown), shown, ["p:data-engineer"]))
    assert next(one for one in await it.community.saved(PERSON) if one.kind == "path").done == (1, 2)
    (back,) = await it.server.use(pressed("1i", it.server.shown(ticked)))
    (one,) = await it.server.use(pressed("1f", it.server.shown(back), [course]))
    (dropped,) = await it.server.use(pressed(f"1h:{course}", it.server.shown(one)))
    assert "Taken off." in texts(dropped)
    (mine,) = await it.server.use(command("plans"))
    assert "How to become a data engineer" in texts(mine)
    (others,) = await it.server.use(command("plans", who=OWNER))
    assert "Nothing yet" in texts(others)


async def test_plans_are_in_the_persons_language(it: Running) -> None:
    """Boards, menus, buttons and notices of plans are in the language that the person has set in Discord."""
    await it.community.save(PERSON, PLAN)
    (board,) = await it.server.use(command("plans", locale="de"))
    shown = it.server.shown(board)
    assert "Was du dir gemerkt hast" in texts(board)
    assert "1 von 3 Schritten erledigt" in texts(board)
    assert "„plumber“" in texts(board)  # titles are English; their article isn't said in another language
    (on,) = await it.server.use(pressed(buttons(shown)["Erinnere mich einmal pro Woche"], shown, locale="fr"))
    assert "Une fois par semaine" in texts(on)
    (one,) = await it.server.use(pressed("1f", shown, ["p:plumber"], locale="pt-BR"))
    assert {"Voltar", "Tirar"} <= set(buttons(it.server.shown(one)))
    (board,) = await it.server.use(command("plans", locale="es-ES"))
    shown = it.server.shown(board)
    (ended,) = await it.server.use(pressed(buttons(shown)["Dejar los recordatorios"], shown, locale="es-ES"))
    assert "ya no te lo recordaré" in texts(ended)
    (answer,) = await it.server.use(command("salary", {"career": "Plumber"}, locale="pt-BR"))
    shown = it.server.shown(answer)
    (offer,) = await it.server.use(pressed(buttons(shown)["Salvar …"], shown, locale="pt-BR"))
    assert "Salvar algo de **Plumber**" in texts(offer)


async def test_what_cant_be_saved_is_said(it: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is away: saving, ticking, thumbs, the export and deleting say so, and claim nothing."""

    async def refused(*_: object, **__: object) -> bool:
        return False

    async def nothing(*_: object) -> int:
        return -1

    async def error(*_: object) -> dict[str, object]:
        return {"error": "The community database can't be read just now. Try again in a minute."}

    await it.community.save(PERSON, PLAN)
    (answer,) = await it.server.use(command("salary", {"career": "Plumber"}))
    under = it.server.shown(answer)
    (offered,) = await it.server.use(pressed("1b:plumber", under))
    (asked,) = await it.server.use(command("plans"))
    board = it.server.shown(asked)
    (one,) = await it.server.use(pressed("1f", board, ["p:plumber"]))
    plan = it.server.shown(one)
    (asked,) = await it.server.use(command("mydata") | _subcommand("delete"))
    forgetting = it.server.shown(asked)
    for name in ("save", "unsave", "opinion", "nudge"):
        monkeypatch.setattr(it.community, name, refused)
    monkeypatch.setattr(it.community, "delete", nothing)
    monkeypatch.setattr(it.community, "export", error)
    for custom_id, shown, values in (
        ("1e:plumber", it.server.shown(offered), ["a:plumber"]), ("1g:p:plumber", plan, ["1", "2"]),
        ("1h:p:plumber", plan, None), ("1rn", board, None), (buttons(under)["👍"], under, None),
    ):  # fmt: skip
        (told,) = await it.server.use(pressed(custom_id, shown, values))
        assert "can’t" in texts(told), custom_id
    (told,) = await it.server.use(pressed(buttons(forgetting)["Delete all of it"], forgetting))
    assert "nothing was deleted" in texts(told)
    assert "-1" not in texts(told)
    (told,) = await it.server.use(command("mydata") | _subcommand("export"))
    assert "can't be read" in texts(told)
    assert not told.files


def _subcommand(name: str) -> dict[str, Any]:
    return {"data": {"id": "1", "name": "mydata", "type": 1, "options": [{"name": name, "type": 1, "options": []}]}}


# the weekly reminder


async def test_a_reminder_is_off_until_wanted_comes_weekly_and_ends_by_its_button(it: Running, clock: Clock) -> None:
    """A direct message with the plan's next step and a way out, which works in the direct message itself."""
    await it.community.save(PERSON, PLAN)
    clock.pass_by(WEEK)
    assert await it.client.nudger.look() == 0
    (board,) = await it.server.use(command("plans"))
    shown = it.server.shown(board)
    (on,) = await it.server.use(pressed(buttons(shown)["Remind me once a week"], shown))
    assert "Once a week" in texts(on)
    clock.pass_by(WEEK - 1)
    assert await it.client.nudger.look() == 0
    clock.pass_by(1)
    assert await it.client.nudger.look() == 1
    assert await it.client.nudger.look() == 0
    [sent] = it.server.sent(DMS)
    assert "How to become a plumber" in texts(sent)
    assert "1 of 3 steps done. Next:" in texts(sent)
    assert "write “stop reminders”" in texts(sent)
    stop = buttons(it.server.shown(sent))["Stop reminders"]
    (ended,) = await it.server.use(pressed(stop, it.server.shown(sent), in_guild=False))
    assert "won’t remind you" in texts(ended)
    clock.pass_by(WEEK)
    assert await it.client.nudger.look() == 0
    assert len(it.server.sent(DMS)) == 1


async def test_a_reminder_ends_by_a_word_and_the_word_means_nothing_otherwise(it: Running, clock: Clock) -> None:
    """“Stop reminders!” typed to the bot; without a reminder the same words are a message like any other."""
    await it.community.nudge(PERSON, wanted=True)
    told = await it.server.say(message("Stop reminders!", at=DIRECT))
    assert "won’t remind you" in texts(told)
    assert not await it.community.nudged(PERSON)
    other = await it.server.say(message("stop reminders", at=DIRECT))
    assert "won’t remind you" not in texts(other)


@pytest.mark.parametrize("code", [403, 404])
async def test_closed_direct_messages_turn_the_reminder_off(
    it: Running, clock: Clock, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    """Discord refuses the message: the person isn't tried week after week, and the others get theirs."""
    caplog.set_level(logging.INFO, "adapters.discord.nudges")
    other = f"discord:user:{OWNER + 1}"
    for person in (PERSON, other):
        await it.community.save(person, PLAN)
        await it.community.nudge(person, wanted=True)
    it.server.fault("POST", DMS, code, {"message": "Cannot send messages to this user", "code": 50007})
    clock.pass_by(WEEK)
    assert await it.client.nudger.look() == 2
    assert not await it.community.nudged(PERSON)
    assert await it.community.nudged(other)
    assert len(it.server.sent(rf"/channels/{DIRECT + 1}/messages")) == 1
    assert "turned off" in caplog.text
    assert "lumber" not in caplog.text


async def test_a_reminder_that_discord_didnt_take_is_tried_again(it: Running, clock: Clock) -> None:
    """A refusal that is none of the person's: an hour later it is due again; a stop in between holds."""
    await it.community.save(PERSON, PLAN)
    await it.community.nudge(PERSON, wanted=True)
    clock.pass_by(WEEK)
    it.server.fault("POST", DMS, 400, {"message": "Try later", "code": 0})
    assert await it.client.nudger.look() == 1
    assert await it.client.nudger.look() == 0
    clock.pass_by(LATER)
    assert await it.client.nudger.look() == 1
    assert [one.status for one in it.server.sent(DMS)] == [400, 200]


async def test_a_reminder_whose_fate_isnt_known_isnt_sent_twice(it: Running, clock: Clock) -> None:
    """The connection broke after it was sent: none is better than two, the next one comes in a week."""
    await it.community.save(PERSON, PLAN)
    await it.community.nudge(PERSON, wanted=True)
    clock.pass_by(WEEK)
    it.server.fault("POST", DMS, None, times=5)
    assert await it.client.nudger.look() == 1
    it.server.faults.clear()
    clock.pass_by(LATER)
    assert await it.client.nudger.look() == 0
    clock.pass_by(WEEK)
    assert await it.client.nudger.look() == 1


async def test_two_processes_send_each_reminder_once(it: Running, clock: Clock, tmp_path: Path) -> None:
    """40 people, two processes on one database that look at the same time, again and again: one message each."""
    url = address(None, tmp_path / "shared")
    (tmp_path / "shared").mkdir()
    async with sql_community(url, clock) as one, sql_community(url, clock) as two:
        for number in range(40):
            await one.save(f"discord:user:{10**18 + number}", PLAN)
            await one.nudge(f"discord:user:{10**18 + number}", wanted=True)
        clock.pass_by(WEEK)
        both = [Nudger(it.client, store, it.client.answers.bot) for store in (one, two)]
        for _ in range(2):
            await asyncio.gather(*(nudger.look() for nudger in both))
    sent = [request.path for request in it.server.sent(r"/channels/\d+/messages")]
    assert len(sent) == 40
    assert len(set(sent)) == 40


async def test_the_sender_looks_from_time_to_time_and_outlives_a_fault(it: Running, clock: Clock) -> None:
    """With an injected sleep: a look that fails is logged and the next one goes on."""
    looked: list[float] = []

    class Failing(InMemoryCommunity):
        async def due_nudges(self, platform: str, *, limit: int = 100) -> Any:
            assert limit
            looked.append(clock.now)
            raise RuntimeError(platform)

    async def sleep(seconds: float) -> None:
        assert seconds == EVERY
        if len(looked) == 3:
            raise asyncio.CancelledError
        clock.pass_by(seconds)

    nudger = Nudger(it.client, Failing(clock=clock), it.client.answers.bot, sleep=sleep)
    with pytest.raises(asyncio.CancelledError):
        await nudger.run()
    assert [round(after - looked[0]) for after in looked] == [0, 300, 600]


async def test_plans_and_the_queue_go_on_with_new_knowledge(data_folder: Path, tmp_path: Path, clock: Clock) -> None:
    """A running bot changes to newly built knowledge and closes the old: plans, reminders and the queue use the new."""
    settings = Settings.model_construct(data=data_folder, content=(), affiliate_links={}, locale="en-GB",
                                        default_country="")  # fmt: skip
    source = editions(settings)
    first = await source.load()
    bot = CareerBot(first.understanding, load_intents(), first.desk, InMemory(), first.completion)
    community = InMemoryCommunity(clock=clock)
    await community.change_settings(COMMUNITY, {"cooldown": 0, "curators": [f"discord:role:{CURATORS}"]}, by="test")
    await community.save(PERSON, PLAN)
    async with running(bot, tmp_path, community=community) as it:
        await bot.change(await source.load())
        (board,) = await it.server.use(command("plans"))
        (opened,) = await it.server.use(pressed("1f", it.server.shown(board), ["p:plumber"]))
        assert "of 3 steps done" in texts(opened)
        (answer,) = await it.server.use(command("salary", {"career": "Plumber"}))
        (offered,) = await it.server.use(pressed("1b:plumber", it.server.shown(answer)))
        assert options(offered)
        await community.nudge(PERSON, wanted=True)
        clock.pass_by(WEEK)
        assert await it.client.nudger.look() == 1
        assert len(it.server.sent(DMS)) == 1
    await bot.close()


# the miss queue


async def test_a_curator_settles_a_miss_in_two_clicks_and_undoes_it(it: Running) -> None:
    """The queue shows the commonest group; picking and keeping are two clicks; it is in force, and gone when undone."""
    for question in ("what do code monkeys earn", "What do code monkeys earn?"):
        await it.server.use(command("ask", {"question": question}))
    await it.client.work.finish(5)
    it.client.work.accepting = True
    (refused,) = await it.server.use(command("misses"))
    assert "for those who may manage" in texts(refused)
    (queue,) = await it.server.use(command("misses", roles=(CURATORS,)))
    assert is_private(queue)
    assert "what do code monkeys earn" in texts(queue).lower()
    shown = it.server.shown(queue)
    (words,) = await it.server.use(pressed(buttons(shown)["Say it in words"], shown, roles=(CURATORS,)))
    assert words.body["type"] == 9
    miss = buttons(shown)["Say it in words"].partition(":")[2]
    fields = _modal(f"1cm:{miss}", name="code monkeys", careers="Plumber", intent="")
    (kept,) = await it.server.use(fields | {"member": command("x", roles=(CURATORS,))["member"]})
    assert "“code monkeys” now means plumber" in texts(kept)
    [decision] = await it.community.curations(COMMUNITY)
    assert (decision.action, decision.target, decision.by) == ("alias", "plumber", PERSON)
    assert await it.community.misses(COMMUNITY) == []
    undo = buttons(it.server.shown(kept))["Undo"]
    (no,) = await it.server.use(pressed(undo, it.server.shown(kept)))
    assert "for those who may manage" in texts(no)
    (undone,) = await it.server.use(pressed(undo, it.server.shown(kept), roles=(CURATORS,)))
    assert "Undone" in texts(undone)
    assert await it.community.curations(COMMUNITY) == []
    assert len(await it.community.misses(COMMUNITY)) == 1


async def test_a_pick_of_did_you_mean_is_proposed_and_kept(it: Running) -> None:
    """Whoever picks a reading tells the curators what the words mean: one click to pick it, one to keep it."""
    (asked,) = await it.server.use(command("ask", {"question": "engineer pay"}))
    shown = it.server.shown(asked)
    label, pick = next((name, one) for name, one in buttons(shown).items() if one.startswith("1a:"))
    await it.server.use(pressed(pick, shown))
    await it.client.work.finish(5)
    it.client.work.accepting = True
    [group] = await it.community.misses(COMMUNITY)
    assert (group.text, group.kinds) == ("engineer pay", ("picked",))
    assert group.suggested is not None
    (queue,) = await it.server.use(command("misses", roles=(CURATORS,)))
    proposal = options(queue)[0]
    assert label in proposal["label"]
    shown = it.server.shown(queue)
    (confirm,) = await it.server.use(pressed(menu(shown), shown, [proposal["value"]], roles=(CURATORS,)))
    assert "settles 1" in texts(confirm)
    keep = buttons(it.server.shown(confirm))["Keep it"]
    (kept,) = await it.server.use(pressed(keep, it.server.shown(confirm), roles=(CURATORS,)))
    assert "Kept" in texts(kept)
    [decision] = await it.community.curations(COMMUNITY)
    assert (decision.action, decision.text, decision.intent) == ("meaning", "engineer pay", group.suggested[0])
    (late,) = await it.server.use(pressed(keep, it.server.shown(confirm), roles=(CURATORS,)))
    assert "settled already" in texts(late)


async def test_what_a_curator_says_is_checked(it: Running) -> None:
    """A clash, an unknown career and a dismissal: told in words, and nothing else is changed."""
    await it.server.use(command("ask", {"question": "what do code monkeys earn"}))
    await it.client.work.finish(5)
    it.client.work.accepting = True
    [group] = await it.community.misses(COMMUNITY)
    curator = {"member": command("x", roles=(CURATORS,))["member"]}
    for fields, said in (
        ({"name": "leeds", "careers": "Plumber"}, "already means the place"),
        ({"name": "quux", "careers": "zzqx of nowhere"}, "no career"),
        ({"name": "quux", "careers": "Plumber, Electrician"}, "the one career"),
        ({"name": "", "careers": "Plumber", "intent": "wages"}, "no intent"),
    ):
        (told,) = await it.server.use(_modal(f"1cm:{group.ident}", **({"intent": ""} | fields)) | curator)
        assert said in texts(told).replace("\\", "")
    assert await it.community.curations(COMMUNITY) == []
    (queue,) = await it.server.use(command("misses", roles=(CURATORS,)))
    shown = it.server.shown(queue)
    (confirm,) = await it.server.use(pressed(menu(shown), shown, ["d"], roles=(CURATORS,)))
    keep = buttons(it.server.shown(confirm))["Keep it"]
    (kept,) = await it.server.use(pressed(keep, it.server.shown(confirm), roles=(CURATORS,)))
    assert "nothing is to be done" in texts(kept)
    (empty,) = await it.server.use(command("misses", roles=(CURATORS,)))
    assert "Nothing is waiting" in texts(empty)


def _modal(custom_id: str, **fields: str) -> dict[str, Any]:
    sent = submitted(custom_id, "name", "")
    sent["data"]["components"] = [
        {"type": 18, "id": at, "component": {"type": 4, "id": at + 9, "custom_id": name, "value": value}}
        for at, (name, value) in enumerate(fields.items(), 1)
    ]
    return sent


# insights and settings


async def test_insights_are_for_curators_and_name_nobody(it: Running) -> None:
    """By week, with careers' titles and places; whoever may not curate is told so."""
    await it.server.use(command("salary", {"career": "Data Engineer", "place": "Berlin"}))
    await it.client.work.finish(5)
    it.client.work.accepting = True
    (refused,) = await it.server.use(command("insights"))
    assert "for those who may manage" in texts(refused)
    (told,) = await it.server.use(command("insights", roles=(CURATORS,)))
    assert is_private(told)
    for part in ("1 question in 1 week", "100.0%", "Data Engineer", "Berlin", "salary"):
        assert part in texts(told)
    assert str(MEMBER) not in texts(told)


async def test_curators_are_named_as_mentions_and_changes_are_written_down(it: Running) -> None:
    """`/settings curators` takes roles and people; its history is for those who may change settings."""
    manager = str((1 << 50) - 1)
    given = {"curators": f"<@&{CURATORS}> <@{OWNER}>", "history": True}
    (changed,) = await it.server.use(command("settings", given, permissions=manager))
    assert (await it.community.settings(COMMUNITY)).curators == (
        f"discord:role:{CURATORS}", f"discord:user:{OWNER}",
    )  # fmt: skip
    assert f"<@{MEMBER}>: curators" in texts(changed)
    (refused,) = await it.server.use(command("settings", {"history": True}))
    assert "changed by those" in texts(refused)
    (none,) = await it.server.use(command("settings", {"curators": "-"}, permissions=manager))
    assert "Settings changed" in texts(none)
    assert (await it.community.settings(COMMUNITY)).curators == ()


async def test_no_words_of_anybody_reach_the_log(
    bot: CareerBot, tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """Questions, comments and names that were typed: at no level, from no part, also where the store is locked."""
    secret = "zanzibarquux"
    async with sql_community(address(None, tmp_path), clock, busy=0.05) as store:
        await store.change_settings(COMMUNITY, {"cooldown": 0, "keep_texts": True}, by="test")
        with everything_logged(caplog):
            async with running(bot, tmp_path, community=store) as it:  # type: ignore[arg-type]
                await _say_everything(it, secret)
                with locked(tmp_path):
                    await _say_everything(it, secret)
                await it.client.work.finish(5)
    assert "adapters.store" in str({one.name for one in caplog.records})
    assert betrays(caplog, secret) == []


async def _say_everything(it: Running, secret: str) -> None:
    (answer,) = await it.server.use(command("ask", {"question": f"what does a {secret} earn in Leeds"}))
    await it.server.use(command("career", {"career": secret}))
    await it.server.say(message(f"{secret} please", at=DIRECT))
    await it.server.use(submitted("1m:=salary nurse", "comment", secret))
    await it.server.use(_modal("1cm:1", name=secret, careers=secret, intent=secret))
    assert answer.status == 200
