"""The real discord.py client answers over real sockets: commands, completion, buttons, modals, messages."""

from __future__ import annotations

import tests.discord_import  # noqa: F401 - before anything that imports discord.py

# isort: split

import json
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.state import custom_id, unpacked
from bot.community_memory import InMemoryCommunity
from bot.core import CareerBot
from bot.quiz import QUESTIONS
from tests.discord_payloads import (
    CHANNEL,
    CURATORS,
    DIRECT,
    GUILD,
    MEMBER,
    NO_FILES,
    OWNER,
    THREAD,
    command,
    completing,
    direct,
    looked_up,
    message,
    pressed,
    said,
    submitted,
    thread,
    user,
)
from tests.discord_running import Running, running
from tests.discord_server import DiscordServer, buttons, is_layout, is_private, texts
from tests.discord_spec import walk

SALARY = {"career": "Data Engineer", "place": "Berlin"}
SPREAD = {"career": "Data Engineer", "place": "United States"}
"""A question whose answer has a chart and sources."""


class Remembering(InMemoryCommunity):
    """A community that also tells what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.questions: list[Any] = []
        self.opinions: list[Any] = []

    async def asked(self, asked: Any) -> bool:
        """Count a question."""
        self.questions.append(asked)
        return await super().asked(asked)

    async def opinion(self, opinion: Any) -> bool:
        """Keep an opinion."""
        self.opinions.append(opinion)
        return await super().opinion(opinion)


def forget(folder: Path) -> None:
    """Lose the digest of the commands that were sent."""
    next(folder.glob("discord-commands-*")).unlink()


@pytest.fixture
async def it(bot: CareerBot, tmp_path: Path) -> AsyncIterator[Running]:
    """A connected client; nobody has to wait between two questions."""
    community = Remembering()
    for place in (f"discord:guild:{GUILD}", f"discord:user:{MEMBER}"):
        await community.change_settings(place, {"cooldown": 0}, by="test")
    server = DiscordServer(threads=(thread(),))
    await server.start()
    async with running(bot, tmp_path, server=server, community=community) as it:
        yield it


async def test_a_slash_command_is_answered_privately_as_a_layout(it: Running) -> None:
    """`/salary` with its options gives the figure, to the person alone, with next questions to press."""
    (answer,) = await it.server.use(command("salary", SALARY))
    assert "Berlin" in texts(answer)
    assert "Data Engineer" in texts(answer)
    assert is_private(answer)
    assert is_layout(answer)
    pressable = buttons(it.server.shown(answer))
    assert {"Share to channel", "👍", "👎", "Why this answer?"} <= set(pressable)
    assert any(state.startswith("1a:") for state in pressable.values())


async def test_every_declared_command_exists_with_typed_described_localised_options(
    it: Running, bot: CareerBot
) -> None:
    """One upload; each intent's command has its options, required first, completed by kind, in several languages."""
    (upload,) = it.server.sent(r"/applications/\d+/commands", "PUT")
    sent = {one["name"]: one for one in upload.body}
    declared = [intent.command for intent in bot.intents if intent.command is not None]
    assert {one.name for one in declared} | {"ask", "quiz", "settings", "mydata"} <= set(sent)
    for one in declared:
        options = {option["name"]: option for option in sent[one.name].get("options", [])}
        assert set(options) == {option.name for option in one.options}
        for option in one.options:
            assert options[option.name]["description"] == option.help
            assert options[option.name].get("autocomplete", False) == (
                option.kind in ("career", "place", "skill", "topic")
            )
            assert options[option.name]["required"] == option.required
    for one in upload.body:
        assert one["contexts"] == [0, 1, 2], one["name"]
        assert one["integration_types"] == [0, 1], one["name"]
    assert sent["salary"]["name_localizations"]["de"] == "gehalt"
    assert [gap for one in upload.body for gap in unlocalised(one)] == []
    assert sent["Look up this career question"]["type"] == 3


def unlocalised(one: dict[str, Any], of: str = "") -> Iterator[str]:
    """What of a command and its options has no name or description in one of the bot's languages."""
    name = f"{of} {one['name']}".strip()
    for kind in ("name", "description") if one.get("description") else ("name",):
        missing = {"de", "fr", "es-ES", "es-419", "pt-BR"} - set(one.get(f"{kind}_localizations") or {})
        if missing:
            yield f"{kind} of {name}: {sorted(missing)}"
    for option in one.get("options") or []:
        yield from unlocalised(option, name)


