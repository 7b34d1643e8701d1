"""What a web page states of itself in its head: JSON-LD, meta elements, links."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from retrieval.reading.authors import distinct, split_byline
from retrieval.reading.dates import date_in_url, dateline, parse_published
from retrieval.reading.fields import language_code
from retrieval.reading.given import Stated
from retrieval.reading.publishers import publisher_name
from retrieval.reading.titles import clean_title
from retrieval.reading.urls import web_address
from retrieval.reading.web.sites import same_site

# The names (name, property or itemprop) of meta elements, the most telling first.
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "article.published", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "citation_publication_date",
    "publish-date", "publish_date", "publication_date", "pubdate", "publishdate", "cxenseparse:recs:publishtime",
    "article_date_original", "date",
)  # fmt: skip
_TITLES = ("og:title", "headline", "twitter:title", "dc.title", "dcterms.title", "parsely-title")
_SOURCES = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "article:publisher", "publisher")
_AUTHORS = ("author", "article:author", "parsely-author", "byl", "dc.creator", "dcterms.creator", "citation_author")
_LANGUAGES = ("og:locale", "dc.language", "dcterms.language", "content-language", "language")

_ARTICLE_TYPES = ("article", "blogposting", "report", "socialmediaposting", "liveblogposting")
_PAGE_TYPES = ("webpage", "itempage")
_HINTS = " or ".join(
    f"contains(@class, '{hint}')" for hint in ("date", "publish", "posted", "timestamp", "byline", "meta")
)
_FIRST_H1 = "(//h1)[position() < 10]"  # each is compared with all its siblings
_HEADS = (
    "//article//header//time | //header[.//h1]//time",
    "//article[.//h1]//time",
    f"//article[.//h1]//*[{_HINTS}] | //header[.//h1]//*[{_HINTS}]"
    f" | {_FIRST_H1}/following-sibling::*[position() < 4][{_HINTS}]",
    f"{_FIRST_H1}/preceding-sibling::*[position() < 4]//*[{_HINTS}]"
    f" | {_FIRST_H1}/preceding-sibling::*[position() < 4][{_HINTS}]",
)
_MOST_NODES = 2000  # of JSON-LD


def page_metadata(tree: HtmlElement, address: str | None = None, *, fetched: bool = False) -> Stated:
    """What the page states; `address` is where it was found, against which its links are read.

    `fetched`: it was found there just now, and speaks for that site alone.

    JSON-LD of an article comes first, then meta elements, then the markup of a date. A date in the markup counts only
    where the page marks it as its publication date: any other may be of an update, a comment or another article.
    """
    meta = _meta(tree)
    article = stated_article(tree)
    url = _address(tree, meta, article, address, fetched)
    return Stated(
        title=_first_title((_string(article.get("headline")), *(v for n in _TITLES for v in meta.get(n, ())))),
        source=_source(article, meta),
        published=_local_day(_published(tree, meta, article), url),
        authors=_authors(article, meta),
        url=url,
        language=_language(tree, meta, article),
    )


def stated_article(tree: HtmlElement) -> Mapping[str, object]:
    """The JSON-LD node of the page's article, else of the page; empty where there is none."""
    return next(_json_ld(tree, _ARTICLE_TYPES), None) or next(_json_ld(tree, _PAGE_TYPES), {})


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            if content and (name := element.get(attribute)):
                found.setdefault(name.strip().lower(), []).append(content)
    return found


def _json_ld(tree: HtmlElement, wanted: tuple[str, ...]) -> Iterator[Mapping[str, object]]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            try:
                root = json.loads(script.text, strict=False)
            except (ValueError, RecursionError):
                continue
            nodes = list(_nodes(root))
            by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
            for node in nodes:
                types = node.get("@type")
                names = [types] if isinstance(types, str) else types if isinstance(types, list) else []
                if any(isinstance(name, str) and name.lower().endswith(wanted) for name in names):
                    yield {key: _resolved(value, by_id) for key, value in node.items()}


def _resolved(value: object, by_id: Mapping[object, Mapping[str, object]]) -> object:
    """A value, and each of a list, in place of a mere reference to it (JSON-LD 1.1, "node reference")."""
    if isinstance(value, list):
        return [_resolved(item, by_id) if isinstance(item, dict) else item for item in value[:_MOST_NODES]]
    if isinstance(value, dict) and len(value) == 1 and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def _nodes(root: object) -> Iterator[Mapping[str, object]]:
    """The objects of a JSON-LD script from the outside in; a related article nested in the main one comes later."""
    queue, seen = deque([root]), 0
    while queue and seen < _MOST_NODES:
        node = queue.popleft()
        seen += 1
        if isinstance(node, dict):
            yield node
            queue.extend(value for value in node.values() if isinstance(value, (dict, list)))
        elif isinstance(node, list):
            queue.extend(node)


