"""Charts as pictures: what is drawn, what its alternative text says, and what stays text."""

from __future__ import annotations

import asyncio
import io
import math
import subprocess
import sys
from dataclasses import fields
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from adapters.charts import (
    LONGEST_ALT,
    MOST_A_SECOND,
    MOST_AT_FIRST,
    MOST_ROWS,
    MOST_WAITING,
    Bars,
    Charts,
    Picture,
    Row,
    Theme,
    alt_text,
    bars_of,
)
from adapters.charts_drawing import LOOKS, WIDTH, Drawing, Look
from bot.reply import Chart, Point, Table

PAY = Table(
    columns=("#", "Career", "Median pay", "in EUR"),
    rows=(("1", "Neurologist", "$360,640 a year", "≈ €310,000"), ("2", "Dentist", "$286,510 a year", "≈ €246,000"),
          ("3", "Baker", "$36,000 a year", "≈ €31,000")),
    right=(2, 3), bars=(1.0, 0.79, 0.1),
)  # fmt: skip


async def drawn(block: Chart | Table, title: str = "", theme: Theme = "dark") -> Picture | None:
    charts = Charts(theme)
    try:
        return await charts.picture(block, title)
    finally:
        charts.close()


async def test_the_picture_is_a_png_and_its_alternative_text_says_all_of_it() -> None:
    """The title, what is measured, and each label with each of its figures."""
    picture = await drawn(PAY, "Best paid careers, Texas")
    assert picture is not None
    with Image.open(io.BytesIO(picture.png)) as image:
        assert (image.format, image.width) == ("PNG", WIDTH)
    assert picture.alt == (
        "Best paid careers, Texas (Median pay · in EUR). 1. Neurologist: $360,640 a year · ≈ €310,000; "
        "2. Dentist: $286,510 a year · ≈ €246,000; 3. Baker: $36,000 a year · ≈ €31,000."
    )


async def test_the_same_chart_is_drawn_once_and_has_the_same_name() -> None:
    """A second request gets the picture that is kept; another process gives it the same file name."""
    charts = Charts("dark")
    try:
        first, second = await charts.picture(PAY, "Pay"), await charts.picture(PAY, "Pay")
    finally:
        charts.close()
    other = await drawn(PAY, "Pay")
    assert first is second
    assert first is not None
    assert other is not None
    assert (first.png, first.name) == (other.png, other.name)


async def test_longer_bars_for_larger_figures_and_another_colour_for_losses() -> None:
    """The pixels of each bar are its share of the track; a loss is never drawn as a gain."""
    chart = Chart(title="Change", points=tuple(
        Point(label=name, value=value, shown=str(value)) for name, value in (("a", 8.0), ("b", 4.0), ("c", -4.0))
    ))  # fmt: skip
    picture = await drawn(chart)
    assert picture is not None
    with Image.open(io.BytesIO(picture.png)) as image:
        colours = image.convert("RGBA").getcolors(1 << 20) or []
    look = LOOKS["dark"]
    gain, loss = (sum(n for n, colour in colours if near(colour, wanted)) for wanted in (look.gain, look.loss))
    assert gain == pytest.approx(3 * loss, rel=0.05)


def near(one: object, two: tuple[int, int, int]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) < 12 for a, b in zip(one, two, strict=False))


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_letters_and_bars_have_contrast(look: Look) -> None:
    """WCAG 2.1: 4.5 to 1 for text, 3 to 1 for what carries meaning."""
    assert contrast(look.text, look.ground) >= 7
    assert contrast(look.muted, look.ground) >= 4.5
    assert min(contrast(bar, look.ground) for bar in (look.gain, look.loss)) >= 3
    assert {field.name for field in fields(look)} == {"ground", "text", "muted", "track", "gain", "loss"}


