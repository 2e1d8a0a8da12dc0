"""What Slack would say of blocks and views.

slack_sdk's models say it, the public JSON schema where it is at hand, and the limits that neither knows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

Json = dict[str, Any]
SCHEMA = Path(__file__).resolve().parents[2] / "shared" / "specs" / "slack-blocks.schema.json"
MESSAGE_CHARACTERS = 13_000
UNMODELLED = ("data_visualization", "data_table")
ONLY_IN_MESSAGES = ("table", "data_table", "data_visualization", "context_actions")
FILE = re.compile(r"F[A-Z0-9]{8,}")


@cache
def _validator(name: str) -> Draft7Validator | None:
    if not SCHEMA.exists():
        return None
    schema = json.loads(SCHEMA.read_text("utf-8"))
    return Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": schema["definitions"]})


def problems(blocks: Sequence[Json], *, most: int = 50, in_view: bool = False) -> list[str]:
    """Everything that is wrong with the blocks of a message (or, with `in_view`, of a modal or Home)."""
    found: list[str] = []
    if not in_view and not blocks:
        return []
    if len(blocks) > most:
        found.append(f"{len(blocks)} blocks")
    for block in blocks:
        found += _block(block)
        if in_view and block["type"] in ONLY_IN_MESSAGES:
            found.append(f"{block['type']} in a view")
    ids = [one["action_id"] for one in walk(blocks) if "action_id" in one]
    found += [f"duplicate action_id {one}" for one in set(ids) if ids.count(one) > 1]
    block_ids = [block["block_id"] for block in blocks if "block_id" in block]
    found += ["duplicate block_id"] if len(set(block_ids)) < len(block_ids) else []
    if not in_view:
        if (size := sum(_characters(block) for block in blocks)) > MESSAGE_CHARACTERS:
            found.append(f"msg_blocks_too_long: {size}")
        kinds = [block["type"] for block in blocks]
        found += ["only_one_table_allowed"] if kinds.count("table") + kinds.count("data_table") > 1 else []
        found += ["too many charts"] if kinds.count("data_visualization") > 2 else []
    return found


def view_problems(view: Json) -> list[str]:
    """Everything that is wrong with a modal or Home."""
    found = problems(view["blocks"], most=100, in_view=True)
    try:
        View(**view).validate_json()
    except SlackObjectFormationError as error:
        found.append(str(error))
    for name in ("title", "submit", "close"):
        if name in view and not 0 < len(view[name]["text"]) <= 24:
            found.append(f"{name}: {view[name]['text']}")
    if view["type"] == "modal" and any(b["type"] == "input" for b in view["blocks"]) and "submit" not in view:
        found.append("inputs without submit")
    if len(json.dumps(view).encode()) > 250_000:
        found.append("view_too_large")
    return found


def _block(block: Json) -> list[str]:
    found: list[str] = []
    kind = block["type"]
    if kind not in UNMODELLED:
        try:
            model = Block.parse(block)
            assert model is not None
            model.validate_json()
        except (SlackObjectFormationError, AssertionError) as error:
            found.append(f"{kind}: {error}")
    if kind != "data_visualization" and (validator := _validator(_definition(block))) is not None:
        found += [f"{kind}: {error.message[:200]}" for error in validator.iter_errors(block)]
    found += _limits(block)
    return found


def _definition(block: Json) -> str:
    return "".join(part.capitalize() for part in block["type"].split("_")) + "Block"


def _limits(block: Json) -> Iterator[str]:  # noqa: C901, PLR0912 - a list of limits
    kind = block["type"]
    for one in walk([block]):
        if one.get("type") in ("plain_text", "mrkdwn", "raw_text", "raw_number") and not one.get("text"):
            yield f"empty text in {kind}"
        if one.get("type") == "text" and not one.get("text"):
            yield f"empty span in {kind}"
    if kind == "section":
        if "text" in block and len(block["text"]["text"]) > 3_000:
            yield "section over 3,000"
        if any(len(field["text"]) > 2_000 for field in block.get("fields", ())):
            yield "field over 2,000"
        if "text" not in block and not block.get("fields"):
            yield "empty section"
    if kind in ("actions", "context", "context_actions") and not block["elements"]:
        yield f"empty {kind}"
    if kind == "context" and any(len(one.get("text", "")) > 2_000 for one in block["elements"]):
        yield "context over 2,000"
    if kind == "rich_text" and _characters(block) > 3_100:
        yield f"rich text of {_characters(block)}"
    if kind == "table":
        yield from _table(block)
    if kind == "data_table":
        yield from _data_table(block)
    if kind == "data_visualization":
        yield from _chart(block)
    if kind == "image":
        if not 0 < len(block["alt_text"]) <= 2_000:
            yield "image text"
        if not FILE.fullmatch(block["slack_file"]["id"]):
            yield f"slack_file {block['slack_file']['id']}"
    for one in walk([block]):
        if one.get("type") == "button" and len(one.get("value", "")) > 2_000:
            yield "button value"
        if "options" in one and not 1 <= len(one["options"]) <= 100:
            yield "options"
        if one.get("type") == "feedback_buttons":
            for side in ("positive_button", "negative_button"):
                if len(one[side]["value"]) > 2_000 or len(one[side]["text"]["text"]) > 75:
                    yield "feedback button"
        if one.get("type") == "link" and not (one["url"].startswith("http") and len(one["url"]) <= 3_000):
            yield f"link {one['url'][:60]}"


def _table(block: Json) -> Iterator[str]:
    rows = block["rows"]
    if len(rows) > 100 or any(len(row) > 20 for row in rows) or len({len(row) for row in rows}) != 1:
        yield "table shape"
    if _characters(rows) > 10_000:
        yield "table over 10,000"


def _data_table(block: Json) -> Iterator[str]:
    rows = block["rows"]
    if not 2 <= len(rows) <= 101 or not 1 <= len(rows[0]) <= 20 or len({len(row) for row in rows}) != 1:
        yield "data_table shape"
    if any(cell["type"] != "raw_text" for cell in rows[0]):
        yield "data_table header"
    if not 1 <= block["page_size"] <= 100 or not 0 <= block["row_header_column_index"] < len(rows[0]):
        yield "data_table paging"
    if sum(len(cell["text"]) for row in rows for cell in row) > 10_000:
        yield "data_table over 10,000"
    json.dumps(rows, allow_nan=False)


def _chart(block: Json) -> Iterator[str]:
    chart = block["chart"]
    labels = chart["axis_config"]["categories"]
    if len(set(labels)) < len(labels) or set(chart["axis_config"]) - {"categories", "x_label", "y_label"}:
        yield "chart categories"
    if len(chart["axis_config"].get("y_label", "y")) not in range(1, 51) or set(chart) != {
        "type",
        "series",
        "axis_config",
    }:
        yield "chart axis"
    if not 1 <= len(chart["series"]) <= 6:
        yield "chart series"
    if not 0 < len(block["title"]) <= 50 or not 0 < len(labels) <= 20 or any(len(one) > 20 for one in labels):
        yield "chart limits"
    for series in chart["series"]:
        if [one["label"] for one in series["data"]] != labels or len(series["name"]) > 20:
            yield "chart series"
        json.dumps([one["value"] for one in series["data"]], allow_nan=False)


def walk(value: object) -> Iterator[Json]:
    """All dictionaries in it."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from walk(inner)


def _characters(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(_characters(inner) for key, inner in value.items() if key != "type")
    return sum(_characters(inner) for inner in value) if isinstance(value, list | tuple) else 0


def shown(blocks: Sequence[Json]) -> str:
    """All that is written in the blocks."""
    return " ".join(str(one["text"]) for one in walk(list(blocks)) if isinstance(one.get("text"), str))
