"""The gateway of a Discord on loopback: who logs in is sent events, and what was missed after a cut connection.

Both transport compressions are spoken: zstd-stream and zlib-stream.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import zstandard
from aiohttp import WSMsgType, web

from tests.discord_objects import Json, guild, snowflake, user

MESSAGE_CONTENT = 1 << 15
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT


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


class LoopbackGateway:
    """The gateway for one application, which is in one guild with one channel. Checks the token and the intents."""

    def __init__(self, token: str, *, allowed_privileged: int = 0) -> None:
        self.token, self.allowed_privileged = token, allowed_privileged
        self.application_id, self.guild_id, self.channel_id = snowflake(), snowflake(), snowflake()
        self.me = user("OnRecord", bot=True)
        self.alice = user("alice")
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self.resumed: list[Json] = []
        self.compressions: list[str | None] = []
        self.close_codes: list[int | None] = []
        self.port = 0
        self.changed = asyncio.Event()

    async def until(self, condition: Callable[[], Any], seconds: float = 60.0) -> Any:
        """Wait until `condition` is true of what the server has seen; its value."""
        async with asyncio.timeout(seconds):
            while not (value := condition()):
                self.changed.clear()
                await self.changed.wait()
        return value

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

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection to its end."""
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
            self.changed.set()
            if code:
                await socket.close(code=code)
                break
        if connection in self.connections:
            self.connections.remove(connection)
        self.close_codes.append(socket.close_code)
        self.changed.set()
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
            "resume_gateway_url": self.gateway_url(),
            "application": {"id": self.application_id, "flags": 0},
            "shard": identify.get("shard", [0, 1]),
        }
        await self.dispatch("READY", ready)
        await self.dispatch("GUILD_CREATE", guild(self.guild_id, self.channel_id, self.alice, self.me))
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

    def gateway_url(self) -> str:
        """Where the gateway is."""
        return f"ws://127.0.0.1:{self.port}/"

    def intents(self) -> int:
        """What the client that is logged in asked for."""
        return next((s.identify["intents"] for s in self.sessions.values()), 0)
