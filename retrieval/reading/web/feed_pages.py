"""A feed's address -> what is new in it, with the full texts from the entries' pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urljoin

from lxml import html as lxml_html
from lxml.etree import LxmlError

from retrieval.errors import Unfetched, Unreadable
from retrieval.reading.decoding import Undecodable, decode_page
from retrieval.reading.feeds import FeedDocument, FeedEntry, entry_article, read_feed, with_entry
from retrieval.reading.given import NOTHING_GIVEN
from retrieval.reading.guarded.guard import Unparsed
from retrieval.reading.urls import canonical_url, web_address
from retrieval.reading.web.fetching import NO_VALIDATORS, Fetched, Fetcher, Validators
from retrieval.reading.web.pages import Visit, read_url
from retrieval.schema import Article

MOST_NEW = 20  # entries of one poll; the others wait for the next
_LATE = timedelta(days=2)  # a publisher may date an entry that much before it appears
_SHORTEST = 200  # characters of a feed's own text that can stand for the page
_FEED_TYPES = ("application/rss+xml", "application/atom+xml")


@dataclass(frozen=True, slots=True)
class FeedFound:
    """A feed that was read: its address from now on, what it holds, and how it can be asked next time."""

    url: str
    document: FeedDocument
    fetched: Fetched


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that was not seen before: the article, or why there is none; and how its page was had."""

    entry: FeedEntry
    item: Article | Unreadable
    visit: Visit | None = None


@dataclass(frozen=True, slots=True)
class FeedNews:
    """What is new in a feed. ``found`` None: it is unchanged. ``left``: whether more is new than was taken."""

    found: FeedFound | None
    fetched: Fetched
    new: tuple[NewEntry, ...] = ()
    known: tuple[FeedEntry, ...] = ()
    left: bool = False


def find_feed(fetcher: Fetcher, url: str) -> FeedFound:
    """The feed at `url`, or the one that the page there names as its own; Unreadable where there is none."""
    fetched = fetcher.fetch(url)
    try:
        return FeedFound(fetched.moved or _address(url), read_feed(fetched.body, fetched.url), fetched)
    except Unparsed as error:
        named = _named_feed(fetched)
        if named is None:
            raise Unreadable(url, f"{error}, and it names none") from None
    fetched = fetcher.fetch(named)
    try:
        return FeedFound(fetched.moved or _address(named), read_feed(fetched.body, fetched.url), fetched)
    except Unparsed as error:
        raise Unreadable(named, str(error)) from None


def read_news(
    fetcher: Fetcher,
    url: str,
    validators: Validators,
    *,
    seen: Set[str],
    since: datetime | None,
    is_known: Callable[[str], bool],
) -> FeedNews:
    """What is new at a feed's address, read from the entries' pages; raises Unfetched or Unreadable.

    `seen` are the keys of earlier entries; what is dated long before `since` counts as seen; `is_known` tells whether
    there is an article of that id already.
    """
    fetched = fetcher.fetch(url, validators)
    if fetched.unchanged:
        return FeedNews(None, fetched)
    try:
        document = read_feed(fetched.body, fetched.url)
    except Unparsed as error:
        raise Unreadable(url, str(error)) from None
    known: list[FeedEntry] = []
    fresh: list[FeedEntry] = []
    for entry in document.entries:
        old = since is not None and entry.published is not None and entry.published < since - _LATE
        if old or not seen.isdisjoint(entry.keys) or (entry.link and is_known(canonical_url(entry.link))):
            known.append(entry)
        elif not any(set(entry.keys) & set(other.keys) for other in fresh):
            fresh.append(entry)
    new = tuple(_read_entry(fetcher, entry, document) for entry in fresh[:MOST_NEW])
    return FeedNews(FeedFound(url, document, fetched), fetched, new, tuple(known), len(fresh) > MOST_NEW)


def newest_first(entries: tuple[FeedEntry, ...]) -> list[FeedEntry]:
    """The entries by their dates, the undated ones as they stand after them."""
    dated = sorted((e for e in entries if e.published is not None), key=_published, reverse=True)
    return [*dated, *(entry for entry in entries if entry.published is None)]


def _read_entry(fetcher: Fetcher, entry: FeedEntry, document: FeedDocument) -> NewEntry:
    """The entry's article: from its page, else from the feed itself where that says enough."""
    reason = Unreadable(entry.title or "an entry", "it has no link and no text")
    visit: Visit | None = None
    if entry.link is not None:
        page = read_url(fetcher, entry.link)
        visit = page.visit or Visit(entry.link, NO_VALIDATORS)
        articles = [item for item in page.items if isinstance(item, Article)]
        if len(articles) == 1:
            return NewEntry(entry, with_entry(articles[0], entry), visit)
        failures = [item for item in page.items if isinstance(item, Unreadable)]
        reason = failures[0] if failures else Unreadable(entry.link, "it holds no single article")
    own = entry_article(entry, document.title, NOTHING_GIVEN, name=entry.link or document.title or "feed")
    if own is None or len(own.text) < _SHORTEST:
        return NewEntry(entry, reason)
    return NewEntry(entry, own, None if visit is None else replace(visit, validators=NO_VALIDATORS))


def _named_feed(fetched: Fetched) -> str | None:
    """The first feed that a page names in its head."""
    try:
        tree = lxml_html.document_fromstring(decode_page(fetched.body, fetched.charset))
    except (Undecodable, LxmlError, ValueError):
        return None
    for link in _feed_links(tree):
        return link if "://" in link else web_address(_joined(fetched.url, link))
    return None


def _feed_links(tree: lxml_html.HtmlElement) -> Iterator[str]:
    for element in tree.iter("link"):
        is_feed = (element.get("type") or "").strip().lower() in _FEED_TYPES
        if is_feed and "alternate" in (element.get("rel") or "").lower().split() and element.get("href"):
            yield str(element.get("href")).strip()


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def _address(url: str) -> str:
    address = web_address(url)
    if address is None:
        raise Unfetched(url, "no http or https address")
    return address


def _published(entry: FeedEntry) -> datetime:
    assert entry.published is not None
    return entry.published
