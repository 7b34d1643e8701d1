"""Abbreviations and what they stand for."""

from __future__ import annotations

import pytest

from retrieval.answering.questions.abbreviations import abbreviates, with_abbreviations
from retrieval.search.words import stem


@pytest.mark.parametrize(
    ("question", "text", "word", "known"),
    [
        ("What did the NPA say?", "The National Parks Authority shut a path.", "NPA", True),
        ("What did the DOR say?", "The Department of Roads shut a path.", "DOR", True),
        ("What did the URD say?", "The U.R. Department of Roads shut a path.", "URD", True),
        ("What did the URD say?", "It was up. Roads are dear.", "URD", False),
        ("what did the npa say?", "The National Parks Authority shut a path.", "npa", True),
        ("What did the ER say?", "An emergency room was full. Emergency rooms are dear.", "ER", True),
        ("What did the ER say?", "It was the end. Roe wept at every road.", "ER", False),
        ("What did the National Parks Authority say?", "The NPA shut a path.", "Parks", True),
        ("What did the Department of Roads say?", "The DOR shut a path.", "Roads", True),
        ("What did the National Parks Authority say?", "The NHA shut a path.", "Parks", False),
        ("What did the old union say?", "The OU shut a path.", "union", False),
    ],
)
def test_words_are_found_by_their_initials_and_initials_by_their_words(
    question: str, text: str, word: str, known: bool
) -> None:
    assert (stem(word) in with_abbreviations(question, [text])(text)) is known


def test_only_the_sentence_with_the_abbreviation_has_its_words() -> None:
    text = "The NPA shut a path. It rained."
    told = with_abbreviations("What did the National Parks Authority say?", [text])
    assert stem("Parks") in told("The NPA shut a path.")
    assert stem("Parks") not in told("It rained.")


def test_initials_count_small_words_or_leave_them_out() -> None:
    assert abbreviates("DOR", "Department of Roads")
    assert abbreviates("DR", "Department of Roads")
    assert not abbreviates("DRO", "Department of Roads")
    assert not abbreviates("Dor", "Department of Roads")
