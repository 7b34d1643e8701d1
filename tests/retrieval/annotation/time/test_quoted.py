"""What somebody calls today, tomorrow or next year counts from the day on which they said it."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.annotation.time import tag
from retrieval.annotation.time.quoted import counted_from_saying

WEDNESDAY = date(2026, 5, 20)


def values(text: str) -> list[str]:
    return [e.value for e in counted_from_saying(text, tag(text, WEDNESDAY), WEDNESDAY)[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will vote tomorrow,” the mayor said on 3 May 2026.", ["2026-05-04", "2026-05-03"]),
        ("“I fell yesterday,” Ann Lowe told the Post on May 4.", ["2026-05-03", "2026-05-04"]),
        ("On 3 May 2026 the mayor said: “We will vote tomorrow.”", ["2026-05-03", "2026-05-04"]),
        ("“We won,” Bell said on Monday. “We play again tomorrow.”", ["2026-05-18", "2026-05-19"]),
        ("“We will open next year,” the firm said in 2019.", ["2020", "2019"]),
        ("“We open in June,” the firm said on 3 May 2019.", ["2019-06", "2019-05-03"]),
        ('"We lost last night," Tom Reed wrote on May 12.', ["2026-05-11TNI", "2026-05-12"]),
        # said today, or nobody knows when; and a date that is not that of the saying
        ("“We will vote tomorrow,” the mayor said on Wednesday.", ["2026-05-21", "2026-05-20"]),
        ("“We will vote tomorrow,” the mayor said.", ["2026-05-21"]),
        ("“We will vote tomorrow,” said Bell, who was elected on 3 May 2024.", ["2026-05-21", "2024-05-03"]),
        ("“We vote tomorrow,” she said. He left on 3 May.", ["2026-05-21", "2026-05-03"]),
        ("Ann spoke on 3 May. “We vote tomorrow.”", ["2026-05-03", "2026-05-21"]),
        ("The mayor said on 3 May that the council would vote tomorrow.", ["2026-05-03", "2026-05-21"]),
        # the date before counts, whenever it was said
        ("“We left in 2005 and came back two years later,” she said in 2019.", ["2005", "2007", "2019"]),
    ],
)
def test_a_day_in_a_quotation_counts_from_when_it_was_said(text: str, expected: list[str]) -> None:
    assert values(text) == expected


def test_a_day_is_left_out_where_it_is_unclear_from_when_it_counts() -> None:
    assert values("“We opened last week,” the firm said in 2019.") == ["2019"]
    assert values("“We play again on Friday,” Bell said on 3 May.") == ["2026-05-03"]
    assert values("“We will play again on Friday,” Bell said on Monday.") == ["2026-05-22", "2026-05-18"]
