"""Which systems are compared, and what each needs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Peer:
    """One row of the table.

    Attributes:
        label: As the table shows it.
        module: Module of this package that builds it.
        variant: Passed to its `build`.
        needs: Section of requirements-peers.txt; "" = the project's own environment.
        python: Version of Python it needs ("3.10"), "" = this one.
        npm: Packages of the npm registry, for a folder of its own.
        every: Asked every so manieth question only, because it is slow; its row says so.
        minutes: Longest time for building and answering.
        on_demand: Takes so long that it is run only when asked for by its key (--only); the table shows the answers
            of its last run, with their date.
    """

    label: str
    module: str
    variant: str = ""
    needs: str = ""
    python: str = ""
    npm: tuple[str, ...] = ()
    every: int = 1
    minutes: int = 15
    on_demand: bool = False

    @property
    def key(self) -> str:
        """Short name, for the command line and for files."""
        return f"{self.module}-{self.variant}" if self.variant else self.module


PEERS = (
    Peer("Careerbot", "careerbot"),
    Peer("scikit-learn, LinearSVC + exact titles", "linear", "svc", "scikit-learn"),
    Peer("scikit-learn, logistic regression over exactly masked titles", "linear", "masked", "scikit-learn"),
    Peer("fastText + exact titles", "fast_text", needs="fasttext"),
    Peer("rapidfuzz extractOne, WRatio", "nearest_phrase", "wratio", "rapidfuzz", every=5),
    Peer("rapidfuzz extractOne, token_sort/token_set_ratio", "nearest_phrase", "token", "rapidfuzz"),
    Peer("MiniLM sentence embeddings, nearest neighbours", "embedding", needs="sentence-embedding", minutes=30),
    Peer("nlp.js with NER lists", "nlpjs", npm=("@nlpjs/basic@4.27.0",)),
    Peer("snips-nlu", "snips", needs="snips", python="3.7"),
    Peer("Rasa (DIET)", "rasa_diet", needs="rasa", python="3.10", minutes=240, on_demand=True),
)
