"""The real slack-bolt app over real sockets against a local Slack, over both transports."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.community_memory import InMemoryCommunity
from bot.core import CareerBot
from tests import slack_payloads as p
from tests.slack_app import Http, Transport, eventually, over_http, over_socket
from tests.slack_blocks import shown, walk
from tests.slack_server import SlackServer

Json = dict[str, Any]


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


def button(message: Json, label: str) -> Json:
    """A button of a message, as Slack sends it when it is pressed."""
    found = [one for one in walk(message["blocks"]) if one.get("type") == "button" and one["text"]["text"] == label]
    return {key: found[0][key] for key in ("type", "action_id", "value")}


async def test_a_mention_is_answered_once_in_its_thread(app: Transport, slack: SlackServer) -> None:
    """A mention gets its answer under the message that asked, with text for notifications and without unfurling."""
    asked = p.mention("What does a backend engineer earn in London?")
    await app.event(asked)
    (message,) = await slack.messages()
    assert message["method"] == "chat.postMessage"
    assert message["thread_ts"] == asked["event"]["ts"]
    assert message["channel"] == "C1"
    assert message["unfurl_links"] is False
    assert "London" in message["text"]
    assert "Backend" in shown(message["blocks"])


async def test_a_mention_in_a_thread_can_do_what_a_command_does(app: Transport, slack: SlackServer) -> None:
    """Slash commands don't run in threads: "salary backend london" and "/compare …" work as mentions there."""
    await app.event(p.mention("salary backend london", thread="1.1", user="U1"))
    await app.event(p.mention("/compare nurse, electrician", thread="1.1", user="U2"))
    messages = await slack.messages(2)
    assert {message["thread_ts"] for message in messages} == {"1.1"}
    written = " ".join(shown(message["blocks"]) for message in messages)
    assert "London" in written
    assert "Electrician" in written


async def test_every_command_works_as_a_mention(app: Transport, slack: SlackServer, bot: CareerBot) -> None:
    """In a thread, each declared command can be written after a mention, those of curators and administrators too."""
    from adapters.slack.declared import slash_commands  # noqa: PLC0415

    names = [one.name for one in slash_commands(bot.intents)]
    for number, name in enumerate(names):
        said = f"/{name} " + ("" if name == "mydata" else "nurse, electrician")
        await app.event(p.mention(said, thread="1.1", user=f"U{number}"))
    messages = await slack.messages(len(names))
    assert {message["thread_ts"] for message in messages} == {"1.1"}
    assert not any("I don’t know that one" in message["text"] for message in messages)
    private = [message for message in messages if message["method"] == "chat.postEphemeral"]
    (mine,) = [message for message in private if "home:export" in str(message["blocks"])]
    told = [message["text"] for message in private if message is not mine]
    assert len(told) == 3
    assert sum("curators" in text for text in told) == 2, told  # whoever isn't one is told so
    assert any("Settings" in text for text in told), told


async def test_administrators_mention_the_bot_for_settings_queue_and_insights(
    app: Transport, slack: SlackServer, bot: CareerBot
) -> None:
    """Where slash commands don't run, a mention shows settings with a button to change them, the queue and insights."""
    slack.admins.add("U1")
    for said in ("/settings", "/misses", "/insights 4"):
        await app.event(p.mention(said, thread="1.1", user="U1"))
    shown = str([message["blocks"] for message in await slack.messages(3)])
    assert "home:settings" in shown
    assert "Nothing is waiting" in shown or "aren’t kept" in shown or "kept" in shown
    assert all(message["method"] == "chat.postEphemeral" for message in slack.sent)


async def test_a_thread_remembers_what_it_is_about(app: Transport, slack: SlackServer) -> None:
    """A follow-up under the answer to a mention continues that conversation."""
    asked = p.mention("What does a backend engineer earn in London?")
    await app.event(asked)
    await slack.messages()
    await app.event(p.mention("and in Berlin?", thread=asked["event"]["ts"], user="U1"))
    await slack.messages(2)
    texts = [message["text"] for message in slack.sent]
    assert "Berlin" in texts[1] or "One at a time" in texts[1]


