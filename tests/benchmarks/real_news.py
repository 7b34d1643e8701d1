"""Answers over a folder of real articles beside a plain extractor, with and without the articles that answer.

Run with `python -m tests.benchmarks.real_news FOLDER [even|odd] [-v]`. FOLDER has `articles.jsonl` (the fields of JSON
Lines that `onrecord add` takes) and `questions.jsonl`: `question`, `date` (the asker's today), `answer` (strings, one
of which is right), `urls` (ids of the articles that answer). The store is made in FOLDER and used again. `even` and
`odd` take every other question: one half to look at, one to measure with. No such text is part of this project.

The plain extractor is hybrid search, then the three sentences with the best cosine plus overlap in rare words. It never
abstains, so what it shows of unanswerable questions is all wrong.
"""

from __future__ import annotations

import json
import math
import re
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from retrieval.answering.extractive import ExtractiveAnswerer
from retrieval.answering.questions.nationalities import known
from retrieval.answering.sentences.barring import may_answer
from retrieval.answering.sentences.selector import among, confidence
from retrieval.library import Library
from retrieval.schema import FoundPassage
from retrieval.search.words import content_words, stem, stems
from retrieval.settings import Settings
from retrieval.storage import properties
from retrieval.storage.word_matches import document_frequencies

_SHOWN = 3
_PASSAGES = 5  # that the plain extractor takes sentences from
_SHORTEST = 400  # characters: less is the text round a video, which tells nothing
_NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_FILLING = frozenset(["the", "a", "an", "and", "or", "of", "in", "on", "to", "at", "by", "for"])


