"""Square brackets behind a pronoun, where there is no doubt."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.sentences.referents import is_of_another, with_speaker


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


@pytest.mark.parametrize(
    ("sentence", "before", "after", "another"),
    [
        ("He apologised in 1971.", "The captain said no.", "The geologist Emil Lind called it an error.", True),
        ("He apologised in 1971.", "Emil Lind called it an error.", "Lind died in 1974.", False),
        ("“We played as if we were on the bus.”", "Emil Lind was sent off.", "", True),
        ("“We played as if Lind was there.”", "", "", False),
    ],
)
def test_who_is_meant_before_a_name_is_another(sentence: str, before: str, after: str, another: bool) -> None:
    assert is_of_another("Did Emil Lind apologise?", sentence, before, after) is another
