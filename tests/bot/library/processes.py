"""Asking a library in its own process, and waiting for what becomes of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from bot.library.process import LibraryProcess
from retrieval.schema import Answer, Window

StartLibrary = Callable[..., LibraryProcess]


def ask(process: LibraryProcess, text: str) -> Awaitable[Answer]:
    """Ask it of two collections."""
    return process.ask(text, collections=("operator", "server-5"), window=Window(), turns=())


async def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait for a condition, so many seconds at most."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)
