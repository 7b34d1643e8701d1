"""The questions that the selector is trained on fit their articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.varied_news import articles

STORY = """# s-1 | 2027-03-02 | A ferry runs aground
The Marigold struck a reef.
## 2027-03-09 | Why the Marigold sank
The crew took a lamp for a buoy.
Nobody was hurt.
? Why did the ferry sink? => a lamp for a buoy :: 1
?? Who owned the ferry?
"""


def test_gold_holds_the_fact_and_enough_questions_have_no_answer() -> None:
    asked = [question for article in articles() for question in article.questions]
    assert all(any(q.fact in gold for gold in q.gold) for q in asked if q.gold)
    assert sum(bool(q.gold) for q in asked) >= 150
    assert sum(not q.gold for q in asked) >= 50


def test_the_reports_of_a_story_have_headlines_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(STORY, encoding="utf-8")
    (story,) = articles(file)
    assert story.headlines == ("A ferry runs aground", "Why the Marigold sank", "Why the Marigold sank")
    assert [q.gold for q in story.questions] == [("The crew took a lamp for a buoy.",), ()]


@pytest.mark.parametrize("line", ["## Why the Marigold sank", "? Why did the ferry sink?"])
def test_a_line_without_the_form_that_it_begins_with_is_an_error(tmp_path: Path, line: str) -> None:
    file = tmp_path / "story.txt"
    file.write_text(f"{STORY}{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="form"):
        list(articles(file))
