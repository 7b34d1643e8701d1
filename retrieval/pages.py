"""Pages that were added from the web, fetched again: what changed becomes a new revision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from retrieval.errors import NotFound
from retrieval.ingestion import Ingestion, Intake, in_parallel
from retrieval.reading.given import NOTHING_GIVEN
from retrieval.reading.web.fetching import Validators
from retrieval.reading.web.pages import PageRead, read_url
from retrieval.reports import AddReport
from retrieval.schema import Article
from retrieval.storage import articles, pages
from retrieval.storage.pages import StoredPage
from retrieval.storage.store import Outcome


def refresh(
    ingestion: Ingestion, *, collection: str, ids: Sequence[str], before: datetime | None, now: datetime
) -> AddReport:
    """Fetch the pages of the articles `ids` again, or all that were fetched `before` an instant.

    An article whose page is gone, or shows no article any more, stays as it is. NotFound for an id that was not read
    from the web.
    """
    store, report = ingestion.store, AddReport()
    connection = store.read()
    key = articles.collection_key(connection, collection)
    wanted = [] if key is None else pages.pages_of(connection, key, before=before, ids=ids)
    missing = set(ids) - {page.article_id for page in wanted}
    if missing:
        raise NotFound(f"{min(missing)!r} was not added from the web: `onrecord add` takes its address.")

    def read(page: StoredPage) -> PageRead:
        validators = Validators(page.visit.etag, page.visit.modified)
        return read_url(ingestion.fetcher(), page.visit.url, NOTHING_GIVEN, validators)

    with Intake(ingestion, collection, report, named=False) as intake:
        for done, (page, found) in enumerate(zip(wanted, in_parallel(read, wanted), strict=True), start=1):
            _take(ingestion, intake, report, page, found, collection, now)
            ingestion.watcher.progress(done, len(wanted))
    return report


def _take(
    ingestion: Ingestion,
    intake: Intake,
    report: AddReport,
    page: StoredPage,
    found: PageRead,
    collection: str,
    now: datetime,
) -> None:
    store = ingestion.store
    if found.gone:
        report.gone.append(page.visit.url)
        with store.connections.writer(), store.connections.transaction() as connection:
            key = articles.collection_key(connection, collection)
            if key is not None:
                pages.mark_gone(connection, key, page.article_id, now)
        return
    fresh = [item for item in found.items if isinstance(item, Article)]
    if found.items and len(fresh) != 1:
        for item in found.items:
            if not isinstance(item, Article):
                ingestion.unreadable(report, item)
        return
    if not fresh:
        report.came_to(Outcome.UNCHANGED)
        if found.visit is not None:
            kept = replace(page.visit, at=now)
            store.visited(collection, page.article_id, kept)
        return
    # It stays the same article, also where the page names another address now; and what the user or a feed said stays.
    try:
        head, _ = articles.find(store.read(), page.article_id, (collection,))
    except NotFound:  # removed while its page was waited for
        return
    (article,) = fresh
    article = replace(
        article,
        id=head.id,
        published=head.published or article.published,
        source=head.source or article.source,
        authors=article.authors or head.authors,
    )
    intake.take(article, found.visit)
