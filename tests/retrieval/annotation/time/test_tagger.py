"""A table of cases for every construction, beside what only looks like one. All sentences are made up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from retrieval.annotation.time import tag
from retrieval.schema import TimeExpression, TimexType
from tests.retrieval.annotation.time.tagged import MONDAY, read


def only(text: str, published: date | datetime | None = MONDAY) -> TimeExpression:
    (expression,) = tag(text, published)
    return expression


@pytest.mark.parametrize(
    ("text", "phrase", "value"),
    [
        # absolute dates in every spelling
        ("It opened on 2016-10-21.", "2016-10-21", "2016-10-21"),
        ("It opened on October 21, 2016.", "October 21, 2016", "2016-10-21"),
        ("It opened on Oct. 21, 2016.", "Oct. 21, 2016", "2016-10-21"),
        ("It opened on 21 October 2016.", "21 October 2016", "2016-10-21"),
        ("It opened on the 21st of October, 2016.", "the 21st of October, 2016", "2016-10-21"),
        ("It opened on Friday, Oct. 21, 2016.", "Friday, Oct. 21, 2016", "2016-10-21"),
        ("It opened on 10/21/2016.", "10/21/2016", "2016-10-21"),
        ("It opened on 21/10/2016.", "21/10/2016", "2016-10-21"),
        ("It opened on 21.10.2016.", "21.10.2016", "2016-10-21"),
        ("It opened in September 2005.", "September 2005", "2005-09"),
        ("It opened in 1994.", "1994", "1994"),
        ("It opened in nineteen ninety-four.", "nineteen ninety-four", "1994"),
        ("It opened in the year two thousand.", "the year two thousand", "2000"),
        # ranges
        ("They met on Oct. 21-22.", "Oct. 21-22", "2016-10-21/2016-10-22"),
        ("They met on 21–22 October 2016.", "21–22 October 2016", "2016-10-21/2016-10-22"),
        ("They met on Dec. 30, 2015-Jan. 2, 2016.", "Dec. 30, 2015-Jan. 2, 2016", "2015-12-30/2016-01-02"),
        ("The plan for 2004-06 failed.", "2004-06", "2004/2006"),
        ("It was the fashion of the 1990s.", "the 1990s", "199X"),
        ("It was the fashion of the '90s.", "the '90s", "199X"),
        ("It was built in the mid-nineties.", "the mid-nineties", "199X"),
        ("It was built in the 19th century.", "the 19th century", "18XX"),
        ("It fell in early 2017.", "early 2017", "2017"),
        ("It fell in mid-July.", "mid-July", "2016-07"),
        ("It fell in the first half of 2015.", "the first half of 2015", "2015-H1"),
        # weekdays by tense
        ("He spoke on Monday.", "Monday", "2016-10-31"),
        ("He spoke on Friday.", "Friday", "2016-10-28"),
        ("He will speak on Friday.", "Friday", "2016-11-04"),
        ("It should be seen Friday across the north.", "Friday", "2016-11-04"),
        ("The judge has set a Friday hearing.", "Friday", "2016-11-04"),
        ("The court Friday rejected the plan.", "Friday", "2016-10-28"),
        ("He spoke last Friday.", "last Friday", "2016-10-28"),
        ("He speaks next Tuesday.", "next Tuesday", "2016-11-08"),
        ("He speaks this Friday.", "this Friday", "2016-11-04"),
        # and by what leads to the day
        ("The council voted 9 to 4 on Saturday to approve it.", "Saturday", "2016-10-29"),
        ("The judge ordered him to appear on Saturday.", "Saturday", "2016-11-05"),
        ("He failed to appear on Saturday.", "Saturday", "2016-10-29"),
        ("He had been told to leave on Saturday.", "Saturday", "2016-10-29"),
        ("A hearing is set for Saturday.", "Saturday", "2016-11-05"),
        ("The hearing was adjourned to Saturday.", "Saturday", "2016-11-05"),
        ("As of Saturday, the town is seeing 50 cases a day.", "Saturday", "2016-10-29"),
        ("As of Saturday, the road will be shut.", "Saturday", "2016-11-05"),
        ("The rule ended overnight Saturday.", "overnight Saturday", "2016-10-29TNI"),
        ("In January, Ann Poe must win 218 votes.", "January", "2017-01"),
        ("Is he rattled again? 18 years later it goes on.", "18 years later", "XXXX"),
        ("The board was not told until Saturday.", "Saturday", "2016-10-29"),
        ("The board will not be told until Saturday.", "Saturday", "2016-11-05"),
        ("The hearing was moved to the hall on Saturday.", "Saturday", "2016-10-29"),
        ("The road reopens on Saturday.", "Saturday", "2016-11-05"),
        ("Tickets go on sale Wednesday at $35.", "Wednesday", "2016-11-02"),
        ("The rule goes into effect Friday.", "Friday", "2016-11-04"),
        ("He resigned following Friday's vote.", "Friday", "2016-10-28"),
        ("He resigned the following Friday.", "the following Friday", "2016-11-04"),
        ("The smoke that arrived on Friday may bypass the bay.", "Friday", "2016-10-28"),
        ("It will sit a week from Friday.", "a week from Friday", "2016-11-11"),
        ("Parking is free Monday through Wednesday.", "Monday through Wednesday", "XXXX-WXX-1"),
        ("From Friday tickets cost six crowns.", "Friday", "2016-11-04"),
        ("From Friday on he was ill.", "Friday", "2016-10-28"),
        ("Trams stop at the port starting Friday.", "Friday", "2016-11-04"),
        ("Trams scrapped in Orrin from Friday\n\nThe city said so.", "Friday", "2016-11-04"),
        ("Trams scrapped in Orrin on Friday\n\nThe city said so.", "Friday", "2016-10-28"),
        ("Bakery to close on Friday\n\nThe owner said so.", "Friday", "2016-11-04"),
        ("Mayor to step down in March\n\nThe city said so.", "March", "2017-03"),
        ("The trams were stopped from March.\n\nThe city said so.", "March", "2016-03"),
        ("The rule went into effect Friday.", "Friday", "2016-10-28"),
        ("Classes begin on Thursday.", "Thursday", "2016-11-03"),
        ("The fair takes place on Saturday.", "Saturday", "2016-11-05"),
        ("The vote is on Saturday.", "Saturday", "2016-11-05"),
        ("The next is Orrin Head, in May.", "May", "2017-05"),
        ("The next was Orrin Head, in May.", "May", "2016-05"),
        ("Next door is the mill that was sold in May.", "May", "2016-05"),
        ("She met him; on Saturday she flies home.", "Saturday", "2016-11-05"),
        ("She met him on Saturday, she says.", "Saturday", "2016-10-29"),
        ("He said it would shut by Christmas.", "Christmas", "2016-12-25"),
        # until and through a day
        ("Schools are closed through Friday.", "Friday", "2016-11-04"),
        ("Rain is to last through Friday.", "Friday", "2016-11-04"),
        ("They stayed shut through Friday.", "Friday", "2016-10-28"),
        ("Orrin, who were top until Saturday, are second.", "Saturday", "2016-10-29"),
        ("The shop was open until Saturday.", "Saturday", "2016-10-29"),
        ("The shop is open until Saturday.", "Saturday", "2016-11-05"),
        ("The shop was ordered shut until Saturday.", "Saturday", "2016-11-05"),
        ("Trading was suspended until Saturday.", "Saturday", "2016-11-05"),
        # would, "'d" and what is said to come
        ("I’d go back in September.", "September", "2017-09"),
        ("I’d gone back in September.", "September", "2016-09"),
        ("They’d not heard of it in September.", "September", "2016-09"),
        ("He left Orrin, D.C., in September.", "September", "2016-09"),
        ("He wants to close it in April.", "April", "2017-04"),
        ("She told me that an update in the summer will mend it.", "the summer", "2017-SU"),
        ("She told me that an update in the summer mended it.", "the summer", "2016-SU"),
        ("The mayor who resigned in March will be charged.", "March", "2016-03"),
        ("The road is shut until it dries, after the flood in February.", "February", "2016-02"),
        ("It will be decided after the vote in February.", "February", "2017-02"),
        # month and day without a year: the nearest; a bare month by tense
        ("He died on Jan. 4.", "Jan. 4", "2017-01-04"),
        ("He died on July 4.", "July 4", "2016-07-04"),
        ("The hall opens Sept. 16.", "Sept. 16", "2016-09-16"),
        ("The terrace opens on May 2.", "May 2", "2017-05-02"),
        ("The terrace opened on May 2.", "May 2", "2016-05-02"),
        ("He died in January.", "January", "2016-01"),
        ("He died in December.", "December", "2015-12"),
        ("It will open in January.", "January", "2017-01"),
        ("She hopes to unseat Sen. Rowan Talse in November.", "November", "2016-11"),
        ("They are striking on Wednesday.", "Wednesday", "2016-11-02"),
        ("He died last April.", "last April", "2016-04"),
        ("It opens next May.", "next May", "2017-05"),
        ("He died in June last year.", "June last year", "2015-06"),
        # relative to the publication date
        ("They met last week.", "last week", "2016-W43"),
        ("They met this week.", "this week", "2016-W44"),
        ("They meet next month.", "next month", "2016-11"),
        ("They met last year.", "last year", "2015"),
        ("They met three years ago.", "three years ago", "2013"),
        ("They met two weeks ago.", "two weeks ago", "2016-W42"),
        ("They met 10 days ago.", "10 days ago", "2016-10-21"),
        ("They met five months ago.", "five months ago", "2016-05"),
        ("They met the week before last.", "the week before last", "2016-W42"),
        ("They meet three weeks from now.", "three weeks from now", "2016-W47"),
        ("They met yesterday.", "yesterday", "2016-10-30"),
        ("They met the day before yesterday.", "the day before yesterday", "2016-10-29"),
        ("They meet tomorrow.", "tomorrow", "2016-11-01"),
        ("They met over the weekend.", "the weekend", "2016-W43-WE"),
        ("They met on the weekend of Oct. 15.", "the weekend of Oct. 15", "2016-W41-WE"),
        ("They met in the week of October 17.", "the week of October 17", "2016-W42"),
        # quarters, fiscal years, seasons
        ("Sales rose in the third quarter.", "the third quarter", "2016-Q3"),
        ("Sales rose in the third quarter of 2015.", "the third quarter of 2015", "2015-Q3"),
        ("Sales rose in the last quarter of 2014.", "the last quarter of 2014", "2014-Q4"),
        ("Sales rose in the last quarter of last year.", "the last quarter of last year", "2015-Q4"),
        ("Sales rose in the last month of 2014.", "2014", "2014"),
        ("The work could begin in the summer.", "the summer", "2017-SU"),
        ("He could not land in the summer.", "the summer", "2016-SU"),
        ("Sales rose in Q3 2015.", "Q3 2015", "2015-Q3"),
        ("Sales rose in last year's second quarter.", "last year's second quarter", "2015-Q2"),
        ("Sales rose in fiscal 2015.", "fiscal 2015", "2015"),
        ("Sales rose in FY2015.", "FY2015", "2015"),
        ("It rained in the summer of 2015.", "the summer of 2015", "2015-SU"),
        ("It rained last winter.", "last winter", "2015-WI"),
        ("It rained this summer.", "this summer", "2016-SU"),
        # holidays, those that move too
        ("They met at Easter 2016.", "Easter 2016", "2016-03-27"),
        ("They met on Good Friday 2015.", "Good Friday 2015", "2015-04-03"),
        ("They met last Thanksgiving.", "last Thanksgiving", "2015-11-26"),
        ("They will meet on Christmas Day.", "Christmas Day", "2016-12-25"),
        ("They fasted in Ramadan 2016.", "Ramadan 2016", "2016-06-06/2016-07-05"),
        # parts of days, clock times and their zones
        ("They met on Friday evening.", "Friday evening", "2016-10-28TEV"),
        ("They met last night.", "last night", "2016-10-30TNI"),
        ("They met this morning.", "this morning", "2016-10-31TMO"),
        ("They met at 10:30 p.m. Friday.", "10:30 p.m. Friday", "2016-10-28T22:30"),
        ("They met at noon on Oct. 21.", "noon on Oct. 21", "2016-10-21T12:00"),
        ("They met at 5 p.m. EST on Oct. 21.", "5 p.m. EST on Oct. 21", "2016-10-21T17:00"),
        ("They met on Friday at 18:00 GMT.", "Friday at 18:00 GMT", "2016-10-28T18:00"),
        ("They met at 12 a.m. on 21 October.", "12 a.m. on 21 October", "2016-10-21T00:00"),
        # durations and sets
        ("They met for three days.", "three days", "P3D"),
        ("A two-week truce held.", "two-week", "P2W"),
        ("It took two and a half years.", "two and a half years", "P2Y6M"),
        ("It took more than four hours.", "more than four hours", "PT4H"),
        ("It took several months.", "several months", "PXM"),
        ("They met in the past three days.", "the past three days", "P3D"),
        ("They meet every Monday.", "every Monday", "XXXX-WXX-1"),
        ("They meet every six months.", "every six months", "P6M"),
        ("They meet twice a year.", "twice a year", "P1Y"),
        ("They meet on Mondays.", "Mondays", "XXXX-WXX-1"),
        # what stands for no days
        ("They are now at peace.", "now", "PRESENT_REF"),
        ("They met recently.", "recently", "PAST_REF"),
        ("They met often in the past.", "the past", "PAST_REF"),
        ("They met in recent weeks and months.", "recent weeks and months", "PAST_REF"),
        ("They hope for the future.", "the future", "FUTURE_REF"),
    ],
)
def test_an_expression_is_found_whole_and_resolved(text: str, phrase: str, value: str) -> None:
    assert read(text) == [(phrase, value)]


@pytest.mark.parametrize(
    "text",
    [
        "It may rain and they march on.",
        "Theresa May said so.",
        "Mrs. May declined.",
        "The 49ers won again.",
        "He won by 2016 votes.",
        "Some 1850 people came.",
        "The sun rose as he sat.",
        "The Sunday Times printed it.",
        "He seeks a second term.",
        "It costs $1,999 or $2016.",
        "They lit the Christmas tree and wished a Merry Christmas.",
        "The winter coat hung at 1600 Garrow Avenue.",
        "She is Player of the Year, and on CALVORRA TODAY too.",
        "It is the shortest day of the year.",
        "If it rains, then they stay.",
        "She spoke on the programme This Week.",
        "It was late in the fourth quarter when the quarterback fell.",
        "Prices fell 3.5 percent, and spring back they did.",
        "The fall of the wall was sudden.",
        "He is 52 years old and has a six-year-old son.",
        "Three-quarters of the crop was lost.",
        "They pay $500 a year.",
        "He lives at 10 Downing Street, room 305.",
        "Call 555-2016 for No. 1984.",
        "Their leader joined the March on Garrow Hill.",
    ],
)
def test_what_only_looks_like_a_date_is_left_alone(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met on Oct. 21-22.", "XXXX-10-21/XXXX-10-22"),
        ("They met on 21 October.", "XXXX-10-21"),
        ("They met in September.", "XXXX-09"),
        ("They met on Monday.", "XXXX-WXX-1"),
        ("They met last week.", "XXXX-WXX"),
        ("They met three years ago.", "XXXX"),
        ("They met yesterday.", "XXXX-XX-XX"),
    ],
)
def test_without_a_publication_date_no_year_is_made_up(text: str, value: str) -> None:
    expression = only(text, None)
    assert expression.value == value
    assert expression.span is None or (expression.span.first is None and expression.span.last is None)


def test_a_day_of_unknown_year_is_still_a_span_that_can_be_found() -> None:
    span = only("They met on 21 October.", None).span
    assert span is not None
    assert span.value == "XXXX-10-21"


def test_without_a_publication_date_what_is_written_out_is_resolved() -> None:
    text = "They met in 2005 and the following year."
    assert read(text, None) == [("2005", "2005"), ("the following year", "2006")]


def test_the_dateline_dates_an_article_of_which_nothing_else_does() -> None:
    text = "GENEVA, Feb 26, 2013 (Agency) — The envoys met on Monday."
    assert read(text, None) == [("Feb 26, 2013", "2013-02-26"), ("Monday", "2013-02-25")]
    assert read("GENEVA, Feb 26 (Agency) — They met.", date(2013, 2, 26)) == [("Feb 26", "2013-02-26")]


def test_a_dateline_without_a_year_leaves_the_year_open() -> None:
    assert read("GENEVA, Feb 26 (Agency) — They met.", None) == [("Feb 26", "XXXX-02-26")]


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("It fell in early 2017.", "START"),
        ("It fell at the end of 2017.", "END"),
        ("It fell in mid-2017.", "MID"),
        ("It fell around Oct. 21.", "APPROX"),
        ("It has stood since 2004.", "ON_OR_AFTER"),
        ("It will stand by 2020.", "ON_OR_BEFORE"),
        ("It took about ten years.", "APPROX"),
        ("It took at least ten years.", "EQUAL_OR_MORE"),
    ],
)
def test_early_about_since_and_by_are_kept(text: str, modifier: str) -> None:
    assert only(text).modifier == modifier


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It will open this spring.", "2017-SP"),
        ("No decision is expected until later this spring.", "2017-SP"),
        ("It was opened this autumn.", "2016-FA"),
        ("It snowed this winter.", "2016-WI"),
    ],
)
def test_in_february_this_spring_is_still_to_come(text: str, value: str) -> None:
    assert [e.value for e in tag(text, date(2017, 2, 22))] == [value]


def test_earlier_this_year_need_not_be_early_in_it() -> None:
    assert only("It fell earlier this year.").modifier is None


def test_what_tense_or_nearness_decided_is_marked_as_uncertain() -> None:
    assert not only("They met on Friday.").certain
    assert not only("They met on Oct. 21.").certain
    assert only("They met on Oct. 21, 2016.").certain
    assert only("They met yesterday.").certain


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert read("It opened on Feb. 30, 2016.") != [("Feb. 30, 2016", "2016-02-30")]
    assert all(
        e.span is None or e.span.first is None or e.span.first.year for e in tag("On Feb. 29 it rained.", MONDAY)
    )


def test_the_weekday_helps_to_find_the_year() -> None:
    assert read("It was on Sunday, Nov. 1.") == [("Sunday, Nov. 1", "2015-11-01")]


def test_an_instant_counts_as_the_day_in_the_zone_it_was_stated_in() -> None:
    late = datetime(2016, 10, 31, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert only("They met today.", late).value == "2016-10-31"
    assert only("They met today.", late.astimezone(UTC)).value == "2016-11-01"


@pytest.mark.parametrize("kind", [TimexType.DURATION, TimexType.SET])
def test_durations_and_sets_stand_for_no_days(kind: TimexType) -> None:
    text = "They met for three days, in the past two weeks, every Monday, and twice a year."
    assert [e.span for e in tag(text, MONDAY) if e.type is kind] == [None, None]
