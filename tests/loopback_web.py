"""A web on this machine: an HTTP server whose pages a test writes, with every way in which pages fail."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from aiohttp import web

from retrieval.reading.web.http_fetcher import HttpFetcher, Limits

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LIMITS = Limits(size=1024 * 1024, silence=30.0, answer=60.0, whole=90.0, pause=0.0, wait=0.5)
"""Small enough for a test, and patient: a busy machine is no slow server."""


@dataclass
class LoopbackWeb:
    """Pages by path, served on 127.0.0.1 in a thread of its own. `asked` are the requests in order."""

    pages: dict[str, Handler | web.Response | str | bytes] = field(default_factory=dict)
    asked: list[web.BaseRequest] = field(default_factory=list)
    port: int = 0

    def url(self, path: str, host: str = "paper.test") -> str:
        """The address of a path, on any host: all names lead here."""
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [request.path_qs for request in self.asked if request.path != "/robots.txt"]

    def fetcher(self, limits: Limits = LIMITS) -> HttpFetcher:
        """A real fetcher that takes all names to be of this machine."""
        return everywhere_here(limits)

    def __enter__(self) -> Self:
        started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(started)), daemon=True)
        self._thread.start()
        assert started.wait(10)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(10)

    async def _serve(self, started: threading.Event) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        runner = web.ServerRunner(web.Server(self._answer, access_log=None), shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        started.set()
        await self._ended.wait()
        await runner.cleanup()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.asked.append(request)
        page = self.pages.get(request.path_qs) or self.pages.get(request.path)
        if page is None:
            return web.Response(status=404, text="<h1>Not found</h1>", content_type="text/html")
        if isinstance(page, str):
            return web.Response(text=page, content_type="text/html")
        if isinstance(page, bytes):
            return web.Response(body=page)
        if isinstance(page, web.Response):
            # a response is sent once only
            return web.Response(status=page.status, headers=page.headers, body=page.body)
        return await page(request)  # type: ignore[arg-type]


def everywhere_here(limits: Limits = LIMITS) -> HttpFetcher:
    """A real fetcher to which every name is one of this machine."""
    return HttpFetcher(limits, loopback=True, resolve=_here)


async def _here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


@contextmanager
def loopback_web() -> Iterator[LoopbackWeb]:
    """A web for one test."""
    with LoopbackWeb() as served:
        yield served


def article_page(title: str, *paragraphs: str, head: str = "") -> str:
    """A page laid out as newspapers' are."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head><title>{title} | The Lowmouth Post</title>
<meta property="og:site_name" content="The Lowmouth Post"><meta property="og:title" content="{title}">{head}</head>
<body><header><nav><a href="/">Home</a> <a href="/politics">Politics</a> <a href="/sport">Sport</a></nav></header>
<main><article><h1>{title}</h1>{body}</article></main>
<aside><h2>Most read</h2><ul><li><a href="/a">Ferry late</a></li><li><a href="/b">Gulls return</a></li></ul></aside>
<footer>© The Lowmouth Post. <a href="/privacy">Privacy</a> <a href="/cookies">Cookies</a></footer></body></html>"""


HARBOUR = (
    "The harbour at Lowmouth closed on Monday after inspectors found forty cracks in the northern quay, the port"
    " authority said in a statement on Tuesday evening.",
    "“We cannot let anybody walk on it until the piles are replaced,” said Mayor Ines Calder, who had asked for the"
    " inspection in January. She said the repair would cost 3 million crowns.",
    "Ferries to Ambry will leave from the southern pier until the end of October, the authority added. Fishermen said"
    " they had warned of loose planks for two years and that nobody had answered their letters.",
)
