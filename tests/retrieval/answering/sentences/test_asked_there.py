"""The questions that an article asks itself."""

from __future__ import annotations

import pytest

from retrieval.answering.questions.asked_for import asked_for
from retrieval.answering.questions.question_words import question_words
from retrieval.answering.sentences.asked_there import asks, headed, questions_before, with_its_question
from retrieval.schema import Question


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Why is the pool shut?", True),
        ("What is a tug? ", True),
        ("The pool is shut.", False),
        ("“Why is the pool shut?” she asked.", False),
        ("“Why is the pool shut?”", False),
    ],
)
def test_only_the_articles_own_questions_are_questions(sentence: str, expected: bool) -> None:
    assert asks(sentence) is expected


def near(question: str, *sentences: str) -> list[float]:
    return headed(Question(question, question), sentences, question_words(asked_for(question), question, {}, 10))


def test_what_follows_a_question_like_the_one_asked_is_marked_less_with_each_sentence() -> None:
    told = near("Why is the pool shut?", "All is quiet.", "Why is the pool shut?", "A pipe burst.", "It was old.")
    assert told == [0.0, 0.0, 1.0, 0.5]


def test_a_question_for_another_kind_of_thing_marks_nothing() -> None:
    assert near("Why is the pool shut?", "When is the pool shut?", "On Mondays.") == [0.0, 0.0]


def test_a_second_question_means_what_the_first_names() -> None:
    assert near("Where is Tarn?", "What is Tarn?", "Where is it?", "In the hills.")[-1] == 1.0


def test_a_pronoun_means_what_stands_before() -> None:
    assert near("Why was the ridge overlooked?", "A ridge was found.", "Why was it overlooked?", "Haste.")[-1] == 1.0


def test_you_is_whom_the_title_names_where_the_question_has_a_word_of_its_own() -> None:
    question = "Why did Roe leave the town?"
    words = question_words(asked_for(question), question, {}, 10)
    asked = Question(question, question)
    assert headed(asked, ["Why did you leave the town?", "The noise."], words, {"roe"})[-1] == 1.0
    assert headed(asked, ["Why did they leave the town?", "The noise."], words, {"roe"})[-1] < 1.0
    assert headed(asked, ["Why did you sing?", "The noise."], words, {"roe"})[-1] == 0.0


def test_a_model_reads_an_answer_with_the_question_right_before_it() -> None:
    before = ["It rained.", "Why did you leave?"]
    assert with_its_question("“The noise.”", before, 1.0) == "Why did you leave? “The noise.”"
    assert with_its_question("“The noise.”", before, 0.2) == "“The noise.”"
    assert with_its_question("It rained.", ["Why did you leave?", "The noise."], 1.0) == "It rained."
    assert with_its_question("It rained.", [], 1.0) == "It rained."


def test_a_heading_may_stand_right_before_a_passage() -> None:
    text = "It rained.\n\nWhy is the pool shut?\n\nA pipe burst."
    assert questions_before(text, text.index("A pipe")) == ["Why is the pool shut?"]
    assert questions_before(text, text.index("Why")) == []
    assert questions_before(text, 0) == []
