"""A local Slack: the Web API, Socket Mode, response_urls and OAuth, over real sockets.

It answers as Slack does, records what it was asked, refuses what Slack would refuse, and fails as it is told to.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlencode

from aiohttp import WSMsgType, web

from tests.slack_blocks import problems, view_problems

Json = dict[str, Any]
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-test", "xapp-test", "signing-secret"
TEAM, BOT_USER, BOT_ID = "T01", "UBOT", "B01"
PATIENCE = 10.0
"""Seconds after which something that should have come counts as missing."""
SENT = ("chat.postMessage", "chat.postEphemeral", "response_url")


@dataclass(frozen=True)
class Failure:
    """What the next call of a method gets instead of its answer."""

    error: str = ""
    status: int = 200
    headers: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    """One request that the app made."""

    method: str
    args: Json
    token: str


class SlackServer:
    """The server; `url` is what the app takes for Slack's API. `check_every`: how many of the messages are checked."""

    def __init__(self, *, check_every: int = 1) -> None:
        self._check_every = check_every
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.failures: dict[str, deque[Failure]] = defaultdict(deque)
        self.refused_types: set[str] = set()
        self.tokens = {BOT_TOKEN: TEAM}
        self.admins: set[str] = set()
        self.locales: dict[str, str] = {}
        self.groups: dict[str, list[str]] = {}
        self.acks: dict[str, Json] = {}
        self.uploads: dict[str, bytes] = {}
        self.rotated = 0
        self.headers: dict[str, str] = {}
        self.url = ""
        self.connections = 0
        self._numbers = count(1)
        self._checks = count()
        self._socket: web.WebSocketResponse | None = None
        self._changed = asyncio.Condition()
        self._uses: dict[str, int] = defaultdict(int)

    # What tests ask it for

    def fail(self, method: str, error: str = "", *, times: int = 1, status: int = 200, **headers: str) -> None:
        """Let the next calls of a method fail."""
        self.failures[method].extend([Failure(error, status, headers)] * times)

    @property
    def sent(self) -> list[Json]:
        """The messages that were taken, in order; "method" says how they came."""
        return [call.args | {"method": call.method} for call in self.calls if call.method in SENT and call.args]

    def made(self, method: str) -> list[Call]:
        """The calls of a method."""
        return [call for call in self.calls if call.method == method]

    async def until(self, true: Any) -> None:
        """Wait until something has become true."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(true), PATIENCE)

    async def messages(self, number: int = 1) -> list[Json]:
        """Wait for so many messages."""
        await self.until(lambda: len(self.sent) >= number)
        return self.sent

    async def called(self, method: str, number: int = 1) -> list[Call]:
        """Wait for so many calls of a method."""
        await self.until(lambda: len(self.made(method)) >= number)
        return self.made(method)

    def response_url(self) -> str:
        """An address for answers to an interaction."""
        return f"{self.url.removesuffix('/api/')}/respond/{next(self._numbers)}"

    # Socket Mode

    async def connected(self, number: int = 1) -> None:
        """Wait for so many connections in all."""
        await self.until(lambda: self.connections >= number and self._socket is not None)

    async def envelope(self, kind: str, payload: Json, *, ack: bool = True, **extra: Any) -> Json:
        """Send an envelope over the socket; the app's ack (its payload, where it has one)."""
        assert self._socket is not None
        ident = f"env-{next(self._numbers)}"
        accepts = kind in ("slash_commands", "interactive")
        await self._socket.send_json(
            {"envelope_id": ident, "type": kind, "payload": payload, "accepts_response_payload": accepts} | extra
        )
        if not ack:
            return {}
        await self.until(lambda: ident in self.acks)
        return self.acks[ident].get("payload") or {}

    async def refresh(self) -> None:
        """Tell the app to connect anew, as Slack does every few hours."""
        assert self._socket is not None
        await self._socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def cut(self) -> None:
        """Close the socket without a word."""
        assert self._socket is not None
        socket, self._socket = self._socket, None
        await socket.close()

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._socket = socket
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A01"}})
        self.connections += 1
        await self._notify()
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                ack = json.loads(message.data)
                self.acks[ack["envelope_id"]] = ack
                await self._notify()
        if self._socket is socket:
            self._socket = None
        return socket

    # The Web API

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        args = await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(args.pop("token", ""))
        queue = self.failures[method]
        if queue:
            failure = queue.popleft()
            self.calls.append(Call(f"{method}!", args, token))
            await self._notify()
            if failure.status != 200:
                return web.Response(status=failure.status, headers=failure.headers, text="fault")
            return web.json_response({"ok": False, "error": failure.error}, headers=failure.headers)
        answer = self._answer(method, args, token)
        self.calls.append(Call(method if answer["ok"] else f"{method}!", args, token))
        await self._notify()
        return web.json_response(answer, headers=self.headers)

    def _answer(self, method: str, args: Json, token: str) -> Json:
        if method == "oauth.v2.access":
            return self._oauth(args)
        if method == "apps.connections.open":
            if token != APP_TOKEN:
                return {"ok": False, "error": "invalid_auth"}
            return {"ok": True, "url": self.url.replace("http://", "ws://").replace("/api/", "/link")}
        if token not in self.tokens:
            return {"ok": False, "error": "invalid_auth"}
        if error := self._refusal(args):
            return {"ok": False, "error": error}
        stamp = f"1700000000.{next(self._numbers):06d}"
        user = str(args.get("user") or args.get("users") or "")
        answers: dict[str, Json] = {
            "auth.test": {"team_id": self.tokens[token], "user_id": BOT_USER, "bot_id": BOT_ID, "url": "http://x/"},
            "users.info": {"user": {"id": user, "locale": self.locales.get(user, "en-GB"),
                                    "is_admin": user in self.admins}},
            "conversations.open": {"channel": {"id": f"D{user}"}},
            "conversations.list": _page([{"id": f"C{n}"} for n in range(5)], args),
            "views.open": {"view": {"id": f"V{stamp}"}}, "views.update": {"view": {"id": args.get("view_id")}},
            "views.push": {"view": {"id": f"V{stamp}"}}, "views.publish": {"view": {"id": f"V{stamp}"}},
            "chat.postMessage": {"ts": stamp, "channel": args.get("channel")}, "chat.update": {"ts": args.get("ts")},
            "chat.postEphemeral": {"message_ts": stamp},
            "files.getUploadURLExternal": {"upload_url": f"{self.url.removesuffix('/api/')}/upload/F{stamp}",
                                           "file_id": f"F{stamp}"},
            "files.completeUploadExternal": {"files": [{"id": "F1"}]},
            "usergroups.users.list": {"users": self.groups.get(str(args.get("usergroup")), [])},
            "assistant.threads.setStatus": {}, "assistant.threads.setTitle": {},
            "assistant.threads.setSuggestedPrompts": {},
        }  # fmt: skip
        if method not in answers:
            self.violations.append(f"unknown method {method}")
            return {"ok": False, "error": "unknown_method"}
        return {"ok": True} | answers[method]

    def _refusal(self, args: Json) -> str:
        """What Slack would refuse; anything but what a test asked it to refuse is a violation."""
        blocks, view = args.get("blocks") or [], args.get("view")
        if any(block["type"] in self.refused_types for block in blocks):
            return "invalid_blocks"
        if next(self._checks) % self._check_every:
            return ""
        found = problems(blocks) + (view_problems(view) if isinstance(view, dict) else [])
        if blocks and not args.get("text"):
            found.append("no text")
        if len(args.get("text") or "") > 4_000:
            found.append("text too long")
        self.violations += found
        return "invalid_blocks" if found else ""

    def _oauth(self, args: Json) -> Json:
        if args.get("client_secret") != "client-secret":
            return {"ok": False, "error": "bad_client_secret"}
        if args.get("grant_type") == "refresh_token":
            self.rotated += 1
            token = f"xoxe.xoxb-{self.rotated}"
        elif args.get("code") == "good":
            token = "xoxe.xoxb-0"
        else:
            return {"ok": False, "error": "invalid_code"}
        self.tokens[token] = "T02"
        return {
            "ok": True, "access_token": token, "token_type": "bot", "bot_user_id": BOT_USER, "app_id": "A01",
            "scope": "chat:write,commands", "refresh_token": "xoxe-1",
            "expires_in": 60 if token.endswith("-0") else 43_200,
            "team": {"id": "T02", "name": "Other"}, "enterprise": None, "authed_user": {"id": "U9"},
        }  # fmt: skip

    async def _respond(self, request: web.Request) -> web.Response:
        args = await request.json()
        if self.failures["response_url"]:
            failure = self.failures["response_url"].popleft()
            return web.Response(status=failure.status, text=failure.error)
        ident = request.match_info["ident"]
        self._uses[ident] += 1
        if self._uses[ident] > 5:
            return web.Response(status=404, text="used_url")
        if error := self._refusal(args):
            return web.json_response({"ok": False, "error": error})
        self.calls.append(Call("response_url", args, ""))
        await self._notify()
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.Response:
        self.uploads[request.match_info["ident"]] = await request.read()
        return web.Response(text="OK")

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[SlackServer]:
        """Listen on a free port."""
        app = web.Application(client_max_size=5_000_000)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link", self._link)
        app.router.add_post("/respond/{ident}", self._respond)
        app.router.add_post("/upload/{ident}", self._upload)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/api/"
        try:
            yield self
        finally:
            await runner.cleanup()


