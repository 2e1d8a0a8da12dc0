"""The whole pipeline on one screen: message → readings → replies → memory."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace

from bot.commands import query_from_request
from bot.completion import Completion
from bot.context import Context, picked
from bot.desk import Desk
from bot.edition import Edition
from bot.intent import Intent
from bot.language import language, spoken
from bot.memory import Memory
from bot.message import IncomingMessage
from bot.normalise import MAX_CHARACTERS
from bot.pointing import LISTING
from bot.query import Choice, NotUnderstood, Query, Reading, Unclear
from bot.quiz import answers_in
from bot.reply import Reply, Sources
from bot.tongue import LANGUAGES
from bot.understand import SOCIAL, Understanding
from bot.wording import declined, failed, nothing_said, too_long, unclear
from knowledge.models import Career

_MOST_LISTED = 10
"""So many careers of a list can be pointed at ("the third one")."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of a message and what was answered; `failed`: the reply apologises for a fault of the bot's own."""

    reading: Reading
    reply: Reply
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Handled:
    """A message and all its answers, in the order of its questions.

    Attributes:
        text: The message as it was read (a picked choice stands as the question it means).
        milliseconds: Time from message to replies.
        silent: True where nothing should be sent (overheard and not sure).
    """

    text: str
    answers: tuple[Answer, ...]
    milliseconds: float
    knowledge_version: str
    silent: bool = False

    @property
    def queries(self) -> tuple[Query, ...]:
        """The questions that were understood."""
        return tuple(answer.reading for answer in self.answers if isinstance(answer.reading, Query))

    @property
    def understood(self) -> bool:
        """Whether at least one question was understood."""
        return bool(self.queries)

    @property
    def intents(self) -> tuple[str, ...]:
        """The intents that were answered."""
        return tuple(query.intent for query in self.queries)


