"""Whether a sentence tells of what a phrase names."""

from __future__ import annotations

import pytest

from retrieval.answering.what_happened.phrases_told import told_together
from retrieval.schema import Stretch


@pytest.mark.parametrize(
    ("phrase", "text", "date", "told"),
    [
        ("the crane topple", "The crane on the old quay toppled on 3 May", "3 May", True),
        ("the bridge opening", "The opening of the bridge was on 3 May", "3 May", True),
        ("the cracks found by divers", "Divers found cracks in the wall on Monday", "Monday", True),
        ("the council elections", "Turnout at the council elections fell in 2010", "2010", True),
        ("the midterm elections", "It passed the election turnout in the midterm year of 2010", "2010", False),
        ("the harbour elections", "The elections changed nothing at the harbour, built in 2010", "2010", False),
        (
            "the world cup final",
            "On Sunday they play for the title, where the hosts await in a rematch of the best world cup final",
            "Sunday",
            False,
        ),
        ("the crane topple", "The quay was closed on 3 May", "3 May", False),
    ],
)
def test_words_of_a_phrase_that_stand_together_near_the_date_tell_of_it(
    phrase: str, text: str, date: str, told: bool
) -> None:
    at = text.index(date)
    assert told_together(phrase, text, Stretch(at, at + len(date))) is told
