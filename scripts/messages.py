# ruff: noqa: INP001 - a script, no package
"""Collect the fixed wording for translation: `python scripts/messages.py` writes bot/locale/careerbot.pot.

Wording stands in the code as English text in calls of `say`, which Babel's extractor finds. Wording that reaches `say`
as a variable (labels, headings, help lines) is listed here by where it is declared.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot.intent import capabilities  # noqa: E402 - found through the line above
from bot.intents import load_intents  # noqa: E402

LOCALE = ROOT / "bot" / "locale"
TEMPLATE = LOCALE / "careerbot.pot"


def spoken_in_code() -> Iterator[tuple[str, str]]:
    """Texts in calls of `say`, `say.count` and `say.join`, as (file, text)."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not _says(node.func):
                continue
            for argument in node.args:
                for text in _texts(argument):
                    yield path.relative_to(ROOT).as_posix(), text


def _says(called: ast.expr) -> bool:
    """Whether it is `say(…)`, `desk.say(…)`, `desk.say.count(…)` or `desk.say.join(…)`."""
    if isinstance(called, ast.Attribute) and called.attr in ("count", "join"):
        return _says(called.value)
    return (isinstance(called, ast.Name) and called.id in ("say", "self")) or (
        isinstance(called, ast.Attribute) and called.attr == "say"
    )


def _texts(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.IfExp):
        yield from _texts(argument.body)
        yield from _texts(argument.orelse)


def declared() -> Iterator[tuple[str, str]]:
    """Texts that are declared in one place and said in another, as (file, text)."""
    yield from (("bot/language.py", text) for text in _DEFAULTS)
    yield from (("knowledge/wording/prospects.py", text) for text in _returned("growth_words"))
    for path, names in (*DECLARED.items(), *WORDS.items()):
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, (ast.Assign, ast.AnnAssign)):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if node.value is not None and any(isinstance(t, ast.Name) and t.id in names for t in targets):
                    found = _wording(node.value, words=names is WORDS.get(path))
                    texts = (text for text in found if not _ENGLISH_QUESTION.match(text))
                    yield from ((path, text) for text in texts)
    yield from ((f"bot/intents/{one.name}.py", one.example) for one in capabilities(load_intents()))
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                for keyword in node.keywords:
                    wanted = keyword.arg in KEYWORDS.get(getattr(node.func, "id", ""), ())
                    for text in _texts(keyword.value) if wanted else ():
                        yield path.relative_to(ROOT).as_posix(), text


def _returned(name: str) -> Iterator[str]:
    """Texts in a function of knowledge/wording/prospects.py."""
    tree = ast.parse((ROOT / "knowledge" / "wording" / "prospects.py").read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == name:
            for part in ast.walk(node):
                if isinstance(part, (ast.Return, ast.IfExp)):
                    texts = (leaf.value for leaf in ast.walk(part) if isinstance(leaf, ast.Constant))
                    yield from (text for text in texts if isinstance(text, str))


KEYWORDS = {
    "Intent": ("help",), "Suggestion": ("label",), "section_reply": ("heading",), "Unclear": ("question",),
}  # fmt: skip
"""Calls whose keyword arguments are said later."""

DECLARED: dict[str, tuple[str, ...]] = {
    "bot/language.py": ("_PERIODS",),
    "bot/asking.py": ("ASKS",),
    "bot/quiz.py": ("QUESTIONS", "ANSWERS"),
    "bot/answering/catalogue.py": ("_WORDS",),
    "bot/answering/next_questions.py": ("_ASKS",),
    "bot/answering/pay.py": ("_MEASURES", "_PERIOD_HEADS"),
    "bot/answering/ranking.py": ("_TITLES", "_HEADS"),
    "bot/answering/sections.py": ("SECTION_TITLES",),
    "knowledge/interests.py": ("RIASEC",),
}
"""File → names of tables whose texts are said later."""
WORDS: dict[str, tuple[str, ...]] = {
    "bot/answering/facts.py": ("_ZONES",),
    "bot/answering/catalogue.py": ("_LEVELS",),
}
"""The same, for tables of single words in lower case."""
_PLACEHOLDER = re.compile(r"\{\w*\}")
_DEFAULTS = ("and",)
"""Said where nothing else is given."""
_ENGLISH_QUESTION = re.compile(r"^(?:Wh|How|Which|See|Show|Interest quiz).*(?:\{\w+\}.*)?\?$")
"""What a suggestion says stays English: the bot understands it."""


def _wording(value: ast.expr, *, words: bool = False) -> Iterator[str]:
    """The texts of a table: values of a mapping, entries of a sequence.

    Args:
        value: The table.
        words: Single words in lower case are texts too; otherwise they are taken for identifiers and left out.
    """
    if isinstance(value, ast.Constant):
        if isinstance(value.value, str) and (words or " " in value.value or value.value[:1].isupper()):
            yield value.value
    elif isinstance(value, ast.Dict):
        for entry in value.values:
            yield from _wording(entry, words=words)
    elif isinstance(value, (ast.Tuple, ast.List, ast.Set)):
        for entry in value.elts:
            yield from _wording(entry, words=words)
    elif isinstance(value, ast.Call):
        for argument in value.args:
            yield from _wording(argument, words=words)


def template() -> Catalog:
    """All texts, each once, with the files that say them."""
    catalogue = Catalog(project="careerbot", fuzzy=False)
    for file, text in (*spoken_in_code(), *declared()):
        if sum(letter.isalpha() for letter in _PLACEHOLDER.sub("", text)) > 1:
            catalogue.add(text, locations=[(file, 0)])
    return catalogue


def main() -> None:
    """Write the template, and say what each language lacks."""
    catalogue = template()
    LOCALE.mkdir(exist_ok=True)
    with TEMPLATE.open("wb") as stream:
        write_po(stream, catalogue, width=100, sort_output=True, include_lineno=False, omit_header=True)
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/careerbot.po")):
        with path.open("rb") as stream:
            translated = {m.id for m in read_po(stream) if m.id and m.string and not m.fuzzy}
        missing = [message.id for message in catalogue if message.id and message.id not in translated]
        sys.stdout.write(f"{path.relative_to(ROOT)}: {len(translated)} translated, {len(missing)} missing\n")


if __name__ == "__main__":
    main()
