"""What is denied, doubted, asked, alleged, hoped for or contrary to fact has not happened."""

from __future__ import annotations

import pytest

from tests.retrieval.annotation.events.read_events import dated, events

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The firm denies that it sold the mine in 2008.", "denied"),
        ("The firm denied selling the mine in 2008.", "denied"),
        ("He rejected claims that he met the envoy in June 2013.", "denied"),
        ("The minister dismissed reports that he had resigned in May 2009.", "denied"),
        ("He denied that he met her and gave her money in 2009.", "denied"),
        ("He pleaded not guilty to burning the mill in 2011.", "denied"),
        ("He was cleared of killing two people in 2009.", "denied"),
        ("The town came close to winning the title in 2006.", "denied"),
        ("He left without paying the fee in 2009.", "denied"),
        ("There is no evidence that she met him in June 2011.", "hypothetical"),
        ("There were rumours that he died in 2009.", "hypothetical"),
        ("The police never said that the car was stolen in 2009.", "hypothetical"),
        ("She did not deny that she met him in May 2009.", "hypothetical"),
        ("He denies that he did not pay in 2009.", "hypothetical"),
        ("She was accused of stealing the ring in 2009.", "hypothetical"),
        ("The report accuses the firm of hiding the leak in 2009.", "hypothetical"),
        ("He is alleged to have met her in May 2009.", "hypothetical"),
        ("She hoped to open the shop in 2011.", "hypothetical"),
        ("He intended to repay the loan by the end of 2014.", "scheduled"),
    ],
)
def test_what_is_said_not_to_be_a_fact_is_told_with_the_words_that_say_so(text: str, status: str) -> None:
    assert [(shown, found) for shown, _, found in dated(text)] == [(text.rstrip("."), status)]


@pytest.mark.parametrize(
    "text",
    [
        "The firm said that it sold the mine in 2008.",
        "The council denied the firm a permit in 2009.",
        "She was accused in 2009 of stealing the ring.",
        "He pleaded guilty to burning the mill in 2011.",
        "He was convicted of killing two people in 2009.",
        "There is evidence that she met him in June 2011.",
        "Nobody disputes that she met him in June 2011.",
        "The claims made in May 2009 were false.",
        "He admitted stealing the ring in 2009.",
        "He had the dam built in 2015.",
        "It was claimed in 2009 that he left.",
    ],
)
def test_what_is_a_fact_happened(text: str) -> None:
    assert [status for _, _, status in dated(text)] == ["happened"]


def test_a_denial_and_what_it_denies_are_two_events_of_one_clause() -> None:
    found = [(v, s) for _, v, s in dated("The firm denied on 3 May 2008 that it sold the mine in 2008.")]
    assert found == [("2008-05-03", "happened"), ("2008", "denied")]


@pytest.mark.parametrize(
    "text",
    [
        "“Did you sell the boat in 2009?” the judge asked.",
        "“Were you in Boston on 3 May 2011?” the lawyer asked.",
        "The lawyer asked him, “Were you in Boston on 3 May 2011?” before the break.",
    ],
)
def test_what_somebody_asks_did_not_happen(text: str) -> None:
    assert dated(text) == []


def test_what_would_have_been_had_something_been_is_contrary_to_fact() -> None:
    text = "Had the bridge been closed in March 2009, nobody would have died."
    assert dated(text) == [("Had the bridge been closed in March 2009", "2009-03", "hypothetical")]
    assert [e for e in events(text) if e.expression is None] == []
