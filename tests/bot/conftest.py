"""A library in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from bot.library.process import LibraryProcess
from retrieval.settings import Settings
from tests import canned_library
from tests.bot.library.processes import StartLibrary


@pytest_asyncio.fixture
async def start_library(tmp_path: Path) -> AsyncIterator[StartLibrary]:
    """Start a library's process; it is closed in the end."""
    processes: list[LibraryProcess] = []

    def begin(factory: Any = canned_library.quick, **options: Any) -> LibraryProcess:
        settings = Settings(store=tmp_path, discord_token="a.secret.token", _env_file=None)
        process = LibraryProcess(settings, factory=factory, **{"patience": 10.0, "backoff": (0.05,), **options})
        processes.append(process)
        process.start()
        return process

    yield begin
    await asyncio.gather(*(process.close() for process in processes))