async def test_commands_are_sent_again_only_when_their_definition_changed(bot: CareerBot, tmp_path: Path) -> None:
    """A second start of the same bot uploads nothing; a lost digest does."""
    server = DiscordServer()
    await server.start()
    for remembered, uploads in ((True, 1), (True, 1), (False, 2)):
        if not remembered:
            forget(tmp_path)
        async with running(bot, tmp_path, server=server, stop=False):
            assert len(server.sent(r"/applications/\d+/commands", "PUT")) == uploads
    await server.stop()


@pytest.mark.parametrize(("name", "option", "typed", "wanted"), [
    ("salary", "career", "data eng", "Data Engineer"), ("salary", "career", "electrcian", "Electrician"),
    ("salary", "place", "Berl", "Berlin"), ("compare", "careers", "Electrician, plumb", "Electrician, Plumber"),
])  # fmt: skip
async def test_completion_finds_names_also_mistyped_within_50_ms(
    it: Running, name: str, option: str, typed: str, wanted: str
) -> None:
    """Careers and places are completed, of several the last, at most 25, in under 50 ms of work.

    The work of both sides is counted, from the event to the choices, so that a busy machine doesn't fail it.
    """
    took = []
    for spaces in range(5):
        payload = completing(name, option, typed.replace(" ", "  " + " " * spaces) + "  " * spaces)
        started = time.thread_time()
        (answer,) = await it.server.use(payload)
        took.append(time.thread_time() - started)
    names = [choice["name"] for choice in answer.body["data"]["choices"]]
    assert wanted in names
    assert len(names) <= 25
    assert min(took) < 0.05, took


async def test_free_text_and_a_message_of_somebody_else_can_be_asked(it: Running) -> None:
    """/ask takes words; the context menu looks up a message, for the person who did so alone."""
    (answer,) = await it.server.use(command("ask", {"question": "how do I become an electrician?"}))
    assert "electrician" in texts(answer).lower()
    target = message("what does a nurse earn in Texas? <@123> @everyone", author=user(OWNER, "ben"))
    (answer,) = await it.server.use(looked_up(target, "Look up this career question"))
    assert "Texas" in texts(answer)
    assert is_private(answer)


async def test_buttons_and_notices_are_in_the_persons_language(it: Running) -> None:
    """Discord tells each person's language: labels, the word for a source and notices are in it."""
    (answer,) = await it.server.use(command("salary", SPREAD, locale="de"))
    shown = it.server.shown(answer)
    ids = buttons(shown)
    assert {"Im Kanal teilen", "Warum diese Antwort?"} <= set(ids)
    assert "-# Quelle: " in texts(answer)
    (thanks,) = await it.server.use(pressed(ids["👍"], shown, locale="fr"))
    assert texts(thanks) == "Merci !"
    (modal,) = await it.server.use(pressed(ids["👎"], shown, locale="es-ES"))
    assert modal.body["data"]["title"] == "¿Qué buscabas?"


async def test_a_suggestion_works_after_a_restart(bot: CareerBot, tmp_path: Path) -> None:
    """A button carries its question: a new process, with no memory of the message, answers it."""
    server = DiscordServer()
    await server.start()
    async with running(bot, tmp_path, server=server, stop=False) as it:
        (answer,) = await server.use(command("career", {"career": "Electrician"}))
        shown = server.shown(answer)
        state = next(state for state in buttons(shown).values() if state.startswith("1a:"))
    again = CareerBot(bot.understanding, bot.intents, bot.desk, InMemoryCommunity(), bot.completion)
    async with running(again, tmp_path, server=server) as it:
        (answer,) = await it.server.use(pressed(state, shown))
        assert "lectrician" in texts(answer)


async def test_more_than_five_next_questions_are_a_menu_that_works(it: Running) -> None:
    """Two answers offer more than a row of buttons holds: each option asks its question."""
    question = "what does a plumber earn in Texas? and how do I become an electrician?"
    (answer,) = await it.server.use(command("ask", {"question": question}))
    shown = it.server.shown(answer)
    (menu,) = [one for one in walk(shown["components"]) if one["type"] == 3]
    assert len(menu["options"]) > 5
    pick = next(option for option in menu["options"] if "electrician" in str(unpacked(option["value"])))
    (picked,) = await it.server.use(pressed(menu["custom_id"], shown, [pick["value"]]))
    assert "lectrician" in texts(picked)


