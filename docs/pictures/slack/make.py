# ruff: noqa: INP001, E501 - a script; its style sheet has long lines
"""Pictures of answers as Slack shows them: `python docs/pictures/slack/make.py` (needs Chromium).

pngquant, where it is there, makes them smaller. The payloads are the app's own; a small HTML page in the client's style draws them.
"""

from __future__ import annotations

import asyncio
import html
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from adapters.compose import open_bot
from adapters.settings import Settings, default_data_folder
from adapters.slack import controls as c
from adapters.slack.home import home_view
from adapters.slack.render import render
from adapters.slack.views import ask_view
from bot.community import Saved
from bot.core import CareerBot
from bot.message import ConversationKey, IncomingMessage
from bot.reply import Suggestion

HERE = Path(__file__).parent
WIDTH = 680
ASKED = {
    "salary": ("What does a backend engineer earn in London?", True, 310),
    "path": ("How do I become an electrician?", False, 520),
    "compare": ("Compare electrician and plumber", False, 720),
    "courses": ("courses for data scientists", False, 740),
    "quiz": ("Interest quiz 210210210210210210", False, 690),
    "unclear": ("salary of an engineer", False, 290),
}
RECENT = (
    Suggestion(label="Salary: Registered Nurse, London", says="/salary Registered Nurse, London"),
    Suggestion(label="Compare: Electrician, Plumber", says="/compare Electrician, Plumber"),
)
STEPS = {"electrician": ("Test the fit", "Get an apprenticeship", "Learn first and second fix", "Master safe isolation and tests",
                         "Pass the exam", "Own small jobs")}  # fmt: skip
STYLE = """body{font:15px/1.46 Lato,'Helvetica Neue',Arial,sans-serif;margin:0;padding:14px 18px;color:#1d1c1d;background:#fff}
.m{display:flex;gap:10px}.a{width:36px;height:36px;border-radius:8px;background:#1f3a5f;color:#fff;font-weight:800;
text-align:center;line-height:36px;flex:none}.n{font-weight:900}.n i{background:#ddd;color:#555;font:10px Arial;padding:1px 4px;
border-radius:3px;margin-left:4px}.e{color:#616061;font-size:12px;margin-bottom:4px}.b{flex:1;min-width:0}h3{font-size:18px;
margin:6px 0}p{margin:4px 0;white-space:pre-wrap}ul,ol{margin:4px 0;padding-left:26px}li{white-space:pre-wrap}
.c{font-size:12px;color:#616061;margin:5px 0}.f{display:grid;grid-template-columns:1fr 1fr;gap:6px 16px;margin:6px 0}
button,.s{font:600 13px Lato,Arial;background:#fff;border:1px solid #bbb;border-radius:6px;padding:5px 10px;margin:3px 6px 3px 0;
display:inline-block}table{border-collapse:collapse;margin:6px 0;font-size:13px}td{border:1px solid #ddd;padding:5px 9px}
tr:first-child td{font-weight:700;background:#f8f8f8}.r{text-align:right}pre{background:#f8f8f8;border:1px solid #ddd;
border-radius:4px;padding:8px;font:12px/1.5 monospace;margin:4px 0}a{color:#1264a3;text-decoration:none}
.v{border:1px solid #ddd;border-radius:8px;padding:10px;margin:6px 0}.v div{display:flex;align-items:center;gap:8px;font-size:12px}
.v span{width:150px;text-align:right}.v b{background:#1264a3;height:14px;border-radius:2px;display:block}
.i{border:1px solid #bbb;border-radius:6px;padding:7px 10px;color:#777;margin:3px 0 9px}label{font-weight:700}hr{border:0;
border-top:1px solid #ddd;margin:12px 0}"""

Json = dict[str, Any]


def drawn(block: Json) -> str:
    """A block as HTML."""
    kind = block["type"]
    if kind == "header":
        return f"<h3>{html.escape(block['text']['text'])}</h3>"
    if kind == "divider":
        return "<hr>"
    if kind == "section":
        if "text" not in block:
            return f'<div class="f">{"".join(f"<div>{text_of(field)}</div>" for field in block["fields"])}</div>'
        return f"<p>{text_of(block['text'])} {element(block['accessory']) if 'accessory' in block else ''}</p>"
    if kind == "context":
        return "".join(f'<div class="c">{text_of(one)}</div>' for one in block["elements"])
    if kind == "rich_text":
        return "".join(rich(one) for one in block["elements"])
    if kind == "table":
        right = [one.get("align") == "right" for one in block["column_settings"]]
        rows = ("".join(f'<td class="{"r" * right[at]}">{html.escape(cell["text"])}</td>' for at, cell in enumerate(row))
                for row in block["rows"])  # fmt: skip
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    if kind == "data_visualization":
        data = block["chart"]["series"][0]["data"]
        most = max(abs(one["value"]) for one in data) or 1
        bars = "".join(f"<div><span>{html.escape(one['label'])}</span><b style='width:{300 * abs(one['value']) / most:.0f}px'>"
                       f"</b>{one['value']:g}</div>" for one in data)  # fmt: skip
        return f'<div class="v"><label>{html.escape(block["title"])}</label>{bars}</div>'
    if kind == "input":
        hint = block["element"].get("placeholder", block["element"].get("initial_option", {}).get("text", {}))
        return (
            f"<label>{text_of(block['label'])}</label><div class='i'>{html.escape(hint.get('text', ' '))}&nbsp;</div>"
        )
    return "<div>" + "".join(element(one) for one in block["elements"]) + "</div>"