async def test_direct_messages_have_status_title_and_a_conversation(
    app: Transport, slack: SlackServer, community: InMemoryCommunity
) -> None:
    """A direct message shows a status, names its thread, and follow-ups in the thread know what it was about."""
    await community.change_settings("slack:T01", {"cooldown": 0.0}, by="test")
    asked = p.direct("How do I become an electrician?")
    await app.event(asked)
    (first,) = await slack.messages()
    assert first["thread_ts"] == asked["event"]["ts"]
    assert slack.made("assistant.threads.setStatus")
    assert slack.made("assistant.threads.setTitle")
    await app.event(p.direct("what do they earn?", thread=asked["event"]["ts"]))
    messages = await slack.messages(2)
    assert "lectrician" in messages[1]["text"]


async def test_bots_itself_edits_and_strangers_are_ignored(app: Transport, slack: SlackServer) -> None:
    """Own messages, other bots' messages and edits get no answer."""
    await app.event(p.direct("salary nurse", user="UBOT"))
    await app.event(p.direct("salary nurse", bot_id="B77"))
    await app.event(p.direct("salary nurse", subtype="message_changed"))
    await app.event(p.event({"type": "message", "channel_type": "channel", "user": "U1", "text": "<@UBOT> hi",
                             "ts": p.stamp(), "channel": "C1"}))  # fmt: skip
    await app.event(p.direct("What is a nurse?", user="U5"))
    messages = await slack.messages()
    assert [message["channel"] for message in messages] == ["DU5"]


async def test_commands_are_private_and_can_be_shared(app: Transport, slack: SlackServer) -> None:
    """A command is acked empty, answered to the person alone, and shared with the channel at the press of a button."""
    url = slack.response_url()
    assert await app.command(p.command("salary", "backend london", url)) == {}
    (answer,) = await slack.messages()
    assert answer["method"] == "response_url"
    assert answer["response_type"] == "ephemeral"
    share = button(answer, "Share in channel")
    await app.interaction(p.pressed(share, url, is_ephemeral=True))
    shared = (await slack.messages(2))[1]
    assert shared["response_type"] == "in_channel"
    assert "London" in shared["text"]
    assert "<@U1>" in shared["text"]


async def test_every_declared_command_answers(app: Transport, slack: SlackServer, bot: CareerBot) -> None:
    """Each command of the declarations is registered, `/help` under the name that Slack leaves free."""
    from adapters.slack.declared import slash_commands  # noqa: PLC0415

    names = [one.name for one in slash_commands(bot.intents)]
    assert {"ask", "salary", "career", "careerhelp", "mydata"} <= set(names)
    for number, name in enumerate(names):
        await app.command(p.command(name, "nurse, electrician", slack.response_url(), user=f"U{number}"))
    assert len(await slack.messages(len(names))) >= len(names)


async def test_answers_are_public_where_the_community_wants_it(
    app: Transport, slack: SlackServer, community: InMemoryCommunity
) -> None:
    """With `private` off, a command's answer is for the channel."""
    await community.change_settings("slack:T01", {"private": False}, by="test")
    await app.command(p.command("ask", "what is a nurse", slack.response_url()))
    assert (await slack.messages())[0]["response_type"] == "in_channel"


async def test_a_suggestion_is_a_question(app: Transport, slack: SlackServer) -> None:
    """Pressing a follow-up button asks its question: in the thread of a public answer, privately of a private one."""
    await app.event(p.mention("What is a nurse?"))
    (first,) = await slack.messages()
    suggestion = next(one for one in walk(first["blocks"]) if str(one.get("action_id", "")).startswith("ask:"))
    pressed = {key: suggestion[key] for key in ("type", "action_id", "value")}
    await app.interaction(p.pressed(pressed, slack.response_url(), thread_ts="9.9"))
    second = (await slack.messages(2))[1]
    assert (second["method"], second["thread_ts"]) == ("chat.postMessage", "9.9")
    await app.interaction(p.pressed(pressed, slack.response_url(), is_ephemeral=True))
    third = (await slack.messages(3))[2]
    assert third["response_type"] == "ephemeral"


