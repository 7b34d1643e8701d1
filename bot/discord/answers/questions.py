"""What everything that asks has in common: the checks before a question, and the answers that are being made."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.discord.access import check_may_ask
from bot.discord.answerer import Served
from bot.discord.answers.cooldown import Cooldown
from bot.discord.answers.quotas import Quotas
from bot.discord.scope import Place, collections_of
from bot.discord.stored import Stored
from retrieval.errors import BadInput, NotReady
from retrieval.schema import Window
from retrieval.schema.community import ServerSettings
from retrieval.search.event_questions import read_days

MAX_QUESTION = 500  # characters
MAX_SOURCE = 100  # characters; Discord's own limit for a completed choice

_IN_WORDS = re.compile(r"[A-Za-z]{3}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STOPPING = "I am being switched off: ask again when I am back."
STOPPED = "I was switched off before I could answer: ask again when I am back."


@dataclass(frozen=True, slots=True)
class Admitted:
    """What was found allowed: from which collections it is answered, and under which settings."""

    collections: tuple[str, ...]
    settings: ServerSettings


@dataclass(slots=True)
class RunningAnswer:
    """An answer that is being made: who asked, and the work that can be stopped."""

    asker: int
    work: asyncio.Task[Any]
    stopped: bool = False

    def stop(self) -> None:
        """Stop it at its asker's wish."""
        self.stopped = True
        self.work.cancel()


class Questions:
    """Lets questions in, and knows which are being answered."""

    def __init__(
        self, answerer: Served, stored: Stored, *, servers_read_operator: bool, cooldown: Cooldown | None = None
    ) -> None:
        self._answerer, self._stored = answerer, stored
        self._servers_read_operator = servers_read_operator
        self._cooldown = cooldown or Cooldown()
        self._quotas = Quotas(stored)
        self._running: dict[asyncio.Task[object], Callable[[], Awaitable[None]]] = {}
        self._stoppable: dict[str, RunningAnswer] = {}
        self._stopping = False

    @property
    def library(self) -> Served:
        """What answers."""
        return self._answerer

    @property
    def servers_read_operator(self) -> bool:
        """Whether servers are answered from the operator's articles."""
        return self._servers_read_operator

    @property
    def in_hand(self) -> int:
        """How many answers are being made."""
        return len(self._running)

    async def admit(self, text: str, place: Place) -> Admitted:
        """Check everything that can be checked at once, and count the question; raises UserError."""
        if self._stopping:
            raise NotReady(_STOPPING)
        self.count(place.member)
        collections = self.collections(place)
        if not text.strip():
            raise BadInput("Ask a question: there is no text in it.")
        if len(text) > MAX_QUESTION:
            raise BadInput(f"A question has at most {MAX_QUESTION} characters; this one has {len(text):,}.")
        settings = await self._stored.settings(place.kept_under)
        check_may_ask(place, settings)
        await self._quotas.spend(place, settings)
        return Admitted(collections, settings)

    def count(self, member: int) -> None:
        """Count something that this person makes the bot say; raises TooOften where it is one too many."""
        self._cooldown.spend(member)

    def collections(self, place: Place) -> tuple[str, ...]:
        """The collections that may be read in a place; raises BadInput where there is none."""
        return collections_of(place, servers_read_operator=self._servers_read_operator)

    def running(self, on_stop: Callable[[], Awaitable[None]]) -> None:
        """Count the current task as a running answer; `on_stop` tells its asker where it is not allowed to finish."""
        task = asyncio.current_task()
        if task is not None:
            self._running[task] = on_stop
            task.add_done_callback(lambda done: self._running.pop(done, None))

    def stoppable(self, asker: int, work: asyncio.Task[Any]) -> tuple[str, RunningAnswer]:
        """Let `work` be stopped under a fresh key until it is done."""
        key, running = secrets.token_hex(6), RunningAnswer(asker, work)
        self._stoppable[key] = running
        work.add_done_callback(lambda _: self._stoppable.pop(key, None))
        return key, running

    def running_under(self, key: str) -> RunningAnswer | None:
        """What is being made under a key, None where it is over."""
        return self._stoppable.get(key)

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


def window(first: str | None, last: str | None, source: str | None, today: date | None = None) -> Window:
    """The window that the options of `/ask` name; raises BadInput where a day is none.

    Days in words ("last week") are counted from `today`, from their first day or to their last.
    """
    since, until = _day("from", first, today), _day("to", last, today)
    if since and until and since > until:
        raise BadInput(f"“from” ({since}) is later than “to” ({until}): swap them.")
    return Window(since, until, source.strip() or None if source else None)


def _day(option: str, text: str | None, today: date | None) -> date | None:
    if text is None or not text.strip():
        return None
    try:
        if _DAY.fullmatch(text.strip()):
            return date.fromisoformat(text.strip())
        if today is not None and _IN_WORDS.search(text):  # “4/5/2031” may be two days
            span, _ = read_days(text, today)
            if (day := span.first if option == "from" else span.last) is not None:
                return day
    except (ValueError, BadInput):
        pass
    raise BadInput(f"“{option}” takes a day such as 2016-10-31; “{text.strip()[:40]}” is none.")
