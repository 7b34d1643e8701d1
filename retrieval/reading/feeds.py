"""RSS and Atom: what a feed says of itself, its entries, and the articles that stand in it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urljoin

import lxml.html
from lxml import etree

from retrieval.errors import Unreadable
from retrieval.reading.article import make_article
from retrieval.reading.authors import distinct, split_byline
from retrieval.reading.decoding import well_formed
from retrieval.reading.given import Given, Stated
from retrieval.reading.guarded.guard import Unparsed, parse
from retrieval.reading.publishers import publisher_name
from retrieval.reading.titles import clean_title, one_line
from retrieval.reading.urls import canonical_url, web_address
from retrieval.schema import Article

_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}
_TAG = re.compile(r"<[a-zA-Z!/]")
_SENTENCE_END = re.compile(r"[.!?][”\"’')]{0,2}")
_BREAK = re.compile(r"</(?:p|div|li|h\d)>|<br\b", re.IGNORECASE)
_SHOWN = ".//text()[not(ancestor::script or ancestor::style)]"
_WORDS = 3  # fewer are a label: "Read more."


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry: `link` is a web address, `content` HTML or text, as much of the article as the feed carries."""

    id: str | None
    link: str | None
    title: str | None
    published: datetime | None
    authors: tuple[str, ...]
    content: str

    @property
    def keys(self) -> tuple[str, ...]:
        """What tells it from other entries: its id and its link; either is enough."""
        by_id = (f"id {self.id}",) if self.id else ()
        by_link = (f"link {canonical_url(self.link)}",) if self.link else ()
        return (*by_id, *by_link) or (f"title {self.title} {self.published}",)


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed as it was read. `pace`: the seconds between two updates that it states."""

    title: str | None
    language: str | None
    pace: float | None
    entries: tuple[FeedEntry, ...]


def read_feed(data: bytes, address: str | None) -> FeedDocument:
    """The feed in `data`, links read against `address`; raises Unparsed for what is none."""
    found = parse("feed", data)
    entries = tuple(_entry(entry, address or found["link"]) for entry in found["entries"])
    title = clean_title(_plain(found["title"] or ""))
    return FeedDocument(title, found["language"], _pace(found), entries)


def read_feed_file(data: bytes, *, name: str, given: Given) -> Iterator[Article | Unreadable]:
    """The articles that stand in a feed's file itself; nothing is fetched."""
    try:
        feed = read_feed(data, None)
    except Unparsed as error:
        yield Unreadable(name, str(error).removeprefix("it is "))
        return
    if not feed.entries:
        yield Unreadable(name, "a feed without entries")
    for entry in feed.entries:
        article = entry_article(entry, feed.title, given, name=name)
        if article is None:
            yield Unreadable(
                name, f"the entry {one_line(entry.title or entry.link or 'without a title')!r} has no sentence of text"
            )
        else:
            yield replace(article, origin=name)


def entry_article(entry: FeedEntry, publisher: str | None, given: Given, *, name: str) -> Article | None:
    """The article that stands in the entry itself, None where it carries no text."""
    # trafilatura takes a while to import.
    from retrieval.reading.web_page import read_page

    body = entry.content if _TAG.search(entry.content) else f"<p>{html.escape(entry.content)}</p>"
    heading = html.escape(entry.title or "")
    page = f"<html><head><title>{heading}</title></head><body><article>{body}</article></body></html>"
    found = read_page(page, name=f"{name}#{entry.keys[0]}", given=given)
    if isinstance(found, Unreadable):
        text = _one_sentence(body)
        if text is None:
            return None
        found = make_article(text, Stated(), given, name=found.path, origin=None)
    article = with_entry(replace(found, origin=None, authors=(), published=given.published), entry)
    if entry.link is not None:
        article = replace(article, id=canonical_url(entry.link), url=entry.link)
    source = given.source or (publisher_name(publisher) if publisher else None) or article.source
    return replace(article, title=entry.title or article.title, source=source)


def _one_sentence(body: str) -> str | None:
    """The text of a body that is too short for a page and still says something; None where it does not."""
    try:
        pieces = lxml.html.fragment_fromstring(_BREAK.sub(r" \g<0>", body), create_parent="div").xpath(_SHOWN)
    except (etree.LxmlError, ValueError):
        return None
    text = one_line(well_formed("".join(map(str, pieces))))
    return text if len(text.split()) >= _WORDS and _SENTENCE_END.search(text[-3:]) else None


def with_entry(article: Article, entry: FeedEntry) -> Article:
    """The article with what its page does not state and the feed does."""
    return replace(article, published=article.published or entry.published, authors=article.authors or entry.authors)


def _entry(found: dict[str, object], base: str | None) -> FeedEntry:
    title, link, seconds = found["title"], found["link"], found["published"]
    names = found["authors"] if isinstance(found["authors"], list) else []
    return FeedEntry(
        id=_text(found["id"]),
        link=_link(link, base) if isinstance(link, str) else None,
        title=clean_title(_plain(well_formed(title))) if isinstance(title, str) else None,
        published=_moment(seconds) if isinstance(seconds, (int, float)) else None,
        authors=distinct(part for name in names if isinstance(name, str) for part in split_byline(well_formed(name))),
        content=_text(found["content"]) or "",
    )


def _link(link: str, base: str | None) -> str | None:
    try:
        return web_address(urljoin(base or "", link))
    except ValueError:
        return None


def _plain(text: str) -> str:
    """A title without the markup that feeds put into it."""
    return html.unescape(re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", text))


def _moment(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _pace(found: dict[str, object]) -> float | None:
    stated: list[float] = []
    ttl, period, frequency = found["ttl"], found["period"], found["frequency"]
    if isinstance(ttl, str) and ttl.isascii() and ttl.isdigit() and len(ttl) < 8:
        stated.append(int(ttl) * 60.0)
    if isinstance(period, str) and (seconds := _PERIODS.get(period.lower())):
        times = int(frequency) if isinstance(frequency, str) and frequency.isascii() and frequency.isdigit() else 1
        stated.append(seconds / max(1, times))
    return max(stated, default=None)


def _text(value: object) -> str | None:
    return well_formed(value) if isinstance(value, str) else None
