"""Days in a question that an article tells of by its day of publication."""

from datetime import date

from retrieval.answering.questions.days_asked import days_asked, known_beside
from retrieval.schema import ArticleHead
from retrieval.search.understanding import understand


def _known(question: str, published: date | None) -> set[str]:
    head = ArticleHead("operator", "a", 1, "Water sinks", "The Gazette", published, (), None, None, 1)
    return known_beside(head, days_asked(understand(question, today=date(2026, 11, 1)))) - {
        "water",
        "sink",
        "the",
        "gazett",
    }


def test_an_article_published_then_tells_of_the_days_that_a_question_names() -> None:
    assert _known("how high was the water in may 2022", date(2022, 5, 9)) >= {"2022"}
    assert _known("How many were ill on April 28, 2023?", date(2023, 4, 28)) >= {"april", "28", "2023"}
    assert _known("How many were ill on April 28, 2023?", date(2023, 5, 2)) >= {"28"}  # what happened is told later
    assert _known("What did it cost in 2022?", date(2022, 12, 30)) == {"2022"}


def test_one_published_long_before_or_after_does_not() -> None:
    assert _known("how high was the water in may 2022", date(2022, 4, 30)) == set()
    assert _known("How many were ill on April 28, 2023?", date(2023, 5, 28)) == set()
    assert _known("What did it cost in 2022?", date(2023, 6, 1)) == set()
    assert _known("What did it cost in 2022?", None) == set()
    assert _known("What did it cost?", date(2022, 5, 9)) == set()
