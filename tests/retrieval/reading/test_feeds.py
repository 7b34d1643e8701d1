"""The articles that stand in a feed's own file."""

from __future__ import annotations

from html import escape

import pytest

from retrieval.errors import Unreadable
from retrieval.reading.files import read_upload
from retrieval.reading.given import Upload
from retrieval.schema import Article


def entry(description: str) -> Article | Unreadable:
    item = f"<item><title>The quay</title><description>{escape(description)}</description></item>"
    feed = f'<rss version="2.0"><channel><title>The Lowmouth Post</title>{item}</channel></rss>'
    (found,) = read_upload(Upload("feed.rss", feed.encode()))
    return found


@pytest.mark.parametrize(
    ("description", "text"),
    [
        ("The quay closed.", "The quay closed."),
        ("<p>The quay <b>closed</b>.</p><script>x('The end of it.')</script>", "The quay closed."),
        ("<p>It closed.</p><p>They left.</p>", "It closed. They left."),
        ("“Nobody may pass!”", "“Nobody may pass!”"),
        ("The mayor resigned on Friday, she said.", "The mayor resigned on Friday, she said."),
    ],
)
def test_an_entry_of_one_short_sentence_is_an_article(description: str, text: str) -> None:
    found = entry(description)
    assert isinstance(found, Article)
    assert (found.text, found.title, found.source) == (
        text,
        "The quay",
        "The Lowmouth Post",
    )


@pytest.mark.parametrize(
    "description", ["", "Read more.", "<img src='quay.jpg'>", "Quay closed", "Click here for more"]
)
def test_an_entry_without_a_sentence_is_said_to_have_none(description: str) -> None:
    found = entry(description)
    assert isinstance(found, Unreadable)
    assert found.reason == "the entry 'The quay' has no sentence of text"
