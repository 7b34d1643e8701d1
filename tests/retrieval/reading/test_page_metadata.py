"""What pages state of themselves: title, day, authors, publisher, address."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from retrieval.reading.given import Given
from tests.retrieval.reading.story_pages import (
    FOOTER,
    H1,
    HEAD_TITLE,
    NAVIGATION,
    PARAGRAPHS,
    SIDEBAR,
    TITLE,
    URL,
    Page,
    article,
    body,
    misread,
    page,
    read,
)

COMMENTS = (
    "<section id='comments' class='comments'><h2>Comments</h2><div class='comment'><time datetime='2032-01-01'>"
    "1 January 2032</time><p>About time too, if you ask me, and I have asked myself for many years.</p></div></section>"
)
OPEN_GRAPH = (
    f"<meta property='og:title' content='{TITLE}'><meta property='og:site_name' content='The Harbour Gazette'>"
    f"<meta property='og:url' content='{URL}'>"
)
CANONICAL = f"<link rel='canonical' href='{URL}'>"


def json_ld(fields: str) -> str:
    return f"<script type='application/ld+json'>{fields}</script>"


NEWS_ARTICLE = (
    '{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "' + TITLE + '", "datePublished":'
    ' "2031-04-05T18:00:00+02:00", "dateModified": "2031-04-07T09:00:00+02:00", "author": [{"@type": "Person", "name":'
    ' "Ann Lee"}, {"@type": "Person", "name": "Bo Diaz"}], "publisher": {"@type": "Organization", "name": "The Harbour'
    ' Gazette"}, "mainEntityOfPage": "' + URL + '"}'
)

PAGES: tuple[Page, ...] = (
    Page(
        "JSON-LD says it all",
        page(HEAD_TITLE + json_ld(NEWS_ARTICLE), article(H1 + body())),
        published="2031-04-05T18:00:00+02:00",
        authors=("Ann Lee", "Bo Diaz"),
        source="The Harbour Gazette",
        url=URL,
    ),
    Page(
        "JSON-LD in a graph",
        page(json_ld('{"@graph": [{"@type": "WebSite", "name": "x"}, ' + NEWS_ARTICLE + "]}"), article(H1 + body())),
        published="2031-04-05T18:00:00+02:00",
        authors=("Ann Lee", "Bo Diaz"),
        source="The Harbour Gazette",
        url=URL,
    ),
    Page(
        "JSON-LD in a list, its type a list",
        page(json_ld("[" + NEWS_ARTICLE.replace('"NewsArticle"', '["NewsArticle", "Thing"]') + "]"), article(body())),
        published="2031-04-05T18:00:00+02:00",
        authors=("Ann Lee", "Bo Diaz"),
        source="The Harbour Gazette",
        url=URL,
    ),
    Page(
        "broken JSON-LD, then meta elements",
        page(
            json_ld('{"@type": "NewsArticle", "datePublished": ')
            + OPEN_GRAPH
            + "<meta property='article:published_time' content='2031-04-05T16:00:00Z'>",
            article(H1 + body()),
        ),
        published="2031-04-05T16:00:00+00:00",
        source="The Harbour Gazette",
        url=URL,
    ),
    Page(
        "JSON-LD of the site alone",
        page(HEAD_TITLE + json_ld('{"@type": "WebSite", "datePublished": "2001-01-01"}'), article(H1 + body())),
    ),
    Page(
        "a related article in JSON-LD comes after the main one",
        page(
            json_ld(
                NEWS_ARTICLE[:-1] + ', "isRelatedTo": {"@type": "NewsArticle", "headline": "Other", "datePublished":'
                ' "2012-01-01"}}'
            ),
            article(body()),
        ),
        published="2031-04-05T18:00:00+02:00",
        authors=("Ann Lee", "Bo Diaz"),
        source="The Harbour Gazette",
        url=URL,
    ),
    Page(
        "Open Graph",
        page(OPEN_GRAPH + "<meta property='article:published_time' content='2031-04-05'>", article(H1 + body())),
        published="2031-04-05",
        source="The Harbour Gazette",
        url=URL,
    ),
    Page(
        "meta author and date",
        page(
            HEAD_TITLE + "<meta name='author' content='By Ann Lee and Bo Diaz'><meta name='date' content='2031-04-05'>",
            article(H1 + body()),
        ),
        published="2031-04-05",
        authors=("Ann Lee", "Bo Diaz"),
    ),
    Page(
        "Dublin Core",
        page(
            f"<meta name='DC.title' content='{TITLE}'><meta name='DC.date.issued' content='2031-04-05'>"
            "<meta name='DC.creator' content='Ann Lee'><meta name='DC.publisher' content='The Harbour Gazette'>",
            article(H1 + body()),
        ),
        published="2031-04-05",
        authors=("Ann Lee",),
        source="The Harbour Gazette",
    ),
    Page(
        "microdata",
        page(
            HEAD_TITLE,
            NAVIGATION
            + "<div itemscope itemtype='https://schema.org/NewsArticle'>"
            + H1
            + "<span itemprop='datePublished' content='2031-04-05T18:00:00+02:00'>Saturday</span>"
            + f"<div itemprop='articleBody'>{body()}</div></div>"
            + FOOTER,
        ),
        published="2031-04-05T18:00:00+02:00",
    ),
    Page(
        "a time element with pubdate",
        page(HEAD_TITLE, article(f"<header>{H1}<time pubdate datetime='2031-04-05'>5 April</time></header>" + body())),
        published="2031-04-05",
    ),
    Page(
        "the only time element of the head",
        page(HEAD_TITLE, article(f"<header>{H1}<time datetime='2031-04-05T18:00'>5 April</time></header>" + body())),
        published="2031-04-05",
    ),
    Page(
        "a time element in words",
        page(HEAD_TITLE, article(f"<header>{H1}<p>By Ann Lee</p><time>April 5, 2031</time></header>" + body())),
        published="2031-04-05",
    ),
    Page(
        "published and updated",
        page(
            HEAD_TITLE,
            article(
                f"<header>{H1}<time class='published' datetime='2031-04-05'>5 April</time> <time class='updated'"
                " datetime='2031-04-07'>7 April</time></header>" + body()
            ),
        ),
        published="2031-04-05",
    ),
    Page(
        "two days and no word which",
        page(
            HEAD_TITLE,
            article(
                f"<header>{H1}<time datetime='2031-04-05'>5 April</time><time datetime='2031-04-07'>7 April</time>"
                "</header>" + body()
            ),
        ),
    ),
    Page(
        "a date by its class",
        page(HEAD_TITLE, article(f"{H1}<div class='post-date'>Posted on 5 April 2031</div>" + body())),
        published="2031-04-05",
    ),
    Page(
        "a byline with its date",
        page(HEAD_TITLE, article(f"{H1}<div class='byline'>By Ann Lee | April 5, 2031</div>" + body())),
        published="2031-04-05",
        authors=("Ann Lee",),
    ),
    Page(
        "the day in the canonical address",
        page(
            HEAD_TITLE + "<link rel='canonical' href='https://gazette.example/2031/04/05/pier'>", article(H1 + body())
        ),
        published="2031-04-05",
        source="gazette.example",
        url="https://gazette.example/2031/04/05/pier",
    ),
    Page("a copyright year is no date", page(HEAD_TITLE, article(H1 + body()))),
    Page("a commenter's date is none", page(HEAD_TITLE, article(H1 + body()) + COMMENTS)),
    Page("another article's date is none", page(HEAD_TITLE, article(H1 + body(), around="{}" + SIDEBAR))),
    Page(
        "a date in the text is none",
        page(HEAD_TITLE, article(H1 + body((*PARAGRAPHS, "The last pier opened on October 31, 1931, in the rain.")))),
    ),
    Page(
        "only updated",
        page(HEAD_TITLE, article(f"{H1}<p class='updated-date'>Last updated: April 7, 2031</p>" + body())),
    ),
    Page("a canonical address", page(HEAD_TITLE + CANONICAL, article(H1 + body())), source="gazette.example", url=URL),
    Page(
        "a canonical address with tracking",
        page(HEAD_TITLE + CANONICAL.replace("eastern-pier", "eastern-pier?utm_source=feed"), article(H1 + body())),
        source="gazette.example",
        url=URL + "?utm_source=feed",
    ),
    Page(
        "a canonical address that leads to the front page",
        page("<link rel='canonical' href='https://gazette.example/'>" + OPEN_GRAPH, article(H1 + body())),
        source="The Harbour Gazette",
        url=URL,
    ),
    Page(
        "a canonical address that is a script",
        page(HEAD_TITLE + "<link rel='canonical' href='javascript:alert(1)'>", article(H1 + body())),
    ),
    Page(
        "a relative canonical address", page(HEAD_TITLE + "<link rel='canonical' href='/pier'>", article(H1 + body()))
    ),
    Page("the title in the h1 alone", page("", article(H1 + body()))),
    Page("the title in the title element alone", page(f"<title>{TITLE}</title>", article(body()))),
)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_what_a_page_states_is_read(page: Page) -> None:
    assert misread(page) == []


def test_what_was_given_wins() -> None:
    found = read(PAGES[0].html, Given(date(2020, 1, 1), "Another", "Another title", "https://other.example/x#y"))
    assert (found.published, found.source, found.title) == (date(2020, 1, 1), "Another", "Another title")
    assert (found.url, found.id) == ("https://other.example/x#y", "https://other.example/x")


def test_relative_addresses_are_read_against_the_given_one() -> None:
    html = page(HEAD_TITLE + "<link rel='canonical' href='/pier'>", article(H1 + body()))
    assert read(html, Given(url="https://gazette.example/a")).url == "https://gazette.example/a"


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("2031-04-06T02:00:00Z", date(2031, 4, 5)),
        ("2031-04-05T02:00:00Z", datetime.fromisoformat("2031-04-05T02:00:00+00:00")),
        ("2031-04-06T02:00:00+02:00", datetime.fromisoformat("2031-04-06T02:00:00+02:00")),
        ("2031-04-09T02:00:00Z", datetime.fromisoformat("2031-04-09T02:00:00+00:00")),
    ],
)
def test_the_day_in_the_address_is_the_newsroom_s(stated: str, published: date) -> None:
    head = f"<meta property='article:published_time' content='{stated}'>"
    url = "https://gazette.example/2031/04/05/pier"
    assert read(page(head, article(H1 + body())), Given(url=url)).published == published


def test_the_language_is_the_page_s() -> None:
    assert read(PAGES[0].html).language == "en"


def test_the_instant_keeps_its_zone() -> None:
    published = read(PAGES[0].html).published
    assert isinstance(published, datetime)
    assert str(published.tzinfo) == "UTC+02:00"
