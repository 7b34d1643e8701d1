"""`ARTICLE[:START-END]` as users write it."""

import pytest

from bot.terminal.places import parse_place
from retrieval.errors import BadInput


@pytest.mark.parametrize(
    ("place", "parsed"),
    [
        ("articles/a.md", ("articles/a.md", None)),
        ("articles/a.md:5-17", ("articles/a.md", (5, 17))),
        ("https://post.example/2026:8080-9090/x", ("https://post.example/2026:8080-9090/x", None)),
        ("https://post.example:8080/a:0-3", ("https://post.example:8080/a", (0, 3))),
        ("feed.jsonl:12", ("feed.jsonl:12", None)),
        ("feed.jsonl:12:3-4", ("feed.jsonl:12", (3, 4))),
    ],
)
def test_a_place_is_an_article_and_perhaps_a_stretch(place: str, parsed: object) -> None:
    assert parse_place(place) == parsed


@pytest.mark.parametrize("place", ["a:5-5", "a:9-2"])
def test_an_empty_stretch_is_refused(place: str) -> None:
    with pytest.raises(BadInput, match="the end must come after"):
        parse_place(place)
