"""Adding to the articles, one batch after the other, with its progress told."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence

import discord

from bot.discord.answerer import Served
from bot.discord.errors import plain_sentence
from bot.discord.stored import Stored
from bot.library_messages import ArticlesRead, Progress
from bot.library_reports import TakenIn
from retrieval.errors import BadInput, NotReady, OnRecordError, UserError
from retrieval.schema.community import Addition, SentFile

_log = logging.getLogger(__name__)

MAX_FILE = 20 * 1024 * 1024
"""Bytes of one file; a larger collection is a dump for `onrecord add`."""

MAX_FILES = 50 * 1024 * 1024
"""Bytes of all files of a message."""

MAX_SOURCES = 20
"""Links and files of one message."""

_WAITING = 50  # batches; more are refused
_TRIES = 3  # of a batch, when each ends with the process: then it is the batch that ends it
_PATIENCE, _PAUSE = 900.0, 2.0  # seconds that a library that is not ready is waited for, and between two looks
_GIVEN_UP = f"It was tried {_TRIES} times, and each time I broke down over it: it is left out."
_FAILED = "Something went wrong on my side; the log has it."
_LINK = re.compile(r"https?://[^\s<>|\"]{4,2000}")
_TRAILING = ".,;:!?)]}'*_"

Told = Callable[[int, int], None]


class Intake:
    """Adds one batch at a time, in order: two at once would only slow each other, and the answers, down.

    Each is kept in the catalogue until it is done, so what a stop or a crash cuts off is done after the next start.
    """

    def __init__(self, library: Served, stored: Stored) -> None:
        self._library, self._stored = library, stored
        self._turn = asyncio.Lock()
        self._left: list[Addition] = []
        self._stopping = False
        self.waiting = 0

    @property
    def stopping(self) -> bool:
        """Whether what fails now fails because of the end: it is kept."""
        return self._stopping

    async def stop(self) -> None:
        """The end is near, and in order: it counts as nobody's fault."""
        self._stopping = True
        await self._stored(lambda community: community.tried_by_none())

    async def take_in(self, addition: Addition, told: Told = lambda done, total: None) -> TakenIn:
        """Do it when it is its turn; `told` hears how many articles are read. Raises what the library raises.

        Where nobody waits to be told to try again, a library that is still starting is waited for.
        """
        if self.waiting >= _WAITING:
            raise NotReady("Too much is waiting to be added: try again in a few minutes.")
        self.waiting += 1
        try:
            kept = await self._stored(lambda community: community.keep(addition))
            return await self._done(kept, told, patience=_PATIENCE if addition.message is not None else 0.0)
        finally:
            self.waiting -= 1

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
            self.waiting += 1
            try:
                taken = await self._done(addition, lambda done, total: None, patience=_PATIENCE)
            except OnRecordError as error:
                if self._stopping:
                    return
                _log.warning("what was to be added before the restart was not: %s", error)
                taken = TakenIn(left_out=(plain_sentence(error) if isinstance(error, UserError) else _FAILED,))
            finally:
                self.waiting -= 1
            await tell(addition, taken)

    async def _done(self, addition: Addition, told: Told, *, patience: float) -> TakenIn:
        try:
            async with self._turn:
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


async def sources_of(content: str, files: Sequence[discord.Attachment]) -> tuple[str | SentFile, ...]:
    """The links in a message and its files; BadInput where they are too large."""
    check_files(files)
    return (*links_in(content), *[await sent_file(file) for file in files[:MAX_SOURCES]])


async def sent_file(attachment: discord.Attachment) -> SentFile:
    """A file that was sent with a message or a command."""
    return SentFile(attachment.filename, await attachment.read())


def _counting(told: Told) -> Callable[[Progress], None]:
    def hear(progress: Progress) -> None:
        if isinstance(progress, ArticlesRead):
            told(progress.done, progress.total)

    return hear