async def test_why_and_feedback(app: Transport, slack: SlackServer, community: InMemoryCommunity) -> None:
    """“Why this answer?” explains it to the person alone; a thumb is kept as an opinion and thanked for."""
    await app.event(p.mention("What does a backend engineer earn in London?"))
    (answer,) = await slack.messages()
    await app.interaction(p.pressed(button(answer, "Why this answer?"), slack.response_url()))
    why = (await slack.messages(2))[1]
    assert "Understood as: salary" in shown(why["blocks"])
    assert why.get("response_type") == "ephemeral" or why["method"] == "chat.postEphemeral"
    thumbs = next(one for one in walk(answer["blocks"]) if one.get("type") == "feedback_buttons")
    down = {"type": "feedback_buttons", "action_id": thumbs["action_id"], "value": thumbs["negative_button"]["value"]}
    await app.interaction(p.pressed(down, slack.response_url()))
    assert "what went wrong" in (await slack.messages(3))[2]["text"]
    assert "down" in str(await community.export("slack:user:T01:U1"))


async def test_saving_and_home(app: Transport, slack: SlackServer, community: InMemoryCommunity) -> None:
    """The menu under an answer saves a career; Home shows it, opens it in a modal, and takes it off again."""
    await app.event(p.mention("How do I become an electrician?"))
    (answer,) = await slack.messages()
    menu = next(one for one in walk(answer["blocks"]) if one.get("type") == "overflow")
    for option in menu["options"]:
        chosen = {"type": "overflow", "action_id": menu["action_id"], "selected_option": option}
        await app.interaction(p.pressed(chosen, slack.response_url()))
    await slack.messages(3)
    assert {one.kind for one in await community.saved("slack:user:T01:U1")} == {"career", "path"}
    await app.event(p.event({"type": "app_home_opened", "user": "U1", "channel": "DU1", "tab": "home"}))
    (published,) = await slack.called("views.publish")
    view = published.args["view"]
    assert "Electrician" in shown(view["blocks"])
    steps = next(one for one in walk(view["blocks"]) if one.get("type") == "checkboxes")
    assert steps["options"][0]["text"]["text"] == "1. Test the fit"
    ticked = {"type": "checkboxes", "action_id": steps["action_id"], "selected_options": steps["options"][:2]}
    await app.interaction(p.pressed_at_home(ticked))
    again = (await slack.called("views.publish", 2))[1].args["view"]
    assert "2 of 6 steps done" in shown(again["blocks"])
    saved = next(one for one in walk(view["blocks"]) if str(one.get("action_id", "")).startswith("home:saved"))
    for option, method, count in ((saved["options"][0], "views.open", 1), (saved["options"][1], "views.publish", 3)):
        chosen = {"type": "overflow", "action_id": saved["action_id"], "selected_option": option}
        await app.interaction(p.pressed_at_home(chosen))
        await slack.called(method, count)
    assert len(await community.saved("slack:user:T01:U1")) == 1


