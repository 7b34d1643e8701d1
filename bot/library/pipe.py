"""The two ends of the pipe to the library's process, each in a thread of its own, so that neither holds the loop."""

from __future__ import annotations

import asyncio
import pickle
import queue
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection

from bot.library.messages import FromChild, ToChild

_LEFT = object()


class PipeWriter:
    """Sends messages in order. A pipe takes some kilobytes at once, and the child is often too busy to read: whoever
    sends a file of megabytes would wait for it. What cannot be sent since the child is gone is dropped."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._messages: queue.SimpleQueue[object] = queue.SimpleQueue()
        threading.Thread(target=self._write, name="library-writer", daemon=True).start()

    def send(self, message: ToChild) -> None:
        """Send a message soon."""
        self._messages.put(message)

    def leave(self) -> None:
        """Send no more than what is sent already."""
        self._messages.put(_LEFT)

    def _write(self) -> None:
        while (message := self._messages.get()) is not _LEFT:
            try:
                self._pipe.send_bytes(pickle.dumps(message))
            except (OSError, ValueError):  # gone, or closed here; who reads notices as well
                return


def read_in_thread(
    pipe: Connection, loop: asyncio.AbstractEventLoop, deliver: Callable[[FromChild | None], None]
) -> None:
    """Deliver to the loop what comes through `pipe`, and None when the other end is gone."""

    def read() -> None:
        message: FromChild | None
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
