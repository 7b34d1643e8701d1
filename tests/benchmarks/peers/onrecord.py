"""OnRecord in the place of a peer: `python -m tests.benchmarks.peers.onrecord FOLDER [--bare]`, as pipelines.py.

`--bare`: without looking for quotations and events, which no peer does.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import psutil

from retrieval.ingestion import Ingestion
from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.schema import OPERATOR
from retrieval.settings import Settings
from tests.benchmarks.peers.pipelines import run

_PASSAGES = 40


class OnRecord:
    """A library, made with everything loaded."""

    def __init__(self, folder: Path, *, bare: bool) -> None:
        self.folder, self.bare = folder, bare
        folder.mkdir()
        self.library = Library(Settings(store=folder / "store"), create=True, serve=True)
        self.library.warm_up()

    def add(self, articles: list[dict[str, str]]) -> None:
        """See Pipeline; the file that is read is written first."""
        source = self.folder / "articles.jsonl"
        source.write_text("".join(json.dumps(a) + "\n" for a in articles), encoding="utf-8")
        if self.bare:
            ingestion = Ingestion(self.library._store, self.library._embedder)
            ingestion.add([source], collection=OPERATOR, given=Given())
        else:
            self.library.add([source])

    def search(self, query: str) -> list[str]:
        """See Pipeline."""
        return [p.article.id for p in self.library.search(query, k=_PASSAGES)]

    def chunks(self) -> list[tuple[str, str]]:
        """See Pipeline."""
        rows = self.library._store.read().execute(
            'SELECT a.id, substr(r.text, p."start" + 1, p."end" - p."start") FROM passages p'
            " JOIN revisions r ON r.pk = p.revision JOIN articles a ON a.searched = r.pk"
        )
        return [(str(name), str(text)) for name, text in rows]


def _cpu() -> float:
    """Seconds of this process, of those that it started and ended, and of the index server, which goes on."""
    living = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return sum(os.times()[:4]) + sum(t.user + t.system for t in living)


def main(folder: Path, *, bare: bool) -> None:
    """Run OnRecord."""
    name = "onrecord-bare" if bare else "onrecord"
    articles = [json.loads(line) for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    queries = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    pipeline = OnRecord(folder / name, bare=bare)
    outcome = run(pipeline, articles, queries, _cpu)
    pipeline.library.close()
    (folder / f"{name}.json").write_text(json.dumps(outcome), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), bare="--bare" in sys.argv)
