"""Rasa open source, NLU alone: word and character counts and the DIET classifier; titles by exact longest match.

Rasa's own lookup tables make one regular expression of all titles, an exact match as well. DIET gets few epochs, since
they take long over these messages on two cores. Rasa 3.6 runs on Python 3.10 at most.
"""

from __future__ import annotations

import asyncio
import logging
import os
import tempfile
from pathlib import Path

from benchmarks.peers.lookup import Names, words_of
from benchmarks.peers.system import Found, Material

CONFIG = """
version: "3.1"
recipe: default.v1
language: en
assistant_id: peers
pipeline:
  - name: WhitespaceTokenizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
    min_df: 3
  - name: DIETClassifier
    epochs: 8
    batch_size: [128, 256]
    entity_recognition: false
    constrain_similarities: true
    random_seed: 20
policies: []
"""


class Rasa:
    """A loaded agent and the names."""

    def __init__(self, material: Material) -> None:
        os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
        os.environ["RASA_TELEMETRY_ENABLED"] = "false"
        import structlog  # noqa: PLC0415 - in the peer's environment
        from rasa.core.agent import Agent  # noqa: PLC0415
        from rasa.model_training import train_nlu  # noqa: PLC0415

        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))

        self._names = Names(material)
        with tempfile.TemporaryDirectory() as folder:
            config, data = Path(folder) / "config.yml", Path(folder) / "nlu.yml"
            config.write_text(CONFIG, "utf-8")
            data.write_text(_training(material.messages), "utf-8")
            model = train_nlu(str(config), str(data), folder)
            self._agent = Agent.load(model)
        self._loop = asyncio.new_event_loop()

    def answer(self, text: str) -> Found:
        """The intent with the highest confidence."""
        parsed = self._loop.run_until_complete(self._agent.parse_message(" ".join(words_of(text))))
        intent = parsed["intent"]["name"] or "none"
        score = float(parsed["intent"]["confidence"])
        return Found([intent], score, self._names.careers(text), self._names.places(text, intent))

    def megabytes(self) -> None:
        """It lives in the worker."""


def _training(messages: list[tuple[str, str]]) -> str:
    """The messages in Rasa's YAML, words alone, since its format gives brackets a meaning."""
    by_intent: dict[str, list[str]] = {}
    for intent, text in messages:
        by_intent.setdefault(intent, []).append(" ".join(words_of(text)))
    blocks = [
        f"- intent: {intent}\n  examples: |\n" + "\n".join(f"    - {text}" for text in dict.fromkeys(texts) if text)
        for intent, texts in by_intent.items()
    ]
    return 'version: "3.1"\nnlu:\n' + "\n".join(blocks) + "\n"


def build(material: Material, variant: str) -> Rasa:  # noqa: ARG001 - one variant
    """Train and load it."""
    return Rasa(material)
