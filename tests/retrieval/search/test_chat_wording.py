"""What people type in chat is understood as the question that it asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.search.chat_wording import plainly_asked
from retrieval.search.understanding import understand


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("any idea when it opens", "when it opens"),
        ("do we know who did it", "who did it"),
        ("so does anyone know whos the mayor?", "who's the mayor?"),
        ("can you tell me how many voted", "how many voted"),
        ("do we know when the boat was built", "when was the boat built"),
        ("any idea how much the mission has cost?", "how much has the mission cost?"),
        ("do you know how many people were hurt", "how many people were hurt"),
        ("tell me where the man who was hurt is living", "where the man who was hurt is living"),
        ("I'd like to know what the toll is", "what the toll is"),
        ("tell me if he was charged", "if he was charged"),
        ("whats the fare", "what's the fare"),
        ("whatd she say", "what did she say"),
        ("didnt they close it", "didn't they close it"),
        ("how many ppl were hurt", "how many people were hurt"),
        ("what did the govt say", "what did the government say"),
    ],
)
def test_what_only_introduces_a_question_is_left_out(typed: str, asked: str) -> None:
    assert plainly_asked(typed) == asked
    assert understand(typed).text == asked


@pytest.mark.parametrize(
    "text",
    [
        "tell me about the storm",
        "tell me more",
        "Did the union know what the bank planned?",
        "Does Calder know who broke in?",
        "who knows?",
        "What did the mayor tell us?",
        "is it known?",
    ],
)
def test_what_asks_for_itself_stays_as_it_is(text: str) -> None:
    assert plainly_asked(text) == text


@given(st.text(max_size=200))
def test_a_question_is_put_plainly_once(text: str) -> None:
    once = plainly_asked(text)
    assert len(once) <= 3 * len(text)
