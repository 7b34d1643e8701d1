"""Numbers that bear out others, and those that only look alike."""

import pytest

from retrieval.answering.verification.figures import figures, supports


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        ("It took seventeen days.", "It took 17 days."),
        ("It took 17 long days.", "It took 17 days."),
        ("It took between 17 and 20 days.", "It took at least 17 days."),
        ("Seventeen people were hurt.", "17 were hurt."),
        ("Seventeen people were hurt.", "17 injured people were there."),
        ("They paid $5 million for it.", "They paid 5 million dollars for it."),
        ("About 17 percent of them left.", "Some 17% left."),
    ],
)
def test_the_same_number_of_the_same_thing(stated: str, written: str) -> None:
    assert any(supports(figures(written)[0], other) for other in figures(stated))


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        ("Seventeen people were hurt in 30 days.", "It took 17 days."),
        ("It took 17 days.", "17 people were hurt."),
        ("Five million people left.", "They paid $5 million for it."),
        ("They won 17 seats.", "They won 17 percent."),
        ("It took 16 days.", "It took 17 days."),
    ],
)
def test_the_same_number_of_something_else(stated: str, written: str) -> None:
    assert not any(supports(figures(written)[0], other) for other in figures(stated))