def _published(
    tree: HtmlElement, meta: Mapping[str, list[str]], article: Mapping[str, object]
) -> date | datetime | None:
    stated = [_string(article.get("datePublished")), *(value for name in _DATES for value in meta.get(name, ()))]
    for value in stated:
        if value and (published := parse_published(value)) is not None:
            return published
    for element in tree.xpath("//*[@itemprop='datePublished'] | //time[@pubdate]"):
        for value in (element.get("datetime"), element.get("content"), element.get("title"), element.text_content()):
            if value and (published := parse_published(value)) is not None:
                return published
    return _only_date_of_the_head(tree)


def _local_day(published: date | datetime | None, url: str | None) -> date | datetime | None:
    """The day in the address, where an instant in UTC falls on the day before or after it.

    Publishing systems write UTC, and the day in their addresses is that of the newsroom, to which "on Monday" refers.
    """
    if isinstance(published, datetime) and published.utcoffset() == timedelta(0) and url is not None:
        day = date_in_url(url)
        if day is not None and abs(day - published.date()) == timedelta(days=1):
            return day
    return published


def _only_date_of_the_head(tree: HtmlElement) -> date | datetime | None:
    """The day that the elements beside the article's heading state, where they state a single one."""
    for path in _HEADS:
        found: list[date | datetime] = []
        for element in tree.xpath(path):
            hints = " ".join(element.get(a) or "" for a in ("class", "itemprop", "id")).lower()
            if "modif" in hints or "updat" in hints:
                continue
            value = element.get("datetime") or element.text_content()
            if (published := parse_published(value) or dateline(value[:200])) is not None:
                found.append(published)
        if len({p.date() if isinstance(p, datetime) else p for p in found}) == 1:
            return found[0]
    return None


def _source(article: Mapping[str, object], meta: Mapping[str, list[str]]) -> str | None:
    names = (*_names(article.get("publisher")), *(value for name in _SOURCES for value in meta.get(name, ())))
    return next((publisher for name in names if (publisher := publisher_name(name))), None)


def _authors(article: Mapping[str, object], meta: Mapping[str, list[str]]) -> tuple[str, ...]:
    for value in (article.get("author"), article.get("creator")):
        # Some systems write a whole byline as one name.
        bylines = (split_byline(name) if " and " in name else (name,) for name in _names(value))
        if names := distinct(name for byline in bylines for name in byline):
            return names
    for field in _AUTHORS:
        if names := distinct(name for value in meta.get(field, ()) for name in split_byline(value)):
            return names
    return ()


def _names(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str):
            yield name


def _address(
    tree: HtmlElement,
    meta: Mapping[str, list[str]],
    article: Mapping[str, object],
    address: str | None,
    fetched: bool,
) -> str | None:
    """The canonical address; one that leads to a site's front page is a template's mistake and is passed over.

    A page that was fetched speaks for its own site alone: else it could put its words in place of another's article.
    """
    links = [e.get("href") for e in tree.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    main = article.get("mainEntityOfPage")
    if isinstance(main, dict):
        main = main.get("@id")
    for value in (*links, *meta.get("og:url", ()), _string(main), _string(article.get("url"))):
        try:
            absolute = urljoin(address or "", value) if value else None
        except ValueError:
            continue
        url = web_address(absolute) if absolute else None
        if url is None or not (urlsplit(url).path.strip("/") or urlsplit(url).query):
            continue
        if not fetched or address is None or same_site(url, address):
            return url
    return address


def _language(tree: HtmlElement, meta: Mapping[str, list[str]], article: Mapping[str, object]) -> str | None:
    root = tree.getroottree().getroot()
    stated = (value for name in _LANGUAGES for value in meta.get(name, ()))
    for value in (_string(article.get("inLanguage")), root.get("lang"), *stated):
        if value and (code := language_code(value)):
            return code
    return None


def _first_title(values: Iterable[str | None]) -> str | None:
    return next((title for value in values if value and (title := clean_title(value))), None)


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None
