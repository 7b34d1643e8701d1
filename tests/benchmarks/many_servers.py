"""A thousand Discord servers with a few articles each: a Chroma collection for each Collection, or one for all of them.

Run with `python -m tests.benchmarks.many_servers [SERVERS]`. Vectors are drawn at random around a few centres, as
the encoder is not what grows with the number of servers; the index, its server and the catalogue are the product's own.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from rich.console import Console
from rich.table import Table

from retrieval.annotation.passages import PassageAnnotator
from retrieval.errors import IndexUnavailable
from retrieval.library import Library
from retrieval.reading.near_duplicates import bands, signature, similar
from retrieval.schema import Article, Window, server_collection
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.encoding.token_states import Vectors
from retrieval.storage.index.chroma_server import read_note
from retrieval.storage.index.ownership import IndexOwner
from retrieval.storage.index.vectors import ChromaVectors, IndexRow
from retrieval.storage.records import Reading
from retrieval.storage.store import ReadArticle, Store

_SERVERS = 1_000
_ARTICLES = 3  # a server
_PASSAGES = 5  # an article
_ASKED = 200  # servers, ten questions each
_DIMENSIONS = 384
_K = 10


class OneForAll(ChromaVectors):
    """The layout that was not chosen: all Collections in one Chroma collection, told apart by a `where`."""

    def _name(self, collection: str) -> str:
        return f"onrecord-{self._store_id}-all"

    def add(self, collection: str, rows: Mapping[int, IndexRow]) -> None:
        """See VectorIndex."""
        ids = [str(number) for number in rows]

        def write(chroma: Any) -> None:
            chroma.delete(ids=ids)
            chroma.add(
                ids=ids,
                embeddings=np.stack([row.vector for row in rows.values()]),
                metadatas=[{"day": r.day, "source": r.source, "collection": collection} for r in rows.values()],
            )

        self._on("all", write)

    def nearest(self, collection: str, vector: Vectors, limit: int, window: Window) -> list[tuple[int, float]]:
        """See VectorIndex."""

        def read(chroma: Any) -> list[tuple[int, float]]:
            found = chroma.query(
                query_embeddings=vector[None, :],
                n_results=limit,
                where={"collection": collection},
                include=["distances"],
            )
            return [(int(i), 1.0 - d) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]

        return self._on("all", read)


def rows_of(server: int) -> tuple[list[int], Vectors]:
    """The passage numbers and vectors of a server's articles."""
    rng = np.random.default_rng(server)
    count = _ARTICLES * _PASSAGES
    centre = np.random.default_rng(server % 40).normal(size=_DIMENSIONS)
    rows = (centre + rng.normal(size=(count, _DIMENSIONS))).astype(np.float32)
    return list(range(server * count + 1, (server + 1) * count + 1)), rows / np.linalg.norm(rows, axis=1, keepdims=True)


def layout(make: Callable[[IndexOwner], ChromaVectors], servers: int) -> dict[str, float]:
    """Fill an index in one layout, start its server anew, and ask."""
    measured: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        index = make(IndexOwner(folder, serve=True))
        created = []
        for server in range(servers):
            numbers, rows = rows_of(server)
            indexed = {n: IndexRow(row, 1, "") for n, row in zip(numbers, rows, strict=True)}
            began = time.perf_counter()
            index.add(server_collection(server), indexed)
            created.append(time.perf_counter() - began)
        measured["creating a server, ms (median of the first 100)"] = _median(created[:100])
        measured["creating a server, ms (median of the last 100)"] = _median(created[-100:])
        process = _server(folder)
        measured["server after filling, MB"] = process.memory_info().rss / 1e6
        measured["its open files"] = process.num_fds()
        index.close()

        index = make(IndexOwner(folder, serve=True))
        index.nearest(server_collection(0), rows_of(0)[1][0], _K, Window())
        first, tenth, hits, wanted, failed = [], [], 0, 0, 0
        for server in _spread(servers):
            numbers, rows = rows_of(server)
            for turn in range(10):
                vector = rows[turn]
                began = time.perf_counter()
                found = index.nearest(server_collection(server), vector, _K, Window())
                seconds = time.perf_counter() - began
                (first if turn == 0 else tenth if turn == 9 else []).append(seconds)
                exact = {numbers[i] for i in np.argsort(-(rows @ vector))[:_K]}
                hits, wanted = hits + len(exact & {n for n, _ in found}), wanted + len(exact)
        measured["first question in a server, ms (median)"] = _median(first)
        measured["first question in a server, ms (p95)"] = _p95(first)
        measured["tenth question in a server, ms (median)"] = _median(tenth)
        measured["tenth question in a server, ms (p95)"] = _p95(tenth)
        measured["recall@10"] = hits / wanted
        for server in range(servers):
            try:
                index.nearest(server_collection(server), rows_of(server)[1][0], _K, Window())
            except IndexUnavailable:
                failed += 1
        measured["servers whose collection failed when asked again"] = failed
        process = _server(folder)
        measured["server when all have asked, MB"] = process.memory_info().rss / 1e6
        measured["its open files then"] = process.num_fds()
        measured["index on disk, MB"] = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6
        index.close()
    return measured


