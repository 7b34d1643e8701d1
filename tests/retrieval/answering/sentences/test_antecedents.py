"""What a sentence begins with, made clear in square brackets where there is no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.sentences.antecedents import in_full, with_antecedent

if TYPE_CHECKING:
    from spacy.tokens import Doc


def parsed(sentences: Iterable[str]) -> Iterable[Doc]:
    return parse(load_parser(), sentences)


@pytest.mark.parametrize(
    ("before", "sentence", "shown"),
    [
        (
            "The Calder Trust closed its museum in Lowmouth on Monday.",
            "Its director, Jane Roe, blamed the rain.",
            "Its [Calder Trust’s] director, Jane Roe, blamed the rain.",
        ),
        ("Brannock, the maker of boats, will close its yard.", "It blamed the rain.", "It [Brannock] blamed the rain."),
        (
            "Brannock, the maker of boats, will close its yard.",
            "The company has 400 workers.",
            "The company [Brannock] has 400 workers.",
        ),
        ("Jane Roe was elected on Monday.", "She had never stood before.", "She [Jane Roe] had never stood before."),
        ("Jane Roe told reporters so.", "She said it was safe.", "She [Jane Roe] said it was safe."),
        ("The Lind Bank shut on Monday.", "The company has 400 workers.", "The company [Lind Bank] has 400 workers."),
        (
            "The Bakers' and Millers' Union fears for the bakery.",
            "Its secretary, Jane Roe, blamed the rain.",
            "Its [Bakers' and Millers' Union’s] secretary, Jane Roe, blamed the rain.",
        ),
        ("Jane Roe sold her house.", "She had never lived there.", "She [Jane Roe] had never lived there."),
        ("Jane Roe said that she was ill.", "She had never lived there.", "She [Jane Roe] had never lived there."),
    ],
)
def test_the_only_name_that_can_be_meant_is_added(before: str, sentence: str, shown: str) -> None:
    assert with_antecedent(sentence, [before], parsed) == shown


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("The Calder Trust sued the Lind Bank on Monday.", "Its director, Jane Roe, blamed the rain."),
        ("The yard lies in Lowmouth.", "Its director, Jane Roe, blamed the rain."),
        ("Jane Roe met Anna Berg on Monday.", "She had never stood before."),
        ("Mr Per Lind was elected on Monday.", "She had never stood before."),
        ("Lowmouth was flooded on Monday.", "She had never stood before."),
        ("The Calder Trust sold the tower on Monday.", "It is 41 metres tall."),
        ("Per Lind left on Monday.", "The company has 400 workers."),
        ("Her son, Per Lind, said it was her heart.", "She was born in 1933."),
        ("Her mother, Jane Roe, taught her to read.", "She was born in 1933."),
        ("His wife, Jane Roe, left on Monday.", "He was born in 1933."),
        ("The Allied Cannery Workers’ Union wants a rise of 7 per cent.", "The company has offered 2.5."),
        ("The Lowmouth Society wants the yard.", "The council has 400 workers."),
        ("The Lind Bank sued on Monday.", "The union has 400 members."),
        (
            "According to papers that the Echo has seen, the work was given to a firm, Clearflow Services, in 2023.",
            "Its director, Jane Roe, blamed the rain.",
        ),
        ("The Calder Trust sold the tower to Brannock on Monday.", "Its director, Jane Roe, blamed the rain."),
        ("The Ministry of Food shut on Monday.", "Its director, Jane Roe, blamed the rain."),
        ("Alex Roe, she says, taught her to read.", "She has never forgotten it."),
        ("Alex Roe taught her to read.", "She has never forgotten it."),
        ("She said that Alex Roe had left.", "She has never forgotten it."),
        ("Alex Roe told her that the sale was off.", "She said it was wrong."),
        ("“I’ve asked all nine of them,” she said.", "She believes that it was the valve."),
    ],
)
def test_nothing_is_added_where_there_is_doubt(before: str, sentence: str) -> None:
    assert with_antecedent(sentence, [before], parsed) == sentence


@pytest.mark.parametrize(
    ("before", "sentence", "read"),
    [
        ("Jane Roe was elected on Monday.", "She had never stood before.", "Jane Roe had never stood before."),
        (
            "The Calder Trust sued on Monday.",
            "Its director blamed the rain.",
            "Calder Trust’s director blamed the rain.",
        ),
        ("Jane Roe met Anna Berg on Monday.", "She had never stood before.", "She had never stood before."),
    ],
)
def test_a_model_reads_the_name_in_the_place_of_the_pronoun(before: str, sentence: str, read: str) -> None:
    assert in_full(sentence, [before], parsed) == read


_SOME_WORDS = "She Its It The company Jane Roe Calder Trust director said met , . blamed in Lowmouth he"
_WORDS = st.sampled_from(_SOME_WORDS.split(" "))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_WORDS, min_size=1, max_size=12), st.lists(_WORDS, max_size=8))
def test_only_square_brackets_are_added(before: list[str], words: list[str]) -> None:
    sentence = " ".join(["Its", *words])
    assert re.sub(r" \[[^\]]*\]", "", with_antecedent(sentence, [" ".join(before)], parsed)) == sentence
