"""snips-nlu: its intent classifier (TF-IDF and pairs of words, logistic regression); titles by exact longest match.

Its English resources came from the maker's own server, which is gone. What they held is left out or replaced: no word
clusters, no stems; for stop words the classic short list, for noise the out-of-scope messages. It runs on Python 3.7.
"""

from __future__ import annotations

from typing import Any

from benchmarks.peers.lookup import Names, words_of
from benchmarks.peers.system import NONE, Found, Material

SEED = 20
_STOP_WORDS = frozenset(
    "a an the and or of to in on at for with by from as is are was were be been am do does did i you he she it we they "
    "me my your his her its our their this that these those".split()
)


class Snips:
    """A fitted classifier and the names."""

    def __init__(self, material: Material) -> None:
        from snips_nlu.intent_classifier import LogRegIntentClassifier  # noqa: PLC0415 - in the peer's environment
        from snips_nlu.pipeline.configs import (  # noqa: PLC0415
            CooccurrenceVectorizerConfig,
            FeaturizerConfig,
            LogRegIntentClassifierConfig,
        )

        self._names = Names(material)
        # As in its default configuration for English, which only adds word clusters and stems.
        pairs = CooccurrenceVectorizerConfig(filter_stop_words=True, keep_order=True)
        features = FeaturizerConfig(cooccurrence_vectorizer_config=pairs, added_cooccurrence_feature_ratio=0.25)
        by_intent: dict[str, list[str]] = {}
        for intent, text in material.messages:
            by_intent.setdefault(intent, []).append(" ".join(words_of(text)))
        resources: dict[str, Any] = {
            "metadata": {}, "gazetteers": {}, "word_clusters": {}, "stems": None, "stop_words": _STOP_WORDS,
            "noise": [word for text in by_intent[NONE] for word in text.split()],
        }  # fmt: skip
        dataset = {
            "language": "en",
            "entities": {},
            "intents": {
                intent: {"utterances": [{"data": [{"text": text}]} for text in texts if text]}
                for intent, texts in by_intent.items()
            },
        }
        self._classifier: Any = LogRegIntentClassifier(
            config=LogRegIntentClassifierConfig(featurizer_config=features), resources=resources, random_state=SEED
        )
        self._classifier.fit(dataset)

    def answer(self, text: str) -> Found:
        """The intent with the highest probability."""
        best = self._classifier.get_intents(" ".join(words_of(text)))[0]
        intent = best["intentName"] or NONE
        return Found([intent], best["probability"], self._names.careers(text), self._names.places(text, intent))

    def megabytes(self) -> None:
        """It lives in the worker."""


def build(material: Material, variant: str) -> Snips:  # noqa: ARG001 - one variant
    """Fit it."""
    return Snips(material)
