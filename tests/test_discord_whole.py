"""What is shown is whole: no word, figure or link of an answer is cut, whatever the answer is."""

from __future__ import annotations

import tests.discord_import  # noqa: F401 - before anything that imports discord.py

# isort: split

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.discord.boards import board
from adapters.discord.components import ITEMS
from adapters.discord.layout import layout
from adapters.discord.localised import language
from adapters.discord.markup import fitting, shortened, wrapped
from adapters.discord.plan_boards import detail, everything, offer
from adapters.discord.plan_items import PLAN_ITEMS
from adapters.discord.queue_boards import confirming, lines_of, rows_of
from adapters.discord.queue_items import CURATOR_ITEMS
from adapters.discord.render import Card, Controls, cards, plain_pages
from adapters.discord.tables import chart_lines, table_lines
from adapters.text import visible
from bot.community import Saved
from bot.community_curation import MissGroup
from bot.community_queue import Proposal
from bot.core import CareerBot
from bot.message import ConversationKey, IncomingMessage, StructuredRequest
from bot.reply import Chart, Point, Reply, Table
from tests.discord_spec import message_problems, problems, walk
from tests.test_discord_render import KINDS, LONG, OWNER, REPLIES, assert_harmless, payload

CAREERS = 200
KIND_NAMES = {kind.model_fields["kind"].default for kind in KINDS}
LANGUAGES = ("en-GB", "de", "fr", "es-ES", "pt-BR")
_SAFE_TO_CUT = 40
"""A word of so many characters may be longer than where it stands (a label, a cell), and then has to be cut."""
_ADDRESS = re.compile(r"\]\(<[^>]*>\)")


def tokens(text: str) -> Iterator[str]:
    """The words of a text by their letters and digits alone, so that markup makes no difference."""
    for word in text.split():
        if letters := "".join(filter(str.isalnum, word)):
            yield letters


def words_in(reply: Reply) -> Iterator[str]:
    """Every text of a reply."""
    found: list[Any] = [reply.model_dump()]
    while found:
        one = found.pop()
        if isinstance(one, str):
            yield visible(one)
        elif isinstance(one, dict):
            found += one.values()
        elif isinstance(one, list | tuple):
            found += one


def allowed(replies: Iterable[Reply]) -> set[str]:
    """What may be shown as a word: those of the replies, whole or parted at a hyphen, and the adapter's own."""
    found = {"Source", "Quelle", "Fuente", "Fonte", "link", "Link"}
    for word in chain.from_iterable(text.split() for reply in replies for text in words_in(reply)):
        parts = word.split("-")
        for start in range(len(parts)):
            for end in range(start + 1, min(len(parts), start + 8) + 1):
                found.update(tokens("".join(parts[start:end])))
        found.update((*tokens(word), *tokens(word.replace("`", "ˋ"))))  # within code nothing can be escaped
    return found


def shown(card: Card) -> Iterator[str]:
    """Every line that a person sees of a card: its texts, its buttons and the options of its menu."""
    for one in walk(payload(card)["components"]):
        if "content" in one:
            yield from _ADDRESS.sub("]", one["content"]).split("\n")
        for labelled in (one, *(one.get("options") or [])):
            if labelled.get("label") and str(labelled.get("custom_id") or labelled.get("value"))[:2] in ("1a", "=W"):
                yield labelled["label"]


def cut(card: Card, known: set[str]) -> list[str]:
    """Words on the card that stand in none of the texts it was made from."""
    long = [word for word in known if len(word) >= _SAFE_TO_CUT]
    found = []
    for line in shown(card):
        numbered = re.sub(r"^\d+\. ", "", line)
        found += [one for one in tokens(numbered) if one not in known and not any(one in word for word in long)]
    return found


def left_out(replies: Iterable[Reply], pages: Iterable[Card]) -> set[str]:
    """Words of the blocks that stand on no page and on no button; addresses and bars aside."""
    told = {one for card in pages for line in shown(card) for one in tokens(line)}
    together = "".join(told)
    wanted: set[str] = set()
    for reply in replies:
        blocks = reply.model_copy(update={"summary": "", "suggestions": (), "figures": (), "results": ()})
        texts = {text for text in words_in(blocks) if text not in KIND_NAMES and "://" not in text}
        wanted.update(one for text in texts for part in re.split(r"[\s-]", text) for one in tokens(part))
    return {one for one in wanted - told if one not in together}


