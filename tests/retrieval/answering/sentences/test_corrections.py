"""What a publisher takes back."""

import pytest

from retrieval.answering.sentences.corrections import corrects, takes_back


@pytest.mark.parametrize(
    "text",
    [
        "Correction: the bill was 40 dollars.",
        "*CORRECTION - The name of the vet was misspelled.",
        "An earlier version of this article said that nine boats had sunk.",
        "A previous report incorrectly named the pilot.",
        "Editor’s note: the fair is in May.",
    ],
)
def test_a_report_is_taken_back(text: str) -> None:
    assert takes_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "The correction of the river took nine years.",
        "An earlier version of the bridge was built of wood.",
        "Prices fell after a correction on the markets.",
        "The report said that nine boats had sunk.",
    ],
)
def test_other_corrections_and_versions_take_nothing_back(text: str) -> None:
    assert not takes_back(text)


def test_a_correction_is_of_the_same_number_of_the_same_thing() -> None:
    correction = "An earlier version of this article said that nine boats had sunk."
    assert corrects(correction, "Nine boats sank in the harbour.")
    assert not corrects(correction, "Nine sailors were saved.")
    assert not corrects(correction, "Seven boats sank in the harbour.")
    assert not corrects("Nine boats had sunk.", "Nine boats sank in the harbour.")
