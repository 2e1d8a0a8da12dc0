"""Training the intent classifier, when the knowledge is built.

Material: the phrases and examples that the intents declare, and the hand-written messages in `bot/training/*.tsv`
(`intent<TAB>text`, slots as placeholders; languages other than English under `bot/training/languages`). Placeholders
are filled with real names, typos are added to a copy of each message, and then everything goes through the very
same spotter as a live message does, so that the classifier learns what it will see, misses and all. Everything random
is seeded: the same material gives the same weights.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.classifier import Classifier
from bot.features import features, masked_words
from bot.gazetteer import Gazetteer
from bot.intent import Intent
from bot.normalise import clean, tokenise
from bot.spotting import Spotted, spot
from bot.texts import Vocabulary
from knowledge.models import Name

SEED = 20
NONE = "none"
_NEAR_MISSES_COUNT = 4
_FILLED, _MISSPELT = 3, 1
"""Copies of each message with names filled in, and of those with typos."""
_WEIGHT, _WEIGHT_OF_NAMES = 2.0, 3.0
"""What all copies of a message count for together: more where it stands for many, with any names in it."""
_FOLDS = 4
"""One message in so many is held out to calibrate with."""
LANGUAGES = "languages"
"""Folder of the messages in other languages than English, one file a language: de.tsv, es.tsv …"""
_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")
_INTERESTS = (
    "working with kids", "animals", "drawing", "being outdoors", "helping people", "numbers", "music", "cars",
    "writing", "puzzles", "plants", "travelling", "fixing things", "talking to people", "video games", "cooking",
    "history", "sports", "building stuff", "the sea", "fashion", "science", "guitar", "languages", "maps",
)  # fmt: skip
_NUMBERS = ("100k", "80000", "50k", "60,000", "120k", "200k", "75k", "3000", "40 000", "1 lakh")
_KEYBOARD = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    """One training message: text with placeholders, and its intent; `language` is "" for English."""

    intent: str
    text: str
    language: str = ""


def read_messages(folder: Path, intents: Sequence[Intent]) -> list[Message]:
    """All training material; raises ValueError naming file and line for a malformed line or unknown intent."""
    known = {intent.name for intent in intents} | {NONE}
    messages = [Message(intent.name, phrase) for intent in intents for phrase in intent.phrases]
    messages += [Message(intent.name, example.text) for intent in intents for example in intent.examples]
    for path in [*sorted(folder.glob("*.tsv")), *sorted((folder / LANGUAGES).glob("*.tsv"))]:
        language = path.stem if path.parent.name == LANGUAGES else ""
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            intent_name, tab, text = line.partition("\t")
            if not tab or intent_name not in known or not text.strip():
                raise ValueError(f"{path}:{number}: expected 'intent<TAB>text' with a declared intent, got {line!r}")
            # Near misses are few and stand right at the border, so they count for more.
            times = _NEAR_MISSES_COUNT if path.stem == "near_misses" else 1
            messages += [Message(intent_name, text.strip(), language)] * times
    return messages


def wording(messages: Iterable[Message]) -> dict[str, int]:
    """Stems that in-scope messages use, with how often: what an unknown word may be a typo of."""
    counts = Counter(
        token.stem
        for message in messages
        if message.intent != NONE
        for token in tokenise(clean(_PLACEHOLDER.sub(" ", message.text)))
    )
    return {word: count for word, count in counts.items() if count >= 3 and len(word) > 2}


class Filler:
    """Fills placeholders with names drawn from the knowledge base."""

    def __init__(self, names: Sequence[Name], chance: random.Random) -> None:
        self._chance = chance
        of_kind: dict[str, list[str]] = {}
        for name in sorted(names, key=lambda name: (name.kind, name.text, name.target)):
            if name.kind == "place" and name.weight < 200_000:
                continue
            of_kind.setdefault(name.kind, []).append(name.text)
            if name.kind == "career" and name.weight >= 80 and not name.is_foreign:
                of_kind.setdefault("profile", []).append(name.text)
            for code in name.languages.split():
                of_kind.setdefault(f"career:{code}", []).append(name.text)
                if name.weight >= 80:
                    of_kind.setdefault(f"profile:{code}", []).append(name.text)
        self._of_kind = of_kind

    def fill(self, text: str, language: str = "") -> str:
        """The text with each placeholder replaced; careers' titles are in the given language."""
        return _PLACEHOLDER.sub(lambda match: self._draw(match.group(1), language), text)

    def _draw(self, slot: str, language: str) -> str:
        chance = self._chance
        if slot in ("career", "careers") and language:
            pool = f"profile:{language}" if chance.random() < 0.6 else f"career:{language}"
            title = chance.choice(self._of_kind.get(pool) or self._of_kind.get(f"career:{language}", ["data engineer"]))
            several = slot == "careers" and language in _PLURAL_S and " " not in title and title[-1] in "aeorn"
            return f"{title}s" if several else title
        if slot in ("career", "careers"):
            pool = "profile" if chance.random() < 0.6 and "profile" in self._of_kind else "career"
            title = chance.choice(self._of_kind.get(pool, ["nurse"])).lower()
            return f"{title}s" if slot == "careers" and not title.endswith("s") else title
        if slot == "interest":
            return chance.choice(_INTERESTS)
        if slot == "number":
            return chance.choice(_NUMBERS)
        if slot == "place":
            place = chance.choice(self._of_kind.get("place", ["London"]))
            return place if chance.random() < 0.7 else place.lower()
        return chance.choice(self._of_kind.get(slot, [slot])).lower()


