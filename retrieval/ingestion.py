"""Files -> articles -> annotated and embedded -> stored, in batches."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from retrieval.annotation.annotator import Annotator
from retrieval.annotation.passages import PassageAnnotator
from retrieval.annotation.said import said_in
from retrieval.annotation.sentences import sentences
from retrieval.errors import Unreadable
from retrieval.reading.files import count_articles, find_files, read_file
from retrieval.reading.given import Given
from retrieval.reading.near_duplicates import bands, signature, similar
from retrieval.schema import Article, Quotation, Record
from retrieval.storage import articles as stored
from retrieval.storage import properties, records
from retrieval.storage.embedding import Embedder, Vectors
from retrieval.storage.records import Reading
from retrieval.storage.store import Outcome, ReadArticle, Store

_log = logging.getLogger(__name__)

_BATCH = 64  # articles: enough passages to sort by length before embedding, little to do again after a crash


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told how long work goes on. `progress` gets articles done and articles in all."""

    progress: Callable[[int, int], None] = lambda done, total: None
    unreadable: Callable[[Unreadable], None] = lambda error: None


@dataclass(slots=True)
class AddReport:
    """What became of what was handed in."""

    outcomes: dict[Outcome, int] = field(default_factory=dict)
    removed: int = 0
    unreadable: list[Unreadable] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """How many articles came to `outcome`."""
        return self.outcomes.get(outcome, 0)

    @property
    def changed_anything(self) -> bool:
        """Whether anything went in or out."""
        return bool(self.removed or self.count(Outcome.ADDED) or self.count(Outcome.CHANGED))


