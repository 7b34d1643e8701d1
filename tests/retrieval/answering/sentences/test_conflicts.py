"""Sentences that tell one thing with different figures."""

import pytest

from retrieval.answering.sentences.conflicts import conflicts, figures


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("The storm killed 12 people in Lowmouth.", "The storm killed nine people in Lowmouth."),
        ("The harbour repair will cost $46 million.", "The harbour repair will cost $38 million."),
        ("The harbour bridge will reopen on Oct. 3.", "The harbour bridge will reopen on Sept. 12."),
        ("The fire in Lowmouth harbour has killed six people.", "Four people died in the fire in Lowmouth harbour."),
        (
            "The number of people ill in Lowmouth after the fair is now 112.",
            "Some 74 people are ill in Lowmouth after the fair.",
        ),
        ("The death toll of the Lowmouth harbour storm rose to 12.", "The Lowmouth harbour storm killed nine people."),
        ("Some 640 workers walked out at the cannery.", "Some 460 workers walked out at the cannery."),
    ],
)
def test_another_figure_for_the_same_thing_is_a_conflict(newer: str, older: str) -> None:
    assert conflicts(newer, older)


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("The storm killed 12 people in Lowmouth.", "The storm sank 9 boats in Lowmouth."),
        ("The storm killed 12 people in Lowmouth.", "The storm killed 12 people in Lowmouth, 3 of them at sea."),
        ("The vote was 11 to 10.", "The ferry carries 40 cars."),
        ("She took 52% of the vote in the second round.", "Turnout was 61% on a wet day."),
        ("The harbour closed in 2019 for repairs.", "The harbour closed in 2021 for repairs."),
        ("The mayor was there.", "The mayor was there."),
    ],
)
def test_figures_of_different_things_do_not_conflict(newer: str, older: str) -> None:
    assert not conflicts(newer, older)


def test_a_figure_is_known_by_what_it_counts() -> None:
    found = figures("On May 3 some 1,200 people paid $2.5 million, or 7%, for three boats.")
    assert found["day"] == {"May 3"}
    assert found["$"] == {"2.5 million"}
    assert found["%"] == {"7"}
    assert found["peopl"] == {"1200"}
    assert found["boat"] == {"3"}
