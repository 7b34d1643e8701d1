"""What the full-text index is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from retrieval.library import Library
from retrieval.search.full_text import expression, telling


def test_in_a_small_collection_every_word_is_searched_by(library: Library, write: Callable[[str, str], Path]) -> None:
    library.add([write("a.md", "The ferry was late, and the ferry was full.")])
    assert set(expression(library._store, "Was the ferry late again?")) == {'"ferry" OR "late"'}


def test_in_a_large_one_the_words_that_stand_everywhere_are_left_to_the_meaning() -> None:
    assert telling({"said": 281_000, "first": 110_000, "tower": 20_000, "xoanclu": 18}, 30_000) == {"xoanclu", "tower"}


def test_a_question_of_common_words_is_searched_by_the_rarest() -> None:
    assert telling({"said": 281_000, "mayor": 94_000}, 30_000) == {"mayor"}
    assert telling({"said": 281_000, "misspeled": 0}, 30_000) == {"said", "misspeled"}


def test_a_name_of_few_passages_takes_the_next_rarest_word_along() -> None:
    frequencies = {"said": 281_000, "bridge": 23_000, "xoanclu": 6}
    assert telling(frequencies, 5_000) == {"xoanclu"}
    assert telling(frequencies, 5_000, least=100) == {"xoanclu", "bridge"}


@given(st.dictionaries(st.text(max_size=4), st.integers(0, 500_000)))
def test_some_word_that_is_found_is_always_kept(frequencies: dict[str, int]) -> None:
    kept = telling(frequencies, 30_000)
    assert kept <= frequencies.keys()
    if any(frequencies.values()):
        assert any(frequencies[word] for word in kept)
