"""That there is one of a kind does not tell which one it is."""

from __future__ import annotations

import pytest

from retrieval.answering.sentences.unnamed import is_left_unnamed


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("which bank lent the mill money?", "A bank lent the mill €2 million in May, said Ann Lowe of the chamber."),
        ("which supplier made the clip?", "Jo Rand said a supplier had changed the plastic used for a clip."),
        ("which museum wants the old gates?", "A museum has offered to buy the old gates, according to Ann Lowe."),
        ("Which consultant found the rust?", "A consultant, who was paid €40,000, found the rust."),
        ("What company made the clip?", "The clip was made by a small foreign company."),
    ],
)
def test_a_bank_is_not_which_bank(question: str, text: str) -> None:
    assert is_left_unnamed(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which bank lent the money?", "A bank in Ulm lent the money."),
        ("Which bank lent the money?", "A bank, Norrabank, lent the money."),
        ("which dealer sold the stamp?", "The stamp was sold by Ann Lowe, a dealer known for her hats."),
        ("Which bank lent the money?", "A Swiss bank lent the money."),
        ("Which bank lent the money?", "The money was lent by Lowe Bank, a bank of Ulm."),
        ("Which company made it?", "It was made by a company called Halm Rail."),
        ("Which museum bought it?", "A museum had bought it: the Halm."),
        ("Which animal ate the fish?", "A fox ate the fish."),
        ("Which old bridge fell?", "An old bridge near Ulm fell."),
        ("What role did Lowe play?", "She played a role as a nurse."),
    ],
)
def test_what_tells_which_one_it_is_is_left_to_answer(question: str, text: str) -> None:
    assert not is_left_unnamed(question, text)
