"""Processes that change a store and are killed in the middle: see test_crash.py.

A killed process leaves behind what had reached the disk, and that changes only where SQLite commits, where Chroma is
called and where a file is moved; so the points to try are those, not moments drawn at random, of which most fall
between two of them and try the same again. A process is killed just before its nth such step, or some microseconds
into it, by a timer of the kernel, which no lock of Python's holds up.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from chromadb.api.client import Client
from chromadb.api.models.Collection import Collection

from retrieval import backup
from retrieval.annotation.passages import PassageAnnotator
from retrieval.errors import NotFound
from retrieval.library import Library
from retrieval.reading.web.fetching import CannedFetcher, Fetched
from retrieval.settings import Settings
from retrieval.storage.connection import Connections
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.encoding.token_states import Vectors
from retrieval.storage.migrations import MIGRATIONS
from tests.retrieval.storage.stocked import ARTICLES, SERVER, add, article, opened, stock

NEW = range(ARTICLES, ARTICLES + 4)
CHANGED = (0, 3, 6)
REMOVED = (1, 2)
STORIES = (20, 21, 22)
FEED = "https://lowmouth.example/feed"


class OtherEmbedder(HashingEmbedder):
    """Another embedding model, of another length."""

    name = "hashing-other"
    dimensions = 96

    def embed_query(self, text: str) -> Vectors:
        """One vector, shape (96,)."""
        short = HashingEmbedder().embed_query(text).reshape(4, 96).sum(axis=0)
        return short / np.float32(max(float(np.linalg.norm(short)), 1e-6))

    def embed_documents(self, texts: list[str]) -> Vectors:  # type: ignore[override]
        """One row a text."""
        return np.stack([self.embed_query(text) for text in texts]) if texts else np.zeros((0, 96), np.float32)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is done to the store in a folder, which may be done again; and what is there afterwards."""

    make: Callable[[Path], None]
    do: Callable[[Path], None]
    after: dict[str, str]  # the first word of every article of the operator's, by id
    embedder: Callable[[], HashingEmbedder] = HashingEmbedder


def first_words(**changes: str) -> dict[str, str]:
    """The articles that are stocked, with changes."""
    return {f"a{n}": "Sentence" for n in range(ARTICLES)} | changes


def stocked(place: Path) -> None:
    with opened(place / "store") as library:
        stock(library)


def adding(place: Path) -> None:
    with opened(place / "store") as library:
        add(library, [article(n) for n in NEW])
        add(library, [article(n) for n in NEW], SERVER)


def replacing(place: Path) -> None:
    with opened(place / "store") as library:
        add(library, [article(n, changed=True) for n in CHANGED])


def removing(place: Path) -> None:
    with opened(place / "store") as library:
        for number in REMOVED:
            try:
                library.remove(f"a{number}")
            except NotFound:
                assert library.status().pending == 0


def reindexing(place: Path) -> None:
    before = PassageAnnotator.version
    PassageAnnotator.version = property(lambda self: 99)  # type: ignore[assignment, method-assign]
    try:
        with opened(place / "store") as library:
            library.reindex()
    finally:
        PassageAnnotator.version = before  # type: ignore[method-assign]


def changing_the_model(place: Path) -> None:
    with opened(place / "store", embedder=OtherEmbedder()) as library:
        library.reindex()


def a_folder(place: Path) -> None:
    folder = place / "store" / "articles"
    folder.mkdir(parents=True)
    for number in range(5):
        (folder / f"f{number}.txt").write_text(str(article(number)["text"]), encoding="utf-8")
    with opened(place / "store") as library:
        library.sync()
    (folder / "f0.txt").unlink()
    (folder / "f1.txt").rename(folder / "g1.txt")
    (folder / "f2.txt").write_text(str(article(2, changed=True)["text"]), encoding="utf-8")
    (folder / "f5.txt").write_text(str(article(5)["text"]), encoding="utf-8")


def taking_in_the_folder(place: Path) -> None:
    with opened(place / "store") as library:
        library.sync()


def a_backup(place: Path) -> None:
    stocked(place)
    with opened(place / "store") as library:
        library.backup(place / "backup.tgz")
    shutil.rmtree(place / "store")


def restoring(place: Path) -> None:
    if not (place / "store" / "catalogue.sqlite").exists():
        backup.restore(place / "backup.tgz", place / "store")
    with opened(place / "store") as library:
        library.articles()


def an_old_store(place: Path) -> None:
    """A store of the first schema, written as the OnRecord of that time did."""
    stocked(place)
    file = place / "store" / "catalogue.sqlite"
    old = place / "old.sqlite"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(MIGRATIONS[0])
        connection.execute("ATTACH ? AS new", (str(file),))
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'passage_index%'"
                " AND name NOT LIKE 'sqlite_%'"
            )
        ]
        for table in tables:
            names = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM new.{table}")
        connection.execute("INSERT INTO passage_index (passage_index) VALUES ('rebuild')")
        connection.execute("DELETE FROM annotations WHERE annotator <> 'passages'")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    for path in (place / "store").glob("catalogue.sqlite*"):
        path.unlink()
    old.replace(file)