def element(one: Json) -> str:
    """A button, menu or select."""
    if one["type"] == "overflow":
        return "<button>•••</button>"
    if one["type"] == "feedback_buttons":
        return "<button>👍</button><button>👎</button>"
    if one["type"] == "checkboxes":
        done = one.get("initial_options", [])
        return "".join(
            f"{'☑' if option in done else '☐'} {html.escape(option['text']['text'])} &nbsp; "
            for option in one["options"]
        )
    words = one["text"]["text"] if "text" in one else one["placeholder"]["text"] + " ▾"
    return f"<button>{html.escape(words)}</button>"


def rich(one: Json) -> str:
    """An element of rich text."""
    inside = "".join(span(part) if "text" in part else rich(part) for part in one["elements"])
    if one["type"] == "rich_text_list":
        tag = "ol" if one["style"] == "ordered" else "ul"
        return (
            f"<{tag}>"
            + "".join(f"<li>{''.join(span(x) for x in item['elements'])}</li>" for item in one["elements"])
            + f"</{tag}>"
        )
    return f"<pre>{inside}</pre>" if one["type"] == "rich_text_preformatted" else f"<p>{inside}</p>"


def span(one: Json) -> str:
    """Some words of rich text."""
    words = html.escape(one["text"])
    words = f"<a>{words}</a>" if one["type"] == "link" else words
    return f"<strong>{words}</strong>" if one.get("style", {}).get("bold") else words


def text_of(one: Json) -> str:
    """A text object; `mrkdwn` has bold words and links."""
    if one["type"] != "mrkdwn":
        return html.escape(one["text"])
    linked = re.sub(r"<([^|>]+)\|([^>]*)>", r"<a>\2</a>", one["text"])
    return re.sub(r"\*([^*\n]+)\*", r"<strong>\1</strong>", linked).replace("\n", "<br>")


def page(blocks: list[Json], note: str = "", *, message: bool = True) -> str:
    """A page with a message, or with a view."""
    body = "".join(drawn(block) for block in blocks)
    if message:
        head = "<div class=n>Careerbot<i>APP</i></div>"
        body = f"<div class=m><div class=a>C</div><div class=b><div class=e>{note}</div>{head}{body}</div></div>"
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{body}"


def picture(name: str, text: str, height: int) -> None:
    """A page as a picture."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(text, "utf-8")
        target = HERE / f"{name}.png"
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                   f"--window-size={WIDTH},{height}", f"--screenshot={target}", source.as_uri()]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=60)  # noqa: S603
        if quantise := shutil.which("pngquant"):  # fewer colours, a third of the size
            subprocess.run([quantise, "--force", "--output", target, "64", target], check=True, timeout=60)  # noqa: S603


async def answered(bot: CareerBot, question: str, *, private: bool) -> list[Json]:
    """The blocks of the answers to a question."""
    conversation = ConversationKey(platform="slack", person=question)
    handled = await bot.handle(IncomingMessage(text=question, conversation=conversation, locale="en-GB"))
    blocks: list[Json] = []
    for answer in handled.answers:
        carries = c.about(answer, handled, command=False)
        buttons = c.controls(answer, carries, private=private, feedback=True)
        blocks += [block for message in render(answer.reply, buttons) for block in message.blocks]
    return blocks


async def main(data: Path) -> None:
    """Make all pictures."""
    settings = Settings.model_construct(data=data, content=(), affiliate_links={}, locale="en-GB", default_country="")
    async with open_bot(settings) as bot:
        for name, (question, private, height) in ASKED.items():
            note = "Only visible to you" if private else ""
            picture(name, page(await answered(bot, question, private=private), note), height)
        saved = [Saved(kind="path", ident="electrician", title="Become an electrician", steps=6, done=(1, 2)),
                 Saved(kind="career", ident="nurse", title="Registered nurse")]  # fmt: skip
        topics = [topic.title for topic in await bot.desk.knowledge.topics()]
        home = home_view(topics, saved, admin=True, recent=RECENT, steps=STEPS)
        picture("home", page(home["blocks"], message=False), 540)
        ask = ask_view({intent.name: intent for intent in bot.intents})
        picture("shortcut", page(ask["blocks"], message=False), 340)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else default_data_folder()))
