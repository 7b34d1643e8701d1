"""A web address -> the articles there, or why there are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from retrieval.errors import Unfetched, Unreadable
from retrieval.reading.formats import STREAMED, Origin, form_of, read_bytes
from retrieval.reading.given import NOTHING_GIVEN, Given
from retrieval.reading.urls import canonical_url, host_name
from retrieval.reading.web.fetching import NO_VALIDATORS, Fetched, Fetcher, Validators
from retrieval.reading.web.sites import same_site
from retrieval.schema import Article

_PROGRAMS = ("text/javascript", "application/javascript", "application/x-javascript", "text/css")
_REFRESHES = 2
_SOON = 10  # seconds; a page that goes elsewhere later is there to be read
_SMALL = 16 * 1024  # bytes; a page that only leads elsewhere is smaller
_META = re.compile(r"<meta\s[^<>]{0,500}>", re.IGNORECASE)
_IS_REFRESH = re.compile(r"http-equiv\s{0,5}=\s{0,5}[\"']?refresh\b", re.IGNORECASE)
_REFRESH_TO = re.compile(
    r"content\s{0,5}=\s{0,5}[\"']?\s{0,5}(\d{1,4})[\d.]{0,5}\s{0,5}[;,]\s{0,5}url\s{0,5}=\s{0,5}[\"']?([^\"'<>\s]{1,2000})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a page was had, and by what it can be asked later whether it changed."""

    url: str
    validators: Validators


@dataclass(frozen=True, slots=True)
class PageRead:
    """What became of one address. ``items`` is empty where the page is unchanged since the validators were given."""

    items: tuple[Article | Unreadable, ...]
    visit: Visit | None = None
    gone: bool = False


def is_web_address(text: str) -> bool:
    """Whether a user means a page, not a file."""
    return text[:8].lower().startswith(("http://", "https://"))


def read_url(
    fetcher: Fetcher, url: str, given: Given = NOTHING_GIVEN, validators: Validators = NO_VALIDATORS
) -> PageRead:
    """The articles at `url`; raises nothing. A page that sends its reader elsewhere at once is followed."""
    try:
        fetched = fetcher.fetch(url, validators)
        for _ in range(_REFRESHES):
            target = None if fetched.unchanged else _refresh_target(fetched)
            if target is None:
                break
            fetched = fetcher.fetch(target)
    except Unfetched as error:
        return PageRead((error if error.path == url else _named(url, error),), gone=error.gone)
    visit = Visit(fetched.url, fetched.validators)
    if fetched.unchanged:
        return PageRead((), visit)
    if _is_front_page(fetched.url) and not _is_front_page(url):
        return PageRead((Unreadable(url, "the site leads to its front page in place of the page"),))
    items = tuple(_articles(fetched, url, given))
    # a dump is no page that an article could be read from again
    dump = any(isinstance(item, Article) and item.origin is not None for item in items)
    return PageRead(items, visit if len(items) == 1 and not dump else None)


def _articles(fetched: Fetched, url: str, given: Given) -> Iterator[Article | Unreadable]:
    path = PurePosixPath(unquote(urlsplit(fetched.url).path))
    form = form_of(fetched.body[: 64 * 1024], path.suffix.lower(), fetched.content_type)
    if fetched.content_type in _PROGRAMS:
        yield Unreadable(url, "a program or a style sheet, not an article")
    elif form == "feed":
        yield Unreadable(url, "a feed, whose entries change: `onrecord watch` follows it")
    elif form in STREAMED:  # rows are named by what holds them
        for item in read_bytes(fetched.body, form, Origin(fetched.url), given):
            yield _of_own_site(item, fetched.url) if given.sent else item
    else:
        for item in read_bytes(fetched.body, form, Origin(url, fetched.url, fetched.charset), given):
            yield item if given.url or isinstance(item, Unreadable) else _of_own_page(item, fetched.url)


def _of_own_page(article: Article, address: str) -> Article:
    """As `page_metadata` has it for HTML: a document that was fetched cannot put its words in place of another's."""
    url = article.url if article.url and same_site(article.url, address) else address
    source = None if article.url and article.source == host_name(article.url) else article.source
    return replace(article, id=canonical_url(url), url=url, source=source or host_name(url), origin=None)


def _of_own_site(item: Article | Unreadable, address: str) -> Article | Unreadable:
    if isinstance(item, Unreadable) or item.url is None or same_site(item.url, address):
        return item
    return Unreadable(address, "names a page of another site; send the file itself to add it", item.first_line)


def _refresh_target(fetched: Fetched) -> str | None:
    if len(fetched.body) > _SMALL or b"http-equiv" not in fetched.body.lower():
        return None
    for element in _META.findall(fetched.body.decode("latin-1")):
        match = _REFRESH_TO.search(element) if _IS_REFRESH.search(element) else None
        if match is not None and int(match[1]) <= _SOON:
            try:
                target = urljoin(fetched.url, match[2])
            except ValueError:
                return None
            return target if target != fetched.url else None
    return None


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.path.strip("/") and not parts.query


def _named(url: str, error: Unfetched) -> Unfetched:
    return Unfetched(url, error.reason, status=error.status, retry_after=error.retry_after, later=error.later)
