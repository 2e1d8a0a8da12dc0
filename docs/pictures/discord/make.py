"""Makes the pictures of docs/discord.md: what the bot sends to a local Discord, drawn in the dark style of the client.

    python docs/pictures/discord/make.py [--data FOLDER] [--out FOLDER] [--only NAME …]

Needs Chromium and a font with emoji (apt-get install chromium fonts-noto-color-emoji), built knowledge and what the
tests need. Each picture is drawn from a request that the real client made, so that every change of the bot shows.
"""  # noqa: INP001 - a script beside its pictures

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2]))

import tests.discord_import  # noqa: E402, F401 - before anything that imports discord.py

# isort: split

import argparse  # noqa: E402
import asyncio  # noqa: E402
import base64  # noqa: E402
import html  # noqa: E402
import io  # noqa: E402
import re  # noqa: E402
import shutil  # noqa: E402
import subprocess  # noqa: E402
import tempfile  # noqa: E402
from collections.abc import AsyncIterator, Mapping, Sequence  # noqa: E402
from typing import Any  # noqa: E402

from PIL import Image, ImageChops  # noqa: E402

from adapters.compose import open_bot  # noqa: E402
from adapters.discord.manners import Cooldowns  # noqa: E402
from adapters.settings import Settings, default_data_folder  # noqa: E402
from bot.community_memory import InMemoryCommunity  # noqa: E402
from bot.core import CareerBot  # noqa: E402
from bot.quiz import QUESTIONS  # noqa: E402
from tests.discord_payloads import GUILD, MEMBER, NO_FILES, OWNER, THREAD, command, pressed, said, thread  # noqa: E402
from tests.discord_running import Running, running  # noqa: E402
from tests.discord_server import DiscordServer, Request, buttons, is_private  # noqa: E402
from tests.discord_spec import walk  # noqa: E402

WIDTH, HEIGHT = 640, 2_400
BACKGROUND = (0x31, 0x33, 0x38)
COLOURS = 256
STYLE = HERE / "style.css"
COMMANDS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "career": ("career", {"career": "Electrician"}),
    "salary": ("salary", {"career": "Data Engineer", "place": "United States"}),
    "places": ("ask", {"question": "what do nurses earn?"}),
    "all-salaries": ("ask", {"question": "see all salaries for data engineers"}),
    "rank": ("ask", {"question": "which careers without a degree pay best in Texas?"}),
    "courses": ("courses", {"subject": "Data Engineer"}),
    "books": ("books", {"subject": "UX Designer"}),
    "path": ("path", {"career": "UX Designer"}),
    "skills": ("ask", {"question": "what skills does a data analyst need?"}),
    "compare": ("compare", {"careers": "Frontend Engineer, Backend Engineer"}),
    "transition": ("transition", {"from": "Registered Nurse", "to": "Data Analyst"}),
    "unclear": ("ask", {"question": "what does an engineer earn in Berlin?"}),
    "declined": ("ask", {"question": "who won the football yesterday?"}),
    "menu": ("ask", {"question": "what does a plumber earn in Texas? and how do I become an electrician?"}),
    "browse": ("browse", {"topic": "healthcare"}),
    "similar": ("ask", {"question": "jobs similar to a librarian"}),
    "outlook": ("ask", {"question": "is there a future in accounting?"}),
    "education": ("ask", {"question": "do I need a degree to be a web developer?"}),
    "duties": ("ask", {"question": "what does a paralegal do all day?"}),
    "challenges": ("ask", {"question": "worst thing about being a nurse"}),
    "growth": ("ask", {"question": "what comes after senior backend engineer?"}),
    "personality": ("ask", {"question": "what kind of person makes a good lawyer?"}),
    "projects": ("ask", {"question": "what should I build to become a frontend engineer?"}),
    "sources": ("sources", {}),
    "help": ("help", {}),
}
"""Picture → the command that is used, and its options."""