def product(servers: int) -> dict[str, float]:
    """The same through Library, with the catalogue and full text."""
    embedder = HashingEmbedder()
    cut = PassageAnnotator(embedder.count_tokens, embedder.max_tokens)
    measured: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        store = Store(folder, create=True, serve=True)
        created = []
        for server in range(servers):
            began = time.perf_counter()
            batch = [_read_article(server, n, cut, embedder) for n in range(_ARTICLES)]
            store.add(server_collection(server), batch, similar, embedder.name)
            created.append(time.perf_counter() - began)
        measured["storing three articles of a new server, ms (median of the last 100)"] = _median(created[-100:])
        store.close()
        process = psutil.Process()
        with Library(Settings(store=folder), serve=True, embedder=embedder) as library:
            library.warm_up()
            first, tenth, foreign = [], [], 0
            for server in _spread(servers):
                name = server_collection(server)
                for turn in range(10):
                    began = time.perf_counter()
                    found = library.search(f"quay {turn} of town {server}", collections=("operator", name))
                    seconds = time.perf_counter() - began
                    (first if turn == 0 else tenth if turn == 9 else []).append(seconds)
                    foreign += sum(p.article.collection != name for p in found)
            measured["search through Library: first, ms (median)"] = _median(first)
            measured["search through Library: tenth, ms (median)"] = _median(tenth)
            measured["search through Library: tenth, ms (p95)"] = _p95(tenth)
            measured["passages of another server among the results"] = foreign
            measured["the library's process, MB"] = process.memory_info().rss / 1e6
            measured["its open files"] = process.num_fds()
        measured["catalogue on disk, MB"] = (folder / "catalogue.sqlite").stat().st_size / 1e6
    return measured


def main(servers: int) -> None:
    """Measure and print the table."""
    table = Table("", "a collection each", "one for all")
    each, together = layout(lambda o: ChromaVectors(o, "s"), servers), layout(lambda o: OneForAll(o, "s"), servers)
    for name, value in each.items():
        table.add_row(name, _shown(value), _shown(together[name]))
    for name, value in product(servers).items():
        table.add_row(name, _shown(value), "")
    Console().print(f"{servers:,} servers, {_ARTICLES * _PASSAGES} passages each")
    Console().print(table)


def _read_article(server: int, number: int, cut: PassageAnnotator, embedder: HashingEmbedder) -> ReadArticle:
    text = " ".join(f"Sentence {i} of report {number} tells of quay {i} of town {server}." for i in range(60))
    article = Article(id=f"a{number}", text=text, title=f"Report {number} of town {server}")
    passages = tuple(cut.annotate(article))
    vectors = embedder.embed_documents([text[p.start : p.end] for p in passages])
    minhash = signature(text)
    return ReadArticle(article, passages, vectors, minhash, tuple(bands(minhash)), (Reading(cut.name, cut.version),))


def _server(folder: Path) -> psutil.Process:
    note = read_note(folder / "index.json")
    assert note is not None
    return psutil.Process(note.pid)


def _spread(servers: int) -> list[int]:
    return sorted(np.random.default_rng(0).permutation(servers)[:_ASKED].tolist())


def _median(seconds: Sequence[float]) -> float:
    return float(np.median(seconds)) * 1000


def _p95(seconds: Sequence[float]) -> float:
    return float(np.percentile(seconds, 95)) * 1000


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else _SERVERS)
