"""One happening told by several articles."""

from __future__ import annotations

from datetime import date

from retrieval.schema import EventStatus
from retrieval.search.merging import merge, without_repeats
from retrieval.search.revising import revised
from tests.told import report, span

CLOSED = "The quay at Lowmouth was closed after cracks were found"


def test_two_articles_that_tell_it_alike_are_two_sources_of_one_event() -> None:
    events = merge([
        report(CLOSED, article="a"),
        report("Lowmouth closed its quay on Monday because of cracks", article="b", published=date(2026, 3, 3)),
        report("A ferry ran aground off Ingle Head", article="c"),
    ])  # fmt: skip
    assert [[r.article.id for r in e.reports] for e in events] == [["b", "a"], ["c"]]


def test_other_days_are_other_events() -> None:
    assert len(merge([report(CLOSED, article="a"), report(CLOSED, span(date(2026, 3, 3)), article="b")])) == 2


def test_a_plan_that_came_about_has_happened_and_one_that_was_called_off_has_not() -> None:
    plan = report(CLOSED, article="plan", published=date(2026, 2, 20), status=EventStatus.SCHEDULED)
    for outcome in (EventStatus.HAPPENED, EventStatus.DENIED):
        (event,) = merge([plan, report(CLOSED, article="news", published=date(2026, 3, 3), status=outcome)])
        assert event.status is outcome
        assert [r.article.id for r in event.reports] == ["news", "plan"]


def test_what_one_article_denies_is_not_merged_with_what_another_tells() -> None:
    told = [report(CLOSED, article="a"), report(CLOSED, article="b", status=EventStatus.DENIED)]
    assert len(merge(told)) == 2


def test_overlapping_clauses_of_one_article_are_one_event() -> None:
    text = "They filed in at six and stayed until noon"
    assert len(merge([report(text[:20], end=20), report(text)])) == 1


def test_the_article_itself_is_counted_once() -> None:
    (event,) = merge([report(CLOSED, start=0, end=40), report(CLOSED, start=10, end=50)])
    assert len(event.reports) == 1


def test_a_later_article_with_another_day_for_the_plan_is_shown_with_it() -> None:
    plan = report("The quay at Lowmouth will reopen to lorries", span(date(2026, 9, 12)), article="a",
                  status=EventStatus.SCHEDULED)  # fmt: skip
    later = report("The quay at Lowmouth will reopen to lorries only then", span(date(2026, 10, 3)), article="b",
                   published=date(2026, 8, 28), status=EventStatus.SCHEDULED)  # fmt: skip
    events = revised(merge([plan, later]))
    assert [e.revised_by.article.id if e.revised_by else None for e in events] == ["b", None]


def test_an_event_that_comes_again_is_no_new_date() -> None:
    first = report("The council of Lowmouth meets in the hall", span(date(2026, 3, 9)), status=EventStatus.SCHEDULED)
    again = report("The council of Lowmouth meets in the hall", span(date(2026, 4, 9)), article="b",
                   published=date(2026, 4, 1), status=EventStatus.SCHEDULED)  # fmt: skip
    assert all(e.revised_by is None for e in revised(merge([first, again])))


def test_a_clause_of_two_days_in_a_row_is_told_once() -> None:
    text = "A storm raged on Friday night and Saturday"
    events = merge([report(text, span(date(2026, 2, 20))), report(text, span(date(2026, 2, 21)))])
    assert [e.when.first for e in without_repeats(events)] == [date(2026, 2, 20)]
