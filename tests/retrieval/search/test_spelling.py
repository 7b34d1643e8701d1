"""Slips of the keyboard: words that no article has, as the articles spell them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.search.spelling import respelled, unknown_words

TOLD = [
    "Demaryius Farnworth, the keeper at Beijing, showed scientists a worm of 46,000 years.",
    "Lena Peterson of the foreign office was glad, and so were the Norwegians.",
]


@pytest.mark.parametrize(
    ("question", "unknown", "meant"),
    [
        ("Who keeps the worm at bejing?", ["bejing"], "Who keeps the worm at Beijing?"),
        ("What did demarius Farnworth show?", ["demarius"], "What did Demaryius Farnworth show?"),
        ("Which sceintists saw it?", ["sceintists"], "Which scientists saw it?"),
        ("Was the foriegn office glad?", ["foriegn"], "Was the foreign office glad?"),
        ("What is 46000 years old?", ["46000"], "What is 46,000 years old?"),
        ("Was the foreignoffice glad?", ["foreignoffice"], "Was the foreign office glad?"),
        ("what did petersons office say?", [], "what did Peterson's office say?"),
        ("how many petersons were glad?", [], "how many petersons were glad?"),
        ("were the petersons in the office?", [], "were the petersons in the office?"),
        ("Was norwegians office glad?", [], "Was norwegians office glad?"),
        ("What did the Foreignoffice say?", ["Foreignoffice"], "What did the foreign office say?"),
    ],
)
def test_a_slip_is_read_as_what_the_articles_have(question: str, unknown: list[str], meant: str) -> None:
    assert respelled(question, unknown, TOLD) == meant


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("Was Lena Petersen glad?", ["Petersen"]),  # another name
        ("Was the sovereign glad?", ["sovereign"]),  # another word
        ("What is 47000 years old?", ["47000"]),  # another number
        ("Where is Nanjing?", ["Nanjing"]),  # another place
    ],
)
def test_what_is_only_alike_is_left_alone(question: str, unknown: list[str]) -> None:
    assert respelled(question, unknown, TOLD) == question


def test_a_dateline_s_capitals_are_not_taken_over() -> None:
    told = ["BEIJING, Monday: scientists met.", "They met in Beijing."]
    assert respelled("Who met in bejing?", ["bejing"], told) == "Who met in Beijing?"


def test_of_two_words_that_are_as_like_none_is_chosen() -> None:
    question = "Where is Tarnwik?"
    assert respelled(question, ["Tarnwik"], ["Tarnwick and Tarnwink are towns."]) == question


@pytest.fixture
def ferry(library: Library, write: Callable[[str, str], Path]) -> Library:
    text = "Mayor Casimira Brenthollow opened the ferry to Tarnwick on Monday. It carried 12,500 people in a week.\n"
    library.add([write("ferry.txt", text)])
    return library


def test_a_misspelled_name_is_found_and_said(ferry: Library) -> None:
    answer = ferry.ask("Who opened the ferry to Tarnwik?")
    assert "Brenthollow" in answer.sentences[0].text
    assert "Understood as: Who opened the ferry to Tarnwick?" in answer.notes


def test_who_said_it_is_asked_of_whoever_was_meant(library: Library, write: Callable[[str, str], Path]) -> None:
    library.add([write("quay.txt", "“The quay is safe,” said Mayor Casimira Brenthollow on Monday.\n")])
    answer = library.ask("What did Brentholow say about the quay?")
    assert "The quay is safe" in answer.sentences[0].text


def test_what_is_spelled_as_an_article_spells_it_is_asked_as_it_stands(ferry: Library) -> None:
    assert not ferry.ask("Who opened the ferry to Tarnwick?").notes


def test_words_in_quotation_marks_are_somebody_s_own(ferry: Library) -> None:
    answer = ferry.ask("Who said “the ferry to Tarnwik is late”?")
    assert not any("Tarnwick is late" in note for note in answer.notes)


@pytest.mark.parametrize("asked", ["contract", "county", "hearing"])
def test_an_ordinary_word_is_no_slip(library: Library, write: Callable[[str, str], Path], asked: str) -> None:
    library.add([write("trip.txt", "Her contact in the country wrote the heading of the ferry's log on Monday.\n")])
    assert not any("Understood" in note for note in library.ask(f"What of the {asked} of the ferry?").notes)


@pytest.mark.parametrize("part", ["„a ", "«", "Zzyxqwert{n} ", '"'])
def test_a_question_of_any_length_is_looked_through_at_once(ferry: Library, part: str) -> None:
    question = "".join(part.replace("{n}", "x" * (n % 40)) for n in range(20_000))
    assert len(unknown_words(ferry._store, question)) <= 8


def test_a_name_that_no_article_has_is_not_made_into_another(ferry: Library) -> None:
    assert ferry.ask("Who opened the ferry to Tarnholm?").abstained