async def test_a_question_too_long_for_a_button_is_found_by_its_digest(it: Running, bot: CareerBot) -> None:
    """What was offered in the conversation is remembered by digest; a forgotten one asks by its label."""
    says = "What does a data engineer earn in Berlin? " + " ".join(
        f"{number:x}{number * 7919:x}" for number in range(90)
    )
    state = custom_id("a", says, MEMBER)
    assert "#" in state
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "What is a nurse?", "custom_id": state}]}
    shown = message(components=[row], at=CHANNEL, guild_id=str(GUILD))
    (answer,) = await it.server.use(pressed(state, shown))
    assert "urse" in texts(answer)


async def test_the_quiz_goes_on_in_place_for_its_owner_alone(it: Running) -> None:
    """Eighteen presses change one message and end in careers; somebody else's press starts nothing in it."""
    (answer,) = await it.server.use(command("quiz"))
    shown = it.server.shown(answer)
    for number in range(len(QUESTIONS)):
        state = buttons(shown)["Yes" if number % 2 else "No"]
        (answer,) = await it.server.use(pressed(state, shown))
        assert answer.body["type"] == 7
        shown = it.server.shown(answer)
        assert ("Share to channel" in buttons(shown)) == (number == len(QUESTIONS) - 1)
    assert "Careers that fit" in texts(answer)
    (first,) = await it.server.use(command("quiz"))
    shown = it.server.shown(first)
    (other,) = await it.server.use(pressed(buttons(shown)["Yes"], shown, who=OWNER))
    assert other.body["type"] == 4


async def test_share_posts_the_answer_for_all_without_its_private_buttons(it: Running) -> None:
    """What is shared is the answer as it stood, who shared it, and the next questions; nobody is pinged."""
    (answer,) = await it.server.use(command("salary", SALARY))
    shown = it.server.shown(answer)
    (shared,) = await it.server.use(pressed("1x", shown))
    assert not is_private(shared)
    assert "Berlin" in texts(shared)
    assert f"Shared by <@{MEMBER}>" in texts(shared)
    assert all(state.startswith("1a:") for state in buttons(it.server.shown(shared)).values())
    assert shared.body["data"]["allowed_mentions"] == {"parse": []}


async def test_a_chart_is_a_picture_with_its_figures_as_alternative_text(it: Running) -> None:
    """The spread of a salary is an attached PNG, shown in the layout; screen readers get every figure of it."""
    (answer,) = await it.server.use(command("salary", SPREAD))
    galleries = [one for one in walk(answer.body["data"]["components"]) if one["type"] == 12]
    (item, *_) = galleries[0]["items"]
    name = item["media"]["url"].removeprefix("attachment://")
    assert answer.files[name].startswith(b"\x89PNG")
    assert "half earn less than (median): US$" in item["description"]
    assert "▇" not in texts(answer)


async def test_a_channel_without_attach_files_gets_bars_of_text(it: Running) -> None:
    """The same figures, drawn with characters: to commands, and to mentions whose picture is refused."""
    (answer,) = await it.server.use(command("salary", SPREAD) | {"app_permissions": NO_FILES})
    assert not answer.files
    assert "half earn less than (median)" in texts(answer)
    assert "▇" in texts(answer)
    denied = {"message": "Missing Permissions", "code": 50013}
    path = rf"/channels/{CHANNEL}/messages"
    it.server.fault("POST", f"{path}$", 403, denied, times=2)
    asked = said("what does a data engineer earn in the United States?", mentions=True)
    await it.server.gateway.dispatch("MESSAGE_CREATE", asked)
    await it.server.until(lambda: len(it.server.sent(path)) == 3)
    refused, _, sent = it.server.sent(path)
    assert refused.files
    assert not sent.files
    assert "▇" in texts(sent)


