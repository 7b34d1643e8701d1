"""The library in a process of its own, so that neither torch nor Chroma ever holds the event loop or its GIL."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import multiprocessing
import os
import pickle
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any

from bot.completion import Completion
from bot.library_child import LEAVE, Factory, Failed, Message, Ready, Replied, Request, open_library, serve
from retrieval.errors import LibraryFailed, NotReady, OnRecordError
from retrieval.schema import Answer, FoundQuotation, QuotationQuery, Speaker, Turn, Window
from retrieval.search.verdicts import Verdict
from retrieval.settings import Settings

if TYPE_CHECKING:
    from bot.charts.charted_library import DrawnEvents

_log = logging.getLogger(__name__)

_WAITING = 200  # questions that may wait at once; more would wait longer than anybody does
_LONGEST = 120.0  # seconds for one answer; a child that takes longer hangs
_HEALTHY = 600.0  # seconds after which an earlier death no longer counts
_BACKOFF = (1.0, 2.0, 5.0, 15.0, 60.0)  # seconds before the first, second … restart in a row

WARMING_UP = "I am still warming up and reading the articles: ask again in a minute."
RESTARTING = "My search stopped and is being started again: ask again in a minute."
CROWDED = "Too many questions are waiting: ask again in a minute."
CLOSING = "I am being switched off: ask again when I am back."


@dataclass(slots=True)
class _Job:
    method: str
    arguments: dict[str, Any]
    result: asyncio.Future[Any]
    id: int


class LibraryProcess:
    """One child process that owns the library and answers one request at a time, in the order they came.

    Until the child has read the articles folder, and while it is being started again after a death, requests wait at
    most `patience` seconds and then fail with NotReady. A child that dies before it ever was ready is started once
    more; `ready()` then fails.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        factory: Factory = open_library,
        patience: float = 20.0,
        backoff: tuple[float, ...] = _BACKOFF,
        longest: float = _LONGEST,
    ) -> None:
        # the child needs no token, so it gets none
        self._settings = settings.model_copy(update={"discord_token": None})
        self._factory, self._patience, self._backoff, self._longest = factory, patience, backoff, longest
        self._context = multiprocessing.get_context("spawn")
        self._ids = itertools.count(1)
        self._jobs: asyncio.Queue[_Job] = asyncio.Queue()
        self._is_ready = asyncio.Event()
        self._gave_up: OnRecordError | None = None
        self._was_ready = False
        self._closing = asyncio.Event()
        self._deaths = 0
        self._child: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._current: _Job | None = None
        self._supervisor: asyncio.Task[None] | None = None
        self._spawning = asyncio.Lock()
        self._started = asyncio.Event()  # ready, or given up
        self._completion, self._speaking = Completion(self._sources), Completion(self._speakers)

    # -- for whoever runs the bot ---------------------------------------------------------------------

    def start(self) -> None:
        """Start the child; returns at once, long before it is ready."""
        if self._supervisor is None:
            self._supervisor = asyncio.create_task(self._supervise(), name="library")
            self._supervisor.add_done_callback(self._on_supervisor_end)

    async def ready(self) -> None:
        """Wait until the library answers; raises what kept it from starting."""
        await self._started.wait()
        if self._gave_up is not None:
            raise self._gave_up

    @property
    def is_ready(self) -> bool:
        """Whether a question would be answered now."""
        return self._is_ready.is_set()

    @property
    def pid(self) -> int | None:
        """The child's process id, None where there is none."""
        return self._child.pid if self._child is not None else None

    async def close(self) -> None:
        """End the child in order, by force where it does not come; takes less than five seconds."""
        self._closing.set()
        self._is_ready.clear()
        self._fail_waiting(CLOSING)
        async with self._spawning:
            child, pipe = self._child, self._pipe
        if pipe is not None:
            with contextlib.suppress(OSError, ValueError):
                pipe.send_bytes(pickle.dumps(None))
        if child is not None:
            await asyncio.to_thread(_end, child)
        if self._supervisor is not None:
            self._supervisor.cancel()
            await asyncio.gather(
                self._supervisor, self._completion.close(), self._speaking.close(), return_exceptions=True
            )
        if pipe is not None:
            pipe.close()

    # -- the Answerer ---------------------------------------------------------------------------------

    async def ask(self, text: str, *, collections: tuple[str, ...], window: Window, turns: tuple[Turn, ...]) -> Answer:
        """The library's answer; UserError and the rest of the error tree come through as themselves."""
        arguments = {"text": text, "collections": collections, "window": window, "turns": turns}
        answer: Answer = await self._request("ask", arguments)
        return answer

    async def drawn_events(
        self,
        about: str | None = None,
        *,
        on: str | None = None,
        first: str | None = None,
        last: str | None = None,
        collections: tuple[str, ...],
        k: int,
        picture: bool,
    ) -> DrawnEvents:
        """The events asked for, with a picture of them where one is wanted."""
        arguments = {
            "about": about, "on": on, "first": first, "last": last, "collections": collections, "k": k,
            "picture": picture,
        }  # fmt: skip
        drawn: DrawnEvents = await self._request("drawn_events", arguments)
        return drawn

    async def sources(self, collections: tuple[str, ...], prefix: str) -> list[str]:
        """At most 25 publishers, from a cache; never waits long for the child."""
        return await self._completion.matching(collections, prefix, ask=self.is_ready)

    async def quotations(
        self, query: QuotationQuery, *, collections: tuple[str, ...], k: int | None = None
    ) -> list[FoundQuotation]:
        """What was said that matches."""
        arguments = {"query": query, "collections": collections, "k": k}
        found: list[FoundQuotation] = await self._request("quotations", arguments)
        return found

    async def verify(self, text: str, *, collections: tuple[str, ...]) -> Verdict:
        """Whether somebody said `text`."""
        verdict: Verdict = await self._request("verify", {"text": text, "collections": collections})
        return verdict

    async def speakers(self, collections: tuple[str, ...], prefix: str) -> list[str]:
        """At most 25 speakers, from a cache; never waits long for the child."""
        return await self._speaking.matching(collections, prefix, ask=self.is_ready)

    async def _sources(self, collections: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        return {name: () for name in await self._request("sources", {"collections": collections})}

    async def _speakers(self, collections: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        found: list[Speaker] = await self._request("speakers", {"collections": collections})
        return {speaker.name: speaker.other_names for speaker in found}

    async def _request(self, method: str, arguments: dict[str, Any]) -> Any:
        await self._wait_until_ready()
        if self._jobs.qsize() >= _WAITING:
            raise NotReady(CROWDED)
        job = _Job(method, arguments, asyncio.get_running_loop().create_future(), next(self._ids))
        self._jobs.put_nowait(job)
        return await job.result

    async def _wait_until_ready(self) -> None:
        if not self._is_ready.is_set() and not self._closing.is_set() and self._gave_up is None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._is_ready.wait(), self._patience)
        if not self._is_ready.is_set():
            raise NotReady(CLOSING if self._closing.is_set() else RESTARTING if self._was_ready else WARMING_UP)

    def _fail_waiting(self, sentence: str) -> None:
        jobs = [self._current] if self._current is not None else []
        self._current = None
        while not self._jobs.empty():
            jobs.append(self._jobs.get_nowait())
        for job in jobs:
            if not job.result.done():
                job.result.set_exception(NotReady(sentence))

    # -- the child, as long as it lives, and the next one ---------------------------------------------

    async def _supervise(self) -> None:
        while not self._closing.is_set():
            born = time.monotonic()
            reason = await self._live()
            if self._closing.is_set():
                return
            self._is_ready.clear()
            self._fail_waiting(RESTARTING)
            if isinstance(reason, OnRecordError) and not self._was_ready:
                return self._give_up(reason)  # it said why it cannot start: trying again would not help
            self._deaths = 0 if time.monotonic() - born > _HEALTHY else self._deaths
            if self._deaths and not self._was_ready:
                return self._give_up(LibraryFailed(_log_death("the library's process died twice at its start")))
            delay = self._backoff[min(self._deaths, len(self._backoff) - 1)]
            self._deaths += 1
            _log.error("the library's process ended (%s); starting another in %g s", reason or "no reason given", delay)
            await asyncio.sleep(delay)

    def _on_supervisor_end(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("the library's process cannot be kept", exc_info=error)
            self._give_up(LibraryFailed(_log_death("no library")))

    def _give_up(self, error: OnRecordError) -> None:
        self._gave_up = error
        self._started.set()

    async def _live(self) -> OnRecordError | None:
        """Run one child until it is gone; what it said to be the reason."""
        ours, theirs = self._context.Pipe()
        child = self._context.Process(
            target=serve, args=(theirs, self._settings, self._factory), name="onrecord-library", daemon=False
        )
        async with self._spawning:  # `close` waits for it, so that no child is ever born unseen
            try:
                if self._closing.is_set():
                    ours.close()
                    return None
                # spawning waits for the new interpreter, which is no work for the event loop
                await asyncio.to_thread(child.start)
                self._child, self._pipe = child, ours
            except OSError as error:
                _log.error("the library's process cannot be started: %s", error)
                ours.close()
                return None
            finally:
                theirs.close()
        inbox: asyncio.Queue[Message | None] = asyncio.Queue()
        _read_in_thread(ours, asyncio.get_running_loop(), inbox.put_nowait)
        try:
            first = await inbox.get()
            if isinstance(first, Failed):
                return first.error
            if not isinstance(first, Ready):
                return None
            self._is_ready.set()
            self._was_ready = True
            self._started.set()
            await self._answer_until_gone(ours, inbox)
            return None
        finally:
            self._is_ready.clear()
            if not self._closing.is_set():
                child.kill()
                await asyncio.to_thread(child.join, 5)
                ours.close()
                self._child = self._pipe = None

    async def _answer_until_gone(self, pipe: Connection, inbox: asyncio.Queue[Message | None]) -> None:
        """Hand the child one job after the other; returns when it died or hangs."""
        while True:
            job = await self._next_job(inbox)
            if job is None:
                return
            if job.result.done():  # nobody waits for it any more
                continue
            self._current = job
            try:
                pipe.send_bytes(pickle.dumps(Request(job.id, job.method, job.arguments)))
                async with asyncio.timeout(self._longest):
                    reply = await self._reply_to(job, inbox)
            except TimeoutError:
                _log.error("the library's process took more than %g s for one request", self._longest)
                return
            except OSError:
                return
            if reply is None:
                return
            self._current = None
            if not job.result.done():
                if reply.error is not None:
                    job.result.set_exception(reply.error)
                else:
                    job.result.set_result(reply.value)

    async def _next_job(self, inbox: asyncio.Queue[Message | None]) -> _Job | None:
        """The next job, None as soon as the child is gone."""
        job = asyncio.ensure_future(self._jobs.get())
        gone = asyncio.ensure_future(inbox.get())  # nothing else can arrive while the child has no request
        try:
            await asyncio.wait((job, gone), return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                if job.done():
                    self._jobs.put_nowait(job.result())
                return None
            return job.result()
        finally:
            job.cancel()
            gone.cancel()

    async def _reply_to(self, job: _Job, inbox: asyncio.Queue[Message | None]) -> Replied | None:
        while True:
            message = await inbox.get()
            if message is None:
                return None
            if isinstance(message, Replied) and message.id == job.id:
                return message


def _log_death(sentence: str) -> str:
    error_id = secrets.token_hex(4)
    _log.error("%s (error id %s)", sentence, error_id)
    return error_id


def _read_in_thread(
    pipe: Connection, loop: asyncio.AbstractEventLoop, deliver: Callable[[Message | None], None]
) -> None:
    """Deliver to the loop what comes through `pipe`, and None when the other end is gone."""

    def read() -> None:
        message: Message | None
        while True:
            try:
                message = pipe.recv()
            except (EOFError, OSError, TypeError, ValueError):  # the last two: closed here while it was being read
                message = None
            try:
                loop.call_soon_threadsafe(deliver, message)
            except RuntimeError:  # the loop is closed
                return
            if message is None:
                return

    threading.Thread(target=read, name="library-reader", daemon=True).start()


def _end(child: BaseProcess) -> None:
    """Have a child leave what it is doing and close the library; kill it where that takes too long."""
    if child.is_alive() and child.pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.pid, LEAVE)
        child.join(4.0)
    if child.is_alive():
        child.kill()
        child.join(0.5)
