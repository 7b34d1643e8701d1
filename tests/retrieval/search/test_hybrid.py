"""What search finds, and that it finds the same when the index is away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import IndexUnavailable, StoreBusy
from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.schema import OPERATOR, ArticleHead, FoundPassage, Question, Stretch, Window
from retrieval.search.fusion import fuse
from retrieval.search.hybrid import HybridSearch, SearchSettings, spread
from retrieval.search.words import any_of, content_words, searched_words, stem, stems
from retrieval.storage.index.vectors import MemoryVectors

Write = Callable[[str, str], Path]


def passage(article: str, text: str, story: int = 1) -> FoundPassage:
    head = ArticleHead("operator", article, 1, article, None, None, (), None, None, 1)
    return FoundPassage(head, 0, len(text), text, (Stretch(0, len(text)),), 1.0, None, story, {})


def test_at_most_so_many_passages_of_one_article_are_given() -> None:
    ranked = [passage("a", f"Sentence {n}.") for n in range(5)] + [passage("b", "Other.", 2)]
    assert [p.article.id for p in spread(ranked, 10, 2)] == ["a", "a", "b"]
    assert len(spread(ranked, 3, 9)) == 3


def test_copies_of_one_story_are_folded_and_what_is_new_in_the_second_is_kept() -> None:
    ranked = [passage("a", "The quay sank."), passage("b", "The  quay sank."), passage("b", "It was insured.")]
    assert [p.text for p in spread(ranked, 10, 9)] == ["The quay sank.", "It was insured."]


@pytest.mark.parametrize("error", [IndexUnavailable("away"), StoreBusy("busy")])
def test_search_finds_the_same_while_the_index_is_away(
    library: Library, write: Write, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    for n in range(6):
        text = f"Report {n} tells of quay {n} at Lowmouth and of a crane that fell."
        library.add([write(f"{n}.txt", text)], given=Given(published=date(2026, 1, n + 1)))
    before = [(p.article.id, p.start) for p in library.search("which crane fell on quay 3?")]

    def away(*_: object) -> None:
        raise error

    monkeypatch.setattr(MemoryVectors, "nearest", away)
    assert [(p.article.id, p.start) for p in library.search("which crane fell on quay 3?")] == before
    assert before[0][0].endswith("3.txt")
    inside = library.search("which crane fell?", window=Window(first=date(2026, 1, 5)))
    assert {p.article.id[-5:] for p in inside} == {"4.txt", "5.txt"}


def test_fusion_is_the_weighted_sum_of_reciprocal_ranks() -> None:
    fused = fuse({"dense": ["a", "b"], "words": ["b", "c"]}, {"dense": 1.0, "words": 2.0})
    assert list(fused) == ["b", "c", "a"]
    assert fused["b"] == pytest.approx(1 / 62 + 2 / 61)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Who said the B-52s were sent?", ["said", "B-52s", "sent"]),
        ("What did Ms Calder's lawyer say about U.S. aid?", ["Ms", "Calder", "lawyer", "say", "U.S", "aid"]),
        ("when did it happen?", ["happen"]),
        ("what is it?", []),
    ],
)
def test_content_words_are_those_that_carry_the_subject(text: str, words: list[str]) -> None:
    assert content_words(text) == words


@given(st.text(max_size=200))
def test_any_text_makes_an_expression_that_the_index_takes(text: str) -> None:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5 (body)")
    if expression := any_of(searched_words(text)):
        connection.execute("SELECT * FROM t WHERE t MATCH ?", (f"{{body}} : ({expression})",)).fetchall()
    connection.close()


def test_inflections_meet() -> None:
    assert stem("tested") == stem("tests") == stem("testing")
    assert {"joint", "south"} <= stems("South-Korean joint drills")


def test_what_was_asked_before_is_looked_for_anew_once_articles_change(library: Library, write: Write) -> None:
    question = "Which crane fell at Lowmouth?"
    library.add([write("one.txt", "A crane fell at Lowmouth.")])
    assert [p.article.id for p in library.search(question)] == [p.article.id for p in library.search(question)]
    library.add([write("two.txt", "The crane that fell at Lowmouth was the old one.")])
    assert len(library.search(question)) == 2
    library.remove(next(p.article.id for p in library.search(question) if "old one" in p.text))
    assert len(library.search(question)) == 1


def test_a_wide_window_is_found_among_the_nearest_of_all(
    library: Library, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a window has too many passages to compare each, as many are found as by comparing each."""
    for n in range(40):
        text = f"Report {n} tells of quay {n} at Lowmouth and of a crane that fell."
        library.add([write(f"{n}.txt", text)], given=Given(published=date(2026, 1, n % 20 + 1)))
    narrow = HybridSearch(library._store, library._embedder)
    wide = HybridSearch(library._store, library._embedder, settings=SearchSettings(exact=0, small=0))
    asked: list[Window] = []
    nearest = MemoryVectors.nearest

    def noted(*given: object) -> list[tuple[int, float]]:
        asked.append(given[-1])  # type: ignore[arg-type]
        return nearest(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(MemoryVectors, "nearest", noted)
    for window in (Window(date(2026, 1, 3), date(2026, 1, 12)), Window(last=date(2026, 1, 10))):
        question = Question("which crane fell on quay 3?", "crane fell quay 3", window=window, collections=(OPERATOR,))
        found = narrow.rank(question)
        assert len(found) == 20
        assert not asked
        assert wide.rank(question) == found
        assert asked
        assert not any(asked), "the index was asked to filter, which looks at every vector"
        asked.clear()
    monkeypatch.setattr("retrieval.search.hybrid._WIDER", (1,))  # so few that hardly any of them is in the window
    few = HybridSearch(library._store, library._embedder, settings=SearchSettings(exact=0, small=0, candidates=4))
    window = Window(date(2026, 1, 20), date(2026, 1, 20))
    found = few.rank(Question("what of quay 39?", "quay 39", window=window, collections=(OPERATOR,)))
    assert found[0].text.startswith("Report 39")
    assert all(p.article.published_on == date(2026, 1, 20) for p in found)
    assert asked
    assert not any(asked)
