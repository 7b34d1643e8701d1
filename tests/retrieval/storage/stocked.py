"""A store with some articles in two collections, for tests that damage or crash it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

from retrieval.library import Library
from retrieval.reading.web.fetching import Fetcher
from retrieval.schema import OPERATOR
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import Embedder, HashingEmbedder

ARTICLES = 8
SERVER = "server-7"


def article(number: int, *, changed: bool = False) -> dict[str, object]:
    """One article, before or after a change; of several passages."""
    text = " ".join(f"Sentence {i} of article {number} tells of the quay at Lowmouth." for i in range(40))
    return {
        "id": f"a{number}",
        "title": f"Article {number}",
        "published": f"2026-01-{number % 28 + 1:02}",
        "source": "Post",
        "text": f"Changed. {text}" if changed else text,
    }


def opened(
    store: Path, *, embedder: Embedder | None = None, serve: bool = False, fetcher: Fetcher | None = None
) -> Library:
    """The library under test: the real index, the deterministic embedder."""
    settings = Settings(store=store)
    return Library(settings, create=True, embedder=embedder or HashingEmbedder(), serve=serve, fetcher=fetcher)


def add(library: Library, items: Iterable[dict[str, object]], collection: str = OPERATOR) -> None:
    """Add articles from a file that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        file.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
        library.add([file], collection=collection)


def stock(library: Library) -> None:
    """Put the articles in."""
    add(library, [article(n) for n in range(ARTICLES)])
    add(library, [article(n) for n in range(3)], SERVER)
