"""Questions for words, taken apart."""

from __future__ import annotations

import pytest

from retrieval.schema import QuestionKind
from retrieval.search.speech_questions import SpeechQuestion, speech_question
from retrieval.search.understanding import kind_of


@pytest.mark.parametrize(
    ("text", "speaker", "topic"),
    [
        ("What did Ines Calder say about the quay?", "Ines Calder", "the quay"),
        ("what else did calder say?", "calder", ""),
        ("Did Calder ever mention the toll?", "Calder", "the toll"),
        ("Has Calder ever said anything about the toll?", "Calder", "the toll"),
        ("what have officials said about the ferry?", "officials", "the ferry"),
        ("What did the State Department say on the talks?", "the State Department", "the talks"),
        ("did Calder deny that the quay was unsafe?", "Calder", "the quay was unsafe"),
        ("How did the mayor respond to the report?", "the mayor", "the report"),
        ("what does Otto Brandl think of the toll?", "Otto Brandl", "the toll"),
        ("what did Calder tell parliament?", "Calder", "parliament"),
        ("what did Calder say she’d miss?", "Calder", "miss"),
        ("Who said the quay was unsafe?", None, "the quay was unsafe"),
        ("who has said that the quay was unsafe", None, "the quay was unsafe"),
        ("who denied the theft?", None, "the theft"),
        ("The quay was unsafe according to whom?", None, "The quay was unsafe"),
    ],
)
def test_whose_words_about_what(text: str, speaker: str | None, topic: str) -> None:
    assert kind_of(text) is QuestionKind.WHO_SAID
    assert speech_question(text) == SpeechQuestion(speaker, topic, denial="den" in text.casefold().split("about")[0])


@pytest.mark.parametrize(
    "text",
    [
        "When did Calder say she was running?",
        "Why did Calder say that?",
        "what did it say about the quay?",
        "What does the article say about the quay?",
        "How many people did Calder tell?",
        "who is Ines Calder?",
        "what happened on Monday?",
        "who said?",
    ],
)
def test_other_questions_are_none_of_these(text: str) -> None:
    assert speech_question(text) is None


def test_a_question_as_long_as_a_book_takes_no_longer_than_it_should() -> None:
    for text in (
        "what did " + "x " * 900,
        "who said " + "a" * 1900,
        "what did " + "said " * 380,
        "according to " * 150,
    ):
        speech_question(text)