async def ask(bot: CareerBot, intent: str, options: dict[str, str], locale: str) -> list[Reply]:
    """The answers to a command or to what a button asks."""
    handled = await bot.handle(IncomingMessage(
        text="", conversation=ConversationKey(platform="test", thread=intent, person=locale), locale=locale,
        request=StructuredRequest(intent=intent, options=options),
    ))  # fmt: skip
    return [answer.reply for answer in handled.answers]


async def test_every_answer_of_200_careers_fits_and_is_whole(bot: CareerBot) -> None:
    """All intents, each for 200 careers drawn with a fixed seed, in five languages: all fits, all is shown."""
    chosen = random.Random(5)
    names = sorted({target.id for _, target in bot.understanding.gazetteer.entries("career")})
    titles = [bot.understanding.directory.career(slug).title for slug in chosen.sample(names, CAREERS)]
    places = ("Berlin", "Texas", "London", "United States", "Toronto")
    for at, title in enumerate(titles):
        locale = LANGUAGES[at % len(LANGUAGES)]
        for intent in bot.intents:
            least, most = intent.careers
            careers = ", ".join([title, titles[at - 1]][: max(least, min(most, 1))])
            options = {"career": careers} if careers else {}
            if intent.name in ("salary", "compare") and at % 2:
                options["place"] = places[at % len(places)]
            replies = await ask(bot, intent.name, options, locale)
            known = allowed(replies)
            pages = cards(replies, Controls(owner=OWNER, question="/x y", share=True, feedback=True, thread=True))
            for card in pages:
                assert list(message_problems(payload(card))) == [], (intent.name, title)
                assert cut(card, known) == [], (intent.name, title, locale)
                assert all(0 < len(page) <= 2000 for page in plain_pages(card))
            assert left_out(replies, pages) == set(), (intent.name, title, locale)


PATTERNS = [one.__discord_ui_compiled_template__ for one in (*ITEMS, *PLAN_ITEMS, *CURATOR_ITEMS)]


def unanswered(components: list[dict[str, Any]]) -> list[str]:
    """Ids of what can be pressed that not exactly one of the registered items answers to, after any restart."""
    ids = [one["custom_id"] for one in walk(components) if one.get("custom_id") and not one.get("disabled")]
    return [ident for ident in ids if sum(bool(pattern.fullmatch(ident)) for pattern in PATTERNS) != 1]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(REPLIES, st.integers(1, 2**64 - 1))
def test_whatever_is_under_an_answer_is_answered_after_a_restart(reply: Reply, owner: int) -> None:
    """Each button and menu tells by its id alone what it does: one registered item answers to it, and only one."""
    controls = Controls(owner=owner, question="/x y", share=True, feedback=True, thread=True, save="data-engineer")
    for card in cards([reply], replace(controls, thread=False)) + cards([reply], replace(controls, save="")):
        assert unanswered(payload(card)["components"]) == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(REPLIES, min_size=1, max_size=2))
def test_no_word_of_any_reply_is_cut(replies: list[Reply]) -> None:
    """Hostile text too: what is left out is left out between words; only a word longer than its place is cut."""
    known = allowed(replies)
    for card in cards(replies, Controls(owner=OWNER)):
        assert cut(card, known) == []


FIGURES = ("CHF 120 000", "US$131,540", "95 000 £", "15,8 %", "15-1243.00", "R$ 7 000 000", "120 000 kr")
PARTED = re.compile(
    r"CHF(?! 120 000)|120(?! 000)|(?<!\d )\b000\b|US\$(?!131,540)|95(?! 000 £)|R\$(?! 7 000 000)|15,8(?! %)"
    r"|15-1?(?![\d,])"
)
FILLER = st.sampled_from(("a", "median", "of", "Newark-Jersey", "earns", "zone", "é", "東京"))
TEXTS = st.lists(st.tuples(FILLER, st.sampled_from(("", *FIGURES))).map(" ".join), min_size=1, max_size=80).map(
    " ".join
)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(20, 700))
def test_no_figure_is_parted(text: str, longest: int) -> None:
    """In running text, in labels and in cells: a figure stands whole, with its currency or unit, in one line."""
    wide = Table(columns=("Place", "What"), rows=((text, text), ("a", text)))
    chart = Chart(title="t", points=(Point(label=text, value=1, shown=text), Point(label="a", value=2, shown=text)))
    lines = [*wrapped(text, longest), shortened(text, longest)]
    for block in (*table_lines(wide), *chart_lines(chart)):
        lines += block.split("\n")
    for line in lines:
        plain = line.replace("\u200b", "").replace("\\", "")
        assert not PARTED.search(plain), plain


