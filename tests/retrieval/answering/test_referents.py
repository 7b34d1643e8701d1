"""Square brackets behind a pronoun, where there is no doubt."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.referents import with_speaker


def test_a_pronoun_is_made_clear_when_one_person_alone_spoke_before() -> None:
    shown = with_speaker("She said it was safe.", "Ines Calder told reporters that the quay had been tested.")
    assert shown == "She [Ines Calder] said it was safe."


@pytest.mark.parametrize(
    ("sentence", "before"),
    [
        ("She said it was safe.", None),
        ("She said it was safe.", "Ines Calder told Per Lind about it."),
        ("She said it was safe.", "Ines Calder met Anna Berg."),
        ("He said it was safe.", "Ines Calder said her boat was lost."),
        ("They said it was safe.", "Ines Calder said so."),
        ("She was there.", "Ines Calder said so."),
    ],
)
def test_a_pronoun_is_left_alone_where_there_is_doubt(sentence: str, before: str | None) -> None:
    assert with_speaker(sentence, before) == sentence


@given(st.text(max_size=80), st.text(max_size=80))
def test_only_square_brackets_are_added(rest: str, before: str) -> None:
    sentence = f"She said {rest}".replace("[", "(")
    shown = with_speaker(sentence, f"{before} Ines Calder said so.")
    assert re.sub(r" \[[^\]]*\]", "", shown, count=1) == sentence
