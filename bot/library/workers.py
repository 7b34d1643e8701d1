"""Requests at work in the library's process: several at once, each heard of and stopped by itself."""

from __future__ import annotations

import contextlib
import pickle
import queue
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from bot.library.messages import ArticlesRead, FromChild, Progressed, Request, SentenceVerified, StageReached
from retrieval.answering.listening import AnswerListener, Stage
from retrieval.schema import AnswerSentence, Citation

Reply = Callable[[Request, AnswerListener], bytes]
"""Does what is requested; the pickled reply. Raises nothing."""


class Outbox:
    """The way to the parent, for several threads; what cannot be sent since the parent is gone is dropped."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe, self._lock = pipe, threading.Lock()

    def send(self, message: FromChild) -> None:
        """Send one message."""
        self.send_pickled(pickle.dumps(message))

    def send_pickled(self, message: bytes) -> None:
        """Send a message that is pickled already."""
        # who reads from the pipe notices as well that the parent is gone, and ends this process
        with self._lock, contextlib.suppress(OSError):
            self._pipe.send_bytes(message)


class TellingListener:
    """Sends what it hears of one request to the parent."""

    def __init__(self, request: Request, outbox: Outbox) -> None:
        self._request, self._outbox = request, outbox
        self._stopped = threading.Event()

    def stage(self, stage: Stage, count: int | None = None) -> None:
        """Tell of a stage."""
        if self._request.heard:
            self._outbox.send(Progressed(self._request.id, StageReached(stage, count)))

    def sentence(self, sentence: AnswerSentence, citations: tuple[Citation, ...]) -> None:
        """Tell of a sentence."""
        if self._request.heard:
            self._outbox.send(Progressed(self._request.id, SentenceVerified(sentence, citations)))

    def progress(self, done: int, total: int) -> None:
        """Tell how many articles have been read."""
        if self._request.heard:
            self._outbox.send(Progressed(self._request.id, ArticlesRead(done, total)))

    def stopped(self) -> bool:
        """Whether nobody waits for the answer any more."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Nobody waits for the answer any more."""
        self._stopped.set()


class RequestWorkers:
    """Threads that do requests in the order they come, as many at once as there are threads.

    They are daemons: a request that hangs does not keep the process from ending.
    """

    def __init__(self, outbox: Outbox, threads: int) -> None:
        self._outbox, self._threads = outbox, threads
        self._requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
        self._listeners: dict[int, TellingListener] = {}
        self._lock = threading.Lock()
        self._leaving = False

    def start(self, reply: Reply) -> None:
        """Begin to do requests."""
        for number in range(self._threads):
            threading.Thread(target=self._work, args=(reply,), name=f"request-{number}", daemon=True).start()

    def take(self, request: Request) -> None:
        """Do a request as soon as a thread is free."""
        with self._lock:
            self._listeners[request.id] = TellingListener(request, self._outbox)
        self._requests.put(request)

    def cancel(self, request_id: int) -> None:
        """Stop a request, if it is not done yet."""
        with self._lock:
            listener = self._listeners.get(request_id)
        if listener is not None:
            listener.stop()

    def leave(self, seconds: float) -> None:
        """Stop every request, and wait at most so long for them to stop."""
        self._leaving = True
        with self._lock:
            listeners = list(self._listeners.values())
        for listener in listeners:
            listener.stop()
        end = time.monotonic() + seconds
        while self._listeners and time.monotonic() < end:
            time.sleep(0.01)

    def _work(self, reply: Reply) -> None:
        while True:
            request = self._requests.get()
            message = reply(request, self._listeners[request.id])
            with self._lock:
                del self._listeners[request.id]
            if not self._leaving:  # then the parent has been told already, and what failed failed for that
                self._outbox.send_pickled(message)
