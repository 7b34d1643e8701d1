"""Whether a bot answers from a store: at most one does."""

from __future__ import annotations

import os
from pathlib import Path

from filelock import FileLock, Timeout

_GIVING_WAY = 10  # of 20; the bot's own search has 5


def lock_of_bot(store: Path) -> FileLock:
    """What a bot holds as long as it runs; Timeout where another does."""
    return FileLock(store / "bot.lock", timeout=0.5)  # `give_way` may hold it for a moment


def give_way(store: Path) -> None:
    """Let a bot that answers from the same store have the processor first; where none does, nothing changes."""
    if not (store / "bot.lock").exists() or not hasattr(os, "nice"):
        return
    try:
        with lock_of_bot(store).acquire(timeout=0):
            return
    except Timeout:
        os.nice(_GIVING_WAY)