async def test_home_searches_browses_and_finds(app: Transport, slack: SlackServer) -> None:
    """Home answers in a modal; a follow-up in the modal changes it in place."""
    await app.interaction(p.pressed_at_home({"type": "plain_text_input", "action_id": "home:search",
                                             "value": "What does a nurse earn in London?"}))  # fmt: skip
    await slack.called("views.open")
    chosen = {"text": {"type": "plain_text", "text": "x"}, "value": "Electrician"}
    await app.interaction(p.pressed_at_home({"type": "external_select", "action_id": "complete:career",
                                             "selected_option": chosen}))  # fmt: skip
    opened = await slack.called("views.open", 2)
    assert "lectrician" in shown(opened[1].args["view"]["blocks"])
    ask = next(one for one in walk(opened[1].args["view"]) if str(one.get("action_id", "")).startswith("ask:"))
    await app.interaction(p.pressed_at_home({k: ask[k] for k in ("type", "action_id", "value")}, kind="modal"))
    (updated,) = await slack.called("views.update")
    assert updated.args["view_id"] == "V1"
    topic = {"text": {"type": "plain_text", "text": "x"}, "value": "Healthcare"}
    await app.interaction(p.pressed_at_home({"type": "static_select", "action_id": "home:browse",
                                             "selected_option": topic}))  # fmt: skip
    await slack.called("views.open", 3)


async def test_home_knows_what_was_asked_lately(
    slack: SlackServer, bot: CareerBot, community: InMemoryCommunity
) -> None:
    """Somebody new is offered questions to start with; later the last questions, which are asked again when pressed."""
    await community.change_settings("slack:T01", {"cooldown": 0.0}, by="test")
    remembering = CareerBot(bot.understanding, bot.intents, bot.desk, community, bot.completion)
    home = {"type": "app_home_opened", "user": "U1", "channel": "DU1", "tab": "home"}
    async with over_http(slack, remembering, community) as http:
        await http.event(p.event(home))
        first = shown((await slack.called("views.publish"))[0].args["view"]["blocks"])
        assert "To start with" in first
        for number, text in enumerate(("What does a nurse earn in London?", "How do I become an electrician?")):
            await http.event(p.mention(text))
            await slack.messages(number + 1)
        await http.app.state.running.answering.work.idle()
        await http.event(p.event(home))
        view = (await slack.called("views.publish", 2))[1].args["view"]
        asked = [one for one in walk(view["blocks"]) if str(one.get("action_id", "")).startswith("ask:")]
        assert [one["text"]["text"] for one in asked] == ["Path: Electrician", "Salary: Registered Nurse, London"]
        again = {key: asked[1][key] for key in ("type", "action_id", "value")}
        await http.interaction(p.pressed_at_home(again))
        opened = (await slack.called("views.open"))[0].args["view"]
        assert "Registered Nurse in London" in shown(opened["blocks"])


async def test_settings_are_for_administrators(
    app: Transport, slack: SlackServer, community: InMemoryCommunity
) -> None:
    """Administrators change the workspace's settings; others don't see them, and a bad value is told at its field."""
    slack.admins.add("U7")
    await app.event(p.event({"type": "app_home_opened", "user": "U1", "channel": "DU1", "tab": "home"}))
    await app.event(p.event({"type": "app_home_opened", "user": "U7", "channel": "DU7", "tab": "home"}))
    views = {call.args["user_id"]: str(call.args["view"]) for call in await slack.called("views.publish", 2)}
    assert "home:settings" in views["U7"]
    assert "home:settings" not in views["U1"]
    await app.interaction(p.pressed_at_home({"type": "button", "action_id": "home:settings"}, user="U7"))
    await slack.called("views.open")
    values: Json = {
        "switches": {"switches": {"selected_options": [{"value": "private"}]}},
        "language": {"language": {"value": "de"}}, "country": {"country": {"value": "England"}},
        "cooldown": {"cooldown": {"value": "5"}},
    }  # fmt: skip
    refused = await app.interaction(p.submission("settings_view", values, user="U7"))
    assert refused["errors"] == {"country": "Two letters, for example GB."}
    values["country"]["country"]["value"] = "gb"
    assert "Saving" in str(await app.interaction(p.submission("settings_view", values, user="U1")))
    told = (await slack.called("views.update"))[0].args["view"]
    assert "Only administrators" in shown(told["blocks"])
    assert (await community.settings("slack:T01")).country == ""
    await app.interaction(p.submission("settings_view", values, user="U7"))
    told = (await slack.called("views.update", 2))[1].args["view"]
    assert "Saved" in shown(told["blocks"])
    rules = await community.settings("slack:T01")
    assert (rules.country, rules.cooldown, rules.feedback, rules.private) == ("GB", 5.0, False, True)


