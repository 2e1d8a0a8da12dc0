"""Sending answers: the right method for the place, the plainer form where Slack refuses a block. Awaits Slack."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.inbound import Where
from adapters.slack.limits import RESPONSE_URL_USES, TEXT
from adapters.slack.pack import Message
from adapters.slack.pictures import Pictures
from adapters.slack.text import pieces

log = logging.getLogger(__name__)

TOO_MUCH = ("msg_blocks_too_long", "msg_too_long")
GONE = ("token_revoked", "token_expired", "invalid_auth", "account_inactive", "not_authed")
"""The installation's token is no good any more: nothing can be sent until the app is installed again."""
_NO_UNFURL = {"unfurl_links": False, "unfurl_media": False}
_REMEMBERED = 10_000
NATIVE, PICTURED, PLAIN = range(3)
"""The forms of a message, best first."""
REFUSES_FOR = 6 * 3_600.0
"""Seconds after which a workspace that refused a form is offered it again: Slack brings new blocks to one by one."""
UPLOADING = (1.0, 2.0)
"""Seconds to wait before a picture that Slack doesn't know yet is tried again."""


class RefusedError(Exception):
    """Slack didn't take a message; its text is Slack's error."""


def retry_handlers() -> list[AsyncRetryHandler]:
    """What is tried again: lost connections, Slack's own faults, and, after the time it names, a full rate limit."""
    return [
        AsyncConnectionErrorRetryHandler(max_retry_count=2),
        AsyncRateLimitErrorRetryHandler(max_retry_count=3),
        AsyncServerErrorRetryHandler(max_retry_count=2),
    ]


class Outbound:
    """Sends messages and remembers which workspaces refuse Slack's own tables and charts.

    Args:
        pictures: Draws and uploads charts where Slack's own are refused.
        clock: Seconds, for how long a refusal is remembered.
    """

    def __init__(self, pictures: Pictures | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._pictures, self._clock = pictures or Pictures(), clock
        self._refusing: OrderedDict[str, tuple[float, int]] = OrderedDict()

    async def send(self, client: AsyncWebClient, where: Where, messages: Sequence[Message]) -> None:
        """Send the messages of an answer, in order.

        Raises:
            RefusedError: Slack took none of the forms of a message.
            SlackApiError: for what can't be mended by another form (a revoked token, a channel that is gone).
        """
        sender = _Sender(client, where)
        for message in messages:
            await self._send(sender, where.team, message)

    async def _send(self, sender: _Sender, team: str, message: Message) -> None:
        """Post a message in the best form that the workspace takes: native, with pictures, as text."""
        form = self._known(team)
        if form == NATIVE or not message.native or (form == PICTURED and not message.newest):
            error = await sender.post(message.text, message.blocks)
            if not error or not message.native:
                await self._plainly(sender, message, error)
                return
            log.info("Slack refused a table or chart (%s)", error)
            form = self._note(team, PICTURED if message.newest else PLAIN, error)
        if form == PICTURED and await self._pictured(sender, team, message):
            return
        for plain in message.plainer():
            await self._plainly(sender, plain, await sender.post(plain.text, plain.blocks))

    async def _pictured(self, sender: _Sender, team: str, message: Message) -> bool:
        """Post it with pictures for charts and Slack's older tables; False if Slack takes these neither."""
        drawn = await self._pictures.upload(sender.client, message.drawable)
        forms = message.pictured(drawn)
        error = await sender.post(forms[0].text, forms[0].blocks)
        for pause in UPLOADING if any(drawn) else ():
            if not error.startswith("invalid_blocks"):
                break
            await self._pictures.wait(pause)  # Slack takes a moment to look at what was uploaded
            error = await sender.post(forms[0].text, forms[0].blocks)
        if error:
            log.info("Slack refused a picture or table (%s); sent as text", error)
            self._note(team, PLAIN, error)
            return False
        for form in forms[1:]:
            await self._plainly(sender, form, await sender.post(form.text, form.blocks))
        return True

    def _known(self, team: str) -> int:
        until, form = self._refusing.get(team, (0.0, NATIVE))
        return form if until > self._clock() else NATIVE

    def _note(self, team: str, form: int, error: str) -> int:
        """Remember for some hours which form a workspace takes, where it is the blocks that it refuses."""
        if error.startswith("invalid_blocks"):
            self._refusing[team] = (self._clock() + REFUSES_FOR, form)
            self._refusing.move_to_end(team)
            while len(self._refusing) > _REMEMBERED:
                self._refusing.popitem(last=False)
        return form

    async def _plainly(self, sender: _Sender, message: Message, error: str) -> None:
        """Where Slack refused the blocks: the top-level text alone, which says the answer in a line or two."""
        if not error:
            return
        log.warning("Slack refused the blocks of an answer (%s); sent as text", error)
        for piece in pieces(message.text, TEXT):
            if refused := await sender.post(piece, ()):
                raise RefusedError(refused)


class _Sender:
    """One answer's way to Slack: the response_url as often as it may be used, else the Web API."""

    def __init__(self, client: AsyncWebClient, where: Where) -> None:
        self.client, self._where = client, where
        self._uses = RESPONSE_URL_USES if where.response_url else 0

    async def post(self, text: str, blocks: Sequence[dict[str, Any]]) -> str:
        """Post once; "" if Slack took it, its error if another form may help; raises SlackApiError otherwise."""
        where = self._where
        content: dict[str, Any] = {"text": text} | ({"blocks": list(blocks)} if blocks else {})
        if where.response_url and (where.private or not where.thread) and self._uses:
            self._uses -= 1
            error = await self._respond(content)
            if error is not None:
                return error
            self._uses = 0  # the address is used up or too old
        try:
            method, call = "chat.postMessage", content | _NO_UNFURL
            if where.private and not where.direct and where.channel:
                method, call = "chat.postEphemeral", content | {"user": where.user}
            call["channel"] = where.channel or await self._direct_channel()
            if where.thread:
                call["thread_ts"] = where.thread
            await self.client.api_call(method, json=call)
        except SlackApiError as error:
            problem = str(error.response["error"])
            if problem.startswith("invalid_blocks") or problem in TOO_MUCH or problem == "invalid_attachments":
                return problem
            raise
        return ""

    async def _respond(self, content: dict[str, Any]) -> str | None:
        """An empty string if taken, the error if the blocks were refused, None if the address is used up."""
        webhook = AsyncWebhookClient(
            self._where.response_url, session=self.client.session, retry_handlers=retry_handlers(),
            timeout=self.client.timeout,
        )  # fmt: skip
        kind = "ephemeral" if self._where.private else "in_channel"
        answer = await webhook.send_dict(content | _NO_UNFURL | {"response_type": kind, "replace_original": False})
        if answer.status_code == 200 and '"ok":false' not in answer.body.replace(" ", ""):
            return ""
        refused = next((one for one in ("invalid_blocks", *TOO_MUCH) if one in answer.body), None)
        if refused is None:
            log.info("a response_url was refused (%s): %s", answer.status_code, answer.body[:100])
        return refused

    async def _direct_channel(self) -> str:
        opened = await self.client.conversations_open(users=self._where.user)
        return str(opened["channel"]["id"])
