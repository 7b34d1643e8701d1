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
        ('[{"text": "One."}]\nand so on', 2, "no valid JSON: Expecting value"),
        ('[{"text": "One."}]]', 1, "no valid JSON: Expecting value"),
        ('[{"text": "One."},\n', 2, "no valid JSON: Expecting value"),
        ("[" * 100_000, 1, "no JSON that can be read"),
    ],
)
def test_what_holds_no_article_is_named(data: str, line: int | None, reason: str) -> None:
    errors = [item for item in read("a.json", data) if isinstance(item, Unreadable)]
    assert [(error.line, error.reason) for error in errors] == [(line, reason)]


def test_what_stands_after_a_list_is_read_too() -> None:
    found = read("a.json", '[{"text": "One."}]\n[{"text": "Two."}]\n\n{"text": "Three."}')
    assert [(item.id, item.text, item.first_line) for item in found if isinstance(item, Article)] == [
        ("a.json:1", "One.", 1),
        ("a.json:2", "Two.", 2),
        ("a.json:3", "Three.", 4),
    ]


@pytest.mark.parametrize(
    ("around", "lines"),
    [
        ({"status": "ok", "articles": ROWS}, [4, 9]),
        ({"response": {"total": 2, "results": ROWS}, "page": 1}, [5, 10]),
        ({"x": {"articles": []}, "articles": ROWS}, [1, 1]),
        ({"ärticles": ROWS}, [3, 8]),
    ],
)
def test_a_list_in_an_object_that_says_something_of_it_is_read(around: dict[str, object], lines: list[int]) -> None:
    found = read("a.json", json.dumps(around, indent=1, ensure_ascii=False))
    assert [(item.text, item.first_line) for item in found if isinstance(item, Article)] == [
        ("The quay was closed.", lines[0]),
        ("The pier\nwas opened.", lines[1]),
    ]
    assert len(read("a.json", json.dumps(around))) == 2


def test_rows_of_a_list_in_an_object_name_the_fields_they_have() -> None:
    found = read("a.json", json.dumps({"status": "ok", "articles": [{"title": "Quay", "content": "It was closed."}]}))
    assert [str(item) for item in found] == [
        "a.json, line 1: the field `text` is missing; name the one that holds it, as in --map text=content"
        " (there are title, content)"
    ]


@pytest.mark.parametrize(
    "article",
    [
        {"text": "The quay was closed.", "comments": ROWS},
        {"body": "The quay was closed. " * 20, "comments": ROWS},
        {"headline": "Quay", "body": "It was closed.", "authors": ROWS},
        {"comments": ROWS, "related": ROWS},
    ],
)
def test_what_an_article_holds_besides_is_no_list_of_articles(article: dict[str, object]) -> None:
    (item,) = read("a.json", json.dumps(article))
    assert isinstance(item, Unreadable) or item.text == "The quay was closed."


def test_a_title_cannot_be_given_for_many() -> None:
    (item,) = read_upload(Upload("a.json", json.dumps(ROWS).encode()), Given(title="One for all"))
    assert isinstance(item, Unreadable)


@pytest.mark.parametrize("text", ["[1] The quay closed on Monday.", "{sic} The quay closed.", "[The] quay closed."])
def test_a_text_that_begins_with_a_bracket_is_a_text(text: str) -> None:
    (item,) = read("note", text)
    assert isinstance(item, Article)
    assert item.text == text
