"""The quick look at what articles call somebody lets nothing fall that the thorough one takes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.annotation.folding import folded
from retrieval.search.known_speakers import Called
from retrieval.search.speakers import describes, is_named, may_describe, speaker_query

WORDS = st.sampled_from(
    (
        "the", "Mayor", "mayors", "police", "Officials", "spokesman", "for", "Jean-Luc", "Peña", "ministry", "Roe's",
        "authorities", "J.", "Jones", "Jr.", "North", "Korean", "diplomats", ",", "Its", "director", "officers",
    )
)  # fmt: skip
PHRASES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


@given(PHRASES, PHRASES)
def test_whoever_is_described_or_named_is_looked_at(asked: str, called: str) -> None:
    query = speaker_query(asked)
    if describes(query, called) or any(is_named(query, part) for part in called.split(",")):
        assert Called({called: folded(called)}).having(may_describe(query)) == {called}


@given(st.lists(PHRASES, max_size=6), PHRASES)
def test_those_that_have_a_part_are_found_and_no_others(called: list[str], part: str) -> None:
    part, texts = folded(part), {text: folded(text) for text in called}
    assert Called(texts).having([part]) == {text for text in called if part in texts[text]}