async def scenes(it: Running) -> AsyncIterator[tuple[str, Request]]:
    """A picture's name and the request that it is of."""
    for name, (what, options) in COMMANDS.items():
        yield name, await _sent(it, command(what, options))
    yield "salary-text", await _sent(it, command(*COMMANDS["salary"]) | {"app_permissions": NO_FILES})
    yield "german", await _sent(it, command("ask", {"question": "Was verdient eine Krankenschwester?"}, locale="de"))
    answer = await _sent(it, command(*COMMANDS["salary"]))
    shown = it.server.shown(answer)
    ids = buttons(shown)
    yield "shared", await _sent(it, pressed("1x", shown))
    yield "why", await _sent(it, pressed(ids["Why this answer?"], shown))
    yield "feedback", await _sent(it, pressed(ids["👎"], shown))
    async for name, request in boards(it):
        yield name, request
    yield "mention", await it.server.say(said("what is a plumber?", mentions=True))
    yield "thread", await it.server.say(said("") | {"channel_id": str(THREAD)})
    quiz = await _sent(it, command("quiz"))
    yield "quiz", quiz
    for number in range(len(QUESTIONS)):
        shown = it.server.shown(quiz)
        quiz = await _sent(it, pressed(buttons(shown)["Yes" if number % 3 else "No"], shown))
    yield "match", quiz
    delete = {"id": "1", "name": "mydata", "type": 1, "options": [{"name": "delete", "type": 1, "options": []}]}
    yield "delete", await _sent(it, command("mydata") | {"data": delete})
    await it.community.change_settings(f"discord:guild:{GUILD}", {"cooldown": 4}, by="pictures")
    await _sent(it, command(*COMMANDS["salary"]))
    yield "cooldown", await _sent(it, command(*COMMANDS["salary"]))


async def boards(it: Running) -> AsyncIterator[tuple[str, Request]]:
    """What members saved, and what curators see."""
    answer = await _sent(it, command("path", {"career": "Electrician"}))
    shown = it.server.shown(answer)
    offer = await _sent(it, pressed(buttons(shown)["Save …"], shown))
    yield "save", offer
    shown = it.server.shown(offer)
    await _sent(it, pressed(_menu(shown), shown, ["a:electrician", "p:electrician"]))
    plans = await _sent(it, command("plans"))
    yield "plans", plans
    shown = it.server.shown(plans)
    plan = it.server.shown(await _sent(it, pressed(_menu(shown), shown, ["p:electrician"])))
    yield "plan", await _sent(it, pressed(_menu(plan), plan, ["1", "2"]))
    settings = {"keep_texts": True, "curators": [f"discord:user:{MEMBER}"]}
    await it.community.change_settings(f"discord:guild:{GUILD}", settings, by="pictures")
    for words in ("salary of a leccy in Leeds", "what does a leccy earn", "pay for sparkies"):
        await _sent(it, command("ask", {"question": words}, who=OWNER))
    await it.client.work.finish(5)
    it.client.work.accepting = True
    misses = await _sent(it, command("misses"))
    yield "misses", misses
    yield "insights", await _sent(it, command("insights"))
    await it.community.change_settings(f"discord:guild:{GUILD}", {"cooldown": 2}, by="pictures")
    yield "settings", await _sent(it, command("settings"))
    await it.community.change_settings(f"discord:guild:{GUILD}", {"cooldown": 0}, by="pictures")


def _menu(shown: dict[str, Any]) -> str:
    return next(one["custom_id"] for one in walk(shown["components"]) if one["type"] == 3)


async def _sent(it: Running, payload: dict[str, Any]) -> Request:
    *_, request = await it.server.use(payload)
    return request


def drawn(one: dict[str, Any], files: Mapping[str, bytes]) -> str:  # noqa: C901 - one kind a case
    """A component as HTML."""
    inner = "".join(drawn(child, files) for child in one.get("components", []))
    match one["type"]:
        case 17:
            colour = f"#{one.get('accent_color') or 0:06x}"
            return f'<div class="box" style="border-left-color:{colour}">{inner}</div>'
        case 10:
            return markdown(one["content"])
        case 12:
            return "".join(_picture(item, files) for item in one["items"])
        case 14:
            return '<div class="rule"></div>'
        case 9:
            return f'<div class="sec"><div>{inner}</div>{drawn(one["accessory"], files)}</div>'
        case 1:
            return f'<div class="row">{inner}</div>'
        case 3:
            return f'<div class="menu">{html.escape(one.get("placeholder") or "")} ▾</div>'
        case 4:
            return '<div class="box-in"></div>'
        case 18:
            label, more = html.escape(one["label"]), html.escape(one.get("description") or "")
            return f'<div class="label">{label}</div><small>{more}</small>{drawn(one["component"], files)}'
        case 2:
            label = html.escape(" ".join(filter(None, ((one.get("emoji") or {}).get("name"), one.get("label")))))
            off = "off" if one.get("disabled") else ""
            return f'<span class="btn s{one["style"]} {off}">{label}{" ↗" if one.get("url") else ""}</span>'
    return ""