def contrast(one: tuple[int, int, int], two: tuple[int, int, int]) -> float:
    """The contrast ratio of WCAG 2.1."""
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: tuple[int, int, int]) -> float:
    parts = [c / 255 for c in colour]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    "block",
    [
        PAY.model_copy(update={"bars": ()}),
        PAY.model_copy(update={"rows": PAY.rows[:1], "bars": PAY.bars[:1]}),
        PAY.model_copy(update={"rows": PAY.rows * 5, "bars": PAY.bars * 5}),
        PAY.model_copy(update={"bars": (math.nan, 0.5, 0.1)}),
        PAY.model_copy(update={"bars": (0.0, 0.0, 0.0)}),
        PAY.model_copy(update={"rows": (*PAY.rows[:2], ("3", "職人", "¥1", "€1"))}),
        PAY.model_copy(update={"rows": (*PAY.rows[:2], ("3", "word " * 23, "$1", "€1"))}),
        PAY.model_copy(update={"rows": (*PAY.rows[:2], ("3", "x" * 5_000, "$1", "€1"))}),
    ],
    ids=["no bars", "one row", "many rows", "no number", "all nothing", "no letters", "three lines", "endless"],
)
async def test_what_a_picture_would_not_show_well_stays_text(block: Table) -> None:
    """None tells the caller to show the table."""
    assert await drawn(block) is None


async def test_no_answer_is_late_for_its_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """While many wait to be drawn, others are text; later they are drawn, and what waits is drawn once."""
    go = Event()
    monkeypatch.setattr(Charts, "_drawn", lambda _self, _bars, alt: Picture(b"", alt, "") if go.wait(30) else None)
    charts = Charts("dark")
    try:
        waiting = [asyncio.ensure_future(charts.picture(PAY, str(number))) for number in range(MOST_WAITING)]
        same = asyncio.ensure_future(charts.picture(PAY, "0"))
        await asyncio.sleep(0)
        assert await charts.picture(PAY, "one more") is None
        go.set()
        first, *_ = await asyncio.gather(*waiting)
        assert await same is first
        assert await charts.picture(PAY, "one more") is not None
    finally:
        go.set()
        charts.close()


async def test_answers_come_before_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many new ones a second and no more; those that are kept are shown always."""
    monkeypatch.setattr(Charts, "_drawn", lambda _self, _bars, alt: Picture(b"", alt, ""))
    now = [0.0]
    charts = Charts("dark", lambda: now[0])
    try:
        first = [await charts.picture(PAY, str(number)) for number in range(MOST_AT_FIRST + 5)]
        assert [one is not None for one in first] == [True] * MOST_AT_FIRST + [False] * 5
        assert await charts.picture(PAY, "0") is first[0]
        now[0] += 1 / MOST_A_SECOND
        assert await charts.picture(PAY, "later") is not None
        assert await charts.picture(PAY, "too soon") is None
    finally:
        charts.close()


def test_pillow_is_not_imported_before_a_picture_is_drawn() -> None:
    """Starting is no slower for it."""
    code = "import sys, adapters.charts; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("share", [0.0005, 0.012, 0.0166, 0.02, -0.0166])
def test_a_small_share_is_a_bar_too(share: float) -> None:
    """A bar that is no longer than its round ends is drawn as those: the chart is no less a picture for it."""
    rows = (Row("most", "100", 1.0), Row("some", "50", 0.5), Row("few", "1", share))
    png = Drawing("dark").png(Bars("", "", rows))
    assert png is not None
    with Image.open(io.BytesIO(png)) as image:
        colours = image.convert("RGBA").crop((0, image.height - 60, image.width, image.height)).getcolors(1 << 20) or []
    assert any(near(colour, LOOKS["dark"].gain if share > 0 else LOOKS["dark"].loss) for _, colour in colours)


CELL = st.text(max_size=60)
ROWS = st.lists(st.tuples(CELL, CELL), max_size=MOST_ROWS + 2)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, bars=st.lists(st.floats(), max_size=MOST_ROWS + 2), columns=st.tuples(CELL, CELL))
def test_any_table_is_drawn_or_left(rows: list[tuple[str, str]], bars: list[float], columns: tuple[str, str]) -> None:
    """Whatever is in its cells: a picture with bounded sides and alternative text, or none; never an error."""
    table = Table(columns=columns, rows=tuple(rows), right=(1,), bars=tuple(bars))
    found = bars_of(table)
    if found is None or len(alt_text(found)) > LONGEST_ALT:
        return
    png = Drawing("light").png(found)
    if png is not None:
        with Image.open(io.BytesIO(png)) as image:
            assert image.width == WIDTH
            assert image.height < 2_000
