"""The community database of one process: for the terminal and for tests. Everything is gone when it ends."""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from bot.community import Asked, CommunitySettings, EventState, Opinion, Saved, SavedKind
from bot.community_context import packed, without_words
from bot.community_curation import (
    Curation,
    CurationError,
    Miss,
    MissGroup,
    MissKind,
    NewCuration,
    clash,
    miss_of,
    thumb_down,
    tidy,
)  # fmt: skip
from bot.community_grouping import grouped
from bot.community_insight import Insights, Tally, insights_from, tallies_of, tally_of, week_of
from bot.community_members import MOST_SAVED, WEEK, Nudge, is_in, unfinished
from bot.community_settings import checked, layered
from bot.context import Context
from bot.memory import EXPIRES_AFTER, MOST_CONVERSATIONS
from bot.message import ConversationKey

MOST_EVENTS = 100_000
_REMEMBERED = 2 * 3_600.0
"""Seconds that an answered event is remembered."""


class Events:
    """Which events are worked on and which are answered, in this process."""

    def __init__(self, clock: Callable[[], float], *, most: int = MOST_EVENTS) -> None:
        self._clock, self._most = clock, most
        self._events: OrderedDict[str, tuple[bool, float, float]] = OrderedDict()

    def begin(self, event: str, lease: float) -> EventState:
        """Claim an event; see `Community.begin`."""
        now = self._clock()
        done, until, at = self._events.get(event, (False, now, now))
        if done and now - at < _REMEMBERED:
            return "done"
        if not done and until > now:
            return "running"
        self._keep(event, done=False, until=now + lease)
        return "new"

    def finish(self, event: str) -> None:
        """The event was answered."""
        self._keep(event, done=True, until=0.0)

    def forget(self, mine: Callable[[str], bool]) -> int:
        """Forget some events; how many."""
        found = [event for event in self._events if mine(event)]
        for event in found:
            del self._events[event]
        return len(found)

    def knows(self, event: str) -> bool:
        """Whether the event was claimed or answered here."""
        return event in self._events

    def named(self, mine: Callable[[str], bool]) -> list[str]:
        """Some events' names."""
        return [event for event in self._events if mine(event)]

    def _keep(self, event: str, *, done: bool, until: float) -> None:
        self._events[event] = (done, until, self._clock())
        self._events.move_to_end(event)
        while len(self._events) > self._most:
            self._events.popitem(last=False)


