"""Hostile texts and pages: read or refused in a sentence, with a cost that grows no faster than they do."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.errors import Unreadable
from retrieval.reading import authors, boilerplate, dates, markup, page_surface, publishers, reflow, titles
from retrieval.reading.files import read_file
from retrieval.reading.given import NOTHING_GIVEN, Given
from retrieval.reading.guarded import columns, guard
from retrieval.reading.page_surface import Surface, in_place_of_article
from retrieval.reading.web_page import read_page
from retrieval.schema import Article
from tests.growth import assert_linear

BIDI = "\u202e\u2066\u2069\u200b\u200d\ufeff"
FLOOD = "e" + "\u0301" * 2000
HOSTILE = {
    "bidi and zero width": f"The mayor{BIDI} said{BIDI} no. " * 500,
    "combining flood": f"The {FLOOD} closed. " * 100,
    "lone surrogates": "The quay \ud800 closed \udfff. " * 500,
    "one line": "word " * 2_000_000,
    "one word": "w" * 10_000_000,
    "quotation marks": "“" * 200_000 + "”" * 200_000,
    "blank lines": "\n" * 2_000_000 + "End.",
    "brackets": "[" * 100_000 + "](" * 100_000,
    "digits": "1" * 1_000_000 + " March 2026",
    "nulls and controls": "The quay\x00\x1b[31m closed.\n" * 100,
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".jsonl", ".csv"])
def test_hostile_text_is_read_or_refused_in_a_sentence(tmp_path: Path, kind: str, suffix: str) -> None:
    text = HOSTILE[kind]
    if suffix == ".jsonl":
        content = json.dumps({"text": text, "title": text[:5000], "authors": text[:5000]})
    elif suffix == ".csv":
        out = io.StringIO()
        csv.writer(out).writerows([["title", "text"], [text[:5000], text]])
        content = out.getvalue()
    else:
        content = f"<html><body><article><p>{text}</p></article></body></html>" if suffix == ".html" else text
    path = tmp_path / f"file{suffix}"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    items = list(read_file(path, name=path.name))
    assert items
    for item in items:
        assert isinstance(item, Article) or "\n" not in str(item)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50_000 + "deep" + "</div>" * 50_000,
        "<b><i>" * 20_000 + "unclosed",
        "<p>" + "&#x202e;&lt;script&gt;" * 20_000,
        "<table>" * 5_000 + "cell",
        '<script type="application/ld+json">'
        + '{"a":' * 100_000
        + "1"
        + "}" * 100_000
        + "</script><p>"
        + "words " * 99,
        '<script type="application/ld+json">' + "[" * 200_000 + "</script><p>" + "words " * 99,
        '<script type="application/ld+json">{"@type":"NewsArticle","author":{"@id":"#a"},"headline":1e999}</script>',
        "<!--" * 100_000,
        "<a href='" + "x" * 1_000_000 + "'>link</a>",
        "<meta property='og:title' content='" + "t" * 1_000_000 + "'><p>" + "words " * 99,
    ],
)
def test_a_hostile_page_is_read_or_refused_in_a_sentence(html: str) -> None:
    item = read_page(html, name="page", given=NOTHING_GIVEN, address="https://post.example/a")
    if isinstance(item, Unreadable):
        assert "\n" not in str(item)
    else:
        assert len(item.title) <= titles.LONGEST_TITLE


@pytest.mark.parametrize("storm", ["<b>a</b>", "<h1>a</h1>"])
def test_a_page_that_takes_too_long_is_given_up(storm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(guard.SECONDS, "page", 4)
    item = read_page(f"<article>{storm * 150_000}</article>", name="page", given=NOTHING_GIVEN)
    assert isinstance(item, Unreadable)
    assert "it takes too" in item.reason


def test_json_bombs_and_numbers_without_end_are_lines_that_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "bombs.jsonl"
    path.write_text("\n".join(["[" * 500_000, '{"a":' * 100_000, "9" * 100_000, '{"text": "Here."}']))
    items = list(read_file(path, name="bombs.jsonl"))
    assert [isinstance(item, Article) for item in items] == [False, False, False, True]


def test_dumps_with_other_column_names_are_read_when_these_are_named(tmp_path: Path) -> None:
    path = tmp_path / "dump.csv"
    path.write_text('Headline;Body;when\nHarbour closes;"The quay\nis shut; stay away.";2026-03-04\n;"";\nx;y;z;w\n')
    given = Given(columns=(("title", "headline"), ("text", "body"), ("published", "when")))
    article, *rest = read_file(path, name="dump.csv", given=given)
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("Harbour closes", "The quay\nis shut; stay away.")
    assert str(article.published) == "2026-03-04"
    assert [str(item) for item in rest] == ["dump.csv, line 5: 4 cells, and there are 3 columns"]
    (unnamed, *_) = read_file(path, name="dump.csv")
    assert "--map text=" in str(unnamed)


def test_a_quotation_mark_that_does_not_end_loses_no_other_file(tmp_path: Path) -> None:
    path = tmp_path / "dump.csv"
    path.write_text('title,text\na,"never ends\n' + "b,words\n" * 1000)
    assert list(read_file(path, name="dump.csv"))


def page_by(authors: str) -> object:
    html = (
        f"<head><meta name='author' content='{authors}'></head><article><p>{'The quay was shut. ' * 20}</p></article>"
    )
    return read_page(html, name="page", given=NOTHING_GIVEN)


SURFACE = Surface(("A title",), "", False, False, None, False, None)
GROWING: dict[str, tuple[Callable[[str], object], str]] = {
    "bylines": (authors.split_byline, "By Ann Lee and , ; | "),
    "authors of pages": (page_by, "{"),
    "datelines": (dates.dateline, "GENEVA, Feb. 1 "),
    "published": (lambda text: dates.parse_published(text[:80]), "Monday, March "),
    "boilerplate": (boilerplate.boilerplate, "Sign up for our newsletter and support us "),
    "share bars": (boilerplate.boilerplate, "Share Facebook Twitter\n"),
    "headings": (titles.heading, "[a](b *c* _d "),
    "first words": (titles.first_words, "**a [b] "),
    "publishers": (publishers.publisher_name, "The Post - News | "),
    "surfaces": (lambda text: in_place_of_article(SURFACE, text), "We use cookies and consent. "),
    "titles of errors": (lambda text: page_surface._ERROR_TITLE.match(text), "page was is not found could be "),
    "paywalls": (lambda text: page_surface._PAYWALL.search(text), "to continue this article is only to "),
    "pages": (lambda text: reflow.reflow([text, text, text]), "Lowmouth re-\nport 1\n"),
    "marks of Markdown": (markup.plain_markdown, "> **a *b _c\n\n- | d "),
    "marks of pages": (markup.plain_page, "- | a | "),
    "columns": (lambda text: columns.column_by_column(text, text), "the quay was shut   and nobody was there\n"),
    "divided words": (lambda text: reflow.reflow([text]), "wo-"),
}


@pytest.mark.parametrize("what", GROWING)
def test_twice_the_text_takes_no_four_times_the_work(what: str) -> None:
    assert_linear(*GROWING[what])
