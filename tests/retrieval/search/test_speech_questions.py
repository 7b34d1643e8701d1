"""Questions for words, taken apart."""

from __future__ import annotations

import pytest

from retrieval.schema import QuestionKind
from retrieval.search.speech_questions import SpeechQuestion, Wanted, asks_for_words, speech_question
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
        ("What is Calder’s view of the toll?", "Calder", "the toll"),
        ("Quotes by Ines Calder on the toll", "Ines Calder", "the toll"),
        ("Any comment from the ferry line?", "the ferry line", ""),
        ("What is the latest from Calder?", "Calder", ""),
        ("what was said by Otto Brandl about the toll", "Otto Brandl", "the toll"),
        ("What did the union accuse Acme of?", "the union", "Acme"),
        ("Which ministers commented on the toll?", "ministers", "the toll"),
        ("Which ministers announced the toll?", "ministers", "the toll"),
        ("Which minister said that the toll would rise?", "minister", "the toll would rise"),
        ("what did Calder say she’d miss?", "Calder", "miss"),
        ("Who said the quay was unsafe?", None, "the quay was unsafe"),
        ("who has said that the quay was unsafe", None, "the quay was unsafe"),
        ("who denied the theft?", None, "the theft"),
        ("The quay was unsafe according to whom?", None, "The quay was unsafe"),
    ],
)
def test_whose_words_about_what(text: str, speaker: str | None, topic: str) -> None:
    assert kind_of(text) is QuestionKind.WHO_SAID
    wanted = Wanted.DENIALS if "den" in text.casefold().split("about")[0] else Wanted.WORDS
    assert speech_question(text) == SpeechQuestion(speaker, topic, wanted)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who disagreed with Ines Calder?", SpeechQuestion(None, "", Wanted.DISAGREEMENT, against="Ines Calder")),
        ("who disagreed about the toll?", SpeechQuestion(None, "the toll", Wanted.DISAGREEMENT)),
        ("Who opposed the toll?", SpeechQuestion(None, "the toll", Wanted.DISAGREEMENT)),
        (
            "Did anyone disagree with Calder on the toll?",
            SpeechQuestion(None, "the toll", Wanted.DISAGREEMENT, against="Calder"),
        ),
        ("Has Calder ever said otherwise?", SpeechQuestion("Calder", "", Wanted.OTHERWISE)),
        ("Did Calder change her mind about the toll?", SpeechQuestion("Calder", "the toll", Wanted.OTHERWISE)),
        ("Has Calder ever contradicted herself on the toll?", SpeechQuestion("Calder", "the toll", Wanted.OTHERWISE)),
        ("What has been said about the toll?", SpeechQuestion(None, "the toll", anybody=True)),
        ("what are people saying about the toll", SpeechQuestion(None, "the toll", anybody=True)),
        ("Who told the crew to leave?", SpeechQuestion(None, "the crew to leave", addressee="the crew")),
        ("Who said the crew had to leave?", SpeechQuestion(None, "the crew had to leave")),
        ("what did Calder tell parliament?", SpeechQuestion("Calder", "", addressee="parliament")),
        ("what did Calder say to the crew?", SpeechQuestion("Calder", "the crew", addressee="the crew")),
        ("what did Calder say to Roe about the toll?", SpeechQuestion("Calder", "Roe about the toll")),
        (
            "what did Calder tell the town council about the toll?",
            SpeechQuestion("Calder", "the toll", addressee="the town council"),
        ),
    ],
)
def test_which_of_somebodys_words(text: str, expected: SpeechQuestion) -> None:
    assert speech_question(text) == expected
    assert kind_of(text) is QuestionKind.WHO_SAID


@pytest.mark.parametrize("text", ["Does Calder speak French?", "Did the mayor call the police?"])
def test_a_verb_of_speaking_alone_makes_no_question_for_words(text: str) -> None:
    assert not asks_for_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "When did Calder say she was running?",
        "Why did Calder say that?",
        "what did it say about the quay?",
        "What does the article say about the quay?",
        "How many people did Calder tell?",
        "who is Ines Calder?",
        "Which ferry company announced a new crossing?",
        "Which state announced it is closing its border?",
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
        "who disagreed with " + "about x " * 200,
        "quotes by " + "on " * 600,
        "what is " + "a’s " * 400,
    ):
        speech_question(text)
