"""What Discord accepts: its OpenAPI document where it is at hand, and limits that the document leaves out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

DOCUMENT = Path(__file__).resolve().parents[2] / "shared" / "specs" / "discord-openapi.json"
COMPONENTS_V2 = 1 << 15
EPHEMERAL = 1 << 6
_TEXT_DISPLAY, _SELECT, _BUTTON, _SECTION, _CONTAINER, _ROW, _GALLERY = 10, 3, 2, 9, 17, 1, 12
_INPUT, _LABEL = 4, 18


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    return json.loads(DOCUMENT.read_text("utf-8")) if DOCUMENT.exists() else {}


@lru_cache(maxsize=1)
def _paths() -> list[tuple[re.Pattern[str], str]]:
    """Patterns of all paths, literal ones before templates."""
    paths = sorted(_document().get("paths", {}), key=lambda path: path.count("{"))
    return [
        (re.compile(re.sub(r"\\\{[^}]*\\\}", r"[^/]+", re.escape(path)).replace("{", r"\{")), path) for path in paths
    ]


@lru_cache(maxsize=64)
def _validator(path: str, method: str) -> Draft202012Validator | None:
    operation = _document()["paths"][path].get(method.lower())
    if operation is None:
        return None
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return None
    registry = Registry().with_resource("urn:discord", Resource.from_contents(_document(), DRAFT202012))
    pointer = path.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
    place = f"urn:discord#/paths/{pointer}/{method.lower()}/requestBody/content/application~1json/schema"
    return Draft202012Validator({"$ref": place}, registry=registry)


def problems(method: str, path: str, body: Any, files: Mapping[str, bytes] | None = None) -> Iterator[str]:
    """What is wrong with a request and its files; `path` stands after /api/v10."""
    if _document():
        yield from _schema_problems(method, path, body)
    if isinstance(body, dict):
        message = body.get("data") if path.endswith("/callback") else body
        if isinstance(message, dict):
            yield from message_problems(message, modal=body.get("type") == 9)
            yield from file_problems(message, files or {})
    if isinstance(body, list):
        yield from command_problems(body)


def _schema_problems(method: str, path: str, body: Any) -> Iterator[str]:
    found = next((known for pattern, known in _paths() if pattern.fullmatch(path)), None)
    if found is None:
        yield f"{method} {path}: Discord has no such path"
        return
    validator = _validator(found, method)
    if validator is not None and body is not None:
        for error in validator.iter_errors(_snowflakes(body)):
            where = "/".join(map(str, error.absolute_path))
            yield f"{method} {found} at {where or 'the top'}: {error.message[:300]}"


def _snowflakes(value: Any) -> Any:
    """Ids as text: discord.py sends some as numbers, which Discord takes and its document doesn't know."""
    if isinstance(value, dict):
        attached = {"id": str(value["id"])} if "filename" in value else {}
        return {key: _snowflakes(one) for key, one in value.items()} | attached
    if isinstance(value, list):
        return [_snowflakes(one) for one in value]
    return str(value) if isinstance(value, int) and value > 2**53 else value


def message_problems(message: dict[str, Any], *, modal: bool = False) -> Iterator[str]:  # noqa: C901 - one rule a line
    """Limits of messages that the document leaves out."""
    every = list(walk(message.get("components") or []))
    if len(every) > 40:
        yield f"{len(every)} components"
    shown = sum(len(one["content"]) for one in every if one["type"] == _TEXT_DISPLAY)
    if shown > 4000:
        yield f"{shown} characters shown"
    if any(one["type"] == _TEXT_DISPLAY and not one["content"].strip() for one in every):
        yield "an empty text display"
    ids = [one["custom_id"] for one in every if one.get("custom_id")]
    if len(ids) != len(set(ids)):
        yield f"custom ids that are not unique: {ids}"
    if any(one["type"] in (_TEXT_DISPLAY, _SECTION, _CONTAINER) for one in every) and not modal:
        if not message.get("flags", 0) & COMPONENTS_V2:
            yield "a layout without its flag"
        if message.get("content") or message.get("embeds"):
            yield "content or embeds beside a layout"
    if not modal and "content" in message and len(message["content"] or "") > 2000:
        yield f"{len(message['content'])} characters of content"
    if modal and len(message.get("title") or "") > 45:
        yield f"{len(message['title'])} characters of a modal's title"
    for one in every:
        yield from _component_problems(one)
    mentions = message.get("allowed_mentions")
    if not modal and every and (mentions is None or mentions.get("parse") not in ([], None) or mentions.get("users")):
        yield f"mentions may ping: {mentions}"


