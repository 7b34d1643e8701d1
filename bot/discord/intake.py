"""Adding to the articles, one batch after the other, with its progress told."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence

import discord

from bot.discord.answerer import Served
from bot.library_messages import ArticlesRead, Progress
from bot.library_reports import SentFile, TakenIn
from retrieval.errors import BadInput, NotReady

_log = logging.getLogger(__name__)

MAX_FILE = 20 * 1024 * 1024
"""Bytes of one file; a larger collection is a dump for `onrecord add`."""

MAX_SOURCES = 20
"""Links and files of one message."""

_WAITING = 50  # batches; more are refused
_LINK = re.compile(r"https?://[^\s<>|\"]{4,2000}")
_TRAILING = ".,;:!?)]}'*_"

Told = Callable[[int, int], None]


class Intake:
    """Takes in one batch at a time, in order: two at once would only slow each other, and the answers, down."""

    def __init__(self, library: Served) -> None:
        self._library = library
        self._turn = asyncio.Lock()
        self.waiting = 0

    async def take_in(
        self, sources: Sequence[str | SentFile], collection: str, told: Told = lambda done, total: None
    ) -> TakenIn:
        """Add links and files to a collection; `told` hears how many articles are read."""
        return await self._in_turn(
            lambda: self._library.take_in(tuple(sources), collection=collection, on_progress=_counting(told))
        )

    async def fetch_again(self, ids: Sequence[str], collection: str, told: Told = lambda done, total: None) -> TakenIn:
        """Fetch the pages of articles again."""
        return await self._in_turn(
            lambda: self._library.fetch_again(tuple(ids), collection=collection, on_progress=_counting(told))
        )

    async def _in_turn(self, work: Callable[[], Awaitable[TakenIn]]) -> TakenIn:
        if self.waiting >= _WAITING:
            raise NotReady("Too much is waiting to be added: try again in a few minutes.")
        self.waiting += 1
        try:
            async with self._turn:
                return await work()
        finally:
            self.waiting -= 1


def links_in(text: str) -> list[str]:
    """The web addresses in a message, each once, in order."""
    found = (match.rstrip(_TRAILING) for match in _LINK.findall(text))
    return list(dict.fromkeys(link for link in found if len(link) > len("https://x.y")))[:MAX_SOURCES]


async def sources_of(message: discord.Message) -> list[str | SentFile]:
    """The links and the files of a message; BadInput where a file is too large."""
    return [*links_in(message.content), *[await sent_file(a) for a in message.attachments[:MAX_SOURCES]]]


async def sent_file(attachment: discord.Attachment) -> SentFile:
    """A file that was sent with a message; BadInput where it is too large."""
    if attachment.size > MAX_FILE:
        raise BadInput(
            f"{attachment.filename} has {attachment.size / 1024 / 1024:.0f} MB, and I take files of up to"
            f" {MAX_FILE // 1024 // 1024} MB: split it, or let whoever runs me use `onrecord add`."
        )
    return SentFile(attachment.filename, await attachment.read())


def _counting(told: Told) -> Callable[[Progress], None]:
    def hear(progress: Progress) -> None:
        if isinstance(progress, ArticlesRead):
            told(progress.done, progress.total)

    return hear
