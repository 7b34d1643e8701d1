"""What `/ask`, mentions and replies have in common: the checks before a question and the running answers."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from bot.discord.answerer import Answerer
from bot.discord.cooldown import Cooldown
from bot.discord.rendering import render
from bot.discord.scope import collections_of
from retrieval.errors import BadInput, NotReady
from retrieval.schema import Turn, Window

if TYPE_CHECKING:
    from bot.charts.charted_library import DrawnEvents

MAX_QUESTION = 500  # characters
MAX_SOURCE = 100  # characters; Discord's own limit for a completed choice

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STOPPING = "I am being switched off: ask again when I am back."
STOPPED = "I was switched off before I could answer: ask again when I am back."


class Questions:
    """The one way from a question to the messages that answer it."""

    def __init__(self, answerer: Answerer, *, servers_read_operator: bool, cooldown: Cooldown | None = None) -> None:
        self._answerer = answerer
        self._servers_read_operator = servers_read_operator
        self._cooldown = cooldown or Cooldown()
        self._running: dict[asyncio.Task[object], Callable[[], Awaitable[None]]] = {}
        self._stopping = False

    @property
    def library(self) -> Answerer:
        """What answers."""
        return self._answerer

    def admit(self, text: str, *, user_id: int, guild_id: int | None) -> tuple[str, ...]:
        """Check everything that can be checked at once; the collections to answer from. Raises UserError."""
        if self._stopping:
            raise NotReady(_STOPPING)
        self.count(user_id)
        collections = self.collections(guild_id)
        if not text.strip():
            raise BadInput("Ask a question: there is no text in it.")
        if len(text) > MAX_QUESTION:
            raise BadInput(f"A question has at most {MAX_QUESTION} characters; this one has {len(text):,}.")
        return collections

    def count(self, user_id: int) -> None:
        """Count something that this person makes the bot say; raises TooOften where it is one too many."""
        self._cooldown.spend(user_id)

    def collections(self, guild_id: int | None) -> tuple[str, ...]:
        """The collections that a server or a direct message reads; raises BadInput where there is none."""
        return collections_of(guild_id, servers_read_operator=self._servers_read_operator)

    async def answer(
        self,
        text: str,
        *,
        collections: tuple[str, ...],
        window: Window | None = None,
        turns: Sequence[Turn] = (),
        repeat: bool = False,
    ) -> list[str]:
        """The messages that answer `text`; with `repeat`, the question stands above."""
        answer = await self._answerer.ask(text, collections=collections, window=window or Window(), turns=tuple(turns))
        return render(answer, asked=text if repeat else None)

    async def events(
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
        """What happened when, and a picture of it where one is wanted."""
        return await self._answerer.drawn_events(
            about, on=on, first=first, last=last, collections=collections, k=k, picture=picture
        )

    async def sources(self, guild_id: int | None, prefix: str) -> list[str]:
        """The publishers that complete `prefix`."""
        return await self._answerer.sources(self.collections(guild_id), prefix)

    def running(self, on_stop: Callable[[], Awaitable[None]]) -> None:
        """Count the current task as a running answer; `on_stop` tells its asker where it is not allowed to finish."""
        task = asyncio.current_task()
        if task is not None:
            self._running[task] = on_stop
            task.add_done_callback(lambda done: self._running.pop(done, None))

    async def stop(self, *, finish: float, mark: float) -> None:
        """Take no more questions; let running answers finish within `finish` seconds, and mark the others as stopped
        within `mark`."""
        self._stopping = True
        if self._running:
            await asyncio.wait(set(self._running), timeout=finish)
        left = dict(self._running)
        for task in left:
            task.cancel()
        if left:
            marking = [asyncio.ensure_future(on_stop()) for on_stop in left.values()]
            _, late = await asyncio.wait(marking, timeout=mark)
            for task in late:
                task.cancel()
            await asyncio.gather(*marking, *left, return_exceptions=True)


def window(first: str | None, last: str | None, source: str | None) -> Window:
    """The window that the options of `/ask` name; raises BadInput where a day is none."""
    since, until = _day("from", first), _day("to", last)
    if since and until and since > until:
        raise BadInput(f"“from” ({since}) is later than “to” ({until}): swap them.")
    return Window(since, until, source.strip() or None if source else None)


def _day(option: str, text: str | None) -> date | None:
    if text is None or not text.strip():
        return None
    try:
        if _DAY.fullmatch(text.strip()):
            return date.fromisoformat(text.strip())
    except ValueError:
        pass
    raise BadInput(f"“{option}” takes a day such as 2016-10-31; “{text.strip()[:40]}” is none.")
