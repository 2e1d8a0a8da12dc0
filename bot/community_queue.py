"""The miss queue as a curator works through it: what may be done with a group, picked and confirmed.

A proposal is written as a short code that fits into a button, so that a press works after a restart and on any
replica. Whatever a code says is checked against the knowledge again before it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.asking import ASKS
from bot.community_curating import LONGEST_ALIAS, Curator
from bot.community_curation import Curating, Curation, CurationError, MissGroup, NewCuration
from bot.gazetteer import MAX_PHRASE_TOKENS
from bot.lexicon import STOPWORDS
from bot.normalise import clean, key_of
from bot.query import Query
from bot.understand import Understanding
from knowledge.models import Career

MOST_CAREERS = 4
LONGEST_CODE = 90
"""Characters of a proposal's code; one that would be longer isn't proposed."""
EVERYTHING = 1_000_000
_QUESTION_WORDS = frozenset(
    "much many earn earns earning make makes paid pay pays salary salaries wage wages money income become becoming "
    "rich course courses learn learning study skill skills need needed job jobs career careers work works working like "
    "want good best better well tell know find show please list compare day road path start begin become".split()
)  # fmt: skip
"""Words that questions are made of: not part of a name that wasn't known."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that may be done with a group of misses.

    Attributes:
        code: What it is, as `decisions` reads it: "a|slug|name", "m|intent|slug,slug" or "d".
        label: In words.
    """

    code: str
    label: str


def proposals(understanding: Understanding, group: MissGroup) -> list[Proposal]:
    """What may be done with a group, likeliest first: what people picked, how it may be read, names, nothing at all."""
    found: dict[str, str] = {}
    for intent, careers in _meanings(understanding, group):
        titles = " and ".join(career.title for career in careers)
        code = f"m|{intent}|{','.join(career.slug for career in careers)}"
        found.setdefault(code, f"It means: {ASKS[intent]} {titles}".strip())
    if group.wordings and (name := unknown_name(understanding, group.text)):
        suggested = _careers(understanding, group.suggested[1] if group.suggested else ())
        for career in dict.fromkeys((*suggested, *understanding.nearest_careers(name, MOST_CAREERS))):
            if _stands(understanding, name, career):
                found.setdefault(f"a|{career.slug}|{name}", f"“{name}” is another name for {career.title}")
    fitting = [Proposal(code, label) for code, label in found.items() if len(code) <= LONGEST_CODE]
    return [*fitting, Proposal("d", "Nothing is to be done")]


def unknown_name(understanding: Understanding, text: str) -> str:
    """The words of a question that may be a name nobody knew: the longest run without question words and places."""
    cleaned = clean(text)
    spotted, _ = understanding.look_up(cleaned)
    places = {at for span in spotted.spans if span.kind == "place" for at in range(span.start, span.end)}
    runs: list[list[int]] = [[]]
    for at, token in enumerate(spotted.tokens):
        plain = token.word in STOPWORDS or token.word in _QUESTION_WORDS or at in places
        if plain or token.breaks:
            runs.append([])
        if not plain:
            runs[-1].append(at)
    longest = max(runs, key=len)
    if not longest or len(longest) > MAX_PHRASE_TOKENS:
        return ""
    name = cleaned[spotted.tokens[longest[0]].start : spotted.tokens[longest[-1]].end]
    return name.strip("?!.,;:") if len(name) <= LONGEST_ALIAS and "|" not in name else ""


def typed(understanding: Understanding, name: str, careers: str, intent: str) -> str:
    """The code of what a curator typed: a career's new name, or with an intent what the question means.

    Args:
        understanding: Finds the careers.
        name: The name; not needed with an intent.
        careers: Slugs or titles, separated by commas.
        intent: An intent's name ("salary"), "" = it is a name.

    Raises:
        CurationError: there is no such career, or none was given for a name.
    """
    slugs: list[str] = []
    for one in filter(None, (part.strip() for part in careers.split(","))):
        slug = one.casefold().replace(" ", "-")
        if not _careers(understanding, [slug]):
            named = understanding.look_up(one)[1].careers
            if not named:
                near = ", ".join(career.title for career in understanding.nearest_careers(one))
                raise CurationError(f"There is no career {one!r}." + (f" Did you mean {near}?" if near else ""))
            slug = named[0].slug
        slugs.append(slug)
    if intent.strip():
        return f"m|{intent.strip().casefold()}|{','.join(slugs)}"
    if len(slugs) != 1:
        raise CurationError("Give the one career that it is a name for, or an intent such as salary.")
    return f"a|{slugs[0]}|{name.replace('|', ' ')}"


async def open_group(curating: Curating, community: str | None, miss: int) -> MissGroup:
    """The group that a miss stands in now; CurationError where it is settled."""
    for group in await curating.misses(community, limit=EVERYTHING):
        if miss in group.misses:
            return group
    raise CurationError("That one is settled already, or it was purged. Look at the queue again.")


async def decide(
    curating: Curating, understanding: Understanding, group: MissGroup, code: str, *, community: str, by: str
) -> list[Curation]:
    """Keep what a proposal says and close the group's misses; what was kept, to be undone together.

    A meaning is kept for each different wording of the group.

    Raises:
        CurationError: it can't stand, or can't be kept now; nothing of the group is closed then.
    """
    new = decisions(understanding, group, code, community=community, by=by)
    kept = [await curating.curate(one) for one in new[1:]]
    # The one that closes the misses comes last: where it fails, the group stays in the queue.
    return [await curating.curate(new[0], group.misses), *kept]


def decisions(
    understanding: Understanding, group: MissGroup, code: str, *, community: str, by: str
) -> list[NewCuration]:
    """The decisions that a proposal's code stands for, checked against the knowledge; CurationError if none stands."""
    action, _, rest = code.partition("|")
    subject, _, more = rest.partition("|")
    curator = Curator(understanding)
    if action == "d":
        return [NewCuration(action="dismissal", community=community, by=by)]
    if action == "a":
        return [curator.alias(more, subject, community=community, by=by)]
    careers = [slug for slug in more.split(",") if slug]
    wordings = {key_of(text)[1]: text for text in reversed(group.wordings)}
    found: list[NewCuration] = []
    problem = CurationError("The words of these questions weren’t kept, so they can’t be given a meaning.")
    for text in wordings.values():
        try:
            found.append(curator.meaning(text, subject, careers, community=community, by=by))
        except CurationError as error:
            problem = error
    if not found:
        raise problem
    return found


