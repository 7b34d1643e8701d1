"""Runs OnRecord and its peers in turn, each in a process of its own, and prints what each reached."""

from __future__ import annotations

import json
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from rich.console import Console
from rich.table import Table

from tests.benchmarks.made_news import MadeArticle, MadeQuestion, made_news
from tests.benchmarks.peers import pipelines
from tests.benchmarks.peers.coverage import embedded_share
from tests.benchmarks.peers.environment import peers_python

_WATCHED = 0.5  # seconds between two looks at the memory
_NAMES = {
    "onrecord-bare": "OnRecord, passages alone",
    "onrecord": "OnRecord, with quotations and events",
    "langchain": "LangChain, 1000/200, Chroma",
    "llamaindex": "LlamaIndex, Chroma",
    "txtai": "txtai",
    "haystack": "Haystack, Chroma",
}


@dataclass(frozen=True, slots=True)
class Reached:
    """What one of them reached; `cpu` is seconds of processor time for an article, which other work on the machine does
    not change; `memory` in MB is that of all its processes at its highest, models included."""

    articles_per_second: float
    cpu: float
    memory: float
    hits: float
    mrr: float
    share: float
    search_ms: tuple[float, float]


def reached(
    name: str, folder: Path, articles: Sequence[MadeArticle], questions: Sequence[MadeQuestion], python: Path | None
) -> Reached:
    """Run one of them over what lies in `folder`."""
    if python is None:
        bare = ["--bare"] if name == "onrecord-bare" else []
        command = [sys.executable, "-m", "tests.benchmarks.peers.onrecord", str(folder), *bare]
    else:
        command = [str(python), str(pipelines.__file__), name, str(folder)]
    memory = _watched(command)
    outcome: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    places = [
        next((n for n, i in enumerate(ranked, start=1) if i in question.article_ids), None)
        for question, ranked in zip(questions, outcome["ranked"], strict=True)
    ]
    texts = {a.id: a.text if python is None else pipelines.whole(a.row()) for a in articles}
    times = np.array(outcome["searching"]) * 1000
    return Reached(
        len(articles) / outcome["seconds"],
        outcome["cpu"] / len(articles),
        memory,
        sum(place == 1 for place in places) / len(places),
        sum(1 / place for place in places if place) / len(places),
        embedded_share(texts, outcome["chunks"]),
        (float(np.median(times)), float(np.percentile(times, 95))),
    )


def _watched(command: Sequence[str]) -> float:
    """Run a command to its end; the most memory that it and its children had, in MB, shared pages counted once."""
    process = psutil.Popen(command)
    peak, done = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(_WATCHED):
            total = 0
            for one in (process, *_children(process)):
                try:
                    total += one.memory_full_info().pss
                except psutil.Error:
                    continue
            peak = max(peak, total)

    watcher = threading.Thread(target=watch)
    watcher.start()
    status = process.wait()
    done.set()
    watcher.join()
    if status != 0:
        raise SystemExit(f"{' '.join(command)} ended with status {status}")
    return peak / 1e6


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def compare(count: int, names: Sequence[str] = ()) -> None:
    """Measure over `count` articles, and print the table as it grows; only those of `names`, if any are given."""
    articles, questions = made_news(count)
    python = peers_python()
    console = Console(width=140)
    measured: dict[str, Reached] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        rows = "".join(json.dumps(a.row()) + "\n" for a in articles)
        (folder / "articles.jsonl").write_text(rows, encoding="utf-8")
        (folder / "queries.json").write_text(json.dumps([q.text for q in questions]), encoding="utf-8")
        for name in names or _NAMES:
            ours = name.startswith("onrecord")
            measured[name] = reached(name, folder, articles, questions, None if ours else python)
            console.print(f"{_NAMES[name]}: {measured[name]}")
    console.print(_table(measured))
    console.print(f"{count} made articles of some 750 words, {len(questions)} questions.")


def _table(measured: dict[str, Reached]) -> Table:
    columns = (
        "articles/s",
        "ratio",
        "CPU s/article",
        "ratio",
        "peak MB",
        "hits@1",
        "MRR@10",
        "text read",
        "search p50/p95",
    )
    table = Table("", *columns)
    plain = measured.get("langchain")
    for name, one in measured.items():
        faster = f"{one.articles_per_second / plain.articles_per_second:.2f}" if plain else "-"
        cheaper = f"{plain.cpu / one.cpu:.2f}" if plain else "-"
        table.add_row(
            _NAMES[name],
            f"{one.articles_per_second:.1f}",
            faster,
            f"{one.cpu:.3f}",
            cheaper,
            f"{one.memory:.0f}",
            f"{one.hits:.3f}",
            f"{one.mrr:.3f}",
            f"{100 * one.share:.0f} %",
            f"{one.search_ms[0]:.0f} / {one.search_ms[1]:.0f} ms",
        )
    return table
