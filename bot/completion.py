"""Publishers and speakers while somebody types: from a cache, since a completion has to come within a second."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field

from bot.prefix_index import PrefixIndex
from retrieval.errors import OnRecordError

_log = logging.getLogger(__name__)

_NAMES_LAST = 60.0  # seconds before the names are asked for again
_PLACES = 50  # whose names are in memory at once, those that were asked for last
_FIRST_WAIT = 0.7  # seconds that the first completion of all waits for names
_SHOWN = 25  # as many as Discord shows
_LONGEST = 100  # characters; Discord takes no longer choice

Names = Callable[[tuple[str, ...]], Awaitable[Mapping[str, Iterable[str]]]]
"""Asks for all names in some collections, each with its other names."""


@dataclass(slots=True)
class _Cached:
    index: PrefixIndex = field(default_factory=lambda: PrefixIndex(()))
    asked_at: float = float("-inf")


class Completion:
    """Completes names from a list that is asked for at most once a minute, behind the back of whoever types."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._cached: dict[tuple[str, ...], _Cached] = {}
        self._asking: set[asyncio.Task[None]] = set()

    async def matching(self, collections: tuple[str, ...], prefix: str, *, ask: bool) -> list[str]:
        """At most 25 names, as known now; `ask` is whether names can be asked for at all."""
        cached = self._cached.pop(collections, None) or _Cached()
        self._cached[collections] = cached
        while len(self._cached) > _PLACES:
            del self._cached[next(iter(self._cached))]
        if ask and time.monotonic() - cached.asked_at > _NAMES_LAST:
            first = cached.asked_at == float("-inf")
            cached.asked_at = time.monotonic()
            task = asyncio.create_task(self._ask(collections, cached))
            self._asking.add(task)
            task.add_done_callback(self._asking.discard)
            if first:  # nothing to offer yet, and a completion cannot come later
                await asyncio.wait((task,), timeout=_FIRST_WAIT)
        return cached.index.matching(prefix, _SHOWN)

    async def close(self) -> None:
        """Wait for what is being asked, which has been told to end."""
        await asyncio.gather(*self._asking, return_exceptions=True)

    async def _ask(self, collections: tuple[str, ...], cached: _Cached) -> None:
        try:
            found = await self._names(collections)
        except OnRecordError as error:
            _log.info("no names for completion: %s", error)
        else:
            # in a thread: of 20,000 names it takes a quarter of a second, in which nobody would be answered
            fitting = {name: others for name, others in found.items() if 0 < len(name) <= _LONGEST}
            cached.index = await asyncio.to_thread(PrefixIndex, fitting)
