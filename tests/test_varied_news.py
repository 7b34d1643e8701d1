"""The questions that the selector is trained on fit their articles."""

from __future__ import annotations

from tests.benchmarks.varied_news import articles


def test_gold_holds_the_fact_and_enough_questions_have_no_answer() -> None:
    asked = [question for article in articles() for question in article.questions]
    assert all(any(q.fact in gold for gold in q.gold) for q in asked if q.gold)
    assert sum(bool(q.gold) for q in asked) >= 150
    assert sum(not q.gold for q in asked) >= 50
