"""The understanding's own build product: gazetteer index and classifier in one file of arrays.

It is made from the knowledge database's names, the intents' declarations and the training messages, and carries a
fingerprint of them all, so that it is rebuilt exactly when one of them changed.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.classifier import Classifier
from bot.gazetteer import EVERYDAY, Gazetteer
from bot.intent import Intent
from bot.normalise import clean
from bot.spotting import Spotted, spot
from bot.texts import Vocabulary
from bot.tongue import Tongues, frequencies, glossed, trusted, words_of
from bot.training import Message, read_messages, train, wording
from bot.words import slips
from knowledge.models import Name

TRAINING = Path(__file__).parent / "training"
ENGLISH_WORDS = 20_000
"""So many of the commonest English words are never taken for typos of a title or a town."""
SELDOM = 60_000
"""So many English words are taken for slips for well-known titles and towns only."""
FAMILIAR = 3_000
"""So many are too common to be a slip of the finger for a longer word ("best writer" is no beat writer)."""
_CODE = (
    "normalise.py", "words.py", "options.py", "gazetteer.py", "texts.py", "classifier.py", "spotting.py", "judging.py",
    "short_forms.py", "features.py", "lexicon.py", "training.py", "prepare.py", "tongue.py", "glossary.py",
    "falsefriends.py",
)  # fmt: skip

Progress = Callable[[str, int, int], None]


def material(intents: Sequence[Intent]) -> bytes:
    """Hash of what the model is made from besides the names: declarations, training messages, code as it is on disk."""
    digest = hashlib.blake2b(digest_size=16)
    here = Path(__file__).parent
    for path in [*sorted(TRAINING.rglob("*.tsv")), *(here / name for name in _CODE)]:
        digest.update(path.read_bytes())
    for intent in intents:
        digest.update("\n".join((intent.name, *intent.phrases, *(e.text for e in intent.examples))).encode())
    return digest.digest()


def fingerprint(knowledge_version: str, made_from: bytes) -> str:
    """What a model file carries that was made for a knowledge version from some `material`."""
    return hashlib.blake2b(knowledge_version.encode() + made_from, digest_size=8).hexdigest()


def is_current(path: Path, wanted: str) -> bool:
    """Whether the file was made from exactly this material."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return str(stored["fingerprint"]) == wanted
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return False


def build_model(
    path: Path, names: Sequence[Name], intents: Sequence[Intent], wanted: str, progress: Progress | None = None
) -> None:
    """Index the names, train the classifiers, and replace the file at once."""
    everything = read_messages(TRAINING, intents)
    messages = [message for message in everything if not message.language]
    words = wording(messages)
    if progress:
        progress("Indexing names", 0, 1)
    seldom = english_words(set(), SELDOM)
    mistyped = slips(names, seldom)
    gazetteer = Gazetteer.build(
        [name for name in names if name.kind != "career" or name.text.lower() not in mistyped],
        english_words(set(words)),
        words,
        english_words(set()) - english_words(set(), FAMILIAR),
        seldom,
    )
    if progress:
        progress("Indexing names", 1, 1)
    classifier = train(messages, names, gazetteer, progress)
    foreign = [message for message in everything if message.language]
    tongues = build_tongues(foreign, names, gazetteer, progress)
    arrays: dict[str, NDArray[np.generic]] = {
        **gazetteer.to_arrays(), **classifier.to_arrays(), **tongues.to_arrays()
    }  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp.npz")
    np.savez(temporary, fingerprint=np.array(wanted), **arrays)  # type: ignore[arg-type]
    temporary.replace(path)


def build_tongues(
    messages: Sequence[Message], names: Sequence[Name], gazetteer: Gazetteer, progress: Progress | None = None
) -> Tongues:
    """What reading other languages takes: word frequencies, and a classifier trained on messages in them."""
    known: dict[str, set[str]] = {}
    for message in messages:
        text = message.text.replace("{", " ").replace("}", " ")
        known.setdefault(message.language, set()).update(token.text.lower() for token in words_of(clean(text)))
    for name in names:
        if name.is_foreign and name.weight >= EVERYDAY:
            for code in name.languages.split():
                known.setdefault(code, set()).update(name.text.lower().split())
    words, zipf = frequencies(known)
    tables = Tongues(words, zipf, Classifier(Vocabulary.of([]), *(np.zeros(0, np.float32),) * 3, []))
    local = {code: tables.gazetteer(gazetteer, code) for code in known}

    def read(text: str, code: str) -> Spotted:
        return trusted(spot(local[code], glossed(words_of(clean(text)), code)), code)

    return Tongues(words, zipf, train(messages, names, gazetteer, progress, read))


def load_tongues(path: Path) -> Tongues:
    """What reading other languages takes, from a file that `build_model` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        return Tongues.from_arrays({name: stored[name] for name in stored.files if name.startswith("tongue_")})


def load_model(path: Path) -> tuple[Gazetteer, Classifier]:
    """The index and the classifier from a file that `build_model` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        wanted = [name for name in stored.files if name != "fingerprint" and not name.startswith("tongue_")]
        arrays = {name: stored[name] for name in wanted}
    return Gazetteer.from_arrays(arrays), Classifier.from_arrays(arrays)


def english_words(also: set[str], most: int = ENGLISH_WORDS) -> frozenset[str]:
    """The commonest English words, as stems, and others that count as such."""
    from wordfreq import top_n_list  # noqa: PLC0415 - only building needs it

    from bot.normalise import fold, stem  # noqa: PLC0415

    common = {stem(fold(word)) for word in top_n_list("en", most) if word.isalpha()}
    return frozenset(common | also)
