"""Markdown with front matter -> articles."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from retrieval.errors import Unreadable
from retrieval.reading.given import Given
from retrieval.reading.markdown import read_markdown
from retrieval.schema import Article


def article(text: str) -> Article:
    found = read_markdown(text, name="a.md", given=Given())
    assert isinstance(found, Article), found
    return found


def test_front_matter_becomes_what_is_known_and_the_rest_the_text() -> None:
    text = (
        '---\ntitle: "Harbour: a new pier"\ndate: 2031-04-05\nauthors: [Ann Lee, Bo Diaz]\npublisher: The Gazette\n'
        "link: https://gazette.example/pier\nlang: en-GB\ndraft: yes\n---\n\n# Heading\n\nThe pier opened.\n"
    )
    found = article(text)
    assert (found.title, found.source, found.published) == ("Harbour: a new pier", "The Gazette", date(2031, 4, 5))
    assert (found.authors, found.language) == (("Ann Lee", "Bo Diaz"), "en")
    assert found.id == found.url == "https://gazette.example/pier"
    assert found.text == "# Heading\n\nThe pier opened.\n"
    assert text.splitlines()[found.first_line - 1] == "# Heading"


def test_line_ends_of_windows_are_kept_and_counted() -> None:
    found = article("---\r\ntitle: Pier\r\n---\r\n\r\nOne.\r\nTwo.\r\n")
    assert (found.title, found.text, found.first_line) == ("Pier", "One.\r\nTwo.\r\n", 5)


def test_without_front_matter_all_of_it_is_the_text() -> None:
    text = "\n# A pier for the harbour\n\nIt opened.\n"
    found = article(text)
    assert (found.text, found.first_line, found.title) == (text, 1, "A pier for the harbour")


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# One\n\nText.", "One"),
        ("### Three ###\nText.", "Three"),
        ("Under\n=====\nText.", "Under"),
        ("Under\n---\nText.", "Under"),
        ("```\n# a comment\n```\n\n## [Linked](https://e.org/x) heading\n", "Linked heading"),
        ("Only **bold** text, no heading.\n", "Only bold text, no heading."),
        ("#hashtag is no heading\n", "hashtag is no heading"),
        ("- a list\n---\nText.", "a list"),
    ],
)
def test_the_first_heading_is_the_title(body: str, title: str) -> None:
    assert article(body).title == title


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ("2031-04-05", date(2031, 4, 5)),
        ("2031-04-05 10:00:00", date(2031, 4, 5)),
        ("2031-04-05T10:00:00Z", datetime.fromisoformat("2031-04-05T10:00:00+00:00")),
        ("2031-04-05 10:00:00 +02:00", datetime.fromisoformat("2031-04-05T10:00:00+02:00")),
        ("5 April 2031", date(2031, 4, 5)),
        ("", None),
        ("null", None),
    ],
)
def test_dates_in_front_matter(value: str, published: date | None) -> None:
    assert article(f"---\ntitle: x\ndate: {value}\n---\nText.\n").published == published


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: x\nbroken: [1, 2\n---\nText.\n", 4),
        ("---\ntitle: x\n  bad: indent\n---\nText.\n", 3),
        ("---\ntitle: x\nText without an end.\n", 1),
        ("---\njust words\n---\nText.\n", 2),
        ("---\ntitle: x\ndate: someday\n---\nText.\n", 3),
        ("---\ntitle: [a]\n---\nText.\n", 2),
        ("---\na: &x [1]\nb: *x\n---\nText.\n", 3),
        ("---\ntitle: x\n---\n\n", None),
        ("---\n" + "[" * 5000 + "\n---\nText.\n", 2),
    ],
)
def test_broken_front_matter_is_named_with_its_line(text: str, line: int | None) -> None:
    found = read_markdown(text, name="a.md", given=Given())
    assert isinstance(found, Unreadable)
    assert found.line == line


def test_a_yaml_bomb_does_not_hang() -> None:
    levels = "\n".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]" for i in range(12))
    found = read_markdown(f"---\na: &a [x, x]\n{levels}\n---\nText.\n", name="a.md", given=Given())
    assert isinstance(found, Unreadable)


@pytest.mark.parametrize("text", ["---\n\nA rule first.\n\n---\n\nThen text.\n", "--- not a rule\n", "---\n# x\n"])
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert article(text).text in text


def test_an_empty_front_matter_is_none() -> None:
    found = article("---\n---\nText.\n")
    assert (found.text, found.first_line) == ("Text.\n", 3)


def test_front_matter_in_toml_is_read() -> None:
    text = '+++\ntitle = "A pier"\ndate = 2031-04-05\nauthors = ["Ann Lee"]\ndraft = false\n+++\n\nThe pier opened.\n'
    found = article(text)
    assert (found.title, found.published, found.authors) == ("A pier", date(2031, 4, 5), ("Ann Lee",))
    assert (found.text, found.first_line) == ("The pier opened.\n", 8)
    for value in ("2031-04-05T10:00:00Z", '"5 April 2031"'):
        assert article(f"+++\ndate = {value}\n+++\nText.\n").published_on == date(2031, 4, 5)


@pytest.mark.parametrize("front", ["title = A pier\n", "title = 5\n", "title = 'x'\n no end"])
def test_broken_front_matter_in_toml_is_named(front: str) -> None:
    end = "" if "no end" in front else "+++\n"
    assert isinstance(read_markdown(f"+++\n{front}{end}Text.\n", name="a.md", given=Given()), Unreadable)


def test_plus_signs_above_a_text_are_no_front_matter() -> None:
    assert article("+++\n\nThe pier opened.\n\n+++\n").text.startswith("+++")