async def test_a_shared_chart_is_uploaded_again_or_told_in_words(it: Running) -> None:
    """Discord keeps pictures of private answers only for a while: the shared answer has its own, or the figures."""
    (answer,) = await it.server.use(command("salary", SPREAD))
    shown = it.server.shown(answer)
    (shared,) = await it.server.use(pressed("1x", shown))
    assert list(shared.files.values()) == list(answer.files.values())
    (bare,) = await it.server.use(pressed("1x", shown) | {"app_permissions": NO_FILES})
    it.server.pictures.clear()
    (gone,) = await it.server.use(pressed("1x", shown))
    for told in (bare, gone):
        assert not told.files
        assert "half earn less than (median)" in texts(told)


async def test_feedback_reaches_the_community_with_what_was_asked(it: Running) -> None:
    """👍 counts; 👎 asks what was looked for and counts with the words, also if the modal comes after a restart."""
    (answer,) = await it.server.use(command("salary", SALARY))
    shown = it.server.shown(answer)
    await it.server.use(pressed(buttons(shown)["👍"], shown))
    (modal,) = await it.server.use(pressed(buttons(shown)["👎"], shown))
    assert modal.body["type"] == 9
    name = modal.body["data"]["custom_id"]
    (thanks,) = await it.server.use(submitted(name, "comment", "what it pays part time"))
    assert is_private(thanks)
    community = it.community
    assert isinstance(community, Remembering)
    up, down = community.opinions
    assert (up.verdict, down.verdict, down.comment) == ("up", "down", "what it pays part time")
    assert up.intent == down.intent == "salary"
    assert up.careers == ("data-engineer",)


async def test_why_tells_which_words_were_taken_for_what(it: Running) -> None:
    """The explanation is private and names the career and place."""
    (answer,) = await it.server.use(command("ask", {"question": "data engineer pay in berlin"}))
    shown = it.server.shown(answer)
    (why,) = await it.server.use(pressed(buttons(shown)["Why this answer?"], shown))
    assert is_private(why)
    assert "Understood as: salary" in texts(why)
    assert "Berlin" in texts(why)


async def test_follow_ups_are_understood_and_their_buttons_stand_alone(it: Running) -> None:
    """A follow-up continues the conversation; its Why button asks in full, whatever comes after."""
    await it.server.use(command("ask", {"question": "what does a data engineer earn in Berlin?"}))
    (answer,) = await it.server.use(command("ask", {"question": "and in Paris?"}))
    assert "Paris" in texts(answer)
    state = buttons(it.server.shown(answer))["Why this answer?"]
    assert state == custom_id("w", "/salary Data Engineer, Paris")


async def test_mentions_replies_and_direct_messages_are_answered_and_nothing_else(it: Running) -> None:
    """Addressed messages get one reply that pings nobody; bots, webhooks and talk between people get none."""
    answer = await it.server.say(said("what does a data engineer earn in Berlin?", mentions=True))
    assert "Berlin" in texts(answer)
    assert int(answer.body["message_reference"]["channel_id"]) == CHANNEL
    assert answer.body["allowed_mentions"]["replied_user"] is False
    own = message("…", author=user(10**18, "careerbot", bot=True))
    reference = {"type": 0, "message_id": own["id"], "channel_id": str(CHANNEL)}
    reply = said("and in Paris?", type=19, referenced_message=own, message_reference=reference)
    assert "Paris" in texts(await it.server.say(reply))
    alone = message("how do I become an electrician?", at=DIRECT)
    assert "lectrician" in texts(await it.server.say(alone))
    count = len(it.server.requests)
    for silent in (
        said("what does a nurse earn?"),
        said("what does a nurse earn?", mentions=True) | {"author": user(77, "other", bot=True)},
        said("what does a nurse earn?", mentions=True) | {"webhook_id": "5"},
        said("what does a nurse earn?", mentions=True) | {"author": user(10**18, "careerbot", bot=True)},
        said("", mentions=True, type=7),
    ):
        await it.server.gateway.dispatch("MESSAGE_CREATE", silent)
    last = await it.server.say(said("what is a plumber", mentions=True))
    assert "lumber" in texts(last)
    assert len(it.server.requests) == count + 1


