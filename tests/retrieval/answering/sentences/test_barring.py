"""What forbids a sentence to answer, by what is measured of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from retrieval.answering.sentences.barring import may_answer
from retrieval.answering.sentences.evidence import Evidence, Measures
from retrieval.answering.sentences.roles import FILLED, UNDONE, UNFILLED
from retrieval.schema import ArticleHead, FoundPassage, Stretch
from retrieval.search.understanding import understand

HEAD = ArticleHead("operator", "one", 1, "Harbour closes", "Post", date(2026, 3, 4), (), None, None, 1)
TOLD = Measures(passage=1.0, context=0.6, weakest=0.6, offered=1.0, predicate=0.9)


def answers(question: str, text: str, measures: Measures, today: date = date(2026, 4, 1)) -> bool:
    stretch = Stretch(0, len(text))
    passage = FoundPassage(HEAD, 0, len(text), text, (stretch,), 1.0, 0.5, 1, {})
    asked = understand(question, today=today)
    return may_answer(asked, Evidence(passage, stretch, text, (), 1.0, measures))


@pytest.mark.parametrize(
    ("question", "text", "told", "barred"),
    [
        # Whom it befell is told beside a verb that is near, at least.
        (
            "Whom did the harbour hire?",
            "The harbour employed Per Lind.",
            {"role": UNFILLED, "predicate": 0.5},
            {"role": UNFILLED, "predicate": 0.1},
        ),
        # A plain reason is one for something near what was done.
        (
            "Why did the harbour close?",
            "It was shut because of a crack.",
            {"role": UNDONE, "predicate": 0.5},
            {"role": UNDONE, "predicate": 0.1},
        ),
        ("How many boats left?", "Some 40 boats left.", {"role": FILLED}, {"role": FILLED, "offered": 0.3}),
        ("How often do boats leave?", "Boats leave every day.", {"role": FILLED, "offered": 0.3}, {"offered": 0.0}),
        # The day on which a bridge reopens, in an article that names no lake, is not the lake's.
        (
            "When can the lake reopen?",
            "The bridge will reopen on 12 September.",
            {"role": FILLED, "passage": 0.4, "weakest": 0.5},
            {"role": FILLED, "passage": 0.4, "weakest": 0.2, "judged": 2.6},
        ),
        # A figure in a sentence that has no word of the question is of something else.
        ("How many boats left?", "It was 40.", {"role": UNDONE}, {"role": UNDONE, "context": 0.0}),
    ],
)
def test_what_is_far_from_the_question_does_not_answer(
    question: str, text: str, told: dict[str, float], barred: dict[str, float]
) -> None:
    assert answers(question, text, replace(TOLD, **told))
    assert not answers(question, text, replace(TOLD, **barred))


@pytest.mark.parametrize(
    ("question", "told", "barred"),
    [
        ("How many boats may be lost?", "Some 40 boats worth $9,000 may be lost.", "Boats worth $9,000 may be lost."),
        ("How many boats may be lost?", "Two boats worth $9,000 may be lost.", "Boats worth $9,000 may be lost."),
        ("How many dollars may be lost?", "Boats worth $9,000 may be lost.", "How many dollars may be lost"),
        ("Who was hurt in the harbour", "Nobody was hurt in the harbour.", "Who was hurt in the harbour?"),
    ],
)
def test_a_sum_is_no_number_of_boats_and_the_question_itself_no_answer(question: str, told: str, barred: str) -> None:
    assert answers(question, told, replace(TOLD, role=FILLED))
    assert not answers(question, barred, replace(TOLD, role=FILLED))


def test_what_is_counted_is_not_something_else() -> None:
    text = "Volunteers counted 126 otters."
    assert answers("How many otters did they count?", text, replace(TOLD, role=FILLED, weakest=0.3))
    assert answers("How many animals did they count?", text, replace(TOLD, role=FILLED, weakest=0.6))
    assert not answers("How many seals did they count?", text, replace(TOLD, role=FILLED, weakest=0.3))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why is the harbour closing?", "The owner blamed the price of diesel."),
        ("In which town was the crack found?", "Lowmouth had the worst of it."),
        ("Who runs the harbour?", "“We are glad,” said the harbour's manager, Ada Lune."),
        ("Is the harbour still open?", "Boats have been told to keep away since Monday."),
        ("What does the fishing union want?", "The union's members would rather have the old quay mended."),
    ],
)
def test_what_is_asked_may_be_told_in_any_words_where_the_judge_is_sure(question: str, text: str) -> None:
    far = replace(TOLD, role=UNDONE, predicate=0.1, offered=0.3, weakest=0.1)
    assert answers(question, text, replace(far, judged=2.0))
    assert not answers(question, text, replace(far, judged=0.0))  # as where nothing judges
    assert not answers(question, text, replace(far, judged=-2.0))


def test_what_somebody_calls_for_is_what_they_want() -> None:
    question = "What does the fishing union want?"
    far = replace(TOLD, role=UNDONE, predicate=0.1)
    assert answers(question, "The fishing union called for a new quay.", far)
    assert not answers(question, "The fishing union was founded in May.", far)
    assert not answers(question, "The mayor called for a new quay, and the union was glad.", far)


def test_a_headline_gives_no_reason_but_a_plain_one() -> None:
    told = replace(TOLD, role=FILLED, offered=0.6)
    assert not answers("Why did the harbour close?", HEAD.title, told)
    assert answers("Why did the harbour close?", HEAD.title, replace(told, offered=1.0))
    assert answers("Why did the harbour close?", "The harbour closed as a crack was found.", told)


def test_what_is_of_this_week_was_not_told_months_before() -> None:
    question, text = "Which boats left this week?", "The Alba and the Bruna left."
    told = replace(TOLD, role=FILLED)
    assert answers(question, text, told, date(2026, 3, 10))
    assert not answers(question, text, told, date(2026, 6, 10))
    assert answers("Which boats left in March?", text, told, date(2026, 6, 10))


def test_what_has_no_word_of_the_question_answers_where_the_judge_is_sure() -> None:
    told = replace(TOLD, role=FILLED, passage=0.0)
    assert not answers("Was anyone hurt?", "Nobody was injured.", replace(told, judged=1.0))
    assert answers("Was anyone hurt?", "Nobody was injured.", replace(told, judged=8.0))


def test_what_will_be_is_not_told_by_years_gone_by() -> None:
    told = replace(TOLD, role=FILLED)
    question = "When will the harbour go broke?"
    assert not answers(question, "The harbour has lost money in every year since 2019.", told)
    assert answers(question, "The harbour, which has lost money since 2019, could be broke by 2028.", told)
    assert answers("When will the harbour reopen?", "The harbour, built in 1962, will reopen on 3 May.", told)
    assert answers("When did the harbour go broke?", "The harbour went broke in 2019.", told)


def test_the_day_of_the_contrary_or_of_something_far_off_does_not_answer() -> None:
    told = replace(TOLD, role=UNFILLED, predicate=0.5, judged=4.0)
    assert not answers("When will the harbour close?", "The harbour will reopen on 3 May.", told)
    assert answers("When will the harbour reopen?", "The harbour will be back in use on 3 May.", told)
    far = replace(told, predicate=0.1, judged=0.0)
    assert not answers("When will the harbour be sold?", "The harbour will be dredged on 3 May.", far)


def test_how_something_was_done_is_told_by_a_verb_near_that_and_a_means() -> None:
    told = replace(TOLD, role=UNFILLED, predicate=0.6, judged=4.0)
    question = "How did the harbour burn down?"
    assert answers(question, "The harbour was set alight with petrol.", told)
    assert not answers(question, "The harbour bought pumps after a fire.", replace(told, predicate=0.4, judged=1.0))
    assert not answers(question, "The harbour was a ruin.", replace(told, offered=0.0))
    assert answers("How did the vote go?", "The harbour lost by 12 votes.", replace(told, predicate=0.1, offered=0.0))


def test_a_reward_for_a_thing_is_not_what_it_is_worth() -> None:
    told = replace(TOLD, judged=2.0)
    assert not answers("How much is the ring worth?", "She has offered a reward of €10,000 for it.", told)
    assert answers("How much is the cup worth?", "The cup brings €10,000.", told)
    assert answers("How much is the ring worth?", "The ring was valued at €10,000.", told)


def test_the_other_end_of_the_scale_does_not_answer() -> None:
    told = replace(TOLD, role=FILLED)
    assert answers("Which boat is the oldest?", "The Alba is the oldest and the Bruna the youngest boat.", told)
    assert not answers("Which boat is the oldest?", "The Bruna is the youngest boat.", told)