def signed(body: bytes, *, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """The headers of a request that Slack signed."""
    stamp = str(int(time.time() if at is None else at))
    base = b"v0:" + stamp.encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def event_request(payload: Json, **how: Any) -> tuple[bytes, dict[str, str]]:
    """A signed event as HTTP delivers it."""
    body = json.dumps(payload).encode()
    return body, signed(body, **how) | {"Content-Type": "application/json"}


def form_request(fields: Json, **how: Any) -> tuple[bytes, dict[str, str]]:
    """A signed command (its fields) or interaction (one field, `payload`) as HTTP delivers it."""
    written = {key: json.dumps(value) if isinstance(value, dict) else value for key, value in fields.items()}
    body = urlencode(written).encode()
    return body, signed(body, **how) | {"Content-Type": "application/x-www-form-urlencoded"}


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        found: Json = await request.json()
        return found
    args: Json = dict(request.query) | dict(await request.post())
    for name in ("blocks", "view"):
        if isinstance(args.get(name), str):
            args[name] = json.loads(args[name])
    if (basic := request.headers.get("Authorization", "")).startswith("Basic "):
        import base64  # noqa: PLC0415

        args["client_id"], args["client_secret"] = base64.b64decode(basic[6:]).decode().split(":")
    return args


def _page(items: list[Json], args: Json) -> Json:
    start, limit = int(args.get("cursor") or 0), int(args.get("limit") or 2)
    after = start + limit
    cursor = str(after) if after < len(items) else ""
    return {"channels": items[start:after], "response_metadata": {"next_cursor": cursor}}