async def test_an_own_thread_without_readable_text_offers_a_way_to_ask(it: Running) -> None:
    """Discord withholds the text of what doesn't mention the bot: once, it says so, with a button that asks."""
    withheld = said("") | {"channel_id": str(THREAD)}
    hint = await it.server.say(withheld)
    assert "mention me" in texts(hint).lower()
    shown = it.server.shown(hint)
    (modal,) = await it.server.use(pressed(buttons(shown)["Ask"], shown, at=thread()))
    assert modal.body["type"] == 9
    (answer,) = await it.server.use(
        submitted(modal.body["data"]["custom_id"], "comment", "what is a plumber", at=thread())
    )
    assert "lumber" in texts(answer)
    assert not is_private(answer)
    named = said("what is a nurse", mentions=True) | {"channel_id": str(THREAD)}
    assert "urse" in texts(await it.server.say(named))


async def test_a_reply_whose_text_is_withheld_is_told_how_to_ask(it: Running) -> None:
    """With its “@” turned off a reply mentions nobody, and Discord withholds its text: said once, with a button."""
    own = message("…", author=user(10**18, "careerbot", bot=True))
    reference = {"type": 0, "message_id": own["id"], "channel_id": str(CHANNEL)}
    hint = await it.server.say(said("", type=19, referenced_message=own, message_reference=reference))
    assert "Ask" in buttons(it.server.shown(hint))
    again = said("", type=19, referenced_message=own, message_reference=reference)
    await it.server.gateway.dispatch("MESSAGE_CREATE", again)
    answer = await it.server.say(said("what is a plumber", mentions=True))
    assert "mention me" in texts(hint).lower()
    assert "lumber" in texts(answer)
    assert len(it.server.sent(rf"/channels/{CHANNEL}/messages")) == 2


async def test_a_thread_is_opened_from_an_answer(it: Running) -> None:
    """The button "Go on in a thread" opens one at the answer and says where it is."""
    answer = await it.server.say(said("what is a plumber", mentions=True))
    shown = it.server.shown(answer) | {"guild_id": str(GUILD), "channel_id": str(CHANNEL)}
    (told,) = await it.server.use(pressed(buttons(shown)["Go on in a thread"], shown))
    assert it.server.sent(r"/channels/\d+/messages/\d+/threads")
    assert f"<#{THREAD}>" in texts(told)


async def test_a_channel_that_is_listened_to_gets_sure_answers_only(it: Running) -> None:
    """Listening is off until a channel turns it on; then a sure question is answered and small talk is not."""
    await it.community.change_settings(
        f"discord:guild:{GUILD}", {"listening": True}, by="test", channel=f"discord:channel:{CHANNEL}"
    )
    await it.server.gateway.dispatch("MESSAGE_CREATE", said("lovely weather today, isn't it"))
    answer = await it.server.say(said("What does a data engineer earn in Berlin?"))
    assert "Berlin" in texts(answer)
    assert len(it.server.sent(rf"/channels/{CHANNEL}/messages")) == 1


async def test_an_app_installed_for_a_person_answers_in_any_private_channel(it: Running) -> None:
    """In direct messages with the bot nothing need be hidden; among other people's it is."""
    (alone,) = await it.server.use(command("salary", SALARY, in_guild=False))
    assert not is_private(alone)
    (guest,) = await it.server.use(command("salary", SALARY, in_guild=False, context=2, at=direct(DIRECT + 1, OWNER)))
    assert is_private(guest)


async def test_settings_are_shown_to_all_and_changed_by_those_who_may(it: Running) -> None:
    """Manage Server or a curator's role lets one change them; the check is made here, not by Discord's client."""
    (shown,) = await it.server.use(command("settings"))
    assert "cooldown" in texts(shown)
    (refused,) = await it.server.use(command("settings", {"private": False}))
    assert "curators" in texts(refused)
    manager = str((1 << 50) - 1)
    (changed,) = await it.server.use(command("settings", {"private": False, "country": "gb"}, permissions=manager))
    assert "Settings changed" in texts(changed)
    community = f"discord:guild:{GUILD}"
    settings = await it.community.settings(community)
    assert (settings.private, settings.country) == (False, "GB")
    (public,) = await it.server.use(command("salary", SALARY))
    assert not is_private(public)
    (bad,) = await it.server.use(command("settings", {"country": "1"}, permissions=manager))
    assert "Settings changed" not in texts(bad)
    await it.community.change_settings(community, {"curators": [f"discord:role:{CURATORS}"]}, by="test")
    (curated,) = await it.server.use(command("settings", {"private": True}, roles=(CURATORS,)))
    assert "Settings changed" in texts(curated)
    (listening,) = await it.server.use(command("settings", {"listening": True}, roles=(CURATORS,)))
    assert "Message Content Intent" in texts(listening)
    assert (await it.community.settings(community, f"discord:channel:{CHANNEL}")).listening
    assert not (await it.community.settings(community)).listening


