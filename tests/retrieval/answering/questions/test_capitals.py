"""Questions typed without capitals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.questions.asked_for import AskedFor, asked_for
from retrieval.answering.questions.capitals import with_capitals, with_name
from retrieval.search.understanding import understand

TEXT = (
    "Ada Lind opened the Brack River Bridge in St. Orrin on Monday. The river is wide there. Lind spoke to West Vale "
    "Radio. Ondex paid for it. “We are glad,” said Jan Roe of Ondex. Back in West Vale nobody came back."
)


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("when did ada lind open the brack river bridge?", "when did Ada Lind open the Brack River Bridge?"),
        ("what did lind say in st orrin?", "what did Lind say in St. Orrin?"),
        ("who listens to west vale radio?", "who listens to West Vale Radio?"),
        ("what did lind's radio say?", "what did Lind's radio say?"),
        ("what does ondex do?", "what does Ondex do?"),
        ("how wide is the river?", "how wide is the river?"),
        ("why did roe come back?", "why did roe come back?"),
        ("Did Ada open the brack river bridge?", "Did Ada open the brack river bridge?"),
        ("", ""),
    ],
)
def test_names_are_written_as_the_articles_have_them(question: str, written: str) -> None:
    assert with_capitals(question, [TEXT]) == written


@given(st.text(), st.lists(st.text(), max_size=3))
def test_only_capitals_and_full_stops_change(question: str, texts: list[str]) -> None:
    kept = with_capitals(question, texts)
    assert kept.casefold().replace(".", "") == question.casefold().replace(".", "")


def test_a_dateline_gives_no_capitals_where_the_name_is_written_otherwise() -> None:
    told = ["KESTON — Bees died in Keston. The people of Keston sued, and NATO was asked. NATO said no."]
    assert with_capitals("who sued in keston?", told) == "who sued in Keston?"
    assert with_capitals("what did nato say?", told) == "what did NATO say?"


@pytest.mark.parametrize(
    ("question", "kind", "written"),
    [
        ("who is ned barrow?", AskedFor.DEFINITION, "who is Ned Barrow?"),
        ("how old is ned barrow", AskedFor.AGE, "how old is Ned Barrow"),
        ("who was hired by ned barrow?", AskedFor.PERSON, "who was hired by ned barrow?"),
        ("how old is barrow?", AskedFor.AGE, "how old is barrow?"),
        ("who is moved?", AskedFor.PERSON, "who is moved?"),
    ],
)
def test_who_somebody_is_is_asked_with_the_name_that_the_articles_write(
    question: str, kind: AskedFor, written: str
) -> None:
    named = with_name(understand(question), ["A former postman, Ned Barrow, 71, came second. Barrow was moved."])
    assert (named.text, named.topic) == (written, written)
    assert asked_for(named.topic).kind is kind


def test_a_word_that_has_its_capital_at_the_beginning_of_sentences_alone_is_no_name() -> None:
    told = ["Ask me on Sunday. “Ask her,” he said. Ask Ondex. The tower of Ondex fell."]
    assert with_capitals("how much did they ask for?", told) == "how much did they ask for?"
    assert with_capitals("who owns ondex?", told) == "who owns Ondex?"
