"""What every community database does: in memory, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.store.community import SqlCommunity
from bot.community import Asked, CommunitySettings, Opinion, Saved, SettingError
from bot.community_curation import CurationError, NewCuration
from bot.community_members import MOST_SAVED, WEEK
from bot.community_memory import InMemoryCommunity
from bot.context import Context
from bot.message import ConversationKey
from bot.query import Choice, Evidence, Query
from knowledge.models import Career, Place
from tests.communities import ADA, ALL, BOB, CHANNEL, GUILD, OTHER, Clock, community

Store = InMemoryCommunity | SqlCommunity
KEY = ConversationKey(platform="discord", place=GUILD, thread=CHANNEL, person=ADA)
NURSE = Career(
    slug="registered-nurse", title="Registered Nurse", plural="Registered Nurses", soc="29-1141.00",
    soc_title="Registered Nurses", depth="profile", topics=("health",), related=("paramedic",),
)  # fmt: skip
LEEDS = Place(id="gb-leeds", name="Leeds", kind="city", country="GB", population=500_000, areas=("gb",))
ABOUT = Context(
    query=Query(text="what does my aunt the nurse earn", intent="salary", careers=(NURSE,), places=(LEEDS,),
                evidence=(Evidence(slot="career", words="aunt", matched="Registered Nurse", score=91.5),)),
    choices=(Choice(label="Pay elsewhere", says="Salary of Registered Nurse in Germany"),),
    asked_back=True,
)  # fmt: skip


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until told."""
    return Clock()


@pytest.fixture(params=ALL)
async def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> AsyncIterator[Store]:
    """Each implementation, empty."""
    async with community(request.param, tmp_path, clock) as opened:
        yield opened


def _asked(text: str = "", outcome: str = "answered", **more: object) -> Asked:
    values = {"community": GUILD, "channel": CHANNEL, "person": ADA, "platform": "discord", **more}
    return Asked.model_validate({**values, "text": text, "outcome": outcome})


async def _keep_texts(store: Store, community: str = GUILD) -> None:
    await store.change_settings(community, {"keep_texts": True}, by=BOB)


# conversations


async def test_a_conversation_is_recalled_as_it_was(store: Store) -> None:
    """Query, choices and whether they were asked back come back; the person's own words don't."""
    assert await store.remember(KEY, ABOUT)
    recalled = await store.recall(KEY)
    assert recalled.choices == ABOUT.choices
    assert recalled.asked_back
    assert recalled.query is not None
    assert recalled.query.careers == (NURSE,)
    assert recalled.query.places == (LEEDS,)
    assert recalled.query.intent == "salary"
    assert recalled.query.text == ""
    assert recalled.query.evidence[0].words == ""
    assert recalled.query.evidence[0].matched == "Registered Nurse"


async def test_conversations_are_each_persons_and_threads_own(store: Store) -> None:
    """Nothing of one conversation is in another."""
    await store.remember(KEY, ABOUT)
    for change in ({"person": BOB}, {"thread": "other"}, {"place": OTHER}, {"platform": "slack"}):
        assert await store.recall(KEY.model_copy(update=change)) == Context()


async def test_a_conversation_is_forgotten_after_half_an_hour(store: Store, clock: Clock) -> None:
    """30 minutes of silence end it; each message begins them anew."""
    await store.remember(KEY, ABOUT)
    clock.pass_by(29 * 60)
    await store.remember(KEY, ABOUT)
    clock.pass_by(30 * 60)
    assert (await store.recall(KEY)).asked_back
    clock.pass_by(1)
    assert await store.recall(KEY) == Context()


# settings


