"""An OpenAI-compatible server on loopback, for the real client."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

Handler = Callable[[web.Request, int], Awaitable[web.StreamResponse]]


class Server:
    """An OpenAI-compatible server in a thread; `handler` gets each request and how many came before it."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.handler: Handler = answers("Hello.")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.url = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)

    async def _start(self) -> str:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._handle)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.bodies.append(await request.json())
        return await self.handler(request, len(self.bodies) - 1)

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()


def bit(text: str, **more: Any) -> bytes:
    """One event of a stream."""
    delta = [{"index": 0, "delta": {"content": text}, "finish_reason": None}]
    event = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "tiny", "choices": delta, **more}
    return f"data: {json.dumps(event)}\n\n".encode()


async def stream(request: web.Request, *bits: bytes, pause: float = 0.0) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    for each in bits:
        await response.write(each)
        await asyncio.sleep(pause)
    return response


END = (
    bit("", choices=[], usage={"prompt_tokens": 11, "completion_tokens": 3, "total_tokens": 14}),
    b"data: [DONE]\n\n",
)


def answers(text: str, pause: float = 0.0) -> Handler:
    async def handler(request: web.Request, before: int) -> web.StreamResponse:
        words = [bit(word) for word in re.findall(r"\S+\s*", text)]
        return await stream(request, *words, *END, pause=pause)

    return handler