async def test_my_data_is_exported_and_deleted(
    app: Transport, slack: SlackServer, community: InMemoryCommunity
) -> None:
    """Export shows what is kept and sends it as a file in a direct message; delete takes all of it away."""
    await app.event(p.mention("How do I become an electrician?"))
    (answer,) = await slack.messages()
    menu = next(one for one in walk(answer["blocks"]) if one.get("type") == "overflow")
    chosen = {"type": "overflow", "action_id": menu["action_id"], "selected_option": menu["options"][0]}
    await app.interaction(p.pressed(chosen, slack.response_url()))
    await slack.messages(2)
    await app.interaction(p.pressed_at_home({"type": "button", "action_id": "home:export", "value": "export"}))
    (done,) = await slack.called("files.completeUploadExternal")
    assert done.args["channel_id"] == "DU1"
    assert b"electrician" in next(iter(slack.uploads.values()))
    await app.interaction(p.pressed_at_home({"type": "button", "action_id": "home:delete", "value": "delete"}))
    await slack.called("views.publish")
    assert await community.saved("slack:user:T01:U1") == []


async def test_the_global_shortcut_asks_with_completion(app: Transport, slack: SlackServer) -> None:
    """Its modal completes careers and places, tells what is missing, and shows the answer when it is filled in."""
    await app.interaction(p.shortcut("ask_anything"))
    await slack.called("views.open")
    offered = await app.interaction(p.typing("complete:career", "backe"))
    assert offered["options"][0]["value"] == "Backend Engineer"
    places = await app.interaction(p.typing("complete:place", "lond"))
    assert any("London" in option["value"] for option in places["options"])
    values: Json = {"what": {"what": {"selected_option": {"value": "salary"}}}}
    assert "errors" in await app.interaction(p.submission("ask_view", values))
    values["career"] = {"complete:career": {"selected_option": {"value": "Backend engineer"}}}
    values["place"] = {"complete:place": {"selected_option": {"value": "London"}}}
    waiting = await app.interaction(p.submission("ask_view", values))
    assert waiting["response_action"] == "update"
    (updated,) = await slack.called("views.update")
    assert "London" in shown(updated.args["view"]["blocks"])


async def test_the_message_shortcut_looks_a_question_up(app: Transport, slack: SlackServer) -> None:
    """Somebody else's message is answered privately to the person who looked it up."""
    message = {"text": "does anybody know what a <https://x.y|nurse> earns in London?", "ts": "5.5", "user": "U3"}
    await app.interaction(p.shortcut("look_up", message, slack.response_url()))
    (answer,) = await slack.messages()
    assert answer["response_type"] == "ephemeral"
    assert "urse" in shown(answer["blocks"])


async def test_the_agent_view_suggests_prompts(app: Transport, slack: SlackServer) -> None:
    """Opening the Messages tab gets at most four prompts, without naming a thread."""
    await app.event(p.event({"type": "app_home_opened", "user": "U1", "channel": "DU1", "tab": "messages"}))
    (call,) = await slack.called("assistant.threads.setSuggestedPrompts")
    assert 1 <= len(call.args["prompts"]) <= 4
    assert "thread_ts" not in call.args


async def test_a_cooldown_is_told_privately(app: Transport, slack: SlackServer, community: InMemoryCommunity) -> None:
    """Asking again at once gets a friendly private notice, and no second answer."""
    await community.change_settings("slack:T01", {"cooldown": 60.0}, by="test")
    await app.event(p.mention("What is a nurse?"))
    await slack.messages()
    await app.event(p.mention("What is a plumber?"))
    notice = (await slack.messages(2))[1]
    assert notice["method"] == "chat.postEphemeral"
    assert "One at a time" in notice["text"]