def told(kept: Sequence[Curation]) -> str:
    """What was decided, in a line."""
    if kept[0].action == "dismissal":
        return "Closed: nothing is to be done."
    names = ", ".join(f"“{one.text}”" for one in kept)
    return f"Kept: {names} now {'mean' if len(kept) > 1 else 'means'} {kept[0].target or kept[0].says}."


def _meanings(understanding: Understanding, group: MissGroup) -> Iterator[tuple[str, tuple[Career, ...]]]:
    """Intents and careers that the question may mean."""
    if group.suggested and group.suggested[0] in ASKS:
        yield group.suggested[0], tuple(_careers(understanding, group.suggested[1]))
    if not group.wordings:
        return
    [reading, *_] = understanding.read(group.text)
    for choice in reading.alternatives if isinstance(reading, Query) else reading.choices:
        [meant, *_] = understanding.read(choice.says)
        if isinstance(meant, Query) and meant.intent in ASKS and meant.careers:
            yield meant.intent, meant.careers


def _stands(understanding: Understanding, name: str, career: Career) -> bool:
    try:
        Curator(understanding).alias(name, career.slug)
    except CurationError:
        return False
    return True


def _careers(understanding: Understanding, slugs: Sequence[str]) -> list[Career]:
    """The careers that this version of the knowledge still has."""
    found: list[Career] = []
    for slug in slugs:
        try:
            found.append(understanding.directory.career(slug))
        except LookupError:
            continue
    return found