async def test_settings_of_a_channel_lie_over_those_of_its_community(store: Store) -> None:
    """Default < community < channel, setting by setting; None takes one back."""
    assert await store.settings(GUILD, CHANNEL) == CommunitySettings()
    await store.change_settings(GUILD, {"country": "gb", "cooldown": "5"}, by=BOB)
    own = await store.change_settings(GUILD, {"country": "DE", "listening": True}, by=BOB, channel=CHANNEL)
    assert (own.country, own.cooldown, own.listening) == ("DE", 5.0, True)
    assert (await store.settings(GUILD)).country == "GB"
    assert not (await store.settings(GUILD)).listening
    assert await store.settings(OTHER) == CommunitySettings()
    back = await store.change_settings(GUILD, {"country": None}, by=BOB, channel=CHANNEL)
    assert back.country == "GB"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"colour": "red"}, "no setting 'colour'"),
        ({"country": "UK"}, "GB"),
        ({"country": "Germany"}, "two letters"),
        ({"currency": "€"}, "three letters"),
        ({"cooldown": -1}, "0 to 3600"),
        ({"cooldown": float("nan")}, "0 to 3600"),
        ({"language": "; drop table"}, "language tag"),
        ({"private": "perhaps"}, "yes or no"),
        ({"listening": True}, "one channel"),
        ({"curators": ["x" * 101]}, "ids"),
    ],
)
async def test_a_bad_setting_is_refused_with_what_can_be_set(
    store: Store, changes: dict[str, object], says: str
) -> None:
    """A SettingError says what can be set, and the good settings beside it aren't changed either."""
    with pytest.raises(SettingError, match=says):
        await store.change_settings(GUILD, {"feedback": False, **changes}, by=BOB)
    assert await store.settings(GUILD) == CommunitySettings()


async def test_who_changed_what_is_written_down(store: Store) -> None:
    """An entry a change, newest first; what stays as it was is none."""
    await store.change_settings(GUILD, {"country": "GB"}, by=BOB)
    await store.change_settings(GUILD, {"country": "GB", "curators": "discord:role:7"}, by=ADA)
    found = [(entry["by"], entry["name"], entry["before"], entry["after"]) for entry in await store.audit(GUILD)]
    assert found == [(ADA, "curators", None, ["discord:role:7"]), (BOB, "country", None, "GB")]
    assert await store.audit(OTHER) == []


# events


async def test_an_event_is_new_once(store: Store, clock: Clock) -> None:
    """Running while it is worked on; done afterwards, for an hour at least."""
    assert await store.begin("e1") == "new"
    assert await store.begin("e1") == "running"
    assert await store.begin("e2") == "new"
    assert await store.finish("e1")
    clock.pass_by(3_600)
    assert await store.begin("e1") == "done"


async def test_a_claim_that_isnt_finished_goes_to_the_next_caller(store: Store, clock: Clock) -> None:
    """After its lease, and to one caller; a late finish counts."""
    assert await store.begin("e", lease=60) == "new"
    clock.pass_by(59.9)
    assert await store.begin("e", lease=60) == "running"
    clock.pass_by(0.1)
    assert await store.begin("e", lease=60) == "new"
    assert await store.begin("e", lease=60) == "running"
    await store.finish("e")
    assert await store.begin("e") == "done"


# what members keep


async def test_members_keep_things_and_tick_steps_off(store: Store, clock: Clock) -> None:
    """Newest first; saving again replaces, and keeps since when."""
    path = Saved(kind="path", ident="registered-nurse", title="Registered Nurse", steps=4)
    assert await store.save(ADA, path)
    started = datetime.fromtimestamp(clock(), UTC)
    clock.pass_by(60)
    assert await store.save(ADA, Saved(kind="career", ident="plumber", title="Plumber \x00"))
    assert await store.save(ADA, path.model_copy(update={"done": (0, 2)}))
    career, kept = await store.saved(ADA)
    assert (career.kind, career.ident) == ("career", "plumber")
    assert (kept.done, kept.steps, kept.since) == ((0, 2), 4, started)
    assert await store.saved(BOB) == []
    assert await store.unsave(ADA, "career", "plumber")
    assert [one.kind for one in await store.saved(ADA)] == ["path"]


async def test_what_a_member_keeps_is_bounded(store: Store) -> None:
    """One more than may be kept is refused; replacing what is there isn't."""
    for number in range(MOST_SAVED):
        assert await store.save(ADA, Saved(kind="course", ident=str(number), title="x"))
    assert not await store.save(ADA, Saved(kind="course", ident="more", title="x"))
    assert await store.save(ADA, Saved(kind="course", ident="0", title="y"))
    assert len(await store.saved(ADA)) == MOST_SAVED


