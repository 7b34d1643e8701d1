"""HTML -> articles: the story alone, whatever stands around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.errors import Unreadable
from retrieval.reading.files import read_file
from retrieval.reading.given import Given
from retrieval.reading.web_page import read_page
from retrieval.schema import Article
from tests.retrieval.reading.story_pages import (
    FOOTER,
    H1,
    HEAD_TITLE,
    NAVIGATION,
    PARAGRAPHS,
    SIDEBAR,
    TITLE,
    Page,
    article,
    body,
    misread,
    page,
)

NEWSLETTER = (
    "<div class='newsletter-signup'><h4>Sign up for our newsletter</h4><form><input type='email'><button>Subscribe"
    "</button></form></div>"
)
SHARE = "<div class='share-bar'><a href='#'>Facebook</a> <a href='#'>Twitter</a> <a href='#'>Email</a></div>"
COOKIES = (
    "<div id='cookie-banner' class='cookie-notice'><p>We use cookies to improve our site.</p><button>OK</button></div>"
)

PAGES: tuple[Page, ...] = (
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
        "a table within a table for layout",
        page(HEAD_TITLE, f"<table><tr><td><table><tr><td>{H1}{body()}</td></tr></table></td></tr></table>"),
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
)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_a_page_is_read(page: Page) -> None:
    assert misread(page) == []


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
    assert isinstance(read_page(html, name="a.html", given=Given()), Unreadable)


def test_a_page_in_an_older_encoding_is_read_as_it_declares(tmp_path: Path) -> None:
    html = page(HEAD_TITLE, article(H1 + body())).replace("charset='utf-8'", "charset='windows-1252'")
    (tmp_path / "a.html").write_bytes(html.encode("cp1252"))
    (found,) = read_file(tmp_path / "a.html", name="a.html")
    assert isinstance(found, Article)
    assert PARAGRAPHS[2] in found.text


def test_a_page_of_many_marks_is_read_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    head = HEAD_TITLE + "<meta property='article:published_time' content='2026-03-04T08:00:00Z'>"
    html = page(head + "<meta name='author' content='Ann Lee'>", article(H1 + body()))
    read = [read_page(html, name="a.html", given=Given(), address="https://post.example/a")]
    monkeypatch.setattr("retrieval.reading.web_page._MOST_MARKS", 0)
    read.append(read_page(html, name="a.html", given=Given(), address="https://post.example/a"))
    assert isinstance(read[0], Article)
    assert read[0] == read[1]


SHELL = "<title>App</title><div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"
SORRY = "<p>The page that you asked for may have been moved or taken away. Try the search, or the front page.</p>"
STUB = (
    '<meta http-equiv="refresh" content="0; url=https://e.org/new"><title>Moved</title>'
    "<p>This page is somewhere else. If your browser does not take you there, press this.</p>"
)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (SHELL, "the page shows nothing without JavaScript"),
        (STUB, "the page only leads to another: https://e.org/new"),
        (
            page("<title>404 Not Found</title>", f"<h1>Not found</h1>{SORRY}"),
            "the site shows an error in place of the page",
        ),
        (
            page("<title>The Gazette</title>", f"<h1>Page not found</h1>{SORRY}"),
            "the site shows an error in place of the page",
        ),
    ],
)
def test_a_saved_page_that_holds_no_article_is_said_to_hold_none(html: str, reason: str) -> None:
    found = read_page(html, name="a.html", given=Given())
    assert isinstance(found, Unreadable)
    assert found.reason == reason


BRIEF = "<p>The quay at Lowmouth was shut on Monday, and nobody knows for how long, the port authority said.</p>"


@pytest.mark.parametrize(
    "html",
    [
        page(HEAD_TITLE, article(H1 + BRIEF) + "<noscript>Please enable JavaScript to see the weather.</noscript>"),
        page(HEAD_TITLE + '<meta http-equiv="refresh" content="300; url=/">', article(H1 + BRIEF)),
        page(HEAD_TITLE + '<meta http-equiv="refresh" content="0; url=/app">', article(H1 + body())),
        page("<title>404 days without rain</title>", article("<h1>404 days without rain</h1>" + body() + body())),
        page(
            "<title>404 days</title><meta property='og:type' content='article'>", article("<h1>404 days</h1>" + BRIEF)
        ),
    ],
)
def test_a_saved_page_with_an_article_is_read_whatever_else_it_wants(html: str) -> None:
    assert isinstance(read_page(html, name="a.html", given=Given()), Article)
