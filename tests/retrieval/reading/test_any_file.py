"""Whatever is in a file, reading it raises nothing, and what it yields holds together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.errors import Unreadable
from retrieval.reading.files import read_file
from retrieval.reading.formats import SUFFIXES
from retrieval.schema import Article

PIECES = st.sampled_from(
    ["---\n", "title: ", "date: 2031-04-05\n", "# ", "\n\n", "<html>", "<p>", "</p>", "<!DOCTYPE html>", "<title>", "{",
     "}", '"text": "', '"', "\ufeff", "\x00", "\r\n", "Some words stand here. ", "Sign up for our newsletter\n", "|",
     "© 2031\n", "<script type='application/ld+json'>", "</script>", "<time datetime='", "&#0;", "&#xD800;", 
     "<![CDATA[", "<!--"]
)  # fmt: skip
DATA = (
    st.binary(max_size=300)
    | st.text(max_size=300).map(str.encode)
    | st.lists(PIECES | st.text(max_size=10), max_size=30).map(lambda pieces: "".join(pieces).encode())
)


def check(item: Article | Unreadable) -> None:
    if isinstance(item, Unreadable):
        assert item.reason
        assert "\n" not in str(item)
        return
    assert item.text.strip()
    assert item.id
    assert item.title
    assert len(item.title.splitlines()) == 1
    assert item.first_line >= 1
    for field in (item.text, item.id, item.title, item.source or "", *item.authors):
        field.encode()
        assert "\0" not in field
    end = -1
    for stretch in item.boilerplate:
        assert end < stretch.start < stretch.end <= len(item.text)
        end = stretch.end


# The others are read in a child process: tests/retrieval/reading/guarded.
HERE = [suffix for suffix, form in SUFFIXES.items() if form not in ("pdf", "docx", "feed")]


@pytest.mark.parametrize("suffix", [*HERE, "", ".zip"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DATA)
def test_any_bytes(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"file{suffix}"
    path.write_bytes(data)
    items = list(read_file(path, name=path.name))
    assert items
    for item in items:
        check(item)


TEXT = st.text(max_size=200).filter(lambda text: bool(text.strip()))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXT)
def test_the_text_of_a_text_file_is_kept(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(text.encode())
    for item in read_file(path, name="file.txt"):
        check(item)
        if isinstance(item, Article):
            assert item.text == text.removeprefix("\ufeff").replace("\0", "\ufffd")
        else:
            assert item.reason in ("binary, not text", "empty", "no words in it")


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.lists(st.text(max_size=9))
ROWS = st.dictionaries(st.sampled_from(["id", "title", "source", "published", "authors", "url"]), VALUES)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(ROWS, TEXT), min_size=1, max_size=5))
def test_the_text_of_json_lines_is_kept(tmp_path: Path, rows: list[tuple[dict[str, object], str]]) -> None:
    path = tmp_path / "file.jsonl"
    path.write_text("\n".join(json.dumps({**row, "text": text}) for row, text in rows))
    items = list(read_file(path, name="file.jsonl"))
    assert len(items) == len(rows)
    for item, (_, text) in zip(items, rows, strict=True):
        check(item)
        if isinstance(item, Article):
            assert item.text == text.replace("\0", "\ufffd")
