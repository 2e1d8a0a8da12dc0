"""Bar charts as PNG files, with Pillow: each row a label, its value, and a bar under both.

Labels stand over their bars rather than beside them: names of occupations and of metropolitan areas are long, and most
people read this on a telephone.

A chart has six colours and the shades between two of them at the edges of letters and bars. It is drawn as numbers of a
palette that holds just these shades: a fifth of the time that drawing in full colour and reducing it would take.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
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


class Shades:
    """Numbers of the palette: for each pair of colours that meet, the first shade and the last."""

    TEXT, MUTED = (0, 31), (32, 63)
    TRACK, CORNER = (128, 143), (144, 159)
    GAIN, GAIN_ON_TRACK = (160, 175), (176, 191)
    LOSS, LOSS_ON_TRACK = (192, 207), (208, 223)

    @staticmethod
    def palette(look: Look) -> tuple[list[int], bytes]:
        """The colours of all numbers, and how opaque each is: the corners of the picture fade into the window."""
        meeting = (
            (Shades.TEXT, look.ground, look.text), (Shades.MUTED, look.ground, look.muted),
            (Shades.TRACK, look.ground, look.track), (Shades.CORNER, look.ground, look.ground),
            (Shades.GAIN, look.ground, look.gain), (Shades.GAIN_ON_TRACK, look.track, look.gain),
            (Shades.LOSS, look.ground, look.loss), (Shades.LOSS_ON_TRACK, look.track, look.loss),
        )  # fmt: skip
        colours, opaque = [0] * 768, bytearray(b"\xff" * 256)
        for (first, last), one, other in meeting:
            for number in range(first, last + 1):
                share = (number - first) / (last - first)
                colours[3 * number : 3 * number + 3] = [
                    round(a + (b - a) * share) for a, b in zip(one, other, strict=True)
                ]
                if first == Shades.CORNER[0]:
                    opaque[number] = round(255 * share)
        return colours, bytes(opaque)


Shade = tuple[int, int]


class Drawing:
    """Draws charts in one look; holds the fonts. Not for several threads at once."""

    def __init__(self, theme: Theme) -> None:
        self._palette, self._opaque = Shades.palette(LOOKS[theme])
        self._regular, self._strong = _font("Inter-Regular", _TEXT), _font("Inter-SemiBold", _TEXT)
        self._small = _font("Inter-Regular", _SMALL)
        self._missing = bytes(self._regular.getmask(_NO_GLYPH))
        self._known: dict[str, bool] = {" ": True}
        self._round: dict[tuple[int, Shade], Image.Image] = {}

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
        if self._regular.getlength(row.label) <= room:
            return [row.label]
        name, bracket, rest = row.label.partition(" (")
        halves = [name, f"({rest}"]
        if bracket and room >= max(map(self._regular.getlength, halves)):
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

    def _draw(self, bars: Bars, labels: Sequence[Sequence[str]]) -> bytes:
        captioned = bool(bars.left or bars.right)
        rows = sum(len(lines) * _LINE + _UNDER_LABEL + _BAR + _BETWEEN for lines in labels) - _BETWEEN
        image = Image.new("L", (WIDTH, 2 * _EDGE + (_LINE + _UNDER_LABEL if captioned else 0) + rows))
        self._corners(image, (0, 0, image.width, image.height), _CORNER, Shades.CORNER)
        pen, y = ImageDraw.Draw(image), _EDGE
        if captioned:
            self._captions(pen, y, bars.left, bars.right)
            y += _LINE + _UNDER_LABEL
        for row, lines in zip(bars.rows, labels, strict=True):
            for number, line in enumerate(lines):
                pen.text((_EDGE, y + number * _LINE), line, Shades.TEXT[1], self._regular)
            pen.text((WIDTH - _EDGE, y), row.shown, Shades.TEXT[1], self._strong, anchor="ra")
            y += len(lines) * _LINE + _UNDER_LABEL
            self._bar(image, pen, y, row.share)
            y += _BAR + _BETWEEN
        image.putpalette(self._palette)
        file = io.BytesIO()
        image.save(file, "PNG", transparency=self._opaque, compress_level=4)
        return file.getvalue()

    def _captions(self, pen: ImageDraw.ImageDraw, y: int, left: str, right: str) -> None:
        """The captions of the columns; the left one goes where both don't fit."""
        pen.rectangle((_EDGE, y, WIDTH - _EDGE, y + _LINE - 1), Shades.MUTED[0])
        room = WIDTH - 2 * _EDGE - _GAP - self._small.getlength(right)
        if self._small.getlength(left) <= room:
            pen.text((_EDGE, y), left, Shades.MUTED[1], self._small)
        pen.text((WIDTH - _EDGE, y), right, Shades.MUTED[1], self._small, anchor="ra")

    def _bar(self, image: Image.Image, pen: ImageDraw.ImageDraw, y: int, share: float) -> None:
        """A bar on its track: as long as the share, and never shorter than its round ends unless there is nothing."""
        left, right = _EDGE, WIDTH - _EDGE
        self._pill(image, pen, (left, y, right), Shades.TRACK, Shades.TRACK)
        if share:
            end = left + min(max(round(abs(share) * (right - left)), _BAR), right - left)
            whole, on_track = (Shades.GAIN, Shades.GAIN_ON_TRACK) if share > 0 else (Shades.LOSS, Shades.LOSS_ON_TRACK)
            self._pill(image, pen, (left, y, end), whole, whole if end == right else on_track)

    def _pill(
        self, image: Image.Image, pen: ImageDraw.ImageDraw, box: tuple[int, int, int], start: Shade, end: Shade
    ) -> None:  # fmt: skip
        """A bar from left to right with round ends, each in the shades of what it meets there."""
        left, y, right = box
        radius = _BAR // 2
        if right - left > 2 * radius:
            pen.rectangle((left + radius, y, right - radius - 1, y + _BAR - 1), start[1])
        image.paste(self._disc(radius, start).crop((0, 0, radius, _BAR)), (left, y))
        image.paste(self._disc(radius, end).crop((radius, 0, _BAR, _BAR)), (right - radius, y))

    def _corners(self, image: Image.Image, box: tuple[int, int, int, int], radius: int, shade: Shade) -> None:
        """Round corners of a box."""
        left, top, right, bottom = box
        disc = self._disc(radius, shade)
        for x, at in ((0, left), (radius, right - radius)):
            for y, down in ((0, top), (radius, bottom - radius)):
                image.paste(disc.crop((x, y, x + radius, y + radius)), (at, down))

    def _disc(self, radius: int, shade: Shade) -> Image.Image:
        """A disc with a smooth edge, in shades from the first outside to the last inside."""
        if (radius, shade) not in self._round:
            first, last = shade
            large = Image.new("L", (2 * radius * _FINER, 2 * radius * _FINER))
            ImageDraw.Draw(large).ellipse((0, 0, large.width - 1, large.height - 1), 255)
            self._round[radius, shade] = large.reduce(_FINER).point(
                [first + round((last - first) * level / 255) for level in range(256)]
            )
        return self._round[radius, shade]


def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    path = files("adapters") / "fonts" / f"{name}.woff2"
    return ImageFont.truetype(io.BytesIO(path.read_bytes()), size, layout_engine=ImageFont.Layout.BASIC)
