"""A text and what is known of it -> Article."""

from __future__ import annotations

from retrieval.reading.boilerplate import boilerplate
from retrieval.reading.dates import date_in_url, dateline
from retrieval.reading.given import Given, Stated
from retrieval.reading.language import language_of
from retrieval.reading.publishers import credited_publisher
from retrieval.reading.titles import clean_title, first_words, headline, one_line
from retrieval.reading.urls import canonical_url, host_name, web_address
from retrieval.schema import Article, Stretch


def make_article(
    text: str,
    stated: Stated,
    given: Given,
    *,
    name: str,
    origin: str | None,
    first_line: int = 1,
    pages: tuple[Stretch, ...] = (),
) -> Article:
    """The article of a text, each field from the best that is known: given, stated, in the URL, in the text.

    `name` is its id where it has neither an id nor a URL. The publication date stays unknown where nothing states it.
    The language is the one the text is written in, as far as that can be told, since templates state their own.
    """
    url = (web_address(given.url) if given.url else None) or stated.url
    stretches = boilerplate(text)
    title = (clean_title(given.title) if given.title else None) or stated.title or headline(text)
    source = (one_line(given.source) if given.source else None) or stated.source
    return Article(
        id=stated.id or (canonical_url(url) if url else name),
        text=text,
        title=title or first_words(text, stretches) or one_line(name),
        source=source or (host_name(url) if url else credited_publisher(text)),
        published=given.published or stated.published or (date_in_url(url) if url else None) or dateline(text),
        authors=stated.authors,
        url=url,
        language=language_of(text) or stated.language,
        boilerplate=stretches,
        origin=origin,
        first_line=first_line,
        pages=pages,
    )
