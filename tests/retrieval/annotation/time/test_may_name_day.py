"""The cheap look for days never misses one that the tagger finds."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from retrieval.annotation.time.tagger import may_name_day, tag

WORDS = st.sampled_from(
    (
        "on", "Monday", "week", "the", "two", "days", "later", "same", "day", "yesterday", "in", "March",
        "early", "this", "spring", "next", "a", "year", "ago", "14", "October", "2016", "Easter", "by", "noon",
        "he", "said", "since", "that", "evening", "quarter", "of", "July", "3rd", ",", ".", "weekend",
    )
)  # fmt: skip


@given(st.lists(WORDS, max_size=12))
def test_where_no_day_is_seen_the_tagger_finds_none_without_figures(words: list[str]) -> None:
    text = " ".join(words)
    if may_name_day(text):
        return
    found = [text[e.start : e.end] for e in tag(text, date(2026, 3, 4))]
    assert all(any(c.isdecimal() for c in expression) for expression in found)


def test_plain_sentences_name_no_day() -> None:
    assert not may_name_day("Inspectors found cracks in the steel girders of the bridge.")
    assert may_name_day("Inspectors found cracks in the bridge on Wednesday.")
