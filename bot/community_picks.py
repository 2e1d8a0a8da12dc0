"""Picks of "did you mean …?": which unclear question a choice belonged to.

Conversations are kept without what was typed, so the unclear question is remembered here, in the process, bounded, and
only where the community lets texts be kept. A choice that another replica offered isn't counted as a pick.
"""

from __future__ import annotations

from collections import OrderedDict

from bot.core import Handled
from bot.message import ConversationKey
from bot.query import Unclear

_MOST = 5_000


class Picks:
    """The unclear question that each conversation was asked back about last."""

    def __init__(self) -> None:
        self._asked: OrderedDict[ConversationKey, tuple[str, frozenset[str]]] = OrderedDict()

    def after(self, handled: Handled, *keys: ConversationKey, keep_texts: bool) -> str:
        """Take note of an answer in a conversation; the unclear question that it is the pick for, "" for none.

        Args:
            handled: What was answered.
            keys: The conversation's keys; more than one where an answer opens a thread.
            keep_texts: Whether the community lets texts of questions be kept.
        """
        before = next((self._asked[key] for key in keys if key in self._asked), None)
        for key in keys:
            self._asked.pop(key, None)
        readings = [answer.reading for answer in handled.answers]
        if keep_texts and len(readings) == 1 and isinstance(unclear := readings[0], Unclear) and unclear.choices:
            offered = (unclear.text or handled.text, frozenset(choice.says for choice in unclear.choices))
            for key in keys:
                self._asked[key] = offered
            while len(self._asked) > _MOST:
                self._asked.popitem(last=False)
        if before is None or not keep_texts or not handled.understood:
            return ""
        return before[0] if handled.text in before[1] else ""
