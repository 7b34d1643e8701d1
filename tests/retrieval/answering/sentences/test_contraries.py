"""The day of the contrary is not the day asked for."""

from __future__ import annotations

import pytest

from retrieval.answering.sentences.contraries import dates_the_contrary


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("when will the footpath close?", "The footpath under the bridge will reopen on 4 December."),
        ("When will the school reopen?", "The council wants to shut the school in July 2027 and sell its field."),
        ("When will the pond be drained?", "The pond at the castle will be filled on 2 December."),
        ("When will the locks close?", "The locks will open on 7 December, the trust said on Wednesday."),
        ("When will the heating be switched on?", "The boilers will be switched off in May, she said."),
        ("When does the strike end?", "He said the strike would begin on Monday."),
        ("When was Roe released?", "Roe was arrested on Monday after a chase."),
        ("When will rents fall?", "Rents will rise by a tenth in March."),
        ("When did the ferry arrive in Marl?", "The ferry left Ulm at noon."),
    ],
)
def test_the_day_of_the_contrary_does_not_answer(question: str, text: str) -> None:
    assert dates_the_contrary(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When will the pool reopen?", "The pool will stay shut until 3 May."),
        ("When will the pool reopen?", "The pool closed on 3 May for six weeks."),
        ("When will the pool reopen?", "The pool, which closed in March, will be ready again by summer."),
        ("When will the strike begin?", "The strike is planned for the end of May."),
        ("When will prices rise?", "Prices will go up in the fall."),
        ("When did the museum open?", "The museum, which opened in 1962, will close in May."),
        ("When will the road close?", "The closure starts on 3 May."),
        ("When was the mill sold?", "Lowe bought the mill in May."),
        ("When did the crane start work?", "The crane lifted the first beam on 3 May."),
        ("When will the trial begin?", "The trial is due in March, the court said on Friday."),
        ("When did Roe leave Ulm?", "Roe flew to Marl on Monday."),
    ],
)
def test_a_day_that_may_be_told_otherwise_is_left_to_answer(question: str, text: str) -> None:
    assert not dates_the_contrary(question, text)
