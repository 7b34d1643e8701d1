"""The requests that wait for the library's process or are with it."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.library.messages import ArticlesRead, Cancelled, Progress, Progressed, Replied, Request, ToChild
from retrieval.errors import NotReady

_log = logging.getLogger(__name__)

_WAITING = 200  # requests that may wait; more would wait longer than anybody does

CROWDED = "Too many questions are waiting: ask again in a minute."

Send = Callable[[ToChild], None]


@dataclass(slots=True)
class _Job:
    id: int
    method: str
    arguments: dict[str, Any]
    on_progress: Callable[[Progress], None] | None
    longest: float
    result: asyncio.Future[Any]
    deadline: asyncio.TimerHandle | None = field(default=None)


class Jobs:
    """Requests in the order they came, at most `at_once` of them with the child.

    `longest` is in seconds, for one request once the child has it; for those that are given longer, counted from the
    last time that any of them was heard of, since one change of the articles waits for the other.
    """

    def __init__(self, longest: float, at_once: int) -> None:
        self._longest, self._at_once = longest, at_once
        self._ids = itertools.count(1)
        self._waiting: asyncio.Queue[_Job] = asyncio.Queue()
        self._with_child: dict[int, _Job] = {}
        self._slots = asyncio.Semaphore(at_once)
        self._send: Send | None = None
        self._on_hanging: Callable[[], None] = lambda: None

    async def request(
        self,
        method: str,
        arguments: dict[str, Any],
        on_progress: Callable[[Progress], None] | None = None,
        longest: float | None = None,
    ) -> Any:
        """What the child makes of a request; raises its error, or NotReady. Cancelled, the child is told to stop."""
        if self._waiting.qsize() >= _WAITING:
            raise NotReady(CROWDED)
        result = asyncio.get_running_loop().create_future()
        job = _Job(next(self._ids), method, arguments, on_progress, longest or self._longest, result)
        self._waiting.put_nowait(job)
        try:
            return await job.result
        finally:
            if job.result.cancelled() and job.id in self._with_child and self._send is not None:
                self._send(Cancelled(job.id))  # its place is free once the child has let go of it

    async def hand_out(self, send: Send, on_hanging: Callable[[], None]) -> None:
        """Give the child one request after the other, until cancelled; `on_hanging` is called where one is too slow."""
        self._send, self._slots, self._on_hanging = send, asyncio.Semaphore(self._at_once), on_hanging
        while True:
            await self._slots.acquire()
            job = await self._waiting.get()
            if job.result.done():  # nobody waits for it any more
                self._slots.release()
                continue
            self._with_child[job.id] = job
            self._expect(job)
            send(Request(job.id, job.method, job.arguments, heard=job.on_progress is not None))

    def take(self, message: Progressed | Replied) -> None:
        """What the child sent about one of its requests."""
        job = self._with_child.get(message.id)
        if job is None:
            return
        if isinstance(message, Progressed):
            if isinstance(message.progress, ArticlesRead):
                for change in self._with_child.values():
                    if change.longest > self._longest:
                        self._expect(change)
            _tell(job, message.progress)
            return
        del self._with_child[message.id]
        self._slots.release()
        if job.deadline is not None:
            job.deadline.cancel()
        if job.result.done():
            return
        if message.error is not None:
            job.result.set_exception(message.error)
        else:
            job.result.set_result(message.value)

    def fail_all(self, sentence: str) -> None:
        """Tell everybody who waits that there is no answer now."""
        self._send = None
        jobs = list(self._with_child.values())
        self._with_child.clear()
        while not self._waiting.empty():
            jobs.append(self._waiting.get_nowait())
        for job in jobs:
            if job.deadline is not None:
                job.deadline.cancel()
            if not job.result.done():
                job.result.set_exception(NotReady(sentence))

    def _expect(self, job: _Job) -> None:
        """Give a request its time from now on."""
        if job.deadline is not None:
            job.deadline.cancel()
        job.deadline = asyncio.get_running_loop().call_later(job.longest, self._hangs, job)

    def _hangs(self, job: _Job) -> None:
        _log.error("the library's process took more than %g s for one request", job.longest)
        self._on_hanging()


def _tell(job: _Job, progress: Progress) -> None:
    if job.on_progress is None or job.result.done():
        return
    try:
        job.on_progress(progress)
    except Exception:  # noqa: BLE001 - whoever hears it is not the one who keeps the child
        _log.exception("progress could not be told")
        job.on_progress = None
