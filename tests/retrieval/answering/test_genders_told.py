"""Whether an article calls somebody "he" or "she"."""

from __future__ import annotations

import pytest

from retrieval.annotation.quotations.names import Gender
from retrieval.answering.genders_told import gender_told, is_of_other_gender

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


FAMILY = (
    "“I was up at two,” said Ella Rusk, who runs the mill. She will leave in March. Her brother, Otto Rusk, voted no."
    " “She sold the oven,” he said. Rusk shares fell."
)
TOLD = [
    ("Ella Rusk", FAMILY, Gender.FEMALE, "of two with one surname each is meant by the whole name"),
    ("Otto Rusk", FAMILY, Gender.MALE, "her brother"),
    ("Rusk", FAMILY, None, "either"),
    ("Ada Lind", "“He is a good man,” said the club’s owner, Ada Lind.", None, "“he” is in quotation marks"),
    ("Ada Lind", "Their captain, Ada Lind, left. “He never went up,” she said.", Gender.FEMALE, "“she” is not"),
    ("Ada Lind", "The chairwoman, Ada Lind, wrote to him.", Gender.FEMALE, "a chairwoman"),
    ("Per Lind", "Sir Per Lind will lead it.", Gender.MALE, "a title"),
    ("Per Lind", "Per Lind, she says, taught her to sail. She owes him that.", None, "she is who tells it"),
    ("Ada Lind", "Judge Ada Lind refused him bail, as he might flee.", None, "him is another"),
    ("Ada Lind", "Ada Lind will take his place.", None, "his place is another’s"),
    ("Ada Lind", "Ada Lind, a cook, said that she had seen it.", Gender.FEMALE, "what she says of herself"),
    ("Per Lind", "Ann Roe agreed. Roe agreed; Lind said he would see. Per Lind left.", None, "Roe is named beside"),
]


@pytest.mark.parametrize(("name", "text", "gender", "why"), TOLD, ids=[why for *_, why in TOLD])
def test_what_an_article_shows_of_a_person(name: str, text: str, gender: Gender | None, why: str) -> None:
    assert gender_told(name, text) is gender


def test_one_article_that_is_misread_counts_less_than_two() -> None:
    right, wrong = "Per Lind came. He left.", "Per Lind paid. She was glad."
    assert not is_of_other_gender("Per Lind", "he", wrong, right)
    assert is_of_other_gender("Per Lind", "she", wrong, right, f"{right} He ate.")