def tokens(text: str) -> list[str]:
    """Words for comparing: stems, figures for number words, % and $ as words, no punctuation."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text.casefold())
    text = re.sub(r"(\d+(?:\.\d+)?)\s+(million|billion)\b", _in_full, text)
    text = re.sub(r"\s*%|\bper\s+cent\b", " percent ", text)
    text = re.sub(r"\b[u]\.?\s?s\.?\b", "us", text).replace("united states", "us").replace("united kingdom", "uk")
    words = re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+|\$", text.replace("’", "'").replace("'s ", " "))
    return [str(_NUMBERS.index(w)) if w in _NUMBERS else stem(w) for w in words]


def _in_full(match: re.Match[str]) -> str:
    return f"{float(match[1]) * (1e6 if match[2] == 'million' else 1e9):.0f}"


def holds(text: str, answers: Sequence[str]) -> bool:
    """Whether `text` has all words of one of `answers`, number words, endings and "French" for "France" aside."""
    there = set(tokens(text))
    wanted = [set(tokens(answer)) - _FILLING for answer in answers]
    return any(words and all(known(word, there) for word in words) for words in wanted)


@dataclass(slots=True)
class Tally:
    """What one way of answering reached; `curve` are (confidence, right, answerable) of the best sentence."""

    first: int = 0
    shown: int = 0
    abstained: int = 0
    declined: int = 0
    elsewhere: int = 0
    seconds: list[float] = field(default_factory=list)
    curve: list[tuple[float, bool, bool]] = field(default_factory=list)


def questions(folder: Path, half: str | None) -> list[dict[str, Any]]:
    """The questions whose articles are more than a video's page; every other one of them, if asked."""
    lengths = {}
    for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        lengths[article["id"]] = len(article["text"])
    asked = [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    halves = asked[0::2] if half == "even" else asked[1::2] if half == "odd" else asked
    return [q for q in halves if max(lengths.get(url, 0) for url in q["urls"]) >= _SHORTEST]


@contextmanager
def without(library: Library, article_ids: Sequence[str]) -> Iterator[None]:
    """The library as if it had neither these articles nor their near-duplicates."""
    heads = [library.article(i)[0] for i in article_ids]
    hidden = {head.id for head in heads} | {other.id for head in heads for other in library.told_alike(head)}
    listed = json.dumps(sorted(hidden))
    some = "id IN (SELECT value FROM json_each(?))"
    connections = library._store.connections
    before = connections.read().execute(f"SELECT id, searched FROM articles WHERE {some}", (listed,)).fetchall()
    with connections.transaction() as connection:
        connection.execute(f"UPDATE articles SET searched = NULL WHERE {some}", (listed,))
        properties.count_up(connection, properties.RECORDS)
    try:
        yield
    finally:
        with connections.transaction() as connection:
            connection.executemany("UPDATE articles SET searched = ?2 WHERE id = ?1", [tuple(row) for row in before])
            properties.count_up(connection, properties.RECORDS)


def plain_sentences(library: Library, question: str, passages: Sequence[FoundPassage]) -> list[str]:
    """The plain extractor's three sentences."""
    texts = [p.text[s - p.start : e - p.start] for p in passages[:_PASSAGES] for s, e in p.sentences]
    texts = list(dict.fromkeys(texts))
    if not texts:
        return []
    words = {stem(word) for word in content_words(question)}
    counts, total = document_frequencies(library._store.read(), sorted(words))
    rarity = {w: math.log(1.0 + total / (counts[w] + 0.5)) for w in words}
    everything = sum(rarity.values()) or 1.0
    embedder = library._embedder
    cosines = embedder.embed_documents(texts) @ embedder.embed_query(question)
    overlaps = [sum(rarity[w] for w in words & stems(text)) / everything for text in texts]
    order = sorted(range(len(texts)), key=lambda i: -(float(cosines[i]) + overlaps[i]))
    return [texts[i] for i in order[:_SHOWN]]


class RealNews:
    """The two ways of answering over one library; `today` is the asker's."""

    def __init__(self, folder: Path) -> None:
        self.today = date.min
        self.library = Library(Settings(store=folder / "store"), create=True, clock=lambda: self.today)
        if not any(self.library.articles()):
            self.library.add([folder / "articles.jsonl"])
        self.library.warm_up()
        self.ours, self.plain = Tally(), Tally()
        self.searching: list[float] = []
        self._chosen: tuple[float, str] = (0.0, "")
        self._watch()

    def _watch(self) -> None:
        """Keep the confidence in the best sentence, which an answer does not tell."""
        answerer = self.library._parts.pipeline.extractive
        assert isinstance(answerer, ExtractiveAnswerer)
        choose = answerer.evidence

        def watched(*args: Any, **kwargs: Any) -> Any:
            found = choose(*args, **kwargs)
            able = among([e for e in found if may_answer(args[0], e)])
            if able:
                self._chosen = max(self._chosen, (confidence(able[0]), able[0].text))
            return found

        answerer.evidence = watched  # type: ignore[method-assign]

    def ask(self, asked: dict[str, Any], verbose: bool) -> None:
        """Ask one question with its articles there, and with them out."""
        self.today = date.fromisoformat(asked["date"])
        began = time.perf_counter()
        passages = self.library.search(asked["question"], k=12)
        searched = time.perf_counter()
        simple = plain_sentences(self.library, asked["question"], passages)
        self.searching.append(searched - began)
        self.plain.seconds.append(time.perf_counter() - began)
        self.plain.first += holds(" ".join(simple[:1]), asked["answer"])
        self.plain.shown += holds(" ".join(simple), asked["answer"])
        shown, seconds = self._shown(asked)
        self.ours.seconds.append(seconds)
        self.ours.abstained += not shown
        self.ours.first += holds(" ".join(shown[:1]), asked["answer"])
        self.ours.shown += holds(" ".join(shown), asked["answer"])
        self.ours.curve.append((self._chosen[0], holds(self._chosen[1], asked["answer"]), True))
        with without(self.library, asked["urls"]):
            rest, _ = self._shown(asked)
        self.ours.declined += not rest
        right = holds(" ".join(rest[:1]), asked["answer"])
        self.ours.elsewhere += right
        self.ours.curve.append((self._chosen[0], False, holds(self._chosen[1], asked["answer"])))
        if verbose and not holds(" ".join(shown[:1]), asked["answer"]):
            _tell("with", asked, shown)
        if verbose and rest and not right:
            _tell("without", asked, rest)

    def _shown(self, asked: dict[str, Any]) -> tuple[list[str], float]:
        self._chosen = (0.0, "")
        answer = self.library.ask(asked["question"])
        return [s.text for s in answer.sentences], answer.seconds

    def print(self, count: int) -> None:
        """The tables."""
        console = Console()
        table = Table("", "first sentence", "shown sentences", "abstained", "declined", "median ms", "p95 ms")
        for name, tally in (("OnRecord", self.ours), ("plain extractor", self.plain)):
            times = sorted(tally.seconds)
            table.add_row(
                name,
                *(f"{n / count:.3f}" for n in (tally.first, tally.shown, tally.abstained, tally.declined)),
                f"{1000 * statistics.median(times):.0f}",
                f"{1000 * times[int(0.95 * len(times))]:.0f}",
            )
        console.print(table)
        console.print(
            f"{count} questions; search alone takes {1000 * statistics.median(self.searching):.0f} ms (median)."
            f" With the articles out, {self.ours.elsewhere} answers came from other articles and hold the right one."
        )
        curve = Table("least confidence", "answered", "right of these", "declined with the articles out")
        with_articles = [(c, right) for c, right, there in self.ours.curve[0::2]]
        without_articles = [c for c, _, _ in self.ours.curve[1::2]]
        for least in (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            given = [right for c, right in with_articles if c >= least]
            curve.add_row(
                f"{least:.1f}",
                f"{len(given) / count:.3f}",
                f"{sum(given) / max(1, len(given)):.3f}",
                f"{sum(c < least for c in without_articles) / count:.3f}",
            )
        console.print(curve)


def _tell(which: str, asked: dict[str, Any], shown: Sequence[str]) -> None:
    print(f"\n{which} | {asked['date']} | {asked['question']} | {asked['answer']}")  # noqa: T201
    for sentence in shown or ["(abstained)"]:
        print("   said:", sentence[:300])  # noqa: T201


def main(folder: Path, half: str | None, verbose: bool) -> None:
    """Ask everything both ways and print the tables."""
    asked = questions(folder, half)
    news = RealNews(folder)
    with news.library:
        for question in asked:
            news.ask(question, verbose)
    news.print(len(asked))


if __name__ == "__main__":
    names = [a for a in sys.argv[1:] if not a.startswith("-")]
    main(Path(names[0]), names[1] if len(names) > 1 else None, "-v" in sys.argv)
