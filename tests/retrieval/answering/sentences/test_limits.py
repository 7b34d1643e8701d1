"""Figures with what limits them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.sentences.limits import of_another_whole, with_limits


@pytest.mark.parametrize(
    ("text", "figure", "whole"),
    [
        ("It cut off fewer than 3,100 homes.", "3,100 homes", "fewer than 3,100 homes"),
        ("It cost no more than $4 million.", "$4 million", "no more than $4 million"),
        ("It cost at least $4 million.", "$4 million", "at least $4 million"),
        ("Only about half of the members voted.", "half", "Only about half of the members"),
        ("Two thirds of the 40 shops closed.", "thirds", "Two thirds of the 40 shops"),
        ("A quarter of the 200 shops closed.", "200 shops", "A quarter of the 200 shops"),
        ("Fewer than half of its 200 shops closed.", "200 shops", "Fewer than half of its 200 shops"),
        ("The firm closed 200 shops.", "200 shops", "200 shops"),
        ("Not even 200 people came.", "200 people", None),
    ],
)
def test_a_figure_is_told_with_what_limits_it(text: str, figure: str, whole: str | None) -> None:
    start = text.index(figure)
    found = with_limits(text, start, start + len(figure))
    assert (None if found is None else text[slice(*found)]) == whole


@pytest.mark.parametrize(
    ("sentence", "another"),
    [
        ("The church lost most of its medieval windows.", True),
        ("The hail took half of the late grape harvest.", False),
        ("About a third was lost.", False),
    ],
)
def test_a_part_of_something_else_is_no_answer(sentence: str, another: bool) -> None:
    assert of_another_whole("How much of the harvest was lost?", sentence) is another


@given(st.text(alphabet="a 1of,half more than not", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_the_whole_holds_the_figure(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = with_limits(text, start, end)
    assert found is None or (found[0] <= start and end <= found[1] <= len(text))
