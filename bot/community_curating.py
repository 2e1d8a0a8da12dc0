"""What a curator may decide, checked against the knowledge before it is kept: no clash, no typo, no dead end."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.asking import ASKS
from bot.community_curation import LONGEST_TEXT, CurationError, NewCuration, tidy
from bot.gazetteer import MAX_PHRASE_TOKENS
from bot.lexicon import GENERIC, STOPWORDS
from bot.normalise import key_of
from bot.query import Query
from bot.understand import Understanding
from knowledge.models import Career

LONGEST_ALIAS = 60


class Curator:
    """Makes decisions out of what curators type. Keeps none: that is `bot.community_curation.Curating`'s."""

    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding

    def alias(self, text: str, career: str, *, community: str = "", by: str = "") -> NewCuration:
        """Another name for a career.

        Args:
            text: The name, e.g. "code monkey".
            career: The career's slug.
            community: Where it holds, "" = everywhere.
            by: Who decides.

        Raises:
            CurationError: the career doesn't exist, or the name can't be one or already means something.
        """
        text = " ".join(tidy(text).split())
        spaced, joined = key_of(text)
        words = spaced.split()
        if not joined or len(text) > LONGEST_ALIAS or len(words) > MAX_PHRASE_TOKENS:
            raise CurationError(f"A name has letters, at most {LONGEST_ALIAS}, in at most {MAX_PHRASE_TOKENS} words.")
        if all(word in STOPWORDS or word in GENERIC for word in words):
            raise CurationError(f"{text!r} is said in too many questions to be the name of one career.")
        target = self._career(career)
        number = self._understanding.gazetteer.find(joined)
        if number is not None:
            means = self._understanding.gazetteer.targets(number)[0]
            if means.kind == "career" and means.id == target.slug:
                raise CurationError(f"{text!r} means {target.title} already; nothing to do.")
            raise CurationError(f"{text!r} already means the {means.kind} {self._shown(means.kind, means.id)}.")
        if len(words) == 1 and words[0] in self._understanding.gazetteer.english:
            raise CurationError(f"{text!r} is an ordinary word; give a name of two words, or the question's meaning.")
        return NewCuration(
            action="alias", community=community, text=text, key=joined, target=target.slug, careers=(target.slug,),
            by=by,
        )  # fmt: skip

    def meaning(
        self, text: str, intent: str, careers: Sequence[str] = (), *, community: str = "", by: str = ""
    ) -> NewCuration:
        """What a question means: an intent and the careers it is about.

        Raises:
            CurationError: there is no such intent or career, or it is understood so already, or the two don't make a
                question that is understood.
        """
        text = tidy(text)
        if not key_of(text)[1] or len(text) >= LONGEST_TEXT:
            raise CurationError("Give the question's text.")
        if intent not in ASKS:
            raise CurationError(f"There is no intent {intent!r}. Intents are {', '.join(ASKS)}.")
        found = [self._career(career) for career in careers]
        slugs = tuple(career.slug for career in found)
        says = " ".join((ASKS[intent], " and ".join(career.title for career in found))).strip()
        if not self._reads(says, intent, slugs):
            raise CurationError(
                f"{says!r} makes no question that is understood; give as many careers as {intent} needs."
            )
        if self._reads(text, intent, slugs):
            raise CurationError(f"{text!r} is understood so already; nothing to do.")
        return NewCuration(
            action="meaning", community=community, text=text, key=key_of(text)[1], says=says, intent=intent,
            careers=slugs, by=by,
        )  # fmt: skip

    def _reads(self, text: str, intent: str, careers: tuple[str, ...]) -> bool:
        [reading, *more] = self._understanding.read(text)
        return (
            not more
            and isinstance(reading, Query)
            and reading.intent == intent
            and {career.slug for career in reading.careers} == set(careers)
        )

    def _career(self, slug: str) -> Career:
        try:
            return self._understanding.directory.career(slug)
        except LookupError:
            near = ", ".join(career.slug for career in self._understanding.nearest_careers(slug.replace("-", " ")))
            hint = f" Did you mean {near}?" if near else ""
            raise CurationError(f"There is no career {slug!r}.{hint}") from None

    def _shown(self, kind: str, ident: str) -> str:
        if kind == "career":
            return self._understanding.directory.career(ident).title
        return self._understanding.directory.place(ident).name if kind == "place" else ident


def case(ident: str, text: str, intent: str, careers: Sequence[str]) -> str:
    """A line for a file of labelled questions (docs/evaluation.md): the text must be understood so from now on."""
    expect = {"intent": [intent], "careers": [[career] for career in careers]}
    conversation = {"id": ident, "style": "curated", "turns": [{"text": text, "expect": expect}]}
    return json.dumps(conversation, ensure_ascii=False) + "\n"
