from datetime import date

import pytest

from retrieval.annotation.quotations.dating import with_dates
from retrieval.schema import (
    Granularity,
    Quotation,
    QuotationKind,
    Stretch,
    TimeExpression,
    TimeSpan,
    TimexType,
)

MONDAY = TimeSpan(date(2020, 3, 2), date(2020, 3, 2), Granularity.DAY, "2020-03-02")


def stretch(text: str, words: str) -> Stretch:
    start = text.index(words)
    return Stretch(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "content", "cue", "dated"),
    [
        ("Roe told reporters on Monday that the road was open.", "the road was open", "told", True),
        ("“It is open,” Roe said Monday.", "It is open", "said", True),
        ("On Monday, Roe said the road was open.", "the road was open", "said", True),
        ("Roe said the road would open on Monday.", "the road would open on Monday", "said", False),
        ("Roe said it was open. On Monday it snowed.", "it was open", "said", False),
        ("“It is open,” said Roe, who was hired on Monday.", "It is open", "said", False),
        ("Roe, who broke the Monday record, said it was open.", "it was open", "said", False),
    ],
)
def test_the_day_beside_the_cue_is_when_it_was_said(text, content, cue, dated):
    quotation = Quotation((stretch(text, content),), QuotationKind.INDIRECT, cue=(stretch(text, cue),))
    where = stretch(text, "Monday")
    expression = TimeExpression(where.start, where.end, TimexType.DATE, "2020-03-02", MONDAY)
    (found,) = with_dates(text, [quotation], [expression])
    assert found.said_on == (MONDAY if dated else None)


def test_a_duration_dates_nothing():
    text = "Roe said for two days that it was open."
    quotation = Quotation((stretch(text, "it was open"),), QuotationKind.INDIRECT, cue=(stretch(text, "said"),))
    expression = TimeExpression(*stretch(text, "two days"), TimexType.DURATION, "P2D")
    assert with_dates(text, [quotation], [expression]) == [quotation]


def test_a_weekday_of_an_undated_article_is_kept_as_that_weekday():
    text = "Roe told reporters on Monday that the road was open."
    quotation = Quotation((stretch(text, "the road was open"),), QuotationKind.INDIRECT, cue=(stretch(text, "told"),))
    expression = TimeExpression(*stretch(text, "Monday"), TimexType.DATE, "XXXX-WXX-1")
    (found,) = with_dates(text, [quotation], [expression])
    assert found.said_on == TimeSpan(None, None, Granularity.DAY, "XXXX-WXX-1")
