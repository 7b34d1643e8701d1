"""A Discord on loopback: as much of the gateway and the REST routes as a bot that answers questions uses.

The real client logs in to it. It checks what Discord checks (the token, the intents, the length of messages) and
keeps every REST call. Both transport compressions are spoken: zstd-stream and zlib-stream.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import secrets
import time
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import zstandard
from aiohttp import WSMsgType, web

Json = dict[str, Any]

MESSAGE_CONTENT = 1 << 15
MANAGE_GUILD = 1 << 5
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT
_EPOCH_MS = 1_420_070_400_000
_numbers = itertools.count(1)


def snowflake() -> str:
    """A fresh id of now: discord.py reads the time out of ids."""
    return str(((time.time_ns() // 1_000_000 - _EPOCH_MS) << 22) + next(_numbers) % (1 << 22))


@dataclass
class Call:
    """One REST call."""

    method: str
    path: str
    body: Json
    at: float = field(default_factory=time.monotonic)


@dataclass
class Session:
    """A gateway session: it outlives its connections, with what was dispatched in it."""

    id: str
    identify: Json
    dispatched: list[Json] = field(default_factory=list)


class Connection:
    """One gateway connection, with its compression."""

    def __init__(self, socket: web.WebSocketResponse, compress: str | None) -> None:
        self.socket, self.compress = socket, compress
        self.session: Session | None = None
        self._zlib = zlib.compressobj()
        self._zstd = zstandard.ZstdCompressor().compressobj()

    async def send(self, payload: Json) -> None:
        data = json.dumps(payload).encode()
        if self.compress == "zlib-stream":
            await self.socket.send_bytes(self._zlib.compress(data) + self._zlib.flush(zlib.Z_SYNC_FLUSH))
        elif self.compress == "zstd-stream":
            packed = self._zstd.compress(data) + self._zstd.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
            await self.socket.send_bytes(packed)
        else:
            await self.socket.send_str(data.decode())


class LoopbackDiscord:
    """The server; one guild with one channel, one application, and whoever speaks."""

    def __init__(self, token: str, *, allowed_privileged: int = 0) -> None:
        self.token, self.allowed_privileged = token, allowed_privileged
        self.application_id, self.guild_id, self.channel_id = snowflake(), snowflake(), snowflake()
        self.me = self._user("OnRecord", bot=True)
        self.alice = self._user("alice")
        self.calls: list[Call] = []
        self.messages: dict[str, Json] = {}
        self.interactions: dict[str, Json] = {}  # by token
        self.commands: list[Json] = []
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self.resumed: list[Json] = []
        self.edits: list[tuple[float, str, str]] = []  # when, which message, what it says then
        self.failures: list[tuple[str, str, int]] = []
        self.compressions: list[str | None] = []
        self.close_codes: list[int | None] = []
        self.hold: asyncio.Event | None = None  # while it is not set, no REST call is answered
        self._changed = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.port = 0

    # -- for tests ------------------------------------------------------------------------------------

    async def __aenter__(self) -> LoopbackDiscord:
        app = web.Application(middlewares=[self._record])
        api = "/api/v10"
        add = app.router.add_route
        add("GET", "/", self._gateway)
        add("GET", f"{api}/users/@me", self._answer(lambda _: self.me))
        add("GET", f"{api}/oauth2/applications/@me", self._answer(lambda _: self._application()))
        add("GET", f"{api}/gateway/bot", self._answer(lambda _: self._gateway_bot()))
        add("PUT", f"{api}/applications/{{app}}/commands", self._put_commands)
        add("POST", f"{api}/channels/{{channel}}/messages", self._post_message)
        add("GET", f"{api}/channels/{{channel}}/messages/{{message}}", self._get_message)
        add("POST", f"{api}/channels/{{channel}}/typing", self._nothing)
        add("POST", f"{api}/interactions/{{id}}/{{token}}/callback", self._callback)
        add("POST", f"{api}/webhooks/{{app}}/{{token}}", self._follow_up)
        add("PATCH", f"{api}/webhooks/{{app}}/{{token}}/messages/@original", self._edit_original)
        add("PATCH", f"{api}/channels/{{channel}}/messages/{{message}}", self._edit_message)
        self._runner = web.AppRunner(app, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        for connection in list(self.connections):
            await connection.socket.close()
        assert self._runner is not None
        await self._runner.cleanup()

    async def until(self, condition: Callable[[], Any], seconds: float = 20.0) -> Any:
        """Wait until `condition` is true of what the server has seen; its value."""
        async with asyncio.timeout(seconds):
            while not (value := condition()):
                self._changed.clear()
                await self._changed.wait()
        return value

    async def say(self, content: str, *, replying_to: Json | None = None, mention: bool = True) -> Json:
        """A message of Alice's; without the message-content intent its text is withheld unless it mentions the bot."""
        message = self._message(self.channel_id, self.alice, {"content": content})
        if mention:
            message["mentions"] = [{**self.me, "member": _member()}]
        if replying_to is not None:
            message["type"] = 19
            message["message_reference"] = {"message_id": replying_to["id"], "channel_id": self.channel_id}
            message["referenced_message"] = replying_to
        self.messages[message["id"]] = message
        sent = {
            **message,
            "guild_id": self.guild_id,
            "member": _member(),
        }
        if not mention and not self._intents() & MESSAGE_CONTENT:
            sent["content"] = ""
        await self.dispatch("MESSAGE_CREATE", sent)
        return message

    async def slash(self, name: str, member: int = 0, *, manages: bool = False, **options: Any) -> Json:
        """Alice, or with a number another member, uses a slash command that was synced; what comes back is written
        into the result. `manages`: with the permission to manage the server."""
        who = {**self.alice, "id": str(int(self.alice["id"]) + member)}
        command = next(c for c in self.commands if c["name"] == name)
        types = {o["name"]: o["type"] for o in command["options"]}
        token = secrets.token_urlsafe(32)
        options_given = [{"name": n, "type": types[n], "value": v} for n, v in options.items()]
        interaction = {
            **self._interaction(who, token, MANAGE_GUILD if manages else 0),
            "type": 2,
            "data": {"id": command["id"], "name": name, "type": 1, "options": options_given},
        }
        self.interactions[token] = kept = {"callbacks": [], "followups": [], "asked_at": time.monotonic()}
        await self.dispatch("INTERACTION_CREATE", interaction)
        return kept

    def _interaction(self, who: Json, token: str, permissions: int = 0) -> Json:
        member = {"user": who, "permissions": str(permissions), **_member()}
        return {
            "id": snowflake(),
            "application_id": self.application_id,
            "token": token,
            "version": 1,
            "attachment_size_limit": 10_485_760,
            "guild_id": self.guild_id,
            "channel_id": self.channel_id,
            "channel": {"id": self.channel_id, "type": 0},
            "member": member,
            "app_permissions": "2147483647",
            "entitlements": [],
            "authorizing_integration_owners": {"0": self.guild_id},
            "context": 0,
            "locale": "en-GB",
        }

    async def press(self, message: Json, custom_id: str, member: int = 0) -> Json:
        """Alice, or another member, presses a button of a message; what comes back is written into the result."""
        who = {**self.alice, "id": str(int(self.alice["id"]) + member)}
        token = secrets.token_urlsafe(32)
        self.interactions[token] = kept = {"callbacks": [], "followups": [], "asked_at": time.monotonic()}
        interaction = {
            **self._interaction(who, token),
            "type": 3,
            "message": message,
            "data": {"custom_id": custom_id, "component_type": 2},
        }
        await self.dispatch("INTERACTION_CREATE", interaction)
        return kept

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event in every session; one that is cut off gets it when it resumes."""
        for session in self.sessions.values():
            payload = {"op": 0, "t": event, "s": len(session.dispatched) + 1, "d": data}
            session.dispatched.append(payload)
            for connection in self.connections:
                if connection.session is session:
                    await connection.send(payload)

    def cut(self) -> None:
        """Cut every gateway connection, without a word."""
        for connection in list(self.connections):
            self.connections.remove(connection)
            transport = connection.socket._req.transport if connection.socket._req is not None else None
            if transport is not None:
                transport.abort()

    def fail_next(self, method: str, path: str, status: int) -> None:
        """Answer the next call whose path matches the pattern with an error."""
        self.failures.append((method, path, status))

    def posted(self) -> list[Json]:
        """The messages that the bot sent to channels, in order."""
        return [m for m in self.messages.values() if m["author"]["id"] == self.me["id"]]

    # -- REST -----------------------------------------------------------------------------------------

    @web.middleware
    async def _record(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if request.path == "/":
            return await handler(request)
        path = request.path.removeprefix("/api/v10")
        body = await _body(request)
        self.calls.append(Call(request.method, path, body))
        self._changed.set()
        if self.hold is not None:
            await self.hold.wait()
        open_routes = ("/interactions/", "/webhooks/")
        if not path.startswith(open_routes) and request.headers.get("Authorization") != f"Bot {self.token}":
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        for failure in self.failures:
            method, pattern, status = failure
            if request.method == method and re.search(pattern, path):
                self.failures.remove(failure)
                if status == 429:
                    limited = {"message": "You are being rate limited.", "retry_after": 0.1, "global": False}
                    return _json(limited, 429, {"Via": "1.1 loopback"})
                return _json({"message": "told to fail", "code": 0}, status)
        if isinstance(body, dict) and len(body.get("content") or "") > 2000:
            return _json({"message": "Invalid Form Body", "code": 50035}, 400)
        try:
            return await handler(request)
        finally:
            self._changed.set()

    def _answer(self, make: Callable[[web.Request], Any]) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handler(request: web.Request) -> web.Response:
            return _json(make(request))

        return handler

    async def _nothing(self, _: web.Request) -> web.Response:
        return web.Response(status=204)

    async def _put_commands(self, request: web.Request) -> web.Response:
        told = await request.json()
        extra = {"application_id": self.application_id, "version": "1", "default_member_permissions": None}
        # A context menu has no description, and Discord tells it as empty.
        self.commands = [{"description": "", **command, "id": snowflake(), **extra} for command in told]
        return _json(self.commands)

    async def _post_message(self, request: web.Request) -> web.Response:
        body = await _body(request)
        message = self._message(request.match_info["channel"], self.me, body)
        reference = body.get("message_reference")
        if reference:
            replied_to = str(reference["message_id"])
            message |= {"type": 19, "message_reference": {"message_id": replied_to, "channel_id": self.channel_id}}
            message["referenced_message"] = self.messages.get(replied_to)
        self.messages[message["id"]] = message
        return _json(message)

    async def _get_message(self, request: web.Request) -> web.Response:
        message = self.messages.get(request.match_info["message"])
        return _json(message) if message else _json({"message": "Unknown Message", "code": 10008}, 404)

    async def _callback(self, request: web.Request) -> web.Response:
        kept = self.interactions.get(request.match_info["token"])
        if kept is None or kept["callbacks"]:
            return _json({"message": "Unknown interaction", "code": 10062}, 404)
        body = await request.json()
        kept["callbacks"].append(body)
        kept["acknowledged_after"] = time.monotonic() - kept["asked_at"]
        answer: Json = {"interaction": {"id": request.match_info["id"], "type": 2}}
        if body["type"] == 4:
            answer["resource"] = {"type": 4, "message": self._message(self.channel_id, self.me, body["data"])}
        return _json(answer)

    async def _follow_up(self, request: web.Request) -> web.Response:
        kept = self.interactions.get(request.match_info["token"])
        if kept is None:
            return _json({"message": "Invalid Webhook Token", "code": 50027}, 401)
        message = self._message(self.channel_id, self.me, await _body(request))
        kept["followups"].append(message)
        return _json(message)

    async def _edit_original(self, request: web.Request) -> web.Response:
        """The first of the followups is what stands in the place of "is thinking…"."""
        kept = self.interactions.get(request.match_info["token"])
        if kept is None:
            return _json({"message": "Invalid Webhook Token", "code": 50027}, 401)
        body = await request.json()
        if not kept["followups"]:
            kept["followups"].append(self._message(self.channel_id, self.me, body))
        return _json(self._edited(kept["followups"][0], body))

    async def _edit_message(self, request: web.Request) -> web.Response:
        message = self.messages.get(request.match_info["message"])
        if message is None:
            return _json({"message": "Unknown Message", "code": 10008}, 404)
        return _json(self._edited(message, await request.json()))

    def _edited(self, message: Json, body: Json) -> Json:
        message |= {"edited_timestamp": _now(), "flags": body.get("flags") or message["flags"]}
        message |= {name: body[name] or "" for name in ("content",) if name in body}
        message |= {"components": _numbered(body["components"])} if body.get("components") is not None else {}
        self.edits.append((time.monotonic(), message["id"], text_of(message)))
        return message

    def _message(self, channel_id: str, author: Json, body: Json) -> Json:
        return {
            "id": snowflake(),
            "channel_id": channel_id,
            "author": author,
            "content": body.get("content") or "",
            "timestamp": _now(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "components": _numbered(body.get("components") or []),
            "pinned": False,
            "flags": body.get("flags") or 0,
            "type": 0,
            "sent": body.get("sent", []),
        }

    def _application(self) -> Json:
        return {
            "id": self.application_id,
            "name": "OnRecord",
            "description": "",
            "icon": None,
            "bot_public": True,
            "bot_require_code_grant": False,
            "owner": self.alice,
            "verify_key": "0" * 64,
            "flags": 0,
        }

    def _gateway_bot(self) -> Json:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return {"url": self._gateway_url(), "shards": 1, "session_start_limit": limit}

    def _gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/"

    @staticmethod
    def _user(name: str, *, bot: bool = False) -> Json:
        return {"id": snowflake(), "username": name, "discriminator": "0", "avatar": None, "bot": bot}

    # -- the gateway ----------------------------------------------------------------------------------

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = Connection(socket, request.query.get("compress"))
        self.connections.append(connection)
        self.compressions.append(connection.compress)
        await connection.send({"op": 10, "d": {"heartbeat_interval": 500}, "s": None, "t": None})
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                break
            payload = json.loads(frame.data)
            code = await self._receive(connection, payload)
            self._changed.set()
            if code:
                await socket.close(code=code)
                break
        if connection in self.connections:
            self.connections.remove(connection)
        self.close_codes.append(socket.close_code)
        self._changed.set()
        return socket

    async def _receive(self, connection: Connection, payload: Json) -> int | None:
        """Handle one payload of the client's; the code to close with, None to go on."""
        match payload["op"]:
            case 1:
                await connection.send({"op": 11, "d": None, "s": None, "t": None})
            case 2:
                return await self._identify(connection, payload["d"])
            case 6:
                return await self._resume(connection, payload["d"])
        return None

    async def _identify(self, connection: Connection, identify: Json) -> int | None:
        if identify["token"] != self.token:
            return 4004
        if identify["intents"] & PRIVILEGED & ~self.allowed_privileged:
            return 4014
        connection.session = session = Session(secrets.token_hex(8), identify)
        self.sessions = {session.id: session}
        ready = {
            "v": 10,
            "user": self.me,
            "guilds": [{"id": self.guild_id, "unavailable": True}],
            "session_id": session.id,
            "resume_gateway_url": self._gateway_url(),
            "application": {"id": self.application_id, "flags": 0},
            "shard": identify.get("shard", [0, 1]),
        }
        await self.dispatch("READY", ready)
        await self.dispatch("GUILD_CREATE", self._guild())
        return None

    async def _resume(self, connection: Connection, resume: Json) -> int | None:
        session = self.sessions.get(resume["session_id"])
        if session is None or resume["token"] != self.token:
            await connection.send({"op": 9, "d": False, "s": None, "t": None})
            return None
        connection.session = session
        self.resumed.append(resume)
        for payload in session.dispatched[resume["seq"] :]:
            await connection.send(payload)
        await self.dispatch("RESUMED", {})
        return None

    def _guild(self) -> Json:
        everyone = {"id": self.guild_id, "name": "@everyone", "permissions": "2147483647", "position": 0, "color": 0}
        everyone |= {"colors": {"primary_color": 0}, "hoist": False, "managed": False, "mentionable": False}
        return {
            "id": self.guild_id,
            "name": "Lorn",
            "owner_id": self.alice["id"],
            "roles": [everyone],
            "channels": [{"id": self.channel_id, "type": 0, "name": "general", "position": 0}],
            "members": [{**_member(), "user": self.me}],
            "threads": [],
            "unavailable": False,
            "member_count": 2,
        }

    def _intents(self) -> int:
        return next((s.identify["intents"] for s in self.sessions.values()), 0)