class Ingestion:
    """Reads articles into a store."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        watcher: Watcher | None = None,
        annotators: Sequence[Annotator[Record]] = (),
    ) -> None:
        self._store, self._embedder = store, embedder
        self._annotators = tuple(annotators)
        self._watcher = watcher or Watcher()
        self._passages = PassageAnnotator(embedder.count_tokens, embedder.max_tokens)

    def add(self, paths: Sequence[Path], *, collection: str, given: Given) -> AddReport:
        """Add files and folders. What cannot be read is reported, and the others go in."""
        report = AddReport()
        found: list[Path] = []
        for path in paths:
            try:
                found += find_files(path)
            except Unreadable as error:
                self._unreadable(report, error)
        self.add_files(found, collection=collection, given=given, report=report, named=True)
        return report

    def add_files(
        self, paths: Sequence[Path], *, collection: str, given: Given, report: AddReport, named: bool
    ) -> dict[str, set[str] | None]:
        """Read and store files; by name, the ids of the articles in each, None where part of it was unreadable.

        `named`: the user asked for these files, so articles that were removed before come back.
        """
        counts = [count_articles(path) for path in paths]
        done, total = 0, sum(counts)
        found: dict[str, set[str] | None] = {}
        pending: list[Article] = []
        for path, count in zip(paths, counts, strict=True):
            name = self._store.name_of(path)
            ids: set[str] = set()
            whole = True
            for seen, item in enumerate(read_file(path, name=name, given=given), start=1):
                self._watcher.progress(done + min(seen - 1, count), total)
                if isinstance(item, Unreadable):
                    whole = False
                    self._unreadable(report, item)
                    continue
                ids.add(item.id)
                outcome = self._store.unchanged(collection, item, named=named)
                if outcome is not None:
                    report.outcomes[outcome] = report.count(outcome) + 1
                    continue
                pending.append(item)
                if len(pending) >= _BATCH:
                    self._store_batch(pending, collection, report)
                    pending = []
            found[name] = ids if whole else None
            done += count
            self._watcher.progress(done, total)
        self._store_batch(pending, collection, report)
        return found

    def read_again(self) -> int:
        """Bring articles up to date that an older version of an annotator, or another model, read; how many."""
        connection = self._store.read()
        filled = properties.get(connection, properties.EMBEDDING_MODEL)
        other_model = filled is not None and filled != self._embedder.name
        if other_model:
            self._store.begin_model_change()
            whole = [r for n in stored.collection_names(connection) for r in stored.searched_revisions(connection, n)]
        else:
            whole = records.outdated(connection, self._passages.name, self._passages.version)
        old = {a: set(records.outdated(connection, a.name, a.version)) - set(whole) for a in self._annotators}
        partly = sorted(set().union(*old.values()))
        total = len(whole) + len(partly)
        for at in range(0, len(whole), _BATCH):
            rows = list(stored.stored_articles(connection, whole[at : at + _BATCH]))
            for (revision, _), item in zip(rows, self._read([a for _, a in rows]), strict=True):
                self._store.read_again(revision, item)
            self._watcher.progress(min(at + _BATCH, len(whole)), total)
        for done, (revision, article) in enumerate(stored.stored_articles(connection, partly), start=len(whole) + 1):
            wanted = [annotator for annotator, revisions in old.items() if revision in revisions]
            found = self._annotated(article, wanted)
            said = _said(article, found)
            vectors = iter(self._embedder.embed_documents(said)) if said else iter(())
            self._store.write_readings(revision, _with_vectors(found, vectors))
            self._watcher.progress(done, total)
        if other_model:
            self._store.end_model_change(self._embedder.name)
        return total

    def _store_batch(self, batch: Sequence[Article], collection: str, report: AddReport) -> None:
        if not batch:
            return
        for outcome in self._store.add(collection, self._read(batch), similar):
            report.outcomes[outcome] = report.count(outcome) + 1

    def _read(self, batch: Sequence[Article]) -> list[ReadArticle]:
        """Annotate and embed a batch: all its passages at once, since similar lengths embed faster together."""
        cut = [tuple(self._passages.annotate(article)) for article in batch]
        headings = [self._passages.heading(article) for article in batch]
        texts = [
            f"{heading}\n{article.text[p.start : p.end]}"
            for article, heading, passages in zip(batch, headings, cut, strict=True)
            for p in passages
        ]
        annotated = [self._annotated(article, self._annotators) for article in batch]
        said = [t for article, found in zip(batch, annotated, strict=True) for t in _said(article, found)]
        vectors = self._embedder.embed_documents(texts + said)
        rest = iter(vectors[len(texts) :])
        read, at = [], 0
        for article, passages, found in zip(batch, cut, annotated, strict=True):
            minhash = signature(_prose(article))
            rows = vectors[at : at + len(passages)]
            at += len(passages)
            readings = (Reading(self._passages.name, self._passages.version), *_with_vectors(found, rest))
            read.append(ReadArticle(article, passages, rows, minhash, tuple(bands(minhash)), readings))
        return read

    @staticmethod
    def _annotated(article: Article, annotators: Sequence[Annotator[Record]]) -> tuple[Reading, ...]:
        """The readings of those annotators that could read the article; `reindex` has the others try again."""
        readings = []
        for annotator in annotators:
            try:
                readings.append(Reading(annotator.name, annotator.version, tuple(annotator.annotate(article))))
            except Exception:  # noqa: BLE001 - one article that an annotator fails on may not keep out the others
                _log.exception("the %s of %s could not be read; the rest of it goes in", annotator.name, article.id)
        return tuple(readings)

    def _unreadable(self, report: AddReport, error: Unreadable) -> None:
        report.unreadable.append(error)
        self._watcher.unreadable(error)


def _said(article: Article, readings: Sequence[Reading]) -> list[str]:
    """What is embedded of the quotations of an article: the sentences they stand in, which name what they are about."""
    found = [record for reading in readings for record in reading.records if isinstance(record, Quotation)]
    cut = sentences(article.text) if found else []
    return [article.text[s.start : s.end] for s in (said_in(quotation, cut) for quotation in found)]


def _with_vectors(readings: Sequence[Reading], vectors: Iterator[Vectors]) -> tuple[Reading, ...]:
    """`readings` with the next of `vectors` for each quotation in them."""
    return tuple(
        replace(r, vectors=np.stack([next(vectors) for _ in r.records]))
        if r.records and isinstance(r.records[0], Quotation)
        else r
        for r in readings
    )


def _prose(article: Article) -> str:
    """The text without its boilerplate, which two publishers' copies do not share."""
    kept, at = [], 0
    for stretch in article.boilerplate:
        kept.append(article.text[at : stretch.start])
        at = stretch.end
    return "".join((*kept, article.text[at:]))
