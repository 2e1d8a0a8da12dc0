"""From a message as typed to tokens that can be looked up.

Nothing here guesses: repairs of typos happen in `bot.gazetteer`, which knows the vocabulary.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MAX_CHARACTERS = 2_000
"""Longer messages are not read: no question about a career needs more, and time stays bounded."""

_TOKEN = re.compile(
    r"\{[a-z]+\}|\.net\b|c\+\+|[cf]#|\d+(?:[.,]\d+)*[kKmM]?\b|[^\W_]+(?:['’`´][^\W_]+)*|[?!.…,;:\n]+|[&+]",
    re.IGNORECASE,
)
_ARROW = re.compile(r"\s*(?:[-=]+>|→|⇒|➡)\s*")
_WITH = re.compile(r"\bw/(o\b)?(?= ?[^\W\d_])", re.IGNORECASE)
"""Hurried "with" and "without": "jobs w/ animals", "w/o a degree"."""
_BARE_CURRENCY = re.compile(r"(?<!\S)(?:\${1,3}|£{1,3}|€{1,3})(?=[\s?!.,]|$)")
"""A currency's sign for itself asks for money: "excavator operator $ alberta"."""
_INITIALS = re.compile(r"[A-Z]{2,4}s")
"""Several of what is known by its initials: "PAs", "SWEs"."""
_POSSESSIVE = re.compile(r"['’`´]s?$")
_REPEATED = re.compile(r"(.)\1{2,}")
_ELISION = re.compile(
    r"\b(l|d|j|qu|un|dell|all|nell|dall|sull|quest|quell|com|cos|dov|s|n|c|m|t)['’](?=[^\W\d_]{2})", re.IGNORECASE
)
_DOTTED = re.compile(r"\b(ds)\.(?= [a-zóąćęłńśźż])", re.IGNORECASE)
_IRREGULAR = {
    "men": "man", "women": "woman", "people": "person", "children": "child", "wives": "wife",
    "salesmen": "salesman", "firemen": "fireman", "policemen": "policeman", "midwives": "midwife",
}  # fmt: skip
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that Unicode doesn't take apart into a plain one and an accent."""
_KEEP_S = ("ss", "us", "is", "as", "os")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a message.

    Attributes:
        text: As typed. start, end: its place in the cleaned text.
        word: Case-folded, without accents. stem: the same in the singular.
        breaks: True where punctuation separates it from the token before (no phrase may span that).
        sentence: Number of the sentence it stands in, from 0.
    """

    text: str
    start: int
    end: int
    word: str
    stem: str
    breaks: bool
    sentence: int


def clean(text: str) -> str:
    """The text in NFKC without control, bidi and other invisible characters; white space folded, arrows read "to"."""
    if "/" in text:
        text = _WITH.sub(lambda match: "without " if match.group(1) else "with ", text)
    if text[:4].casefold() == "iwtl":
        text = f"I want to learn{text[4:]}"
    if text.isascii() and text.isprintable():
        text = _ARROW.sub(" to ", text) if ">" in text else text
        return " ".join((_BARE_CURRENCY.sub("pay", text) if "$" in text else text).split())
    text = _BARE_CURRENCY.sub("pay", _ARROW.sub(" to ", unicodedata.normalize("NFKC", text)))
    kept = (
        character if (category := unicodedata.category(character))[0] != "C" else (" " if category == "Cc" else "")
        for character in text
    )
    return " ".join("".join(kept).split())


def fold(word: str) -> str:
    """Case-folded, without accents: "São" → "sao"."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def stem(word: str) -> str:
    """The word in the singular, by rule; the same rule serves both sides of every comparison."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(_KEEP_S):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def tokenise(text: str) -> list[Token]:
    """The tokens of a cleaned text. Placeholders such as {career} (in declared phrases) stay whole."""
    tokens: list[Token] = []
    breaks = False
    sentence = 0
    position = 0
    for match in _TOKEN.finditer(text):
        raw = match.group()
        if raw[0] in "?!.…,;:\n" and not raw.lower().startswith(".net"):
            inside_word = raw == "." and match.end() < len(text) and not text[match.end()].isspace()
            if not inside_word:
                breaks = True
                if raw[0] in "?!.…\n":
                    sentence = (tokens[-1].sentence if tokens else -1) + 1
            continue
        if raw in "&+":
            raw_word = "and"
        else:
            plain = raw[:-1] if _INITIALS.fullmatch(raw) else raw
            raw_word = _POSSESSIVE.sub("", fold(plain)).replace("’", "'").replace("`", "'").replace("´", "'")
        if not raw_word:
            continue
        word = _REPEATED.sub(r"\1\1", raw_word).replace("'", "")
        between = text[position : match.start()]
        bracket = any(character in '()[]"“”|' for character in between) or " - " in between or "–" in between
        tokens.append(Token(raw, match.start(), match.end(), word, stem(word), breaks or bracket, sentence))
        breaks = False
        position = match.end()
    return tokens


def apart(text: str) -> str:
    """The text, as long as before, with French and Italian elisions taken apart ("d'infirmière" → "d infirmière").

    The dot of Polish "ds." inside a title goes too: it ends no sentence.
    """
    if "ds." in text:
        text = _DOTTED.sub(r"\1 ", text)
    return _ELISION.sub(r"\1 ", text) if "'" in text or "’" in text else text


def key_of(text: str) -> tuple[str, str]:
    """How a name is looked up: (its stems joined by spaces, its stems joined without).

    The second form finds "back end", "back-end" and "backend" alike.
    """
    stems = [token.stem for token in tokenise(apart(clean(text)))]
    return " ".join(stems), "".join(stems)