async def test_reminders_go_to_those_who_asked_and_only_once_a_week(store: Store, clock: Clock) -> None:
    """Off by default; a week after they were turned on; only with steps left; only their platform."""
    plan = Saved(kind="path", ident="plumber", title="Plumber", steps=2)
    for person in (ADA, BOB, "slack:user:T1:U1"):
        await store.save(person, plan)
    await store.nudge(ADA, wanted=True)
    await store.nudge("slack:user:T1:U1", wanted=True)
    assert await store.due_nudges("discord") == []
    clock.pass_by(WEEK)
    assert [(nudge.person, nudge.plans[0].ident) for nudge in await store.due_nudges("discord")] == [(ADA, "plumber")]
    assert await store.due_nudges("discord") == []
    await store.save(ADA, plan.model_copy(update={"done": (0, 1)}))
    clock.pass_by(WEEK)
    assert await store.due_nudges("discord") == []
    await store.save(ADA, plan)
    await store.nudge(ADA, wanted=False)
    clock.pass_by(WEEK)
    assert await store.due_nudges("discord") == []


async def test_a_reminder_that_couldnt_be_sent_is_due_again(store: Store, clock: Clock) -> None:
    """After the seconds given; one that was ended in between stays ended."""
    await store.save(ADA, Saved(kind="path", ident="plumber", title="Plumber", steps=2))
    assert not await store.nudged(ADA)
    await store.nudge(ADA, wanted=True)
    assert await store.nudged(ADA)
    clock.pass_by(WEEK)
    assert len(await store.due_nudges("discord")) == 1
    assert await store.nudge_later(ADA, 3_600)
    clock.pass_by(3_599)
    assert await store.due_nudges("discord") == []
    clock.pass_by(1)
    assert len(await store.due_nudges("discord")) == 1
    await store.nudge(ADA, wanted=False)
    assert await store.nudge_later(ADA, 0)
    assert not await store.nudged(ADA)
    assert await store.due_nudges("discord") == []


# misses


async def test_a_question_about_an_unknown_name_is_missed_too(store: Store) -> None:
    """It was asked back without anything to pick: counted as asked back, and in the queue; with choices it isn't."""
    await _keep_texts(store)
    await store.asked(_asked("pay of code monkeys", "asked back", offered=False))
    await store.asked(_asked("engineer pay", "asked back"))
    assert [group.text for group in await store.misses(GUILD)] == ["pay of code monkeys"]
    week = (await store.insights(GUILD)).weeks[0]
    assert (week.asked_back, week.not_understood) == (2, 0)


async def test_what_wasnt_understood_is_kept_only_by_agreement(store: Store) -> None:
    """Without keep_texts only the outcome is counted, and no text is anywhere."""
    assert await store.asked(_asked("pay of code monkeys", "not understood"))
    assert await store.misses(GUILD) == []
    await _keep_texts(store)
    assert await store.asked(_asked("pay of code monkeys", "not understood"))
    [group] = await store.misses(GUILD)
    assert (group.text, group.count, group.kinds) == ("pay of code monkeys", 1, ("not understood",))
    assert (await store.insights(GUILD)).weeks[0].not_understood == 2


async def test_misses_that_are_alike_are_one_group(store: Store, clock: Clock) -> None:
    """Counted together, whatever the order, case and spelling; frequent and new ones first; others' stay theirs."""
    await _keep_texts(store)
    await _keep_texts(store, OTHER)
    for text in ("what do code monkeys earn", "What do code monkeys earn?", "code monkeys, what do they earn"):
        await store.asked(_asked(text, "not understood"))
    clock.pass_by(30 * 86_400)
    await store.asked(_asked("what does a vibe manager do", "not understood"))
    await store.asked(_asked("secret of another guild", "not understood", community=OTHER))
    new, old = await store.misses(GUILD)
    assert (new.text, new.count) == ("what does a vibe manager do", 1)
    assert (old.count, len(old.misses)) == (3, 3)
    assert len(await store.misses()) == 3
    assert len(await store.misses(limit=1)) == 1


async def test_thumbs_down_and_picks_join_the_queue(store: Store) -> None:
    """A thumb down with its comment; a pick with what was picked, which is suggested for it."""
    await _keep_texts(store)
    await store.opinion(Opinion(community=GUILD, person=ADA, platform="discord", verdict="up", text="fine"))
    await store.opinion(Opinion(community=GUILD, person=ADA, platform="discord", verdict="down",
                                text="pay of nurses", comment="hourly", intent="salary"))  # fmt: skip
    await store.asked(_asked("Salary of Plumber", picked_for="pipe people", intent="salary", careers=("plumber",)))
    groups = {group.text: group for group in await store.misses(GUILD)}
    assert set(groups) == {"pay of nurses", "pipe people"}
    assert groups["pay of nurses"].comments == ("hourly",)
    assert groups["pipe people"].suggested == ("salary", ("plumber",))
    week = (await store.insights(GUILD)).weeks[0]
    assert (week.up, week.down) == (1, 1)


