"""Whose turn it is: one at a time, the servers one after the other, so that none waits for all of another's."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Round robin among servers; within a server, first come, first served."""

    def __init__(self) -> None:
        self._queues: dict[int, deque[asyncio.Future[None]]] = {}
        self._taken = False

    @asynccontextmanager
    async def of(self, server: int) -> AsyncIterator[None]:
        """Wait for the turn of `server`, and have it until the end of the `with` statement."""
        if self._taken:
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._queues.setdefault(server, deque()).append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():  # it was given just now
                    self._pass_on()
                raise
        self._taken = True
        try:
            yield
        finally:
            self._pass_on()

    def _pass_on(self) -> None:
        while self._queues:
            server = next(iter(self._queues))
            queue = self._queues.pop(server)
            turn = queue.popleft()
            if queue:
                self._queues[server] = queue  # behind all others
            if not turn.done():
                turn.set_result(None)
                return
        self._taken = False
