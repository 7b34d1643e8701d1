"""The annotator, and the news story that the time expressions are to be read in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from retrieval.annotation.annotator import Annotator
from retrieval.annotation.time import TimeExpressionAnnotator
from retrieval.schema import Article, Stretch, TimeExpression

SEED = Path(__file__).resolve().parents[5] / "shared" / "seeds" / "north-korea-talks.txt"


def test_it_is_an_annotator() -> None:
    annotator: Annotator[TimeExpression] = TimeExpressionAnnotator()
    assert annotator.name == "time-expressions"
    assert annotator.version >= 1


def test_boilerplate_is_left_out() -> None:
    text = "They met in 2005.\nSubscribe before 31 December."
    article = Article("a", text, "t", boilerplate=(Stretch(18, len(text)),))
    assert [e.value for e in TimeExpressionAnnotator().annotate(article)] == ["2005"]


@pytest.mark.skipif(not SEED.exists(), reason="the news story is not beside the repository")
class TestNewsStory:
    def read(self, published: date | None) -> dict[str, str]:
        text = SEED.read_text(encoding="utf-8")
        found = TimeExpressionAnnotator().annotate(Article("a", text, "t", published=published))
        return {text[e.start : e.end]: e.value for e in found}

    def test_everything_is_resolved_against_the_day_of_publication(self) -> None:
        found = self.read(date(2016, 10, 31))
        assert found["Oct. 21-22"] == "2016-10-21/2016-10-22"
        assert found["Monday"] == "2016-10-31"
        assert found["Saturday"] == "2016-11-05"
        assert found["September"] == "2016-09"
        assert found["1994"] == "1994"
        assert found["three years ago"] == "2013"
        assert found["January"] == "2016-01"
        assert found["September 2005"] == "2005-09"
        assert found["2006"] == "2006"
        assert found["this week"] == "2016-W44"

    def test_without_a_day_of_publication_nothing_is_made_up(self) -> None:
        found = self.read(None)
        assert found["Oct. 21-22"] == "XXXX-10-21/XXXX-10-22"
        assert found["September"] == "XXXX-09"
        assert found["three years ago"] == "XXXX"
        assert not any(value.startswith("2016") for value in found.values())
        assert found["2006"] == "2006"
