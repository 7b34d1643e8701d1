"""Keeps the library's process alive: starts it, starts another where it died or hangs, ends it in order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import multiprocessing
import os
import secrets
import time
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from bot.library.child import LEAVE, Factory, serve
from bot.library.jobs import Jobs
from bot.library.messages import Failed, FromChild, Progressed, Ready, Replied
from bot.library.pipe import PipeWriter, read_in_thread
from retrieval.errors import LibraryFailed, NotReady, OnRecordError
from retrieval.settings import Settings

_log = logging.getLogger(__name__)

_HEALTHY = 600.0  # seconds after which an earlier death no longer counts

WARMING_UP = "I am still warming up and reading the articles: ask again in a minute."
RESTARTING = "My search stopped and is being started again: ask again in a minute."
CLOSING = "I am being switched off: ask again when I am back."

_Inbox = asyncio.Queue[FromChild | None]


class Supervisor:
    """One child process at a time, which is handed `jobs`.

    Until the child has read the articles folder, and while it is being started again after a death, `wait_until_ready`
    waits at most `patience` seconds and then fails with NotReady. A child that dies before it ever was ready is started
    once more; `ready()` then fails. `backoff` are the seconds before the first, second … restart in a row.
    """

    def __init__(
        self, settings: Settings, jobs: Jobs, *, factory: Factory, patience: float, backoff: tuple[float, ...]
    ) -> None:
        self._settings, self._jobs = settings, jobs
        self._factory, self._patience, self._backoff = factory, patience, backoff
        self._context = multiprocessing.get_context("spawn")
        self._is_ready = asyncio.Event()
        self._gave_up: OnRecordError | None = None
        self._was_ready = False
        self._closing = asyncio.Event()
        self._deaths = 0
        self._child: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._writer: PipeWriter | None = None
        self._task: asyncio.Task[None] | None = None
        self._spawning = asyncio.Lock()
        self._started = asyncio.Event()  # ready, or given up

    def start(self) -> None:
        """Start the child; returns at once, long before it is ready."""
        if self._task is None:
            self._task = asyncio.create_task(self._supervise(), name="library")
            self._task.add_done_callback(self._on_end)

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

    async def wait_until_ready(self) -> None:
        """Wait for the library as long as an asker should; NotReady with the reason after that."""
        if not self._is_ready.is_set() and not self._closing.is_set() and self._gave_up is None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._is_ready.wait(), self._patience)
        if not self._is_ready.is_set():
            raise NotReady(CLOSING if self._closing.is_set() else RESTARTING if self._was_ready else WARMING_UP)

    async def close(self) -> None:
        """End the child in order, by force where it does not come; takes less than five seconds."""
        self._closing.set()
        self._is_ready.clear()
        self._jobs.fail_all(CLOSING)
        async with self._spawning:
            child, pipe = self._child, self._pipe
        if self._writer is not None:
            self._writer.send(None)
        if child is not None:
            await asyncio.to_thread(_end, child)
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if pipe is not None:
            pipe.close()

    # -- the child, as long as it lives, and the next one ---------------------------------------------

    async def _supervise(self) -> None:
        while not self._closing.is_set():
            born = time.monotonic()
            reason = await self._live()
            if self._closing.is_set():
                return
            self._is_ready.clear()
            self._jobs.fail_all(RESTARTING)
            if isinstance(reason, OnRecordError) and not self._was_ready:
                return self._give_up(reason)  # it said why it cannot start: trying again would not help
            self._deaths = 0 if time.monotonic() - born > _HEALTHY else self._deaths
            if self._deaths and not self._was_ready:
                return self._give_up(LibraryFailed(_log_death("the library's process died twice at its start")))
            delay = self._backoff[min(self._deaths, len(self._backoff) - 1)]
            self._deaths += 1
            _log.error("the library's process ended (%s); starting another in %g s", reason or "no reason given", delay)
            await asyncio.sleep(delay)

    def _on_end(self, task: asyncio.Task[None]) -> None:
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
                self._child, self._pipe, self._writer = child, ours, PipeWriter(ours)
            except OSError as error:
                _log.error("the library's process cannot be started: %s", error)
                ours.close()
                return None
            finally:
                theirs.close()
        inbox: _Inbox = asyncio.Queue()
        read_in_thread(ours, asyncio.get_running_loop(), inbox.put_nowait)
        try:
            first = await inbox.get()
            if isinstance(first, Failed):
                return first.error
            if not isinstance(first, Ready):
                return None
            self._is_ready.set()
            self._was_ready = True
            self._started.set()
            assert self._writer is not None
            await self._answer_until_gone(self._writer, inbox)
            return None
        finally:
            self._is_ready.clear()
            if self._writer is not None:
                self._writer.leave()
            if not self._closing.is_set():
                child.kill()
                await asyncio.to_thread(child.join, 5)
                ours.close()
                self._child = self._pipe = self._writer = None

    async def _answer_until_gone(self, writer: PipeWriter, inbox: _Inbox) -> None:
        """Hand the child its jobs and take its answers; returns when it died or hangs."""
        handing = asyncio.create_task(self._jobs.hand_out(writer.send, lambda: inbox.put_nowait(None)), name="jobs")
        handing.add_done_callback(lambda task: None if task.cancelled() else inbox.put_nowait(None))
        try:
            while (message := await inbox.get()) is not None:
                if isinstance(message, Progressed | Replied):
                    self._jobs.take(message)
        finally:
            handing.cancel()
            (outcome,) = await asyncio.gather(handing, return_exceptions=True)
            if isinstance(outcome, Exception):
                raise outcome


def _log_death(sentence: str) -> str:
    error_id = secrets.token_hex(4)
    _log.error("%s (error id %s)", sentence, error_id)
    return error_id


def _end(child: BaseProcess) -> None:
    """Have a child leave what it is doing and close the library; kill it where that takes too long."""
    if child.is_alive() and child.pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.pid, LEAVE)
        child.join(4.0)
    if child.is_alive():
        child.kill()
        child.join(0.5)
