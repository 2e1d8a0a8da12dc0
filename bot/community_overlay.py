"""Curators' decisions in force, laid over what the understanding was built from: new names and meanings at once.

An alias is one more name of a career, found as exactly as the built ones; a meaning lets a whole question be read as
another. Both hold in one community or, by the operator's decision, everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.community_curation import Curation
from bot.gazetteer import Gazetteer, Target
from bot.normalise import key_of

WEIGHT = 90.0
"""An alias that a curator adds weighs as much as one in a career's file."""


class OverlaidGazetteer(Gazetteer):
    """A gazetteer with some more names of careers. Shares everything with the one beneath; costs nothing to make.

    Args:
        beneath: The built one.
        names: Stems written together → (stems joined by spaces, slug).
    """

    def __init__(self, beneath: Gazetteer, names: Mapping[str, tuple[str, str]]) -> None:
        self.__dict__.update(beneath.__dict__)
        self._over = list(names.items())
        self._first = len(beneath)
        self._numbers = {joined: self._first + at for at, joined in enumerate(names)}
        self._over_words = frozenset(word for spaced, _ in names.values() for word in spaced.split())

    def find(self, joined: str) -> int | None:
        """The number of the name whose stems, written together, are these."""
        number = self._numbers.get(joined)
        return super().find(joined) if number is None else number

    def begins(self, joined: str) -> bool:
        """Whether some name begins so, written together."""
        return super().begins(joined) or any(name.startswith(joined) for name in self._numbers)

    def spaced(self, number: int) -> str:
        """The name's stems as it writes them, joined by spaces."""
        return super().spaced(number) if number < self._first else self._over[number - self._first][1][0]

    def targets(self, number: int) -> list[Target]:
        """What the name may stand for."""
        if number < self._first:
            return super().targets(number)
        return [Target("career", self._over[number - self._first][1][1], WEIGHT)]

    def known(self, stem: str) -> bool:
        """Whether the word is in no need of repair."""
        return stem in self._over_words or super().known(stem)


class Overlay:
    """The decisions in force, replaced as a whole when they change; safe to read while that happens."""

    def __init__(self) -> None:
        self._decisions: tuple[Curation, ...] = ()
        self._laid: dict[tuple[str, int], tuple[Gazetteer, Gazetteer]] = {}
        self._meanings: dict[tuple[str, str], str] = {}
        self._communities: frozenset[str] = frozenset()

    def replace(self, decisions: Iterable[Curation]) -> None:
        """Let these decisions be in force, and no others."""
        self._decisions = tuple(one for one in decisions if one.undone is None)
        aliases = [one for one in self._decisions if one.action == "alias"]
        self._meanings = {(one.community, one.key): one.says for one in self._decisions if one.action == "meaning"}
        self._communities = frozenset(one.community for one in aliases)
        self._laid = {}

    def forget(self) -> None:
        """Let go of the gazetteers that lie beneath: one that has been replaced is not held in memory."""
        self._laid = {}

    def gazetteer(self, beneath: Gazetteer, community: str = "") -> Gazetteer:
        """The gazetteer with the aliases that hold in a community; the one beneath where there are none."""
        if not self._communities:
            return beneath
        scope = community if community in self._communities else ""
        if scope not in self._communities and "" not in self._communities:
            return beneath
        laid = self._laid.get((scope, id(beneath)))
        if laid is None or laid[0] is not beneath:
            names = {
                one.key: (key_of(one.text)[0], one.target)
                for one in self._decisions
                if one.action == "alias" and one.community in ("", scope)
            }
            laid = self._laid[scope, id(beneath)] = (beneath, OverlaidGazetteer(beneath, names))
        return laid[1]

    def says(self, text: str, community: str = "") -> str | None:
        """What a question means by a curator's decision, None if nobody decided."""
        if not self._meanings:
            return None
        key = key_of(text)[1]
        return self._meanings.get((community, key)) or self._meanings.get(("", key))
