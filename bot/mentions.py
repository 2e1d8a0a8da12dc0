"""Which of several careers in a message are asked about.

A story names its teller's trade, a mother's, and that of whoever gave advice, besides the one that is asked about. What
decides: careers that are set side by side ("nurse or paramedic", "from cook to baker") belong together; people of the
story ("the bailiff told me", "my wife's a dental assistant") are no careers that anybody asks about; and the question
counts more than what was told before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.spotting import Span, Spotted

_JOINS = frozenset(
    "or and vs versus to into from a an the then than as being become becoming against with instead of over compared "
    "between n for even rather maybe perhaps either".split()
)
_WIDEST_GAP = 4
_NEARLY = 0.4
_FAR = 13
_SOMEBODYS = frozenset("the my his her our their your this that these those says said".split())
_RELATIVES = frozenset(
    "mother mom mum mam ma father dad da pa parent brother sister sibling wife husband spouse partner girlfriend "
    "boyfriend aunt auntie uncle cousin niece nephew son daughter grandma grandmother granny nan nana grandad grandpa "
    "grandfather granddad friend mate buddy colleague neighbor neighbour boss client roommate flatmate he she they "
    "everyone everybody somebody someone hes shes shed hed theyre folks".split()
)
_SELF = frozenset("i im ive id me myself am".split())
_ABOUT = frozenset("of as a an for become becoming be being into".split())
_OF_A_JOB = frozenset(
    "role roles job jobs career careers position positions pay salary thing side idea route path life".split()
)
_WISHES = frozenset("to should be become becoming".split())
_OF_A_SCHOOL = frozenset("degree school licence license diploma qualification student program programme course".split())
_TELLS = frozenset("told tells says said thinks suggested keeps recommended swears".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A career where it is named, and how likely it is asked about (higher is likelier)."""

    slug: str
    span: Span
    weight: float
    own: bool
    """It is the teller's own trade, or none says whose."""


def asked_about(
    spotted: Spotted, named: dict[str, Span], asked: tuple[int, int], *,
    several: bool = False, change: bool = False, one: bool = False, own: bool = False,
) -> list[str]:  # fmt: skip
    """The slugs of the careers that are asked about, in order of mention.

    Args:
        spotted: The message.
        named: Its careers by slug, with where each is named.
        asked: The tokens of the question itself; what stands outside is told.
        several: The intent takes several careers that needn't be set side by side (a comparison, a change).
        change: It is a change of career: one that the teller has, one that is aimed at.
        own: Only the teller's own, and those of nobody in particular, even where none remains.
        one: Only the likeliest, or those set side by side with it; otherwise all that are nearly as likely.
    """
    mentions = [_mention(spotted, slug, span, asked) for slug, span in sorted(named.items(), key=_place)]
    mentions = [mention for mention in mentions if not _of_a_school(spotted, mention.span)] or mentions
    if own:
        return [mention.slug for mention in mentions if mention.own]
    if len(mentions) < 2:
        return [mention.slug for mention in mentions]
    groups = _groups(spotted, mentions)
    together = [group for group in groups if len(group) > 1]
    if several:
        if together:
            inside = [group for group in together if _within(group, asked)]
            chosen = (inside or together)[-1]
        else:
            chosen = _without_people(mentions)
            if change and len(chosen) > 2:
                chosen = _change(chosen, asked)
        return [mention.slug for mention in chosen]
    weights = [max(mention.weight for mention in group) for group in groups]
    best = max(weights)
    least = best if one else best - _NEARLY
    return [m.slug for group, weight in zip(groups, weights, strict=True) if weight >= least for m in group]


def only_speaks(spotted: Spotted, named: dict[str, Span]) -> bool:
    """Whether the one career that is named is that of who said something: "the teacher told me welding is dead"."""
    if len(named) != 1:
        return False
    (span,) = named.values()
    return span.end < len(spotted.tokens) and spotted.tokens[span.end].word in _TELLS


def _place(item: tuple[str, Span]) -> int:
    return item[1].start


def _mention(spotted: Spotted, slug: str, span: Span, asked: tuple[int, int]) -> Mention:
    weight = 2.0 if asked[0] <= span.start < asked[1] else 0.0
    before = spotted.words[max(0, span.start - 2) : span.start]
    after = spotted.tokens[span.end].word if span.end < len(spotted.tokens) else ""
    told = _of_somebody_else(spotted, span)
    if told or (before and before[-1] in _SOMEBODYS and after not in _OF_A_JOB):
        weight -= 3.0
    elif before and before[-1] in _ABOUT:
        weight += 0.5
    if after in _OF_A_JOB:
        weight += 1.0
    if after in _TELLS:
        weight -= 3.0
    weight -= 0.5 if span.weak else 0.0
    # Of what is told, the last before the question is likeliest what "it" means.
    return Mention(slug, span, weight + span.start * 0.001, own=weight > -2.0)


def _of_a_school(spotted: Spotted, span: Span) -> bool:
    """Whether it only says of what kind a school or a paper is: "do midwives need a nursing degree?"."""
    return span.end < len(spotted.tokens) and spotted.tokens[span.end].word in _OF_A_SCHOOL


def _of_somebody_else(spotted: Spotted, span: Span) -> bool:
    """Whether the sentence says of somebody else that they have this trade: "my mother was a nurse"."""
    sentence = spotted.tokens[span.start].sentence
    for at in range(span.start - 1, max(-1, span.start - _FAR), -1):
        token = spotted.tokens[at]
        if token.sentence != sentence or token.word in _SELF:
            return False
        wished = token.word in _WISHES and spotted.tokens[at - 1].word != "used"
        if wished and at:
            return False  # "my son wants to be a vet": that is what is asked about
        if token.word in _RELATIVES or token.stem in _RELATIVES:
            return True
    return False


def _groups(spotted: Spotted, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """The mentions in runs that only joining words keep apart."""
    groups = [[mentions[0]]]
    for mention in mentions[1:]:
        last = groups[-1][-1].span
        between = range(last.end, mention.span.start)
        joined = len(between) <= _WIDEST_GAP and all(spotted.tokens[at].word in _JOINS for at in between)
        new_sentence = spotted.tokens[mention.span.start].sentence != spotted.tokens[last.start].sentence
        if joined and not new_sentence:
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _within(group: Sequence[Mention], asked: tuple[int, int]) -> bool:
    return all(asked[0] <= mention.span.start < asked[1] for mention in group)


def _without_people(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without people of the story, as long as two remain."""
    kept = [mention for mention in mentions if mention.own]
    return kept if len(kept) >= 2 else list(mentions)


def _change(mentions: Sequence[Mention], asked: tuple[int, int]) -> list[Mention]:
    """Of more than two, the goal (in the question) and the trade that is told last before it."""
    inside = [mention for mention in mentions if asked[0] <= mention.span.start < asked[1]]
    if len(inside) >= 2:
        return inside
    goal = inside[-1] if inside else mentions[-1]
    before = [mention for mention in mentions if mention.span.start < goal.span.start]
    return [before[0], goal] if before else [goal, mentions[-1]]