async def test_what_people_type_can_do_nothing(app: Transport, slack: SlackServer) -> None:
    """Mentions, links and formatting in a question come back harmless, in text and blocks alike."""
    evil = "what does a &lt;!channel&gt; *nurse* &lt;@U1&gt; &lt;https://evil.example|earn&gt; in London?"
    await app.event(p.mention(evil))
    (answer,) = await slack.messages()
    assert "<!channel>" not in answer["text"]
    assert "<@" not in answer["text"]
    for one in walk(answer["blocks"]):
        if one.get("type") == "mrkdwn":
            assert "<!" not in one["text"]
            assert "<@" not in one["text"]


async def test_people_are_answered_in_their_language(app: Transport, slack: SlackServer) -> None:
    """Numbers are written as in the locale that Slack knows of the person."""
    slack.locales["U1"] = "de-DE"
    await app.event(p.mention("What does a backend engineer earn in Berlin?"))
    await slack.messages()
    assert slack.made("users.info")[0].args["include_locale"] in ("1", "true", "True", True)


async def test_a_workflow_gets_its_answer(app: Transport, slack: SlackServer) -> None:
    """The step gives the answer in a sentence with its source, says whether it understood, and posts nothing itself."""
    await app.event(p.step("What does a backend engineer earn in London?"))
    (done,) = await slack.called("functions.completeSuccess")
    assert "£95,000" in done.args["outputs"]["answer"]
    assert done.args["outputs"]["found"] is True
    await app.event(p.step("&lt;!channel&gt; qwertz"))
    outputs = (await slack.called("functions.completeSuccess", 2))[1].args["outputs"]
    assert outputs["found"] is False
    assert "<" not in outputs["answer"]
    assert not slack.sent


# Faults


NEWEST = {"data_table", "data_visualization"}
RANKED = "best paid careers in healthcare"


def kinds(message: Json) -> list[str]:
    """The types of a message's blocks."""
    return [block["type"] for block in message["blocks"]]


async def test_figures_come_as_slacks_own_charts_and_tables(app: Transport, slack: SlackServer) -> None:
    """A ranking is a chart with its table; a long list of places is a table to page through."""
    await app.event(p.mention(RANKED, user="U1"))
    (message,) = await slack.messages()
    assert {"data_visualization", "table"} <= set(kinds(message))
    await app.event(p.mention("See all salaries for registered nurses", user="U2"))
    assert "data_table" in kinds((await slack.messages(2))[1])


async def test_charts_that_are_refused_come_as_pictures(app: Transport, slack: SlackServer) -> None:
    """Without Slack's own charts: an uploaded picture whose alternative text says it all; the next one at once."""
    slack.refused_types |= NEWEST
    await app.event(p.mention(RANKED, user="U1"))
    (message,) = await slack.messages()
    (image,) = [block for block in message["blocks"] if block["type"] == "image"]
    assert "2. Cardiologist: $496,010 a year" in image["alt_text"].replace("US$", "$")
    assert slack.made("files.getUploadURLExternal")[0].args["alt_txt"] == image["alt_text"]
    assert slack.uploads[image["slack_file"]["id"]].startswith(b"\x89PNG")
    assert not slack.made("files.completeUploadExternal")[0].args.get("channel_id")
    await app.event(p.mention(RANKED, user="U2"))
    await slack.messages(2)
    assert len(slack.made("chat.postMessage!")) == 1


async def test_a_picture_that_slack_is_still_looking_at_is_tried_again(http: Http, slack: SlackServer) -> None:
    """An upload that Slack doesn't know yet is waited for, a second, then two; then the figures come as text."""
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    http.app.state.running.answering.outbound._pictures.wait = wait
    slack.refused_types |= NEWEST
    slack.slow_files = 2
    await http.event(p.mention(RANKED, user="U1"))
    assert "image" in kinds((await slack.messages())[0])
    assert waited == [1.0, 2.0]
    slack.slow_files = 9
    await http.event(p.mention(RANKED, user="U2"))
    second = (await slack.messages(2))[1]
    assert "image" not in kinds(second)
    assert "rich_text_preformatted" in str(second["blocks"])


