"""HTML -> Article, by trafilatura."""

from __future__ import annotations

import copy
import json
import logging
from dataclasses import replace

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from retrieval.errors import Unreadable
from retrieval.reading.article import make_article
from retrieval.reading.authors import split_byline
from retrieval.reading.decoding import well_formed
from retrieval.reading.given import Given, Stated
from retrieval.reading.guarded.guard import Unparsed, parse
from retrieval.reading.markup import plain_page
from retrieval.reading.page_metadata import page_metadata
from retrieval.reading.page_surface import in_place_of_article, seen, shows_nothing
from retrieval.reading.titles import clean_title
from retrieval.reading.urls import web_address
from retrieval.schema import Article

_SHORT = 250  # characters; less than a short news item: the precise extraction has lost something
_LEAST = 25  # characters; less is a menu or a message
_DEEPEST = 400  # elements within elements; lxml and trafilatura descend recursively
# A page with more is read by a process of its own, which takes a second to start: what trafilatura does with some pages
# grows with the square of their marks.
_MOST_MARKS = 20_000  # of "<"; a long page of news has half of it
_LONGEST = 3_000_000  # characters
_LONGEST_META, _LONGEST_SCRIPT = 500, 20_000  # characters
_TABLE_PARTS = ("tbody", "thead", "tfoot", "tr", "td", "th")
_NEVER_DATA = ("h1", ".//table")  # what no cell of a table of data holds
_NO_SEARCH = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it could not read is told by the Unreadable


def read_page(html: str, *, name: str, given: Given, address: str | None = None) -> Article | Unreadable:
    """The article of a page, or why there is none in it.

    `address`: where the page was found on the web just now. It then speaks for its own site alone, and what stands in
    place of an article (an error, a paywall, a form) is said to be so.
    """
    known = address or (web_address(given.url) if given.url else None)
    try:
        guarded = html.count("<") > _MOST_MARKS or len(html) > _LONGEST
        text, stated, reason = (_extract_guarded if guarded else extract)(html, known, address)
    except Unparsed as error:
        return Unreadable(name, f"a page, but {error}")
    except Exception:  # noqa: BLE001  a parser of untrusted input that raises whatever it stumbles on
        return Unreadable(name, "the HTML cannot be read")
    if reason is not None:
        return Unreadable(name, reason)
    if len(text.strip()) < _LEAST:
        return Unreadable(name, "no article text was found in the page")
    return make_article(text, stated, given, name=name, origin=None if address else name)


def extract(html: str, address: str | None, fetched_from: str | None) -> tuple[str, Stated, str | None]:
    """The text of a page, what it states, and the reason why it is no article, None where it may be one."""
    tree = trafilatura.load_html(html)
    if tree is None or _depth(tree) > _DEEPEST:
        return "", Stated(), None
    stated = page_metadata(tree, address, fetched=fetched_from is not None)
    surface = seen(tree)
    _cut(tree)
    if stated.title is None or not stated.authors:
        # trafilatura knows the markup of common publishing systems. Its date is left out: where a page states none,
        # it takes one from anywhere.
        found = trafilatura.extract_metadata(tree, date_config=dict(_NO_SEARCH))
        stated = replace(
            stated,
            title=stated.title or clean_title(found.title or ""),
            authors=stated.authors or split_byline(found.author or ""),
        )
    _unwrap_layout_tables(tree)
    text = _text(tree, precise=True)
    if len(text) < _SHORT:
        text = max(text, _text(tree, precise=False), key=len)
    reason = in_place_of_article(surface, text) if fetched_from is not None else shows_nothing(surface, text)
    return well_formed(text), stated, reason


def _extract_guarded(html: str, address: str | None, fetched_from: str | None) -> tuple[str, Stated, str | None]:
    """As `extract`, by a process that is ended where it takes too long."""
    asked = {"html": html, "address": address, "fetched_from": fetched_from}
    found = parse("page", json.dumps(asked).encode())
    return found["text"], Stated.from_json(found["stated"]), found["reason"]


def _cut(tree: HtmlElement) -> None:
    """Shorten what trafilatura searches with patterns whose work grows faster than the text; we have read it before."""
    for element in tree.iter("meta", "script"):
        if (content := element.get("content")) and len(content) > _LONGEST_META:
            element.set("content", content[:_LONGEST_META])
        if len(element.text or "") > _LONGEST_SCRIPT:
            element.text = None


def _unwrap_layout_tables(tree: HtmlElement) -> None:
    """Make divisions of the tables that only lay a page out: trafilatura writes a cell on one line."""
    for table in list(tree.iter("table")):
        parts = [part for part in table.iter(*_TABLE_PARTS) if next(part.iterancestors("table"), None) is table]
        if any(len(part.findall("p")) > 1 or any(part.find(x) is not None for x in _NEVER_DATA) for part in parts):
            for part in (table, *parts):
                part.tag = "div"


def _text(tree: HtmlElement, *, precise: bool) -> str:
    # trafilatura changes the tree it is given.
    return plain_page(trafilatura.extract(copy.deepcopy(tree), favor_precision=precise, include_comments=False) or "")


def _depth(tree: HtmlElement) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
