"""A Discord on loopback: as much of the gateway and the REST routes as a bot that answers questions uses.

The real client logs in to it. It checks what Discord checks (the token, the intents, the length of messages) and
keeps every REST call.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests import discord_objects as objects
from tests.discord_objects import Json
from tests.loopback_gateway import MESSAGE_CONTENT, LoopbackGateway

MANAGE_GUILD = 1 << 5


@dataclass
class Call:
    """One REST call."""

    method: str
    path: str
    body: Json
    at: float = field(default_factory=time.monotonic)


class LoopbackDiscord(LoopbackGateway):
    """The server; one guild with one channel, one application, and whoever speaks."""

    def __init__(self, token: str, *, allowed_privileged: int = 0) -> None:
        super().__init__(token, allowed_privileged=allowed_privileged)
        self.calls: list[Call] = []
        self.messages: dict[str, Json] = {}
        self.interactions: dict[str, Json] = {}  # by token
        self.commands: list[Json] = []
        self.edits: list[tuple[float, str, str]] = []  # when, which message, what it says then
        self.failures: list[tuple[str, str, int]] = []
        self.hold: asyncio.Event | None = None  # while it is not set, no REST call is answered
        self._runner: web.AppRunner | None = None

    # -- for tests ------------------------------------------------------------------------------------

    async def __aenter__(self) -> LoopbackDiscord:
        app = web.Application(middlewares=[self._record])
        api = "/api/v10"
        add = app.router.add_route
        add("GET", "/", self.gateway)
        add("GET", f"{api}/users/@me", self._answer(lambda _: self.me))
        add(
            "GET",
            f"{api}/oauth2/applications/@me",
            self._answer(lambda _: objects.application(self.application_id, self.alice)),
        )
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

    async def say(self, content: str, *, replying_to: Json | None = None, mention: bool = True) -> Json:
        """A message of Alice's; without the message-content intent its text is withheld unless it mentions the bot."""
        message = objects.message(self.channel_id, self.alice, {"content": content})
        if mention:
            message["mentions"] = [{**self.me, "member": objects.member()}]
        if replying_to is not None:
            message["type"] = 19
            message["message_reference"] = {"message_id": replying_to["id"], "channel_id": self.channel_id}
            message["referenced_message"] = replying_to
        self.messages[message["id"]] = message
        sent = {
            **message,
            "guild_id": self.guild_id,
            "member": objects.member(),
        }
        if not mention and not self.intents() & MESSAGE_CONTENT:
            sent["content"] = ""
        await self.dispatch("MESSAGE_CREATE", sent)
        return message

    async def slash(self, name: str, member: int = 0, *, manages: bool = False, **options: Any) -> Json:
        """Alice, or with a number another member, uses a slash command that was synced; what comes back is written
        into the result. `manages`: with the permission to manage the server."""
        command = next(c for c in self.commands if c["name"] == name)
        types = {o["name"]: o["type"] for o in command["options"]}
        options_given = [{"name": n, "type": types[n], "value": v} for n, v in options.items()]
        data = {"id": command["id"], "name": name, "type": 1, "options": options_given}
        return await self._interact(member, MANAGE_GUILD if manages else 0, type=2, data=data)

    async def press(self, message: Json, custom_id: str, member: int = 0) -> Json:
        """Alice, or another member, presses a button of a message; what comes back is written into the result."""
        return await self._interact(member, type=3, message=message, data={"custom_id": custom_id, "component_type": 2})

    async def _interact(self, member: int, permissions: int = 0, **what: Any) -> Json:
        who = {**self.alice, "id": str(int(self.alice["id"]) + member)}
        at = {"application_id": self.application_id, "guild_id": self.guild_id, "channel_id": self.channel_id}
        token = secrets.token_urlsafe(32)
        self.interactions[token] = kept = {"callbacks": [], "followups": [], "asked_at": time.monotonic()}
        await self.dispatch("INTERACTION_CREATE", {**objects.interaction(who, token, at, permissions), **what})
        return kept

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
        self.changed.set()
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
            self.changed.set()

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
        self.commands = [{"description": "", **command, "id": objects.snowflake(), **extra} for command in told]
        return _json(self.commands)

    async def _post_message(self, request: web.Request) -> web.Response:
        body = await _body(request)
        message = objects.message(request.match_info["channel"], self.me, body)
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
            answer["resource"] = {"type": 4, "message": objects.message(self.channel_id, self.me, body["data"])}
        return _json(answer)

    async def _follow_up(self, request: web.Request) -> web.Response:
        kept = self.interactions.get(request.match_info["token"])
        if kept is None:
            return _json({"message": "Invalid Webhook Token", "code": 50027}, 401)
        message = objects.message(self.channel_id, self.me, await _body(request))
        kept["followups"].append(message)
        return _json(message)

    async def _edit_original(self, request: web.Request) -> web.Response:
        """The first of the followups is what stands in the place of "is thinking…"."""
        kept = self.interactions.get(request.match_info["token"])
        if kept is None:
            return _json({"message": "Invalid Webhook Token", "code": 50027}, 401)
        body = await request.json()
        if not kept["followups"]:
            kept["followups"].append(objects.message(self.channel_id, self.me, body))
        return _json(self._edited(kept["followups"][0], body))

    async def _edit_message(self, request: web.Request) -> web.Response:
        message = self.messages.get(request.match_info["message"])
        if message is None:
            return _json({"message": "Unknown Message", "code": 10008}, 404)
        return _json(self._edited(message, await request.json()))

    def _edited(self, message: Json, body: Json) -> Json:
        message |= {"edited_timestamp": objects.now(), "flags": body.get("flags") or message["flags"]}
        message |= {name: body[name] or "" for name in ("content",) if name in body}
        message |= {"components": objects.numbered(body["components"])} if body.get("components") is not None else {}
        self.edits.append((time.monotonic(), message["id"], text_of(message)))
        return message

    def _gateway_bot(self) -> Json:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return {"url": self.gateway_url(), "shards": 1, "session_start_limit": limit}


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


def _json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """A JSON answer whose content type is exactly what discord.py looks for, without a character set."""
    return web.Response(
        body=json.dumps(value, default=repr).encode(),
        status=status,
        headers={"Content-Type": "application/json", **(headers or {})},
    )