async def test_without_uploads_the_table_has_its_bars(app: Transport, slack: SlackServer) -> None:
    """Where files can't be uploaded either: Slack's older table, with bars drawn in it."""
    slack.refused_types |= NEWEST
    slack.fail("files.getUploadURLExternal", "missing_scope")
    await app.event(p.mention(RANKED))
    (message,) = await slack.messages()
    assert "image" not in kinds(message)
    assert "▇▇▇" in str([block for block in message["blocks"] if block["type"] == "table"])


async def test_a_table_that_is_refused_comes_as_text(app: Transport, slack: SlackServer) -> None:
    """`invalid_blocks` for a table: the same figures in fixed-width text, and the next one isn't even tried."""
    slack.refused_types.add("table")
    await app.event(p.mention("Compare electrician and plumber", user="U1"))
    (message,) = await slack.messages()
    assert "table" not in kinds(message)
    assert "$63,190 a year" in shown(message["blocks"])
    await app.event(p.mention("Compare electrician and plumber", user="U2"))
    await slack.messages(2)
    assert len(slack.made("chat.postMessage!")) == 1


async def test_refusals_are_forgotten_after_some_hours(
    slack: SlackServer, bot: CareerBot, community: InMemoryCommunity
) -> None:
    """Slack brings new blocks to one workspace after the other: after six hours they are offered again."""
    now = 0.0
    async with over_http(slack, bot, community) as http:
        http.app.state.running.answering.outbound._clock = lambda: now
        slack.refused_types |= NEWEST
        await http.event(p.mention(RANKED, user="U1"))
        await slack.messages()
        slack.refused_types.clear()
        await http.event(p.mention(RANKED, user="U2"))
        assert "image" in kinds((await slack.messages(2))[1])
        now = 6 * 3_600 + 1.0
        await http.event(p.mention(RANKED, user="U3"))
        assert "data_visualization" in kinds((await slack.messages(3))[2])


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_blocks_too_long"])
async def test_refused_blocks_come_as_text(app: Transport, slack: SlackServer, error: str) -> None:
    """Where Slack takes none of the blocks, the answer comes as its text."""
    slack.fail("chat.postMessage", error, times=2)
    await app.event(p.mention("What does a nurse earn?"))
    (message,) = await slack.messages()
    assert "urse" in message["text"]


async def test_slack_can_check_the_address(http: Http) -> None:
    """`url_verification` is answered with its challenge, and /health says which knowledge is served."""
    answer = await http.event({"type": "url_verification", "challenge": "abc"})
    assert answer["challenge"] == "abc"
    async with http.session.get(f"{http.url}/health") as health:
        assert (await health.json())["ok"] is True


async def test_wrong_tokens_are_told_at_the_start(
    slack: SlackServer, bot: CareerBot, community: InMemoryCommunity
) -> None:
    """A token that Slack refuses ends the command with one line that names it."""
    from adapters.errors import CommandError  # noqa: PLC0415

    slack.tokens.clear()
    with pytest.raises(CommandError, match="SLACK_BOT_TOKEN: Slack says invalid_auth"):
        async with over_socket(slack, bot, community):
            pass


async def test_leaving_deletes_everything(app: Transport, slack: SlackServer, community: InMemoryCommunity) -> None:
    """`app_uninstalled` deletes what was kept for the workspace."""
    await community.change_settings("slack:T01", {"country": "GB"}, by="test")
    await app.event(p.event({"type": "app_uninstalled"}))

    async def gone() -> bool:
        return (await community.settings("slack:T01")).country == ""

    await eventually(gone)
