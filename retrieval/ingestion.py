"""Files, uploads and pages -> articles -> annotated and embedded -> stored, in batches."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from retrieval.annotation.annotator import Annotator
from retrieval.annotation.process import AnnotatingProcess
from retrieval.batches import BATCH, BatchReader, Begun
from retrieval.errors import Unreadable
from retrieval.freed_memory import give_back
from retrieval.given_values import GivenValues
from retrieval.reading.files import count_articles, find_files, named_path, read_file, read_upload
from retrieval.reading.given import Given, Upload
from retrieval.reading.language import language_name
from retrieval.reading.near_duplicates import similar
from retrieval.reading.web.fetching import CannedFetcher, Fetcher
from retrieval.reading.web.pages import Visit, is_web_address, read_url
from retrieval.reports import AddReport, Watcher
from retrieval.schema import Article, Record
from retrieval.storage import articles as stored
from retrieval.storage import records
from retrieval.storage.encoding.embedding import Embedder
from retrieval.storage.files import name_of
from retrieval.storage.index import vector_model
from retrieval.storage.pages import Visited
from retrieval.storage.store import Outcome, Store

T = TypeVar("T")
R = TypeVar("R")

_AT_ONCE = 4  # web addresses that are fetched; one host is never asked by two at once more often than it likes
_AHEAD = 16  # that are begun before the first of them is taken: one that is slow holds up few others


Source = Path | str | Upload
"""What can be added: a file or folder, a web address, a file that somebody sent."""


class Intake:
    """Articles on their way into a collection, stored in batches; the end of its `with` statement stores the rest.

    While a batch is stored, the next one is being read already. `named`: the user asked for them, so articles that were
    removed before come back.
    """

    def __init__(self, ingestion: Ingestion, collection: str, report: AddReport, *, named: bool) -> None:
        self._ingestion, self._collection, self._report, self._named = ingestion, collection, report, named
        self._pending: list[tuple[Article, Visit | None]] = []
        self._begun: tuple[Begun, list[Visit | None]] | None = None

    def take(self, article: Article, visit: Visit | None = None) -> None:
        """Store an article, soon; `visit`: it is a page that was fetched."""
        outcome = self._ingestion.store.unchanged(self._collection, article, named=self._named)
        if outcome is None:
            self._pending.append((article, visit))
            if len(self._pending) >= BATCH:
                self._read_on()
            return
        self._report.came_to(outcome)
        if visit is not None and outcome is Outcome.UNCHANGED:
            self._ingestion.store.visited(self._collection, article.id, visited(visit))

    def __enter__(self) -> Intake:
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed is None:
            self._read_on()
            self._read_on()

    def _read_on(self) -> None:
        """Begin to read what is pending, and store what was begun before."""
        pending, self._pending = self._pending, []
        before, self._begun = self._begun, None
        if pending:
            articles, visits = [article for article, _ in pending], [visit for _, visit in pending]
            self._begun = self._ingestion.reader.begin(articles), visits
        if before is not None:
            self._ingestion.store_batch(*before, self._collection, self._report)


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
        self.store = store
        self.fetcher, self._language = fetcher, language
        self.reader = BatchReader(embedder, annotators, annotating)
        self.watcher = watcher or Watcher()

    def add(self, sources: Source | Sequence[Source], *, collection: str, given: Given) -> AddReport:
        """Add files, folders, web addresses and uploads, one or several. What cannot be read is reported, and the
        others go in."""
        report = AddReport()
        if isinstance(sources, Path | str | Upload):  # a text would else be taken letter by letter
            sources = [sources]
        addresses = [s for s in sources if isinstance(s, str) and is_web_address(s)]
        uploads = [s for s in sources if isinstance(s, Upload)]
        found: list[Path] = []
        asked = set()
        for source in sources:
            if not isinstance(source, Upload) and source not in addresses:
                try:
                    path = named_path(source)
                    asked.add(path)
                    found += find_files(path)
                except Unreadable as error:
                    self.unreadable(report, error)
        if found:
            self.add_files(found, collection=collection, given=given, report=report, named=True, asked=asked)
        total = len(uploads) + len(addresses)
        with Intake(self, collection, report, named=True) as intake:
            for done, upload in enumerate(uploads, start=1):
                for item in read_upload(upload, given):
                    self._take(intake, report, self._kept_from(item, collection, given))
                self.watcher.progress(done, total)
            read = in_parallel(lambda url: read_url(self.fetcher(), url, given), addresses)
            for done, page in enumerate(read, start=len(uploads) + 1):
                for item in page.items:
                    self._take(intake, report, self._kept_from(item, collection, given), page.visit)
                self.watcher.progress(done, total)
        return report

    def add_files(
        self,
        paths: Sequence[Path],
        *,
        collection: str,
        given: Given,
        report: AddReport,
        named: bool,
        asked: Container[Path] = (),
    ) -> dict[str, set[str] | None]:
        """Read and store files; by name, the ids of the articles in each, None where part of it was unreadable.

        `named`: the user asked for these files, so articles that were removed before come back; `asked` are those that
        were named themselves, and stand in no folder that was. What may be readable
        another time, as where the disk failed, is not among the names. What was given of a file in the articles folder
        before holds where `given` says nothing.
        """
        counts = [count_articles(path) for path in paths]
        done, total = 0, sum(counts)
        found: dict[str, set[str] | None] = {}
        kept = GivenValues(self.store, collection)
        with self.reader.beside(total), Intake(self, collection, report, named=named) as intake:
            for path, count in zip(paths, counts, strict=True):
                name = name_of(path, self.store.folder)
                values = given.before(kept.of(name))
                ids: set[str] = set()
                whole, later, replaced = True, False, 0
                for seen, item in enumerate(read_file(path, name=name, given=values, asked=path in asked), 1):
                    self.watcher.progress(done + min(seen - 1, count), total)
                    self._take(intake, report, item)
                    if isinstance(item, Article):
                        replaced += item.id in ids
                        ids.add(item.id)
                    else:
                        whole, later = False, later or item.later
                if replaced:
                    report.notes.append(
                        f"{name}: {replaced} of its articles have the id or the URL of one before, and took its place."
                    )
                if ids:
                    kept.keep(name, values)
                if not later:
                    found[name] = ids if whole else None
                done += count
                self.watcher.progress(done, total)
        return found

    def store_batch(self, begun: Begun, visits: Sequence[Visit | None], collection: str, report: AddReport) -> None:
        """Store articles that are being read, and report on them."""
        read = [
            item if visit is None else replace(item, visit=visited(visit))
            for item, visit in zip(self.reader.finish(begun), visits, strict=True)
        ]
        outcomes = self.store.add(collection, read, similar, self.reader.model)
        for item, outcome in zip(read, outcomes, strict=True):
            report.came_to(outcome)
            if outcome in (Outcome.ADDED, Outcome.CHANGED):
                report.went_in.append(item.article.id)
                if (note := _language_note(item.article, self._language)) is not None:
                    report.notes.append(note)
                report.notes += [_unread_note(item.article, name) for name in self.reader.unread(item)]
        del read
        give_back()  # else a long addition would come to hold twice what it needs

    def unreadable(self, report: AddReport, error: Unreadable) -> None:
        """Report, and tell the watcher of, what could not be read."""
        report.unreadable.append(error)
        self.watcher.unreadable(error)

    def read_again(self) -> int:
        """Bring articles up to date that an older version of an annotator, or another model, read; how many."""
        connection = self.store.read()
        reader = self.reader
        filled = vector_model.get(connection)
        other_model = filled is not None and filled != reader.model
        if other_model:
            self.store.begin_model_change(reader.model)
            whole = [r for n in stored.collection_names(connection) for r in stored.searched_revisions(connection, n)]
        else:
            whole = records.outdated(connection, *reader.passages)
        old = {a: set(records.outdated(connection, a.name, a.version)) - set(whole) for a in reader.annotators}
        partly = sorted(set().union(*old.values()))
        total = len(whole) + len(partly)
        for at in range(0, len(whole), BATCH):
            rows = list(stored.stored_articles(connection, whole[at : at + BATCH]))
            for (revision, _), item in zip(rows, reader.finish(reader.begin([a for _, a in rows])), strict=True):
                self.store.read_again(revision, item, reader.model)
            self.watcher.progress(min(at + BATCH, len(whole)), total)
        for done, (revision, article) in enumerate(stored.stored_articles(connection, partly), start=len(whole) + 1):
            wanted = [annotator for annotator, revisions in old.items() if revision in revisions]
            self.store.write_readings(revision, reader.annotated(article, wanted), reader.model)
            self.watcher.progress(done, total)
        if other_model:
            self.store.end_model_change(reader.model)
        return total

    def _kept_from(self, item: Article | Unreadable, collection: str, given: Given) -> Article | Unreadable:
        """What somebody sent in a file, kept from the place of an article that was fetched from the web."""
        if not given.sent or isinstance(item, Unreadable) or item.origin is None:
            return item
        connection = self.store.read()
        key = stored.collection_key(connection, collection)
        before = None if key is None else stored.origin_of(connection, key, item.id)
        if before is None or before[0] is not None:
            return item
        return Unreadable(item.origin, f"{item.id} was read from the web, and no file takes its place", item.first_line)

    def _take(self, intake: Intake, report: AddReport, item: Article | Unreadable, visit: Visit | None = None) -> None:
        if isinstance(item, Article):
            intake.take(item, visit)
        else:
            self.unreadable(report, item)


def visited(visit: Visit) -> Visited:
    """A visit that was made just now, as it is kept."""
    return Visited(visit.url, datetime.now(UTC), visit.validators.etag, visit.validators.modified)


def in_parallel(work: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
    """`work` done on each of `items`, the results in their order: for what waits for other machines.

    No more is begun than a few before the one that is waited for; where one fails, the others are given up.
    """
    pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="fetching")
    under_way: deque[Future[R]] = deque()
    try:
        for item in items:
            under_way.append(pool.submit(work, item))
            if len(under_way) == _AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _language_note(article: Article, language: str | None) -> str | None:
    if language is None or article.language in (None, language):
        return None
    assert article.language is not None
    return (
        f"{_named(article)} is in {language_name(article.language)}: OnRecord finds"
        f" who said what and what happened when in {language_name(language)} only."
    )


def _unread_note(article: Article, annotator: str) -> str:
    return (
        f"The {annotator} of {_named(article)} could not be read, and the log tells why: the rest of it went in, and"
        " `onrecord reindex` tries again."
    )


def _named(article: Article) -> str:
    return article.origin or article.url or article.id
