"""Files, uploads and pages -> articles -> annotated and embedded -> stored, in batches."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import numpy as np

from retrieval.annotation.annotator import Annotator
from retrieval.annotation.passages import PassageAnnotator
from retrieval.annotation.process import Annotated, AnnotatingProcess, annotate
from retrieval.annotation.said import said_in
from retrieval.annotation.sentences import sentences
from retrieval.errors import Unreadable
from retrieval.freed_memory import give_back
from retrieval.reading.files import count_articles, find_files, read_file, read_upload
from retrieval.reading.given import Given, Upload
from retrieval.reading.language import language_name
from retrieval.reading.near_duplicates import bands, signature, similar
from retrieval.reading.web.fetching import CannedFetcher, Fetcher
from retrieval.reading.web.pages import Visit, is_web_address, read_url
from retrieval.reports import AddReport, Watcher
from retrieval.schema import Article, Quotation, Record
from retrieval.storage import articles as stored
from retrieval.storage import properties, records
from retrieval.storage.embedding import Embedder
from retrieval.storage.files import name_of
from retrieval.storage.kept_states import key_of
from retrieval.storage.pages import Visited
from retrieval.storage.records import Reading
from retrieval.storage.store import Outcome, ReadArticle, Store
from retrieval.storage.token_states import Vectors

T = TypeVar("T")
R = TypeVar("R")

_AT_ONCE = 4  # web addresses that are fetched; one host is never asked by two at once more often than it likes
_BATCH = 64  # articles: enough passages to sort by length before embedding, little to do again after a crash
_WORTH_A_PROCESS = 128  # articles; fewer are annotated before another process has loaded the parser


Source = Path | str | Upload
"""What can be added: a file or folder, a web address, a file that somebody sent."""


class Intake:
    """Articles on their way into a collection, stored in batches; the end of its `with` statement stores the rest.

    `named`: the user asked for them, so articles that were removed before come back.
    """

    def __init__(self, ingestion: Ingestion, collection: str, report: AddReport, *, named: bool) -> None:
        self._ingestion, self._collection, self._report, self._named = ingestion, collection, report, named
        self._pending: list[tuple[Article, Visit | None]] = []

    def take(self, article: Article, visit: Visit | None = None) -> None:
        """Store an article, soon; `visit`: it is a page that was fetched."""
        outcome = self._ingestion.store.unchanged(self._collection, article, named=self._named)
        if outcome is None:
            self._pending.append((article, visit))
            if len(self._pending) >= _BATCH:
                self._flush()
            return
        self._report.came_to(outcome)
        if visit is not None and outcome is Outcome.UNCHANGED:
            self._ingestion.store.visited(self._collection, article.id, visited(visit))

    def __enter__(self) -> Intake:
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed is None:
            self._flush()

    def _flush(self) -> None:
        batch, self._pending = self._pending, []
        if batch:
            self._ingestion.store_batch(batch, self._collection, self._report)


class Ingestion:
    """Reads articles into a store."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        watcher: Watcher | None = None,
        annotators: Sequence[Annotator[Record]] = (),
        *,
        fetcher: Callable[[], Fetcher] = CannedFetcher,
        language: str | None = None,
        annotating: Callable[[], AnnotatingProcess] | None = None,
    ) -> None:
        """`fetcher` gives the web, else there is nothing in it; `language` is the one that the annotators read;
        `annotating` starts a process with the same annotators, for what is worth one."""
        self.store, self._embedder = store, embedder
        self.fetcher, self._language = fetcher, language
        self._annotators = tuple(annotators)
        self._start_annotating = annotating
        self._annotating: AnnotatingProcess | None = None
        self.watcher = watcher or Watcher()
        self._passages = PassageAnnotator(embedder.count_tokens, embedder.max_tokens)

    def add(self, sources: Sequence[Source], *, collection: str, given: Given) -> AddReport:
        """Add files, folders, web addresses and uploads. What cannot be read is reported, and the others go in."""
        report = AddReport()
        addresses = [s for s in sources if isinstance(s, str) and is_web_address(s)]
        uploads = [s for s in sources if isinstance(s, Upload)]
        found: list[Path] = []
        for source in sources:
            if not isinstance(source, Upload) and source not in addresses:
                try:
                    found += find_files(Path(source))
                except Unreadable as error:
                    self.unreadable(report, error)
        if found:
            self.add_files(found, collection=collection, given=given, report=report, named=True)
        total = len(uploads) + len(addresses)
        with Intake(self, collection, report, named=True) as intake:
            for done, upload in enumerate(uploads, start=1):
                for item in read_upload(upload, given):
                    self._take(intake, report, item)
                self.watcher.progress(done, total)
            read = in_parallel(lambda url: read_url(self.fetcher(), url, given), addresses)
            for done, page in enumerate(read, start=len(uploads) + 1):
                for item in page.items:
                    self._take(intake, report, item, page.visit)
                self.watcher.progress(done, total)
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
        with self._beside(total), Intake(self, collection, report, named=named) as intake:
            for path, count in zip(paths, counts, strict=True):
                name = name_of(path, self.store.folder)
                ids: set[str] = set()
                whole = True
                for seen, item in enumerate(read_file(path, name=name, given=given), start=1):
                    self.watcher.progress(done + min(seen - 1, count), total)
                    self._take(intake, report, item)
                    if isinstance(item, Article):
                        ids.add(item.id)
                    else:
                        whole = False
                found[name] = ids if whole else None
                done += count
                self.watcher.progress(done, total)
        return found

    def store_batch(self, batch: Sequence[tuple[Article, Visit | None]], collection: str, report: AddReport) -> None:
        """Annotate, embed and store articles, and report on them."""
        read = [
            item if visit is None else replace(item, visit=visited(visit))
            for item, (_, visit) in zip(self._read([article for article, _ in batch]), batch, strict=True)
        ]
        for (article, _), outcome in zip(batch, self.store.add(collection, read, similar), strict=True):
            report.came_to(outcome)
            if outcome in (Outcome.ADDED, Outcome.CHANGED):
                report.went_in.append(article.id)
                if (note := _language_note(article, self._language)) is not None:
                    report.notes.append(note)
        del read
        give_back()  # else a long addition would come to hold twice what it needs

    def unreadable(self, report: AddReport, error: Unreadable) -> None:
        """Report, and tell the watcher of, what could not be read."""
        report.unreadable.append(error)
        self.watcher.unreadable(error)

    def read_again(self) -> int:
        """Bring articles up to date that an older version of an annotator, or another model, read; how many."""
        connection = self.store.read()
        filled = properties.get(connection, properties.EMBEDDING_MODEL)
        other_model = filled is not None and filled != self._embedder.name
        if other_model:
            self.store.begin_model_change()
            whole = [r for n in stored.collection_names(connection) for r in stored.searched_revisions(connection, n)]
        else:
            whole = records.outdated(connection, self._passages.name, self._passages.version)
        old = {a: set(records.outdated(connection, a.name, a.version)) - set(whole) for a in self._annotators}
        partly = sorted(set().union(*old.values()))
        total = len(whole) + len(partly)
        for at in range(0, len(whole), _BATCH):
            rows = list(stored.stored_articles(connection, whole[at : at + _BATCH]))
            for (revision, _), item in zip(rows, self._read([a for _, a in rows]), strict=True):
                self.store.read_again(revision, item)
            self.watcher.progress(min(at + _BATCH, len(whole)), total)
        for done, (revision, article) in enumerate(stored.stored_articles(connection, partly), start=len(whole) + 1):
            wanted = [annotator for annotator, revisions in old.items() if revision in revisions]
            found = self._readings(annotate(article, wanted))
            vectors = iter(self._embedded(_said(article, found)))
            self.store.write_readings(revision, _with_vectors(found, vectors))
            self.watcher.progress(done, total)
        if other_model:
            self.store.end_model_change(self._embedder.name)
        return total

    def _read(self, batch: Sequence[Article]) -> list[ReadArticle]:
        """Annotate and embed a batch: all its passages at once, since similar lengths embed faster together."""
        cut = [tuple(self._passages.annotate(article)) for article in batch]
        headings = [self._passages.heading(article) for article in batch]
        texts = [
            f"{heading}\n{article.text[p.start : p.end]}"
            for article, heading, passages in zip(batch, headings, cut, strict=True)
            for p in passages
        ]
        if self._annotating is not None:
            self._annotating.begin(batch)
        vectors, states = self._embedder.read_documents(texts)
        keys = [key_of(self._embedder.name, text) for text in texts] if states else []
        kept = list(zip(keys, states, strict=True))
        minhashes = [signature(_prose(article)) for article in batch]
        annotated = [self._readings(found) for found in self._annotated(batch)]
        said = [t for article, found in zip(batch, annotated, strict=True) for t in _said(article, found)]
        rest = iter(self._embedded(said))
        read, at = [], 0
        for article, passages, minhash, found in zip(batch, cut, minhashes, annotated, strict=True):
            own = slice(at, at + len(passages))
            at = own.stop
            readings = (Reading(self._passages.name, self._passages.version), *_with_vectors(found, rest))
            read.append(
                ReadArticle(
                    article,
                    passages,
                    vectors[own],
                    minhash,
                    tuple(bands(minhash)),
                    readings,
                    states=tuple(kept[own]),
                )
            )
        return read

    @contextlib.contextmanager
    def _beside(self, total: int) -> Iterator[None]:
        """Have so many articles annotated by another process while this one embeds, where that gains anything."""
        if self._start_annotating is None or total < _WORTH_A_PROCESS or (os.cpu_count() or 1) < 2:
            yield
            return
        self._annotating = self._start_annotating()
        try:
            yield
        finally:
            self._stop_annotating()

    def _stop_annotating(self) -> None:
        process, self._annotating = self._annotating, None
        if process is not None:
            process.close()

    def _annotated(self, batch: Sequence[Article]) -> list[Annotated]:
        """What the annotators found in each article; where their process is gone, they read the batch here."""
        if self._annotating is not None:
            found = self._annotating.finish()
            if found is not None:
                return found
            self._stop_annotating()
        return [annotate(article, self._annotators) for article in batch]

    def _readings(self, found: Annotated) -> tuple[Reading, ...]:
        """The readings of those annotators that could read an article; `reindex` has the others try again."""
        return tuple(Reading(a.name, a.version, found[a.name]) for a in self._annotators if a.name in found)

    def _embedded(self, texts: Sequence[str]) -> Vectors:
        """A row for each text; two quotations often stand in one sentence, which is embedded once."""
        rows = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        if not rows:
            return np.zeros((0, 0), np.float32)
        return self._embedder.embed_documents(list(rows))[[rows[text] for text in texts]]

    def _take(self, intake: Intake, report: AddReport, item: Article | Unreadable, visit: Visit | None = None) -> None:
        if isinstance(item, Article):
            intake.take(item, visit)
        else:
            self.unreadable(report, item)


def visited(visit: Visit) -> Visited:
    """A visit that was made just now, as it is kept."""
    return Visited(visit.url, datetime.now(UTC), visit.validators.etag, visit.validators.modified)


def in_parallel(work: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
    """`work` done on each of `items`, the results in their order: for what waits for other machines."""
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="fetching") as pool:
        try:
            yield from pool.map(work, items)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _language_note(article: Article, language: str | None) -> str | None:
    if language is None or article.language in (None, language):
        return None
    assert article.language is not None
    return (
        f"{article.origin or article.url or article.id} is in {language_name(article.language)}: OnRecord finds"
        f" who said what and what happened when in {language_name(language)} only."
    )


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
