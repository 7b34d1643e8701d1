"""Titles of texts that state none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.titles import clean_title, first_words, headline, shortened
from retrieval.schema import Stretch


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Pier to be rebuilt\n\nThe board voted on Tuesday.\n", "Pier to be rebuilt"),
        ("\n\n  Will the pier be rebuilt? \r\n\r\nThe board voted.\n", "Will the pier be rebuilt?"),
        ("The board voted on Tuesday.\n\nWork begins in spring.\n", None),
        ("Pier to be rebuilt\nThe board voted on Tuesday.\n", None),
        ("Pier to be rebuilt\n", None),
        ("Pier to be rebuilt\n\n", None),
        ("By Ann Lee\n\nThe board voted.\n", None),
        ("Ann B. Lee\n\nThe board voted.\n", None),
        ("Ann Lee and Bo Diaz\n\nThe board voted.\n", None),
        ("Ann Lee, Harbour Gazette\n\nThe board voted.\n", None),
        ("Staff reports\n\nThe board voted.\n", None),
        ("PORT MARL —\n\nThe board voted.\n", None),
        ("Storm Hits the Coast\n\nThe board voted.\n", "Storm Hits the Coast"),
        ("October 31, 2016\n\nThe board voted.\n", None),
        ("word " * 30 + "\n\nThe board voted.\n", None),
        ("", None),
        (
            "Barn owls hold up bypass\nBy Mara Lind\nThe Vale Chronicle, 14 September 2026\n\nWork has stopped.",
            "Barn owls hold up bypass",
        ),
        ("Barn owls hold up bypass\nMara Lind\n\nWork has stopped.", "Barn owls hold up bypass"),
        ("Barn owls hold up bypass\nWork has stopped.\n\nIt goes on.", None),
        ("Barn owls hold up bypass\nBy Mara Lind\nThe owls sat there.\n\nWork has stopped.", None),
        ("Barn owls hold up bypass\nBy Mara Lind\n", None),
    ],
)
def test_a_short_first_line_above_a_blank_one_is_the_headline(text: str, title: str | None) -> None:
    assert headline(text) == title


def test_else_the_first_words_are() -> None:
    text = "The harbour board voted on Tuesday to rebuild the eastern pier, which a storm tore apart.\n\nMore.\n"
    assert first_words(text) == "The harbour board voted on Tuesday to rebuild the eastern pier, which a storm…"
    assert first_words("Short and done.\n\nThen more.") == "Short and done."
    assert first_words("Share on Facebook\n\nThe board voted.", [Stretch(0, 17)]) == "The board voted."
    assert first_words("--- \n> **The** [board](https://e.org) voted") == "The board voted"
    assert first_words("Ann Lee\n\nThe board voted on Tuesday to rebuild the pier.") == (
        "The board voted on Tuesday to rebuild the pier."
    )
    assert len(first_words("\u8eca" * 500)) == 80
    assert first_words("…") == "…"


def test_titles_are_one_line_of_bounded_length() -> None:
    assert clean_title(" A\n title\x00\u2028here\t") == "A title here"
    assert clean_title(" \n ") is None
    assert len(clean_title("word " * 1000) or "") <= 301


@given(st.text(max_size=200), st.integers(10, 100))
def test_what_is_cut_is_not_longer_than_asked(text: str, limit: int) -> None:
    assert len(shortened(text, limit)) <= limit


@given(st.text(max_size=300))
def test_every_text_has_a_title_of_one_line(text: str) -> None:
    title = first_words(text)
    assert len(title.splitlines()) <= 1
    assert len(title) <= 80
