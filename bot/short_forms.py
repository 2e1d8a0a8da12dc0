"""Short forms that are a job in one message and an everyday word in another: "rn" (right now), "em" (them).

In capitals they are jobs. In small letters they are one only where a job stands: after "a", "as", "vs", or before
"salary" and the like.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.normalise import Token

SHORT_FORMS = {
    "rn": "now",
    "cna": "can",
    "em": "them",
    "ot": "to",
    "ba": "be",
    "pt": "part",
    "np": "no",
    "ma": "mother",
}
"""Each with the everyday word that it is otherwise, or that hurried fingers meant."""
_BEFORE = frozenset(
    "a an as vs versus or and for be become becoming of from than new grad being is are travel senior junior lead my "
    "into lpn lvn cna rn md emt pa np".split()
)
_AFTER = frozenset(
    "salary salaries pay wage wages job jobs school license licence program career careers role degree course courses "
    "certification training vs versus or".split()
)
_SUBJECTS = frozenset("i you u we they he she it a an the my your someone anybody anyone this that there".split())


def is_everyday(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token, one of the short forms, is the everyday word and no job."""
    token = tokens[at]
    if token.word not in SHORT_FORMS or not token.text.islower():
        return False
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if after in _AFTER:
        return False
    if at == 0 or token.breaks:
        return after in _SUBJECTS
    before = tokens[at - 1].word
    return before not in _BEFORE and not (before == "to" and after == "")
