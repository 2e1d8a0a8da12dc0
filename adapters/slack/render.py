"""A reply as Slack shows it. Pure: reply in, messages out, each within Slack's limits.

Every string of a reply is untrusted. It reaches Slack as plain or rich text, which is shown letter for letter, or
through `adapters.slack.text.mrkdwn`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from adapters.slack import elements as e
from adapters.slack.elements import Json
from adapters.slack.limits import (
    CONTEXT_ELEMENTS,
    CONTEXT_TEXT,
    FIELD,
    FIELDS,
    HEADER,
    SECTION,
)
from adapters.slack.pack import Message, Part, pack
from adapters.slack.tables import bar, chart_text, native_chart, native_tables, table_text
from adapters.slack.text import address, link, mrkdwn, pieces
from adapters.text import labelled, source_text, visible
from bot.reply import (
    Block,
    Bullet,
    Bullets,
    Chart,
    Disclosure,
    Facts,
    Heading,
    Link,
    Links,
    Note,
    Paragraph,
    Reply,
    Sources,
    Table,
)

_ITEMS = 25
"""Items of one list block; longer lists go on in the next block, numbered through."""


def render(reply: Reply, controls: Sequence[Json] = ()) -> list[Message]:
    """A reply as messages.

    Args:
        reply: What to show.
        controls: Blocks with buttons, for the end of the last message.
    """
    parts = [part for block in reply.blocks for part in render_block(block)]
    controlled = [Part((control,)) for control in controls]
    return pack([*parts, *controlled], reply.summary.splitlines() or ["Answer"])


def view_blocks(reply: Reply, controls: Sequence[Json] = ()) -> list[Json]:
    """A reply for a modal, which knows no tables or charts: the plainer form of every part."""
    plain = [block for part in (p for block in reply.blocks for p in render_block(block)) for block in part.simple]
    return [*plain, *controls]


def render_block(block: Block) -> list[Part]:
    """One block as parts that may stand in different messages."""
    match block:
        case Heading():
            return _heading(block)
        case Paragraph():
            return [Part((_rich(piece),)) for piece in pieces(visible(block.text), SECTION)]
        case Facts():
            return _facts(block)
        case Bullets():
            return _bullets(block)
        case Table():
            return _table(block)
        case Chart():
            simple = tuple(chart_text(block))
            return [Part(tuple(native_chart(block)) or simple, simple)] if simple else []
        case Links():
            return _list([_link(item) for item in block.items], ordered=False)
        case Note() | Disclosure():
            texts = pieces(visible(block.text), CONTEXT_TEXT)
            return [Part((e.context([e.plain_text(text)]),)) for text in texts]
        case Sources():
            return _sources(block)
        case _:
            assert_never(block)


def _rich(text: str, *, bold: bool = False) -> Json:
    return e.rich([e.rich_section([e.span(text, bold=bold)])])


def _heading(block: Heading) -> list[Part]:
    text = visible(block.text)
    if block.level == 1 and 0 < len(text) <= HEADER:
        return [Part((e.header(text),), keep=True)]
    return [Part((_rich(piece, bold=True),), keep=True) for piece in pieces(text, SECTION)]


def _facts(facts: Facts) -> list[Part]:
    fields: list[str] = []
    parts: list[Part] = []

    def close() -> None:
        for group in _sized(fields, FIELDS):
            parts.append(Part(({"type": "section", "fields": [e.mrkdwn_text(text) for text in group]},)))
        fields.clear()

    for fact in facts.items:
        label, value = mrkdwn(fact.label), mrkdwn(fact.value)
        text = "\n".join(line for line in (f"*{label}*" if label else "", value) if line)
        if 0 < len(text) <= FIELD:
            fields.append(text)
        elif text:
            close()
            whole = labelled(visible(fact.label), visible(fact.value))
            parts += [Part((_rich(piece),)) for piece in pieces(whole, SECTION)]
    close()
    return parts


def _bullets(bullets: Bullets) -> list[Part]:
    return _list([_bullet(item) for item in bullets.items], ordered=bullets.ordered)


def _bullet(item: Bullet) -> list[Json]:
    lead, whole = visible(item.lead), labelled(visible(item.lead), visible(item.text))
    if not lead or len(lead) > SECTION // 2:
        return [e.span(whole)] if whole else []
    rest = whole[len(lead) :]
    return [e.span(lead, bold=True), *([e.span(rest)] if rest else [])]


def _link(item: Link) -> list[Json]:
    title, target = visible(item.title) or address(item.url), address(item.url)
    if not title:
        return []
    about = " · ".join(text for text in (visible(item.detail), visible(item.reason)) if text)
    shown = bar(item.relevance)[::2] if item.relevance is not None and item.relevance > 0 else ""
    spans = [e.rich_link(target, title)] if target else [e.span(title, bold=True)]
    if about:
        spans.append(e.span(f"\n{about}"))
    if shown:
        spans.append(e.span(f"  {shown}"))
    return spans


def _list(items: Iterable[list[Json]], *, ordered: bool) -> list[Part]:
    """Items as list blocks of rich text; one that is too long for a block stands as paragraphs of its own."""
    parts: list[Part] = []
    group: list[list[Json]] = []
    used, first = 0, 0

    def close() -> None:
        nonlocal group, used
        if group and ordered and first:
            # Not every version of Slack's lists can start at another number: these are written out.
            numbered = [[e.span(f"{at}. "), *spans] for at, spans in enumerate(group, first + 1)]
            parts.append(Part((e.rich([e.rich_section(spans) for spans in numbered]),)))
        elif group:
            style = "ordered" if ordered else "bullet"
            listed = {"type": "rich_text_list", "style": style, "elements": [e.rich_section(one) for one in group]}
            parts.append(Part((e.rich([listed]),)))
        group, used = [], 0

    for number, spans in enumerate(items):
        size = e.strings(spans)
        if size > SECTION:
            close()
            text = "".join(one["text"] for one in spans)
            lead = f"{number + 1}. " if ordered else "• "
            parts += [Part((_rich(piece),)) for piece in pieces(lead + text.replace("\n", " "), SECTION)]
        elif spans:
            if used + size > SECTION or len(group) == _ITEMS:
                close()
            if not group:
                first = number
            group.append(spans)
            used += size
    close()
    return parts


def _table(table: Table) -> list[Part]:
    native = native_tables(table)
    if not native:
        return [Part((block,)) for block in table_text(table)]
    if len(native) == 1:
        return [Part((native[0],), tuple(table_text(table)))]
    # Each part must be able to stand alone in its plainer form too.
    parts: list[Part] = []
    at = 0
    for block in native:
        count = len(block["rows"]) - 1
        rows, bars = table.rows[at : at + count], table.bars[at : at + count]
        parts.append(Part((block,), tuple(table_text(table.model_copy(update={"rows": rows, "bars": bars})))))
        at += count
    return parts


def _sources(sources: Sources) -> list[Part]:
    texts: list[str] = []
    for item in sources.items:
        line = source_text(item)
        whole = f"{mrkdwn(sources.label)}: {link(item.url, line)}"
        if not line:
            continue
        texts += (
            [whole] if len(whole) <= CONTEXT_TEXT else pieces(f"{mrkdwn(sources.label)}: {mrkdwn(line)}", CONTEXT_TEXT)
        )
    groups = _sized(texts, CONTEXT_ELEMENTS)
    return [Part((e.context([e.mrkdwn_text(text) for text in group]),)) for group in groups]


def _sized(texts: Sequence[str], most: int) -> list[list[str]]:
    """Texts in groups of at most `most`, and of a size that leaves room for others in a message."""
    groups: list[list[str]] = []
    for text in texts:
        if not groups or len(groups[-1]) == most or sum(map(len, groups[-1])) + len(text) > SECTION:
            groups.append([])
        groups[-1].append(text)
    return groups
