# ruff: noqa: INP001, E501 - a script; its style sheet has long lines
"""Pictures of answers as Slack shows them: `python docs/pictures/slack/make.py` (needs Chromium).

The payloads are the app's own; a small HTML page in the client's style draws them.
"""

from __future__ import annotations

import asyncio
import base64
import html
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

from adapters.charts import Charts
from adapters.compose import open_bot
from adapters.settings import Settings, default_data_folder
from adapters.slack import controls as c
from adapters.slack.elements import image
from adapters.slack.feedback import explanation_of
from adapters.slack.governing import settings_view
from adapters.slack.home import home_view
from adapters.slack.pack import Message
from adapters.slack.render import render
from adapters.slack.views import ask_view
from bot.community import CommunitySettings, Saved
from bot.core import CareerBot
from bot.message import ConversationKey, IncomingMessage
from bot.reply import Suggestion

HERE = Path(__file__).parent
WIDTH = 680
TALLEST = 1_600
ASKED = {
    "salary": ("What does a backend engineer earn in London?", True),
    "spread": ("What do nurses earn in Chicago?", True),
    "places": ("See all salaries for registered nurses", False),
    "ranking": ("best paid careers in healthcare", False),
    "path": ("How do I become an electrician?", False),
    "compare": ("Compare electrician and plumber", False),
    "courses": ("courses for data scientists", False),
    "outlook": ("Job outlook for nurses", False),
    "quiz": ("Interest quiz 210210210210210210", False),
    "unclear": ("salary of an engineer", False),
    "declined": ("what is the weather tomorrow", False),
}
"""Picture → the question, and whether its answer is private."""
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
.v{border:1px solid #ddd;border-radius:8px;padding:10px;margin:6px 0}.x{display:flex;height:210px;margin-top:8px;font-size:11px;color:#616061}.t{display:flex;flex-direction:column;justify-content:space-between;height:162px;text-align:right;
padding:0 6px}.t b{font-weight:400}.k{flex:1;min-width:0;display:flex;align-items:flex-start;border-left:1px solid #ddd}.k div{flex:1;min-width:0;
text-align:center}.k div i{display:block;background:#1264a3;width:60%;margin:0 auto;border-radius:3px 3px 0 0}.k div{display:flex;
flex-direction:column;justify-content:flex-end;height:206px}.k span{height:46px;padding:3px 2px 0;border-top:1px solid #ddd;line-height:1.2;
overflow:hidden;font-size:10px;overflow-wrap:anywhere}.d{color:#e01e5a;border-color:#e01e5a}.w td{max-width:330px}.w i{color:#888;font-style:normal;font-size:11px}img{max-width:100%;border:1px solid #ddd;border-radius:8px}
.i{border:1px solid #bbb;border-radius:6px;padding:7px 10px;color:#777;margin:3px 0 9px}label{font-weight:700}hr{border:0;
border-top:1px solid #ddd;margin:12px 0}"""

Json = dict[str, Any]
PICTURES: dict[str, str] = {}
"""Drawn charts by the id of their file."""


def drawn(block: Json) -> str:
    """A block as HTML."""
    kind = block["type"]
    if kind in FIGURES:
        return FIGURES[kind](block)
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
    return drawn_input(block) if kind == "input" else "<div>" + "".join(map(element, block["elements"])) + "</div>"


def drawn_input(block: Json) -> str:
    """A field to fill in."""
    if block["element"]["type"] == "checkboxes":
        return f"<label>{text_of(block['label'])}</label>{element(block['element'])}"
    hint = block["element"].get("placeholder", block["element"].get("initial_option", {}).get("text", {}))
    shown = hint.get("text") or block["element"].get("initial_value", " ")
    return f"<label>{text_of(block['label'])}</label><div class='i'>{html.escape(shown)}&nbsp;</div>"


def table(block: Json) -> str:
    """A table."""
    right = [one.get("align") == "right" for one in block["column_settings"]]
    rows = ("".join(f'<td class="{"r" * right[at]}">{html.escape(cell["text"])}</td>' for at, cell in enumerate(row))
            for row in block["rows"])  # fmt: skip
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def uploaded(block: Json) -> str:
    """A picture that was uploaded."""
    return f'<img src="data:image/png;base64,{PICTURES[block["slack_file"]["id"]]}">'


def chart(block: Json) -> str:
    """A bar chart: columns over their labels, as Slack's client draws it."""
    data = block["chart"]["series"][0]["data"]
    most = max(abs(one["value"]) for one in data) or 1
    columns = "".join(
        f"<div><i style='height:{150 * abs(one['value']) / most:.0f}px'></i><span>{html.escape(one['label'])}</span></div>"
        for one in data
    )
    ticks = "".join(f"<b>{most * part / 4:,.0f}</b>" for part in (4, 3, 2, 1, 0))
    return (
        f'<div class="v"><label>{html.escape(block["title"])}</label><div class="x">'
        f'<div class="t">{ticks}</div><div class="k">{columns}</div></div></div>'
    )


def data_table(block: Json) -> str:
    """The first page of a table that people page through and sort."""
    head, *rows = block["rows"]
    page = rows[: block["page_size"]]
    cells = "".join(
        "<tr>" + "".join(f'<td class="{"r" * (cell["type"] == "raw_number")}">{html.escape(cell["text"])}</td>' for cell in row)
        + "</tr>" for row in page
    )  # fmt: skip
    titles = "".join(f"<td>{html.escape(cell['text'])} <i>⇅</i></td>" for cell in head)
    foot = f"1–{len(page)} of {len(rows)}" if len(rows) > len(page) else f"{len(rows)} rows"
    return f'<table class="w"><tr>{titles}</tr>{cells}</table><div class="c">‹ {foot} ›</div>'


FIGURES = {"table": table, "data_table": data_table, "data_visualization": chart, "image": uploaded}


def element(one: Json) -> str:
    """A button, menu or select."""
    if one["type"] == "overflow":
        return "<button>•••</button>"
    if one["type"] == "feedback_buttons":
        return "<button>👍</button><button>👎</button>"
    if one["type"] == "checkboxes":
        done = one.get("initial_options", [])
        return "".join(
            f"<div>{'☑' if option in done else '☐'} {html.escape(option['text']['text'])}</div>"
            for option in one["options"]
        )
    words = one["text"]["text"] if "text" in one else one["placeholder"]["text"] + " ▾"
    return f"<button{' class=d' * (one.get('style') == 'danger')}>{html.escape(words)}</button>"


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


def picture(name: str, text: str) -> None:
    """A page as a picture, without the empty space under it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(text, "utf-8")
        target = HERE / f"{name}.png"
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                   f"--window-size={WIDTH},{TALLEST}", f"--screenshot={target}", source.as_uri()]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=60)  # noqa: S603
        with Image.open(target) as drawn:
            whole = drawn.convert("RGB")
        box = ImageChops.difference(whole, Image.new("RGB", whole.size, "white")).getbbox()
        whole.crop((0, 0, WIDTH, min(TALLEST, (box[3] if box else 0) + 12))).quantize(64).save(target, optimize=True)


async def answered(bot: CareerBot, question: str, *, private: bool) -> list[Message]:
    """The messages that answer a question."""
    conversation = ConversationKey(platform="slack", person=question)
    handled = await bot.handle(IncomingMessage(text=question, conversation=conversation, locale="en-GB"))
    messages: list[Message] = []
    for answer in handled.answers:
        carries = c.about(answer, handled, command=False)
        messages += render(answer.reply, c.controls(answer, carries, private=private, feedback=True))
    return messages


async def drawn_charts(message: Message) -> list[Json | None]:
    """The message's charts as pictures, as if they had been uploaded."""
    charts = Charts("light")
    blocks: list[Json | None] = []
    for number, one in enumerate(message.drawable):
        made = await charts.picture(one.block, one.title)
        if made is not None:
            PICTURES[f"F{number:08}"] = base64.b64encode(made.png).decode()
        blocks.append(image(f"F{number:08}", made.alt) if made else None)
    charts.close()
    return blocks


def blocks_of(messages: list[Message]) -> list[Json]:
    """All blocks of messages."""
    return [block for message in messages for block in message.blocks]


async def main(data: Path) -> None:
    """Make all pictures."""
    settings = Settings.model_construct(data=data, content=(), affiliate_links={}, locale="en-GB", default_country="")
    async with open_bot(settings) as bot:
        for name, (question, private) in ASKED.items():
            messages = await answered(bot, question, private=private)
            picture(name, page(blocks_of(messages), "Only visible to you" if private else ""))
            if name == "ranking":  # the same where Slack's own charts are refused, and where its tables are, too
                forms = messages[0].pictured(await drawn_charts(messages[0]))
                picture("ranking-pictured", page(blocks_of(forms)))
                picture("ranking-plain", page(blocks_of(messages[0].plainer())))
        saved = [Saved(kind="path", ident="electrician", title="Electrician", steps=6, done=(1, 2)),
                 Saved(kind="career", ident="nurse", title="Registered nurse")]  # fmt: skip
        topics = [topic.title for topic in await bot.desk.knowledge.topics()]
        home = home_view(topics, saved, admin=True, recent=RECENT, steps=STEPS)
        picture("home", page(home["blocks"], message=False))
        picture("settings", page(settings_view(CommunitySettings(country="GB"))["blocks"], message=False))
        ask = ask_view({intent.name: intent for intent in bot.intents})
        picture("shortcut", page(ask["blocks"], message=False))
        handled = await bot.handle(
            IncomingMessage(text=ASKED["salary"][0], conversation=ConversationKey(platform="slack"))
        )
        why = explanation_of(bot, c.about(handled.answers[0], handled, command=False))
        picture("why", page(blocks_of(render(why)), "Only visible to you"))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else default_data_folder()))