def migrating(place: Path) -> None:
    with opened(place / "store") as library:
        library.articles()


def a_damaged_index(place: Path) -> None:
    stocked(place)
    shutil.rmtree(place / "store" / "vectors")


def mending(place: Path) -> None:
    with opened(place / "store") as library:
        library.mend()


def a_web(*numbers: int) -> CannedFetcher:
    """A feed with these stories, and a page for each."""
    entries = "".join(f"<item><guid>{n}</guid><title>Story {n}</title><link>{_story(n)}</link></item>" for n in numbers)
    feed = f'<rss version="2.0"><channel><title>The Lowmouth Post</title>{entries}</channel></rss>'
    pages = {
        _story(n): f"<html><body><article><h1>Story {n}</h1><p>{article(n)['text']}</p></article></body></html>"
        for n in numbers
    }
    answers = {url: Fetched(url, page.encode(), content_type="text/html") for url, page in pages.items()}
    return CannedFetcher({FEED: Fetched(FEED, feed.encode(), content_type="application/rss+xml")} | answers)


def _story(number: int) -> str:
    return f"https://lowmouth.example/story-{number}"


def a_watched_feed(place: Path) -> None:
    stocked(place)
    with opened(place / "store", fetcher=a_web()) as library:
        library.watch(FEED)


def polling(place: Path) -> None:
    with opened(place / "store", fetcher=a_web(*STORIES)) as library:
        library.poll_feeds(all_of_them=True)


CHANGES = {
    "add": Change(stocked, adding, first_words(**{f"a{n}": "Sentence" for n in NEW})),
    "replace": Change(stocked, replacing, first_words(**{f"a{n}": "Changed." for n in CHANGED})),
    "remove": Change(stocked, removing, {k: v for k, v in first_words().items() if k not in ("a1", "a2")}),
    "reindex": Change(stocked, reindexing, first_words()),
    "another model": Change(stocked, changing_the_model, first_words(), OtherEmbedder),
    "folder": Change(
        a_folder,
        taking_in_the_folder,
        {f"articles/{n}.txt": "Sentence" for n in ("g1", "f3", "f4", "f5")} | {"articles/f2.txt": "Changed."},
    ),
    "feed": Change(a_watched_feed, polling, first_words() | {_story(n): "Story" for n in STORIES}),
    "restore": Change(a_backup, restoring, first_words()),
    "migrate": Change(an_old_store, migrating, first_words()),
    "mend": Change(a_damaged_index, mending, first_words()),
}


class Fuse:
    """Counts the steps that change the disk, and kills the process at one of them."""

    def __init__(self, at: int, delay: float) -> None:
        self.count, self._at, self._delay = 0, at, delay

    def burn(self) -> None:
        self.count += 1
        if self.count != self._at:
            return
        if self._delay:
            # SIGALRM at its default ends a process as SIGKILL does: at once, and without a word.
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, self._delay)
        else:
            os.kill(os.getpid(), signal.SIGKILL)

    def on_statement(self, statement: str) -> None:
        if statement.lstrip().startswith(("COMMIT", "PRAGMA journal_mode")):
            self.burn()


def wire(fuse: Fuse) -> None:
    """Have every step that changes the disk pass by `fuse`."""
    plain_open = Connections._open

    def opened_connection(self: Connections) -> sqlite3.Connection:
        connection = plain_open(self)
        connection.set_trace_callback(fuse.on_statement)
        return connection

    Connections._open = opened_connection  # type: ignore[method-assign]
    steps: list[tuple[type, str]] = [
        *((Collection, name) for name in ("add", "delete")),
        *((Client, name) for name in ("get_or_create_collection", "delete_collection")),
        *((Path, name) for name in ("replace", "rename", "unlink", "mkdir")),
        (tarfile.TarFile, "extractfile"),
    ]
    for owner, name in steps:
        setattr(owner, name, _burning(fuse, getattr(owner, name)))


def _burning(fuse: Fuse, plain: Callable[..., object]) -> Callable[..., object]:
    def step(*args: object, **kwargs: object) -> object:
        fuse.burn()
        return plain(*args, **kwargs)

    return step


def run(name: str, place: Path, at: int, delay: float) -> None:
    """Make a change and be killed at a step of it; where there is no such step, leave the count of all in a file."""
    fuse = Fuse(at, delay)
    wire(fuse)
    CHANGES[name].do(place)
    (place / "steps").write_text(str(fuse.count), encoding="utf-8")


def reopened(name: str, place: Path) -> Library:
    """The library as the next process opens it."""
    return Library(Settings(store=place / "store"), create=True, embedder=CHANGES[name].embedder())
