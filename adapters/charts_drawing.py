"""Bar charts as PNG files, with Pillow: each row a label, its value, and a bar under both.

Labels stand over their bars rather than beside them: names of occupations and of metropolitan areas are long, and most
people read this on a telephone.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont

from adapters.charts import Bars, Row, Theme

WIDTH = 920
"""Pixels; a desktop client shows some 550 of its own, a telephone 350."""
_EDGE, _CORNER = 36, 24
_TEXT, _SMALL, _LINE = 27, 22, 36
"""Sizes of letters and the distance of two lines, in pixels."""
_BAR, _UNDER_LABEL, _BETWEEN = 14, 8, 22
_GAP = 28
"""Pixels between a label and its value."""
_MOST_LINES = 2
_FINER = 4
"""How much finer round ends are drawn before they are scaled down."""
_COLOURS = 96
_NO_GLYPH = "\U000f1234"
"""A private character that no font has."""

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, as red, green and blue from 0 to 255."""

    ground: Colour
    text: Colour
    muted: Colour
    track: Colour
    gain: Colour
    loss: Colour


LOOKS: dict[Theme, Look] = {
    "dark": Look((30, 31, 36), (242, 243, 245), (174, 178, 188), (54, 56, 64), (92, 148, 255), (255, 140, 105)),
    "light": Look((255, 255, 255), (29, 28, 29), (92, 95, 102), (232, 234, 239), (47, 111, 237), (201, 74, 34)),
}


class Drawing:
    """Draws charts in one look; holds the fonts. Not for several threads at once."""

    def __init__(self, theme: Theme) -> None:
        self._look = LOOKS[theme]
        self._regular, self._strong = _font("Inter-Regular", _TEXT), _font("Inter-SemiBold", _TEXT)
        self._small = _font("Inter-Regular", _SMALL)
        self._missing = bytes(self._regular.getmask(_NO_GLYPH))
        self._known: dict[str, bool] = {" ": True}

    def png(self, bars: Bars) -> bytes | None:
        """The chart as a PNG file; None where a label is too long or a character isn't in the font."""
        texts = (bars.left, bars.right, *(text for row in bars.rows for text in (row.label, row.shown)))
        if not all(map(self._has, {character for text in texts for character in text})):
            return None
        labels = [self._lines(row) for row in bars.rows]
        if any(lines is None for lines in labels):
            return None
        return self._draw(bars, [lines or [] for lines in labels])

    def _has(self, character: str) -> bool:
        if character not in self._known:
            self._known[character] = bytes(self._regular.getmask(character)) != self._missing
        return self._known[character]

    def _lines(self, row: Row) -> list[str] | None:
        """A label in lines beside its value, broken before a bracket or between words; None where it takes too many."""
        room = WIDTH - 2 * _EDGE - _GAP - self._strong.getlength(row.shown)
        name, bracket, rest = row.label.partition(" (")
        halves = [name, f"({rest}"]
        if bracket and self._regular.getlength(row.label) > room >= max(map(self._regular.getlength, halves)):
            return halves
        lines = [""]
        for word in row.label.split():
            longer = f"{lines[-1]} {word}".lstrip()
            if self._regular.getlength(longer) <= room:
                lines[-1] = longer
            elif self._regular.getlength(word) <= room and lines[-1]:
                lines.append(word)
            else:
                return None
        return lines if len(lines) <= _MOST_LINES else None

    def _draw(self, bars: Bars, labels: list[list[str]]) -> bytes:
        look, captioned = self._look, bool(bars.left or bars.right)
        rows = sum(len(lines) * _LINE + _UNDER_LABEL + _BAR + _BETWEEN for lines in labels) - _BETWEEN
        height = 2 * _EDGE + (_LINE + _UNDER_LABEL if captioned else 0) + rows
        image = Image.new("RGBA", (WIDTH, height), (*look.ground, 0))
        image.paste(look.ground, (0, 0), _rounded(WIDTH, height, _CORNER))
        pen, y = ImageDraw.Draw(image), _EDGE
        if captioned:
            self._write(pen, y, bars.left, bars.right)
            y += _LINE + _UNDER_LABEL
        for row, lines in zip(bars.rows, labels, strict=True):
            for number, line in enumerate(lines):
                pen.text((_EDGE, y + number * _LINE), line, look.text, self._regular)
            pen.text((WIDTH - _EDGE, y), row.shown, look.text, self._strong, anchor="ra")
            y += len(lines) * _LINE + _UNDER_LABEL
            _bar(image, y, row.share, look)
            y += _BAR + _BETWEEN
        file = io.BytesIO()
        image.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG")
        return file.getvalue()

    def _write(self, pen: ImageDraw.ImageDraw, y: int, left: str, right: str) -> None:
        """The captions of the columns; the left one goes where both don't fit."""
        room = WIDTH - 2 * _EDGE - _GAP - self._small.getlength(right)
        if self._small.getlength(left) <= room:
            pen.text((_EDGE, y), left, self._look.muted, self._small)
        pen.text((WIDTH - _EDGE, y), right, self._look.muted, self._small, anchor="ra")


def _bar(image: Image.Image, y: int, share: float, look: Look) -> None:
    """A bar on its track: as long as the share, and never shorter than its round ends unless there is nothing."""
    track = WIDTH - 2 * _EDGE
    image.paste(look.track, (_EDGE, y), _rounded(track, _BAR, _BAR // 2))
    length = min(max(round(abs(share) * track), _BAR), track) if share else 0
    if length:
        image.paste(look.gain if share > 0 else look.loss, (_EDGE, y), _rounded(length, _BAR, _BAR // 2))


def _rounded(width: int, height: int, radius: int) -> Image.Image:
    """A mask of a rectangle with smooth round corners."""
    corner = Image.new("L", (2 * radius * _FINER, 2 * radius * _FINER))
    ImageDraw.Draw(corner).ellipse((0, 0, 2 * radius * _FINER - 1, 2 * radius * _FINER - 1), 255)
    corner = corner.reduce(_FINER)
    mask = Image.new("L", (width, height), 255)
    for x in (0, 1):
        for y in (0, 1):
            box = (x * radius, y * radius, (x + 1) * radius, (y + 1) * radius)
            mask.paste(corner.crop(box), (x * (width - radius), y * (height - radius)))
    return mask


def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    path = files("adapters") / "fonts" / f"{name}.woff2"
    return ImageFont.truetype(io.BytesIO(path.read_bytes()), size, layout_engine=ImageFont.Layout.BASIC)
