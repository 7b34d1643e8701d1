"""What many tests need: stores, libraries, articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from retrieval.library import Library
from retrieval.schema import Article
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors
from tests.loopback_web import LoopbackWeb, loopback_web

# The same examples in every run, so that a red test is of the change at hand; `--hypothesis-profile=explore` looks for
# new ones.
settings.register_profile("repeat", derandomize=True)
settings.register_profile("explore", max_examples=1_000)
settings.load_profile("repeat")

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT.parent / "shared" / "seeds" / "north-korea-talks.txt"


def an_article(**changes: object) -> Article:
    """An article with everything set, `changes` apart."""
    values: dict[str, object] = {
        "id": "one",
        "text": "The harbour at Lowmouth closed on Monday. Mayor Ines Calder said the quay was unsafe.",
        "title": "Harbour closes",
        "source": "Lowmouth Post",
        "published": date(2026, 3, 4),
    }
    return Article(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library with a deterministic embedder and exact vectors in memory."""
    with Library(
        Settings(store=tmp_path / "store"), create=True, embedder=HashingEmbedder(), vectors=MemoryVectors()
    ) as library:
        yield library


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a file under a temporary folder; its path."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def site() -> Iterator[LoopbackWeb]:
    """Pages on loopback, each told by the test."""
    with loopback_web() as served:
        yield served
