"""Who-said questions, answered from quotations."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.schema import Answer
from tests.conftest import SEED
from tests.retrieval.search.test_quotations import FERRIES, HARBOUR

pytestmark = pytest.mark.model

Write = Callable[[str, str], Path]


@pytest.fixture
def filled(library: Library, write: Write) -> Library:
    library.add([write("harbour.txt", HARBOUR)], given=Given(published=date(2026, 3, 4), source="Lowmouth Post"))
    library.add([write("ferries.txt", FERRIES)], given=Given(published=date(2026, 3, 20), source="Ambry Times"))
    return library


def check_contract(library: Library, answer: Answer) -> None:
    """Citations are what stands there; sentences differ from them by what stands in square brackets."""
    for c in answer.citations:
        text = library.article(c.article.id)[1].text
        assert text[c.start : c.end] == c.text
    cited = {c.n: " ".join(c.text.split()) for c in answer.citations}
    for sentence in answer.sentences:
        (n,) = sentence.citations
        assert re.sub(r"^\[[^\]]+\] ", "", sentence.text) == cited[n]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did Inés Calder say about the quay?", ["the quay was “unsafe in any wind.”"]),
        ("what did mayor ines calder say about the quay", ["the quay was “unsafe in any wind.”"]),
        ("Did Otto Brandl ever mention the closure?", ["Otto Brandl, a fisherman, said the closure would ruin him."]),
        ("Who said the closure would ruin him?", ["Otto Brandl, a fisherman, said the closure would ruin him."]),
        ("Did the mayor deny that the harbour had been neglected?", ["Mayor Inés Calder denied that the harbour"]),
        ("What did Calder say about the ferries?", ["ferries would sail from Ambry", "The ferries must go elsewhere."]),
    ],
)
def test_the_sentences_that_quote_are_the_answer(filled: Library, question: str, expected: list[str]) -> None:
    answer = filled.ask(question)
    assert not answer.abstained
    for words in expected:
        assert words in answer.text
    check_contract(filled, answer)


def test_a_surname_that_two_bear_is_told_apart(filled: Library) -> None:
    answer = filled.ask("What did Calder say about the ferries?")
    assert "[Inés Calder:]" in answer.text
    assert "Lena Calder" in answer.text


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What did Rosa Quint say?", "The articles name Rosa Quint, but report no words of Rosa Quint."),
        ("what did quint say about the ferries?", "The articles name Quint, but report no words of Quint."),
        (
            "What did Otto Brandl say about astronomy?",
            "The articles quote Otto Brandl, but report nothing said on that.",
        ),
        (
            "What did Otto Brandl say in May 2019?",
            "The articles quote Otto Brandl, but report nothing said in that time.",
        ),
    ],
)
def test_who_is_named_but_not_quoted_is_given_no_words(filled: Library, question: str, reason: str) -> None:
    answer = filled.ask(question)
    assert answer.abstained
    assert answer.reason == reason
    assert answer.nearest
    for c in answer.nearest:
        assert filled.article(c.article.id)[1].text[c.start : c.end] == c.text


def test_somebody_whom_no_article_names_is_not_said_to_be_named(filled: Library) -> None:
    answer = filled.ask("What did Zora Plinth say?")
    assert answer.abstained
    assert "Plinth" not in (answer.reason or "")


def test_a_common_noun_is_nobody_whom_the_articles_name(filled: Library) -> None:
    answer = filled.ask("what did the closure say about the quay?")
    assert "The articles name" not in (answer.reason or "")


def test_a_pronoun_is_given_its_name_in_brackets(library: Library, write: Write) -> None:
    text = "Ines Calder, the mayor, opened the hall on Friday. “It cost too much,” she said."
    library.add([write("hall.txt", text)])
    answer = library.ask("What did Calder say about the cost?")
    assert answer.sentences[0].text == "[Ines Calder:] “It cost too much,” she said."
    check_contract(library, answer)


def test_questions_about_the_sample_article(library: Library) -> None:
    if not SEED.exists():
        pytest.skip("the sample article is not here")
    library.add([SEED])
    answer = library.ask("What did Kirby say about the discussions?")
    assert "“independent of any U.S. government involvement.”" in answer.text
    check_contract(library, answer)
    for name in ("Han Song Ryol", "Blinken", "Gallucci"):
        refused = library.ask(f"What did {name} say?")
        assert refused.abstained
        assert refused.reason == f"The articles name {name}, but report no words of {name}."
