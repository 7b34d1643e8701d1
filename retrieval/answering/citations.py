"""Numbered pointers to exact stretches, and the links that lead there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import quote, urlsplit, urlunsplit

from retrieval.schema import ArticleHead, Citation, Stretch

_FRAGMENT_WORDS = 6  # at each end of a text fragment: enough to be found once on a page, short enough for a message
_WHOLE_WORDS = 12
_NO_LINES = (".html", ".htm", ".xhtml", ".pdf", ".docx", ".rss", ".atom", ".xml")
_DUMPS = (".jsonl", ".ndjson", ".csv", ".tsv")


def cite(n: int, article: ArticleHead, stretch: Stretch, text: str) -> Citation:
    """A citation of `stretch` of an article whose whole text is `text`."""
    words = text[stretch.start : stretch.end]
    return Citation(n, article, stretch.start, stretch.end, words, link_to(article, stretch, text))


def link_to(article: ArticleHead, stretch: Stretch, text: str) -> str | None:
    """Where a reader is taken: the page, at the words; else the file and the line; None where there is neither.

    A PDF is opened at the printed page (RFC 8118, 3).
    """
    page = article.page_of(stretch.start)
    if page is not None and (document := article.url or article.origin) is not None:
        return f"{document.partition('#')[0] if article.url else document}#page={page}"
    if article.url is not None:
        return text_fragment(article.url, text[stretch.start : stretch.end])
    if article.origin is None:
        return None
    suffix = PurePath(article.origin).suffix.lower()
    if suffix in _NO_LINES:  # its text was taken out of markup: it has no line there
        return article.origin
    # A line of a dump holds the whole article.
    passed = 0 if suffix in _DUMPS else text.count("\n", 0, stretch.start)
    return f"{article.origin}:{article.first_line + passed}"


def text_fragment(url: str, words: str) -> str:
    """`url` with a fragment that makes a browser jump to `words` and mark them.

    By the WICG draft "URL Fragment Text Directives": the words, or their beginning and end; commas, hyphens and
    ampersands, which are its syntax, percent-encoded. What is no address stays as it is.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # "https://[a]": brackets hold an IPv6 address
        return url
    if parts.scheme not in ("http", "https") or not words.strip():
        return url
    tokens = words.split()
    if len(tokens) <= _WHOLE_WORDS:
        directive = _encode(" ".join(tokens))
    else:
        directive = f"{_encode(' '.join(tokens[:_FRAGMENT_WORDS]))},{_encode(' '.join(tokens[-_FRAGMENT_WORDS:]))}"
    fragment = parts.fragment.split(":~:")[0]
    return urlunsplit(parts._replace(fragment=f"{fragment}:~:text={directive}"))


def _encode(words: str) -> str:
    return quote(words, safe="", errors="replace").replace("-", "%2D")


def number(citations: Sequence[Citation]) -> dict[tuple[str, str, int, int], int]:
    """The number of each citation by collection, article, start and end."""
    return {(c.article.collection, c.article.id, c.start, c.end): c.n for c in citations}
