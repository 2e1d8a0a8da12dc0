"""Curators' aliases as a change to the content files: they then belong to the knowledge and need no decision."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ruamel.yaml import YAML

from bot.community_curating import case
from bot.community_curation import Curation, CurationError
from knowledge.models import Career

TABLE = "aliases.tsv"
_HEADER = "soc\tnames"
_LIST = re.compile(r"^aliases:[ ]*\[(?P<names>[^\n]*)\][ ]*$", re.MULTILINE)
_ANY = re.compile(r"^aliases:", re.MULTILINE)
_AFTER = re.compile(r"^(?:plural|title):[^\n]*\n", re.MULTILINE)
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./+#'’&-]*")
_WORDS_OF_YAML = frozenset("true false null yes no on off y n ~".split())


class ExportError(Exception):
    """A content file that an alias can't be written into: which, and what to do."""


def changed_files(
    decisions: Iterable[Curation], careers: Mapping[str, Career], folders: Sequence[Path], into: Path
) -> dict[Path, str]:
    """The content files that the aliases change, with their new text.

    A career with a file of its own gets the alias in its front matter, any other a name in aliases.tsv.

    Args:
        decisions: Those in force.
        careers: Every alias's target.
        folders: Content folders, the packaged one first; of a file that stands in several the last counts.
        into: The folder that is changed; a career's file that stands in another folder is changed there.

    Raises:
        ExportError: a file isn't written as it should be.
    """
    texts: dict[Path, str] = {}
    for decision in decisions:
        if decision.action != "alias":
            continue
        career = careers[decision.target]
        files = [path for folder in folders if (path := folder / "careers" / f"{career.slug}.md").exists()]
        if files:
            path = files[-1]
            texts[path] = _in_front_matter(path, texts.get(path) or path.read_text("utf-8"), decision.text)
        else:
            path = into / TABLE
            before = texts.get(path) or (path.read_text("utf-8") if path.exists() else f"{_HEADER}\n")
            texts[path] = _in_table(path, before, career.soc, decision.text)
    return {path: text for path, text in texts.items() if not path.exists() or text != path.read_text("utf-8")}


def as_diff(texts: Mapping[Path, str]) -> str:
    """The change as a unified diff."""
    lines: list[str] = []
    for path, text in sorted(texts.items()):
        before = path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []
        lines += difflib.unified_diff(before, text.splitlines(keepends=True), str(path), str(path))
    return "".join(lines)


def case_of(decision: Curation) -> str:
    """The labelled question that a decision becomes: a name alone asks what the career is."""
    if decision.action == "dismissal":
        raise CurationError("That decision dismissed its misses; there is nothing to test.")
    intent, careers = decision.intent or "overview", decision.careers or (decision.target,)
    return case(f"curated-{decision.ident}", decision.text, intent, careers)


def _in_front_matter(path: Path, text: str, alias: str) -> str:
    """The file with one more alias."""
    end = text.find("\n---", 3)
    if not text.startswith("---") or end < 0:
        raise ExportError(f"{path}:1: has no front matter between two lines of ---")
    front, rest = text[: end + 1], text[end + 1 :]
    written = alias if _PLAIN.fullmatch(alias) and alias.casefold() not in _WORDS_OF_YAML and not alias.isdigit() \
        else json.dumps(alias, ensure_ascii=False)  # fmt: skip
    if found := _LIST.search(front):
        names = found["names"].strip().rstrip(",")
        known = {str(name).casefold() for name in YAML(typ="safe").load(found[0])["aliases"] or ()}
        if alias.casefold() in known:
            return text
        line = f"aliases: [{names}, {written}]" if names else f"aliases: [{written}]"
        return front[: found.start()] + line + front[found.end() :] + rest
    if _ANY.search(front):
        raise ExportError(f"{path}: write its aliases as one line, aliases: [first, second]; then export again")
    places = list(_AFTER.finditer(front))
    if not places:
        raise ExportError(f"{path}: has no title; run careerbot knowledge check")
    at = places[-1].end()
    return f"{front[:at]}aliases: [{written}]\n{front[at:]}{rest}"


def _in_table(path: Path, text: str, soc: str, alias: str) -> str:
    """The table with one more name for an occupation."""
    lines = text.splitlines()
    if not lines or lines[0] != _HEADER:
        raise ExportError(f"{path}:1: the columns must be soc and names, separated by a tab")
    name = alias.replace("|", " ")
    for at, line in enumerate(lines):
        code, tab, names = line.partition("\t")
        if tab and code == soc:
            if name.casefold() not in (known.casefold() for known in names.split("|")):
                lines[at] = f"{line}|{name}"
            return "\n".join(lines) + "\n"
    return "\n".join([*lines, f"{soc}\t{name}"]) + "\n"
