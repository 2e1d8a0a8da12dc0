"""A defect of the content, and the kinds there are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal[
    # files
    "unreadable", "characters",
    # front matter
    "key-missing", "key-unknown", "value", "slug", "repeated", "topic-unknown", "soc-unknown", "dangling",
    "self-related", "title-clash", "alias-twice", "alias-title", "alias-clash", "skill-weight", "skills-few",
    "skill-spelling", "skill-missing",
    # salaries
    "salary-source", "salary-currency", "salary-country", "salary-amount", "salary-place", "salary-twice",
    # sections
    "section-missing", "section-empty", "section-short", "section-unknown", "section-twice", "section-order",
    # prose
    "figure", "link", "html", "same-sentence", "same-but-name", "almost-same", "generic",
    # tables
    "table-columns", "table-cells", "table-value", "table-number", "percentiles", "id-twice", "url",
    "source-incomplete", "source-unknown", "place-unknown", "topic-clash", "skill-unknown", "more",
]  # fmt: skip
"""Kinds of defect. "more" stands for the rest where a table has very many defects of one kind."""


@dataclass(frozen=True, slots=True, order=True)
class Defect:
    """Something wrong in a content file.

    Attributes:
        path: The file, under the folder that was given.
        line: Line number from 1.
        kind: What sort of defect it is.
        message: What is wrong and what to do, for the person who will mend it.
    """

    path: Path
    line: int
    kind: Kind
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"
