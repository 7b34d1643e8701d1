"""What questions, disk and memory cost as a collection grows."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import psutil
from rich.console import Console
from rich.table import Table

from retrieval.library import Library
from retrieval.schema import OPERATOR, Window
from retrieval.settings import Settings
from retrieval.storage.passages import vectors_within
from tests.benchmarks.multiplied import Asked, Multiplied

_ASKED = 60  # questions of each kind
_RECALLED = 10
_AROUND = timedelta(45)  # a window reaches so far on either side of the day of the article that answers
_EVERY_DAY = Window()
_OPEN = [sys.executable, "-m", "tests.benchmarks.growth"]

Measured = dict[str, float]


def grow(sizes: Sequence[int], plot: Path | None) -> None:
    """Fill one store up to each of `sizes` articles, measure at each, and print the table."""
    found: dict[int, Measured] = {}
    with tempfile.TemporaryDirectory() as temporary:
        store, filled = Path(temporary) / "store", 0
        for size in sorted(sizes):
            with Library(Settings(store=store), create=True, serve=True) as library:
                library.warm_up()
                articles = Multiplied(library)
                articles.fill(filled, size)
                filled = size
                found[size] = {"disk, KB an article": _bytes(store) / size / 1e3, "recall@10": recall(library)}
            at_rest = json.loads(subprocess.run([*_OPEN, str(store)], check=True, capture_output=True).stdout)
            found[size]["memory at rest, MB"] = at_rest
            with Library(Settings(store=store), serve=True) as library:
                library.warm_up()
                found[size] |= questions(library, list(articles.questions(_ASKED, size)))
            Console().print(size, found[size])
    Console().print(_table(found))
    if plot is not None:
        draw(found, plot)


def questions(library: Library, asked: Sequence[Asked]) -> Measured:
    """Median and 95th percentile of search and whole answer, without and with what narrows them, in ms, and what of the
    processor one takes, which other work on the machine changes less."""
    gc.collect()
    gc.freeze()  # as the processes do that answer for long
    for one in asked[:3]:
        library.ask(one.text)
    measured: Measured = {}
    whole = [(a, _EVERY_DAY) for a in asked]
    dated = [(a, Window(a.published - _AROUND, a.published + _AROUND)) for a in asked]
    wide = [(a, Window(a.published - 20 * _AROUND, a.published + 20 * _AROUND)) for a in asked]
    of_source = [(a, Window(source=a.source)) for a in asked]
    for name, some in (("", whole), (", 90 days", dated), (", five years", wide), (", a publisher", of_source)):
        measured |= _times(f"search{name}", some, lambda a, w: library.search(a.text, window=w))
    for name, some in (("", whole), (", 90 days", dated), (", five years", wide), (", a publisher", of_source)):
        measured |= _times(f"answer{name}", some, lambda a, w: library.ask(a.text, window=w))
    return measured | _times("answer, what somebody said", whole, lambda a, w: library.ask(a.who_said, window=w))


def _times(name: str, asked: Iterable[tuple[Asked, Window]], ask: Callable[[Asked, Window], object]) -> Measured:
    times, processor = [], time.process_time()
    for one, window in asked:
        began = time.perf_counter()
        ask(one, window)
        times.append((time.perf_counter() - began) * 1000)
    return {
        f"{name}: p50": float(np.median(times)),
        f"{name}: p95": float(np.percentile(times, 95)),
        f"{name}: processor": (time.process_time() - processor) * 1000 / len(times),
    }


def recall(library: Library) -> float:
    """The share of the ten nearest passages, found exactly, that the index finds; for vectors near stored ones."""
    numbers, vectors = vectors_within(library._store.read(), (OPERATOR,), _EVERY_DAY)
    rng = np.random.default_rng(0)
    hits = 0
    for row in rng.integers(len(vectors), size=_ASKED):
        moved = vectors[row] + rng.normal(scale=0.5 / vectors.shape[1] ** 0.5, size=vectors.shape[1])
        vector = (moved / np.linalg.norm(moved)).astype(np.float32)
        exact = {int(numbers[i]) for i in np.argsort(-(vectors @ vector))[:_RECALLED]}
        nearest = library._store.vectors.nearest(OPERATOR, vector, _RECALLED, _EVERY_DAY)
        hits += len(exact & {number for number, _ in nearest})
    return hits / (_ASKED * _RECALLED)


def at_rest(store: Path) -> float:
    """MB of a library that has its models loaded and its index served, after one question."""
    with Library(Settings(store=store), serve=True) as library:
        library.warm_up()
        library.ask("What did the mayor say?")
        here = psutil.Process()
        return sum(p.memory_full_info().pss for p in (here, *here.children(recursive=True))) / 1e6


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _table(found: dict[int, Measured]) -> Table:
    table = Table("", *(f"{size:,} articles" for size in found), "grows as")
    for name in next(iter(found.values())):
        values = [m[name] for m in found.values()]
        grows = f"n^{exponent(list(found), values):.2f}" if len(found) > 1 else ""
        table.add_row(name, *(f"{v:,.3f}" if v < 2 else f"{v:,.0f}" for v in values), grows)
    return table


def exponent(sizes: Sequence[int], values: Sequence[float]) -> float:
    """The slope of the straight line nearest to the points on a log-log plot: 1 is linear, n log n some 1.1."""
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def draw(found: dict[int, Measured], file: Path) -> None:
    """The costs against the number of articles, both axes logarithmic."""
    from matplotlib.figure import Figure

    sizes = sorted(found)
    figure = Figure(figsize=(6.4, 3.6), dpi=80, layout="constrained")
    axes = figure.add_subplot(xlabel="articles", ylabel="processor time of one, ms", xscale="log", yscale="log")
    for name in ("search", "search, 90 days", "answer", "answer, what somebody said"):
        values = [found[size][f"{name}: processor"] for size in sizes]
        grows = f", n^{exponent(sizes, values):.2f}" if len(sizes) > 1 else ""
        axes.plot(sizes, values, marker="o", label=f"{name}{grows}")
    axes.grid(which="both", linewidth=0.3)
    axes.legend(fontsize=8)
    figure.savefig(file)


if __name__ == "__main__":
    print(json.dumps(at_rest(Path(sys.argv[1]))))  # noqa: T201