class CareerBot:
    """Answers messages. Holds no state of its own: conversations live in `memory`.

    What it answers from is one `Edition`, which may be changed for a newer one at any time.
    """

    def __init__(
        self,
        understanding: Understanding,
        intents: Sequence[Intent],
        desk: Desk,
        memory: Memory,
        completion: Completion,
    ) -> None:
        self._edition = Edition(understanding, desk, completion)
        self.intents, self.memory = tuple(intents), memory
        self._by_name = {intent.name: intent for intent in intents}

    @property
    def understanding(self) -> Understanding:
        """What messages are read with now."""
        return self._edition.understanding

    @property
    def desk(self) -> Desk:
        """What answers use now; over several awaits use `using`, so that it isn't changed in between."""
        return self._edition.desk

    @property
    def completion(self) -> Completion:
        """What completes names now."""
        return self._edition.completion

    def complete(self, kind: str, prefix: str, limit: int = 25) -> list[str]:
        """Up to `limit` names of a kind that complete what has been typed."""
        return self._edition.completion.complete(kind, prefix, limit)

    @asynccontextmanager
    async def using(self) -> AsyncIterator[Edition]:
        """The edition of this moment, open as long as the block lasts."""
        async with self._edition.used() as edition:
            yield edition

    async def change(self, edition: Edition) -> None:
        """Answer from another edition from now on; messages in flight finish on the one they began with."""
        old, self._edition = self._edition, edition
        await old.retire()

    async def close(self) -> None:
        """Let go of the edition's files."""
        await self._edition.retire()

    async def handle(self, message: IncomingMessage) -> Handled:
        """Answer one message; never raises for anything that a person can type."""
        async with self.using() as edition:
            return await self._handle(message, edition)

    async def _handle(self, message: IncomingMessage, edition: Edition) -> Handled:
        started = time.perf_counter()
        country = message.country or edition.desk.default_country
        context = edition.renewed(await self.memory.recall(message.conversation))
        text, readings = self._read(message, context, country, edition.understanding)
        tongue = readings[0].language
        desk = replace(edition.desk, say=language(spoken(message.locale, tongue)), default_country=country)
        if not message.addressed and not any(_sure(reading) for reading in readings):
            return Handled(text, (), _since(started), edition.version, silent=True)
        answers = tuple([await self._answer(reading, text, desk) for reading in readings])
        await self.memory.remember(message.conversation, replace(_after(context, answers, edition), language=tongue))
        return Handled(text, answers, _since(started), edition.version)

    def _read(
        self, message: IncomingMessage, context: Context, country: str, understanding: Understanding
    ) -> tuple[str, list[Reading]]:
        if message.request is not None:
            reading = query_from_request(message.request, self._by_name, understanding, country)
            return reading.text, [reading]
        choice = picked(message.text, context)
        text = choice.says if choice else message.text
        readings: list[Reading]
        if (answers := answers_in(text)) is not None:
            readings = [Query(text=text, intent="match", quiz=answers)]
        else:
            # Without evidence in the words, the conversation goes on in its language, else in the person's.
            own = language(message.locale).locale.language
            likely = "" if choice else context.language or (own if own in LANGUAGES else "")
            readings = understanding.read(text, replace(context, language=likely), country, message.community)
        if choice and context.language:
            # What is offered is said in English; the conversation stays in its language.
            readings = [reading.model_copy(update={"language": context.language}) for reading in readings]
        return text, readings

    async def _answer(self, reading: Reading, text: str, desk: Desk) -> Answer:
        match reading:
            case Unclear():
                return Answer(reading, unclear(reading, desk.say))
            case NotUnderstood():
                if len(text) > MAX_CHARACTERS:
                    return Answer(reading, too_long(MAX_CHARACTERS, desk.say))
                read = any(letter.isalnum() for letter in text)
                return Answer(reading, declined(reading, desk.say) if read else nothing_said(desk.say))
            case Query():
                try:
                    reply = _sources_labelled(await self._by_name[reading.intent].answer(reading, desk), desk)
                except Exception:
                    # The person gets an apology, the operator the traceback; never the text of the message.
                    log.exception("answering %s failed", reading.intent)
                    return Answer(reading, failed(desk.say), failed=True)
                return Answer(reading, reply)


def _sources_labelled(reply: Reply, desk: Desk) -> Reply:
    """The reply with the word before its sources in the person's language."""
    if desk.say.is_english:
        return reply
    label = desk.say("Source")
    blocks = (b.model_copy(update={"label": label}) if isinstance(b, Sources) else b for b in reply.blocks)
    return reply.model_copy(update={"blocks": tuple(blocks)})


def _sure(reading: Reading) -> bool:
    return isinstance(reading, Query) and reading.intent not in SOCIAL and reading.confidence >= 0.8


def _after(context: Context, answers: Sequence[Answer], edition: Edition) -> Context:
    """What the conversation is about after these answers."""
    if not answers:
        return context
    last = answers[-1]
    queries = [
        _with_list(a, edition) for a in answers if isinstance(a.reading, Query) and a.reading.intent not in SOCIAL
    ]
    query = queries[-1] if queries else context.query
    if isinstance(last.reading, Unclear):
        return Context(query=query, choices=last.reading.choices, asked_back=True)
    offered = tuple(Choice(label=s.label, says=s.says) for a in answers for s in a.reply.suggestions)
    return Context(query=query, choices=offered or context.choices)


def _with_list(answer: Answer, edition: Edition) -> Query:
    """The question, with the careers that its answer listed: "the first one" after it is the first of them."""
    query = answer.reading
    assert isinstance(query, Query)
    if query.intent not in LISTING:
        return query
    found: list[Career] = []
    for result in answer.reply.results[:_MOST_LISTED]:
        with suppress(LookupError):  # places stand in lists too
            found.append(edition.understanding.directory.career(result.slug))
    return query.model_copy(update={"discussed": tuple(found)}) if len(found) > 1 else query


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)
