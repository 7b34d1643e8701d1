"""How good search and answers are on the labelled questions over the sample articles.

Run with `python -m tests.benchmarks.quality [develop|held-out]`; prints a table.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.terminal.samples import make_store
from retrieval.library import Library
from retrieval.schema import Answer, Citation, FoundPassage, Window
from retrieval.settings import Settings

DATA = Path(__file__).resolve().parent.parent / "data"


def questions(split: str | None = None) -> list[dict[str, Any]]:
    """The labelled questions, of one split or all."""
    lines = (DATA / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [q for line in lines if (q := json.loads(line)) and split in (None, q["split"])]


@contextmanager
def sample_library() -> Iterator[Library]:
    """A library over the sample articles, with the real model."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        make_store(store)
        with Library(Settings(store=store)) as library:
            library.sync()
            library.warm_up()
            yield library


def window_of(question: dict[str, Any]) -> Window:
    """The window of publication days that a question comes with."""
    given = question.get("window") or {}
    days = {k: date.fromisoformat(v) for k, v in given.items() if v}
    return Window(days.get("from"), days.get("to"))


def plain(text: str) -> str:
    """For comparing: white space, quotation marks and case made alike."""
    return re.sub(r"\s+", " ", text.translate(str.maketrans("“”‘’", "\"\"''"))).strip().casefold()


def groups_shown(question: dict[str, Any], answer: Answer) -> tuple[int, int]:
    """How many facts the answer shows and how many there are: a group of gold sentences is shown if one of it is."""
    by_group: dict[int, list[dict[str, Any]]] = {}
    for gold in question["gold"]:
        by_group.setdefault(gold.get("group", 0), []).append(gold)
    shown = sum(any(_cited(gold, answer) for gold in group) for group in by_group.values())
    return shown, len(by_group)


def article_rank(question: dict[str, Any], found: Sequence[FoundPassage]) -> int | None:
    """The place of the first article that answers, counting each article once."""
    wanted = {gold["article_id"] for gold in question["gold"]}
    order = list(dict.fromkeys(p.article.id for p in found))
    return next((place for place, article in enumerate(order, start=1) if article in wanted), None)


def first_right(question: dict[str, Any], answer: Answer) -> bool:
    """Whether the first sentence shown is one that answers."""
    first = answer.sentences[0].citations[0] if answer.sentences else None
    cited = [c for c in answer.citations if c.n == first]
    return any(_shows(citation, gold) for citation in cited for gold in question["gold"])


def _cited(gold: dict[str, Any], answer: Answer) -> bool:
    return any(_shows(citation, gold) for citation in answer.citations)


def _shows(citation: Citation, gold: dict[str, Any]) -> bool:
    """Whether a citation covers a gold sentence, or most of one that is cut otherwise."""
    wanted, shown = plain(gold["text"]), plain(citation.text)
    return citation.article.id == gold["article_id"] and (wanted in shown or (len(shown) > 20 and shown in wanted))


def main(split: str | None, verbose: bool) -> None:
    """Ask everything and print the table."""
    counts: Counter[str] = Counter()
    ranks: list[int | None] = []
    seconds: list[float] = []
    with sample_library() as library:
        for question in questions(split):
            window = window_of(question)
            began = time.perf_counter()
            answer = library.ask(question["question"], window=window)
            seconds.append(time.perf_counter() - began)
            kind = "unanswerable" if not question["answerable"] else "multi" if question["multi"] else "single"
            counts[kind] += 1
            verdict = "abstained"
            if question["answerable"]:
                ranks.append(article_rank(question, library.search(question["question"], window=window, k=20)))
                shown, wanted = groups_shown(question, answer)
                if not answer.abstained:
                    verdict = "right" if shown == wanted else "partly" if shown else "wrong"
                counts[f"{kind} first"] += first_right(question, answer)
            elif not answer.abstained:
                verdict = "wrong"
            counts[f"{kind} {verdict}"] += 1
            if verbose and verdict != ("right" if question["answerable"] else "abstained"):
                print(f"\n{kind} {verdict} | {question['kind']} | {question['question']}")  # noqa: T201
                for gold in question["gold"][:3]:
                    print("   gold:", gold["text"][:200])  # noqa: T201
                for sentence in answer.sentences:
                    print("   said:", sentence.text[:200])  # noqa: T201
    _print(counts, ranks, seconds)


def _print(counts: Counter[str], ranks: Sequence[int | None], seconds: Iterable[float]) -> None:
    table = Table("questions", "n", "right", "partly", "wrong", "abstained", "right sentence first")
    for kind in ("single", "multi", "unanswerable"):
        table.add_row(
            kind,
            str(counts[kind]),
            *(str(counts[f"{kind} {verdict}"]) for verdict in ("right", "partly", "wrong", "abstained")),
            str(counts[f"{kind} first"]),
        )
    console = Console()
    console.print(table)
    times = sorted(seconds)
    hits = sum(rank == 1 for rank in ranks) / max(1, len(ranks))
    mrr = sum(1 / rank for rank in ranks if rank) / max(1, len(ranks))
    console.print(f"article hits@1 {hits:.3f}, MRR {mrr:.3f} over {len(ranks)} questions")
    console.print(f"seconds a question: median {statistics.median(times):.3f}, p95 {times[int(len(times) * 0.95)]:.3f}")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(next((a for a in arguments if not a.startswith("-")), None), "-v" in arguments)
