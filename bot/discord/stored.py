"""The community's catalogue without holding the event loop, and what is asked of it too often to be read each time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from retrieval.community import Community, now
from retrieval.schema.community import ServerSettings, ShownAnswer

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Stored:
    """Runs work on the catalogue in a thread. One process answers a server, so its settings are kept here too.

    `time_zone` is the operator's, in which a server's days are counted that has set none.
    """

    def __init__(self, community: Community, time_zone: str = "UTC") -> None:
        self._community, self.time_zone = community, time_zone
        self._settings: dict[int, ServerSettings] = {}
        self._unwritten: dict[str, ShownAnswer] = {}
        # one thread for what nobody waits for: writes that wait for the library's must not hold up any reading
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="keeping")
        self._writing: set[asyncio.Task[None]] = set()

    async def __call__(self, work: Callable[[Community], _T]) -> _T:
        """What `work` makes of the catalogue."""
        return await asyncio.to_thread(work, self._community)

    async def settings(self, server: int) -> ServerSettings:
        """What a server's admins have set."""
        if server not in self._settings:
            self._settings[server] = await self(lambda community: community.settings(server))
        return self._settings[server]

    async def change_settings(self, server: int, settings: ServerSettings) -> None:
        """Keep `settings` for a server."""
        await self(lambda community: community.change_settings(server, settings))
        self._settings[server] = settings

    async def today(self, server: int) -> date:
        """The day that it is in a server."""
        return now().astimezone(self.zone(await self.settings(server))).date()

    def zone(self, settings: ServerSettings) -> ZoneInfo:
        """The time zone in which a server's days are counted."""
        return ZoneInfo(settings.time_zone or self.time_zone)

    def forget_cached(self, server: int) -> None:
        """The server's settings are no longer those that were read."""
        self._settings.pop(server, None)

    def keep(self, shown: ShownAnswer) -> None:
        """Keep an answer without waiting for it: a long write of the library's must not hold up the answer."""
        self._unwritten[shown.id] = shown
        self.in_background(lambda community: community.remember(shown), lambda: self._unwritten.pop(shown.id, None))

    async def shown(self, answer: str) -> ShownAnswer | None:
        """The answer of an id, None where it is no longer kept."""
        return self._unwritten.get(answer) or await self(lambda community: community.shown(answer))

    def in_background(self, work: Callable[[Community], None], done: Callable[[], object] = lambda: None) -> None:
        """Do something nobody waits for; what goes wrong is in the log."""

        async def run() -> None:
            try:
                await asyncio.get_running_loop().run_in_executor(self._writer, work, self._community)
            except Exception:  # noqa: BLE001 - nobody waits for it, and the log has it
                _log.exception("something could not be kept")
            finally:
                done()

        task = asyncio.create_task(run(), name="keeping")
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def flush(self) -> None:
        """Wait until what is being written is written."""
        await asyncio.gather(*self._writing, return_exceptions=True)

    async def close(self) -> None:
        """Finish writing and let go of the catalogue."""
        await self.flush()
        self._writer.shutdown(wait=False)
        await asyncio.to_thread(self._community.close)
