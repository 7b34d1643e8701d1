"""Whether an article calls somebody "he" or "she"."""

from __future__ import annotations

import pytest

from retrieval.answering.genders_told import is_of_other_gender

LIND = "Marta Lind died at her home in Marl. She was 92.\n\nDr Lind married Olof Sand in 1958. He died in 2003."


@pytest.mark.parametrize(
    ("name", "pronoun", "other"),
    [("Marta Lind", "he", True), ("Marta Lind", "she", False), ("Olof Sand", "she", False), ("Ann Roe", "he", False)],
)
def test_pronouns_count_where_nobody_else_is_named(name: str, pronoun: str, other: bool) -> None:
    assert is_of_other_gender(name, pronoun, LIND) is other


def test_her_son_is_no_woman() -> None:
    text = "Ann Amadi-Holt died. Her son, David Holt, said so. She was 93. Her lawyer, Jo Lind, came. She had a will."
    assert is_of_other_gender("David Holt", "she", text)
    assert not is_of_other_gender("David Holt", "he", text)
    assert not is_of_other_gender("Ann Amadi-Holt", "she", text)


def test_who_is_called_both_is_of_neither() -> None:
    assert not is_of_other_gender("Lind", "he", "Lind said he would go. Lind lost her way.")