async def test_a_thumb_down_without_text_tells_what_it_was_about(store: Store) -> None:
    """The question isn't kept without agreement; what was written to the curators is."""
    await store.opinion(Opinion(community=GUILD, person=ADA, platform="discord", verdict="down", text="private",
                                comment="it is hourly", intent="salary", careers=("plumber",)))  # fmt: skip
    [group] = await store.misses(GUILD)
    assert "private" not in group.model_dump_json()
    assert (group.text, group.comments) == ("(salary: plumber)", ("it is hourly",))


# decisions


async def test_a_decision_closes_its_misses_and_undoing_opens_them(store: Store) -> None:
    """The revision tells replicas each time."""
    await _keep_texts(store)
    await store.asked(_asked("code monkey", "not understood"))
    [group] = await store.misses(GUILD)
    before = await store.revision()
    alias = NewCuration(action="alias", text="code monkey", key="codemonkey", target="programmer", by=BOB)
    kept = await store.curate(alias, group.misses)
    assert await store.revision() == before + 1
    assert await store.misses(GUILD) == []
    assert await store.curations() == [kept]
    undone = await store.undo(kept.ident, by=ADA)
    assert (undone.undone_by, undone.by) == (ADA, BOB)
    assert await store.revision() == before + 2
    assert await store.curations() == []
    assert [entry.text for entry in await store.misses(GUILD)] == ["code monkey"]
    with pytest.raises(CurationError, match="no decision"):
        await store.undo(kept.ident, by=ADA)


async def test_a_name_has_one_meaning_in_a_community(store: Store) -> None:
    """The same name again is a clash, also between one community and all; two communities may differ."""
    alias = NewCuration(action="alias", community=GUILD, text="monkey", key="monkey", target="programmer")
    kept = await store.curate(alias)
    for where in (GUILD, ""):
        with pytest.raises(CurationError, match=f"'monkey' already means 'programmer' .decision {kept.ident}"):
            await store.curate(alias.model_copy(update={"community": where, "target": "zookeeper"}))
    await store.curate(alias.model_copy(update={"community": OTHER, "target": "zookeeper"}))
    assert [entry.target for entry in await store.curations(OTHER)] == ["zookeeper"]
    with pytest.raises(CurationError):
        await store.undo(kept.ident, by=BOB, community=OTHER)
    await store.undo(kept.ident, by=BOB, community=GUILD)
    await store.curate(alias.model_copy(update={"target": "zookeeper"}))


async def test_a_curator_closes_only_misses_of_the_own_community(store: Store) -> None:
    """Numbers of another community's misses do nothing."""
    await _keep_texts(store, OTHER)
    await store.asked(_asked("their secret", "not understood", community=OTHER))
    [theirs] = await store.misses(OTHER)
    await store.curate(NewCuration(action="dismissal", community=GUILD), theirs.misses)
    assert len(await store.misses(OTHER)) == 1
    await store.curate(NewCuration(action="dismissal"), theirs.misses)
    assert await store.misses(OTHER) == []


# insight


async def test_insights_tell_what_was_asked_by_week_and_nobodys_name(store: Store, clock: Clock) -> None:
    """Top careers and places, shares and times; no person."""
    for ms in (0.4, 3.0, 700.0):
        await store.asked(_asked("x", careers=("plumber",), places=("Leeds",), intent="salary", milliseconds=ms))
    await store.asked(_asked("x", "asked back"))
    clock.pass_by(WEEK)
    await store.asked(_asked("x", careers=("nurse", "plumber"), intent="compare"))
    await store.asked(_asked("y", "failed", community=OTHER))
    found = await store.insights(GUILD)
    new, old = found.weeks
    assert (old.questions, old.answered, old.asked_back, old.answered_share) == (4, 3, 1, 0.75)
    assert (old.median_ms, old.most_ms) == (1, 1_000)
    assert (new.questions, new.failed) == (1, 0)
    assert [(entry.name, entry.count) for entry in found.careers] == [("plumber", 4), ("nurse", 1)]
    assert [(entry.name, entry.count) for entry in found.places] == [("Leeds", 3)]
    assert ADA not in found.model_dump_json()
    assert (await store.insights()).weeks[0].questions == 2
    assert len((await store.insights(GUILD, weeks=1)).weeks) == 1