def file_problems(message: dict[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
    """Files are at most ten of at most 10 MiB, each is declared, and a layout shows each of them with its words."""
    every = list(walk(message.get("components") or []))
    items = [item for one in every if one["type"] == _GALLERY for item in one["items"]]
    shown = {item["media"]["url"].removeprefix("attachment://") for item in items}
    declared = {one["filename"] for one in message.get("attachments") or []}
    if len(files) > 10 or sum(map(len, files.values())) > 10 * 2**20:
        yield "more or larger files than Discord takes"
    if declared != set(files) or (every and shown != set(files)):
        yield f"files {sorted(files)}, declared {sorted(declared)}, shown {sorted(shown)}"
    if not all((item.get("description") or "").strip() for item in items):
        yield "a picture without an alternative text"


def _component_problems(one: dict[str, Any]) -> Iterator[str]:
    yield from _length_problems(one)
    if one["type"] == _BUTTON:
        if not one.get("label") and not one.get("emoji"):
            yield "a button without a label"
        if bool(one.get("url")) == bool(one.get("custom_id")):
            yield "a button needs a link or an id, and not both"
    if one["type"] == _ROW and len(one["components"]) > 5:
        yield "a row of more than five buttons"
    if one["type"] == _SELECT:
        values = [option["value"] for option in one["options"]]
        if not all(option["label"].strip() and option["value"] for option in one["options"]):
            yield "an option without a label or a value"
        if not 1 <= len(values) <= 25 or len(values) != len(set(values)):
            yield f"{len(values)} options, {len(set(values))} of them different"


_LONGEST: dict[int, dict[str, int]] = {
    _BUTTON: {"label": 80, "custom_id": 100, "url": 512},
    _SELECT: {"custom_id": 100, "placeholder": 150},
    _INPUT: {"custom_id": 100, "placeholder": 100, "value": 4000},
    _LABEL: {"label": 45, "description": 100},
}
"""Characters of each field, by the component's type."""


def _length_problems(one: dict[str, Any]) -> Iterator[str]:
    """Texts that are longer than Discord takes; the same stands in its document, which isn't everywhere at hand."""
    parts = [(one, _LONGEST.get(one["type"], {}))]
    parts += [(option, {"label": 100, "value": 100, "description": 100}) for option in one.get("options") or []]
    parts += [(item, {"description": 1024}) for item in one.get("items") or []]
    for part, limits in parts:
        for name, longest in limits.items():
            if len(part.get(name) or "") > longest:
                yield f"{len(part[name])} characters of {name}"


def command_problems(commands: list[dict[str, Any]]) -> Iterator[str]:
    """Limits of commands that the document leaves out."""
    name = re.compile(r"[-_'\w]{1,32}")
    typed = [one for one in commands if one.get("type", 1) == 1]
    yield from _same_names(typed, "two commands of one name")
    if len(typed) > 100:
        yield "more than 100 commands"
    for command in commands:
        options = command.get("options") or []
        said = [text for one in [command, *options] for text in _descriptions(one)]
        yield from (f"{command['name']}: a description of {len(text)} characters" for text in said if len(text) > 100)
        names = [command["name"]] if command.get("type", 1) == 1 else []
        names += [option["name"] for option in options]
        names += [text for one in [command, *options] for text in (one.get("name_localizations") or {}).values()
                  if command.get("type", 1) == 1]  # fmt: skip
        for text in names:
            if not name.fullmatch(text) or text != text.lower():
                yield f"{text!r} is no name of a command or option"
        if len(options) > 25:
            yield f"{command['name']} has more than 25 options"
        required = [bool(option.get("required")) for option in options]
        if required != sorted(required, reverse=True):
            yield f"{command['name']} has required options after others"
        yield from _same_names(options, f"{command['name']} has two options of one name")


def _same_names(several: list[dict[str, Any]], problem: str) -> Iterator[str]:
    """Names that two of several have in one language, translated or not."""
    for locale in {code for one in several for code in one.get("name_localizations") or {}}:
        seen = [(one.get("name_localizations") or {}).get(locale, one["name"]) for one in several]
        if len(seen) != len(set(seen)):
            yield f"{problem} in {locale}: {sorted(seen)}"


def _descriptions(one: dict[str, Any]) -> list[str]:
    return [one.get("description") or "", *(one.get("description_localizations") or {}).values()]


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All components, nested ones too."""
    for one in components:
        yield one
        nested = [*one.get("components", []), *filter(None, (one.get("accessory"), one.get("component")))]
        yield from walk(nested)
