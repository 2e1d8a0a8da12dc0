"""fastText, supervised: words, word pairs and 3–5-character subwords; titles by exact longest match."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.peers.lookup import Names, words_of
from benchmarks.peers.system import Found, Material

_LABEL = "__label__"


class FastText:
    """A trained model and the names."""

    def __init__(self, material: Material) -> None:
        import fasttext  # noqa: PLC0415 - in the peer's environment

        self._names = Names(material)
        lines = [f"{_LABEL}{intent} {' '.join(words_of(text))}" for intent, text in material.messages]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "messages.txt"
            path.write_text("\n".join(lines), "utf-8")
            # One thread: with several, fastText's result differs from run to run.
            self._model = fasttext.train_supervised(
                str(path), lr=0.5, epoch=25, dim=100, wordNgrams=2, minn=3, maxn=5, bucket=200_000, thread=1, verbose=0
            )

    def answer(self, text: str) -> Found:
        """The label with the highest probability."""
        labels, chances = self._model.predict(" ".join(words_of(text)))
        intent = labels[0].removeprefix(_LABEL) if labels else "none"
        score = float(chances[0]) if labels else 0.0
        return Found([intent], score, self._names.careers(text), self._names.places(text, intent))

    def megabytes(self) -> None:
        """It lives in the worker."""


def build(material: Material, variant: str) -> FastText:  # noqa: ARG001 - one variant
    """Train it."""
    return FastText(material)
