"""Makes the pictures of docs/discord.md: real answers, as the messages that are sent, drawn in Discord's dark style.

    python docs/pictures/discord/make.py [--data FOLDER] [--out FOLDER]

Needs Chromium (apt-get install chromium) and built knowledge. Each picture is drawn from the very components that
discord.py would send, so that a change of the renderer shows.
"""  # noqa: INP001 - a script beside its pictures

from __future__ import annotations

import argparse
import asyncio
import html
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

from adapters.compose import open_bot
from adapters.discord.inbound import incoming, question_of, where
from adapters.discord.layout import layout
from adapters.discord.render import Controls, cards
from adapters.settings import Settings, default_data_folder
from adapters.why import explanation
from bot.community import CommunitySettings
from bot.core import CareerBot
from bot.reply import Reply

HERE = Path(__file__).parent
WIDTH, HEIGHT = 640, 1500
BACKGROUND = (0x31, 0x33, 0x38)
OWNER = 123456789012345678
PICTURES = {
    "career": "/career Electrician",
    "salary": "see all salaries for data engineers",
    "path": "/path UX Designer",
    "compare": "/compare Frontend Engineer, Backend Engineer",
    "quiz": "Start the interest quiz",
    "unclear": "what does an engineer earn in Berlin?",
    "transition": "/transition Registered Nurse, Data Analyst",
    "why": "data engineer pay in berlin",
}
"""Name → what was asked; "why" shows the explanation of its answer."""
STYLE = HERE / "style.css"


async def payload(bot: CareerBot, name: str, asked: str) -> list[dict[str, Any]]:
    """The components of the first page of an answer."""
    place = where(1, 2, OWNER)
    message = incoming(asked, place, CommunitySettings(), "en-GB", bot.intents)
    handled = await bot.handle(message)
    replies: list[Reply] = [answer.reply for answer in handled.answers]
    question = question_of(message.request or asked, handled, bot.intents)
    controls = Controls(owner=OWNER, question=question, share=handled.understood, feedback=True)
    if name == "why":
        replies, controls = [explanation(bot.understanding, handled)], Controls(owner=OWNER)
    if name == "quiz":
        controls = Controls(owner=OWNER)
    return layout(cards(replies, controls)[0]).to_components()


def drawn(one: dict[str, Any]) -> str:
    """A component as HTML."""
    inner = "".join(drawn(child) for child in one.get("components", []))
    match one["type"]:
        case 17:
            return f'<div class="box">{inner}</div>'
        case 10:
            return markdown(one["content"])
        case 14:
            return '<div class="rule"></div>'
        case 9:
            return f'<div class="sec"><div>{inner}</div>{drawn(one["accessory"])}</div>'
        case 1:
            return f'<div class="row">{inner}</div>'
        case 3:
            return f'<div class="menu">{html.escape(one.get("placeholder") or "")} ▾</div>'
        case 2:
            label = html.escape(one.get("label") or one["emoji"]["name"]) + (" ↗" if one.get("url") else "")
            return f'<span class="btn s{one["style"]} {"off" if one.get("disabled") else ""}">{label}</span>'
    return ""


def markdown(text: str) -> str:
    """Discord's markdown as far as the renderer uses it."""
    parts = re.split(r"```\n(.*?)\n```", text, flags=re.DOTALL)
    return "".join(f"<pre>{html.escape(p)}</pre>" if at % 2 else _lines(p) for at, p in enumerate(parts))


def _lines(text: str) -> str:
    lines = []
    for line in text.strip("\n").split("\n"):
        for mark, tag in (("### ", "h3"), ("## ", "h2"), ("-# ", "small")):
            if line.startswith(mark):
                lines.append(f"<{tag}>{_inline(line.removeprefix(mark))}</{tag}>" + ("<br>" if tag == "small" else ""))
                break
        else:
            item = re.match(r"(?:- |(\d+)\. )(.*)", line)
            if item:
                tag = f'ol start="{item.group(1)}"' if item.group(1) else "ul"
                lines.append(f"<{tag}><li>{_inline(item.group(2))}</li></{tag[:2]}>")
            else:
                lines.append(f"<p>{_inline(line)}</p>" if line else "")
    return f"<div>{''.join(lines)}</div>"


def _inline(text: str) -> str:
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group(1))
        return f"\x00{len(kept) - 1}\x00"

    text = re.sub(r"\\([^\w\s])", keep, text.replace("\u200b", ""))
    text = html.escape(text, quote=False)
    text = re.sub(r"`([^`]*)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"\[([^\]]*)\]\(&lt;([^)]*)&gt;\)", r'<a href="\2">\1</a>', text)
    return re.sub(r"\x00(\d+)\x00", lambda match: html.escape(kept[int(match.group(1))]), text)


