"""Dates that name a thing, beside those that say when."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.annotation.time import names_thing, tag


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("He helped broker the 2005 agreement.", True),
        ("He helped broker a 2005 agreement.", True),
        ("They revisit the September 2005 joint statement.", True),
        ("Parliament passed its 2020 budget.", True),
        ("It is Calder's 2015 treaty.", True),
        ("It is the landmark 2015 treaty.", True),
        ("They reached a deal in 2005 with others.", False),
        ("In 2005 they reached a deal.", False),
        ("The test of 2006 failed.", False),
        ("They met in September 2005 and parted.", False),
        ("The Oct. 21 meeting was long.", False),
        ("By the end of 2005 they had parted.", False),
    ],
)
def test_a_year_before_a_noun_names_it(text: str, named: bool) -> None:
    (expression,) = tag(text, date(2016, 10, 31))
    assert names_thing(text, expression) is named
