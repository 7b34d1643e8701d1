"""A conversation in the terminal."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from bot.terminal.chat import converse
from retrieval.library import Library
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors


class SlowLibrary(Library):
    """A library whose models take a moment to load."""

    warm = False

    def warm_up(self) -> None:
        time.sleep(0.2)
        self.warm = True


@pytest.fixture
def library(tmp_path: Path) -> Iterator[SlowLibrary]:
    settings = Settings(store=tmp_path / "store")
    with SlowLibrary(settings, create=True, embedder=HashingEmbedder(), vectors=MemoryVectors()) as library:
        yield library


def test_whoever_leaves_at_once_leaves_no_model_loading(library: SlowLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("/quit\n"))
    converse(library, ("operator",), Console(file=io.StringIO()))
    assert library.warm
