"""What the day of publication adds to a passage's score."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.schema import ArticleHead, FoundPassage, Stretch, TemporalPrior
from retrieval.search.freshness import by_prior, fit
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors

Write = Callable[[str, str], Path]
TODAY = date(2026, 3, 5)
THIS_WEEK = TemporalPrior(TODAY - timedelta(days=7), TODAY, 0.5)


def passage(article: str, published: date | None, score: float) -> FoundPassage:
    head = ArticleHead("operator", article, 1, article, None, published, (), None, None, 1)
    return FoundPassage(head, 0, 5, "Words", (Stretch(0, 5),), score, None, 1, {})


def test_of_two_that_answer_nearly_alike_the_one_of_the_days_asked_for_comes_first() -> None:
    ranked = [passage("old", date(2024, 3, 5), 0.020), passage("undated", None, 0.019), passage("new", TODAY, 0.018)]
    assert [p.article.id for p in by_prior(ranked, THIS_WEEK)] == ["new", "old", "undated"]
    assert by_prior(ranked, None) == ranked


def test_what_answers_much_better_stays_first_whenever_it_was_published() -> None:
    ranked = [passage("old", date(2024, 3, 5), 0.027), passage("new", TODAY, 0.016)]
    assert [p.article.id for p in by_prior(ranked, THIS_WEEK)] == ["old", "new"]


@given(st.one_of(st.none(), st.dates()), st.dates(), st.integers(0, 400))
def test_the_fit_is_whole_inside_the_days_and_fades_outside(published: date | None, last: date, length: int) -> None:
    first = date.fromordinal(max(1, last.toordinal() - length))
    value = fit(published, TemporalPrior(first, last, 0.5))
    assert 0 <= value <= 1
    assert (value == 1) == (published is not None and first <= published <= last)


@pytest.mark.parametrize(
    ("question", "expected"),
    [("Which crane fell at Lowmouth this week?", "new"), ("Which crane fell at Lowmouth in June 2024?", "old")],
)
def test_a_running_story_is_answered_from_the_days_asked_for(
    tmp_path: Path, write: Write, question: str, expected: str
) -> None:
    with Library(
        Settings(store=tmp_path / "store"), create=True, embedder=HashingEmbedder(), vectors=MemoryVectors(),
        clock=lambda: TODAY,
    ) as library:  # fmt: skip
        for name, day, what in (("old", date(2024, 6, 3), "north"), ("new", date(2026, 3, 3), "south")):
            text = f"A crane fell at Lowmouth on the {what} quay. The {what} crane had stood there for years."
            library.add([write(f"{name}.txt", text)], given=Given(published=day))
        assert library.search(question)[0].article.id.endswith(f"{expected}.txt")
