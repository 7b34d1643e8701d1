"""Publication dates: as stated, and never guessed."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.dates import date_in_url, dateline, parse_published

DAY = date(2016, 10, 31)


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ("2016-10-31", DAY),
        ("20161031", DAY),
        ("2016/10/31", DAY),
        ("2016.10.31", DAY),
        ("2016-10-31T08:15", DAY),
        ("2016-10-31 08:15:00.123", DAY),
        ("October 31, 2016", DAY),
        ("Oct. 31, 2016", DAY),
        ("31 October 2016", DAY),
        ("31. October 2016", DAY),
        ("31st of October 2016", DAY),
        ("Monday, October 31st, 2016", DAY),
        ("Mon, Oct 31, 2016 at 8:15 a.m. ET", DAY),
        ("October 31, 2016, 8:15 PM EDT", DAY),
        ("31-Oct-2016", DAY),
        ("31.10.2016", DAY),
        ("2016-10-31T08:15:00Z", datetime.fromisoformat("2016-10-31T08:15:00+00:00")),
        ("2016-10-31T08:15:00+05:30", datetime.fromisoformat("2016-10-31T08:15:00+05:30")),
        ("2016-10-31T08:15:00.000-0400", datetime.fromisoformat("2016-10-31T08:15:00-04:00")),
        ("Mon, 31 Oct 2016 08:15:00 +0000", datetime.fromisoformat("2016-10-31T08:15:00+00:00")),
        ("Mon, 31 Oct 2016 08:15:00 GMT", datetime.fromisoformat("2016-10-31T08:15:00+00:00")),
    ],
)
def test_stated_dates_are_read(value: str, published: date) -> None:
    found = parse_published(value)
    assert found == published
    assert type(found) is type(published)


@pytest.mark.parametrize(
    "value",
    ["", "2016", "October 2016", "2016-10", "10/31/2016", "03/04/2016", "2016-13-01", "31 February 2016", "yesterday",
     "3 days ago", "May", "1477901700", "0000-00-00", "Oct 31", "2016-10-31 to 2016-11-02", "x" * 200],
)  # fmt: skip
def test_what_is_no_full_date_is_none(value: str) -> None:
    assert parse_published(value) is None


@pytest.mark.parametrize(
    ("url", "published"),
    [
        ("https://e.org/2016/10/31/a-story", DAY),
        ("https://e.org/world/2016/oct/31/a-story", DAY),
        ("https://e.org/news/2016-10-31/a-story", DAY),
        ("https://e.org/a-story-2016-10-31", DAY),
        ("https://e.org/a-story_20161031.html", DAY),
        ("https://e.org/20161031/a", DAY),
        ("https://e.org/2016/10/31", DAY),
        ("https://e.org/2016/1/5/a", date(2016, 1, 5)),
        ("https://e.org/2016/10/a-story", None),
        ("https://e.org/2016/a", None),
        ("https://e.org/2016/13/31/a", None),
        ("https://e.org/2016/10/311/a", None),
        ("https://e.org/12345678/a", None),
        ("https://e.org/a-story-120161031", None),
        ("https://e.org/a?d=2016/10/31", None),
        ("https://e.org/1816/10/31/a", None),
    ],
)
def test_the_day_in_an_address(url: str, published: date | None) -> None:
    assert date_in_url(url) == published


@pytest.mark.parametrize(
    "text",
    [
        "GENEVA, Oct. 31, 2016 (Agency) — Talks resumed.",
        "GENEVA (Oct. 31, 2016) - Talks resumed.",
        "NEW YORK, October 31, 2016 /Newswire/ -- A firm said.",
        "PORT LOUIS, Isle — 3 words\n\nOct. 31, 2016\n\nTalks.",
        "A headline\n\nPublished: 31 October 2016\n\nText.",
        "A headline\nBy Ann Lee\nOct. 31, 2016\n\nText.",
        "A headline\n\nBy Ann Lee | October 31, 2016 | 8:15 am\n\nText.",
        "# A headline\n\n*Published on October 31, 2016 at 9:00 AM EST*\n\nText.",
        "Posted Monday, October 31, 2016\n\nText.",
        "Date: 2016-10-31\r\n\r\nText.",
        "A headline\nBy Ann Lee\nThe Vale of Alder Chronicle, 31 October 2016\n\nText.",
        "A headline\nBy Ann Lee, Monday, October 31, 2016\n\nText.",
        "A headline\nBy Ann Lee, The Alder Post, 31 October 2016\n\nText.",
        "A headline\nBy Ann Lee and Bo Diaz, Staff Writers, Coast & Harbour, October 31, 2016\n\nText.",
    ],
)
def test_the_head_of_a_text_states_the_day(text: str) -> None:
    assert dateline(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "GENEVA, Oct. 31 (Agency) — Talks resumed.",  # no year
        "On October 31, 2016, the talks resumed.",
        "The talks of October 31, 2016 — the third — failed.",
        "Copyright 2016 The Gazette",
        "© October 31, 2016 The Gazette",
        "Last updated: October 31, 2016\n\nText.",
        "Updated Monday, October 31, 2016\n\nText.",
        "He left on Monday, October 31, 2016\n\nText.",
        "Ann Lee, who left, died, October 31, 2016\n\nText.",
        "October 2016\n\nText.",
        "Published: yesterday\n\nText.",
        "\n".join(f"Line {i} of a long story." for i in range(20)) + "\nOctober 31, 2016\n",
        "",
    ],
)
def test_a_date_in_passing_is_not_the_publication(text: str) -> None:
    assert dateline(text) is None


@given(st.text(max_size=300))
def test_any_text_may_be_asked(text: str) -> None:
    parse_published(text)
    dateline(text)
    date_in_url("https://example.com/" + text.replace("[", "").replace("]", ""))
