"""HTML -> articles, on pages as publishing systems make them: one story in many dresses."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from retrieval.errors import Unreadable
from retrieval.reading.files import read_file
from retrieval.reading.given import Given
from retrieval.reading.web_page import read_page
from retrieval.schema import Article

PARAGRAPHS = (
    "The harbour board voted on Tuesday to rebuild the eastern pier, which a storm tore apart last winter.",
    "Work is to begin in the spring and should take eleven months, the board’s engineer said in a long report.",
    "“We have waited long enough,” said Mara Quill, who runs the ferry office beside the pier. “Now we count.”",
    "The money comes from a loan that the town took up in January and from a levy on the cruise ships that call here.",
    "Fishermen have moored at the northern quay since the storm and complain of the distance to the market.",
    "A second vote, on the colour of the lamps, was put off until the board has seen samples of the glass.",
)
TITLE = "Board votes to rebuild the eastern pier"
URL = "https://gazette.example/news/eastern-pier"

NAVIGATION = (
    "<header class='site'><nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li><li><a href='/sport'>"
    "Sport</a></li></ul></nav></header>"
)
FOOTER = (
    "<footer><p>© 2031 The Harbour Gazette. All rights reserved.</p><ul><li><a href='/terms'>Terms of use</a></li>"
    "<li><a href='/privacy'>Privacy policy</a></li></ul></footer>"
)
SIDEBAR = (
    "<aside class='related'><h3>Most read</h3><ul><li><a href='/2012/02/03/fares'>Ferry fares to rise in May</a></li>"
    "<li><a href='/walks'>Ten walks along the coast</a></li></ul></aside>"
)
NEWSLETTER = (
    "<div class='newsletter-signup'><h4>Sign up for our newsletter</h4><form><input type='email'><button>Subscribe"
    "</button></form></div>"
)
SHARE = "<div class='share-bar'><a href='#'>Facebook</a> <a href='#'>Twitter</a> <a href='#'>Email</a></div>"
COOKIES = (
    "<div id='cookie-banner' class='cookie-notice'><p>We use cookies to improve our site.</p><button>OK</button></div>"
)
COMMENTS = (
    "<section id='comments' class='comments'><h2>Comments</h2><div class='comment'><time datetime='2032-01-01'>"
    "1 January 2032</time><p>About time too, if you ask me, and I have asked myself for many years.</p></div></section>"
)


@dataclass(frozen=True)
class Page:
    """A page and what should be read from it; None where the page does not state it."""

    name: str
    html: str
    title: str | None = TITLE
    published: str | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    url: str | None = None


def body(paragraphs: tuple[str, ...] = PARAGRAPHS, *, between: str = "") -> str:
    half = len(paragraphs) // 2
    marked = [f"<p>{p}</p>" for p in paragraphs]
    return "\n".join((*marked[:half], between, *marked[half:]))


def page(head: str, main: str, *, doctype: str = "<!DOCTYPE html>", attributes: str = " lang='en'") -> str:
    return f"{doctype}\n<html{attributes}><head><meta charset='utf-8'>{head}</head><body>{main}</body></html>"


def article(inner: str, *, around: str = "{}") -> str:
    return NAVIGATION + around.format(f"<article>{inner}</article>") + FOOTER


H1 = f"<h1>{TITLE}</h1>"
HEAD_TITLE = f"<title>{TITLE} | The Harbour Gazette</title>"
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
    Page(
        "everything around it", page(HEAD_TITLE, COOKIES + article(SHARE + H1 + body() + SHARE + NEWSLETTER) + SIDEBAR)
    ),
    Page("a newsletter box within", page(HEAD_TITLE, article(H1 + body(between=NEWSLETTER)))),
    Page("a sidebar within", page(HEAD_TITLE, article(H1 + body(between=SIDEBAR)))),
    Page(
        "a picture with a caption",
        page(
            HEAD_TITLE,
            article(H1 + "<figure><img src='a.jpg' alt=''><figcaption>Photo: Ann Lee</figcaption></figure>" + body()),
        ),
    ),
    Page(
        "no article element",
        page(HEAD_TITLE, NAVIGATION + f"<div id='content' class='content'>{H1}<div class='text'>{body()}</div></div>"),
    ),
    Page("a main element", page(HEAD_TITLE, NAVIGATION + f"<main>{H1}{body()}</main>" + FOOTER)),
    Page(
        "tables for layout",
        page(
            HEAD_TITLE,
            f"<table><tr><td>{NAVIGATION}</td></tr><tr><td>{H1}{body()}</td></tr></table>" + FOOTER,
            doctype='<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">',
        ),
    ),
    Page(
        "XHTML",
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        + page(
            HEAD_TITLE,
            article(H1 + body()),
            doctype='<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"'
            ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">',
            attributes=' xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en"',
        ),
    ),
    Page("no doctype, open paragraphs", f"<title>{TITLE}</title><h1>{TITLE}</h1><p>" + "\n<p>".join(PARAGRAPHS)),
    Page(
        "entities and inline markup",
        page(
            HEAD_TITLE,
            article(
                H1
                + body()
                .replace("“", "&ldquo;")
                .replace("”", "&#8221;")
                .replace("harbour board", "<b>harbour</b> <a href='/board'>board</a>")
                .replace("Mara Quill", "<em>Mara</em> Quill")
            ),
        ),
    ),
    Page("the title in the h1 alone", page("", article(H1 + body()))),
    Page("the title in the title element alone", page(f"<title>{TITLE}</title>", article(body()))),
)


def read(html: str, given: Given | None = None) -> Article:
    found = read_page(html, name="articles/a.html", given=given or Given())
    assert isinstance(found, Article), found
    return found


def prose(found: Article) -> str:
    """What answers are made of: the text without its boilerplate."""
    at, kept = 0, []
    for stretch in found.boilerplate:
        kept.append(found.text[at : stretch.start])
        at = stretch.end
    return "".join((*kept, found.text[at:]))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_a_page_is_read(page: Page) -> None:
    found = read(page.html)
    lines = prose(found).splitlines()
    assert [p for p in PARAGRAPHS if p not in lines] == []
    others = {line for line in lines if line and line not in PARAGRAPHS}
    assert {line for line in others if line != TITLE and "1931" not in line} == set()
    assert found.title == page.title
    assert (found.published.isoformat() if found.published else None) == page.published
    assert (found.authors, found.source, found.url) == (page.authors, page.source, page.url)
    assert found.id == ((page.url or "articles/a.html").removesuffix("?utm_source=feed"))


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


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<html><body><nav><a href='/'>Home</a></nav></body></html>",
        "<",
        "<!DOCTYPE html>" + "<div>" * 50_000,
        "<p>" * 50_000,
        "<a b='" + "x" * 1_000_000,
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script>",
        "<?xml version='1.0' encoding='UTF-16'?><html/>",
        "\x0c\x1b<html><body>\ufffd</body></html>",
    ],
)
def test_a_page_without_an_article_is_named(html: str) -> None:
    start = time.perf_counter()
    assert isinstance(read_page(html, name="a.html", given=Given()), Unreadable)
    assert time.perf_counter() - start < 10


def test_a_page_in_an_older_encoding_is_read_as_it_declares(tmp_path: Path) -> None:
    html = page(HEAD_TITLE, article(H1 + body())).replace("charset='utf-8'", "charset='windows-1252'")
    (tmp_path / "a.html").write_bytes(html.encode("cp1252"))
    (found,) = read_file(tmp_path / "a.html", name="a.html")
    assert isinstance(found, Article)
    assert PARAGRAPHS[2] in found.text


def test_the_instant_keeps_its_zone() -> None:
    published = read(PAGES[0].html).published
    assert isinstance(published, datetime)
    assert str(published.tzinfo) == "UTC+02:00"