class InMemoryCommunity:
    """Implements bot.community.Community, Curating and Nudging in dictionaries.

    Args:
        clock: Seconds since 1970.
        most: So many conversations are remembered.
    """

    def __init__(self, *, clock: Callable[[], float] = time.time, most: int = MOST_CONVERSATIONS) -> None:
        self._clock, self._most = clock, most
        self._contexts: OrderedDict[ConversationKey, tuple[float, Context]] = OrderedDict()
        self._settings: dict[tuple[str, str], dict[str, object]] = {}
        self._audit: list[dict[str, object]] = []
        self._events = Events(clock)
        self._saved: dict[tuple[str, str, str], Saved] = {}
        self._misses: list[tuple[Miss, str]] = []
        self._closed: dict[int, int] = {}
        self._tallies: dict[tuple[str, str, str, str], int] = {}
        self._curations: list[Curation] = []
        self._nudges: dict[str, float] = {}
        self._revision = 0
        self._numbers = 0

    # conversations

    async def recall(self, key: ConversationKey) -> Context:
        """See Community.recall."""
        kept = self._contexts.get(key)
        return kept[1] if kept is not None and self._clock() - kept[0] <= EXPIRES_AFTER else Context()

    async def remember(self, key: ConversationKey, context: Context) -> bool:
        """See Community.remember."""
        if packed(context) is None:
            return False
        self._contexts[key] = (self._clock(), without_words(context))
        self._contexts.move_to_end(key)
        while len(self._contexts) > self._most:
            self._contexts.popitem(last=False)
        return True

    # settings

    async def settings(self, community: str, channel: str = "") -> CommunitySettings:
        """See Community.settings."""
        layers = [self._settings.get((community, ""), {})]
        return layered(*layers, *([self._settings.get((community, channel), {})] if channel else []))

    async def change_settings(
        self, community: str, changes: Mapping[str, object], *, by: str, channel: str = ""
    ) -> CommunitySettings:
        """See Community.change_settings."""
        kept = self._settings.setdefault((community, channel), {})
        for name, value in checked(changes, channel).items():
            before = kept.get(name)
            if value is None:
                kept.pop(name, None)
            else:
                kept[name] = value
            if before != value:
                self._audit.append({"at": self._now().isoformat(), "community": community, "channel": channel,
                                    "by": by, "name": name, "before": before, "after": value})  # fmt: skip
        return await self.settings(community, channel)

    async def audit(self, community: str) -> list[dict[str, object]]:
        """Who changed which setting when, newest first."""
        return [entry for entry in reversed(self._audit) if entry["community"] == community]

    # questions and opinions

    async def asked(self, asked: Asked) -> bool:
        """See Community.asked."""
        self._count(tallies_of(asked, self._clock()))
        keep = (await self.settings(asked.community, asked.channel)).keep_texts
        if missed := miss_of(asked, keep_texts=keep):
            self._miss(*missed, asked)
        return True

    async def opinion(self, opinion: Opinion) -> bool:
        """See Community.opinion."""
        self._count([tally_of(opinion, self._clock())])
        keep = (await self.settings(opinion.community)).keep_texts
        if down := thumb_down(opinion, keep_texts=keep):
            self._miss("thumb down", down[0], opinion, down[1])
        return True

    def _count(self, tallies: Iterable[Tally]) -> None:
        for tally in tallies:
            key = (tally.week, tally.community, tally.kind, tally.name)
            self._tallies[key] = self._tallies.get(key, 0) + tally.count

    def _miss(self, kind: MissKind, text: str, of: Asked | Opinion, comment: str = "") -> None:
        miss = Miss(ident=self._number(), at=self._now(), community=of.community, kind=kind, text=text,
                    comment=comment, intent=of.intent, careers=of.careers)  # fmt: skip
        self._misses.append((miss, of.person))

    # events

    async def begin(self, event: str, *, lease: float = 60.0) -> EventState:
        """See Community.begin."""
        return self._events.begin(event, lease)

    async def finish(self, event: str) -> bool:
        """See Community.finish."""
        self._events.finish(event)
        return True

    # what members keep

    async def save(self, person: str, saved: Saved) -> bool:
        """See Community.save."""
        key = (person, saved.kind, saved.ident)
        before = self._saved.get(key)
        if before is None and len(await self.saved(person)) >= MOST_SAVED:
            return False
        since = saved.since or (before.since if before else None) or self._now()
        self._saved[key] = saved.model_copy(update={"since": since})
        return True

    async def unsave(self, person: str, kind: SavedKind, ident: str) -> bool:
        """See Community.unsave."""
        self._saved.pop((person, kind, ident), None)
        return True

    async def saved(self, person: str) -> list[Saved]:
        """See Community.saved."""
        mine = [(saved.since or self._now(), key, saved) for key, saved in self._saved.items() if key[0] == person]
        return [saved for _, _, saved in sorted(mine, key=lambda entry: entry[:2], reverse=True)]

    async def nudge(self, person: str, *, wanted: bool) -> bool:
        """See Nudging.nudge."""
        if wanted:
            self._nudges.setdefault(person, self._clock())
        else:
            self._nudges.pop(person, None)
        return True

    async def nudged(self, person: str) -> bool:
        """See Nudging.nudged."""
        return person in self._nudges

    async def nudge_later(self, person: str, seconds: float) -> bool:
        """See Nudging.nudge_later."""
        if person in self._nudges:
            self._nudges[person] = self._clock() - WEEK + seconds
        return True

    async def due_nudges(self, platform: str, *, limit: int = 100) -> list[Nudge]:
        """See Nudging.due_nudges."""
        now, found = self._clock(), []
        due = [p for p, last in self._nudges.items() if p.startswith(f"{platform}:") and now - last >= WEEK]
        for person in due[:limit]:
            self._nudges[person] = now
            if plans := unfinished(await self.saved(person)):
                found.append(Nudge(person=person, plans=plans))
        return found

    # a person's data, a community's data

    async def export(self, person: str) -> dict[str, object]:
        """See Community.export."""
        decisions = [c for c in self._curations if person in (c.by, c.undone_by)]
        return {
            "person": person,
            "saved": [saved.model_dump(mode="json") for saved in await self.saved(person)],
            "weekly_reminder": person in self._nudges,
            "conversations": [
                {**key.model_dump(), "about": json.loads(packed(context) or "{}")}
                for key, (_, context) in self._contexts.items()
                if key.person == person
            ],
            "misses": [miss.model_dump(mode="json") for miss, who in self._misses if who == person],
            "settings_changed": [entry for entry in self._audit if entry["by"] == person],
            "decisions": [decision.model_dump(mode="json") for decision in decisions],
            "events": self._events.named(lambda event: event.endswith(f":{person}")),
        }

    async def delete(self, person: str) -> int:
        """See Community.delete."""
        count = self._events.forget(lambda event: event.endswith(f":{person}"))
        for key in [key for key in self._contexts if key.person == person]:
            del self._contexts[key]
            count += 1
        for saved in [saved for saved in self._saved if saved[0] == person]:
            del self._saved[saved]
            count += 1
        count += self._nudges.pop(person, None) is not None
        count += self._drop_misses(lambda _, who: who == person)
        # What was decided stands, but no longer who did.
        for entry in self._audit:
            if entry["by"] == person:
                entry["by"] = ""
                count += 1
        for at, decision in enumerate(self._curations):
            if person in (decision.by, decision.undone_by):
                names = {n: "" for n in ("by", "undone_by") if getattr(decision, n) == person}
                self._curations[at] = decision.model_copy(update=names)
                count += 1
        return count

    async def delete_community(self, community: str) -> int:
        """See Community.delete_community."""
        sizes = self._size()
        self._drop_misses(lambda miss, _: miss.community == community)
        self._contexts = OrderedDict((k, v) for k, v in self._contexts.items() if not is_in(community, k.place))
        self._settings = {k: v for k, v in self._settings.items() if k[0] != community}
        self._audit = [entry for entry in self._audit if entry["community"] != community]
        self._tallies = {k: v for k, v in self._tallies.items() if k[1] != community}
        self._saved = {k: v for k, v in self._saved.items() if not is_in(community, k[0])}
        self._nudges = {k: v for k, v in self._nudges.items() if not is_in(community, k)}
        if any(c.community == community for c in self._curations):
            self._curations = [c for c in self._curations if c.community != community]
            self._revision += 1
        return sizes - self._size()

    async def close(self) -> None:
        """Nothing to let go of."""

    # curators

    async def misses(self, community: str | None = None, *, limit: int = 50) -> list[MissGroup]:
        """See Curating.misses."""
        found = [m for m, _ in self._misses if m.ident not in self._closed and community in (None, m.community)]
        return grouped(found, self._now(), limit)

    async def curate(self, curation: NewCuration, misses: Sequence[int] = ()) -> Curation:
        """See Curating.curate."""
        if error := clash(curation, self._curations):
            raise error
        by = curation.model_copy(update={"text": tidy(curation.text)})
        kept = Curation(**by.model_dump(), ident=self._number(), at=self._now())
        self._curations.append(kept)
        own = {miss.ident for miss, _ in self._misses if curation.community in ("", miss.community)}
        self._closed |= {miss: kept.ident for miss in misses if miss in own and miss not in self._closed}
        self._revision += 1
        return kept

    async def undo(self, ident: int, *, by: str, community: str | None = None) -> Curation:
        """See Curating.undo."""
        for at, kept in enumerate(self._curations):
            if kept.ident == ident and kept.undone is None and community in (None, kept.community):
                undone = kept.model_copy(update={"undone": self._now(), "undone_by": by})
                self._curations[at] = undone
                self._closed = {miss: owner for miss, owner in self._closed.items() if owner != ident}
                self._revision += 1
                return undone
        raise CurationError(f"There is no decision {ident} in force.")

    async def curations(self, community: str | None = None) -> list[Curation]:
        """See Curating.curations."""
        return [c for c in self._curations if c.undone is None and community in (None, c.community)]

    async def revision(self) -> int:
        """See Curating.revision."""
        return self._revision

    async def insights(self, community: str | None = None, *, weeks: int = 12) -> Insights:
        """See Curating.insights."""
        since = week_of(self._clock() - (weeks - 1) * WEEK)
        found = (
            Tally(week=week, community=of, kind=kind, name=name, count=count)
            for (week, of, kind, name), count in self._tallies.items()
            if week >= since and community in (None, of)
        )
        return insights_from(community or "", found)

    # helpers

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _size(self) -> int:
        own = (self._contexts, self._audit, self._saved, self._misses, self._tallies, self._curations, self._nudges)
        return sum(map(len, own)) + sum(map(len, self._settings.values()))

    def _drop_misses(self, drop: Callable[[Miss, str], bool]) -> int:
        kept = [entry for entry in self._misses if not drop(*entry)]
        count = len(self._misses) - len(kept)
        self._misses = kept
        return count