_PLURAL_S = frozenset({"es", "fr", "pt", "nl"})


def with_typos(text: str, chance: random.Random) -> str:
    """A copy with about one edit in three words: transposed, dropped, doubled or neighbouring letters."""
    words = text.split(" ")
    for at, word in enumerate(words):
        if len(word) < 4 or not word.isalpha() or chance.random() > 0.34:
            continue
        i = chance.randrange(len(word) - 1)
        kind = chance.randrange(4)
        if kind == 0:
            words[at] = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        elif kind == 1:
            words[at] = word[:i] + word[i + 1 :]
        elif kind == 2:
            words[at] = word[: i + 1] + word[i] + word[i + 1 :]
        else:
            near = _KEYBOARD.get(word[i].lower(), word[i])
            words[at] = word[:i] + chance.choice(near) + word[i + 1 :]
    return " ".join(words)


def copies_of(message: Message, filler: Filler, chance: random.Random) -> list[str]:
    """What a message is learnt as: with names filled in a few times, and misspelt.

    Each draws its own names and typos, so that one more message changes nothing about the others; `chance`, which the
    filler draws from as well, is seeded anew.
    """
    chance.seed(f"{SEED} {message.text}")
    copies = [filler.fill(message.text, message.language) for _ in range(_FILLED if "{" in message.text else 1)]
    return copies + [with_typos(filler.fill(message.text, message.language), chance) for _ in range(_MISSPELT)]


def _documents(
    messages: Sequence[Message], filler: Filler, chance: random.Random, gazetteer: Gazetteer,
    progress: Callable[[str, int, int], None] | None, read: Callable[[str, str], Spotted] | None,
) -> dict[tuple[str, tuple[str, ...]], tuple[float, int]]:  # fmt: skip
    """What the classifier learns from: (intent, masked words) → (weight, number of its first message)."""
    seen: dict[tuple[str, tuple[str, ...]], tuple[float, int]] = {}
    for number, message in enumerate(messages):
        if progress and number % 500 == 0:
            progress("Preparing training messages", number, len(messages))
        copies = copies_of(message, filler, chance)
        weight = (_WEIGHT_OF_NAMES if "{" in message.text else _WEIGHT) / len(copies)
        for copy in copies:
            spotted = read(copy, message.language) if read else spot(gazetteer, tokenise(clean(copy)))
            key = message.intent, tuple(masked_words(spotted))
            so_far, first = seen.get(key, (0.0, number))
            seen[key] = so_far + weight, first
    return seen


def temperature(margins: NDArray[np.float64], truth: NDArray[np.int64]) -> float:
    """By what to multiply margins so that their softmax says how often they are right.

    Temperature scaling (Guo et al., "On Calibration of Modern Neural Networks", 2017): the one factor with the least
    negative log-likelihood on messages that the margins' model has not seen.

    Args:
        margins: One row a message, one column an intent.
        truth: The right column of each row.
    """
    from scipy.optimize import minimize_scalar  # noqa: PLC0415 - only building needs it
    from scipy.special import logsumexp  # noqa: PLC0415

    def loss(scale: float) -> float:
        scaled = scale * margins
        right = scaled[np.arange(len(truth)), truth]
        return float((logsumexp(scaled, axis=1) - right).mean())

    return float(minimize_scalar(loss, bounds=(0.5, 20.0), method="bounded").x)


def train(
    messages: Sequence[Message],
    names: Sequence[Name],
    gazetteer: Gazetteer,
    progress: Callable[[str, int, int], None] | None = None,
    read: Callable[[str, str], Spotted] | None = None,
) -> Classifier:
    """Fit the classifier: minutes of nobody's time, a few seconds of the machine's.

    Args:
        messages: What to learn from.
        names: What placeholders are filled with.
        gazetteer: What live English messages are spotted with.
        progress: Told (what, done, of how much).
        read: Spots the names in a text of a language, as for live messages; None = as in English ones.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - only building needs it
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    seen = _documents(messages, Filler(names, chance := random.Random(SEED)), chance, gazetteer, progress, read)  # noqa: S311
    if progress:
        progress("Training the classifier", 0, 1)
    labels = [label for label, _ in seen]
    weights = np.array([weight for weight, _ in seen.values()], np.float64)
    vectorizer = TfidfVectorizer(analyzer=features, sublinear_tf=True, min_df=2, dtype=np.float32)
    matrix = vectorizer.fit_transform([list(words) for _, words in seen])
    model = LinearSVC(C=1.0, random_state=SEED)
    held_out = np.array([number % _FOLDS == 0 for _, number in seen.values()])
    model.fit(matrix[~held_out], [label for label, out in zip(labels, held_out, strict=True) if not out],
              sample_weight=weights[~held_out])  # fmt: skip
    truth = np.array([model.classes_.tolist().index(label) for label, out in zip(labels, held_out, strict=True) if out])
    scale = temperature(model.decision_function(matrix[held_out]), truth)
    model.fit(matrix, labels, sample_weight=weights)
    vocabulary: list[str] = vectorizer.get_feature_names_out().tolist()
    if progress:
        progress("Training the classifier", 1, 1)
    return Classifier(
        Vocabulary.of(vocabulary),
        np.ascontiguousarray(scale * model.coef_.T, dtype=np.float32),
        (scale * model.intercept_).astype(np.float32),
        vectorizer.idf_.astype(np.float32),
        model.classes_.tolist(),
    )