def page(components: list[dict[str, Any]]) -> str:
    """A message as a page."""
    inner = "".join(drawn(one) for one in components)
    return (
        f'<meta charset="utf-8"><style>{STYLE.read_text("utf-8")}</style><div class="face">C</div>'
        '<div class="who">Careerbot <b>APP</b></div>'
        f'<div class="body">{inner}<div class="eph">Only you can see this · Dismiss message</div></div>'
    )


def screenshot(chromium: str, text: str, out: Path) -> None:
    """Draw a page, cut off below its last line, as a small PNG."""
    with tempfile.TemporaryDirectory() as folder:
        source, raw = Path(folder) / "page.html", Path(folder) / "raw.png"
        source.write_text(text, "utf-8")
        subprocess.run(  # noqa: S603 - our own page
            [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={raw}", source.as_uri()],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        out.write_bytes(cropped(raw.read_bytes()))


def cropped(png: bytes) -> bytes:
    """A PNG of 8-bit RGB(A) without the empty lines at its end, in at most 256 colours."""
    width, height, channels, rows = _decoded(png)
    pixels = [[row[x * channels : x * channels + 3] for x in range(width)] for row in rows]
    last = max((y for y, row in enumerate(pixels) if any(bytes(p) != bytes(BACKGROUND) for p in row)), default=0)
    pixels = pixels[: min(height, last + 14)]
    coarse = [
        [bytes(c & 0xF0 | c >> 4 for c in p) if bytes(p) != bytes(BACKGROUND) else bytes(p) for p in r] for r in pixels
    ]
    counts: dict[bytes, int] = {}
    for row in coarse:
        for pixel in row:
            counts[pixel] = counts.get(pixel, 0) + 1
    palette = sorted(counts, key=lambda colour: -counts[colour])[:256]
    index = {colour: at for at, colour in enumerate(palette)}
    nearest = {colour: _nearest(colour, palette) for colour in counts if colour not in index}
    data = b"".join(b"\0" + bytes(index.get(pixel, nearest.get(pixel, 0)) for pixel in row) for row in coarse)
    header = struct.pack(">IIBBBBB", width, len(pixels), 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(data, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def _nearest(colour: bytes, palette: list[bytes]) -> int:
    return min(
        range(len(palette)), key=lambda at: sum((a - b) ** 2 for a, b in zip(colour, palette[at], strict=True))
    )  # fmt: skip


def _coarse(pixel: bytes) -> bytes:
    """A colour with four bits a channel, the background as it is."""
    return pixel if pixel == bytes(BACKGROUND) else bytes(c & 0xF0 | c >> 4 for c in pixel)


def _decoded(png: bytes) -> tuple[int, int, int, list[bytearray]]:
    """Width, height, bytes a pixel and rows of a PNG as Chromium writes it."""
    at, data, width, height, channels = 8, b"", 0, 0, 3
    while at < len(png):
        size, name = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + size]
        if name == b"IHDR":
            width, height, _, kind = struct.unpack(">IIBB", body[:10])
            channels = 4 if kind == 6 else 3
        elif name == b"IDAT":
            data += body
        at += size + 12
    raw, stride, rows = zlib.decompress(data), width * channels, []
    before = bytearray(stride)
    for y in range(height):
        kind, row = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1 : (y + 1) * (stride + 1)])
        for x in range(stride):
            left, up = row[x - channels] if x >= channels else 0, before[x]
            corner = before[x - channels] if x >= channels else 0
            row[x] = (row[x] + (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]) & 255
        rows.append(row)
        before = row
    return width, height, channels, rows


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))


async def make(data: Path, out: Path) -> None:
    """Make all pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium isn't installed: apt-get install chromium")
    settings = Settings.model_construct(data=data, content=(), affiliate_links={}, locale="en-GB", default_country="")
    async with open_bot(settings) as bot:
        pages = {name: page(await payload(bot, name, asked)) for name, asked in PICTURES.items()}
    for name, text in pages.items():
        screenshot(chromium, text, out / f"{name}.png")
        sys.stdout.write(f"{name}.png {(out / f'{name}.png').stat().st_size} bytes\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the pictures of docs/discord.md.")
    parser.add_argument("--data", type=Path, default=default_data_folder())
    parser.add_argument("--out", type=Path, default=HERE)
    given = parser.parse_args()
    asyncio.run(make(given.data, given.out))
