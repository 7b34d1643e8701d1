"""What is remembered of publications is what the catalogue says, whatever was added, changed or removed since."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.annotation.passages import PassageAnnotator
from retrieval.library import Library
from retrieval.schema import OPERATOR, Window
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors
from retrieval.storage.passages import searched_passages, vectors_within
from retrieval.storage.publications import Within
from tests.retrieval.storage.stocked import SERVER, add, article

WINDOWS = [
    Window(date(2026, 1, 2), date(2026, 1, 4)),
    Window(last=date(2026, 1, 3)),
    Window(first=date(2026, 1, 5)),
    Window(source="POST"),
    Window(date(2026, 1, 1), source="post"),
    Window(source="Nobody"),
]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(("add", "change", "remove", "undated", "elsewhere", "read again", "asked")),
        st.integers(0, 5),
    ),
    max_size=8,
)


def holds_what_the_catalogue_says(asked: Library, told: Library) -> None:
    connection = told._store.read()
    for window in WINDOWS:
        for collections in ((OPERATOR,), (SERVER,), (OPERATOR, SERVER), ("server-9",)):
            within = asked._store.publications.within(collections, window)
            assert within is not None
            numbers = within.numbers()
            assert within.count == len(numbers) <= within.total
            expected, _ = vectors_within(connection, collections, window)
            found = searched_passages(connection, numbers.tolist(), collections, Window())
            assert sorted(found) == sorted(expected.tolist())
            assert within.has(numbers).all()


def change(library: Library, kind: str, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if kind == "remove":
        if any(head.id == f"a{number}" for head in library.articles()):
            library.remove(f"a{number}")
    elif kind == "read again":
        with monkeypatch.context() as patched:
            patched.setattr(PassageAnnotator, "version", property(lambda self: 100 + number))
            library.reindex()
    elif kind != "asked":
        item = article(number, changed=kind == "change")
        if kind == "undated":
            item |= {"published": None, "source": "Gazette"}
        add(library, [item], SERVER if kind == "elsewhere" else OPERATOR)


@settings(max_examples=8, deadline=None)
@given(CHANGES)
def test_a_window_holds_what_the_catalogue_says(changes: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as monkeypatch:
        store, vectors = Settings(store=Path(folder)), MemoryVectors()
        with (
            Library(store, create=True, embedder=HashingEmbedder(), vectors=vectors) as changing,
            Library(store, create=True, embedder=HashingEmbedder(), vectors=vectors) as beside,
        ):
            for kind, number in changes:
                change(changing, kind, number, monkeypatch)
                holds_what_the_catalogue_says(changing, changing)
                if kind == "asked":  # the other one has missed everything since it was asked last
                    holds_what_the_catalogue_says(beside, changing)
            holds_what_the_catalogue_says(beside, changing)


def test_an_open_window_is_none(library: Library) -> None:
    assert library._store.publications.within((OPERATOR,), Window()) is None


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=6), st.lists(st.integers(0, 120)))
def test_runs_of_numbers_are_told_from_what_lies_between(runs: list[tuple[int, int]], asked: list[int]) -> None:
    spans, at = [], 0
    for gap, length in runs:
        spans.append((at + gap, at + gap + length - 1))
        at += gap + length
    firsts, lasts = (np.array([span[i] for span in spans], np.int64) for i in (0, 1))
    numbers = [n for first, last in spans for n in range(first, last + 1)]
    within = Within(firsts, lasts, len(numbers), len(numbers))
    assert within.numbers().tolist() == numbers
    assert within.has(np.array(asked, np.int64)).tolist() == [n in numbers for n in asked]
