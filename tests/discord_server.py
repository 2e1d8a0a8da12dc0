"""A local Discord: the gateway over websockets and the REST API over HTTP, as far as the bot uses them.

It records every request, validates it (`discord_spec`), and can be told to fail: see `DiscordServer.fault` and
`Gateway.close_at`.
"""

from __future__ import annotations

import asyncio
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from tests.discord_payloads import APPLICATION, BOT, DIRECT, direct, guild, message, snowflake, thread, user
from tests.discord_spec import COMPONENTS_V2, EPHEMERAL, problems, walk

TOKEN = "MTAw.local.token"
_COMMAND, _MODAL, _UPDATE, _DEFERRED_UPDATE, _DEFERRED = 4, 9, 7, 6, 5


@dataclass
class Request:
    """What the bot sent, and what it got."""

    method: str
    path: str
    body: Any
    files: dict[str, bytes]
    status: int = 0


@dataclass
class Fault:
    """An answer given in place of the right one, so many times; None for a connection that is closed unanswered."""

    method: str
    path: re.Pattern[str]
    status: int | None
    body: Any
    headers: dict[str, str]
    times: int


@dataclass
class Session:
    """One gateway session: what it was sent, so that it can be resumed."""

    ident: str
    shard: tuple[int, int]
    sent: list[dict[str, Any]] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None
    squeezer: Any = None


class _Log(list[str]):
    """What happened, and an event for whoever waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self.changed = asyncio.Event()

    def append(self, step: str) -> None:
        """Note a step."""
        super().append(step)
        self.changed.set()


class Gateway:
    """The websocket side."""

    def __init__(self, guilds: list[dict[str, Any]]) -> None:
        self.guilds = guilds
        self.sessions: dict[str, Session] = {}
        self.log = _Log()
        self.changed = self.log.changed
        self.close_at: list[tuple[str, int]] = []
        """(step, close code): the next connection at the step is closed. Steps: hello, identify, ready, resume."""
        self.heartbeat = 41_250
        """Milliseconds between two heartbeats, as HELLO asks for."""
        self.refuse: int | None = None
        """Close code for every IDENTIFY."""
        self.identified: list[dict[str, Any]] = []
        self.invalidate = False
        """The next RESUME is answered with op 9."""
        self.url = ""

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """One connection."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        session = Session("", (0, 1), socket=socket)
        session.squeezer = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        self.log.append("connect")
        if await self._closed(socket, "hello"):
            return socket
        await self._send(session, {"op": 10, "d": {"heartbeat_interval": self.heartbeat}})
        async for raw in socket:
            if raw.type is not WSMsgType.TEXT:
                break
            got = json.loads(raw.data)
            if got["op"] == 1:
                self.log.append("heartbeat")
                await self._send(session, {"op": 11})
            elif got["op"] == 2:
                session = await self._identify(session, got["d"])
            elif got["op"] == 6:
                session = await self._resume(session, got["d"])
            if socket.closed:
                break
        self.log.append("end")
        return socket

    async def _identify(self, session: Session, data: dict[str, Any]) -> Session:
        self.log.append("identify")
        self.identified.append(data)
        assert session.socket is not None
        if self.refuse is not None or data["token"] != TOKEN:
            await session.socket.close(code=self.refuse or 4004)
            return session
        if await self._closed(session.socket, "identify"):
            return session
        session.ident, session.shard = f"session-{snowflake()}", tuple(data.get("shard", (0, 1)))  # type: ignore[assignment]
        self.sessions[session.ident] = session
        ready = {
            "v": 10, "user": user(BOT, "careerbot", bot=True), "session_id": session.ident,
            "shard": list(session.shard),
            "guilds": [{"id": one["id"], "unavailable": True} for one in self.guilds], "resume_gateway_url": self.url,
            "application": {"id": str(APPLICATION), "flags": 0},
        }  # fmt: skip
        await self.send(session, "READY", ready)
        if await self._closed(session.socket, "ready"):
            return session
        for one in self.guilds:
            await self.send(session, "GUILD_CREATE", one)
        return session

    async def _resume(self, session: Session, data: dict[str, Any]) -> Session:
        self.log.append("resume")
        assert session.socket is not None
        if await self._closed(session.socket, "resume"):
            return session
        known = self.sessions.get(data["session_id"])
        if known is None or self.invalidate:
            self.invalidate = False
            await self._send(session, {"op": 9, "d": False})
            return session
        known.socket, known.squeezer = session.socket, session.squeezer
        for event in [one for one in known.sent if one["s"] > data["seq"]]:
            await self._send(known, event)
        await self.send(known, "RESUMED", {})
        return known

    async def _closed(self, socket: web.WebSocketResponse, step: str) -> bool:
        if self.close_at and self.close_at[0][0] == step:
            _, code = self.close_at.pop(0)
            self.log.append(f"closed at {step}")
            await socket.close(code=code)
            return True
        return False

    async def send(self, session: Session, name: str, data: Any) -> None:
        """Dispatch an event; one that can't be delivered waits for the session to be resumed."""
        event = {"op": 0, "t": name, "s": len(session.sent) + 1, "d": data}
        session.sent.append(event)
        if session.socket is not None and not session.socket.closed:
            await self._send(session, event)

    async def dispatch(self, name: str, data: Any) -> None:
        """Dispatch an event to the newest session."""
        await self.send(self.newest, name, data)

    @property
    def newest(self) -> Session:
        """The session that began last."""
        return next(reversed(self.sessions.values()))

    async def order(self, op: int, data: Any = None) -> None:
        """Send an op that is no event: 7 reconnect, 9 invalid session."""
        await self._send(self.newest, {"op": op, "d": data})

    async def close(self, code: int) -> None:
        """Close the newest session's connection."""
        assert self.newest.socket is not None
        await self.newest.socket.close(code=code)

    async def _send(self, session: Session, packet: dict[str, Any]) -> None:
        assert session.socket is not None
        text = json.dumps(packet)
        if session.squeezer is None:
            await session.socket.send_str(text)
        else:
            data = session.squeezer.compress(text.encode()) + session.squeezer.flush(zlib.Z_SYNC_FLUSH)
            await session.socket.send_bytes(data)


