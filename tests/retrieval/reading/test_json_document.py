"""JSON that is no JSON Lines: a list of articles, or one over many lines."""

from __future__ import annotations

import json

import pytest

from retrieval.errors import Unreadable
from retrieval.reading.files import read_upload
from retrieval.reading.given import Given, Upload
from retrieval.schema import Article

ROWS = [
    {"title": "Quay shut", "text": "The quay was closed.", "published": "2026-03-04"},
    {"id": "n-2", "Text": "The pier\nwas opened."},
]


def read(name: str, data: str) -> list[Article | Unreadable]:
    return list(read_upload(Upload(name, data.encode())))


@pytest.mark.parametrize("indent", [None, 1, 4])
@pytest.mark.parametrize("name", ["a.json", "a", "a.log"])
def test_a_list_of_objects_is_an_article_each(name: str, indent: int | None) -> None:
    first, second = read(name, json.dumps(ROWS, indent=indent))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.id, first.title, first.text) == (f"{name}:1", "Quay shut", "The quay was closed.")
    assert str(first.published) == "2026-03-04"
    assert (second.id, second.text) == ("n-2", "The pier\nwas opened.")


def test_an_object_over_many_lines_is_an_article() -> None:
    (article,) = read("a.json", json.dumps(ROWS[0], indent=2))
    assert isinstance(article, Article)
    assert article.text == "The quay was closed."


def test_each_article_knows_its_line() -> None:
    found = read("a.json", json.dumps(ROWS, indent=1))
    assert [item.first_line for item in found if isinstance(item, Article)] == [2, 7]


def test_json_lines_under_the_name_of_json_stay_json_lines() -> None:
    found = read("a.json", "\n".join(map(json.dumps, ROWS)))
    assert [item.id for item in found if isinstance(item, Article)] == ["a.json:1", "n-2"]


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        ("[]", None, "a list without articles"),
        ('["one"]', 1, "no object with the fields of an article: write one for each, in a list or as JSON Lines"),
        ('"one"', 1, "no object with the fields of an article: write one for each, in a list or as JSON Lines"),
        ('{\n "status": 5\n}', 1, "the field `text` is missing"),
        ('[\n{"text": "One."},\n{"text": }]', 3, "no valid JSON: Expecting value"),
        ("[" * 100_000, 1, "no JSON that can be read"),
    ],
)
def test_what_holds_no_article_is_named(data: str, line: int | None, reason: str) -> None:
    errors = [item for item in read("a.json", data) if isinstance(item, Unreadable)]
    assert [(error.line, error.reason) for error in errors] == [(line, reason)]


def test_a_title_cannot_be_given_for_many() -> None:
    (item,) = read_upload(Upload("a.json", json.dumps(ROWS).encode()), Given(title="One for all"))
    assert isinstance(item, Unreadable)


@pytest.mark.parametrize("text", ["[1] The quay closed on Monday.", "{sic} The quay closed.", "[The] quay closed."])
def test_a_text_that_begins_with_a_bracket_is_a_text(text: str) -> None:
    (item,) = read("note", text)
    assert isinstance(item, Article)
    assert item.text == text
