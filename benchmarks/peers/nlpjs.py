"""nlp.js (@nlpjs/basic): its neural classifier, and its own NER with lists of all titles and places.

A Node process speaks JSON lines. It is trained on the messages as typed and, as its documentation advises, on the
templates with @career and @place. NER matches exactly (threshold 1, by dictionary): its fuzzy matching compares every
title with every stretch of a message. Training stops after 500 passes over the messages. Sentiment is off. Times are
taken inside Node.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from benchmarks.peers.lookup import Names
from benchmarks.peers.system import NONE, Found, Material

SCRIPT = Path(__file__).with_suffix(".cjs")


class NlpJs:
    """The Node process."""

    def __init__(self, material: Material) -> None:
        self._placed, names = frozenset(material.placed), Names(material)
        folder = Path(os.environ["CAREERBOT_PEERS"]) / "npm" / "nlpjs" / "node_modules"
        self._node = subprocess.Popen(
            ["node", "--max-old-space-size=8000", str(SCRIPT)],  # noqa: S607 - wherever Node.js is installed
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "NODE_PATH": str(folder)},
        )
        templates = [
            (intent, text.replace("{careers}", "{career}").replace("{career}", "@career").replace("{place}", "@place"))
            for intent, text in material.templates
            if "{career" in text or "{place}" in text
        ]
        titles, places = names.titles_by_slug(), names.places_by_name()
        self._ask(messages=[*material.messages, *templates], entities={"career": titles, "place": places})

    def _ask(self, **request: Any) -> dict[str, Any]:
        stdin, stdout = self._node.stdin, self._node.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps(request) + "\n")
        stdin.flush()
        line = stdout.readline()
        if not line:
            raise RuntimeError(f"Node ended with code {self._node.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def answer(self, text: str) -> Found:
        """The intent, and the entities where its intent takes them."""
        told = self._ask(text=text)
        intent = NONE if told["intent"] == "None" else told["intent"]
        careers = dict.fromkeys(option for kind, option in told["entities"] if kind == "career")
        places = dict.fromkeys(option for kind, option in told["entities"] if kind == "place")
        return Found(
            [intent],
            told["score"],
            [(slug, 1.0) for slug in careers],
            [(name, 1.0) for name in places] if intent in self._placed else [],
            told["milliseconds"],
        )

    def megabytes(self) -> float:
        """Of the Node process."""
        return float(self._ask(memory=True)["megabytes"])


def build(material: Material, variant: str) -> NlpJs:  # noqa: ARG001 - one variant
    """Start Node and train it."""
    return NlpJs(material)
