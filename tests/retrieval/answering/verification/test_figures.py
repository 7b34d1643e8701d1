"""Numbers that bear out others, and those that only look alike."""

import pytest

from retrieval.answering.verification.figures import exchanged, figures, supports


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
        ("It opens from 6 a.m. to 10 a.m. daily.", "It opens from 6 to 10 am."),
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
        ("It opens from 6 a.m. to 10 a.m. daily.", "It opens from 6 to 10 p.m."),
    ],
)
def test_the_same_number_of_something_else(stated: str, written: str) -> None:
    assert not any(supports(figures(written)[0], other) for other in figures(stated))


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        ("It may take no more than 17 days.", "It may take at most 17 days."),
        ("It may take no more than 17 days.", "It may take 17 days or less."),
        ("It may take up to 17 days.", "It may take as many as 17 days."),
        ("They paid as much as 40 dollars.", "They paid up to 40 dollars."),
        ("They paid a price not exceeding 40 dollars.", "They paid at most 40 dollars."),
        ("No fewer than 17 boats came.", "At least 17 boats came."),
        ("More than 17 boats came.", "At least 17 boats came."),
        ("Over 17 boats came.", "More than 17 boats came."),
        ("Nearly 17 boats came.", "Fewer than 17 boats came."),
        ("They had a dispute about 17 boats.", "They had a dispute over 17 boats."),
        ("Not only more than 17 boats came.", "More than 17 boats came."),
        ("16.5 tonnes were sold.", "Nearly 17 tonnes were sold."),
    ],
)
def test_bounds_that_bear_each_other_out(stated: str, written: str) -> None:
    assert any(supports(figures(written)[0], other) for other in figures(stated))


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        ("It may take no more than 17 days.", "It may take more than 17 days."),
        ("It may take no more than 17 days.", "It may take at least 17 days."),
        ("It may take no more than 17 days.", "It may take less than 17 days."),
        ("It may take no more than 17 days.", "It may take 17 days."),
        ("It may take up to 17 days.", "It may take at least 17 days."),
        ("The price did not exceed 40 dollars.", "The price exceeded 40 dollars."),
        ("They could not lift more than 40 tonnes.", "They could lift more than 40 tonnes."),
        ("No fewer than 17 boats came.", "Fewer than 17 boats came."),
        ("At least 17 boats came.", "More than 17 boats came."),
        ("17 boats came.", "More than 17 boats came."),
        ("More than 17 boats came.", "Nearly 17 boats came."),
        ("17.5 tonnes were sold.", "Nearly 17 tonnes were sold."),
    ],
)
def test_bounds_that_do_not(stated: str, written: str) -> None:
    assert not any(supports(figures(written)[0], other) for other in figures(stated))


@pytest.mark.parametrize(
    ("stated", "written", "turned"),
    [
        ("They rejected it by 412 votes to 88.", "They rejected it by 88 votes to 412.", True),
        ("They rejected it by 412 votes to 88.", "They rejected it 412-88.", False),
        ("Marl won 3-1.", "Marl won 1-3.", True),
        ("It rose from 12 to 30.", "It fell from 30 to 12.", True),
        ("The committee voted 7–4, and the council 4–7.", "The council voted 4-7.", False),
        ("There were 12 boats and 30 cars.", "There were 30 cars and 12 boats.", False),
    ],
)
def test_two_figures_that_are_exchanged(stated: str, written: str, turned: bool) -> None:
    assert (exchanged(written, figures(written), [stated]) is not None) is turned