async def test_people_get_and_delete_what_is_kept_about_them(it: Running) -> None:
    """The export is a private file; deleting asks once more, and only its owner's press does it."""
    await it.server.use(command("salary", SALARY))
    (export,) = await it.server.use(
        command("mydata") | {"data": {"id": "1", "name": "mydata", "type": 1, "options": [
            {"name": "export", "type": 1, "options": []}]}}
    )  # fmt: skip
    assert is_private(export)
    assert isinstance(json.loads(export.files["careerbot-mydata.json"]), dict)
    (asked,) = await it.server.use(
        command("mydata") | {"data": {"id": "1", "name": "mydata", "type": 1, "options": [
            {"name": "delete", "type": 1, "options": []}]}}
    )  # fmt: skip
    shown = it.server.shown(asked)
    state = buttons(shown)["Delete all of it"]
    (refused,) = await it.server.use(pressed(state, shown, who=OWNER))
    assert "isn’t yours" in texts(refused)
    (done,) = await it.server.use(pressed(state, shown))
    assert "Deleted records" in texts(done)


async def test_questions_are_counted_with_their_outcome(it: Running) -> None:
    """What was answered and what wasn't understood reaches the community, the words only as typed there."""
    await it.server.use(command("salary", SALARY))
    await it.server.use(command("ask", {"question": "qwxz plmk vvvt"}, who=OWNER))
    community = it.community
    assert isinstance(community, Remembering)
    assert await it.client.work.finish(5)
    assert [one.outcome for one in community.questions] == ["answered", "not understood"]
    assert community.questions[0].person == f"discord:user:{MEMBER}"
    assert community.questions[0].careers == ("data-engineer",)


@pytest.mark.parametrize("locale", ["en-GB", "de", "es-ES"])
async def test_an_answer_that_failed_is_counted_as_such_in_any_language(
    it: Running, bot: CareerBot, monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    """The apology is in the person's language, and no answer."""

    async def broken(*_: object) -> Any:
        raise RuntimeError("broken")

    intents = {name: replace(intent, answer=broken) for name, intent in bot._by_name.items()}
    monkeypatch.setattr(bot, "_by_name", intents)
    await it.server.use(command("salary", SALARY, locale=locale))
    assert isinstance(it.community, Remembering)
    assert await it.client.work.finish(5)
    assert [one.outcome for one in it.community.questions] == ["failed"]


async def test_nothing_typed_marks_up_mentions_or_links(it: Running) -> None:
    """A question full of markup comes back escaped, in a message that may mention nobody."""
    nasty = "@everyone <@1> **x** [a](https://evil.example) `c` discord.gg/abc"
    (answer,) = await it.server.use(command("career", {"career": nasty}))
    for one in walk(answer.body["data"]["components"]):
        shown = one.get("content", "")
        assert "@everyone" not in shown
        assert "<@" not in shown.replace("\\<@", "")
        assert "](https" not in shown
    assert answer.body["data"]["allowed_mentions"] == {"parse": []}


async def test_a_long_answer_is_turned_in_place_by_its_owner(
    it: Running, bot: CareerBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page has buttons to the next; the owner's press changes it in place, another's shows it to them alone."""
    monkeypatch.setattr("adapters.discord.render.ROOM_TEXT", 500)
    (answer,) = await it.server.use(command("career", {"career": "Electrician"}))
    shown = it.server.shown(answer)
    first, (after) = texts(answer), buttons(shown)["▶"]
    (second,) = await it.server.use(pressed(after, shown))
    assert second.body["type"] == 7
    assert texts(second) != first
    assert second.body["data"]["attachments"] == []
    (other,) = await it.server.use(pressed(after, shown, who=OWNER))
    assert other.body["type"] == 4
    assert is_private(other)
    assert texts(other) == texts(second)
