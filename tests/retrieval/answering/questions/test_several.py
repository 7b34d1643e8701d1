"""Questions for several facts, split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.questions.several import parts


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Where did the boats go, and where do they land now?", ("Where did the boats go?", "where do they land now")),
        ("did the storm hit before or after the vote?", ("when did the storm hit?", "when the vote?")),
        ("What came first, the theft or the strike?", ("when was the theft?", "when was the strike?")),
        ("how long between the theft and the arrest?", ("when was the theft?", "when was the arrest?")),
        ("Which is taller, the tower or the dam?", ("how tall is the tower?", "how tall is the dam?")),
        ("Is the dam older than the bridge?", ("how old is the dam?", "how old is the bridge?")),
        ("Who got more votes, Calder or Lind?", ("how many votes Calder got?", "how many votes Lind got?")),
        (
            "Did Lind earn more money in 2024 or 2025?",
            ("how much money did Lind earn in 2024?", "how much money did Lind earn in 2025?"),
        ),
        ("How did the spring flood differ from the autumn one?", ("the spring flood?", "the autumn flood?")),
        ("Which of Calder and Lind won by more goals?", ("Calder won by more goals?", "Lind won by more goals?")),
        (
            "Do Calder and Lind agree on the toll?",
            ("what does Calder think on the toll?", "what does Lind think on the toll?"),
        ),
        (
            "How many people work for Alm and for Norgold?",
            ("How many people work for Alm?", "How many people work for Norgold?"),
        ),
        (
            "What did the prosecutor and the lawyer each ask for?",
            ("What did the prosecutor ask for?", "What did the lawyer ask for?"),
        ),
        (
            "How did the firm's estimate differ from the council's?",
            ("what was the firm's estimate?", "what was the council's estimate?"),
        ),
        (
            "How did the estimates of the firm and the council differ?",
            ("the estimates of the firm?", "the estimates of the council?"),
        ),
        ("ferry fare vs the bridge toll", ("ferry fare", "the bridge toll")),
        ("what is the difference between the old toll and the new one?", ("the old toll", "the new toll")),
        (
            "which drew more people, the fair or the race?",
            ("how many people the fair drew", "how many people the race drew"),
        ),
        (
            "What did both Calder and Lind say about it?",
            ("What did Calder say about it?", "What did Lind say about it?"),
        ),
        (
            "what did Lind promise in April and what in August?",
            ("what did Lind promise in April?", "what did Lind promise in August?"),
        ),
    ],
)
def test_each_fact_is_asked_for_by_itself(question: str, expected: tuple[str, ...]) -> None:
    found = parts(question)
    assert len(found) == len(expected)
    assert all(part.startswith(start.rstrip("?")) for part, start in zip(found, expected, strict=True))


def test_a_part_that_refers_to_the_other_carries_its_words_along() -> None:
    assert "guard" in parts("what job did the guard have, and when did he lose it?")[1]


@pytest.mark.parametrize(
    "question",
    [
        "who is the chief engineer?",
        "what did Calder and Lind's company build",
        "when did salt and vinegar become popular?",
        "how many cars and lorries cross the bridge?",
        "Was she told? first she said no...",
        "what did Lind say about the fair and the race",
        "who scored the first goal in the final vs Ulm",
        "What do the bridge and the night shift have to do with each other?",
    ],
)
def test_a_question_for_one_fact_is_left_alone(question: str) -> None:
    assert parts(question) == ()


@given(st.text(max_size=400))
def test_any_text_has_no_part_or_two_or_three(text: str) -> None:
    assert len(parts(text)) in (0, 2, 3)