@settings(max_examples=100, deadline=None)
@given(st.lists(LONG, max_size=30), st.integers(10, 4000))
def test_a_board_shows_whole_lines(lines: list[str], longest: int) -> None:
    """A board leaves out whole lines at its end, and says so with "…"."""
    text = fitting(lines, longest)
    assert len(text) <= longest
    kept = [line for one in lines for line in one.split("\n")]
    shown_lines = text.split("\n")
    if shown_lines[-1:] == ["…"] and text != "\n".join(lines):
        shown_lines.pop()
    assert shown_lines == kept[: len(shown_lines)] or text == ""


SAVED = st.builds(
    Saved, kind=st.sampled_from(("career", "course", "path")), ident=st.text("abc-", min_size=1, max_size=110),
    title=LONG.filter(lambda text: bool(visible(text))).map(lambda text: text[:300]), steps=st.integers(0, 60),
    done=st.lists(st.integers(1, 60), max_size=5).map(tuple),
)  # fmt: skip
GROUPS = st.builds(
    MissGroup, ident=st.integers(1, 10**12), misses=st.just((1,)), text=LONG,
    kinds=st.just(("not understood",)), count=st.integers(1, 10**6), newest=st.just(datetime(2026, 1, 1, tzinfo=UTC)),
    wordings=st.lists(LONG, max_size=5).map(tuple), comments=st.lists(LONG, max_size=5).map(tuple),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(SAVED, min_size=1, max_size=30, unique_by=lambda one: (one.kind, one.ident)),
    GROUPS,
    st.lists(LONG, min_size=1, max_size=30),
    st.data(),
)
def test_no_board_breaks_a_limit_or_smuggles_anything(
    saved: list[Saved], group: MissGroup, texts: list[str], data: st.DataObject
) -> None:
    """Plans and the curators' queue hold what people typed and what was imported: harmless, and within the limits."""
    words = language(data.draw(st.sampled_from(LANGUAGES)))
    found = [Proposal(code=f"d|{at}", label=f"It means: {text}") for at, text in enumerate(texts)]
    for view in (
        everything(saved, "", words, reminded=data.draw(st.booleans())),
        offer("plumber", [Saved(kind="career", ident="plumber", title=saved[0].title), *saved], words),
        detail(saved[0], texts, "", words),
        board(lines_of(group), rows_of(group, found, 1, more=True)),
        confirming(group, texts[0], "=d"),
    ):
        sent = {"flags": 1 << 15, "components": view.to_components(), "allowed_mentions": {"parse": []}}
        assert list(message_problems(sent)) == []
        assert unanswered(sent["components"]) == []
        for one in walk(sent["components"]):
            assert_harmless(one.get("content", ""))


def test_a_board_of_a_thousand_lines_is_one_that_discord_takes() -> None:
    """The text of a board is bounded whatever is saved or waits in a queue."""
    view = board(["- " + "word " * 40] * 1000, [])
    sent = {"flags": 1 << 15, "components": view.to_components(), "allowed_mentions": {"parse": []}}
    assert list(message_problems(sent)) == []


@pytest.mark.parametrize("locale", LANGUAGES)
async def test_answers_are_what_discord_documents(bot: CareerBot, locale: str) -> None:
    """Each intent's answer about an electrician passes Discord's own schema, where it is at hand."""
    for intent in bot.intents:
        careers = ", ".join(["Electrician", "Plumber"][: max(intent.careers[0], min(intent.careers[1], 1))])
        replies = await ask(bot, intent.name, {"career": careers} if careers else {}, locale)
        for card in cards(replies, Controls(owner=OWNER, question="x", share=True, feedback=True, locale=locale)):
            assert list(problems("POST", "/channels/1/messages", payload(card))) == []
            assert layout(card).is_finished()
