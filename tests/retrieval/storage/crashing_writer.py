"""A process that adds, changes and removes articles, and kills itself at a given point: see test_crash.py."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
from pathlib import Path

from retrieval.library import Library
from retrieval.settings import Settings
from retrieval.storage.connection import Connections
from retrieval.storage.embedding import HashingEmbedder
from retrieval.storage.vectors import ChromaVectors

STEPS = 6
ARTICLES = 30


def article(number: int, changed: bool = False) -> dict[str, object]:
    """One article of the sequence, before or after its change."""
    text = " ".join(f"Sentence {i} of article {number} tells of the quay at Lowmouth." for i in range(40))
    return {
        "id": f"a{number}",
        "title": f"Article {number}",
        "published": f"2026-01-{number % 28 + 1:02}",
        "source": "Post",
        "text": f"Changed. {text}" if changed else text,
    }


def expected() -> dict[str, str]:
    """The first word of every article after the last step, by id."""
    numbers = set(range(ARTICLES)) - {0, 1, 2}
    return {f"a{n}": "Changed." if n % 3 == 0 else "Sentence" for n in numbers}


def run(library: Library, folder: Path) -> None:
    """All steps, each of which may be done again; prints the number of each when it is done."""
    half = ARTICLES // 2
    for step, items in enumerate(
        ([article(n) for n in range(half)], [article(n) for n in range(half, ARTICLES)]), start=1
    ):
        _add(library, folder, items)
        print(step, flush=True)  # noqa: T201
    for step, items in enumerate(
        ([article(n, True) for n in range(0, half, 3)], [article(n, True) for n in range(half, ARTICLES, 3)]), start=3
    ):
        _add(library, folder, items)
        print(step, flush=True)  # noqa: T201
    for step, ids in enumerate((["a0", "a1"], ["a2"]), start=5):
        for article_id in ids:
            if any(head.id == article_id for head in library.articles()):
                library.remove(article_id)
        print(step, flush=True)  # noqa: T201


def open_library(folder: Path) -> Library:
    """The library under test: the real index, the deterministic embedder."""
    return Library(Settings(store=folder / "store"), create=True, embedder=HashingEmbedder())


def _add(library: Library, folder: Path, items: list[dict[str, object]]) -> None:
    file = folder / "articles.jsonl"
    file.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    library.add([file])


class _Fuse:
    """Counts everything that is written, and kills the process at one count."""

    def __init__(self, at: int) -> None:
        self.count, self._at = 0, at

    def burn(self, *_: object) -> None:
        self.count += 1
        if self.count == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


def _wire(fuse: _Fuse) -> None:
    plain_open = Connections._open

    def opened(self: Connections) -> sqlite3.Connection:
        connection = plain_open(self)
        connection.set_trace_callback(fuse.burn)
        return connection

    Connections._open = opened  # type: ignore[method-assign]
    for name in ("add", "forget"):
        plain = getattr(ChromaVectors, name)

        def wrapped(*args: object, plain: object = plain) -> None:
            fuse.burn()
            plain(*args)  # type: ignore[operator]
            fuse.burn()

        setattr(ChromaVectors, name, wrapped)


if __name__ == "__main__":
    fuse = _Fuse(int(sys.argv[2]))
    _wire(fuse)
    place = Path(sys.argv[1])
    with open_library(place) as opened_library:
        run(opened_library, place)
    print("total", fuse.count, flush=True)  # noqa: T201