class DiscordServer:
    """The local Discord."""

    def __init__(self, *, validate: bool = True, threads: tuple[dict[str, Any], ...] = ()) -> None:
        self.gateway = Gateway([guild(threads=threads)])
        self.requests: list[Request] = []
        self.problems: list[str] = []
        self.messages: dict[str, dict[str, Any]] = {}
        self.faults: list[Fault] = []
        self.shards = 1
        self._validate = validate
        self._responded: dict[str, int] = {}
        self._original: dict[str, str] = {}
        self._changed = asyncio.Event()
        self._buckets: dict[str, int] = defaultdict(int)
        self._server: TestServer | None = None
        self.on_request: Callable[[Request], None] | None = None
        self.pictures: dict[str, bytes] = {}
        """What was attached, by name: served as Discord's content network does."""

    async def start(self, port: int | None = None) -> None:
        """Listen on a free port of this machine."""
        app = web.Application(client_max_size=2**25)
        app.router.add_get("/gateway/", self.gateway.handle)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        app.router.add_get("/attachments/{name}", self._attachment)
        self._server = TestServer(app, port=port)
        await self._server.start_server()
        self.gateway.url = f"ws://127.0.0.1:{self._server.port}/gateway/"

    async def stop(self) -> None:
        """Close all connections."""
        assert self._server is not None
        for session in self.gateway.sessions.values():
            if session.socket is not None and not session.socket.closed:
                await session.socket.close(code=1001)
        await self._server.close()

    @property
    def api(self) -> str:
        """Where the REST API is."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.port}/api/v10"

    def fault(
        self, method: str, path: str, status: int | None, body: Any = None, *, times: int = 1, **headers: str
    ) -> None:  # fmt: skip
        """Answer the next requests of this kind with a fault; status None closes the connection."""
        self.faults.append(Fault(method, re.compile(path), status, body, headers, times))

    async def until(self, wanted: Callable[[], Any], seconds: float = 10.0) -> Any:
        """Wait until something is so, looking again at each request; fails after `seconds`."""
        async with asyncio.timeout(seconds):
            while not (found := wanted()):
                self._changed.clear()
                await self._changed.wait()
            return found

    def sent(self, path: str, method: str = "POST") -> list[Request]:
        """Requests of a kind, oldest first."""
        return [one for one in self.requests if one.method == method and re.fullmatch(path, one.path)]

    async def use(self, payload: dict[str, Any], answers: int = 1) -> list[Request]:
        """Dispatch an interaction and wait until it was answered so many times (callback and follow-ups)."""
        await self.gateway.dispatch("INTERACTION_CREATE", payload)
        return await self.until(lambda: self._enough(self.answers(payload), answers))

    def answers(self, payload: dict[str, Any]) -> list[Request]:
        """What was answered to an interaction and accepted."""
        token = payload["token"]
        return [
            one for one in self.requests if f"/{token}" in one.path and 200 <= one.status < 300 and one.method != "GET"
        ]

    @staticmethod
    def _enough(found: list[Request], wanted: int) -> list[Request] | None:
        return found if len(found) >= wanted else None

    async def say(self, payload: dict[str, Any], at: str | None = None) -> Request:
        """Dispatch a message and wait for the message that answers it."""
        path = f"/channels/{at or payload['channel_id']}/messages"
        before = len(self.sent(path))
        await self.gateway.dispatch("MESSAGE_CREATE", payload)
        await self.until(lambda: len(self.sent(path)) > before and self.sent(path)[-1].status)
        return self.sent(path)[-1]

    def shown(self, request: Request) -> dict[str, Any]:
        """The message of a request, as it can be pressed."""
        newest = self.messages[next(reversed(self.messages))]
        token = re.search(r"/(token-\d+)/", request.path)
        if token and token.group(1) in self._original:
            return self.messages[self._original[token.group(1)]]
        return newest

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        path = "/" + request.match_info["path"]
        body, files = await self._body(request)
        record = Request(request.method, path, body, files)
        fault = next((one for one in self.faults if one.method == request.method and one.path.search(path)), None)
        if fault is not None:
            fault.times -= 1
            if not fault.times:
                self.faults.remove(fault)
            if fault.status is None:
                self._record(record, 0)
                assert request.transport is not None
                request.transport.close()
                return web.Response()
            self._record(record, fault.status)
            headers = {name.replace("_", "-"): value for name, value in fault.headers.items()}
            return _json(fault.body or {"message": "fault", "code": 0}, fault.status, headers)
        if self._validate:
            self.problems += problems(request.method, path, body, files)
        self.pictures |= files
        status, answer = self._answer(request, path, body)
        self._record(record, status)
        headers = {"X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "49", "X-RateLimit-Reset-After": "1",
                   "X-RateLimit-Bucket": re.sub(r"\d+|token-\d+", "", path)[:40], "Via": "1.1 local"}  # fmt: skip
        if answer is None:
            return web.Response(status=status, headers=headers)
        return _json(answer, status, headers)

    @staticmethod
    async def _body(request: web.Request) -> tuple[Any, dict[str, bytes]]:
        if request.content_type == "multipart/form-data":
            form = await request.post()
            files = {one.filename: one.file.read() for one in form.values() if isinstance(one, web.FileField)}
            return json.loads(str(form["payload_json"])), files
        text = await request.text()
        return (json.loads(text) if text else None), {}

    def _record(self, record: Request, status: int) -> None:
        record.status = status
        self.requests.append(record)
        self._changed.set()
        if self.on_request is not None:
            self.on_request(record)

    def _answer(self, request: web.Request, path: str, body: Any) -> tuple[int, Any]:  # noqa: C901, PLR0912 - a path each
        if request.headers.get("Authorization") not in (f"Bot {TOKEN}", None):
            return 401, {"message": "401: Unauthorized", "code": 0}
        match [request.method, *path.strip("/").split("/")]:
            case ["GET", "users", "@me"]:
                return 200, user(BOT, "careerbot", bot=True)
            case ["GET", "oauth2", "applications", "@me"] | ["GET", "applications", "@me"]:
                return 200, {"id": str(APPLICATION), "name": "Careerbot", "flags": 0, "description": "", "icon": None,
                             "bot_public": True, "bot_require_code_grant": False, "verify_key": "0" * 64,
                             "owner": user(1, "operator"), "team": None}  # fmt: skip
            case ["GET", "gateway", "bot"]:
                limits = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
                return 200, {"url": self.gateway.url, "shards": self.shards, "session_start_limit": limits}
            case ["PUT", "applications", _, "commands"]:
                return 200, [{**one, "id": str(snowflake()), "application_id": str(APPLICATION), "version": "1",
                              "default_member_permissions": None, "type": one.get("type", 1),
                              "description": one.get("description", "")} for one in body]  # fmt: skip
            case ["POST", "interactions", ident, token, "callback"]:
                return self._callback(ident, token, body)
            case ["POST", "webhooks", _, token]:
                stored = self._store(body, at=0)
                self._original[token] = stored["id"]
                return 200, stored
            case ["PATCH", "webhooks", _, token, "messages", _]:
                stored = self._store(body, at=0)
                self._original[token] = stored["id"]
                return 200, stored
            case ["POST", "users", "@me", "channels"]:
                who = int(body["recipient_id"])
                return 200, direct(DIRECT + who % 1000, who)
            case ["POST", "channels", at, "messages"]:
                return 200, self._store(body, at=int(at))
            case ["POST", "channels", at, "typing"]:
                return 204, None
            case ["POST", "channels", _, "messages", _, "threads"]:
                return 201, thread()
            case ["GET", "guilds", _, "members", who]:
                return 200, {"user": user(int(who)), "roles": [], "joined_at": "2024-01-01T00:00:00+00:00",
                             "deaf": False, "mute": False, "flags": 0}  # fmt: skip
        return 404, {"message": "404: Not Found", "code": 0}

    def _callback(self, ident: str, token: str, body: Any) -> tuple[int, Any]:
        if ident in self._responded:
            return 400, {"message": "Interaction has already been acknowledged.", "code": 40060}
        self._responded[ident] = body["type"]
        resource: dict[str, Any] = {"type": body["type"]}
        told: dict[str, Any] = {"id": ident, "type": 2}
        if body["type"] in (_COMMAND, _UPDATE):
            stored = self._store(body["data"], at=0)
            self._original[token] = stored["id"]
            resource["message"] = stored
            told |= {
                "response_message_id": stored["id"],
                "response_message_ephemeral": bool(stored["flags"] & EPHEMERAL),
            }
        elif body["type"] == _DEFERRED:
            told |= {"response_message_id": str(snowflake()), "response_message_loading": True}
        return 200, {"interaction": told, "resource": resource}

    async def _attachment(self, request: web.Request) -> web.Response:
        picture = self.pictures.get(request.match_info["name"])
        return web.Response(status=404) if picture is None else web.Response(body=picture, content_type="image/png")

    def _store(self, body: dict[str, Any], *, at: int) -> dict[str, Any]:
        stored = message(
            body.get("content") or "", author=user(BOT, "careerbot", bot=True), at=at or 3 * 10**18,
            components=json.loads(json.dumps(body.get("components") or [])), flags=body.get("flags") or 0,
        )  # fmt: skip
        for number, one in enumerate(walk(stored["components"]), 1):
            one.setdefault("id", number)
            for item in one.get("items", []):
                name = item["media"]["url"].removeprefix("attachment://")
                url = f"{self.api.removesuffix('/api/v10')}/attachments/{name}"
                item["media"] = {"id": str(snowflake()), "url": url, "proxy_url": url, "width": 920, "height": 400}
        self.messages[stored["id"]] = stored
        return stored


def _json(value: Any, status: int, headers: dict[str, str]) -> web.Response:
    """As Discord sends it: without a charset, which discord.py takes for text."""
    return web.Response(
        body=json.dumps(value).encode(), status=status, headers=headers, content_type="application/json"
    )


def texts(request: Request) -> str:
    """Everything that a request shows: text displays, content, alternative texts."""
    data = request.body.get("data", request.body) if isinstance(request.body, dict) else {}
    every = list(walk((data or {}).get("components") or []))
    lines = [(data or {}).get("content") or ""]
    lines += [one["content"] for one in every if one["type"] == 10]
    lines += [item["description"] for one in every if one["type"] == 12 for item in one["items"]]
    return "\n".join(line for line in lines if line)


def buttons(shown: dict[str, Any]) -> dict[str, str]:
    """Label or emoji → custom id of what can be pressed."""
    return {
        one.get("label") or (one.get("emoji") or {}).get("name", "menu"): one["custom_id"]
        for one in walk(shown["components"])
        if one.get("custom_id")
    }


def is_private(request: Request) -> bool:
    """Whether only the person sees it."""
    data = request.body.get("data", request.body)
    return bool((data or {}).get("flags", 0) & EPHEMERAL)


def is_layout(request: Request) -> bool:
    """Whether it is a Components V2 message."""
    data = request.body.get("data", request.body)
    return bool((data or {}).get("flags", 0) & COMPONENTS_V2)