async def _body(request: web.Request) -> Json:
    """What a call says; of one with files, its JSON part, and the files under "sent"."""
    if request.content_type != "multipart/form-data":
        text = await request.text()
        return json.loads(text) if text else {}
    if "body" not in request:  # a form is read once
        form = await request.post()
        files = [(part.filename, part.file.read()) for part in form.values() if isinstance(part, web.FileField)]
        request["body"] = {**json.loads(str(form["payload_json"])), "sent": files}
    body: Json = request["body"]
    return body


def text_of(message: Json) -> str:
    """All text that a message shows, laid out or plain."""
    texts = [message["content"]]

    def walk(components: list[Json]) -> None:
        for component in components:
            if component["type"] == 10:
                texts.append(component["content"])
            walk(component.get("components") or [])

    walk(message["components"])
    return "\n".join(text for text in texts if text)


def answered(kept: Json) -> bool:
    """Whether what came back for an interaction is its answer, and not how it goes."""
    return bool(kept["followups"]) and not any(i.startswith("stop:") for i in custom_ids(kept["followups"][0]))


def custom_ids(message: Json) -> list[str]:
    """The ids of the buttons of a message, in order."""
    return re.findall(r'"custom_id": "([^"]+)"', json.dumps(message["components"]))


def _numbered(components: list[Json]) -> list[Json]:
    """Components with their numbers, as Discord gives them back."""
    numbers = itertools.count(1)

    def number(component: Json) -> Json:
        made = {**component, "id": next(numbers)}
        if "components" in component:
            made["components"] = [number(child) for child in component["components"]]
        if "accessory" in component:
            made["accessory"] = number(component["accessory"])
        return made

    return [number(component) for component in components]


def _member() -> Json:
    return {"roles": [], "joined_at": _now(), "deaf": False, "mute": False, "flags": 0}


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """A JSON answer whose content type is exactly what discord.py looks for, without a character set."""
    return web.Response(
        body=json.dumps(value, default=repr).encode(),
        status=status,
        headers={"Content-Type": "application/json", **(headers or {})},
    )
