"""Article hits@1 and MRR@10 over a folder of real articles, beside the plain pipeline, part by part.

Run with `python -m tests.benchmarks.news_retrieval FOLDER`, where FOLDER has `articles.jsonl` (the fields of JSON
Lines that `onrecord add` takes) and `questions.jsonl` (`question`, and `urls`: the ids of the articles that answer).
The store is made in FOLDER and used again. No such text is part of this project.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from retrieval.library import Library
from retrieval.search.hybrid import HybridSearch, SearchSettings
from retrieval.search.understanding import understand
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import SentenceTransformerEmbedder
from tests.benchmarks.plain_pipeline import PlainPipeline

Ranking = Callable[[str], Sequence[str]]


def score(rank: Ranking, asked: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """hits@1 and MRR@10 over articles."""
    hits, mrr = 0.0, 0.0
    for question in asked:
        order = list(dict.fromkeys(rank(question["question"])))[:10]
        place = next((n for n, i in enumerate(order, start=1) if i in question["urls"]), None)
        hits += place == 1
        mrr += 1 / place if place else 0
    return hits / len(asked), mrr / len(asked)


def main(folder: Path) -> None:
    """Measure and print the table."""
    asked = [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    rows: list[tuple[str, tuple[float, float]]] = []
    with Library(Settings(store=folder / "store"), create=True) as library:
        library.add([folder / "articles.jsonl"])
        embedder = SentenceTransformerEmbedder()
        plain = SearchSettings(per_article=10)
        for name, settings in (
            ("passages, dense alone", replace(plain, words=0.0)),
            ("passages, words alone", replace(plain, dense=0.0)),
            ("both, fused", plain),
        ):
            search = HybridSearch(library._store, embedder, settings=settings)

            def rank(text: str, search: HybridSearch = search) -> list[str]:
                return [p.article.id for p in search.search(understand(text), 60)]

            rows.append((name, score(rank, asked)))
    plain_folder = folder / "plain"
    if not plain_folder.exists():
        pipeline = PlainPipeline(plain_folder)
        texts = [json.loads(line) for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
        for at in range(0, len(texts), 200):
            pipeline.add([(a["id"], a["text"]) for a in texts[at : at + 200]])
    else:
        pipeline = PlainPipeline(plain_folder)
    rows.insert(0, ("plain LangChain", score(lambda text: pipeline.search(text, 60), asked)))
    table = Table("", "hits@1", "MRR@10")
    for name, (hits, mrr) in rows:
        table.add_row(name, f"{hits:.3f}", f"{mrr:.3f}")
    Console().print(table)
    Console().print(f"{len(asked)} questions")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
