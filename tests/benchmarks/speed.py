"""How fast OnRecord reads and answers, as ratios to LangChain's plain pipeline, side by side in one process.

Run with `python -m tests.benchmarks.speed [ARTICLES.jsonl]`; without a file, on articles shuffled together from
the samples.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from retrieval.ingestion import Ingestion
from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.schema import OPERATOR
from retrieval.settings import Settings
from retrieval.storage.store import Store
from tests.benchmarks.plain_pipeline import PlainPipeline
from tests.benchmarks.quality import questions, sample_library

_MADE = 120  # articles, where no file is given
_PARAGRAPHS = 18  # about 750 words
_QUERIES = 60


def made_articles() -> list[dict[str, str]]:
    """Articles of some 750 words out of the samples' paragraphs."""
    with sample_library() as library:
        texts = [library.article(head.id)[1].text for head in library.articles()]
    paragraphs = [p for text in texts for p in text.split("\n") if len(p) > 80]
    rng = random.Random(0)
    return [
        {"id": f"made-{n}", "title": f"Article {n}", "text": "\n\n".join(rng.sample(paragraphs, _PARAGRAPHS))}
        for n in range(_MADE)
    ]


def passages_alone(folder: Path, source: Path, library: Library) -> None:
    """Read articles into a store of their own without looking for quotations and events in them."""
    store = Store(folder, create=True)
    try:
        Ingestion(store, library._embedder).add([source], collection=OPERATOR, given=Given())
    finally:
        store.close()


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and by how many MB the process grew at most."""
    process, peak, done = psutil.Process(), [0], threading.Event()
    before = process.memory_info().rss

    def watch() -> None:
        while not done.wait(0.02):
            peak[0] = max(peak[0], process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    done.set()
    watcher.join()
    return seconds, max(0, peak[0] - before) / 1e6


def latencies(ask: Callable[[str], object], queries: Sequence[str]) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    times = []
    for query in queries:
        began = time.perf_counter()
        ask(query)
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)]


def main(file: Path | None) -> None:
    """Measure and print the table."""
    articles = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file else made_articles()
    queries = [q["question"] for q in questions()][:_QUERIES]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        source = folder / "articles.jsonl"
        source.write_text("".join(json.dumps(a) + "\n" for a in articles), encoding="utf-8")
        plain = PlainPipeline(folder / "plain")
        plain.model.encode("warm up")
        with Library(Settings(store=folder / "store"), create=True) as library:
            library.warm_up()
            bare = timed(lambda: passages_alone(folder / "bare", source, library))
            read, read_memory = timed(lambda: library.add([source]))
            plain_read, plain_memory = timed(lambda: plain.add([(a["id"], a["text"]) for a in articles]))
            search = latencies(lambda q: library.search(q, k=8), queries)
            ask = latencies(library.ask, queries)
            plain_search = latencies(lambda q: plain.search(q, 8), queries)
    table = Table("", "OnRecord", "plain LangChain", "ratio")
    n = len(articles)
    for name, seconds in (("articles a second", read), ("the same, without quotations and events", bare[0])):
        table.add_row(name, f"{n / seconds:.1f}", f"{n / plain_read:.1f}", f"{plain_read / seconds:.2f}")
    table.add_row(
        "memory it grew by, MB", f"{read_memory:.0f}", f"{plain_memory:.0f}", _ratio(read_memory, plain_memory)
    )
    for name, ours, theirs in (
        ("search, median ms", search[0], plain_search[0]),
        ("search, p95 ms", search[1], plain_search[1]),
        ("ask, median ms (beside a search)", ask[0], plain_search[0]),
        ("ask, p95 ms (beside a search)", ask[1], plain_search[1]),
    ):
        table.add_row(name, f"{ours:.1f}", f"{theirs:.1f}", _ratio(ours, theirs))
    Console().print(table)


def _ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.2f}" if theirs else "-"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
