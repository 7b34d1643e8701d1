"""Adding to the articles, one batch after the other, with its progress told."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace

import discord

from bot.discord.answerer import Served
from bot.discord.answers.cooldown import Cooldown
from bot.discord.answers.turns import Turns
from bot.discord.errors import plain_sentence
from bot.discord.stored import Stored
from bot.library.messages import ArticlesRead, Progress
from bot.library.reports import TakenIn
from retrieval.errors import BadInput, NotReady, OnRecordError, UserError
from retrieval.schema.community import Addition, SentFile

_log = logging.getLogger(__name__)

MAX_FILE = 20 * 1024 * 1024
"""Bytes of one file; a larger collection is a dump for `onrecord add`."""

MAX_FILES = 50 * 1024 * 1024
"""Bytes of all files of a message."""

MAX_SOURCES = 20
"""Links and files of one message."""

_WAITING, _WAITING_EACH = 200, 50  # batches of all servers, and of one; more are refused
_BYTES, _BYTES_EACH = 300 * 1024 * 1024, 100 * 1024 * 1024  # of the files that wait; they are in memory
_RATE, _PER = 60, 600.0  # additions of one member in so many seconds
_TRIES = 3  # of a batch, when each ends with the process: then it is the batch that ends it
_PATIENCE, _PAUSE = 900.0, 2.0  # seconds that a library that is not ready is waited for, and between two looks
_GIVEN_UP = f"It was tried {_TRIES} times, and each time I broke down over it: it is left out."
_FAILED = "Something went wrong on my side; the log has it."
_LINK = re.compile(r"https?://[^\s<>|\"]{4,2000}")
_TRAILING = ".,;:!?)]}'*_"

Told = Callable[[int, int], None]


class Intake:
    """Adds one batch at a time: two at once would only slow each other, and the answers, down. The servers take turns.

    Each is kept in the catalogue until it is done, so what a stop or a crash cuts off is done after the next start.
    """

    def __init__(self, library: Served, stored: Stored, cooldown: Cooldown | None = None) -> None:
        self._library, self._stored = library, stored
        self._cooldown = cooldown or Cooldown(_RATE, _PER)
        self._turns = Turns()
        self._left: list[Addition] = []
        self._stopping = False
        self._batches: Counter[int] = Counter()
        self._bytes: Counter[int] = Counter()

    @property
    def waiting(self) -> int:
        """How many batches are being added or wait for it, of all servers."""
        return self._batches.total()

    def ahead_of(self, server: int) -> int:
        """How many batches come before the next one of a server, as things stand."""
        own = self._batches[server]
        return own + sum(min(count, own + 1) for other, count in self._batches.items() if other != server)

    @property
    def stopping(self) -> bool:
        """Whether what fails now fails because of the end: it is kept."""
        return self._stopping

    async def stop(self) -> None:
        """The end is near, and in order: it counts as nobody's fault."""
        self._stopping = True
        await self._stored(lambda community: community.tried_by_none())

    async def take_in(
        self,
        addition: Addition,
        told: Told = lambda done, total: None,
        *,
        files: Sequence[discord.Attachment] = (),
        member: int | None = None,
    ) -> TakenIn:
        """Do it when it is its turn; `told` hears how many articles are read. Raises what the library raises.

        `files` are added, too, and downloaded only where there is room for them. `member` asks for it. Where nobody
        waits to be told to try again, a library that is still starting is waited for.
        """
        check_files(files)
        if member is not None:
            self._cooldown.spend(member)
        size = sum(file.size for file in files)
        self._check_room(addition.server, size)
        with self._counted(addition.server, size):
            sent = [SentFile(file.filename, await file.read()) for file in files[:MAX_SOURCES]]
            whole = replace(addition, sources=(*addition.sources, *sent))
            kept = await self._stored(lambda community: community.keep(whole))
            return await self._done(kept, told, patience=_PATIENCE if addition.message is not None else 0.0)

    def _check_room(self, server: int, size: int) -> None:
        batches, held = self._batches, self._bytes
        if batches[server] >= _WAITING_EACH or held[server] + size > _BYTES_EACH:
            raise NotReady("Too much of this server is waiting to be added: try again in a few minutes.")
        if batches.total() >= _WAITING or held.total() + size > _BYTES:
            raise NotReady("Too much is waiting to be added: try again in a few minutes.")

    @contextlib.contextmanager
    def _counted(self, server: int, size: int) -> Iterator[None]:
        self._batches[server] += 1
        self._bytes[server] += size
        try:
            yield
        finally:
            self._batches[server] -= 1
            self._bytes[server] -= size
            self._batches, self._bytes = +self._batches, +self._bytes

    async def recall(self) -> None:
        """Look what an earlier process left undone, before anything new is asked for."""
        self._left = await self._stored(lambda community: community.to_be_added())

    async def resume(self, tell: Callable[[Addition, TakenIn], Awaitable[None]]) -> None:
        """Do what was recalled; `tell` hears what became of each."""
        left, self._left = self._left, []
        for addition in left:
            if addition.tries >= _TRIES:
                _log.error("addition %d ended the process %d times and is given up", addition.pk, addition.tries)
                await self._stored(lambda community, a=addition: community.finish(a))  # type: ignore[misc]
                await tell(addition, TakenIn(left_out=(_GIVEN_UP,)))
                continue
            try:
                with self._counted(addition.server, 0):
                    taken = await self._done(addition, lambda done, total: None, patience=_PATIENCE)
            except OnRecordError as error:
                if self._stopping:
                    return
                _log.warning("what was to be added before the restart was not: %s", error)
                taken = TakenIn(left_out=(plain_sentence(error) if isinstance(error, UserError) else _FAILED,))
            await tell(addition, taken)

    async def _done(self, addition: Addition, told: Told, *, patience: float) -> TakenIn:
        try:
            async with self._turns.of(addition.server):
                await self._stored(lambda community: community.begin(addition))
                taken = await self._work(addition, told, patience)
        except Exception:
            if not self._stopping:
                await self._stored(lambda community: community.finish(addition))
            raise
        await self._stored(lambda community: community.finish(addition))
        return taken

    async def _work(self, addition: Addition, told: Told, patience: float) -> TakenIn:
        """The library's work; one that is not ready is asked again for `patience` seconds."""
        library, home, hear = self._library, addition.collection, _counting(told)
        end = asyncio.get_running_loop().time() + patience
        while True:
            try:
                if addition.again:
                    ids = tuple(source for source in addition.sources if isinstance(source, str))
                    return await library.fetch_again(ids, collection=home, on_progress=hear)
                return await library.take_in(addition.sources, collection=home, on_progress=hear)
            except NotReady:
                if self._stopping or asyncio.get_running_loop().time() >= end:
                    raise
                await asyncio.sleep(_PAUSE)


def links_in(text: str) -> list[str]:
    """The web addresses in a message, each once, in order."""
    found = (match.rstrip(_TRAILING) for match in _LINK.findall(text))
    return list(dict.fromkeys(link for link in found if len(link) > len("https://x.y")))[:MAX_SOURCES]


def check_files(files: Sequence[discord.Attachment]) -> None:
    """Raise BadInput where files are too large; before anything is acknowledged, since it concerns the sender alone."""
    for file in files:
        if file.size > MAX_FILE:
            raise BadInput(
                f"{file.filename} has {file.size / 1024 / 1024:.0f} MB, and I take files of up to"
                f" {MAX_FILE // 1024 // 1024} MB: split it, or let whoever runs me use `onrecord add`."
            )
    if sum(file.size for file in files) > MAX_FILES:
        raise BadInput(f"I take files of up to {MAX_FILES // 1024 // 1024} MB in one message: post them apart.")


def _counting(told: Told) -> Callable[[Progress], None]:
    def hear(progress: Progress) -> None:
        if isinstance(progress, ArticlesRead):
            told(progress.done, progress.total)

    return hear