def _picture(item: dict[str, Any], files: Mapping[str, bytes]) -> str:
    data = base64.b64encode(files[item["media"]["url"].removeprefix("attachment://")]).decode()
    return f'<img alt="{html.escape(item["description"])}" src="data:image/png;base64,{data}">'


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
    text = re.sub(r"&lt;@\d+&gt;", '<span class="at">@Mia</span>', html.escape(text, quote=False))
    text = re.sub(r"`([^`]*)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"\[([^\]]*)\]\(&lt;([^)]*)&gt;\)", r'<a href="\2">\1</a>', text)
    return re.sub(r"\x00(\d+)\x00", lambda match: html.escape(kept[int(match.group(1))]), text)


def page(request: Request) -> str:
    """What a request shows, as a page: a message, or a modal."""
    data = request.body.get("data", request.body)
    style = f'<meta charset="utf-8"><style>{STYLE.read_text("utf-8")}</style>'
    inner = "".join(drawn(one, request.files) for one in data["components"])
    if request.body.get("type") == 9:
        buttons_row = '<div class="row end"><span class="btn s2">Cancel</span><span class="btn s1">Submit</span></div>'
        return f'{style}<div class="modal"><h2>{html.escape(data["title"])}</h2>{inner}{buttons_row}</div>'
    private = '<div class="eph">Only you can see this · Dismiss message</div>' if is_private(request) else ""
    return (
        f'{style}<div class="face">C</div><div class="who">Careerbot <b>APP</b></div>'
        f'<div class="body">{inner}{private}</div>'
    )


def screenshot(chromium: str, text: str, out: Path) -> None:
    """Draw a page, cut off below its last line, as a small PNG."""
    with tempfile.TemporaryDirectory() as folder:
        source, raw = Path(folder) / "page.html", Path(folder) / "raw.png"
        source.write_text(text, "utf-8")
        subprocess.run(  # noqa: S603 - our own page
            [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync",
             f"--user-data-dir={folder}/profile", "--hide-scrollbars", f"--window-size={WIDTH},{HEIGHT}",
             f"--screenshot={raw}", source.as_uri()],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        out.write_bytes(cropped(raw.read_bytes()))


def cropped(png: bytes) -> bytes:
    """The picture without the empty lines at its end, in few colours."""
    with Image.open(io.BytesIO(png)) as image:
        shown = image.convert("RGB")
    below = ImageChops.difference(shown, Image.new("RGB", shown.size, BACKGROUND)).getbbox()
    shown = shown.crop((0, 0, shown.width, min(shown.height, (below[3] if below else 0) + 14)))
    small = io.BytesIO()
    shown.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


async def requests(bot: CareerBot) -> dict[str, Request]:
    """All that is drawn, by the picture's name."""
    community = InMemoryCommunity()
    await community.change_settings(f"discord:guild:{GUILD}", {"cooldown": 0}, by="pictures")
    server = DiscordServer(threads=(thread(),))
    await server.start()
    with tempfile.TemporaryDirectory() as folder:
        cooldowns = Cooldowns(lambda: 0.0)
        async with running(bot, Path(folder), server=server, community=community, cooldowns=cooldowns) as it:
            return {name: request async for name, request in scenes(it)}


async def make(data: Path, out: Path, only: Sequence[str]) -> None:
    """Make all pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium isn't installed: apt-get install chromium")
    settings = Settings.model_construct(data=data, content=(), affiliate_links={}, locale="en-GB", default_country="")
    async with open_bot(settings) as bot:
        found = await requests(bot)
    for name, request in found.items():
        if not only or name in only:
            screenshot(chromium, page(request), out / f"{name}.png")
            sys.stdout.write(f"{name}.png {(out / f'{name}.png').stat().st_size} bytes\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the pictures of docs/discord.md.")
    parser.add_argument("--data", type=Path, default=default_data_folder())
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--only", nargs="*", default=(), help="names of pictures; all without it")
    given = parser.parse_args()
    asyncio.run(make(given.data, given.out, given.only))
