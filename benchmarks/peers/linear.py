"""scikit-learn: word and character n-grams and a linear model; titles by exact longest match.

"svc": TF-IDF of word 1–2-grams and of 2–5-character n-grams within words, LinearSVC over the text as typed; sure by its
decision value. "masked": the same n-grams over the text with exactly matched titles and places replaced by a word for
their kind, logistic regression with the settings of Careerbot's own; sure by its probability.
"""

from __future__ import annotations

from typing import Any

from benchmarks.peers.lookup import Names
from benchmarks.peers.system import Found, Material

SEED = 20
_WORDS = r"[^\W_]+"


class Linear:
    """A fitted pipeline and the names."""

    def __init__(self, material: Material, variant: str) -> None:
        import numpy as np  # noqa: PLC0415 - in the peer's environment
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
        from sklearn.pipeline import make_pipeline, make_union  # noqa: PLC0415
        from sklearn.svm import LinearSVC  # noqa: PLC0415

        self._names, self._masks = Names(material), variant == "masked"
        model: Any = (
            LogisticRegression(C=30.0, max_iter=150, tol=2e-3, random_state=SEED)
            if self._masks
            else LinearSVC(C=0.5, random_state=SEED)
        )
        grams = make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2, token_pattern=_WORDS),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=3),
        )
        self._model = make_pipeline(grams, model)
        texts = [self._seen(text) for _, text in material.messages]
        self._model.fit(texts, [intent for intent, _ in material.messages])
        # Laid out so that scikit-learn needn't copy all weights at each message: ten times as fast.
        model.coef_ = np.asfortranarray(model.coef_)
        self._classes: list[str] = self._model.classes_.tolist()

    def _seen(self, text: str) -> str:
        return self._names.masked(text) if self._masks else text.lower()

    def answer(self, text: str) -> Found:
        """The class with the highest score."""
        seen = [self._seen(text)]
        scores = (self._model.predict_proba if self._masks else self._model.decision_function)(seen)[0]
        best = int(scores.argmax())
        intent = self._classes[best]
        return Found([intent], float(scores[best]), self._names.careers(text), self._names.places(text, intent))

    def megabytes(self) -> None:
        """It lives in the worker."""


def build(material: Material, variant: str) -> Linear:
    """Fit it."""
    return Linear(material, variant)