# privacy


async def _fill(store: Store, person: str, guild: str) -> None:
    await _keep_texts(store, guild)
    await store.remember(KEY.model_copy(update={"person": person, "place": guild}), ABOUT)
    await store.save(person, Saved(kind="career", ident="plumber", title="Plumber"))
    await store.nudge(person, wanted=True)
    await store.asked(_asked("my secret", "not understood", person=person, community=guild))
    await store.opinion(Opinion(community=guild, person=person, platform="discord", verdict="down", comment="hm"))
    await store.change_settings(guild, {"country": "GB"}, by=person)
    await store.curate(NewCuration(action="alias", community=guild, text="a", key="a", target="b", by=person))
    await store.begin(f"discord:slow:{person}")


async def test_a_person_gets_everything_that_is_kept_about_them(store: Store) -> None:
    """As JSON, and nothing of anybody else."""
    await _fill(store, ADA, GUILD)
    await _fill(store, BOB, OTHER)
    kept = await store.export(ADA)
    written = json.dumps(kept)
    assert BOB not in written
    assert OTHER not in written
    assert [len(kept[name]) for name in ("saved", "conversations", "misses", "decisions", "events")] == [1, 1, 2, 1, 1]
    assert kept["weekly_reminder"] is True
    assert "my secret" in written


async def test_deleting_a_person_leaves_no_trace_of_them(store: Store) -> None:
    """Everything goes at once; what they decided stands without their name; nobody else loses anything."""
    await _fill(store, ADA, GUILD)
    await _fill(store, BOB, OTHER)
    theirs = await store.export(BOB)
    assert await store.delete(ADA) >= 8
    kept = await store.export(ADA)
    assert not any(value for name, value in kept.items() if name != "person")
    assert await store.recall(KEY) == Context()
    assert await store.export(BOB) == theirs
    assert (await store.settings(GUILD)).country == "GB"
    assert len(await store.curations(GUILD)) == 1
    assert await store.delete(ADA) == 0


async def test_deleting_a_community_leaves_the_others_alone(store: Store) -> None:
    """Settings, misses, decisions, counts and conversations of it are gone."""
    await _fill(store, ADA, GUILD)
    await _fill(store, BOB, OTHER)
    before = await store.revision()
    assert await store.delete_community(GUILD) > 0
    assert await store.settings(GUILD) == CommunitySettings()
    assert (await store.misses(GUILD), await store.curations(GUILD), await store.audit(GUILD)) == ([], [], [])
    assert (await store.insights(GUILD)).weeks == ()
    assert await store.recall(KEY) == Context()
    assert await store.revision() > before
    assert len(await store.misses(OTHER)) == 2
    assert len(await store.saved(ADA)) == 1


async def test_a_workspace_takes_its_channels_and_people_with_it(store: Store) -> None:
    """Slack's names carry the workspace; T1 is not T10."""
    for team in ("T1", "T10"):
        person = f"slack:user:{team}:U1"
        await store.save(person, Saved(kind="career", ident="plumber", title="Plumber"))
        await store.remember(ConversationKey(platform="slack", place=f"slack:channel:{team}:C", person=person), ABOUT)
        await store.remember(ConversationKey(platform="slack", place=f"slack:home:{team}", person=person), ABOUT)
    assert await store.delete_community("slack:T1") == 3
    assert await store.saved("slack:user:T1:U1") == []
    assert len(await store.saved("slack:user:T10:U1")) == 1
    assert len((await store.export("slack:user:T10:U1"))["conversations"]) == 2
    assert (await store.export("slack:user:T1:U1"))["conversations"] == []


@pytest.mark.parametrize("text", ["'; DROP TABLE misses; --", "a\x00b", "\ud800 half", "𝔘𝔫𝔦 🙂", "x" * 5_000])
async def test_whatever_is_typed_can_be_kept(store: Store, text: str) -> None:
    """NUL, half surrogate pairs, SQL and long texts are kept as far as they can be, and nothing breaks."""
    await _keep_texts(store)
    assert await store.asked(_asked(text, "not understood"))
    assert await store.remember(KEY, Context(query=Query(text=text, intent="salary")))
    [group] = await store.misses(GUILD)
    assert "\x00" not in group.text
    assert len(group.text) <= 500
